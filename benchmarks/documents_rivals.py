"""The same content by what a user would pick instead: python-docx, bare XlsxWriter, bare Typst.

None of them names a figure, attaches a record or can be read back; python-docx and Typst get finished texts, the
workbook finished cells. Charts are drawn by our function on both sides.
"""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import openpyxl
import typst
import xlsxwriter

from nangkis.content.charts import Chart
from nangkis.content.sentences import spoken
from nangkis.content.tree import Cell, Document, Heading, Marked, Missing, Picture, Table, values_of_block
from nangkis.outputs.charts import chart_png, chart_svg


Grid = list[list[str]]
Content = list[str | Grid | Chart]
Cells = list[tuple[str, list[tuple[int, int, Any, str, str | None]]]]


def plain_content(document: Document) -> Content:
    """Return the document as texts, tables of texts, and charts."""
    return [piece for block in document.blocks for piece in _pieces(block)]


def _pieces(block: Any) -> Iterator[str | Grid | Chart]:
    if isinstance(block, Table):
        yield spoken(block.title, "id")
        heads = [spoken(column.title, "id") for column in block.columns]
        yield [heads, *([_cell(cell) for cell in row.cells] for row in block.rows)]
        yield from (spoken(each, "id") for each in (*block.notes, *block.sources))
        return
    if isinstance(block, Picture):
        yield block.chart
    text = " ".join(spoken(value, "id") for value in values_of_block(block))
    yield f"{block.number.text} {text}" if isinstance(block, Heading) and block.number else text


def _cell(cell: Cell) -> str:
    if isinstance(cell, Missing):
        return "-"
    return spoken(cell.words if isinstance(cell, Marked) else cell, "id", bare=True)


def docx_rows(grid: Grid) -> None:
    """Write a table as python-docx's manual does: ``add_row().cells``."""
    document = docx.Document()
    table = document.add_table(rows=0, cols=len(grid[0]))
    for texts in grid:
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            cell.text = text
    document.save(io.BytesIO())


def docx_cells(grid: Grid) -> None:
    """Write a table by place, ``table.cell(row, column)``, as most examples on the web do; it counts them all anew."""
    document = docx.Document()
    table = document.add_table(rows=len(grid), cols=len(grid[0]))
    for row, texts in enumerate(grid):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    document.save(io.BytesIO())


def docx_whole(content: Content) -> None:
    """Write texts, tables and pictures with python-docx, tables row by row over rows that are there already."""
    document = docx.Document()
    for piece in content:
        if isinstance(piece, str):
            document.add_paragraph(piece)
        elif isinstance(piece, list):
            table = document.add_table(rows=len(piece), cols=len(piece[0]))
            for row, texts in zip(table.rows, piece, strict=True):
                for cell, text in zip(row.cells, texts, strict=True):
                    cell.text = text
        else:
            document.add_picture(io.BytesIO(chart_png(piece, language="id")))
    document.save(io.BytesIO())


def cells_of(workbook: bytes) -> tuple[Cells, list[tuple[str, str]]]:
    """Return the sheets of a workbook with their cells (row, column, value, format, alignment), and its names."""
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    sheets = [
        (
            sheet.title,
            [
                (cell.row - 1, cell.column - 1, cell.value, cell.number_format, cell.alignment.horizontal)
                for row in sheet.iter_rows()
                for cell in row
                if cell.value is not None
            ],
        )
        for sheet in book.worksheets
    ]
    return sheets, [(name, defined.attr_text) for name, defined in book.defined_names.items()]


def bare_xlsx(sheets: Cells, names: list[tuple[str, str]], charts: list[Chart]) -> None:
    """Write cells, names and sheets with XlsxWriter alone: no links, widths, filters, heads or pages."""
    quiet = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(io.BytesIO(), {"in_memory": True, **quiet})
    looks: dict[tuple[str, str | None], Any] = {}
    for name, cells in sheets:
        sheet = book.add_worksheet(name)
        for row, column, value, code, align in cells:
            if (look := looks.get((code, align))) is None:
                look = looks[code, align] = book.add_format({"num_format": code, **({"align": align} if align else {})})
            write = sheet.write_string if isinstance(value, str) else sheet.write_number
            write(row, column, value, look)
    for name, place in names:
        book.define_name(name, f"={place}")
    for chart in charts:
        png = chart_png(chart, language="id")
        book.add_worksheet().insert_image(0, 0, "chart.png", {"image_data": io.BytesIO(png)})
    book.close()


def bare_typst(content: Content, fonts: typst.Fonts) -> None:
    """Set texts, tables and charts with Typst alone: its own looks, no contents, no PDF/UA, no PDF/A."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines = ["#set page(flipped: true)", "#set text(size: 7pt)"]
        for place, piece in enumerate(content):
            if isinstance(piece, str):
                lines.append(f"#par({_quoted(piece)})")
            elif isinstance(piece, list):
                cells = ", ".join(_quoted(text) for row in piece for text in row)
                lines.append(f"#table(columns: {len(piece[0])}, {cells})")
            else:
                (folder / f"{place}.svg").write_text(chart_svg(piece, language="id"), encoding="utf-8")
                lines.append(f'#image("{place}.svg")')
        (folder / "main.typ").write_text("\n\n".join(lines), encoding="utf-8")
        typst.compile(folder / "main.typ", root=folder, font_paths=fonts)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
