"""Changes from one year to the next: of one region more than is credible, or of a whole column at once."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from nangkis.indicators.catalogue import Indicator, indicators
from nangkis.intake.checks.listing import of_rows
from nangkis.intake.checks.protocol import LINE, Check, Values, several_years
from nangkis.intake.checks.series import with_year_before
from nangkis.intake.checks.slips import credible_change, slipped
from nangkis.intake.rules import Rules
from nangkis.vocabulary.findings import Finding, Severity
from nangkis.vocabulary.sources import cell_at, column_at


STEP = ("indicator", "period", "year")


def _steps(values: Values) -> pl.DataFrame:
    """Return each known value with that of the year before, the ``change``, and the ``most`` that is credible."""
    pairs = with_year_before(values).filter(pl.col("before").is_not_null())
    credible = credible_change(pairs["indicator"].unique(), pl.col("before").abs())
    steps = pairs.with_columns((pl.col("value") - pl.col("before")).alias("change"), credible.alias("most"))
    return steps.with_columns((pl.col("change").abs() > pl.col("most")).alias("leaps"))


def _at_once(steps: pl.DataFrame, rules: Rules) -> pl.DataFrame:
    """Return the years in which a whole column changed: by key the ``middle`` change, which sign its rows share.

    Most rows leap the same way; or, of a measure that is known to be made in several ways, nearly all move the same
    way and the middle one much farther than in the other years.
    """
    way = pl.col("change").sign() == pl.col("change").median().sign()
    years = steps.group_by(STEP, maintain_order=True).agg(
        pl.len().alias("rows"),
        pl.col("change").median().alias("middle"),
        (way & pl.col("leaps")).sum().alias("leaping"),
        way.sum().alias("same"),
    )
    limits = rules.thresholds
    leaping = pl.col("leaping") >= float(limits.share_of_a_method_change) * pl.col("rows")
    same = pl.col("same") >= float(limits.same_way_share) * pl.col("rows")
    several = pl.col("indicator").is_in([code for code in years["indicator"].unique() if _made_in_several_ways(code)])
    far = pl.col("middle").abs() >= float(limits.times_of_usual_change) * pl.col("usual")
    enough = (pl.col("rows") >= limits.rows_of_a_method_change) & (pl.col("middle") != 0)
    return _with_usual(years).filter(enough & (leaping | (several & same & far.fill_null(value=False))))


def _made_in_several_ways(code: str) -> bool:
    known = indicators()[code]
    return known.series is not None or bool(known.method_breaks)


def _with_usual(years: pl.DataFrame) -> pl.DataFrame:
    """Add what the middle change is in the other years, where there are at least two of them."""
    sizes = years.select("indicator", "period", pl.col("year").alias("other"), pl.col("middle").abs().alias("size"))
    others = years.join(sizes, on=["indicator", "period"]).filter(pl.col("other") != pl.col("year"))
    usual = others.group_by(STEP).agg(pl.col("size").median().alias("usual"), pl.len().alias("others"))
    usual = usual.filter(pl.col("others") > 1).drop("others")
    return years.join(usual, on=list(STEP), how="left", maintain_order="left")


def _jumps(values: Values, rules: Rules) -> Iterator[Finding]:
    """A change of one region beyond the largest credible one, which its column does not share and no slip explains."""
    steps = _steps(values)
    shared = _at_once(steps, rules).select(*STEP, pl.col("middle").sign().alias("way"))
    slips = slipped(values.with_columns(pl.col("value").alias("seen")), rules).select(*LINE, "year")
    slips = pl.concat([slips, slips.with_columns(pl.col("year") + 1)]).cast({"year": pl.Int32})
    own = (
        steps.filter("leaps")
        .join(shared, on=list(STEP), how="left", maintain_order="left")
        .filter((pl.col("change").sign() != pl.col("way")).fill_null(value=True))
        .join(slips, on=[*LINE, "year"], how="anti", maintain_order="left")
        .sort(*LINE, "year", maintain_order=True)
    )
    for step in own.iter_rows(named=True):
        told = {key: step[key] for key in ("value", "before", "indicator")}
        told |= {"name": step["name_read"], "year": str(step["year"]), "most": round(step["most"], 2)}
        at = cell_at(step["_sheet"], step["_col"], step["_row"])
        yield Finding("value-jumps", Severity.WARNING, at, told)


def _columns(values: Values, rules: Rules) -> Iterator[Finding]:
    """A year in which nearly all regions leap at once: another method, definition or unit, told once for the column."""
    steps = _steps(values)
    for found in _at_once(steps, rules).iter_rows(named=True):
        rows = steps.filter(pl.all_horizontal(pl.col(name) == found[name] for name in STEP))
        moved = rows.filter(pl.col("change").sign() == (1 if found["middle"] > 0 else -1))
        largest = moved.sort(pl.col("change").abs(), descending=True, maintain_order=True).row(0, named=True)
        told = {"indicator": found["indicator"], "year": str(found["year"]), "count": moved.height}
        told |= {"rows": found["rows"], "middle": round(found["middle"], 2), "name": largest["name_read"]}
        told |= {"before": largest["before"], "value": largest["value"]}
        methods = _methods(indicators()[str(found["indicator"])])
        code = "method-changes" if methods else "column-jumps"
        told |= {"methods": methods} if methods else {}
        column = _column_of_one_year(values, moved)
        if column is not None:
            yield Finding(code, Severity.WARNING, column, told)
        else:
            yield of_rows(code, Severity.WARNING, moved, rules.limits, told)


def _methods(known: Indicator) -> tuple[str, ...]:
    """Return the codes of the ways in which the same measure is made, for it alone where none is another's."""
    if known.series is None:
        return ()
    measure = known.series.measure
    alike = (one for one in indicators().values() if one.series is not None and one.series.measure == measure)
    return tuple(one.code for one in alike if one.code != known.code)


def _column_of_one_year(values: Values, moved: pl.DataFrame) -> str | None:
    """Return the column of the first row where it holds the values of one year alone, else None."""
    sheet, letter = moved.row(0, named=True)["_sheet"], moved.row(0, named=True)["_col"]
    column = values.filter((pl.col("_sheet") == sheet) & (pl.col("_col") == letter))
    return column_at(sheet, letter) if column.select(STEP).n_unique() == 1 else None


CHANGE_CHECKS = (Check(several_years, _jumps), Check(several_years, _columns))
