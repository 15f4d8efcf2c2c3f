"""What the matrix says of outputs, places, offices and ceilings is what the files say, and a doubt stays a doubt."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from nangkis.budget.schema import Stage
from nangkis.content.sentences import spoken
from nangkis.content.tree import Block, Bullets, Empty, Paragraph, Table
from nangkis.documents.materials import gather
from nangkis.documents.programmes import matrix
from nangkis.indicators.catalogue import indicators
from nangkis.parameters.loader import packaged
from nangkis.planning.authority import authority_levels
from nangkis.planning.ceilings import ceilings_of
from nangkis.planning.targets import targets_of
from nangkis.planning.telling import programme, unit_of_file
from nangkis.regions.register import children
from nangkis.vocabulary.codes import Region
from nangkis.vocabulary.figures import Label
from nangkis.workspace.opened import Workspace
from tests.rooms.planning.imports import REGION, TODAY, take_budget, take_places, take_plan
from tests.rooms.planning.matrices import AID, HOUSING, SOCIAL, WATER, made, told


SCHOOLS = "1.01.0.00.0.00.01.0000 Dinas Pendidikan"
DATA = "1.06.05.2.02.0001 Pendataan Fakir Miskin"  # supports
DETAILS = "OPD;Sub Kegiatan;Pagu;Lokasi;Indikator Keluaran;Target;Sumber Dana"
AIM = "S1;Menurunnya kemiskinan"
# Families of deciles one to four, all, FSVA, IDM: the second has the more poor families.
FIRST, SECOND, THIRD = (f"{at.region.digits};{at.name};2025" for at in children(REGION)[:3])
RICH = f"{THIRD};1;1;1;97;5000;6;"


def planned(office: str, programme: str = "1.06.05", *, aim: str = AIM, money: str = "9;9;9;9;9", at: str = "8") -> str:
    return f"{office};{aim};{programme};Perlindungan Sosial;Keluarga data;%;{at};8;8;8;8;9;9;{money}"


def blocks_of(workspace: Workspace, region: Region = REGION) -> tuple[Block, ...]:
    snapshot = workspace.lake.snapshot()
    return matrix(gather(snapshot, region, year=2026, stage=None, parameters=packaged(), on=TODAY))


def tables_of(workspace: Workspace) -> list[Table]:
    """The matrix's tables: of problems, of targets where there is a plan, of money, of reach."""
    return [block for block in blocks_of(workspace) if isinstance(block, Table)]


def said(blocks: tuple[Block, ...]) -> str:
    return " ".join(spoken(one, "id") for block in blocks if isinstance(block, Paragraph) for one in block.sentences)


def over(blocks: tuple[Block, ...]) -> list[str]:
    return [spoken(item, "id") for block in blocks if isinstance(block, Bullets) for item in block.items]


def test_output_target_fund_and_places_are_the_files_own(tmp_path: Path) -> None:
    *_, money, reach = tables_of(
        take_budget(tmp_path, f"{SOCIAL};{AID};9;Kec. Satu;Keluarga dibantu;30 KK;DAU", header=DETAILS)
    )

    assert [told(cell) for cell in money.rows[1].cells[2:6]] == ["Keluarga dibantu", "KK", "30", "APBD: DAU"]
    assert told(reach.rows[0].cells[3]) == "menurut anggaran: Kec. Satu"


def test_an_english_reader_is_told_plain_units_in_english_and_others_as_written(tmp_path: Path) -> None:
    *_, money, _ = tables_of(take_budget(tmp_path, f"{SOCIAL};{AID};9;;Keluarga dibantu;7 orang;", header=DETAILS))

    assert told(money.rows[1].cells[3], "en") == "people"
    assert told(money.rows[1].cells[3]) == "orang"
    assert spoken(unit_of_file("Dokumen; bungkus"), "en") == "documents; bungkus"


def test_an_output_without_a_target_is_told_alone(tmp_path: Path) -> None:
    *_, money, _ = tables_of(take_budget(tmp_path, f"{SOCIAL};{AID};9;;Keluarga dibantu;;", header=DETAILS))

    assert [told(cell) for cell in money.rows[1].cells[2:5]] == [
        "Keluarga dibantu",
        "berkas anggaran tidak menyebut satuannya sendiri",
        "berkas anggaran tidak memuat targetnya",
    ]


