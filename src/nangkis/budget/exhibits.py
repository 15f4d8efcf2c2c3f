"""What a budget says on paper: answers first, then tables; every number a figure with its cells."""

from __future__ import annotations

from nangkis.budget.analysis import BudgetAnalysis
from nangkis.budget.figures import BudgetFigures, Part
from nangkis.budget.files import said_of_files
from nangkis.budget.lines import LineClass
from nangkis.budget.rules import Tag
from nangkis.budget.structure_tables import bidang_table, office_table
from nangkis.budget.tag_tables import rests_on_more_than_rules, tag_tables
from nangkis.budget.telling import bidang_name, money_name, stage_name
from nangkis.content.sentences import Sentence, sentence
from nangkis.content.tree import Block, Empty, Paragraph
from nangkis.vocabulary.figures import Figure, Label


SAID_OF_CLASS = {
    LineClass.TRANSFER_DESA: "budget.answer.transfer-desa",
    LineClass.PROGRAM: "budget.answer.base",
}
SAID_WITHOUT_RULES = SAID_OF_CLASS | {LineClass.PROGRAM: "budget.answer.rest"}
SAID_OF_TAG = {
    Tag.TAGGED: "budget.answer.tagged",
    Tag.NOT_RELEVANT: "budget.answer.not-relevant",
    Tag.HELD: "budget.answer.held",
}
SAID_BY_SOURCE = {
    Tag.TAGGED: "budget.answer.tagged-by-sources",
    Tag.NOT_RELEVANT: "budget.answer.not-relevant-by-sources",
    Tag.HELD: "budget.answer.held-by-sources",
}
SAID_OF_LARGEST = {"strategy": "budget.answer.largest-strategy", "dimension": "budget.answer.largest-dimension"}


def budget_summary(analysis: BudgetAnalysis) -> tuple[Block, ...]:
    """Return the answer as one paragraph: how much, for whom, and what still waits for a decision."""
    figures = BudgetFigures(analysis)
    total = figures.amount(figures.whole)
    if total is None:
        return (_without_amounts(),)
    tags = (sentence("budget.answer.no-rules"),) if analysis.rules is None else _said_tags(figures)
    answer = (_said_total(figures, total), *_said_support(figures), *_said_classes(figures), *tags)
    return (Paragraph((*answer, *said_of_files(figures))),)


def structure_blocks(analysis: BudgetAnalysis) -> tuple[Block, ...]:
    """Return where the money goes: the largest bidang urusan, then tables by bidang urusan and by office."""
    figures = BudgetFigures(analysis)
    if figures.amount(figures.whole) is None:
        return (_without_amounts(),)
    answer = Paragraph((*_said_largest(figures), *_said_empty(figures)))
    return (answer, bidang_table(figures), office_table(figures))


def tag_blocks(analysis: BudgetAnalysis) -> tuple[Block, ...]:
    """Return the proposed poverty spending: where it goes, sums, the largest lines with their reasons, what is held.

    On a day before the tag rules hold, one block that says so.
    """
    if analysis.rules is None:
        return (Empty(why=sentence("budget.without-rules.why"), do=sentence("budget.without-rules.do")),)
    figures = BudgetFigures(analysis)
    if figures.amount(figures.whole) is None:
        return (_without_amounts(),)
    said = (*_said_largest_tag(figures, "strategy"), *_said_largest_tag(figures, "dimension"))
    answer = said or (sentence("budget.answer.nothing-tagged"),)
    return (Paragraph(answer), *tag_tables(figures))


def _said_total(figures: BudgetFigures, total: Figure) -> Sentence:
    lines = figures.analysis.lines
    return sentence(
        "budget.answer.total",
        money=money_name(lines.stage),
        place=Label(lines.place.name),
        stage=stage_name(lines.stage),
        year=Label(str(lines.year)),
        total=total,
        lines=figures.lines(figures.whole),
    )


def _said_support(figures: BudgetFigures) -> list[Sentence]:
    support = figures.of_class(figures.whole, LineClass.PENUNJANG)
    amount, share = figures.amount(support), figures.share(support, figures.whole)
    if amount is None or share is None:
        return []
    blud = figures.amount(figures.of_blud(support))
    if blud is None or not blud.value:
        return [sentence("budget.answer.penunjang", amount=amount, share=share)]
    return [sentence("budget.answer.penunjang-blud", amount=amount, share=share, blud=blud)]


