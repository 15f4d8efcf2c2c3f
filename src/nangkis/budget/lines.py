"""The lines of one region's budget, of one year and stage, each in one class."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import polars as pl

from nangkis.budget.matching import Pattern
from nangkis.budget.schema import KIND, SCHEMA, Stage
from nangkis.lake.manifest import TableManifest
from nangkis.lake.snapshot import TABLE, Snapshot
from nangkis.parameters.dated import Parameters
from nangkis.regions.register import Place, place
from nangkis.vocabulary.codes import Region
from nangkis.vocabulary.figures import ParameterUse
from nangkis.vocabulary.refusals import RequestRefused


class BudgetMissing(RequestRefused):
    """The tables hold no budget of this region, year and stage; the values say what there is."""


class RegionWithoutBudget(RequestRefused):
    """The region is an administrative one: the law gives it no budget of its own."""


class StageNotAsked(RequestRefused):
    """Several stages of this budget are there, and which one is meant is never guessed."""


class BudgetDoubled(RequestRefused):
    """Two live tables hold the same line: their sum would count money twice."""


class LineClass(StrEnum):
    """What a line is, before anyone asks whom it serves. Every line is in exactly one class."""

    PENUNJANG = (
        "penunjang"  # programme 01 of each bidang: the offices themselves, and what BLUD such as hospitals serve
    )
    TRANSFER_DESA = "transfer-desa"  # passed on to villages
    PROGRAM = "program"  # everything else: the base of tagging


@dataclass(frozen=True)
class BudgetLines:
    """Lines as the lake holds them, with ``class``, ``blud`` and ``_table``; ``manifests`` are their tables.

    A name that the file leaves out is an empty text. ``class_parameters`` say what a class is, ``blud_parameter``
    which lines of programme 01 are services of a BLUD.
    """

    place: Place
    year: int
    stage: Stage
    frame: pl.DataFrame
    manifests: tuple[TableManifest, ...]
    class_parameters: tuple[ParameterUse, ...]
    blud_parameter: ParameterUse

    @property
    def region(self) -> Region:
        """The code under which the lake keeps the lines."""
        return self.place.region


def budget_lines(
    snapshot: Snapshot, region: Region, year: int, *, stage: Stage | None = None, parameters: Parameters, on: date
) -> BudgetLines:
    """Return the budget lines of a region and year, each with its class, in the order of table and row.

    ``region`` may be written in any known code system. ``stage`` may be left out only when one stage is there. ``on``
    is the day whose rules say what a class is.

    Raises:
        RegionUnknown: for a code on no list.
        RegionWithoutBudget: for an administrative region.
        BudgetMissing: when the snapshot holds no such lines.
        StageNotAsked: when several stages are there and none was asked for.
        BudgetDoubled: when two tables hold the same sub kegiatan of the same office.
    """
    here = place(region)
    _check_has_budget(here, parameters, on)
    every = snapshot.frame(KIND, SCHEMA)
    chosen = stage or _only_stage(every, here.region, year)
    ours = _of_year(here.region, year) & (pl.col("stage") == chosen)
    named = pl.col("office_name", "sub_kegiatan_name").fill_null("")
    frame = every.filter(ours).sort(TABLE, "_row", maintain_order=True).with_columns(named).collect()
    if frame.is_empty():
        raise _missing(every, here.region, year, chosen)
    _check_counted_once(frame, snapshot)
    used = set(frame[TABLE].unique())
    return BudgetLines(
        place=here,
        year=year,
        stage=Stage(chosen),
        frame=with_blud(with_class(frame, parameters, on), parameters, on),
        manifests=tuple(manifest for manifest in snapshot.of_kind(KIND) if manifest.id in used),
        class_parameters=tuple(parameters.on(name, on).use for name in ("belanja_penunjang", "belanja_transfer_desa")),
        blud_parameter=parameters.on("belanja_blud", on).use,
    )


def budget_years(snapshot: Snapshot, region: Region, *, parameters: Parameters, on: date) -> tuple[int, ...]:
    """Return the years of which the snapshot holds a budget of the region, in their order.

    Raises RegionWithoutBudget for an administrative region.
    """
    here = place(region)
    _check_has_budget(here, parameters, on)
    held = snapshot.frame(KIND, SCHEMA).filter(pl.col("region") == str(here.region))
    return tuple(held.select(pl.col("year").unique().sort()).collect()["year"].to_list())


def with_class(frame: pl.DataFrame, parameters: Parameters, on: date) -> pl.DataFrame:
    """Return the lines with the column ``class``; programme 01 goes before village transfers."""
    support = str(parameters.on("belanja_penunjang", on).value)
    transfers = parameters.on("belanja_transfer_desa", on).value
    patterns = [Pattern.read(entry, rule="belanja_transfer_desa") for entry in transfers]
    is_support = (pl.col("program_code").str.split(".").list.get(2, null_on_oob=True) == support).fill_null(value=False)
    is_transfer = pl.any_horizontal(pl.lit(value=False), *(pattern.condition for pattern in patterns))
    return frame.with_columns(
        pl.when(is_support)
        .then(pl.lit(LineClass.PENUNJANG.value))
        .when(is_transfer)
        .then(pl.lit(LineClass.TRANSFER_DESA.value))
        .otherwise(pl.lit(LineClass.PROGRAM.value))
        .alias("class")
    )


def with_blud(frame: pl.DataFrame, parameters: Parameters, on: date) -> pl.DataFrame:
    """Return the lines with the column ``blud``: whether a line is a service of a BLUD, inside programme 01."""
    ends = parameters.on("belanja_blud", on).value
    found = pl.any_horizontal(pl.col("kegiatan_code").str.ends_with(f".{end}") for end in ends)
    return frame.with_columns(found.fill_null(value=False).alias("blud"))


def _check_has_budget(here: Place, parameters: Parameters, on: date) -> None:
    without = parameters.on("belanja_daerah_tanpa_apbd", on).value
    if here.region.system.name == without["system"] and here.region.digits.startswith(without["prefix"]):
        raise RegionWithoutBudget("budget-of-administrative-region", region=str(here.region), name=here.name)


def _of_year(region: Region, year: int) -> pl.Expr:
    return (pl.col("region") == str(region)) & (pl.col("year") == year)


def _only_stage(every: pl.LazyFrame, region: Region, year: int) -> str:
    stages = every.filter(_of_year(region, year)).select(pl.col("stage").unique().sort()).collect()["stage"].to_list()
    if not stages:
        raise _missing(every, region, year, None)
    if len(stages) > 1:
        raise StageNotAsked("budget-stage-not-asked", region=str(region), year=str(year), stages=", ".join(stages))
    return str(stages[0])


def _missing(every: pl.LazyFrame, region: Region, year: int, stage: str | None) -> BudgetMissing:
    there = every.select("region", "year", "stage").unique().sort("region", "year", "stage").collect()
    if there.is_empty():
        return BudgetMissing("budget-none")
    of_region = there.filter(pl.col("region") == str(region))
    shown = there if of_region.is_empty() else of_region
    listed = ", ".join(f"{place} {held} {at}" for place, held, at in shown.iter_rows())
    asked = f"{year} {stage}" if stage else str(year)
    return BudgetMissing("budget-missing", region=str(region), asked=asked, there=listed)


def check_counted_once(snapshot: Snapshot) -> None:
    """Refuse tables that would count the money of any budget twice. Raises BudgetDoubled, for the first one found."""
    every = snapshot.frame(KIND, SCHEMA)
    keys = ["region", "year", "stage"]
    several = every.select(*keys, TABLE).unique().group_by(keys).len().filter(pl.col("len") > 1).drop("len")
    for _, frame in every.join(several, on=keys, how="semi").collect().group_by(keys, maintain_order=True):
        _check_counted_once(frame, snapshot)


def _check_counted_once(frame: pl.DataFrame, snapshot: Snapshot) -> None:
    # A file may know offices by name only: those of one kecamatan and another then share nothing but a blank code.
    office = pl.coalesce("office_code", "office_name").alias("office")
    doubled = (
        frame.group_by(office, "sub_kegiatan_code")
        .agg(pl.col(TABLE).unique().sort())
        .filter(pl.col(TABLE).list.len() > 1)
        .sort("office", "sub_kegiatan_code")
    )
    if doubled.is_empty():
        return
    names = {manifest.id: manifest.source.name for manifest in snapshot.of_kind(KIND)}
    office, code, tables = doubled.row(0)
    told = ", ".join(f"{names[table]} ({table})" for table in tables)
    raise BudgetDoubled("budget-doubled", office=office, sub_kegiatan=code, tables=told, lines=doubled.height)