@pytest.mark.parametrize(("count", "is_cut"), [(8, False), (9, True)])
def test_only_a_long_list_of_places_is_cut_and_says_so(tmp_path: Path, count: int, *, is_cut: bool) -> None:
    lines = [f"{SOCIAL};1.06.05.2.02.{at:04} {AID[18:]};9;Desa {at};;;" for at in range(1, count + 1)]
    *_, reach = tables_of(take_budget(tmp_path, *lines, header=DETAILS))

    cell = told(reach.rows[0].cells[3])
    assert cell.count("Desa") == 8
    assert cell.endswith(" …") is is_cut


def test_a_programme_is_for_its_nearest_reach(tmp_path: Path) -> None:
    *_, reach = tables_of(take_budget(tmp_path, f"{SOCIAL};{DATA};9", f"{SOCIAL};{AID};1", f"{HOUSING};{WATER};5"))

    assert [tuple(map(told, row.cells[1:3])) for row in reach.rows] == [
        ("warga di lokasi layanan atau prasarananya", "keluarga miskin tidak menerimanya langsung"),
        ("keluarga miskin, langsung", "jumlahnya belum ada di data wilayah"),
    ]


def test_what_only_supports_is_not_said_to_reach_the_poor(tmp_path: Path) -> None:
    *_, reach = tables_of(take_budget(tmp_path, f"{SOCIAL};{DATA};9"))

    assert told(reach.rows[0].cells[1]).startswith("pelaksana program")


def test_places_proposed_are_the_kecamatan_of_the_first_class_in_the_order_of_codes(tmp_path: Path) -> None:
    take_places(tmp_path, f"{FIRST};100;100;100;100;800;2;", f"{SECOND};200;100;100;100;800;2;", RICH)
    *_, reach = tables_of(take_budget(tmp_path, f"{SOCIAL};{AID};9"))
    names = [at.name for at in children(REGION)[:2]]

    group, families, places = (told(cell) for cell in reach.rows[0].cells[1:4])
    assert (group, families) == ("keluarga desil 1–4 di seluruh daerah, langsung", "1.000")  # 400 + 500 + 100
    assert [places.index(name) for name in names] == sorted(places.index(name) for name in names)
    assert children(REGION)[2].name not in places


def test_where_no_kecamatan_is_of_the_first_class_it_is_told(tmp_path: Path) -> None:
    take_places(tmp_path, RICH)
    *_, reach = tables_of(take_budget(tmp_path, f"{SOCIAL};{AID};9"))

    assert told(reach.rows[0].cells[3]) == "tidak ada kecamatan berkelas prioritas pertama"


def test_a_supporting_office_is_named_once(tmp_path: Path) -> None:
    again = HOUSING.replace(".01.0000", ".02.0000")  # a second unit of the same name
    *_, reach = tables_of(
        take_budget(tmp_path, f"{SOCIAL};{AID};9", f"{HOUSING};{DATA};2", f"{again};{DATA.replace('0001', '0002')};1")
    )

    assert [told(cell) for cell in reach.rows[0].cells[4:]] == ["Dinas Sosial", "Dinas Perumahan"]


def test_which_stage_of_the_next_year_is_meant_is_never_guessed(tmp_path: Path) -> None:
    take_budget(tmp_path, f"{SOCIAL};{AID};9")
    take_budget(tmp_path, f"{SOCIAL};{AID};7", year=2027, stage=Stage.APBD)
    *_, money, _ = tables_of(take_budget(tmp_path, f"{SOCIAL};{AID};8", year=2027))

    assert [told(cell) for cell in money.rows[1].cells[4:]] == ["9"]  # no plan: the years of the budgets used


def test_a_sub_kegiatan_that_the_next_year_lacks_is_not_called_blank(tmp_path: Path) -> None:
    take_budget(tmp_path, f"{SOCIAL};{AID};9")
    *_, money, _ = tables_of(take_budget(tmp_path, f"{SOCIAL};{DATA};8", year=2027))

    row = next(row for row in money.rows if told(row.cells[0]) == AID.split(maxsplit=1)[0])
    assert [told(cell) for cell in row.cells[4:]] == ["9", "tidak ada dalam anggaran tahun itu"]


def test_a_programme_that_the_plan_lacks_is_named_and_one_of_another_office_is_called_loose(tmp_path: Path) -> None:
    take_plan(tmp_path, planned(HOUSING.replace(" ", ";", 1)))
    blocks = blocks_of(take_budget(tmp_path, f"{SOCIAL};{AID};9", f"{HOUSING};{WATER};5"))

    assert "tidak ada dalam matriks RPJMD: 1.03.03." in said(blocks)
    assert "tidak dapat dipasangkan dengan perangkat daerah pada anggaran: 1.06.05." in said(blocks)


