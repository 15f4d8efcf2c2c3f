"""The matrix of priority programmes: problem, programme, sub kegiatan, five years of targets and money.

Its columns and their order are those of domain note 10.26. What the region's files do not say stays unsaid.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import polars as pl

from nangkis.budget.analysis import BudgetAnalysis, analyse_budget
from nangkis.budget.lines import BudgetMissing, StageNotAsked, budget_years
from nangkis.budget.names import programme_names
from nangkis.budget.rules import Tag
from nangkis.budget.sums import exact_sen
from nangkis.diagnosis.diagnose import Diagnosis
from nangkis.lake.snapshot import Snapshot
from nangkis.parameters.dated import Parameters
from nangkis.planning.authority import Authority, authority_levels, authority_of
from nangkis.planning.ceilings import Ceilings
from nangkis.planning.funds import Funds, funds_of
from nangkis.planning.locations import Locations
from nangkis.planning.programmes import Ties
from nangkis.planning.spelling import plain_name
from nangkis.planning.versions import Versions, versions_of
from nangkis.regions.register import Level


# What a row of the matrix stands for: a programme of one office, and a sub kegiatan of it.
PROGRAMME = ("program_code", "office_code", "office_name")
SUB_KEGIATAN = (*PROGRAMME, "kegiatan_code", "sub_kegiatan_code", "sub_kegiatan_name")


@dataclass(frozen=True)
class Programme:
    """A programme of one office and the lines of it that are proposed against poverty; as the analysis has them.

    ``lines`` are those of the first year shown, ``later_lines`` those of the next: either may be none. Only lines with
    an amount: without one nothing is proposed yet. ``name`` is that of the budget file, else of the RPJMD, else the
    official one; None for a code on no list. ``planned`` is the row of the RPJMD with its money; None where it has none
    for this office.
    """

    code: str
    name: str | None
    office_code: str
    office_name: str
    lines: pl.DataFrame
    later_lines: pl.DataFrame
    planned: Mapping[str, Any] | None

    @property
    def sen(self) -> int:
        """The money of the first year's lines."""
        return exact_sen(self.lines) or 0

    @cached_property
    def every_line(self) -> pl.DataFrame:
        """The lines of both years, the first year's before the later ones."""
        return pl.concat([self.lines, self.later_lines], how="diagonal")

    def sub_kegiatan(self) -> tuple[tuple[Any, ...], ...]:
        """Return the values of SUB_KEGIATAN of what either year proposes, in the order of codes."""
        return tuple(self.every_line.select(SUB_KEGIATAN).unique().sort(SUB_KEGIATAN).iter_rows())

    def told(self, column: str) -> tuple[str, ...]:
        """Return what the lines say in a column, each once and in order; nothing where no line says it."""
        return said_in(self.every_line, column)


@dataclass(frozen=True)
class Matrix:
    """What the tables of the matrix are made from. ``programmes``, in the order of codes, are those
    that the budget of either year proposes.

    ``later`` is the budget of the year after ``budget``, where the lake holds one; sub kegiatan of further years are
    not planned to the rupiah. ``held_years`` are those of which the lake holds any budget. ``authority`` is by kegiatan
    code. ``plan_years`` are the years that the plan covers, none where they are not known.
    """

    diagnosis: Diagnosis
    ties: Ties
    budget: BudgetAnalysis
    later: BudgetAnalysis | None
    held_years: tuple[int, ...]
    ceilings: Ceilings | None
    locations: tuple[Locations, ...]
    authority: Mapping[str, Authority]
    programmes: tuple[Programme, ...]
    funds: Funds
    versions: Versions
    plan_years: tuple[int, ...]

    @property
    def budgets(self) -> tuple[BudgetAnalysis, ...]:
        """The budgets whose amounts are shown, in the order of years."""
        return (self.budget,) if self.later is None else (self.budget, self.later)

    @property
    def years(self) -> tuple[int, ...]:
        """The years of the plan, and those of the budgets where they lie outside it."""
        return tuple(sorted({*self.plan_years, *(budget.lines.year for budget in self.budgets)}))

    def name_of(self, code: str) -> str | None:
        """Return a programme's name by its code: that of the first office that tells one."""
        return next((one.name for one in self.programmes if one.code == code and one.name), None)


