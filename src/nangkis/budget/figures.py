"""Figures of a budget: each a sum, count or share over a part of the lines, with the cells that it was made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import polars as pl

from nangkis.budget import methods
from nangkis.budget.analysis import BudgetAnalysis
from nangkis.budget.levels import level_name
from nangkis.budget.sums import exact_sen
from nangkis.lake.snapshot import TABLE
from nangkis.vocabulary.figures import Figure, Method, Origin, ParameterUse, Selection
from nangkis.vocabulary.units import Unit


Where = tuple[tuple[str, tuple[str | int, ...]], ...]
# A bidang of one ten-thousandth of the budget is not nothing: one decimal would print it as zero.
SHARE_PLACES = 2


@dataclass(frozen=True)
class Part:
    """Some lines of a budget: ``name`` for keys, ``wheres`` to find the same lines again in the lake."""

    name: str
    rows: pl.DataFrame
    wheres: tuple[Where, ...]
    method: Method
    parameters: tuple[ParameterUse, ...]

    @cached_property
    def sen(self) -> int | None:
        """The exact sum; None when no line has an amount."""
        return exact_sen(self.rows)

    @cached_property
    def tables(self) -> tuple[str, ...]:
        """The tables that the lines stand in."""
        return tuple(self.rows[TABLE].unique().sort())


@dataclass(frozen=True)
class BudgetFigures:
    """Makes parts and figures of one analysis."""

    analysis: BudgetAnalysis

    @property
    def whole(self) -> Part:
        """Every line."""
        lines = self.analysis.lines
        base: Where = (("region", (str(lines.region),)), ("year", (lines.year,)), ("stage", (lines.stage.value,)))
        return Part("total", self.analysis.frame, (base,), methods.SUM, ())

    def where(self, part: Part, **columns: str) -> Part:
        """Return the lines of a part whose stored columns have these values."""
        return _among(part, part.rows.filter(**columns), columns)

    def split(self, part: Part, *columns: str) -> dict[tuple[str, ...], Part]:
        """Return the lines of a part by the values of stored columns, in the order of these values."""
        groups = part.rows.sort(columns, maintain_order=True).partition_by(columns, as_dict=True)
        return {key: _among(part, rows, dict(zip(columns, key, strict=True))) for key, rows in groups.items()}

    def of_class(self, part: Part, which: str) -> Part:
        """Return the lines of a part that are in one class."""
        uses = self.analysis.lines.class_parameters
        return _narrowed(part, f"class:{which}", {"class": which}, methods.CLASS_SUM, uses)

    def of_blud(self, part: Part) -> Part:
        """Return the lines of a part that are services of a BLUD."""
        uses = (self.analysis.lines.blud_parameter,)
        return _narrowed(part, "blud", {"blud": True}, methods.BLUD_SUM, uses)

    def of_tag(self, part: Part, **values: str) -> Part:
        """Return the lines of a part whose tag columns have these values, such as ``tag="ditandai", strategy="1"``."""
        rules = self.analysis.rules
        uses = (*self.analysis.lines.class_parameters, *(() if rules is None else (rules.use,)))
        name = ",".join(f"{column}:{value}" for column, value in values.items())
        return _narrowed(part, name, values, methods.TAG_SUM, uses)

    def standing_by(self, part: Part, name: str, rule: ParameterUse) -> Part:
        """Return the same lines under a name of their own, because they stand where they stand by one more rule."""
        return replace(part, name=f"{part.name}/{name}", parameters=_all(part.parameters, (rule,)))

    def amount(self, part: Part) -> Figure | None:
        """Return the exact sum, in sen; None when no line of the part has an amount."""
        if part.sen is None:
            return None
        return Figure(self.key(part, "sen"), part.sen, Unit.RUPIAH, 0, _origin(part, part.method, "amount_sen"))

    def lines(self, part: Part) -> Figure:
        """Return how many lines of the part have an amount. The part has at least one line."""
        count = part.rows["amount_sen"].count()
        return Figure(self.key(part, "lines"), count, Unit.COUNT, 0, _origin(part, methods.LINES, "missing"))

    def empty_lines(self, part: Part) -> Figure:
        """Return how many lines of the part have no amount. The part has at least one line."""
        origin = _origin(part, methods.EMPTY_LINES, "missing")
        return Figure(self.key(part, "empty-lines"), part.rows["amount_sen"].null_count(), Unit.COUNT, 0, origin)

    def share(self, part: Part, of: Part) -> Figure | None:
        """Return the part's share of another's money, 0 to 1; None when either has no money."""
        if part.sen is None or not of.sen:
            return None
        above, below = (_origin(some, methods.SHARE, "amount_sen") for some in (part, of))
        inputs = tuple(dict.fromkeys((*above.inputs, *below.inputs)))
        origin = Origin(methods.SHARE, inputs, _all(above.parameters, below.parameters))
        return Figure(self.key(part, f"share-of:{of.name}"), part.sen / of.sen, Unit.SHARE, SHARE_PLACES, origin)

    def key(self, part: Part, measure: str) -> str:
        """Return the stable name of a figure of a part."""
        lines = self.analysis.lines
        return f"budget/{lines.region}/{lines.year}/{lines.stage}/{part.name}/{measure}"


def _origin(part: Part, method: Method, column: str) -> Origin:
    selections = tuple(Selection(table, where, column) for table in part.tables for where in part.wheres)
    return Origin(method, selections, part.parameters)


def _among(part: Part, rows: pl.DataFrame, columns: Mapping[str, str]) -> Part:
    named = _looked_up(*columns.items())
    return Part(
        name="/".join((part.name, *(f"{column}:{value}" for column, value in columns.items()))),
        rows=rows,
        wheres=tuple((*where, *named) for where in part.wheres),
        method=part.method,
        parameters=part.parameters,
    )


def _narrowed(
    part: Part, name: str, values: Mapping[str, str | bool], method: Method, uses: tuple[ParameterUse, ...]
) -> Part:
    rows = part.rows.filter(**values)
    return Part(
        name=f"{part.name}/{name}",
        rows=rows,
        wheres=tuple((*where, *more) for where in part.wheres for more in _told(rows, level_name(tuple(values)))),
        method=method,
        parameters=_all(part.parameters, uses),
    )


def _told(rows: pl.DataFrame, level: str) -> tuple[Where, ...]:
    """Say which lines these are, each at its coarsest level: programmes and codes together, names one by one."""
    keys = set(rows.select(level, "program_code", "sub_kegiatan_code", "sub_kegiatan_name").iter_rows())
    programmes = tuple(sorted({programme for at, programme, _, _ in keys if at == 0}))
    codes = tuple(sorted({code for at, _, code, _ in keys if at == 1}))
    named = sorted({(code, name) for at, _, code, name in keys if at > 1})
    together = (("program_code", programmes), ("sub_kegiatan_code", codes))
    return (
        *(((column, found),) for column, found in together if found),
        *(_looked_up(("sub_kegiatan_code", code), ("sub_kegiatan_name", name)) for code, name in named),
    )


def _looked_up(*columns: tuple[str, str]) -> Where:
    """Say how lines are found again; a name that the file leaves out cannot be looked up, its code can."""
    return tuple((column, (value,)) for column, value in columns if value)


def _all(*uses: tuple[ParameterUse, ...]) -> tuple[ParameterUse, ...]:
    return tuple(dict.fromkeys(use for some in uses for use in some))
