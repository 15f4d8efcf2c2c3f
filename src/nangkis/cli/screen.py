"""Content blocks on a terminal, and messages."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.table import Table as ScreenTable
from rich.text import Text

from nangkis.content.catalogue import Language, fill
from nangkis.content.numbers import print_figure
from nangkis.content.sentences import Value, runs
from nangkis.content.tree import Block, Bullets, Cell, Empty, Heading, Marked, Missing, Paragraph, Picture, Table
from nangkis.intake.report import plain_finding
from nangkis.vocabulary.figures import Figure
from nangkis.vocabulary.findings import Finding
from nangkis.vocabulary.refusals import Refusal


out = Console()
err = Console(stderr=True)
MARKS = {"better": "▲", "worse": "▼", "unsure": "●"}


def said(piece: Value, language: Language, *, bare: bool = False) -> str:
    """Return a sentence, label or figure as plain text."""
    parts = runs(piece, language, bare=bare)
    return "".join(print_figure(part, language) if isinstance(part, Figure) else part for part in parts)


def refusal_text(refusal: Refusal, language: Language) -> str:
    """Return a refusal's sentence: what, where, why, what to do."""
    return fill(f"refusal.{refusal.code}", language, **refusal.values)


def show_blocks(blocks: Iterable[Block], language: Language) -> None:
    """Print blocks in reading order."""
    for block in blocks:
        out.print(_drawn(block, language))


def show_findings(findings: Iterable[Finding], language: Language) -> None:
    """Print what was found in the data, each with what to do."""
    for finding in findings:
        told = plain_finding(finding, language)
        out.print(f"• {told['at']}: {told['says']} {told['do']}", markup=False, highlight=False, soft_wrap=True)


def _drawn(block: Block, language: Language) -> RenderableType:
    match block:
        case Heading():
            number = f"{said(block.number, language)}  " if block.number else ""
            return Text(f"\n{number}{said(block.title, language)}", style="bold")
        case Paragraph():
            return Text(" ".join(said(piece, language) for piece in block.sentences))
        case Bullets():
            return Group(*(Text(f"• {said(piece, language)}") for piece in block.items))
        case Table():
            return _table(block, language)
        case Picture():
            return Text(said(block.alternative, language), style="italic")
        case Empty():
            return Panel(f"{said(block.why, language)}\n{said(block.do, language)}", expand=False)


def _table(table: Table, language: Language) -> RenderableType:
    drawn = ScreenTable(title=said(table.title, language), title_justify="left", header_style="bold")
    for column in table.columns:
        # A number that is cut off is a wrong number: only words may fold.
        side = "right" if column.numeric else "left"
        drawn.add_column(said(column.title, language), justify=side, no_wrap=column.numeric, overflow="fold")
    for row in table.rows:
        drawn.add_row(*(_cell(cell, language) for cell in row.cells), style="bold" if row.emphasis else None)
    reasons = dict.fromkeys(
        f"— {said(cell.reason, language)}" for row in table.rows for cell in row.cells if isinstance(cell, Missing)
    )
    below = [*reasons, *(said(piece, language) for piece in (*table.notes, *table.sources))]
    return Group(drawn, *(Text(line, style="dim") for line in below))


def _cell(cell: Cell, language: Language) -> str:
    match cell:
        case Missing():
            return "—"
        case Marked():
            return f"{MARKS[cell.verdict]} {said(cell.words, language)}"
        case _:
            return said(cell, language, bare=True)
