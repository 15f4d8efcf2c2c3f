"""How long documents take: a matrix of 2,000 x 12, and a whole plan, against the bare renderers; and their memory.

Every way runs in turn, so that a busy machine slows all alike, and the median counts. Ours writes 22,000 figures that
can each be found again and traced; see ``documents_rivals`` for what each rival leaves out.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import font_source_sans_pro
import typst

from benchmarks import documents_rivals as rivals
from benchmarks.documents_memory import measure_memory
from benchmarks.example import DAY, REGIONS, example
from nangkis.content.sentences import sentence, spoken
from nangkis.content.tree import Column, Document, Picture, Row, Table
from nangkis.outputs.charts import chart_png
from nangkis.outputs.excel.workbook import excel_bytes
from nangkis.outputs.pdf.document import pdf_bytes as pdf_within
from nangkis.outputs.word.document import word_bytes
from nangkis.parameters.loader import packaged
from nangkis.vocabulary.figures import Figure, Label, Method, Origin, Selection
from nangkis.vocabulary.units import Unit
from nangkis.workspace.formats import Format, typesetting_limits
from nangkis.workspace.making import make_document, write_document
from nangkis.workspace.opened import Workspace, tables_of
from nangkis.workspace.record import Request


ROWS, COLUMNS = 2_000, 12
FEW_ROWS = 50  # for the way whose time grows with the square of the cells
REPETITIONS = 3
FASTER_GOAL, WHOLE_GOAL = 10.0, 3.0
pdf_bytes = partial(pdf_within, limits=typesetting_limits(packaged()))


def main() -> None:
    """Print all measurements."""
    print(f"seconds, medians of {REPETITIONS} interleaved runs")
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[font_source_sans_pro.font_directory])
    measure_matrix(fonts)
    with tempfile.TemporaryDirectory() as folder:
        workspace = example(Path(folder))
        measure_plan(workspace, Path(folder) / "dokumen", fonts)
        measure_memory(workspace, Path(folder) / "banyak")


def measure_matrix(fonts: typst.Fonts) -> None:
    """A table of 22,000 figures in Word, Excel and PDF."""
    matrix, few = _matrix(ROWS), _matrix(FEW_ROWS)
    content, grid, short_grid = rivals.plain_content(matrix), _grid(matrix), _grid(few)
    sheets, names = rivals.cells_of(_made(excel_bytes, matrix))
    word, rows = _medians(partial(_made, word_bytes, matrix), partial(rivals.docx_rows, grid))
    print(f"{ROWS:,} x {COLUMNS} in Word: {word:.2f}; python-docx by rows, plain texts: {rows:.2f}")
    print(f"  {rows / word:.1f} times faster ({_goal(rows / word, FASTER_GOAL)})")
    texts = _of_texts(matrix)
    word, rows = _medians(partial(_made, word_bytes, texts), partial(rivals.docx_rows, _grid(texts)))
    print(f"  of plain texts on both sides: {word:.2f}; {rows:.2f}; {rows / word:.1f} times faster")
    few_word, cells = _medians(partial(_made, word_bytes, few), partial(rivals.docx_cells, short_grid))
    print(f"{FEW_ROWS} x {COLUMNS} in Word: {few_word:.3f}; python-docx by table.cell(): {cells:.2f}")
    print(f"  {cells / few_word:.0f} times faster; that way's time grows with the square of the rows")
    excel, bare = _medians(partial(_made, excel_bytes, matrix), partial(rivals.bare_xlsx, sheets, names, []))
    print(f"{ROWS:,} x {COLUMNS} in Excel: {excel:.2f}; XlsxWriter, same cells, names and sheets: {bare:.2f}")
    print(f"  {excel / bare:.2f} times as long")
    pdf, plain = _medians(partial(_made, pdf_bytes, matrix), partial(rivals.bare_typst, content, fonts), repetitions=1)
    print(f"{ROWS:,} x {COLUMNS} in PDF (one run): {pdf:.2f}; Typst's own table of the same texts: {plain:.2f}")
    print(f"  {pdf / plain:.2f} times as long")


def measure_plan(workspace: Workspace, folder: Path, fonts: typst.Fonts) -> None:
    """The example's whole plan in three formats: the deed, the writing alone, and the bare renderers."""
    request = Request("rpkd", REGIONS[4], "id", DAY, None, None, None)
    document = make_document(workspace, request, tables_of(workspace))
    content = rivals.plain_content(document)
    charts = [block.chart for block in document.blocks if isinstance(block, Picture)]
    sheets, names = rivals.cells_of(_made(excel_bytes, document))
    ways = (word_bytes, excel_bytes, pdf_bytes)
    taken = _medians(
        lambda: write_document(workspace, request, folder, formats=list(Format)),
        *(partial(_made, way, document) for way in ways),
        partial(rivals.docx_whole, content),
        partial(rivals.bare_xlsx, sheets, names, charts),
        partial(rivals.bare_typst, content, fonts),
        lambda: [chart_png(chart, language="id") for chart in charts],
    )
    deed, ours, theirs, drawn = taken[0], taken[1:4], taken[4:7], taken[7]
    print(f"the example's plan, {len(document.blocks)} blocks; both sides draw its {len(charts)} charts in {drawn:.2f}")
    for name, mine, other in zip(("Word", "Excel", "PDF"), ours, theirs, strict=True):
        print(f"  {name}: {mine:.2f}; bare: {other:.2f}; {mine / other:.2f} times as long")
    ratio = deed / sum(theirs)
    print(f"  computed and written in three formats: {deed:.2f}; the bare renderers together: {sum(theirs):.2f}")
    print(
        f"  {ratio:.2f} times as long (goal: at most {WHOLE_GOAL:.0f}, {'met' if ratio <= WHOLE_GOAL else 'NOT met'})"
    )


