"""What the blocks of an RPKD are made from, computed once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from nangkis.budget.analysis import PLANNING_COLUMNS, BudgetAnalysis, analyse_budget
from nangkis.budget.lines import RegionWithoutBudget, budget_years
from nangkis.budget.schema import SCHEMA, Stage
from nangkis.content.sentences import Sentence, sentence
from nangkis.diagnosis.diagnose import Diagnosis, diagnose
from nangkis.indicators.catalogue import indicators
from nangkis.lake.snapshot import Snapshot
from nangkis.parameters.dated import Parameter, Parameters
from nangkis.planning.ceilings import Ceilings, ceilings_of
from nangkis.planning.locations import Locations, locate
from nangkis.planning.programmes import Ties, tie_programmes
from nangkis.regions.boundaries import Borders, borders_of
from nangkis.regions.register import Place, beside, place, province_of
from nangkis.vocabulary.codes import Region


NO_BUDGET, OF_PROVINCE = "rpkd.budget.empty.none", "rpkd.budget.empty.administrative"
NO_LINES = pl.DataFrame(schema={name: SCHEMA.get(name, pl.String()) for name in PLANNING_COLUMNS})


@dataclass(frozen=True)
class Materials:
    """A region's diagnosis, budget and the ties between them, its RPJMD and its places.

    ``budget`` is None where there is none to analyse, and ``without_budget`` then says why. ``ceilings`` is None where
    no RPJMD is imported, ``locations`` empty where no data of places are, ``borders`` are those of the regions beside
    it. ``plan_years`` are the years that the plan covers: those asked for, else those of the RPJMD; none where neither
    says.
    """

    region: Place
    province: Place
    snapshot: Snapshot
    parameters: Parameters
    on: date
    diagnosis: Diagnosis
    budget: BudgetAnalysis | None
    without_budget: Sentence | None
    ties: Ties
    ceilings: Ceilings | None
    locations: tuple[Locations, ...]
    borders: Borders
    plan_years: tuple[int, ...]

    def rule(self, name: str) -> Parameter | None:
        """Return the rule in force on the document's day; None before the first one."""
        return self.parameters.in_force(name, self.on)


def gather(
    snapshot: Snapshot,
    region: Region,
    *,
    years: tuple[int, ...] = (),
    year: int | None,
    stage: Stage | None,
    parameters: Parameters,
    on: date,
) -> Materials:
    """Compute everything that the document shows of one region; ``years`` are those asked for, if any."""
    found = diagnose(snapshot, region, parameters=parameters, on=on, codes=list(indicators()))
    plan = ceilings_of(snapshot, found.region.region)
    budget, without = _budget(snapshot, found.region.region, year=year, stage=stage, parameters=parameters, on=on)
    return Materials(
        region=found.region,
        province=place(province_of(found.region.region)),
        snapshot=snapshot,
        parameters=parameters,
        on=on,
        diagnosis=found,
        budget=budget,
        without_budget=without,
        ties=tie_programmes(
            found.problems, NO_LINES if budget is None else budget.tagged, parameters=parameters, on=on
        ),
        ceilings=plan,
        locations=locate(snapshot, found.region.region, parameters=parameters, on=on),
        borders=borders_of(snapshot, [here.region for here in beside(found.region.region)]),
        plan_years=years or (plan.years if plan is not None else ()),
    )


def _budget(
    snapshot: Snapshot, region: Region, *, year: int | None, stage: Stage | None, parameters: Parameters, on: date
) -> tuple[BudgetAnalysis | None, Sentence | None]:
    """Return the budget of the year asked for, else of the first year to plan; or why there is none to analyse."""
    try:
        chosen = (
            _year_to_plan(budget_years(snapshot, region, parameters=parameters, on=on), on) if year is None else year
        )
        if chosen is None:
            return None, sentence(NO_BUDGET)
        return analyse_budget(snapshot, region, chosen, stage=stage, parameters=parameters, on=on), None
    except RegionWithoutBudget:
        return None, sentence(OF_PROVINCE)


def _year_to_plan(held: tuple[int, ...], on: date) -> int | None:
    """Return the first year from that of the day on, for the matrix shows the next one beside it; else the latest."""
    return min((year for year in held if year >= on.year), default=max(held, default=None))
