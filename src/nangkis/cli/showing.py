"""``nangkis diagnose`` and ``nangkis budget``: answers on screen."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Annotated

import typer

from nangkis.budget.exhibits import budget_summary, structure_blocks, tag_blocks
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
from nangkis.cli.screen import out, show_blocks, show_findings
from nangkis.content.catalogue import Language
from nangkis.content.numbers import print_figure
from nangkis.content.sentences import spoken
from nangkis.content.tree import Block, Paragraph, figures_of_block
from nangkis.diagnosis.exhibits import diagnosis_blocks, diagnosis_summary
from nangkis.vocabulary.findings import Finding
from nangkis.workspace.answering import budget_of, diagnosis_of
from nangkis.workspace.opened import open_workspace
from nangkis.workspace.record import plain_figure


Brief = Annotated[bool, typer.Option("--brief", help="Only what stands out.")]


def add_to(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.command()(diagnose)
    app.command()(budget)


def diagnose(
    region: RegionCode,
    brief: Brief = False,
    as_json: Json = False,
    workspace: Workspace = HERE,
    as_of: AsOf = None,
    lang: Lang = LanguageChoice.ID,
) -> None:
    """Show where a region stands, and which way it goes."""
    found = diagnosis_of(open_workspace(workspace), region_of(region), on=day_of(as_of))
    rest = () if brief else diagnosis_blocks(found)
    _answer((*diagnosis_summary(found), *rest), lang.language, as_json=as_json, findings=found.findings)


def budget(
    region: RegionCode,
    year: Annotated[int, typer.Argument(metavar="YEAR", help="The budget's year.")],
    stage: StageName = None,
    brief: Brief = False,
    as_json: Json = False,
    workspace: Workspace = HERE,
    as_of: AsOf = None,
    lang: Lang = LanguageChoice.ID,
) -> None:
    """Show where the money goes, and which of it is meant for the poor."""
    found = budget_of(open_workspace(workspace), region_of(region), year, stage=stage, on=day_of(as_of))
    rest = () if brief else (*structure_blocks(found), *tag_blocks(found))
    _answer((*budget_summary(found), *rest), lang.language, as_json=as_json)


def _answer(blocks: tuple[Block, ...], language: Language, *, as_json: bool, findings: Sequence[Finding] = ()) -> None:
    if not as_json:
        show_blocks(blocks, language)
        show_findings(findings, language)
        return
    figures = {figure.id: figure for block in blocks for figure in figures_of_block(block)}
    answer = {
        "says": [
            spoken(piece, language) for block in blocks if isinstance(block, Paragraph) for piece in block.sentences
        ],
        "figures": {
            name: plain_figure(figure) | {"text": print_figure(figure, language)} for name, figure in figures.items()
        },
    }
    out.print_json(json.dumps(answer, ensure_ascii=False))
