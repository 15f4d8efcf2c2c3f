"""A real regency's plan in Word, PDF and Excel: the same figures in all three, as other libraries read them."""

from __future__ import annotations

import csv
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from nangkis.content.catalogue import LANGUAGES, Language, template
from nangkis.content.tree import Document, Picture, Table
from nangkis.intake.request import Request as ImportRequest
from nangkis.outputs.pages import by_paper
from nangkis.outputs.widths import column_widths, kept_at_end
from nangkis.vocabulary.codes import Region
from nangkis.workspace.formats import WRITERS, Format
from nangkis.workspace.importing import ImportRules, import_files
from nangkis.workspace.making import Made, make_document, write_document
from nangkis.workspace.opened import tables_of
from tests.real.test_budget_files_real import HEADER, PLAN, joined
from tests.real.test_morowali import MOROWALI, NOON, TODAY, Morowali, morowali
from tests.rooms.outputs.pdf_files import elements


__all__ = ["morowali"]  # a fixture is found by its name in the module of the test

NUMBER = re.compile("\N{MINUS SIGN}?\\d+(?:[.,]\\d+)*")
COMMA_FOR_POINT = str.maketrans(",.", ".,")


@dataclass(frozen=True)
class Plan:
    """The plan in three formats and one language."""

    language: Language
    document: Document
    made: Made

    def path(self, kind: Format) -> Path:
        ending = WRITERS[kind].ending
        return next(path for path in (self.made.path, *self.made.others) if path.suffix == ending)

    def printed(self) -> dict[str, Counter[str]]:
        """How often each figure is printed, as what."""
        figures = self.made.record.figures.items()
        return {name: Counter({kept.text: kept.times}) for name, kept in figures if kept.times}


