"""The matrix holds what the region has, in the columns that officials know, and says of each blank why it is one."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from nangkis.budget.schema import Stage
from nangkis.content.catalogue import LANGUAGES
from nangkis.content.sentences import spoken
from nangkis.content.tree import Block, Bullets, Cell, Empty, Missing, Paragraph, Table, figures_of_block
from nangkis.documents.materials import gather
from nangkis.documents.programmes import matrix, targets
from nangkis.indicators.catalogue import indicators
from nangkis.intake.request import Request
from nangkis.lake.snapshot import TABLE
from nangkis.parameters.loader import packaged
from nangkis.planning.authority import Authority, authority_levels, authority_of
from nangkis.planning.ceilings import ceilings_of
from nangkis.planning.targets import promised, targets_of
from nangkis.regions.register import Level
from nangkis.vocabulary.codes import Region
from nangkis.vocabulary.figures import Figure
from nangkis.workspace.importing import ImportRules, import_files
from nangkis.workspace.opened import Workspace, open_workspace
from nangkis.workspace.tracing import follow
from tests.rooms.planning.matrices import tables_of


REGION = Region.parse("kemendagri-2025:72.06")
NOON, TODAY = datetime(2026, 11, 24, 12, tzinfo=UTC), date(2026, 11, 24)
SOCIAL = "1.06.0.00.0.00.01.0000 Dinas Sosial"
SCHOOLS = "1.01.0.00.0.00.01.0000 Dinas Pendidikan"
# Two offices share programme 1.01.02; one line belongs to the province by the fourth part of its code.
BUDGET = (
    f"{SOCIAL};1.06.05.2.02.0001 Pendataan Fakir Miskin;100",
    f"{SCHOOLS};1.01.02.2.01.0028 Pengadaan Perlengkapan Siswa;40",
    f"{SCHOOLS};1.01.02.1.01.0028 Pengadaan Perlengkapan Siswa;30",
    f"{SOCIAL};1.01.02.2.01.0029 Pengadaan Perlengkapan Siswa;20",
)
HEADER = (
    "kode_skpd;nama_skpd;kode_sasaran;sasaran;kode_program;nama_program;indikator;satuan;target_awal;target_1;target_2;"
    "target_3;target_4;target_5;target_akhir;pagu_1;pagu_2;pagu_3;pagu_4;pagu_5"
)
FUNDS = (("DAU", 70), ("DAK Fisik", 30))
AIM = "S1;Menurunnya kemiskinan"
PLAN = (
    f"{SOCIAL.replace(' ', ';', 1)};{AIM};1.06.05;Perlindungan Sosial;Keluarga data;%;8;8;8;8;8;9;9;100;90;300;400;0",
    # The office by its name alone, written another way: it is the same office.
    f";DINAS  PENDIDIKAN;{AIM};1.01.02;;Persentase Penduduk Miskin (%);%;14;13;12;11;10;9;9;50;60;70;80;90",
)


def imported(folder: Path, *, plan: tuple[str, ...] = PLAN, years: tuple[int, ...] = (2026,)) -> Workspace:
    workspace = open_workspace(folder / "kerja")

    def take(name: str, lines: tuple[str, ...], said: Request) -> None:
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
        (done,) = import_files(workspace, [folder / name], rules=ImportRules(said), at=NOON, on=TODAY, by="Sri")
        assert done.table is not None, done.outcome.refusal

    for year in years:
        lines = ("OPD;Sub Kegiatan;Pagu", *(f"{line}{'0' * (year - years[0])}" for line in BUDGET))
        take(f"pagu {year}.csv", lines, Request(region=REGION, year=year, stage=Stage.RKPD))
    if plan:
        take("rpjmd.csv", (HEADER, *plan), Request(region=REGION, year=2025))
    return workspace


def matrix_in(workspace: Workspace, *, year: int = 2026, on: date = TODAY) -> tuple[Block, ...]:
    materials = gather(workspace.lake.snapshot(), REGION, year=year, stage=None, parameters=packaged(), on=on)
    return matrix(materials)


def shown(cell: Cell, language: str = "id") -> str:
    return "–" if isinstance(cell, Missing) else spoken(cell, language, bare=True)  # type: ignore[arg-type]


def rows_of(table: Table) -> list[list[str]]:
    return [[shown(cell) for cell in row.cells] for row in table.rows]


def test_the_columns_stand_in_the_order_of_the_official_matrix(tmp_path: Path) -> None:
    heads = [
        spoken(column.title, "id") for table in tables_of(matrix_in(imported(tmp_path))) for column in table.columns
    ]

    wanted = [
        "Masalah", "Determinan", "Kewenangan", "Sasaran RPJMD", "Strategi", "Program", "Indikator", "Awal", "2025",
        "2029", "Kode", "Program dan sub kegiatan", "Keluaran dan target", "Dana atau batas",
        "Pagu 2025 (Rp)", "Pagu 2029 (Rp)", "Kelompok sasaran", "Lokasi", "Perangkat daerah utama",
        "Perangkat daerah pendukung",
    ]  # fmt: skip
    places = [heads.index(name) for name in wanted]
    assert places == sorted(places)


def test_programmes_of_a_strategy_add_to_its_sum_and_say_aim_dimension_and_authority(tmp_path: Path) -> None:
    rows = rows_of(tables_of(matrix_in(imported(tmp_path)))[0])

    total, schools, social = rows
    assert total[-2:] == ["4", str(100 + 40 + 30 + 20)]
    assert schools[1:] == [
        "Pendidikan", "daerah ini; provinsi, usulkan", "S1 Menurunnya kemiskinan", "1",
        "1.01.02 Program Pengelolaan Pendidikan", "3", str(40 + 30 + 20),
    ]  # fmt: skip
    assert social[5:] == ["1.06.05 Perlindungan Sosial", "1", "100"]


def test_a_name_in_capitals_is_spelled_as_the_official_list_has_it(tmp_path: Path) -> None:
    shouted = PLAN[1].replace(";1.01.02;;", ";1.01.02;PROGRAM PENGELOLAAN PENDIDIKAN;")
    other = PLAN[0].replace("Perlindungan Sosial", "PERLINDUNGAN SOSIAL DAERAH")
    rows = rows_of(tables_of(matrix_in(imported(tmp_path, plan=(shouted, other))))[0])

    assert [row[5] for row in rows[1:]] == [
        "1.01.02 Program Pengelolaan Pendidikan",
        "1.06.05 PERLINDUNGAN SOSIAL DAERAH",  # another name: the file's own words stand
    ]


def test_what_belongs_to_the_province_is_named_to_be_proposed(tmp_path: Path) -> None:
    said = [
        spoken(sentence, "id")
        for block in matrix_in(imported(tmp_path))
        if isinstance(block, Paragraph)
        for sentence in block.sentences
    ]

    (told,) = (one for one in said if "bukan kewenangan daerah ini" in one)
    assert told.endswith(": 1.01.02.1.01.")


def test_sub_kegiatan_stand_under_the_ceilings_of_their_programme_and_office(tmp_path: Path) -> None:
    rows = rows_of(tables_of(matrix_in(imported(tmp_path)))[2])

    assert [(row[0], row[4:]) for row in rows] == [
        ("1.01.02", ["50", "60", "70", "80", "90"]),
        ("1.01.02.1.01.0028", ["–", "30", "–", "–", "–"]),
        ("1.01.02.2.01.0028", ["–", "40", "–", "–", "–"]),
        ("1.01.02", ["–", "–", "–", "–", "–"]),  # the plan gives the social office no share of this programme
        ("1.01.02.2.01.0029", ["–", "20", "–", "–", "–"]),
        ("1.06.05", ["100", "90", "300", "400", "–"]),  # zero is not filled in
        ("1.06.05.2.02.0001", ["–", "100", "–", "–", "–"]),
    ]


def test_money_of_several_sources_is_shown_by_source(tmp_path: Path) -> None:
    office, line, _ = BUDGET[0].split(";")
    lines = ("OPD;Sub Kegiatan;Sumber Dana;Pagu", *(f"{office};{line};{fund};{pagu}" for fund, pagu in FUNDS))
    (tmp_path / "pagu.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    workspace = open_workspace(tmp_path / "kerja")
    rules = ImportRules(Request(region=REGION, year=2026, stage=Stage.RKPD))
    (done,) = import_files(workspace, [tmp_path / "pagu.csv"], rules=rules, at=NOON, on=TODAY, by="Sri")
    assert done.table is not None, done.outcome.refusal

    rows = rows_of(tables_of(matrix_in(workspace))[1])

    assert [row[3:] for row in rows[1:]] == [
        ["semua sumber", str(70 + 30)],
        ["APBD: DAU", "70"],
        ["DAK fisik", "30"],
    ]


def test_the_next_year_is_shown_where_its_budget_is_there_and_no_further_one(tmp_path: Path) -> None:
    rows = rows_of(tables_of(matrix_in(imported(tmp_path, years=(2026, 2027, 2028))))[2])

    assert rows[-1][4:] == ["–", "100", "1.000", "–", "–"]


def test_only_a_programme_above_the_ceiling_of_its_own_office_is_told(tmp_path: Path) -> None:
    (over, *absurd) = (block for block in matrix_in(imported(tmp_path)) if isinstance(block, Bullets))

    assert [spoken(item, "id") for item in over.items] == [
        "1.01.02 Program Pengelolaan Pendidikan, Dinas Pendidikan: Rp70 terhadap pagu Rp60.",
        "1.06.05 Perlindungan Sosial, Dinas Sosial: Rp100 terhadap pagu Rp90.",
    ]
    # The whole budget is Rp190: ceilings of Rp300 and Rp400 for one programme cannot be meant.
    assert [spoken(item, "id") for item in absurd[0].items] == [
        "1.06.05 Perlindungan Sosial, pagu 2027: Rp300 terhadap seluruh belanja Rp190.",
        "1.06.05 Perlindungan Sosial, pagu 2028: Rp400 terhadap seluruh belanja Rp190.",
    ]


def test_a_plan_that_says_two_things_of_one_programme_is_told(tmp_path: Path) -> None:
    again = PLAN[0].replace("Keluarga data", "Keluarga dibantu").replace(";100;90;", ";110;90;")
    blocks = matrix_in(imported(tmp_path, plan=(*PLAN, again)))

    said = [spoken(one, "id") for block in blocks if isinstance(block, Paragraph) for one in block.sentences]
    assert any("lebih dari satu pagu" in one and "1.06.05" in one for one in said)


def test_without_an_rpjmd_the_matrix_shows_the_budget_and_says_what_is_wanted(tmp_path: Path) -> None:
    blocks = matrix_in(imported(tmp_path, plan=()))
    tables = tables_of(blocks)

    assert len(tables) == 3  # no targets
    assert told_in(blocks).startswith("Matriks ini terdiri atas tiga tabel")
    assert spoken(tables[1].title, "id").endswith(": sub kegiatan menurut programnya, 2026")
    assert not any("RPJMD" in spoken(note, "id") for note in tables[1].notes)
    assert [spoken(column.title, "id") for column in tables[1].columns][4:] == ["Pagu 2026 (Rp)"]
    assert sum("RPJMD belum ada" in spoken(block.why, "id") for block in blocks if isinstance(block, Empty)) == 1


def test_offices_lead_by_their_money(tmp_path: Path) -> None:
    rows = rows_of(tables_of(matrix_in(imported(tmp_path)))[3])

    assert [row[4:] for row in rows] == [["Dinas Pendidikan", "Dinas Sosial"], ["Dinas Sosial", "–"]]


def test_on_a_day_before_the_rules_the_matrix_says_so(tmp_path: Path) -> None:
    (empty,) = matrix_in(imported(tmp_path), on=date(2024, 1, 1))

    assert isinstance(empty, Empty)
    assert "belum berlaku" in spoken(empty.why, "id")


def test_without_a_budget_the_matrix_says_so(tmp_path: Path) -> None:
    workspace = open_workspace(tmp_path)
    materials = gather(workspace.lake.snapshot(), REGION, year=None, stage=None, parameters=packaged(), on=TODAY)

    (empty,) = matrix(materials)
    assert isinstance(empty, Empty)
    assert "anggaran daerah ini tidak ada" in spoken(empty.why, "id")


def test_every_figure_of_the_matrix_has_one_meaning_and_everything_can_be_said(tmp_path: Path) -> None:
    blocks = matrix_in(imported(tmp_path))
    figures = [figure for block in blocks for figure in figures_of_block(block)]
    by_key: dict[str, Figure] = {}

    assert all(by_key.setdefault(figure.key, figure) == figure for figure in figures)
    for language in LANGUAGES:
        assert all(shown(cell, language) for table in tables_of(blocks) for row in table.rows for cell in row.cells)


@pytest.mark.parametrize(
    ("code", "level", "whose"),
    [
        ("1.01.02.1.01", Level.KOTA, Authority.PROVINCE),
        ("1.01.02.2.01", Level.KOTA, Authority.OWN),
        ("1.01.02.1.01", Level.PROVINCE, Authority.OWN),
        ("1.01.02.2.01", Level.PROVINCE, Authority.REGENCY),
        ("1.01.02.4.01", Level.KABUPATEN, Authority.SPECIAL),
        ("1.01.02.9.01", Level.KABUPATEN, Authority.UNKNOWN),
        ("1.01.02", Level.KABUPATEN, Authority.UNKNOWN),
        (None, Level.KABUPATEN, Authority.UNKNOWN),
    ],
)
def test_the_fourth_part_of_a_code_says_whose_affair_it_is(code: str | None, level: Level, whose: Authority) -> None:
    assert authority_of(code, level, authority_levels(packaged(), TODAY)) is whose


def test_an_indicator_of_another_group_of_people_sets_no_target(tmp_path: Path) -> None:
    poor = indicators()["POV.P0"]
    other = PLAN[1].replace("Persentase Penduduk Miskin (%)", "Persentase Penduduk Miskin Usia Lanjut")
    own, others = tmp_path / "a", tmp_path / "b"
    own.mkdir()
    others.mkdir()

    found = targets_of(ceilings_of(imported(own).lake.snapshot(), REGION), poor)
    assert found is not None
    assert [found[f"target_{year}"] for year in range(1, 6)] == ["13", "12", "11", "10", "9"]
    assert targets_of(ceilings_of(imported(others, plan=(PLAN[0], other)).lake.snapshot(), REGION), poor) is None


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("13", "13"),
        ("16.5", "16,5"),  # a native number of a workbook
        ("16,50", "16,50"),
        ("0.1234", "0,1234"),
        ("-2", "\N{MINUS SIGN}2"),
        ("1.250", "1.250"),  # thousand or one and a quarter: as the file has it
        ("meningkat", "meningkat"),
        ("90%", "90%"),
    ],
)
def test_a_target_is_printed_in_the_marks_of_the_language_where_it_is_a_number(written: str, printed: str) -> None:
    place = {"region": "x", "office_code": None, "office_name": "Dinas Sosial", "program_code": "1.06.05"}
    row = {**place, TABLE: "rpjmd-1", "_sheet": "csv", "_row": 2, "target_1": written}
    found = promised(row, "target_1")

    assert found is not None
    assert spoken(found, "id", bare=True) == printed
    assert isinstance(found, Figure) == (printed not in {"1.250", "meningkat", "90%"})
    assert promised({**row, "target_1": None}, "target_1") is None


def test_a_numeric_target_can_be_traced_to_its_cell(tmp_path: Path) -> None:
    workspace = imported(tmp_path)
    table = tables_of(matrix_in(workspace))[1]

    figures = [cell for cell in table.rows[0].cells if isinstance(cell, Figure)]
    traced = [cell for figure in figures for one in figure.origin.inputs for cell in follow(workspace, one).cells]
    assert [(cell.cell, cell.value) for cell in traced][:2] == [("I3", "14"), ("J3", "13")]


def test_without_problems_no_target_is_set(tmp_path: Path) -> None:
    workspace = imported(tmp_path)
    materials = gather(workspace.lake.snapshot(), REGION, year=2026, stage=None, parameters=packaged(), on=TODAY)

    (empty,) = targets(materials)
    assert isinstance(empty, Empty)


def told_in(blocks: tuple[Block, ...]) -> str:
    return " ".join(spoken(one, "id") for block in blocks if isinstance(block, Paragraph) for one in block.sentences)


def test_what_is_held_against_the_ceiling_is_named_by_its_stage(tmp_path: Path) -> None:
    told = told_in(matrix_in(imported(tmp_path)))

    assert "Menurut RKPD tahun 2026, program berikut melampaui pagunya dalam RPJMD." in told
    assert "anggaran tahun 2026" not in told  # an RKPD holds ceilings, no budget yet


@pytest.mark.parametrize(("other", "exceeds"), [("95", True), ("100", False), ("300", False)])
def test_of_several_ceilings_only_what_is_above_all_surely_exceeds(
    tmp_path: Path, other: str, *, exceeds: bool
) -> None:
    again = PLAN[0].replace("Keluarga data", "Keluarga dibantu").replace(";100;90;", f";100;{other};")
    (over, *_) = (block for block in matrix_in(imported(tmp_path, plan=(*PLAN, again))) if isinstance(block, Bullets))

    assert any("1.06.05" in spoken(item, "id") for item in over.items) is exceeds


def test_an_indicator_repeated_under_another_aim_stands_once(tmp_path: Path) -> None:
    again = PLAN[0].replace("S1;Menurunnya kemiskinan", "S2;Meningkatnya layanan")
    other = PLAN[0].replace("S1;Menurunnya kemiskinan", "S2;Meningkatnya layanan").replace(";8;8;", ";7;8;", 1)
    once, both = tmp_path / "a", tmp_path / "b"
    once.mkdir()
    both.mkdir()

    assert len(tables_of(matrix_in(imported(once, plan=(*PLAN, again))))[1].rows) == 2
    assert len(tables_of(matrix_in(imported(both, plan=(*PLAN, other))))[1].rows) == 3  # another start: another row


@pytest.mark.parametrize(
    ("targets_as_read", "wanted"),
    [
        ("%;8;8;8;8;8;9;9", {"start"}),
        ("%;0;8;8;8;8;9;9", {"start"}),  # a start of zero may be true
        ("%;8;0;8;8;8;9;9", {"start", "zero"}),
        ("%;8;8;8;8;8;1.250;9", {"start", "as-written"}),
        ("%;21,007;8;8;8;8;9;9", {"start", "as-written"}),
        ("%;8;8;8;8;8;1,25;9", {"start"}),
    ],
)
def test_doubtful_targets_are_explained_below_the_table(tmp_path: Path, targets_as_read: str, wanted: set[str]) -> None:
    plan = PLAN[0].replace("%;8;8;8;8;8;9;9", targets_as_read)
    table = tables_of(matrix_in(imported(tmp_path, plan=(plan,))))[1]

    assert {note.code.rpartition(".")[2] for note in table.notes} == wanted


def test_a_year_before_the_budget_is_not_called_planned(tmp_path: Path) -> None:
    rows = tables_of(matrix_in(imported(tmp_path, years=(2026, 2027))))[2].rows

    reasons = [cell.reason.code.rpartition(".")[2] if isinstance(cell, Missing) else "" for cell in rows[-1].cells[4:]]
    assert reasons == ["not-uploaded", "", "", "programme-level", "programme-level"]


def test_the_amounts_of_sub_kegiatan_are_named_by_stage_and_year(tmp_path: Path) -> None:
    notes = [spoken(note, "id") for note in tables_of(matrix_in(imported(tmp_path, years=(2026, 2027))))[2].notes]

    assert {f"Nilai sub kegiatan tahun {year} menurut RKPD." for year in (2026, 2027)} <= set(notes)


def test_a_file_without_sheets_is_named_without_one_and_no_source_ends_in_a_stop(tmp_path: Path) -> None:
    for table in tables_of(matrix_in(imported(tmp_path))):
        for source in table.sources:
            for language in LANGUAGES:
                assert spoken(source, language).rpartition(" ")[2] in {"2026.csv", "rpjmd.csv"}
