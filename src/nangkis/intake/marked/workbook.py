"""One file's sheets and what was found in them, as a new workbook."""

from __future__ import annotations

from collections.abc import Sequence

from nangkis.content.catalogue import Language
from nangkis.content.messages import fill
from nangkis.intake.cells.sheet import Sheet
from nangkis.intake.checks.personal import PersonalDataFound
from nangkis.intake.layouts.aside import is_findings_page
from nangkis.intake.limits import Limits
from nangkis.intake.marked.book import Book
from nangkis.intake.marked.cells import Cells
from nangkis.intake.marked.findings_page import Copied, FindingsPage
from nangkis.intake.marked.marks import marks_of, told_of
from nangkis.intake.reading import SheetOutcome
from nangkis.vocabulary.findings import Severity


def marked_workbook_bytes(
    sheets: Sequence[Sheet], outcomes: Sequence[SheetOutcome], *, language: Language, limits: Limits
) -> bytes:
    """Return a new xlsx: the findings on its first sheet, then each sheet, its flawed cells marked.

    A hidden sheet stays hidden. Nothing of it runs: texts are texts, even those that look like formulas or links, and
    a formula without a value is a mark that is read as one again. The same content gives the same bytes. A file that
    could not be opened has no sheets, and its workbook the findings alone. A finding colours all its cells, and
    comments on the first ``findings_of_a_kind`` of the limits.

    Raises:
        PersonalDataFound: the file was refused for personal data; nothing of it may be written anywhere.
    """
    for outcome in outcomes:
        if isinstance(outcome.refusal, PersonalDataFound):
            raise outcome.refusal
    book = Book()
    commented = limits.findings_of_a_kind
    first, _ = book.page(fill("marked.tab", language))
    told = {outcome.sheet: told_of(outcome, language) for outcome in outcomes}
    cells = Cells(book)
    copied: dict[str, Copied] = {}
    for sheet in sheets:
        marks = marks_of(sheet, told.get(sheet.name, ()), language, commented=commented)
        if (sheet.height or marks) and not is_findings_page(sheet):  # an older one is written anew
            page, tab = book.page(sheet.name)
            cells.write(page, sheet, marks)
            if sheet.hidden:
                page.hide()
            else:
                copied[sheet.name] = Copied(sheet, tab)  # no link leads to a hidden one
    every = [(name, each) for name, of_sheet in told.items() for each in of_sheet]
    every.sort(key=lambda each: list(Severity).index(each[1].severity))
    notes = _notes(book, cells, language)
    if any((each.count or 0) > commented for _, each in every if each.cells):
        notes.append(fill("marked.first-comments", language, count=commented))
    FindingsPage(book, first, language, copied).write(outcomes, every, notes)
    return book.content()


def _notes(book: Book, cells: Cells, language: Language) -> list[str]:
    """Say what the format could not hold."""
    notes = []
    if book.cut:
        notes.append(fill("marked.cut", language, count=book.cut))
    if cells.uncommented:
        notes.append(fill("marked.uncommented", language, count=cells.uncommented))
    return notes
