"""Priority locations: points that can be counted by hand, small counts never printed, every number traceable."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from nangkis.content.charts import Tiles
from nangkis.content.sentences import spoken
from nangkis.content.tree import Bullets, Missing, Paragraph, Picture, Table
from nangkis.intake.request import Request as ImportRequest
from nangkis.parameters.loader import packaged
from nangkis.planning.location_exhibits import families_of_all, location_blocks
from nangkis.planning.locations import Locations, locate
from nangkis.regions.register import children
from nangkis.vocabulary.codes import Region
from nangkis.vocabulary.figures import Figure
from nangkis.workspace.importing import ImportRules, import_files
from nangkis.workspace.making import write_document
from nangkis.workspace.opened import Workspace, open_workspace
from nangkis.workspace.record import Request
from nangkis.workspace.tracing import follow
from nangkis.workspace.verifying import verify
from tests.rooms.planning.imports import take_places


NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
TODAY = date(2026, 11, 24)
REGION = Region.parse("kemendagri-2025:72.06")
DISTRICTS = children(REGION)[:4]
HEADER = "Kode Wilayah;Nama Wilayah;Tahun;Desil 1;Desil 2;Desil 3;Desil 4;Jumlah Keluarga;FSVA;Status IDM"
# place         d1  d2  d3  d4 total fsva IDM            poor share  points
# DISTRICTS[0] 100 100 100 100  800    2  tertinggal      400  0.50  many, dense, fsva, idm = 4 -> class 1
# DISTRICTS[1]  50  50  50  50 1000    3  maju            200  0.20  fsva = 1                    -> class 3
# DISTRICTS[2]  90  80  70  60  500    5  berkembang      300  0.60  many, dense = 2             -> class 2
# DISTRICTS[3]   3  20  20  20  100    6  mandiri          63  0.63  dense = 1                   -> class 3
# median of 400, 200, 300, 63 is 250; all together 963 of 2400 families = 0.40
ROWS = (
    "100;100;100;100;800;2;Tertinggal",
    "50;50;50;50;1000;3;Maju",
    "90;80;70;60;500;5;Berkembang",
    "3;20;20;20;100;6;Mandiri",
)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    lines = [f"{at.region.digits};{at.name};2025;{row}" for at, row in zip(DISTRICTS, ROWS, strict=True)]
    path = tmp_path / "desil kecamatan.csv"
    path.write_text("\n".join((HEADER, *lines)) + "\n", encoding="utf-8")
    opened = open_workspace(tmp_path / "kerja")
    (done,) = import_files(opened, [path], rules=ImportRules(ImportRequest()), at=NOON, on=TODAY, by="Sri")
    assert done.table is not None, done.outcome.refusal
    return opened


def located(workspace: Workspace) -> Locations:
    (found,) = locate(workspace.lake.snapshot(), REGION, parameters=packaged(), on=TODAY)
    return found


def test_points_and_classes_are_those_of_the_sums_drawn_above(workspace: Workspace) -> None:
    places = located(workspace).places

    order = [DISTRICTS[at] for at in (0, 2, 1, 3)]  # class 1, class 2, then class 3 with the more families first
    assert places["place"].to_list() == [str(at.region) for at in order]
    assert places["points"].to_list() == [4, 2, 1, 1]
    assert places["priority"].to_list() == ["1", "2", "3", "3"]


def test_few_families_are_not_printed_and_cannot_be_reckoned(workspace: Workspace) -> None:
    (table,) = (block for block in location_blocks([located(workspace)]) if isinstance(block, Table))

    last = table.rows[-1].cells
    assert isinstance(last[2], Missing)  # 3 families in the first decile
    assert isinstance(last[3], Figure)  # 63 in the first four
    assert all(isinstance(row.cells[2], Figure) for row in table.rows[:-1])


def test_every_number_can_be_found_again_in_the_lake(workspace: Workspace) -> None:
    (table,) = (block for block in location_blocks([located(workspace)]) if isinstance(block, Table))

    poor = table.rows[0].cells[3]
    assert isinstance(poor, Figure)
    traced = [follow(workspace, one).cells for one in poor.origin.inputs]
    assert [(cell.cell, cell.value) for cells in traced for cell in cells] == [
        ("D2", 100),
        ("E2", 100),
        ("F2", 100),
        ("G2", 100),
    ]
    assert poor.value == 100 + 100 + 100 + 100


def test_points_rest_on_the_families_of_every_place(workspace: Workspace) -> None:
    """The median and the share of all are of all: a corrected count of one place may move the class of another."""
    (table,) = (block for block in location_blocks([located(workspace)]) if isinstance(block, Table))

    points = table.rows[0].cells[7]
    assert isinstance(points, Figure)
    cells = {cell.cell for one in points.origin.inputs for cell in follow(workspace, one).cells}
    families = {f"{column}{row}" for column in "DEFGH" for row in (2, 3, 4, 5)}
    assert cells == families | {"I2", "J2"}  # FSVA and IDM are its own


def test_the_number_of_first_places_rests_on_every_criterion(workspace: Workspace) -> None:
    (said,) = (block for block in location_blocks([located(workspace)])[2:3] if isinstance(block, Paragraph))

    first = said.sentences[0].values["first"]
    assert isinstance(first, Figure)
    assert {one.column for one in first.origin.inputs} == {
        "families_1", "families_2", "families_3", "families_4", "families_total", "fsva", "idm",
    }  # fmt: skip


def test_the_rule_is_told_on_the_page(workspace: Workspace) -> None:
    rule, criteria = location_blocks([located(workspace)])[:2]

    assert isinstance(rule, Paragraph)
    assert isinstance(criteria, Bullets)
    told = spoken(rule.sentences[0], "id")
    assert "desil 1–4" in spoken(criteria.items[0], "id")
    assert "paling sedikit 3 poin berkelas prioritas pertama, dengan 2 poin berkelas kedua" in told
    assert "prioritasnya 1–3 menurut FSVA" in spoken(criteria.items[2], "id")


def test_the_families_of_all_places_are_added_only_where_none_is_hidden(workspace: Workspace) -> None:
    found = located(workspace)
    told = families_of_all(found)

    assert told is not None
    assert told.value == 400 + 200 + 300 + 63
    hidden = found.places.with_columns(
        pl.when(pl.col("place") == str(DISTRICTS[3].region)).then(4).otherwise(pl.col("poor")).alias("poor")
    )
    assert families_of_all(replace(found, places=hidden)) is None


def test_nothing_is_ranked_before_the_rule_holds(workspace: Workspace) -> None:
    assert locate(workspace.lake.snapshot(), REGION, parameters=packaged(), on=date(2019, 1, 1)) == ()


def test_a_plan_shows_the_chapter_and_its_numbers_hold(workspace: Workspace, tmp_path: Path) -> None:
    made = write_document(workspace, Request("rpkd", str(REGION), "id", TODAY, None, None, None), tmp_path / "out")

    found = verify(workspace, made.path)

    assert found.holds
    assert sum(figure.key.startswith("locations/") for figure in found.figures) >= len(DISTRICTS) * 3


def test_each_kecamatan_has_a_tile_in_the_order_of_codes_with_the_points_of_the_table(workspace: Workspace) -> None:
    blocks = location_blocks([located(workspace)])
    (chart,) = (block.chart for block in blocks if isinstance(block, Picture))
    (table,) = (block for block in blocks if isinstance(block, Table))

    assert isinstance(chart, Tiles)
    assert [(tile.label.text, tile.role) for tile in chart.tiles] == [
        (at.name, role) for at, role in zip(DISTRICTS, ("first", "third", "second", "third"), strict=True)
    ]
    points = {tile.words.values["points"] for tile in chart.tiles}
    assert points == {row.cells[7] for row in table.rows}


def test_what_one_desa_hides_none_of_its_kecamatan_shows(tmp_path: Path) -> None:
    """43 families of the kecamatan less 40 of one desa would give the 3 of the other."""
    district = DISTRICTS[0]
    first, second = children(district.region)[:2]
    lines = [
        f"{at.region.digits};{at.name};2025;{row}"
        for at, row in (
            (district, "43;100;100;100;800;2;"),
            (first, "40;50;50;50;400;2;Maju"),
            (second, "3;50;50;50;400;2;Maju"),
        )
    ]
    path = tmp_path / "desil desa.csv"
    path.write_text("\n".join((HEADER, *lines)) + "\n", encoding="utf-8")
    opened = open_workspace(tmp_path / "kerja")
    import_files(opened, [path], rules=ImportRules(ImportRequest()), at=NOON, on=TODAY, by="Sri")
    found = locate(opened.lake.snapshot(), REGION, parameters=packaged(), on=TODAY)

    tables = [block for block in location_blocks(found) if isinstance(block, Table)]

    assert [isinstance(row.cells[2], Missing) for table in tables for row in table.rows] == [False, True, True]


def test_the_heads_name_the_deciles_and_the_notes_the_order_and_the_ends_of_the_scale(workspace: Workspace) -> None:
    (table,) = (block for block in location_blocks([located(workspace)]) if isinstance(block, Table))

    heads = [spoken(column.title, "id") for column in table.columns]
    assert heads[2:5] == ["Keluarga desil 1", "Keluarga desil 1–4", "Bagian keluarga itu (%)"]
    notes = " ".join(spoken(note, "id") for note in table.notes)
    assert "menurut kelas, lalu menurut banyaknya keluarga pada desil 1–4" in notes
    assert "FSVA: 1 paling rentan, 6 paling tahan." in notes


def ranked(folder: Path, *rows: str, year: int = 2025) -> Locations:
    """Take in kecamatan by their rows, in the order of codes."""
    lines = [f"{at.region.digits};{at.name};{year};{row}" for at, row in zip(DISTRICTS, rows, strict=False)]
    (found,) = locate(take_places(folder, *lines).lake.snapshot(), REGION, parameters=packaged(), on=TODAY)
    return found


def hidden(found: Locations, row: int) -> list[bool]:
    """Whether a row hides its lowest decile, its poor families and their share."""
    (table,) = (block for block in location_blocks([found]) if isinstance(block, Table))
    return [isinstance(cell, Missing) for cell in table.rows[row].cells[2:5]]


@pytest.mark.parametrize(
    ("row", "hides"),
    [
        ("5;5;5;5;100;2;", [False, False, False]),  # five may be printed
        ("4;50;50;50;400;2;", [True, False, False]),
        ("0;50;50;50;400;2;", [False, False, False]),  # none is no family to know
        ("50;2;2;0;400;2;", [True, False, False]),  # 54 less 50 are four
        ("50;3;2;0;400;2;", [False, False, False]),
        ("1;1;1;1;400;2;", [True, True, True]),
        ("50;50;50;50;204;2;", [False, True, True]),  # all but four are poor
        ("50;50;50;50;205;2;", [False, False, False]),
    ],
)
def test_five_families_are_the_fewest_that_may_be_printed_or_reckoned(
    tmp_path: Path, row: str, hides: list[bool]
) -> None:
    assert hidden(ranked(tmp_path, row), 0) == hides


def test_a_place_at_the_median_and_at_the_share_of_all_meets_both(tmp_path: Path) -> None:
    same = "100;100;100;100;800;6;"

    assert ranked(tmp_path, same, same).places["points"].to_list() == [2, 2]


def test_a_place_without_families_or_without_their_number_gets_no_points_for_them(tmp_path: Path) -> None:
    found = ranked(tmp_path, "0;0;0;0;0;6;", "100;100;100;100;800;6;", ";;;;;1;")
    by_place = dict(found.places.select("place", "points").iter_rows())

    assert [by_place[str(at.region)] for at in DISTRICTS[:3]] == [0, 2, 1]
    assert families_of_all(found) is None  # one place does not tell its families


def test_only_the_latest_year_is_ranked(tmp_path: Path) -> None:
    ranked(tmp_path, "900;100;100;100;1800;2;", "50;50;50;50;1000;3;", year=2024)
    lines = [f"{DISTRICTS[0].region.digits};{DISTRICTS[0].name};2025;100;100;100;100;800;2;"]
    workspace = take_places(tmp_path, *lines, name="baru.csv")
    (found,) = locate(workspace.lake.snapshot(), REGION, parameters=packaged(), on=TODAY)

    assert (found.year, found.places.height) == (2025, 1)
    assert [one.source.name for one in found.manifests] == ["baru.csv"]


@pytest.mark.parametrize(("shown", "is_cut"), [(2, False), (1, True)])
def test_a_table_that_shows_only_the_foremost_says_so(tmp_path: Path, shown: int, *, is_cut: bool) -> None:
    found = replace(ranked(tmp_path, "90;80;70;60;500;5;", "50;50;50;50;1000;3;"), most_shown=shown)
    (table,) = (block for block in location_blocks([found]) if isinstance(block, Table))

    assert len(table.rows) == shown
    assert any("Hanya yang terdepan" in spoken(note, "id") for note in table.notes) is is_cut
