"""``nangkis budget`` and ``nangkis score``: where the money goes, what changed, and the mark of the incentive."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from nangkis.budget.comparison_exhibits import comparison, comparison_blocks
from nangkis.budget.exhibits import budget_summary, structure_blocks, tag_blocks
from nangkis.budget.lines import BudgetLines, BudgetMissing
from nangkis.budget.schema import Stage
from nangkis.budget.score import score_rule
from nangkis.budget.score_exhibits import score_blocks
from nangkis.cli.options import (
    HERE,
    AsOf,
    Json,
    Lang,
    LanguageChoice,
    RegionCode,
    StageName,
    Workspace,
    day_of,
    region_of,
)
from nangkis.cli.screen import tell
from nangkis.cli.showing import Answer, Brief, show_answer
from nangkis.content.catalogue import Language
from nangkis.content.messages import fill
from nangkis.content.sentences import sentence
from nangkis.content.tree import Block, Document
from nangkis.lake.files import write_whole_bytes
from nangkis.outputs.excel.workbook import excel_bytes
from nangkis.vocabulary.figures import Label
from nangkis.vocabulary.money import SEN_PER_RUPIAH
from nangkis.vocabulary.refusals import RequestRefused
from nangkis.workspace.answering import budget_of, postures_of
from nangkis.workspace.opened import Workspace as Opened, open_workspace


class ComparedWithNothing(RequestRefused):
    """What the budget should be compared with is neither a stage nor a year."""


class AddedToNothing(RequestRefused):
    """Money was to be added, but not said to what; or the other way round."""


YearOf = Annotated[int, typer.Argument(metavar="YEAR", help="The budget's year.")]


def add_to(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.command()(budget)
    app.command()(score)


def budget(
    region: RegionCode,
    year: YearOf,
    stage: StageName = None,
    compare: Annotated[
        str | None, typer.Option("--compare", metavar="STAGE|YEAR", help="Another stage or year to compare with.")
    ] = None,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", help="Write the answer to this workbook, too.")] = None,
    brief: Brief = False,
    as_json: Json = False,
    workspace: Workspace = HERE,
    as_of: AsOf = None,
    lang: Lang = LanguageChoice.ID,
) -> None:
    """Show where the money goes, which of it is meant for the poor, and what changed from another stage or year."""
    day, opened, here = day_of(as_of), open_workspace(workspace), region_of(region)
    postures = () if brief or compare else postures_of(opened, here, year, on=day)
    try:
        found = budget_of(opened, here, year, stage=stage, on=day)
    except BudgetMissing:
        if not postures or stage or xlsx:
            raise
        show_answer(Answer(postures, day), lang.language, as_json=as_json)
        return
    if compare is None:
        rest: tuple[Block, ...] = () if brief else (*structure_blocks(found), *tag_blocks(found), *postures)
        blocks = (*budget_summary(found), *rest)
    else:
        other_year, other_stage = _other(compare, year)
        other = budget_of(opened, here, other_year, stage=other_stage, on=day)
        earlier, later = sorted((found.lines, other.lines), key=lambda each: (each.year, list(Stage).index(each.stage)))
        blocks = comparison_blocks(comparison(earlier, later))
    if xlsx is not None:
        write_whole_bytes(xlsx, _sheet(found.lines, blocks, day, lang.language))
    show_answer(Answer(blocks, day), lang.language, as_json=as_json)
    if xlsx is not None and not as_json:
        tell(fill("cli.chart.written", lang.language, file=xlsx.name))


def _sheet(lines: BudgetLines, blocks: tuple[Block, ...], day: date, language: Language) -> bytes:
    title = sentence("budget.sheet.title", place=Label(lines.place.name))
    document = Document(title, sentence("budget.sheet.about", year=Label(str(lines.year))), blocks)
    return excel_bytes(document, language=language, manifest=b"{}", as_of=day)


def _other(asked: str, year: int) -> tuple[int, Stage | None]:
    """Return the year and stage to compare with: another stage of this year, or another year."""
    if asked.isdecimal():
        return int(asked), None
    if asked not in list(Stage):
        raise ComparedWithNothing("budget-compare-unknown", asked=asked, stages=", ".join(Stage))
    return year, Stage(asked)


def score(
    region: RegionCode,
    year: YearOf,
    stage: StageName = None,
    add: Annotated[
        int | None, typer.Option("--add", min=1, help="Rupiah to add, taken from untagged spending.")
    ] = None,
    to: Annotated[
        str | None, typer.Option("--to", help="Where it goes: langsung, tidak-langsung or penunjang.")
    ] = None,
    as_json: Json = False,
    workspace: Workspace = HERE,
    as_of: AsOf = None,
    lang: Lang = LanguageChoice.ID,
) -> None:
    """Show the mark that the fiscal incentive gives to tagged spending, and what more money would make of it."""
    if (add is None) != (to is None):
        raise AddedToNothing("score-add-and-to")
    day = day_of(as_of)
    opened: Opened = open_workspace(workspace)
    found = budget_of(opened, region_of(region), year, stage=stage, on=day)
    rule = score_rule(opened.parameters, day)
    blocks = score_blocks(found, rule, sen=(add or 0) * SEN_PER_RUPIAH, to=to or "")
    show_answer(Answer(blocks, day), lang.language, as_json=as_json)