def test_a_plan_without_any_of_the_programmes_points_at_the_version_of_codes(tmp_path: Path) -> None:
    take_plan(tmp_path, planned(SOCIAL.replace(" ", ";", 1), "1.06.99"))
    (empty,) = (block for block in blocks_of(take_budget(tmp_path, f"{SOCIAL};{AID};9")) if isinstance(block, Empty))

    assert spoken(empty.do, "id").startswith("Periksa versi kode program")


def test_an_office_is_known_by_its_code_before_its_name(tmp_path: Path) -> None:
    other = f"1.06.0.00.0.00.99.0000;{SOCIAL.partition(' ')[2]}"  # another office that bears the name
    take_plan(tmp_path, planned(other, money="1;2;3;4;5"), planned(SOCIAL.replace(" ", ";", 1), money="5;6;7;8;9"))
    *_, money, _ = tables_of(take_budget(tmp_path, f"{SOCIAL};{AID};9"))

    assert [told(cell) for cell in money.rows[0].cells[4:]] == ["5", "6", "7", "8", "9"]


def test_of_two_offices_of_one_name_none_is_guessed(tmp_path: Path) -> None:
    take_plan(tmp_path, planned(";Dinas Sosial", money="1;2;3;4;5"), planned(";DINAS SOSIAL", money="5;6;7;8;9"))
    blocks = blocks_of(take_budget(tmp_path, f"{SOCIAL};{AID};9"))

    assert "tidak dapat dipasangkan" in said(blocks)


def test_money_stands_in_the_first_row_that_gives_any_and_a_blank_is_no_second_ceiling(tmp_path: Path) -> None:
    office = SOCIAL.replace(" ", ";", 1)
    rows = (
        planned(office, money=";;;;", at="1"),
        planned(office, money=";20;;;", at="2"),
        planned(office, money=";;;;"),
    )
    take_plan(tmp_path, *rows)
    workspace = take_budget(tmp_path, f"{SOCIAL};{AID};9", f"{SOCIAL};{DATA};90")
    *_, money, _ = tables_of(workspace)

    assert told(money.rows[0].cells[5]) == "20"
    assert "lebih dari satu pagu" not in said(blocks_of(workspace))


def test_of_two_ceilings_the_first_row_is_used(tmp_path: Path) -> None:
    office = SOCIAL.replace(" ", ";", 1)
    take_plan(tmp_path, planned(office, money="1;2;3;4;5", at="1"), planned(office, money="5;6;7;8;9", at="2"))
    *_, money, _ = tables_of(take_budget(tmp_path, f"{SOCIAL};{AID};9"))

    assert [told(cell) for cell in money.rows[0].cells[4:]] == ["1", "2", "3", "4", "5"]


def test_a_higher_ceiling_of_another_office_excuses_nothing_and_a_zero_is_no_ceiling(tmp_path: Path) -> None:
    take_plan(
        tmp_path,
        planned(SOCIAL.replace(" ", ";", 1), money="9;8;9;9;9"),
        planned(HOUSING.replace(" ", ";", 1), money="9;99;9;9;9"),
        planned(SCHOOLS.replace(" ", ";", 1), money="9;0;9;9;9"),
    )
    lines = (f"{SOCIAL};{AID};9", f"{HOUSING};{AID};9", f"{SCHOOLS};{AID};90")

    assert over(blocks_of(take_budget(tmp_path, *lines))) == [
        "1.06.05 Perlindungan Sosial, Dinas Sosial: Rp9 terhadap pagu Rp8."
    ]


def test_only_offices_with_a_proposal_are_held_against_their_ceiling(tmp_path: Path) -> None:
    """The housing office's own lines of the programme are held for a decision: nothing of it is in the matrix."""
    take_plan(
        tmp_path,
        planned(SCHOOLS.replace(" ", ";", 1), "1.01.02", money="9;99;9;9;9"),
        planned(HOUSING.replace(" ", ";", 1), "1.01.02", money="9;8;9;9;9"),
    )
    proposed, held = "1.01.02.2.01.0028 Pengadaan Perlengkapan Siswa", "1.01.02.2.01.0029 Pengelolaan Dana BOS"
    blocks = blocks_of(take_budget(tmp_path, f"{SCHOOLS};{proposed};9", f"{HOUSING};{held};90"))

    assert not any("terhadap pagu" in line for line in over(blocks))


def test_the_latest_plan_counts_alone(tmp_path: Path) -> None:
    office = SOCIAL.replace(" ", ";", 1)
    take_plan(tmp_path, planned(office, money="1;2;3;4;5"), first_year=2019)
    take_plan(tmp_path, planned(office, money="5;6;7;8;9"))
    _, _, money, _ = tables_of(take_budget(tmp_path, f"{SOCIAL};{AID};9"))

    assert [told(cell) for cell in money.rows[0].cells[4:]] == ["5", "6", "7", "8", "9"]
    assert [spoken(source, "id") for source in money.sources] == ["pagu rkpd 2026.csv", "rpjmd 2025.csv"]


