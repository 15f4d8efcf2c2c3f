"""Content blocks on a terminal, and messages."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence

from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.table import Table as ScreenTable
from rich.text import Text

from nangkis.content.catalogue import Language
from nangkis.content.messages import finding_words
from nangkis.content.sentences import spoken
from nangkis.content.tree import Block, Bullets, Cell, Empty, Heading, Marked, Missing, Paragraph, Picture, Table
from nangkis.vocabulary.findings import Finding


# A pipe has no edge to fold at; a terminal says its own width.
PIPE_WIDTH = 160
FOLDED = 14  # the narrowest that a column of words may become
COLUMN_EDGES = "│  "  # the rule and the room beside it
# What is printed comes from people's files: it is never read as markup.
out = Console(width=None if sys.stdout.isatty() else PIPE_WIDTH, markup=False, highlight=False, emoji=False)
err = Console(stderr=True, markup=False, highlight=False, emoji=False)
# Letters that steer a terminal; a cell of a hostile sheet may hold them.
CONTROLS = dict.fromkeys((*range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0)))
MARKS = {"better": "▲", "worse": "▼", "unsure": "●"}


def tell(text: str, *, console: Console | None = None) -> None:
    """Print plain text as it is, without folding lines."""
    (console or out).print(text.translate(CONTROLS), soft_wrap=True)


def show_json(answer: object) -> None:
    """Print JSON for another program: no colour, and plain ASCII where the stream cannot hold more."""
    whole = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    sys.stdout.write(json.dumps(answer, ensure_ascii=not whole, indent=2) + "\n")


def show_blocks(blocks: Iterable[Block], language: Language) -> None:
    """Print blocks in reading order."""
    for block in blocks:
        out.print(_drawn(block, language))


def show_findings(findings: Iterable[Finding], language: Language) -> None:
    """Print what was found in the data, each with what to do."""
    for finding in findings:
        says, do = finding_words(finding, language)
        where = f"{finding.at}: " if finding.at else ""
        tell(f"• {where}{says} {do}")


def _drawn(block: Block, language: Language) -> RenderableType:
    match block:
        case Heading():
            number = f"{spoken(block.number, language)}  " if block.number else ""
            return Text(f"\n{number}{spoken(block.title, language)}", style="bold")
        case Paragraph():
            return Text(" ".join(spoken(piece, language) for piece in block.sentences).translate(CONTROLS))
        case Bullets():
            return Group(*(Text(f"• {spoken(piece, language)}") for piece in block.items))
        case Table():
            return _table(block, language)
        case Picture():
            return Text(spoken(block.alternative, language), style="italic")
        case Empty():
            return Panel(f"{spoken(block.why, language)}\n{spoken(block.do, language)}", expand=False)


def _table(table: Table, language: Language) -> RenderableType:
    titles = [spoken(column.title, language) for column in table.columns]
    rows = [[_cell(cell, language) for cell in row.cells] for row in table.rows]
    numeric = [
        max(map(len, cells)) if column.numeric else 0 for column, *cells in zip(table.columns, *rows, strict=True)
    ]
    narrowest = sum(width or FOLDED for width in numeric) + len(COLUMN_EDGES) * (len(titles) + 1)
    drawn = _listed(titles, rows) if narrowest > out.width else _grid(table, titles, rows, numeric)
    reasons = dict.fromkeys(
        f"— {spoken(cell.reason, language)}" for row in table.rows for cell in row.cells if isinstance(cell, Missing)
    )
    below = [*reasons, *(spoken(piece, language) for piece in (*table.notes, *table.sources))]
    return Group(Text(spoken(table.title, language), style="bold"), drawn, *(Text(line, style="dim") for line in below))


def _grid(table: Table, titles: Sequence[str], rows: Sequence[Sequence[str]], numeric: Sequence[int]) -> ScreenTable:
    drawn = ScreenTable(header_style="bold")
    for title, width in zip(titles, numeric, strict=True):
        # A number that is cut off is a wrong number: only words fold.
        drawn.add_column(title, justify="right" if width else "left", min_width=width or None, overflow="fold")
    for row, cells in zip(table.rows, rows, strict=True):
        drawn.add_row(*cells, style="bold" if row.emphasis else None)
    return drawn


def _listed(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> RenderableType:
    """Set a table that is too wide for the screen as one paragraph a row."""
    return Group(
        *(Text(" · ".join(f"{title}: {cell}" for title, cell in zip(titles, row, strict=True))) for row in rows)
    )


def _cell(cell: Cell, language: Language) -> str:
    match cell:
        case Missing():
            return "—"
        case Marked():
            return f"{MARKS[cell.verdict]} {spoken(cell.words, language)}"
        case _:
            return spoken(cell, language, bare=True).translate(CONTROLS)
