"""Figures of a budget: each a sum, count or share over a part of the lines, with the cells that it was made from."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from nangkis.budget import methods
from nangkis.budget.analysis import BudgetAnalysis
from nangkis.budget.structure import exact_sen
from nangkis.lake.snapshot import TABLE
from nangkis.vocabulary.figures import Figure, Method, Origin, ParameterUse, Selection
from nangkis.vocabulary.units import Unit


Where = tuple[tuple[str, tuple[str | int, ...]], ...]
# A bidang of one ten-thousandth of the budget is not nothing: one decimal would print it as zero.
SHARE_PLACES = 2
# From coarse to fine: what can be said of a whole programme is said once. A rule sees code and name, nothing finer.
LEVELS = (("program_code",), ("sub_kegiatan_code",), ("sub_kegiatan_code", "sub_kegiatan_name"))


@dataclass(frozen=True)
class Part:
    """Some lines of a budget: ``name`` for keys, ``wheres`` to find the same lines again in the lake."""

    name: str
    rows: pl.DataFrame
    wheres: tuple[Where, ...]
    method: Method
    parameters: tuple[ParameterUse, ...]


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

    def where(self, part: Part, column: str, value: str) -> Part:
        """Return the lines of a part whose stored column has this value."""
        return Part(
            name=f"{part.name}/{column}:{value}",
            rows=part.rows.filter(pl.col(column) == value),
            wheres=tuple((*where, (column, (value,))) for where in part.wheres),
            method=part.method,
            parameters=part.parameters,
        )

    def of_class(self, part: Part, which: str) -> Part:
        """Return the lines of a part that are in one class."""
        uses = self.analysis.lines.class_parameters
        return _narrowed(part, f"class:{which}", pl.col("class") == which, methods.CLASS_SUM, uses)

    def of_tag(self, part: Part, **values: str) -> Part:
        """Return the lines of a part whose tag columns have these values, such as ``tag="ditandai", strategy="1"``."""
        uses = (*self.analysis.lines.class_parameters, self.analysis.rules.use)
        condition = pl.all_horizontal(pl.col(column) == value for column, value in values.items())
        name = ",".join(f"{column}:{value}" for column, value in values.items())
        return _narrowed(part, name, condition, methods.TAG_SUM, uses)

    def amount(self, part: Part) -> Figure | None:
        """Return the exact sum, in sen; None when no line of the part has an amount."""
        value = exact_sen(part.rows)
        if value is None:
            return None
        return Figure(self._key(part, "sen"), value, Unit.RUPIAH, 0, _origin(part, part.method, "amount_sen"))

    def lines(self, part: Part) -> Figure:
        """Return how many lines of the part have an amount. The part has at least one line."""
        count = part.rows["amount_sen"].drop_nulls().len()
        return Figure(self._key(part, "lines"), count, Unit.COUNT, 0, _origin(part, methods.LINES, "missing"))

    def empty_lines(self, part: Part) -> Figure:
        """Return how many lines of the part have no amount. The part has at least one line."""
        origin = _origin(part, methods.EMPTY_LINES, "missing")
        return Figure(self._key(part, "empty-lines"), part.rows["amount_sen"].null_count(), Unit.COUNT, 0, origin)

    def share(self, part: Part, of: Part) -> Figure | None:
        """Return the part's share of another's money, 0 to 1; None when either has no money."""
        top, bottom = exact_sen(part.rows), exact_sen(of.rows)
        if top is None or not bottom:
            return None
        above, below = (_origin(some, methods.SHARE, "amount_sen") for some in (part, of))
        inputs = tuple(dict.fromkeys((*above.inputs, *below.inputs)))
        uses = tuple(dict.fromkeys((*above.parameters, *below.parameters)))
        key = self._key(part, f"share-of:{of.name}")
        return Figure(key, top / bottom, Unit.SHARE, SHARE_PLACES, Origin(methods.SHARE, inputs, uses))

    def _key(self, part: Part, measure: str) -> str:
        lines = self.analysis.lines
        return f"budget/{lines.region}/{lines.year}/{lines.stage}/{part.name}/{measure}"


def _origin(part: Part, method: Method, column: str) -> Origin:
    tables = part.rows[TABLE].unique().sort().to_list()
    selections = tuple(Selection(table, where, column) for table in tables for where in part.wheres)
    return Origin(method, selections, part.parameters)


def _narrowed(part: Part, name: str, condition: pl.Expr, method: Method, uses: tuple[ParameterUse, ...]) -> Part:
    left = part.rows.with_columns(condition.fill_null(value=False).alias("_in"))
    added: list[Where] = []
    for level in LEVELS:
        groups = left.group_by(level).agg(pl.col("_in").all()).filter("_in").select(level).sort(level)
        left = left.join(groups, on=list(level), how="anti")
        if len(level) == 1 and not groups.is_empty():
            added.append(((level[0], tuple(groups[level[0]].to_list())),))
        elif len(level) > 1:
            added.extend(tuple((c, (v,)) for c, v in zip(level, row, strict=True)) for row in groups.iter_rows())
    return Part(
        name=f"{part.name}/{name}",
        rows=part.rows.filter(condition.fill_null(value=False)),
        wheres=tuple((*where, *more) for where in part.wheres for more in added),
        method=method,
        parameters=tuple(dict.fromkeys((*part.parameters, *uses))),
    )