def test_an_aim_is_told_once_and_two_aims_both(tmp_path: Path) -> None:
    office = SOCIAL.replace(" ", ";", 1)
    rows = (planned(office), planned(office, at="7"), planned(office, aim="S2;Meningkatnya layanan"))
    take_plan(tmp_path, *rows)
    problems, *_ = tables_of(take_budget(tmp_path, f"{SOCIAL};{AID};9"))

    assert told(problems.rows[1].cells[3]) == "S1 Menurunnya kemiskinan; S2 Meningkatnya layanan"


def test_a_strategy_names_only_the_dimensions_of_its_own_lines(tmp_path: Path) -> None:
    village = "2.13.0.00.0.00.01.0000 Dinas Desa"
    workspace = take_budget(
        tmp_path,
        f"{village};2.13.04.2.01.0008 Pembinaan dan Pemberdayaan BUM Desa dan Lembaga Kerja Sama antar Desa;5",
        f"{village};2.13.04.2.01.0005 Pembinaan Peningkatan Kapasitas Aparatur Pemerintah Desa;7",
    )
    problems, *_ = tables_of(workspace)
    rows = [[told(cell) for cell in row.cells] for row in problems.rows if not row.emphasis]

    assert [(row[4], row[1], row[-1]) for row in rows] == [
        ("2", "Ketenagakerjaan dan pendapatan", "5"),
        ("3", "Infrastruktur dasar", "7"),
    ]


@pytest.mark.parametrize(
    ("second", "is_known"),
    [("14;13;12;11;10;9;9", True), ("14;13;12;11;10;8;8", False)],
)
def test_a_target_that_two_rows_say_otherwise_is_not_chosen(tmp_path: Path, second: str, *, is_known: bool) -> None:
    rows = (
        f";Dinas {office};{AIM};1.06.05;;Persentase Penduduk Miskin;%;{targets};9;9;9;9;9"
        for office, targets in (("Sosial", "14;13;12;11;10;9;9"), ("Lain", second))
    )
    plan = ceilings_of(take_plan(tmp_path, *rows).lake.snapshot(), REGION)

    assert (targets_of(plan, indicators()["POV.P0"]) is not None) is is_known


def test_a_row_of_the_indicator_without_any_target_sets_none(tmp_path: Path) -> None:
    row = f";Dinas Sosial;{AIM};1.06.05;;Persentase Penduduk Miskin;%;14;;;;;;;9;9;9;9;9"

    assert targets_of(ceilings_of(take_plan(tmp_path, row).lake.snapshot(), REGION), indicators()["POV.P0"]) is None


def test_before_the_rule_no_code_says_whose_affair_it_is() -> None:
    assert authority_levels(packaged(), date(1999, 1, 1)) == {}


def test_a_province_plans_its_own_affairs_by_its_own_names_and_proposes_those_of_regencies(tmp_path: Path) -> None:
    province = Region.parse("kemendagri-2025:72")
    lines = (
        "7.01.0.00.0.00.01.0000 Biro;7.01.03.1.03.0004 Fasilitasi Pengembangan Usaha Ekonomi Masyarakat;3",
        f"{SOCIAL};{AID};9",
    )
    blocks = blocks_of(take_budget(tmp_path, *lines, region=province), province)
    problems = next(block for block in blocks if isinstance(block, Table))
    rows = {told(row.cells[5]): told(row.cells[2]) for row in problems.rows if not row.emphasis}

    assert rows == {
        "7.01.03 Program Pengelolaan Kecamatan dan Kelurahan": "daerah ini",
        "1.06.05 Program Perlindungan dan Jaminan Sosial": "kabupaten/kota, usulkan",
    }
    assert "usulkan kepada pemerintah yang berwenang, jangan dianggarkan sendiri: 1.06.05.2.02." in said(blocks)


def test_a_programme_bears_the_name_that_any_of_its_offices_tells(tmp_path: Path) -> None:
    own = made(take_budget(tmp_path, f"{SOCIAL};{AID};9", f"{HOUSING};{DATA};2"))
    first, second = own.programmes

    assert replace(own, programmes=(replace(first, name=None), second)).name_of("1.06.05") == second.name
    assert own.name_of("1.06.99") is None
    assert programme("1.06.99", None) == Label("1.06.99")
