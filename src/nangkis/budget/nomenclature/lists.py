"""One version's list as the lake holds it: whole, each code once, with the tables that it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from nangkis.budget.nomenclature.codes import plain_name
from nangkis.budget.nomenclature.schema import KIND, SCHEMA, Level
from nangkis.budget.nomenclature.versions import Version, version_named
from nangkis.lake.manifest import TableManifest
from nangkis.lake.snapshot import TABLE, Snapshot
from nangkis.vocabulary.refusals import RequestRefused


class ListMissing(RequestRefused):
    """The tables hold no list of this version; the values say which versions are there."""


class ListContradictory(RequestRefused):
    """Two tables of one version name the same code differently: which is right is a person's to say."""


@dataclass(frozen=True)
class CodeList:
    """The codes of one version, in their order: SCHEMA with ``_table``. ``manifests`` are their tables."""

    version: Version
    frame: pl.DataFrame
    manifests: tuple[TableManifest, ...]

    @property
    def subs(self) -> pl.DataFrame:
        """The sub kegiatan, with ``kegiatan`` and ``kegiatan_name``: their upper code and its name."""
        upper = self.frame.filter(level=Level.KEGIATAN).select(
            pl.col("code").alias("kegiatan"), pl.col("name").alias("kegiatan_name"), "government"
        )
        subs = self.frame.filter(level=Level.SUB_KEGIATAN).with_columns(pl.col("parent").alias("kegiatan"))
        return subs.join(upper, on=["kegiatan", "government"], how="left", nulls_equal=True, maintain_order="left")


def code_list(snapshot: Snapshot, known: Mapping[str, Version], name: str) -> CodeList:
    """Return the list of a version.

    A code that several tables hold under the same name counts once, at the first of them.

    Raises:
        VersionUnknown: for a name that no version has.
        ListMissing: when no table holds the version.
        ListContradictory: when two tables name a code of the same government differently.
    """
    version = version_named(known, name)
    every = snapshot.frame(KIND, SCHEMA)
    frame = every.filter(pl.col("version") == version.name).collect()
    if frame.is_empty():
        there = every.select(pl.col("version").unique().sort()).collect()["version"].to_list()
        raise ListMissing("nomenclature-list-missing", version=version.name, there=", ".join(there) or "–")
    _check_one_name(frame, snapshot)
    frame = frame.sort("code", "government", TABLE, nulls_last=True)
    frame = frame.unique(["code", "government"], keep="first", maintain_order=True)
    used = set(frame[TABLE].unique())
    return CodeList(version, frame, tuple(each for each in snapshot.of_kind(KIND) if each.id in used))


def _check_one_name(frame: pl.DataFrame, snapshot: Snapshot) -> None:
    named = frame.group_by("code", "government", maintain_order=True).agg(
        plain_name(pl.col("name")).n_unique().alias("names"), pl.col(TABLE).unique().sort()
    )
    differing = named.filter(pl.col("names") > 1).sort("code")
    if differing.is_empty():
        return
    files = {manifest.id: manifest.source.name for manifest in snapshot.of_kind(KIND)}
    tables = ", ".join(f"{files[table]} ({table})" for table in differing[TABLE][0])
    told = {"code": differing["code"][0], "tables": tables, "count": differing.height}
    raise ListContradictory("nomenclature-list-contradictory", version=frame["version"][0], **told)
