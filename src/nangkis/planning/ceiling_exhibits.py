"""What the RPJMD says against the programmes proposed: ceilings passed, programmes lacked, money not to believe."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from nangkis.budget.analysis import BudgetAnalysis
from nangkis.budget.figures import BudgetFigures
from nangkis.budget.telling import stage_name
from nangkis.content.sentences import Sentence, sentence
from nangkis.content.tree import Block, Bullets, Empty, Paragraph
from nangkis.planning import telling
from nangkis.planning.ceilings import Ceilings
from nangkis.planning.matrix import PROGRAMME, Matrix
from nangkis.vocabulary.figures import Label


def ceiling_blocks(matrix: Matrix) -> tuple[Block, ...]:
    """Return what a province would send back; what would fill the five years where the RPJMD is not imported."""
    plan = matrix.ceilings
    if plan is None:
        # Years that nobody named cannot stand as columns to fill in.
        do = "planning.five.empty.do" if matrix.plan_years else "planning.five.empty.do.years"
        return (Empty(sentence("planning.five.empty.why"), sentence(do)),)
    if not any(plan.holds(one.code) for one in matrix.programmes):
        return (Empty(sentence("planning.five.none.why"), sentence("planning.five.none.do")),)
    exceeded = (
        block
        for budget in matrix.budgets
        for block in _listed("planning.five.exceeded", budget, tuple(_exceeded(matrix, budget, plan)))
    )
    return (*exceeded, *_named(matrix, plan))


def _listed(code: str, budget: BudgetAnalysis, items: tuple[Sentence, ...]) -> tuple[Block, ...]:
    lines = budget.lines
    said = sentence(code, year=Label(str(lines.year)), stage=stage_name(lines.stage))
    return (Paragraph((said,)), Bullets(items)) if items else ()


def _exceeded(matrix: Matrix, budget: BudgetAnalysis, plan: Ceilings) -> Iterator[Sentence]:
    """Yield the programmes of which the budget of a year has more than the RPJMD allows in that year.

    Where the RPJMD gives a programme several ceilings, only what is above all of them surely exceeds.
    """
    year = budget.lines.year
    proposed = {(one.code, one.office_code, one.office_name): one for one in matrix.programmes}
    figures = BudgetFigures(budget)
    for (code, office, name), part in figures.split(figures.whole, *PROGRAMME).items():
        one = proposed.get((code, office or "", name or ""))
        if one is None or one.planned is None:
            continue
        found, amount = plan.ceiling(one.planned, year), figures.amount(part)
        # Zero mostly means not filled in (intake says so): it is no ceiling to be above.
        if found is None or amount is None or not found.value:
            continue
        if amount.value > (plan.highest(one.planned, year) or 0):
            named = telling.programme(one.code, one.name)
            told = sentence("planning.five.program", program=named, office=Label(name or office))
            yield sentence("planning.five.over", program=told, amount=amount, ceiling=found)


def _named(matrix: Matrix, plan: Ceilings) -> Iterator[Block]:
    """Yield what the plan lacks, what it does not tie to one office, and what it says twice or cannot mean."""
    codes = {one.code for one in matrix.programmes}
    absent = sorted(code for code in codes if not plan.holds(code))
    loose = sorted({one.code for one in matrix.programmes if plan.holds(one.code) and one.planned is None})
    for code, found in (("absent", absent), ("loose", loose), ("differs", list(plan.differing(codes)))):
        if found:
            yield Paragraph((sentence(f"planning.five.{code}", codes=Label(", ".join(found))),))
    yield from _listed("planning.five.absurd", matrix.budget, tuple(_absurd(matrix, plan)))


def _absurd(matrix: Matrix, plan: Ceilings) -> Iterator[Sentence]:
    """Yield ceilings of one programme and year that pass all money of the region's budget."""
    figures = BudgetFigures(matrix.budget)
    whole = figures.amount(figures.whole)
    if whole is None:
        return
    planned = ((one, one.planned) for one in matrix.programmes if one.planned is not None)
    for (one, row), year in product(planned, plan.years):
        found = plan.ceiling(row, year)
        if found is not None and found.value > whole.value:
            told = telling.programme(one.code, one.name)
            yield sentence(
                "planning.five.more-than-all", program=told, of_year=Label(str(year)), ceiling=found, whole=whole
            )
