"""A document's content tree as an Excel workbook."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, assert_never

from nangkis.content.catalogue import Language, template
from nangkis.content.numbers import print_date
from nangkis.content.sentences import Run, Sentence, Value, runs, spoken
from nangkis.content.tree import (
    Block,
    Bullets,
    Document,
    Empty,
    Heading,
    Paragraph,
    Picture,
    Table,
    figures_of_block,
)
from nangkis.outputs import tokens
from nangkis.outputs.captions import CaptionNumbers, heading_text
from nangkis.outputs.charts import chart_png
from nangkis.outputs.excel.book import Book, Sheet, new_workbook
from nangkis.outputs.excel.data_sheet import write_data
from nangkis.outputs.excel.page import WAY_BACK, edges, set_page
from nangkis.outputs.excel.tables import source_lines, write_table
from nangkis.outputs.words import plain, short_title, writable
from nangkis.vocabulary.figures import Figure


MARK = "nangkis.excel.2."  # what the hidden sheet begins with; the language follows
HIDDEN = "nangkis"
_PIECE = 32_764  # letters of base64 that a cell takes: a multiple of four
_ALONE = 1_200  # letters from which a paragraph is parted: a row is 409 points high at most
_TEXT_WIDTH = 92  # letters: as wide as A4 upright, for a single column is never made smaller to fit
_CHART_WIDTH = 110  # letters
_INDEX_WIDTHS = 16, _TEXT_WIDTH - 16
_HEADING_SIZES = {1: 14, 2: 12}  # points


def excel_bytes(document: Document, *, language: Language, manifest: bytes, as_of: date) -> bytes:
    """Return the workbook; the same content gives the same bytes.

    Every figure of a table is a native number, every other one stands in the text of its cell; each has a defined
    name ``nk_<id>`` that :func:`read_excel` finds again. Raises TypeError for a figure in a heading or a marking.
    """
    stream = io.BytesIO()
    workbook = new_workbook(stream, title=writable(short_title(document, language)), as_of=as_of)
    book = Book(workbook, language)
    writer = _Writer(book)
    writer.all(document, print_date(as_of, language))
    hidden = workbook.add_worksheet(HIDDEN)
    _write_hidden(hidden, book, manifest)
    above, below = edges(document, print_date(as_of, language), language)
    for sheet in workbook.worksheets():
        sheet.set_header(above)
        sheet.set_footer(below)
    workbook.close()
    return stream.getvalue()


@dataclass
class _Writer:
    """Writes block after block: text on one sheet, each table and picture on its own."""

    book: Book
    captions: CaptionNumbers = field(default_factory=CaptionNumbers)
    row: int = 0
    section: str = ""
    index: Sheet = None
    index_row: int = 0
    text: Sheet = None
    homes: dict[str, tuple[Figure, str]] = field(default_factory=dict)

    def all(self, document: Document, day: str) -> None:
        add = self.book.workbook.add_worksheet
        self.index = add(self._say("excel.index"))
        self.text = add(self._say("excel.text"))
        self._front(document, day)
        self.book.columns(self.text, _TEXT_WIDTH)
        set_page(self.text, landscape=False)
        for block in document.blocks:
            self._block(block)
        write_data(self.book, add(self._say("excel.data")), self.homes)

    def _front(self, document: Document, day: str) -> None:
        language, sheet = self.book.language, self.index
        self.book.columns(sheet, *_INDEX_WIDTHS)
        big: dict[str, Any] = {"bold": True, "font_size": 16, "font_color": tokens.NILA}
        lines = [(plain(document.title, language), big), (plain(document.subtitle, language), {"font_size": 12})]
        lines += [(plain(marking, language), {"bold": True}) for marking in document.marking]
        lines += [(self._say("outputs.as-of").replace("{day}", day), {})]
        lines += [(self._say(each), {}) for each in ("excel.sorting", "excel.marks")]
        for place, (line, look) in enumerate(lines):
            self.book.across(sheet, place, len(_INDEX_WIDTHS), (line,), letters=_TEXT_WIDTH, **look)
        self.index_row = 1 + len(lines)
        for name, about in (("excel.text", "excel.text.about"), ("excel.data", "excel.data.about")):
            self._listed(self._say(name), self._say(about))
        set_page(sheet, landscape=False)

    def _listed(self, name: str, about: str) -> None:
        look = self.book.look(font_color=tokens.NILA, underline=1)
        self.index.write_url(self.index_row, 0, WAY_BACK.format(name), look, name)
        self.book.text(self.index, self.index_row, 1, (about,))
        self.index_row += 1

    def _block(self, block: Block) -> None:
        home = ""
        match block:
            case Heading():
                self._heading(block)
            case Table():
                home = self._sheet_for("outputs.table", block.title)
                write_table(self.book, self._added(home), block, home)
            case Picture():
                home = self._sheet_for("outputs.picture", block.title)
                self._picture(self._added(home), block, home)
            case _:
                self._words(block)
        for figure in figures_of_block(block):
            self.homes.setdefault(figure.id, (figure, home or self.section))

    def _words(self, block: Paragraph | Bullets | Empty) -> None:
        language = self.book.language
        match block:
            case Paragraph():
                self._paragraph(block.sentences)
            case Bullets():
                for place, item in enumerate(block.items, start=1):
                    mark = f"{place}. " if block.numbered else "\N{BULLET} "
                    self._line((mark, *runs(item, language)), indent=1)
            case Empty():
                self._line(runs(block.why, language), bold=True, bg_color=tokens.MIST)
                self._line(runs(block.do, language), bg_color=tokens.MIST)
            case _:
                assert_never(block)

    def _heading(self, block: Heading) -> None:
        self.captions.enter(block)
        self.section = heading_text(block, self.book.language)
        size = _HEADING_SIZES.get(block.level, 10)
        self.row += 1
        self._line(
            (self.section,), bold=True, font_size=size, font_color=tokens.NILA if block.level == 1 else tokens.INK
        )

    def _paragraph(self, sentences: Sequence[Sentence]) -> None:
        language = self.book.language
        whole: list[Run] = []
        for said in sentences:
            if sum(len(each) for each in whole if isinstance(each, str)) > _ALONE:
                self._line(whole)
                whole = []
            whole += [" "] if whole else []
            whole += runs(said, language)
        if whole:
            self._line(whole)

    def _line(self, pieces: Iterable[Run], **look: Any) -> None:
        self.book.text(self.text, self.row, 0, pieces, **look)
        self.row += 1

    def _sheet_for(self, word: str, title: Value) -> str:
        number = self.captions.next(self._say(word))
        about = spoken(title, self.book.language)
        name = sheet_name(number, {sheet.get_name() for sheet in self.book.workbook.worksheets()})
        self._listed(name, about)
        look = self.book.look(font_color=tokens.NILA, underline=1, text_wrap=True)
        line = writable(f"{number}  {about}")[:2000]
        self.text.write_url(self.row, 0, WAY_BACK.format(name), look, line)
        self.book.fit(self.text, self.row, 0, line)
        self.row += 1
        return number

    def _added(self, number: str) -> Sheet:
        taken = {sheet.get_name() for sheet in self.book.workbook.worksheets()}
        return self.book.workbook.add_worksheet(sheet_name(number, taken))

    def _picture(self, sheet: Sheet, block: Picture, number: str) -> None:
        book, language = self.book, self.book.language
        png = chart_png(block.chart, language=language, width_mm=160)
        book.columns(sheet, _CHART_WIDTH)
        title = (f"{number}  ", *runs(block.title, language))
        book.text(sheet, 0, 0, title, bold=True, font_size=12, font_color=tokens.NILA)
        back = book.look(font_color=tokens.NILA)
        sheet.write_url(1, 0, WAY_BACK.format(self._say("excel.index")), back, self._say("excel.back"))
        for place, line in enumerate(source_lines(book, block.sources), start=2):
            book.text(sheet, place, 0, line, font_size=9, font_color=tokens.QUIET)
        description = writable(spoken(block.alternative, language))
        options = {"image_data": io.BytesIO(png), "description": description, "object_position": 3}
        sheet.insert_image(3, 0, "chart.png", options)
        set_page(sheet, landscape=True)

    def _say(self, code: str) -> str:
        return template(code, self.book.language)


def sheet_name(wanted: str, taken: set[str]) -> str:
    """Return a name that Excel accepts: at most 31 letters, none of its signs, and not taken yet.

    >>> sheet_name("Tabel 3.1", {"tabel 3.1"})
    'Tabel 3.1 (2)'
    """
    base = "".join("-" if each in "[]:*?/\\'" else each for each in writable(wanted)).strip()[:26] or "-"
    folded = {each.casefold() for each in taken} | {HIDDEN, "history"}
    name, count = base, 1
    while name.casefold() in folded:
        count += 1
        name = f"{base} ({count})"
    return name


def _write_hidden(sheet: Sheet, book: Book, manifest: bytes) -> None:
    sheet.very_hidden()
    sheet.write_string(0, 0, MARK + book.language)
    encoded = base64.b64encode(manifest).decode("ascii")
    for row, start in enumerate(range(0, len(encoded), _PIECE), start=1):
        sheet.write_string(row, 0, encoded[start : start + _PIECE])
    for row, framed in enumerate(book.framed):
        sheet.write_string(row, 1, framed.name)
        sheet.write_number(row, 2, framed.start)
        sheet.write_number(row, 3, framed.length)
        sheet.write_string(row, 4, framed.text)
