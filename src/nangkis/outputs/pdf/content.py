"""A document as plain values for the template: every text already in its language, every number already printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, assert_never

from nangkis.content.catalogue import PLACEHOLDER, Language, template
from nangkis.content.charts import Chart
from nangkis.content.messages import fill
from nangkis.content.numbers import print_date
from nangkis.content.sentences import Sentence, spoken
from nangkis.content.tree import (
    Block,
    Bullets,
    Cell,
    Document,
    Empty,
    Heading,
    Marked,
    Missing,
    Paragraph,
    Picture,
    Table,
)
from nangkis.outputs import tokens
from nangkis.outputs.captions import CaptionNumbers, heading_text
from nangkis.outputs.pages import UPRIGHT, by_paper, heads_others
from nangkis.outputs.pdf.glyphs import printable
from nangkis.outputs.reasons import DASH, Reasons
from nangkis.outputs.widths import CELL_MARGIN_POINTS, column_widths, kept_at_end
from nangkis.outputs.words import BETWEEN, plain, short_title


Plain = dict[str, Any]
MANIFEST_FILE = "nangkis-manifest.json"
_KEPT_WHOLE = 8  # rows: a table up to this long is not split over pages
_DEEPEST = 3
_LOOK: Plain = {
    "ink": tokens.INK,
    "quiet": tokens.QUIET,
    "rule": tokens.RULE,
    "mist": tokens.MIST,
    "nila": tokens.NILA,
    "fonts": [tokens.CHART_FONT],
    "text": tokens.TEXT_POINTS,
    "table": tokens.TABLE_POINTS,
    "note": tokens.NOTE_POINTS,
    "cell-margin": CELL_MARGIN_POINTS,
}


@dataclass
class Described:
    """What the template is given, and the charts that it asks for by file name."""

    values: Plain
    charts: Mapping[str, Chart]


def described(document: Document, *, language: Language, as_of: date) -> Described:
    """Return the document as values. Raises TypeError for a figure in a heading, a title or a marking."""
    teller = _Teller(language)
    sections: list[Plain] = [
        {"paper": asdict(paper), "blocks": [teller.block(block, paper.text_mm) for block in blocks]}
        for paper, blocks in by_paper(document.blocks, language)
    ]
    marking = [printable(plain(each, language)) for each in document.marking]
    said_day = template("outputs.as-of", language)
    values: Plain = {
        "title": printable(short_title(document, language)),
        "author": "Nangkis",
        "language": language,
        "day": {"year": as_of.year, "month": as_of.month, "day": as_of.day},
        "as_of": PLACEHOLDER.sub(lambda _: print_date(as_of, language), said_day),
        "marking": BETWEEN.join(marking),
        "cover": {
            "title": printable(plain(document.title, language)),
            "subtitle": printable(plain(document.subtitle, language)),
            "marking": marking,
        },
        "page_words": _parts(template("outputs.page", language)),
        "words": {name: template(f"outputs.{name}", language) for name in ("contents", "tables", "pictures")},
        "has": {kind: any(kind == each["kind"] for part in sections for each in part["blocks"]) for kind in _LISTED},
        "manifest": {"file": MANIFEST_FILE, "description": template("pdf.manifest", language)},
        "look": _LOOK,
        "upright": asdict(UPRIGHT),
        "sections": sections,
    }
    return Described(values, teller.charts)


_LISTED = ("table", "picture")


def _parts(text: str) -> list[str]:
    """Part a text at its placeholders, which stay as parts of their own."""
    parts, end = [], 0
    for match in PLACEHOLDER.finditer(text):
        parts += [text[end : match.start()], match[0]]
        end = match.end()
    return [*parts, text[end:]]


@dataclass
class _Teller:
    language: Language
    numbers: CaptionNumbers = field(default_factory=CaptionNumbers)
    charts: dict[str, Chart] = field(default_factory=dict)

    def block(self, block: Block, width_mm: float) -> Plain:
        match block:
            case Heading():
                self.numbers.enter(block)
                text = printable(heading_text(block, self.language))
                return {"kind": "heading", "level": min(block.level, _DEEPEST), "text": text}
            case Paragraph():
                return {"kind": "paragraph", "text": " ".join(map(self._said, block.sentences))}
            case Bullets():
                kind = "numbered" if block.numbered else "bullets"
                return {"kind": kind, "items": list(map(self._said, block.items))}
            case Table():
                return self._table(block, width_mm)
            case Picture():
                return self._picture(block)
            case Empty():
                return {"kind": "empty", "why": self._said(block.why), "do": self._said(block.do)}
            case _:
                assert_never(block)

    def _table(self, table: Table, width_mm: float) -> Plain:
        reasons = Reasons()
        widths = column_widths(table, self.language, width_mm)
        columns = [
            {"title": self._said(column.title), "width": width, "numeric": column.numeric}
            for column, width in zip(table.columns, widths, strict=True)
        ]
        heads = heads_others(table.rows)
        rows = [
            {"strong": row.emphasis, "heads": is_head, "cells": [self._cell(cell, reasons) for cell in row.cells]}
            for row, is_head in zip(table.rows, heads, strict=True)
        ]
        below = [_line(self._said(reason), letter) for letter, reason in reasons]
        below += [_line(text) for text in self._notes(table.notes)]
        below += self._sources(table.sources)
        number = self.numbers.next(template("outputs.table", self.language))
        is_short = len(rows) <= _KEPT_WHOLE
        until = len(rows) if is_short else -kept_at_end(table, widths, self.language)
        return {
            "kind": "table",
            "caption": _captioned(number, self._said(table.title)),
            "continued": fill("outputs.continued", self.language, table=number),
            "columns": columns,
            "rows": rows[:until],
            "last_rows": rows[until:],
            "below": below,
            "is_short": is_short,
        }

    def _cell(self, cell: Cell, reasons: Reasons) -> str | Plain:
        match cell:
            case Missing():
                return {"kind": "missing", "dash": DASH, "letter": reasons.letter(cell.reason)}
            case Marked():
                colour, words = tokens.VERDICT_COLOURS[cell.verdict], self._said(cell.words)
                return {"kind": "marked", "verdict": cell.verdict, "colour": colour, "words": words}
            case _:
                return printable(spoken(cell, self.language, bare=True))

    def _picture(self, picture: Picture) -> Plain:
        name = f"chart-{len(self.charts) + 1}.svg"
        self.charts[name] = picture.chart
        return {
            "kind": "picture",
            "file": name,
            "alternative": self._said(picture.alternative),
            "caption": _captioned(
                self.numbers.next(template("outputs.picture", self.language)), self._said(picture.title)
            ),
            "below": self._sources(picture.sources),
        }

    def _notes(self, notes: tuple[Sentence, ...]) -> list[str]:
        said = list(map(self._said, notes))
        return [f"{template('outputs.note', self.language)}: {said[0]}", *said[1:]] if said else []

    def _sources(self, sources: tuple[Sentence, ...]) -> list[Plain]:
        said = "; ".join(map(self._said, sources))
        return [_line(f"{template('outputs.source', self.language)}: {said}")] if said else []

    def _said(self, value: Any) -> str:
        return printable(spoken(value, self.language))


def _captioned(number: str, title: str) -> str:
    return f"{number}  {title}"


def _line(text: str, letter: str = "") -> Plain:
    return {"text": text, "letter": letter}