def matrix_of(
    snapshot: Snapshot,
    found: Diagnosis,
    ties: Ties,
    budget: BudgetAnalysis,
    *,
    plan: Ceilings | None,
    locations: tuple[Locations, ...],
    plan_years: tuple[int, ...],
    parameters: Parameters,
    on: date,
) -> Matrix:
    """Return the matrix of a region with a budget, under the rules of a day, for the years that the plan covers."""
    place = budget.lines.place
    levels = authority_levels(parameters, on)
    official = programme_names(parameters, on, province=place.level is Level.PROVINCE)
    later = _later(snapshot, budget, parameters=parameters, on=on)
    programmes = _programmes(budget, later, plan, official)
    codes = {code for one in programmes for code in one.told("kegiatan_code")}
    return Matrix(
        diagnosis=found,
        ties=ties,
        budget=budget,
        later=later,
        held_years=budget_years(snapshot, place.region, parameters=parameters, on=on),
        ceilings=plan,
        locations=locations,
        authority={code: authority_of(code, place.level, levels) for code in sorted(codes)},
        programmes=programmes,
        funds=funds_of(parameters, on),
        versions=versions_of(parameters, on),
        plan_years=plan_years,
    )


def said_in(lines: pl.DataFrame, column: str) -> tuple[str, ...]:
    """Return the texts of a column, each once, in the order of the lines; blanks say nothing."""
    texts = lines[column].drop_nulls().unique(maintain_order=True)
    return tuple(text for text in texts if str(text).strip())


def _programmes(
    budget: BudgetAnalysis, later: BudgetAnalysis | None, plan: Ceilings | None, official: Mapping[str, str]
) -> tuple[Programme, ...]:
    own = _proposed(budget)
    next_own = own.clear() if later is None else _proposed(later)
    groups, next_groups = (rows.partition_by(PROGRAMME, as_dict=True) for rows in (own, next_own))
    keys = pl.concat([own.select(PROGRAMME), next_own.select(PROGRAMME)]).unique().sort(PROGRAMME)
    found = []
    for code, office, name in keys.iter_rows():
        key = (code, office, name)
        lines, next_lines = groups.get(key, own.clear()), next_groups.get(key, next_own.clear())
        planned = None if plan is None else plan.of(str(code), str(office or ""), str(name or ""))
        told = (*said_in(lines, "program_name"), *said_in(next_lines, "program_name"))
        named = next((text for text in (*told, planned and planned["program_name"]) if text), None)
        called = _spelled(named, official.get(str(code)))
        found.append(Programme(str(code), called, str(office or ""), str(name or ""), lines, next_lines, planned))
    return tuple(found)


def _proposed(budget: BudgetAnalysis) -> pl.DataFrame:
    return budget.frame.filter(pl.col("tag") == Tag.TAGGED, pl.col("amount_sen") > 0)


def _spelled(told: str | None, official: str | None) -> str | None:
    """Return a programme's name as files tell it; in the official spelling where only capitals and marks differ."""
    same = told is None or (official is not None and plain_name(told) == plain_name(official))
    return official if same else told


def _later(snapshot: Snapshot, budget: BudgetAnalysis, *, parameters: Parameters, on: date) -> BudgetAnalysis | None:
    """Return the next year's budget when the lake holds exactly one stage of it: which is meant is never guessed."""
    lines = budget.lines
    try:
        return analyse_budget(snapshot, lines.region, lines.year + 1, parameters=parameters, on=on)
    except (BudgetMissing, StageNotAsked):
        return None
