"""The budget of one region, looked at once: lines with class and tag."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from nangkis.budget.levels import with_levels
from nangkis.budget.lines import BudgetLines, budget_lines
from nangkis.budget.names import BudgetNames, budget_names
from nangkis.budget.rules import RuleTable, Tag, tag_rules
from nangkis.budget.schema import Stage
from nangkis.budget.tags import with_tags
from nangkis.lake.snapshot import Snapshot
from nangkis.parameters.dated import ParameterMissing, Parameters
from nangkis.vocabulary.codes import Region


PLANNING_COLUMNS = (
    "office_code", "office_name", "bidang_code", "program_code", "kegiatan_code", "sub_kegiatan_code",
    "sub_kegiatan_name", "amount_sen", "dimension", "strategy", "directness", "rule", "reason", "reason_en",
    "confidence", "_table", "_row",
)  # fmt: skip


@dataclass(frozen=True)
class BudgetAnalysis:
    """``frame`` has every line of the file, with class, tag and levels; everything else is derived from it.

    ``rules`` is None on a day before any rule proposed tags: then no line has one.
    """

    lines: BudgetLines
    rules: RuleTable | None
    names: BudgetNames
    frame: pl.DataFrame

    @property
    def tagged(self) -> pl.DataFrame:
        """The sub kegiatan proposed as poverty spending, for planning: PLANNING_COLUMNS, in the file's order."""
        return self.frame.filter(pl.col("tag") == Tag.TAGGED).select(PLANNING_COLUMNS)


def analyse_budget(
    snapshot: Snapshot, region: Region, year: int, *, stage: Stage | None = None, parameters: Parameters, on: date
) -> BudgetAnalysis:
    """Return the budget of a region and year with its proposed poverty tags.

    ``on`` is the day whose rules are used (the day of the analysis, not of the budget: an older budget is read with
    the strategies of today). On a day before the tag rules hold, the lines stand without tags. Refuses as
    :func:`nangkis.budget.lines.budget_lines` does, and as :func:`nangkis.budget.rules.tag_rules` for a broken rule.
    """
    lines = budget_lines(snapshot, region, year, stage=stage, parameters=parameters, on=on)
    rules = rules_in_force(parameters, on)
    return BudgetAnalysis(
        lines=lines, rules=rules, names=budget_names(parameters, on), frame=with_levels(with_tags(lines.frame, rules))
    )


def rules_in_force(parameters: Parameters, on: date) -> RuleTable | None:
    """Return the tag rules of a day; None before the first of them."""
    try:
        return tag_rules(parameters, on)
    except ParameterMissing:  # old years stay computable: their sums need no tags
        return None
