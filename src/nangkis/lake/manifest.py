"""What is known of a table: where it came from, how it was read, and what was found on the way."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path, PurePath
from typing import Any

import polars as pl

from nangkis.vocabulary.findings import Finding, Repair, Severity
from nangkis.vocabulary.refusals import RequestRefused


FORMAT = 1


class ManifestRefused(RequestRefused):
    """A manifest is newer than this program, or broken."""


@dataclass(frozen=True)
class SourceFile:
    """The file that a table was read from."""

    name: str
    sha256: str
    bytes: int

    @property
    def kept_as(self) -> str:
        """The name of the copy that the lake keeps, in its folder ``sources``."""
        return self.sha256 + PurePath(self.name).suffix.lower()


@dataclass(frozen=True)
class Reading:
    """A table as intake read it, with everything worth knowing of the way; not yet in the lake.

    ``frame`` carries ``_sheet``, ``_row`` and ``_col``. Counted in physical rows that are not blank:
    ``rows_in = rows_frame + rows_accepted + rows_refused``. ``owner`` is the region that the table belongs to
    (the province or nation for a table of many), ``about`` what was asked or found: year, stage, codes.
    """

    kind: str
    title: str
    owner: str
    layout: str
    layout_version: int
    sheet: str
    cell_range: str
    frame: pl.DataFrame
    rows_in: int
    rows_frame: int
    rows_accepted: int
    rows_refused: int
    frame_rows: Mapping[str, str] = field(default_factory=dict)  # row number -> title, heading, note, total
    repairs: tuple[Repair, ...] = ()
    findings: tuple[Finding, ...] = ()
    about: Mapping[str, str] = field(default_factory=dict)
    sensitivity: str = "open"

    @cached_property
    def content_sha256(self) -> str:
        """A fingerprint of what the table says: its rows, whose they are, and how they were read.

        Computed once: a table of a hundred thousand rows is asked for it several times on its way into the lake.
        """
        told = (self.kind, self.owner, self.layout, str(self.layout_version), sorted(self.about.items()))
        rows = io.BytesIO()
        self.frame.drop("_sheet", "_row", "_col", "_error_col", strict=False).write_csv(rows)
        digest = hashlib.sha256(repr(told).encode())
        digest.update(rows.getbuffer())
        return digest.hexdigest()


@dataclass(frozen=True)
class TableManifest:
    """The manifest of an accepted table, as it is written beside its Parquet file."""

    format: int
    id: str
    kind: str
    title: str
    owner: str
    sensitivity: str
    layout: str
    layout_version: int
    source: SourceFile
    sheet: str
    cell_range: str
    rows_in: int
    rows_frame: int
    rows_accepted: int
    rows_refused: int
    frame_rows: Mapping[str, str]
    repairs: tuple[Repair, ...]
    findings: tuple[Finding, ...]
    about: Mapping[str, str]
    rows: int
    content_sha256: str
    data_sha256: str
    supersedes: str | None
    accepted_at: datetime
    accepted_by: str

    def to_json(self) -> str:
        """Return the manifest as text, the same for the same manifest."""
        plain = asdict(self) | {"accepted_at": self.accepted_at.isoformat()}
        for finding in plain["findings"]:
            del finding["cells"]  # they mark the file that was read, and may be a hundred thousand
        return json.dumps(plain, indent=1, sort_keys=True, ensure_ascii=False, default=str) + "\n"

    @classmethod
    def from_json(cls, text: str, path: Path) -> TableManifest:
        """Read the manifest that stands in the file ``path``. Raises ManifestRefused, which names the file."""
        try:
            plain: dict[str, Any] = json.loads(text)
            if plain["format"] > FORMAT:
                raise ManifestRefused("manifest-newer", path=path, found=str(plain["format"]), known=str(FORMAT))
            plain["source"] = SourceFile(**plain["source"])
            plain["repairs"] = tuple(Repair(**entry) for entry in plain["repairs"])
            plain["findings"] = tuple(
                Finding(**{**entry, "severity": Severity(entry["severity"])}) for entry in plain["findings"]
            )
            plain["accepted_at"] = datetime.fromisoformat(plain["accepted_at"])
            return cls(**plain)
        except (ValueError, KeyError, TypeError, RecursionError) as problem:
            raise ManifestRefused("manifest-broken", path=path, why=type(problem).__name__) from problem
