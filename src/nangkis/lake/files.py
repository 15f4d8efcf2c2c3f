"""Writing that survives a crash: a file is there whole, or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

from nangkis.vocabulary.refusals import RequestRefused


def write_whole(path: Path, write: Callable[[Path], None]) -> None:
    """Let ``write`` fill a temporary file beside ``path``, flush it to disk, then put it in place in one step."""
    temporary = path.with_name(f".{path.name}.{uuid4().hex}.tmp")
    try:
        write(temporary)
        _flush(temporary)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    _flush_folder(path.parent)


def write_whole_bytes(path: Path, content: bytes) -> None:
    """Put these bytes in place of ``path`` in one step; when that fails, the former file is as it was."""

    def write(temporary: Path) -> None:
        temporary.write_bytes(content)

    write_whole(path, write)


class HardLinksMissing(RequestRefused):
    """The file system has no hard links, without which two writers could both win."""


def claim(path: Path, text: str) -> bool:
    """Create ``path`` with ``text`` only if it is not there; say whether this caller was first.

    A hard link is exclusive and carries its content at once, so no reader ever sees an empty claim.
    Raises HardLinksMissing on a file system that has none, such as that of most memory sticks.
    """
    temporary = path.with_name(f".{path.name}.{uuid4().hex}.tmp")
    try:
        temporary.write_text(text, encoding="utf-8")
        _flush(temporary)
        _link(temporary, path)
    except FileExistsError:
        return False
    finally:
        temporary.unlink(missing_ok=True)
    _flush_folder(path.parent)
    return True


def _link(temporary: Path, path: Path) -> None:
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except (OSError, NotImplementedError) as problem:
        raise HardLinksMissing("hard-links-missing", folder=path.parent, why=str(problem)) from problem


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows has no handle on a folder; its rename is in the journal already
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