def _said_classes(figures: BudgetFigures) -> list[Sentence]:
    whole = figures.whole
    said_of = SAID_WITHOUT_RULES if figures.analysis.rules is None else SAID_OF_CLASS
    parts = ((figures.of_class(whole, which), code) for which, code in said_of.items())
    return [said for part, code in parts for said in _said_part(figures, part, whole, code)]


def _said_tags(figures: BudgetFigures) -> list[Sentence]:
    whole = figures.whole
    base = figures.of_class(whole, LineClass.PROGRAM)
    if rests_on_more_than_rules(figures.analysis):
        return _said_tags_by_source(figures, base)
    parts = ((figures.of_tag(whole, tag=tag), code) for tag, code in SAID_OF_TAG.items())
    return [said for part, code in parts for said in _said_part(figures, part, base, code)]


def _said_tags_by_source(figures: BudgetFigures, base: Part) -> list[Sentence]:
    """Say the sums of tags, and how much of what is tagged rests on whom."""
    whole = figures.whole
    tagged, *rest = (figures.of_tag(whole, tag=tag) for tag in SAID_BY_SOURCE)
    by_source = [
        sentence("budget.answer.of-source", source=name, amount=amount, share=share)
        for origin, name in _names_of_sources(figures.analysis)
        for part in (figures.of_tag(whole, tag=Tag.TAGGED, origin=origin),)
        if (amount := figures.amount(part)) is not None and (share := figures.share(part, tagged)) is not None
    ]
    said_rest = [
        said
        for part, code in zip(rest, list(SAID_BY_SOURCE.values())[1:], strict=True)
        for said in _said_part(figures, part, base, code)
    ]
    return [*_said_part(figures, tagged, base, SAID_BY_SOURCE[Tag.TAGGED]), *by_source, *said_rest]


def _names_of_sources(analysis: BudgetAnalysis) -> list[tuple[str, Label]]:
    evidence = analysis.evidence
    return [] if evidence is None else [(origin, evidence.sources.names[origin]) for origin in evidence.sources.order]


def _said_part(figures: BudgetFigures, part: Part, of: Part, code: str) -> list[Sentence]:
    amount, share = figures.amount(part), figures.share(part, of)
    return [] if amount is None or share is None else [sentence(code, amount=amount, share=share)]


def _said_largest(figures: BudgetFigures) -> list[Sentence]:
    parts = figures.split(figures.whole, "bidang_code")
    # Ties keep the order of codes: two runs must print the same sentence.
    (code,), part = max(parts.items(), key=lambda entry: entry[1].sen or 0)
    amount, share = figures.amount(part), figures.share(part, figures.whole)
    if amount is None or share is None:
        return []
    name = bidang_name(figures.analysis, code)
    return [sentence("budget.answer.largest-bidang", bidang=name, amount=amount, share=share)]


def _said_largest_tag(figures: BudgetFigures, column: str) -> list[Sentence]:
    names = figures.analysis.names.strategies if column == "strategy" else figures.analysis.names.dimensions
    tagged = figures.of_tag(figures.whole, tag=Tag.TAGGED)
    parts = {code: figures.of_tag(figures.whole, tag=Tag.TAGGED, **{column: code}) for code in names}
    # Ties keep the order of the names' file: two runs must print the same sentence.
    code = max(parts, key=lambda code: parts[code].sen or 0)
    amount, share = figures.amount(parts[code]), figures.share(parts[code], tagged)
    if amount is None or share is None:
        return []
    return [sentence(SAID_OF_LARGEST[column], name=names[code], amount=amount, share=share)]


def _said_empty(figures: BudgetFigures) -> list[Sentence]:
    empty = figures.empty_lines(figures.whole)
    return [sentence("budget.answer.empty", lines=empty)] if empty.value else []


def _without_amounts() -> Empty:
    return Empty(why=sentence("budget.empty.why"), do=sentence("budget.empty.do"))
