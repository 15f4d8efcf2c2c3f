"""Tables, written directly: python-docx's cells take forty times as long on a matrix of two thousand rows."""

from __future__ import annotations

from nangkis.content.sentences import Sentence
from nangkis.content.tree import Cell, Column, Marked, Missing, Row, Table
from nangkis.outputs import tokens
from nangkis.outputs.reasons import DASH, Reasons
from nangkis.outputs.widths import CELL_MARGIN_POINTS, column_widths
from nangkis.outputs.word.controls import Pen
from nangkis.outputs.word.styles import hexadecimal
from nangkis.outputs.word.xml import Element, element, paragraph, run


_TWIPS_PER_POINT = 20
_CELL_MARGIN_TWIPS = round(CELL_MARGIN_POINTS * _TWIPS_PER_POINT)
_KEPT_WHOLE = 8  # rows: a table up to this long is not split over pages
_KEPT_AT_ENDS = 2  # rows: a longer one leaves at least three together at either end, never a total alone


def table(described: Table, caption: Element, pen: Pen, *, width_mm: float) -> list[Element]:
    """Return caption, table, reasons, notes and sources; the last element is always a paragraph."""
    widths = [round(width * _TWIPS_PER_POINT) for width in column_widths(described, pen.language, width_mm)]
    reasons = Reasons()
    made = element(
        "tbl", _properties(sum(widths)), element("tblGrid", *(element("gridCol", w=each) for each in widths))
    )
    made.append(_head(described.columns, widths, pen))
    last, says_more = len(described.rows) - 1, _says_more(described)
    for place, row in enumerate(described.rows):
        is_near_end = place < _KEPT_AT_ENDS or place >= last - _KEPT_AT_ENDS
        keep_next = (place < last or says_more) and (last < _KEPT_WHOLE or is_near_end)
        made.append(_row(row, described.columns, widths, pen, reasons, keep_next=keep_next))
    return [caption, made, *_below(described, reasons, pen), paragraph("AfterTable")]


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


def _head(columns: tuple[Column, ...], widths: list[int], pen: Pen) -> Element:
    row = element("tr", element("trPr", element("cantSplit"), element("tblHeader")))
    for column, width in zip(columns, widths, strict=True):
        style = "TableHeadNumber" if column.numeric else "TableHead"
        properties = element(
            "tcPr",
            element("tcW", w=width, type="dxa"),
            element("shd", val="clear", color="auto", fill=hexadecimal(tokens.MIST)),
            element("vAlign", val="bottom"),
        )
        content = pen.write(column.title)
        row.append(element("tc", properties, paragraph(style, *content, properties=(element("keepNext"),))))
    return row


def _row(
    row: Row, columns: tuple[Column, ...], widths: list[int], pen: Pen, reasons: Reasons, *, keep_next: bool
) -> Element:
    made = element("tr", element("trPr", element("cantSplit")))
    for cell, column, width in zip(row.cells, columns, widths, strict=True):
        # Bold by style: LibreOffice forgets the looks of a run inside a control.
        style = ("TableNumber" if column.numeric else "TableText") + ("Strong" if row.emphasis else "")
        content = _content(cell, pen, reasons)
        kept = (element("keepNext"),) if keep_next else ()
        properties = element("tcPr", element("tcW", w=width, type="dxa"))
        made.append(element("tc", properties, paragraph(style, *content, properties=kept)))
    return made


def _content(cell: Cell, pen: Pen, reasons: Reasons) -> list[Element]:
    match cell:
        case Missing():
            letter = reasons.letter(cell.reason)
            return [run(DASH), run(letter, element("vertAlign", val="superscript"))]
        case Marked():
            colour = element("color", val=hexadecimal(tokens.VERDICT_COLOURS[cell.verdict]))
            return [run(f"{tokens.VERDICT_SIGNS[cell.verdict]} ", colour), *pen.write(cell.words)]
        case _:
            return pen.write(cell, bare=True)
