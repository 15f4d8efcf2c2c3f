"""Chapter III of the RPKD: poverty, services, the budget, and the problems that follow."""

from __future__ import annotations

from nangkis.budget.exhibits import budget_summary, structure_blocks, tag_blocks
from nangkis.content.sentences import sentence
from nangkis.content.tree import Block, Bullets, Empty, Paragraph
from nangkis.diagnosis.exhibits import diagnosis_blocks, problem_sentence, unjudged_sentences
from nangkis.documents.materials import NO_BUDGET, OF_PROVINCE, Materials


# What to do about a budget that cannot be analysed, by why.
ADVICE = {NO_BUDGET: "rpkd.budget.empty.do", OF_PROVINCE: "rpkd.budget.empty.administrative.do"}


def poverty(materials: Materials) -> tuple[Block, ...]:
    """Where the region stands and which way it goes, indicator by indicator."""
    return diagnosis_blocks(materials.diagnosis)


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
    """The problems that the analysis found."""
    found = tuple(problem_sentence(problem) for problem in materials.diagnosis.problems)
    # What could not be compared is no good news: it is said, and never passed over as "no problem".
    unjudged = unjudged_sentences(materials.diagnosis)
    rest = (Paragraph(unjudged),) if unjudged else ()
    if found:
        return (Paragraph((sentence("rpkd.issues.intro"),)), Bullets(found, numbered=True), *rest)
    return rest or (Paragraph((sentence("rpkd.issues.none"),)),)
