"""A fixed set of tables to compute from, so that the same answer can be computed again later."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from nangkis.lake.integrity import check_data
from nangkis.lake.manifest import TableManifest
from nangkis.vocabulary.figures import Scalar, Selection


TABLE = "_table"


@dataclass(frozen=True)
class Snapshot:
    """The tables that an answer is computed from."""

    manifests: tuple[TableManifest, ...]
    folder: Path

    @property
    def ids(self) -> tuple[str, ...]:
        """The tables' names, sorted."""
        return tuple(sorted(manifest.id for manifest in self.manifests))

    def of_kind(self, kind: str) -> tuple[TableManifest, ...]:
        """Return the manifests of one kind of table."""
        return tuple(manifest for manifest in self.manifests if manifest.kind == kind)

    def paths(self, kind: str) -> tuple[Path, ...]:
        """Return the Parquet files of one kind of table, each as it was accepted. Raises TableDamaged."""
        return tuple(self._path(manifest) for manifest in self.of_kind(kind))

    def frame(self, kind: str, schema: pl.Schema) -> pl.LazyFrame:
        """Return all rows of one kind, with the table's name in ``_table``. Raises TableDamaged.

        A column that came into the schema after a table was accepted is null in the rows of that table.
        """
        parts = [self._rows(manifest) for manifest in self.of_kind(kind)]
        empty = pl.LazyFrame(schema={**schema, TABLE: pl.String()})
        return pl.concat([empty, *parts], how="diagonal")

    def _rows(self, manifest: TableManifest) -> pl.LazyFrame:
        path = self._path(manifest)
        # The path is a name, never a pattern: with globbing, "ws [1]" would read the tables of "ws 1".
        rows = pl.scan_parquet(path, glob=False, hive_partitioning=False)
        return rows.with_columns(pl.lit(manifest.id).alias(TABLE))

    def _path(self, manifest: TableManifest) -> Path:
        path = self.folder / f"{manifest.id}.parquet"
        check_data(manifest, path)
        return path


def fits(rows: pl.DataFrame, selection: Selection) -> bool:
    """Say whether a table has the columns that a selection names, of the kinds that it asks for."""
    return selection.column in rows.columns and all(
        column in rows.columns and all(_is_kind(rows.schema[column], value) for value in values)
        for column, values in selection.where
    )


def _is_kind(dtype: pl.DataType, value: Scalar) -> bool:
    if isinstance(value, str):
        return dtype == pl.String
    return dtype.is_integer() and value.bit_length() < 64  # noqa: PLR2004 - what a column of integers can hold


def chosen_rows(rows: pl.DataFrame, selection: Selection) -> pl.DataFrame:
    """Return the rows of one table that a selection names."""
    return rows.filter(*(pl.col(column).is_in(list(values)) for column, values in selection.where))


def same_cells(before: pl.DataFrame, after: pl.DataFrame, selection: Selection) -> bool:
    """Say whether a selection finds the same keys and values in both tables, wherever the cells now stand."""
    return _cells(before, selection).equals(_cells(after, selection))


def _cells(rows: pl.DataFrame, selection: Selection) -> pl.DataFrame:
    told = list(dict.fromkeys([*(column for column, _ in selection.where), selection.column]))
    return chosen_rows(rows, selection).select(told).sort(told)
