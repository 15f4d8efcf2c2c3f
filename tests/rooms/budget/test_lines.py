from __future__ import annotations

from pathlib import Path

import pytest

from nangkis.budget.lines import (
    BudgetDoubled,
    BudgetLines,
    BudgetMissing,
    RegionWithoutBudget,
    StageNotAsked,
    budget_lines,
)
from nangkis.budget.schema import Stage
from nangkis.content.catalogue import LANGUAGES
from nangkis.content.messages import refusal_words
from nangkis.lake.snapshot import Snapshot
from nangkis.parameters.loader import packaged
from nangkis.vocabulary.codes import Region
from nangkis.vocabulary.refusals import Refusal
from tests.rooms.budget.budgets import CENDANA, EDUCATION, FINANCE, SMALL, TODAY, budget_frame, snapshot_of


def ask(snapshot: Snapshot, region: Region = CENDANA, year: int = 2026, stage: Stage | None = None) -> BudgetLines:
    return budget_lines(snapshot, region, year, stage=stage, parameters=packaged(), on=TODAY)


def said(refusal: Refusal) -> str:
    texts = [refusal_words(refusal, language) for language in LANGUAGES]
    return texts[0]


def test_an_empty_lake_asks_for_a_file(tmp_path: Path) -> None:
    with pytest.raises(BudgetMissing) as refused:
        ask(snapshot_of(tmp_path))

    assert "Unggah dahulu" in said(refused.value)


def test_another_year_is_refused_with_what_there_is(tmp_path: Path) -> None:
    with pytest.raises(BudgetMissing) as refused:
        ask(snapshot_of(tmp_path, budget_frame(SMALL, year=2026)), year=2025)

    assert "Yang ada: contoh-2026:90.01 2026 rkpd" in said(refused.value)


def test_another_region_is_refused_with_what_there_is(tmp_path: Path) -> None:
    with pytest.raises(BudgetMissing, match=r"contoh-2026:90\.01 2026 rkpd"):
        ask(snapshot_of(tmp_path, budget_frame(SMALL)), region=Region.parse("contoh:90.02"))


def test_a_stage_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BudgetMissing, match="2026 apbd"):
        ask(snapshot_of(tmp_path, budget_frame(SMALL)), stage=Stage.APBD)


def test_two_stages_are_never_chosen_between(tmp_path: Path) -> None:
    snapshot = snapshot_of(tmp_path, budget_frame(SMALL), budget_frame(SMALL, stage="apbd"))

    with pytest.raises(StageNotAsked) as refused:
        ask(snapshot)

    assert "apbd, rkpd" in said(refused.value)
    assert ask(snapshot, stage=Stage.APBD).frame["stage"].unique().to_list() == ["apbd"]


def test_the_only_stage_need_not_be_asked_for(tmp_path: Path) -> None:
    assert ask(snapshot_of(tmp_path, budget_frame(SMALL, stage="p-apbd"))).stage is Stage.P_APBD


@pytest.mark.parametrize("code", ["kemendagri:31.01", "kemendagri:31.71", "kemendagri-2020:31.75", "bps:3171"])
def test_an_administrative_region_of_jakarta_has_no_budget(tmp_path: Path, code: str) -> None:
    with pytest.raises(RegionWithoutBudget) as refused:
        ask(snapshot_of(tmp_path, budget_frame(SMALL)), region=Region.parse(code))

    assert "daerah administrasi" in said(refused.value)


def test_jakarta_itself_has_one(tmp_path: Path) -> None:
    jakarta = Region.parse("kemendagri:31")

    assert ask(snapshot_of(tmp_path, budget_frame(SMALL, region=jakarta)), region=jakarta).frame.height == len(SMALL)


def test_a_region_may_be_asked_for_by_its_code_at_bps(tmp_path: Path) -> None:
    morowali = budget_frame(SMALL, region=Region.parse("kemendagri:72.06"))

    assert ask(snapshot_of(tmp_path, morowali), region=Region.parse("bps-2020:7203")).place.name == "Kabupaten Morowali"


def test_files_of_two_offices_are_one_budget(tmp_path: Path) -> None:
    education = [line for line in SMALL if line[0] == EDUCATION]
    others = [line for line in SMALL if line[0] != EDUCATION]

    lines = ask(snapshot_of(tmp_path, budget_frame(education), budget_frame(others)))

    assert lines.frame.height == len(SMALL)
    assert sorted(manifest.rows for manifest in lines.manifests) == sorted((len(education), len(others)))


def test_the_same_line_in_two_tables_would_count_twice(tmp_path: Path) -> None:
    corrected = [(office, code, name, 1) for office, code, name, _ in SMALL]

    with pytest.raises(BudgetDoubled) as refused:
        ask(snapshot_of(tmp_path, budget_frame(SMALL), budget_frame(corrected)))

    assert "pagu-0.xlsx" in said(refused.value)
    assert refused.value.values["lines"] == len(SMALL)


def test_lines_that_repeat_inside_one_file_are_kept(tmp_path: Path) -> None:
    twice = (*SMALL, SMALL[1])

    assert ask(snapshot_of(tmp_path, budget_frame(twice))).frame.height == len(SMALL) + 1


@pytest.mark.parametrize(
    ("code", "name", "expected"),
    [
        ("1.01.01.2.02.01", "Penyediaan Gaji dan Tunjangan ASN", "penunjang"),
        ("5.02.01.2.02.0001", "Penyediaan Gaji dan Tunjangan ASN", "penunjang"),
        ("5.02.02.2.04.08", "Analisis Perencanaan dan Penyaluran Bantuan Keuangan", "transfer-desa"),
        ("5.02.02.2.04.0010", "Pengelolaan Dana bagi Hasil Kabupaten/Kota", "transfer-desa"),
        ("5.02.02.2.04.09", "Pengelolaan Dana Darurat dan Mendesak", "program"),
        ("5.02.02.2.02.05", "Koordinasi Pengelolaan Dana Perimbangan dan Dana Transfer Lainnya", "program"),
        ("2.13.04.2.01.04", "Fasilitasi Pengelolaan Keuangan Desa", "program"),
        ("1.01.02.2.01.01", "Pembangunan Unit Sekolah Baru (USB)", "program"),
    ],
)
def test_each_line_is_in_the_class_of_its_code_and_name(tmp_path: Path, code: str, name: str, expected: str) -> None:
    lines = ask(snapshot_of(tmp_path, budget_frame([(FINANCE, code, name, 1)])))

    assert lines.frame["class"].to_list() == [expected]


def test_offices_known_by_name_only_are_not_one_office(tmp_path: Path) -> None:
    """Two kecamatan that plan the same sub kegiatan, each in a file of its own without office codes."""
    frames = [
        budget_frame((((None, name), "7.01.06.2.01.0001", "Fasilitasi Desa", 10),))  # type: ignore[arg-type]
        for name in ("Kecamatan Hulu", "Kecamatan Hilir")
    ]

    other = budget_frame((((None, "Kecamatan Hulu"), "7.01.06.2.01.0001", "Fasilitasi Desa", 11),))  # type: ignore[arg-type]

    assert ask(snapshot_of(tmp_path, *frames)).frame["amount_sen"].sum() == (10 + 10) * 100
    with pytest.raises(BudgetDoubled):
        ask(snapshot_of(tmp_path / "again", frames[0], other))
