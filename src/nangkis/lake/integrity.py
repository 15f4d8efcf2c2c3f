"""Are a table's data still what was accepted? Asked whenever a table is read: a damaged number looks like any other."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from nangkis.lake.manifest import TableManifest
from nangkis.vocabulary.refusals import RequestRefused


class TableDamaged(RequestRefused):
    """A table's data are gone, or are not those that were accepted."""


def check_data(manifest: TableManifest, path: Path) -> None:
    """Refuse data that are not the accepted ones. Raises TableDamaged, which names the file to import again."""
    if not is_whole(manifest, path):
        source = manifest.source
        raise TableDamaged("table-damaged", table=manifest.id, path=path, file=source.name, kept=source.kept_as)


def is_whole(manifest: TableManifest, path: Path) -> bool:
    """Say whether the data at ``path`` are those that were accepted."""
    try:
        now = path.stat()
    except FileNotFoundError:
        return False
    return _digest(path, now.st_ino, now.st_size, now.st_mtime_ns) == manifest.data_sha256


@lru_cache(maxsize=4096)
def _digest(path: Path, *_as_it_stands: int) -> str:
    """Return the hash of a file, computed once for as long as its file system calls it unchanged."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
