"""Tables whose values equal those of another region or year: a copy that only a person can settle."""

from __future__ import annotations

import hashlib
import io

import polars as pl

from nangkis.lake.manifest import Reading, TableManifest
from nangkis.lake.store import Lake
from nangkis.vocabulary.refusals import FileRefused


class ContentIdentical(FileRefused):
    """The same values are in the lake under another region or year; nobody has said that both are right."""


# What a row is about; everything else is what it says.
KEYS = ("region", "name_read", "year", "first_year", "period", "_sheet", "_row", "_col", "_error_col")


def identical_table(lake: Lake, reading: Reading, *, replaced: str | None, fewest: int) -> TableManifest | None:
    """Return the first live table with the same values in the same order under another region or year, or None.

    Tables of fewer different rows of values than ``fewest`` are not compared.
    """
    said = _values(reading.frame)
    if said.n_unique() < fewest:
        return None
    mine = _fingerprint(said)
    for held in lake.live():
        alike = held.kind == reading.kind and held.rows == reading.frame.height and held.id != replaced
        if alike and _key(held) != _key(reading) and _fingerprint(_values(lake.rows(held.id))) == mine:
            return held
    return None


def _key(table: Reading | TableManifest) -> tuple[str, str | None, str | None]:
    return table.owner, table.about.get("year"), table.about.get("years")


def _values(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.drop(KEYS, strict=False)


def _fingerprint(values: pl.DataFrame) -> str:
    rows = io.BytesIO()
    values.write_csv(rows)
    return hashlib.sha256(rows.getbuffer()).hexdigest()