def _matrix(rows: int) -> Document:
    origin = Origin(Method("published", 1), (Selection("0" * 16, (), "value"),))
    columns = tuple(Column(Label(f"Kolom {'ABCDEFGHIJKL'[place]}"), 1, numeric=place > 0) for place in range(COLUMNS))
    lines = tuple(
        Row((Label(f"Kegiatan {row}"), *(
            Figure(f"matrix/{row}/{column}", (row * COLUMNS + column) * 123_456_750, Unit.RUPIAH, 0, origin)
            for column in range(1, COLUMNS)
        )))
        for row in range(rows)
    )  # fmt: skip
    title = sentence("outputs.heading", number=Label("Matriks"), title=Label(""))
    return Document(title, title, (Table(title, columns, lines, landscape=True),))


def _of_texts(matrix: Document) -> Document:
    """Return the matrix with the printed number in place of each figure: nothing to find again, nothing to trace."""
    (table,) = (block for block in matrix.blocks if isinstance(block, Table))
    lines = tuple(
        Row(tuple(Label(spoken(each, "id", bare=True)) if isinstance(each, Figure) else each for each in row.cells))
        for row in table.rows
    )
    return replace(matrix, blocks=(replace(table, rows=lines),))


def _grid(matrix: Document) -> rivals.Grid:
    return next(each for each in rivals.plain_content(matrix) if isinstance(each, list))


def _made(way: Callable[..., bytes], document: Document) -> bytes:
    return way(document, language="id", manifest=b"{}", as_of=DAY)


def _medians(*ways: Callable[[], object], repetitions: int = REPETITIONS) -> list[float]:
    taken: list[list[float]] = [[] for _ in ways]
    for _ in range(repetitions):
        for way, seconds in zip(ways, taken, strict=True):
            start = time.perf_counter()
            way()
            seconds.append(time.perf_counter() - start)
    return [statistics.median(each) for each in taken]


def _goal(ratio: float, goal: float) -> str:
    return f"goal: {goal:.0f} times, {'met' if ratio >= goal else 'NOT met'}"


if __name__ == "__main__":
    main()
