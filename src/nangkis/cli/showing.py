"""How an answer is shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

import typer

from nangkis.cli.screen import show_blocks, show_findings, show_json, tell
from nangkis.content.catalogue import Language
from nangkis.content.messages import fill, plain_finding
from nangkis.content.numbers import print_figure
from nangkis.content.sentences import spoken
from nangkis.content.tree import Block, Empty, Paragraph, figures_of_block
from nangkis.vocabulary.findings import Finding
from nangkis.workspace.record import plain_figure


Brief = Annotated[bool, typer.Option("--brief", help="Only what stands out.")]


@dataclass(frozen=True)
class Answer:
    """What is shown: blocks, the day whose rules were used, and what was found in the data."""

    blocks: tuple[Block, ...]
    day: date
    findings: tuple[Finding, ...] = ()


def once(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Return the blocks without the ones that say the same again: a summary and its whole may both be empty."""
    kept: list[Block] = []
    kept.extend(block for block in blocks if block not in kept)
    return tuple(kept)


def show_answer(answer: Answer, language: Language, *, as_json: bool) -> None:
    """Show an answer on screen or as JSON."""
    if as_json:
        show_json(_plain(answer, language))
        return
    show_blocks(answer.blocks, language)
    show_findings(answer.findings, language)
    tell(fill("cli.as-of", language, day=answer.day.isoformat()))


def _plain(answer: Answer, language: Language) -> dict[str, Any]:
    figures = {figure.id: figure for block in answer.blocks for figure in figures_of_block(block)}
    said = (piece for block in answer.blocks if isinstance(block, Paragraph) for piece in block.sentences)
    empty = (block for block in answer.blocks if isinstance(block, Empty))
    return {
        "as_of": answer.day.isoformat(),
        "says": [spoken(piece, language) for piece in said],
        "empty": [{"why": spoken(block.why, language), "do": spoken(block.do, language)} for block in empty],
        "figures": {
            name: plain_figure(figure) | {"text": print_figure(figure, language)} for name, figure in figures.items()
        },
        "findings": [plain_finding(finding, language) for finding in answer.findings],
    }
