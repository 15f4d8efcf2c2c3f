"""Figures of a budget: each a sum, count or share over a part of the lines, with the cells that it was made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import polars as pl

from nangkis.budget import methods
from nangkis.budget.analysis import BudgetAnalysis
from nangkis.budget.levels import LEVELS, level_name
from nangkis.budget.rules import Tag
from nangkis.budget.sums import exact_sen
from nangkis.budget.tagging.schema import DECISION_KIND, LIST_KIND, LOCK_KIND, WHOLE
from nangkis.lake.snapshot import TABLE
from nangkis.vocabulary.figures import Figure, Method, Origin, ParameterUse, Selection
from nangkis.vocabulary.units import Unit


Where = tuple[tuple[str, tuple[str | int, ...]], ...]
# A bidang of one ten-thousandth of the budget is not nothing: one decimal would print it as zero.
SHARE_PLACES = 2
FINEST = LEVELS[-1]
# Which column of a tag's own table a figure rests on; official tags belong to no region.
SAID_IN = {DECISION_KIND: "tag", LOCK_KIND: "tag", LIST_KIND: "strategy"}
OFFICIAL_TAGS = "tags"


@dataclass(frozen=True)
class Part:
    """Some lines of a budget: ``name`` for keys, ``wheres`` to find the same lines again in the lake.

    ``said`` are the decisions, lists and official tags by which they are in this part.
    """

    name: str
    rows: pl.DataFrame
    wheres: tuple[Where, ...]
    method: Method
    parameters: tuple[ParameterUse, ...]
    said: tuple[Selection, ...] = ()

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

    @property
    def meant(self) -> Part:
        """Every line; of one that a decision divides, only the parts that are for the poor."""
        whole = self.whole
        divided = (pl.col("share") < WHOLE).fill_null(value=False)
        if not whole.rows.select(divided.any()).item():
            return whole
        rows = whole.rows.filter(~divided | (pl.col("tag") == Tag.TAGGED))
        uses = self.analysis.tag_parameters
        return replace(whole, rows=rows, method=methods.TAG_SUM, parameters=uses, said=self._said(rows))

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
        name = ",".join(f"{column}:{value}" for column, value in values.items())
        uses = (*self.analysis.lines.class_parameters, *self.analysis.tag_parameters)
        found = _narrowed(part, name, values, methods.TAG_SUM, uses)
        return replace(found, said=self._said(found.rows))

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
        count = _distinct(part.rows.filter(pl.col("amount_sen").is_not_null()))
        return Figure(self.key(part, "lines"), count, Unit.COUNT, 0, _origin(part, methods.LINES, "missing"))

    def empty_lines(self, part: Part) -> Figure:
        """Return how many lines of the part have no amount. The part has at least one line."""
        origin = _origin(part, methods.EMPTY_LINES, "missing")
        return Figure(
            self.key(part, "empty-lines"),
            _distinct(part.rows.filter(pl.col("amount_sen").is_null())),
            Unit.COUNT,
            0,
            origin,
        )

    def share(self, part: Part, of: Part) -> Figure | None:
        """Return the part's share of another's money, 0 to 1; None when either has no money."""
        if part.sen is None or not of.sen:
            return None
        above, below = (_origin(some, methods.SHARE, "amount_sen") for some in (part, of))
        inputs = tuple(dict.fromkeys((*above.inputs, *below.inputs)))
        origin = Origin(methods.SHARE, inputs, _all(above.parameters, below.parameters))
        return Figure(self.key(part, f"share-of:{of.name}"), part.sen / of.sen, Unit.SHARE, SHARE_PLACES, origin)

    def _said(self, rows: pl.DataFrame) -> tuple[Selection, ...]:
        lines = self.analysis.lines
        ours: Where = (("region", (str(lines.region),)), ("year", (lines.year,)))
        kinds = {table: table.rpartition("-")[0] for table in rows["_tag_table"].drop_nulls().unique().sort()}
        return tuple(
            Selection(table, ours if kind in SAID_IN else (), SAID_IN.get(kind, OFFICIAL_TAGS))
            for table, kind in kinds.items()
        )

    def key(self, part: Part, measure: str) -> str:
        """Return the stable name of a figure of a part."""
        lines = self.analysis.lines
        return f"budget/{lines.region}/{lines.year}/{lines.stage}/{part.name}/{measure}"


def _origin(part: Part, method: Method, column: str) -> Origin:
    selections = tuple(Selection(table, where, column) for table in part.tables for where in part.wheres)
    return Origin(method, (*selections, *part.said), part.parameters)


def _distinct(rows: pl.DataFrame) -> int:
    """Count lines of files: one that a decision divides is still one."""
    return rows.select(TABLE, "_sheet", "_row").n_unique()


def _among(part: Part, rows: pl.DataFrame, columns: Mapping[str, str]) -> Part:
    named = _looked_up(*columns.items())
    return Part(
        name="/".join((part.name, *(f"{column}:{value}" for column, value in columns.items()))),
        rows=rows,
        wheres=tuple((*where, *named) for where in part.wheres),
        method=part.method,
        parameters=part.parameters,
        said=part.said,
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
    keys = set(rows.select(level, "program_code", *FINEST).iter_rows())
    programmes = tuple(sorted({programme for at, programme, *_ in keys if at == 0}))
    codes = tuple(sorted({code for at, _, code, *_ in keys if at == 1}))
    # The finer the level, the more of the columns are named; an office that the file leaves out stays unnamed.
    named = sorted({tuple(word or "" for word in words[: 2 * (at - 1)]) for at, _, *words in keys if at > 1})
    together = (("program_code", programmes), ("sub_kegiatan_code", codes))
    return (
        *(((column, found),) for column, found in together if found),
        *(_looked_up(*zip(FINEST, words, strict=False)) for words in named),
    )


def _looked_up(*columns: tuple[str, str]) -> Where:
    """Say how lines are found again; a name that the file leaves out cannot be looked up, its code can."""
    return tuple((column, (value,)) for column, value in columns if value)


def _all(*uses: tuple[ParameterUse, ...]) -> tuple[ParameterUse, ...]:
    return tuple(dict.fromkeys(use for some in uses for use in some))
