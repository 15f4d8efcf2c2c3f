"""The budget of one region, looked at once: lines with class and tag."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from nangkis.budget.levels import with_levels
from nangkis.budget.lines import BudgetLines, budget_lines
from nangkis.budget.names import BudgetNames, budget_names, programme_names
from nangkis.budget.rules import RuleTable, Tag, tag_rules
from nangkis.budget.schema import Stage
from nangkis.budget.tagging.evidence import Evidence, evidence_of
from nangkis.budget.tags import with_tags
from nangkis.lake.snapshot import Snapshot
from nangkis.parameters.dated import ParameterMissing, Parameters
from nangkis.regions.register import Level
from nangkis.vocabulary.codes import Region
from nangkis.vocabulary.figures import ParameterUse


PLANNING_COLUMNS = (
    "office_code", "office_name", "bidang_code", "program_code", "kegiatan_code", "sub_kegiatan_code",
    "sub_kegiatan_name", "amount_sen", "dimension", "strategy", "directness", "rule", "reason", "reason_en",
    "confidence", "origin", "share", "_table", "_row",
)  # fmt: skip


@dataclass(frozen=True)
class BudgetAnalysis:
    """``frame`` has every line of the file, with class, tag and levels; everything else is derived from it.

    ``rules`` is None on a day before any rule proposed tags: then no line has one. ``evidence`` is what decides on tags
    before the rules do; None with them. A line that a decision divides is a row for each part.
    """

    lines: BudgetLines
    rules: RuleTable | None
    names: BudgetNames
    frame: pl.DataFrame
    evidence: Evidence | None = None

    @property
    def tag_parameters(self) -> tuple[ParameterUse, ...]:
        """The rules by which a line is tagged, and the order of their sources."""
        rules = () if self.rules is None else (self.rules.use,)
        return rules if self.evidence is None else (*rules, self.evidence.sources.use)

    @property
    def tagged(self) -> pl.DataFrame:
        """The lines tagged or proposed as poverty spending, for planning: PLANNING_COLUMNS, in the file's order."""
        return self.frame.filter(pl.col("tag") == Tag.TAGGED).select(PLANNING_COLUMNS)


def analyse_budget(
    snapshot: Snapshot, region: Region, year: int, *, stage: Stage | None = None, parameters: Parameters, on: date
) -> BudgetAnalysis:
    """Return the budget of a region and year with its poverty tags: as decided, listed, or proposed.

    ``on`` is the day whose rules are used (the day of the analysis, not of the budget: an older budget is read with
    the strategies of today). On a day before the tag rules hold, the lines stand without tags. Refuses as
    :func:`nangkis.budget.lines.budget_lines` does, and as :func:`nangkis.budget.rules.tag_rules` for a broken rule.
    """
    lines = budget_lines(snapshot, region, year, stage=stage, parameters=parameters, on=on)
    rules = rules_in_force(parameters, on)
    evidence = None if rules is None else _evidence(snapshot, lines, parameters, on)
    return BudgetAnalysis(
        lines=lines,
        rules=rules,
        names=budget_names(parameters, on),
        frame=with_levels(with_tags(lines.frame, rules, evidence)),
        evidence=evidence,
    )


def _evidence(snapshot: Snapshot, lines: BudgetLines, parameters: Parameters, on: date) -> Evidence:
    is_province = lines.place.level is Level.PROVINCE
    programmes = programme_names(parameters, on, province=is_province)
    region, year = lines.region, lines.year
    return evidence_of(snapshot, region, year, lines=lines.frame, programmes=programmes, parameters=parameters, on=on)


def rules_in_force(parameters: Parameters, on: date) -> RuleTable | None:
    """Return the tag rules of a day; None before the first of them."""
    try:
        return tag_rules(parameters, on)
    except ParameterMissing:  # old years stay computable: their sums need no tags
        return None
