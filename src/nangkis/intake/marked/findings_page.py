"""The first sheet of a marked workbook: every finding gravest first, what became of each sheet, every repair."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from nangkis.content.catalogue import Language
from nangkis.content.messages import fill, repair_words
from nangkis.intake.cells.sheet import Sheet
from nangkis.intake.marked.book import Book, Page
from nangkis.intake.marked.cells import COLOURS
from nangkis.intake.marked.marks import SIGNS, Told
from nangkis.intake.marked.places import address, places_of
from nangkis.intake.reading import SheetOutcome
from nangkis.vocabulary.findings import Repair, Severity


_WIDTHS = (14, 28, 11, 74, 66)
_LINE, _HIGHEST = 15, 409  # points; the second is Excel's end
_COUNTS = ("rows_in", "rows_frame", "rows_accepted", "rows_refused")
_INK = "#1E5AA8"


@dataclass(frozen=True)
class Copied:
    """A sheet that was copied, and the name under which this workbook has it."""

    sheet: Sheet
    tab: str


@dataclass
class FindingsPage:
    """Writes the sheet from the top, one row after the other."""

    book: Book
    page: Page
    language: Language
    copied: Mapping[str, Copied]  # by the sheet's own name
    row: int = field(default=0, init=False)

    def write(self, outcomes: Sequence[SheetOutcome], told: Sequence[tuple[str, Told]], notes: Iterable[str]) -> None:
        """Write it all; ``told`` has the sheet's name with each finding."""
        for column, width in enumerate(_WIDTHS):
            self.page.set_column(column, column, width)
        self._line(self._say("marked.title"), bold=True, font_size=14, font_color=_INK)
        self._line(outcomes[0].file if outcomes else "", bold=True)
        self._line(self._say("marked.about"))
        signs = [f"{SIGNS[severity]} {self._say(f'severity.{severity}')}" for severity in Severity]
        self._line(self._say("marked.signs") + " " + "   ".join(signs))
        for note in notes:
            self._line(note)
        self._findings(told)  # first, so that their head stays in sight however many sheets there are
        self._sheets(outcomes, Counter(name for name, _ in told))
        self._repairs([(outcome.sheet, repair) for outcome in outcomes for repair in outcome.repairs])
        self.page.set_landscape()
        self.page.set_paper(9)
        self.page.fit_to_pages(1, 0)

    def _sheets(self, outcomes: Sequence[SheetOutcome], found: Mapping[str, int]) -> None:
        self.row += 1
        self._line(self._say("marked.sheets"), bold=True, font_size=12, font_color=_INK)
        self._heads("marked.sheet", "marked.fate", "marked.tab", "marked.rows")
        cells = self.book.look(text_wrap=True, valign="top", bottom=4)
        for outcome in outcomes:
            fate = self._say(f"marked.fate.{_fate(outcome)}")
            rows = fill("intake.rows", self.language, **{name: getattr(outcome, name) for name in _COUNTS})
            self._high(outcome.sheet, fate, "", rows)
            self._goto(0, outcome.sheet or "–", outcome.sheet, outcome.sheet)
            self.book.text(self.page, self.row, 1, fate, cells)
            self._number(found.get(outcome.sheet, 0))
            self.book.text(self.page, self.row, 3, rows, cells)
            self.row += 1

    def _findings(self, told: Sequence[tuple[str, Told]]) -> None:
        self.row += 1
        self._line(self._say("marked.findings"), bold=True, font_size=12, font_color=_INK)
        if not told:
            self._line(self._say("marked.no-findings"))
            return
        head = self.row
        self._heads("marked.weight", "marked.cell", "marked.count", "marked.says", "marked.do")
        for name, each in told:
            weight = f"{SIGNS[each.severity]} {self._say(f'severity.{each.severity}')}"
            self._high(weight, each.at, "", each.says, each.do)
            paper, edge = COLOURS[each.severity]
            look = self.book.look(bg_color=paper, font_color=edge, bold=True, valign="top", bottom=4)
            self.book.text(self.page, self.row, 0, weight, look)
            self._goto(1, each.at, name, each.at)
            words = self.book.look(text_wrap=True, valign="top", bottom=4)
            self._number(each.count)
            self.book.text(self.page, self.row, 3, each.says, words)
            self.book.text(self.page, self.row, 4, each.do, words)
            self.row += 1
        self.page.autofilter(head, 0, self.row - 1, len(_WIDTHS) - 1)
        self.page.freeze_panes(head + 1, 0)

    def _repairs(self, repairs: Sequence[tuple[str, Repair]]) -> None:
        if not repairs:
            return
        self.row += 1
        self._line(self._say("marked.repairs"), bold=True, font_size=12, font_color=_INK)
        self._heads("marked.sheet", "marked.cell", "marked.count", "marked.says")
        for name, repair in repairs:
            words, said = self.book.look(text_wrap=True, valign="top", bottom=4), repair_words(repair, self.language)
            self._high(name, repair.at, "", said)
            self.book.text(self.page, self.row, 0, name, words)
            self._goto(1, repair.at, name, repair.at)
            self._number(repair.count)
            self.book.text(self.page, self.row, 3, said, words)
            self.row += 1

    def _number(self, count: int | None) -> None:
        """Write how many, in the third column; a dash where nothing can be counted."""
        look = self.book.look(num_format="#,##0", valign="top", align="right", bottom=4)
        if count is None:
            self.book.text(self.page, self.row, 2, "–", look)
        else:
            self.book.number(self.page, self.row, 2, count, look)

    def _goto(self, column: int, text: str, name: str, at: str) -> None:
        """Write an address, and lead to it where its sheet was copied."""
        copied = self.copied.get(name)
        if copied is None:
            look = self.book.look(text_wrap=True, valign="top", bottom=4)
            self.book.text(self.page, self.row, column, text, look)
            return
        places = places_of(at, copied.sheet)
        target = f"'{copied.tab}'!{address(places[0]) if places else 'A1'}"
        look = self.book.look(text_wrap=True, valign="top", bottom=4, font_color=_INK, underline=1)
        self.book.link(self.page, self.row, column, text, target=target, look=look)

    def _high(self, *texts: str) -> None:
        """Make a row as high as its longest text needs: not every program does so by itself."""
        held = zip(texts, _WIDTHS, strict=False)
        lines = max(sum(1 + len(line) // (width - 4) for line in text.split("\n")) for text, width in held)
        self.page.set_row(self.row, min(lines * _LINE, _HIGHEST))

    def _heads(self, *codes: str) -> None:
        look = self.book.look(bold=True, text_wrap=True, valign="top", bg_color="#F4F6F8", bottom=1)
        for column, code in enumerate(codes):
            self.book.text(self.page, self.row, column, self._say(code), look)
        self.row += 1

    def _line(self, text: str, **look: object) -> None:
        self.book.text(self.page, self.row, 0, text, self.book.look(**look) if look else None)
        self.row += 1

    def _say(self, code: str) -> str:
        return fill(code, self.language)


def _fate(outcome: SheetOutcome) -> str:
    if outcome.refusal is not None:
        return "refused"
    if outcome.reading is not None:
        return "accepted"
    if outcome.aside:
        return "aside"
    return "hidden" if outcome.rows_in else "empty"
