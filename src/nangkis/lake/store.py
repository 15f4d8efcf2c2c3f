"""The lake: accepted tables in a folder. Nothing that is accepted is ever changed.

``tables/<id>.parquet`` holds the rows and ``tables/<id>.json`` the manifest; ``sources/<sha256><suffix>`` the file that
the table was read from. A table that replaces another counts only once ``tables/<old>.next`` names it: that file is
created exclusively, so of two writers one wins. There is no central index. A file of another name, such as the copy
that a synchronising program makes of a conflict, is no table.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import polars as pl

from nangkis.lake.files import HardLinksMissing, claim, write_whole, write_whole_bytes
from nangkis.lake.integrity import check_data, is_whole
from nangkis.lake.manifest import FORMAT, ManifestRefused, Reading, SourceFile, TableManifest
from nangkis.lake.snapshot import Snapshot
from nangkis.vocabulary.refusals import RequestRefused


_TABLE_NAME = re.compile(r"[a-z][a-z_-]*-[0-9a-f]{12}")


class TableUnknown(RequestRefused):
    """The lake holds no table of this id."""


class TableSuperseded(RequestRefused):
    """Another table has already replaced the one that should be replaced."""


class TableAlreadyAccepted(RequestRefused):
    """The same content, read the same way for the same region, is in the lake."""


class ReplacementBroken(RequestRefused):
    """A file that says which table replaced another names none that did."""


class Lake:
    """The accepted tables of one workspace."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tables_folder = folder / "tables"
        self.sources_folder = folder / "sources"

    def accept(
        self, reading: Reading, *, source_file: Path, at: datetime, by: str, supersedes: str | None = None
    ) -> TableManifest:
        """Put a table into the lake, and return its manifest.

        Raises TableAlreadyAccepted for content that a live table holds, TableUnknown and TableSuperseded when it
        should replace a table that is not there or was replaced by someone else, HardLinksMissing where none can be
        replaced.
        """
        self.tables_folder.mkdir(parents=True, exist_ok=True)
        self.sources_folder.mkdir(parents=True, exist_ok=True)
        self._check_place(reading, supersedes)
        source = self._keep_source(source_file)
        manifest = self._write_table(reading, source=source, at=at, by=by, supersedes=supersedes)
        if supersedes is not None:
            self._take_place_of(supersedes, manifest.id)
        return manifest

    def restore(self, reading: Reading, *, source_file: Path) -> TableManifest | None:
        """Write a damaged table's data again from the file that it was read from, and return its manifest.

        None when this reading of this file is no table of the lake, or one whose data are whole.
        """
        alike = [manifest for manifest in self._all() if manifest.content_sha256 == reading.content_sha256]
        if not alike:
            return None
        read_from = hashlib.sha256(source_file.read_bytes()).hexdigest()
        for manifest in alike:
            if manifest.source.sha256 == read_from and not is_whole(manifest, self._data_path(manifest.id)):
                # Another version of Polars may write the same rows in other bytes.
                restored = replace(manifest, data_sha256=self._write_data(manifest.id, reading.frame))
                write_whole_bytes(self._manifest_path(manifest.id), restored.to_json().encode())
                return restored
        return None

    def manifest(self, table: str) -> TableManifest:
        """Return a table's manifest, whether it is live or replaced. Raises TableUnknown, ManifestRefused."""
        if not self.holds(table):
            raise TableUnknown("table-unknown", table=table)
        manifest = self._read_manifest(self._manifest_path(table))
        if manifest.id != table:
            raise ManifestRefused("manifest-of-another", path=self._manifest_path(table), table=manifest.id)
        return manifest

    def holds(self, table: str) -> bool:
        """Say whether the table, live or replaced, is in this lake."""
        return _TABLE_NAME.fullmatch(table) is not None and self._manifest_path(table).is_file()

    def successor(self, table: str) -> str | None:
        """Return the table that replaced this one, or None. Raises ReplacementBroken for a file that names no such."""
        path = self._next_path(table)
        if _TABLE_NAME.fullmatch(table) is None or not path.is_file():
            return None
        later = path.read_bytes().decode(errors="replace").strip()
        if not self.holds(later) or self.manifest(later).supersedes != table:
            raise ReplacementBroken("replacement-broken", path=path, table=table)
        return later

    def latest(self, table: str) -> str:
        """Return the last table in the chain of replacements. Raises ReplacementBroken for a chain without an end."""
        seen = {table}
        while (later := self.successor(table)) is not None:
            if later in seen:
                raise ReplacementBroken("replacement-broken", path=self._next_path(table), table=table)
            seen.add(later)
            table = later
        return table

    def live(self) -> tuple[TableManifest, ...]:
        """Return the manifests of all tables that count, by moment of acceptance, then id."""
        counted = [manifest for manifest in self._all() if self._counts(manifest)]
        return tuple(sorted(counted, key=lambda manifest: (manifest.accepted_at, manifest.id)))

    def snapshot(self, ids: Iterable[str] | None = None) -> Snapshot:
        """Return a fixed set of tables to compute from: the live ones, or those that are named."""
        manifests = self.live() if ids is None else tuple(self.manifest(table) for table in ids)
        return Snapshot(manifests, self.tables_folder)

    def rows(self, table: str) -> pl.DataFrame:
        """Return all rows of one table. Raises TableUnknown, or TableDamaged when its data are not as accepted."""
        check_data(self.manifest(table), self._data_path(table))
        return pl.read_parquet(self._data_path(table), glob=False, hive_partitioning=False)

    def source_path(self, manifest: TableManifest) -> Path:
        """Return the kept copy of the file that a table was read from."""
        return self.sources_folder / manifest.source.kept_as

    def _check_place(self, reading: Reading, supersedes: str | None) -> None:
        if supersedes is not None:
            self.manifest(supersedes)
            if (winner := self.successor(supersedes)) is not None:
                raise TableSuperseded("table-superseded", table=supersedes, by=winner)
        if (held := self.same_content(reading)) is not None:
            raise TableAlreadyAccepted("table-already-accepted", table=held.id, title=held.title)

    def same_content(self, reading: Reading) -> TableManifest | None:
        """Return the live table that says the same, read the same way for the same region; None when there is none."""
        return next((held for held in self.live() if held.content_sha256 == reading.content_sha256), None)

    def _keep_source(self, path: Path) -> SourceFile:
        content = path.read_bytes()
        source = SourceFile(path.name, hashlib.sha256(content).hexdigest(), len(content))
        kept = self.sources_folder / source.kept_as
        if not kept.exists():
            write_whole_bytes(kept, content)
        return source

    def _write_table(
        self, reading: Reading, *, source: SourceFile, at: datetime, by: str, supersedes: str | None
    ) -> TableManifest:
        table = _table_id(reading.kind, reading.content_sha256, source.sha256, supersedes or "")
        if (winner := self.successor(table)) is not None:
            raise TableSuperseded("table-superseded", table=table, by=winner)
        manifest = TableManifest(
            format=FORMAT,
            id=table,
            kind=reading.kind,
            title=reading.title,
            owner=reading.owner,
            sensitivity=reading.sensitivity,
            layout=reading.layout,
            layout_version=reading.layout_version,
            source=source,
            sheet=reading.sheet,
            cell_range=reading.cell_range,
            rows_in=reading.rows_in,
            rows_frame=reading.rows_frame,
            rows_accepted=reading.rows_accepted,
            rows_refused=reading.rows_refused,
            frame_rows=dict(reading.frame_rows),
            repairs=reading.repairs,
            findings=reading.findings,
            about=dict(reading.about),
            rows=reading.frame.height,
            content_sha256=reading.content_sha256,
            data_sha256=self._write_data(table, reading.frame),
            supersedes=supersedes,
            accepted_at=at,
            accepted_by=by,
        )
        write_whole_bytes(self._manifest_path(table), manifest.to_json().encode())
        return manifest

    def _write_data(self, table: str, frame: pl.DataFrame) -> str:
        """Write a table's rows and return the hash of their file."""
        path = self._data_path(table)
        write_whole(path, lambda temporary: frame.write_parquet(temporary, compression="zstd"))
        return hashlib.sha256(path.read_bytes()).hexdigest()

    def _take_place_of(self, old: str, new: str) -> None:
        try:
            first = claim(self._next_path(old), new)
        except HardLinksMissing:
            self._forget(new)
            raise
        if not first:
            winner = self.successor(old) or ""
            if winner != new:  # the same correction by two people is one table, and stays
                self._forget(new)
            raise TableSuperseded("table-superseded", table=old, by=winner)

    def _all(self) -> list[TableManifest]:
        paths = (path for path in self.tables_folder.glob("*.json") if _TABLE_NAME.fullmatch(path.stem))
        read = ((path.stem, self._read_manifest(path)) for path in paths)
        return [manifest for name, manifest in read if manifest.id == name]

    def _read_manifest(self, path: Path) -> TableManifest:
        return TableManifest.from_json(path.read_bytes().decode(errors="replace"), path)

    def _counts(self, manifest: TableManifest) -> bool:
        if self.successor(manifest.id) is not None:
            return False
        return manifest.supersedes is None or self.successor(manifest.supersedes) == manifest.id

    def _forget(self, table: str) -> None:
        self._manifest_path(table).unlink(missing_ok=True)
        self._data_path(table).unlink(missing_ok=True)

    def _data_path(self, table: str) -> Path:
        return self.tables_folder / f"{table}.parquet"

    def _manifest_path(self, table: str) -> Path:
        return self.tables_folder / f"{table}.json"

    def _next_path(self, table: str) -> Path:
        return self.tables_folder / f"{table}.next"


def _table_id(kind: str, *parts: str) -> str:
    return f"{kind}-{hashlib.sha256('|'.join(parts).encode()).hexdigest()[:12]}"
