"""Tables, whose rows are written as markup: elements for each cell take ten times as long on a matrix of 2,000 rows."""

from __future__ import annotations

from nangkis.content.sentences import Sentence
from nangkis.content.tree import Cell, Column, Marked, Missing, Row, Table
from nangkis.outputs import tokens
from nangkis.outputs.pages import heads_others
from nangkis.outputs.reasons import DASH, Reasons
from nangkis.outputs.widths import CELL_MARGIN_POINTS, column_widths, kept_at_end
from nangkis.outputs.word.controls import Pen
from nangkis.outputs.word.styles import hexadecimal
from nangkis.outputs.word.xml import element, paragraph, run, run_markup
from nangkis.outputs.xml_tree import Element


_TWIPS_PER_POINT = 20
_CELL_MARGIN_TWIPS = round(CELL_MARGIN_POINTS * _TWIPS_PER_POINT)
_KEPT_WHOLE = 8  # rows: a table up to this long is not split over pages
_END = "</w:p></w:tc>"
_KEPT_BELOW = 3  # of the lines below a table: the last of them is never alone on a page
_KEPT_AT_START = 2  # rows: a longer one leaves at least three together at its start


def table(described: Table, caption: Element, pen: Pen, *, width_mm: float) -> list[Element]:
    """Return caption, table, reasons, notes and sources; the last element is always a paragraph."""
    points = column_widths(described, pen.language, width_mm)
    widths = [round(width * _TWIPS_PER_POINT) for width in points]
    grid = element("tblGrid", *(element("gridCol", w=each) for each in widths))
    reasons = Reasons()
    rows = pen.waiting.mark(_head(described.columns, widths, pen) + _body(described, points, pen, reasons))
    made = element("tbl", _properties(sum(widths)), grid, rows)
    below = _below(described, reasons, pen)
    for line in below[-_KEPT_BELOW:-1]:
        line[0].insert(1, element("keepNext"))  # after the style, as the schema has it
    return [caption, made, *below, paragraph("AfterTable")]


def notes(prefix: str, said: tuple[Sentence, ...], pen: Pen) -> list[Element]:
    """Return lines of quiet text; ``prefix`` such as ``Catatan`` stands once, before the first."""
    lines = []
    for place, sentence in enumerate(said):
        before = (run(f"{prefix}: "),) if place == 0 else ()
        lines.append(paragraph("Note", *before, *pen.write(sentence)))
    return lines


def sources(said: tuple[Sentence, ...], pen: Pen) -> list[Element]:
    """Return the line of sources, or nothing."""
    if not said:
        return []
    content = [run(f"{pen.say('outputs.source')}: ")]
    for place, source in enumerate(said):
        content += [run("; ")] if place else []
        content += pen.write(source)
    return [paragraph("Note", *content, properties=(element("keepLines"),))]


def _says_more(described: Table) -> bool:
    """Whether lines stand below the table: its last rows keep to the page of the first of them."""
    missing = (cell for row in described.rows for cell in row.cells if isinstance(cell, Missing))
    return bool(described.notes or described.sources) or next(missing, None) is not None


def _below(described: Table, reasons: Reasons, pen: Pen) -> list[Element]:
    explained = [
        paragraph("Note", run(letter, element("vertAlign", val="superscript")), run(" "), *pen.write(reason))
        for letter, reason in reasons
    ]
    return [*explained, *notes(pen.say("outputs.note"), described.notes, pen), *sources(described.sources, pen)]


def _properties(width: int) -> Element:
    rule: dict[str, str | int] = {"val": "single", "sz": 4, "space": 0, "color": hexadecimal(tokens.RULE)}
    strong = {**rule, "sz": 8, "color": hexadecimal(tokens.QUIET)}
    margins = (("top", 40), ("left", _CELL_MARGIN_TWIPS), ("bottom", 40), ("right", _CELL_MARGIN_TWIPS))
    return element(
        "tblPr",
        element("tblW", w=width, type="dxa"),
        element("tblBorders", element("top", **strong), element("bottom", **strong), element("insideH", **rule)),
        element("tblLayout", type="fixed"),
        element("tblCellMar", *(element(side, w=size, type="dxa") for side, size in margins)),
        element("tblLook", val="0620"),
    )


def _head(columns: tuple[Column, ...], widths: list[int], pen: Pen) -> str:
    look = f'<w:shd w:val="clear" w:color="auto" w:fill="{hexadecimal(tokens.MIST)}"/><w:vAlign w:val="bottom"/>'
    cells = [
        f"{_cell('TableHead' + 'Number' * column.numeric, width, look, keep_next=True)}{pen.markup(column.title)}{_END}"
        for column, width in zip(columns, widths, strict=True)
    ]
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(cells)}</w:tr>"


def _body(described: Table, points: list[float], pen: Pen, reasons: Reasons) -> str:
    starts = _Starts(described.columns, [round(width * _TWIPS_PER_POINT) for width in points])
    end = len(described.rows) - kept_at_end(described, points, pen.language)
    last, says_more = len(described.rows) - 1, _says_more(described)
    written: list[str] = []
    for place, (row, is_head) in enumerate(zip(described.rows, heads_others(described.rows), strict=True)):
        is_near_end = place < _KEPT_AT_START or place >= end
        keep_next = (place < last or says_more) and (last < _KEPT_WHOLE or is_near_end or is_head)
        written.append("<w:tr><w:trPr><w:cantSplit/></w:trPr>")
        for cell, start in zip(row.cells, starts.of_row(row, keep_next=keep_next), strict=True):
            written += (start, _content(cell, pen, reasons), _END)
        written.append("</w:tr>")
    return "".join(written)


class _Starts:
    """How the cells of a table begin, which depends on little: made once for rows alike."""

    def __init__(self, columns: tuple[Column, ...], widths: list[int]) -> None:
        self._columns, self._widths = columns, widths
        self._made: dict[tuple[bool, bool], list[str]] = {}

    def of_row(self, row: Row, *, keep_next: bool) -> list[str]:
        """Return the beginning of each cell."""
        key = row.emphasis, keep_next
        if key not in self._made:
            # Bold by style: LibreOffice forgets the looks of a run inside a control.
            strong = "Strong" if row.emphasis else ""
            styles = (("TableNumber" if column.numeric else "TableText") + strong for column in self._columns)
            self._made[key] = [_cell(*each, keep_next=keep_next) for each in zip(styles, self._widths, strict=True)]
        return self._made[key]


def _cell(style: str, width: int, look: str = "", *, keep_next: bool) -> str:
    """Return the markup of a cell up to its text."""
    kept = "<w:keepNext/>" if keep_next else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{look}</w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{kept}</w:pPr>'
    )


def _content(cell: Cell, pen: Pen, reasons: Reasons) -> str:
    match cell:
        case Missing():
            letter = reasons.letter(cell.reason)
            return run_markup(DASH) + run_markup(letter, '<w:vertAlign w:val="superscript"/>')
        case Marked():
            colour = f'<w:color w:val="{hexadecimal(tokens.VERDICT_COLOURS[cell.verdict])}"/>'
            return run_markup(f"{tokens.VERDICT_SIGNS[cell.verdict]} ", colour) + pen.markup(cell.words)
        case _:
            return pen.markup(cell, bare=True)