@pytest.fixture(scope="module")
def with_rpjmd(morowali: Morowali, shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Morowali:
    path = tmp_path_factory.mktemp("rpjmd") / "rpjmd.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADER, *joined(shared_data / PLAN)])
    said = ImportRules(ImportRequest(region=Region.parse(MOROWALI), year=2019))
    (imported,) = import_files(morowali.workspace, [path], rules=said, at=NOON, on=TODAY, by="Sri")
    assert imported.table is not None
    return morowali


@pytest.fixture(scope="module", params=LANGUAGES)
def plan(request: pytest.FixtureRequest, with_rpjmd: Morowali, tmp_path_factory: pytest.TempPathFactory) -> Plan:
    workspace, language = with_rpjmd.workspace, request.param
    asked = replace(with_rpjmd.made.record.request, language=language)
    made = write_document(workspace, asked, tmp_path_factory.mktemp(language), formats=list(Format))
    return Plan(language, make_document(workspace, asked, tables_of(workspace)), made)


def test_the_plan_has_figures_of_every_kind_to_compare(plan: Plan) -> None:
    """Else all below would hold for a plan of nothing."""
    units = {kept.figure.unit for kept in plan.made.record.figures.values()}

    assert len(plan.printed()) > 1_200
    assert len(units) >= 6


def test_word_prints_every_figure_as_recorded(plan: Plan) -> None:
    found: dict[str, Counter[str]] = {}
    for control in docx.Document(str(plan.path(Format.WORD))).element.iter(qn("w:sdt")):
        tag = control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
        named = re.fullmatch(r"nk:([a-z2-7]{10})\.\d+", "" if tag is None else tag.get(qn("w:val")))
        if named:
            text = "".join(each.text or "" for each in control.iter(qn("w:t")))
            found.setdefault(named[1], Counter())[text] += 1

    assert found == plan.printed()


def test_excel_shows_every_figure_as_recorded_where_its_name_points(plan: Plan) -> None:
    book = openpyxl.load_workbook(plan.path(Format.EXCEL))
    found: dict[str, int] = {}
    wrong = []
    for name, defined in book.defined_names.items():
        if named := re.fullmatch(r"nk_([a-z2-7]{10})(?:_\d+)?", name):
            ((sheet, place),) = defined.destinations
            shown, wanted = in_cell(book[sheet][place], plan.language), plan.made.record.figures[named[1]].text
            found[named[1]] = found.get(named[1], 0) + 1
            wrong += [] if wanted in shown else [(name, shown, wanted)]

    assert wrong == []
    printed = {name: counts.total() for name, counts in plan.printed().items()}
    assert {name: found.get(name) for name in printed} == printed


def in_cell(cell: Any, language: Language) -> list[str]:
    """The numbers that a cell shows: of its text, or its one number with the decimals of its format."""
    if isinstance(cell.value, str):
        return [cell.value, *NUMBER.findall(cell.value)]
    places = len(cell.number_format.partition(";")[0].partition(".")[2])
    return [paper(cell.value, places, language)]


def paper(number: float, places: int, language: Language) -> str:
    """A number as paper has it, worked out here anew."""
    exact = Decimal(repr(number)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = f"{exact:,.{places}f}".replace("-", "\N{MINUS SIGN}")
    return text.translate(COMMA_FOR_POINT) if language == "id" else text


def test_the_data_sheet_has_every_figure_once_as_number_and_as_printed(plan: Plan) -> None:
    head, *rows = CalamineWorkbook.from_path(str(plan.path(Format.EXCEL))).get_sheet_by_name("Data").to_python()
    value, printed = (head.index(template(f"excel.data.{name}", plan.language)) for name in ("value", "printed"))

    assert [row[0] for row in rows] == list(dict.fromkeys(row[0] for row in rows))
    assert {row[0]: row[printed] for row in rows} == {
        name: kept.text for name, kept in plan.made.record.figures.items()
    }
    figures = plan.made.record.figures
    cells = [(figures[str(row[0])].figure.places, row[value], row[printed]) for row in rows]
    numbers = [(places, cell, text) for places, cell, text in cells if isinstance(cell, float)]
    assert [each for each in numbers if paper(each[1], each[0], plan.language) != each[2]] == []
    assert len(numbers) > 0.99 * len(rows)


def pages(path: Path) -> Iterator[str]:
    for page in PdfReader(path).pages:
        yield page.extract_text()


def lacking(plan: Plan, text: str) -> dict[str, tuple[int, int]]:
    """The numbers that a text has less often than all figures that read so are printed."""
    found, wanted = Counter(NUMBER.findall(text)), Counter[str]()
    for counts in plan.printed().values():
        wanted += counts
    return {number: (found[number], times) for number, times in wanted.items() if found[number] < times}


def test_the_pdf_prints_every_figure_as_often_as_recorded(plan: Plan) -> None:
    assert lacking(plan, "\n".join(pages(plan.path(Format.PDF)))) == {}


def test_a_second_reader_finds_the_same_figures_in_the_pdf(plan: Plan, pdftoppm: str) -> None:
    assert pdftoppm
    command = ["pdftotext", "-layout", str(plan.path(Format.PDF)), "-"]
    text = subprocess.run(command, check=True, capture_output=True).stdout.decode("utf-8")

    assert lacking(plan, text) == {}


def test_the_pdf_says_that_it_is_for_archives_and_accessible(plan: Plan) -> None:
    root: Any = PdfReader(plan.path(Format.PDF)).root_object
    told = root["/Metadata"].get_data().decode()

    for name, value in (("pdfaid:part", "3"), ("pdfaid:conformance", "A"), ("pdfuaid:part", "1")):
        assert f"<{name}>{value}</{name}>" in told
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == plan.language
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert root["/OutputIntents"][0]["/S"] == "/GTS_PDFA1"
    attached = root["/AF"][0].get_object()
    assert attached["/AFRelationship"] == "/Source"
    assert attached["/Desc"]


def test_every_font_of_the_pdf_is_embedded_and_gives_its_letters(plan: Plan) -> None:
    fonts = {
        name: font.get_object()
        for page in PdfReader(plan.path(Format.PDF)).pages
        for name, font in page["/Resources"].get("/Font", {}).items()  # type: ignore[attr-defined]
    }
    below = [font["/DescendantFonts"][0].get_object() for font in fonts.values() if font["/Subtype"] == "/Type0"]

    assert fonts
    assert all("/ToUnicode" in font for font in fonts.values())
    assert all({"/FontFile2", "/FontFile3"} & set(each["/FontDescriptor"]) for each in below)


def heading_cells(plan: Plan) -> int:
    """How many cells stand in rows above plain ones, as heads of those below; none in a short table or in a foot."""
    found = 0
    for paper, blocks in by_paper(plan.document.blocks, plan.language):
        for table in blocks:
            if isinstance(table, Table) and len(table.rows) > 8:
                widths = column_widths(table, plan.language, paper.text_mm)
                end = len(table.rows) - kept_at_end(table, widths, plan.language) + 1
                rows = sum(row.emphasis and not after.emphasis for row, after in pairwise(table.rows[:end]))
                found += rows * len(table.columns)
    return found


def test_the_structure_tells_headings_tables_heads_and_pictures(plan: Plan) -> None:
    found = list(elements(PdfReader(plan.path(Format.PDF))))
    kinds = Counter(each["/S"] for each in found)
    tables = [block for block in plan.document.blocks if isinstance(block, Table)]
    pictures = [block for block in plan.document.blocks if isinstance(block, Picture)]

    assert kinds["/Table"] == len(tables)
    heads = sum(len(table.columns) for table in tables)
    heading = heading_cells(plan)
    assert kinds["/TH"] == heads + heading
    assert kinds["/TD"] >= sum(len(table.rows) * len(table.columns) for table in tables) - heading
    assert len([each for each in found if each["/S"] == "/Figure" and str(each.get("/Alt", ""))]) == len(pictures)
    levels = [int(each["/S"][2:]) for each in found if re.fullmatch("/H[1-6]", each["/S"])]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
