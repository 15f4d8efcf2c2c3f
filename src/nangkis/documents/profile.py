"""Chapter III of the RPKD: the budget, and the problems that follow from the whole analysis."""

from __future__ import annotations

from nangkis.budget.exhibits import budget_summary, structure_blocks, tag_blocks
from nangkis.content.sentences import sentence
from nangkis.content.tree import Block, Empty, Paragraph
from nangkis.diagnosis.exhibits import unjudged_sentences
from nangkis.diagnosis.issues import issue_blocks, unmeasured_sentences
from nangkis.documents.materials import NO_BUDGET, OF_PROVINCE, Materials


# What to do about a budget that cannot be analysed, by why.
ADVICE = {NO_BUDGET: "rpkd.budget.empty.do", OF_PROVINCE: "rpkd.budget.empty.administrative.do"}


def budget_structure(materials: Materials) -> tuple[Block, ...]:
    """Where the money goes; or why that cannot be said."""
    if materials.budget is None:
        reason = materials.without_budget or sentence(NO_BUDGET)
        return (Empty(sentence("rpkd.budget.empty.why", why=reason), sentence(ADVICE[reason.code])),)
    return (*budget_summary(materials.budget), *structure_blocks(materials.budget))


def budget_tags(materials: Materials) -> tuple[Block, ...]:
    """Which of the money is meant for the poor; nothing where there is no budget."""
    return () if materials.budget is None else tag_blocks(materials.budget)


def issues(materials: Materials) -> tuple[Block, ...]:
    """The problems that the analysis found, by dimension; then what could not be judged, which is no good news."""
    found = materials.diagnosis
    problems = issue_blocks(found)
    unjudged = (*unjudged_sentences(found.main), *unmeasured_sentences(found))
    rest = (Paragraph(unjudged),) if unjudged else ()
    if problems:
        return (Paragraph((sentence("rpkd.issues.intro"),)), *problems, *rest)
    return (Paragraph((sentence("rpkd.issues.none"),)), *rest)
