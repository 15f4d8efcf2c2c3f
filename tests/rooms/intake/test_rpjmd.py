"""Programmes of an RPJMD in SIPD's columns: the plan's first year, money of five years, and entry errors."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from nangkis.intake.reading import SheetOutcome
from nangkis.vocabulary.codes import Region
from nangkis.vocabulary.money import SEN_PER_RUPIAH
from tests.rooms.intake.files import accepted, codes, read_text, refusal


SAID: dict[str, Any] = {"region": Region.parse("contoh:90.05"), "year": 2025}
YEARS = range(1, 6)
ROW = {
    "kode_skpd": "1.06.0.00.0.00.01.0000",
    "nama_skpd": "Dinas Sosial",
    "sasaran": "Turunnya kemiskinan",
    "kode_program": "1.06.04",
    "nama_program": "Rehabilitasi Sosial",
    "indikator": "Warga terlayani",
    "satuan": "orang",
    "target_awal": "80",
    **{f"target_{year}": str(80 + year) for year in YEARS},
    "target_akhir": "85",
    **{f"pagu_{year}": str(1000 * year) for year in YEARS},
}
SECOND = {"kode_program": "1.06.05", "nama_program": "Perlindungan Sosial"}


def read_rows(folder: Path, *rows: dict[str, str], above: str = "", said: dict[str, Any] = SAID) -> SheetOutcome:
    lines = [";".join(ROW), *(";".join((ROW | row).values()) for row in rows)]
    return read_text(folder, "\n".join((*([above] if above else []), *lines)) + "\n", **said)


def test_each_programme_has_targets_as_words_and_money_in_sen(tmp_path: Path) -> None:
    outcome = read_rows(tmp_path, {"target_3": "meningkat"})

    (row,) = accepted(outcome).frame.to_dicts()
    assert outcome.layout == "rpjmd_program"
    assert [row[f"pagu_{year}_sen"] for year in YEARS] == [1000 * year * SEN_PER_RUPIAH for year in YEARS]
    assert [row[f"target_{year}"] for year in YEARS] == ["81", "82", "meningkat", "84", "85"]
    assert (row["first_year"], row["program_code"], row["_col"]) == (2025, "1.06.04", "O")
    assert codes(outcome) == []


def test_the_period_in_the_title_tells_the_first_year(tmp_path: Path) -> None:
    title = "RPJMD Kabupaten Contoh Hulu 2025-2029"
    assert accepted(read_rows(tmp_path, {}, above=title, said=SAID | {"year": None})).about["years"] == "2025–2029"
    assert refusal(read_rows(tmp_path, {}, above=title, said=SAID | {"year": 2024})) == "request-contradicts"


@pytest.mark.parametrize("unsaid", ["region", "year"])
def test_what_the_file_does_not_say_is_asked_for(tmp_path: Path, unsaid: str) -> None:
    assert refusal(read_rows(tmp_path, {}, said=SAID | {unsaid: None})) == "unsaid"


@pytest.mark.parametrize(
    ("flaw", "code"),
    [
        ({"nama_skpd": ""}, "rpjmd-office-blank"),
        ({"kode_program": "1.6.4"}, "rpjmd-program-malformed"),
        ({"pagu_2": "dua juta"}, "rpjmd-pagu-unreadable"),
    ],
)
def test_a_row_that_is_no_programme_is_refused_with_its_cell(tmp_path: Path, flaw: dict[str, str], code: str) -> None:
    outcome = read_rows(tmp_path, {}, flaw)
    assert (outcome.rows_accepted, outcome.rows_refused) == (1, 1)
    assert code in codes(outcome)


def test_one_year_far_above_the_programmes_others_is_told(tmp_path: Path) -> None:
    outcome = read_rows(tmp_path, {"pagu_3": str(3000 * 1000)}, SECOND)
    (found,) = (finding for finding in outcome.findings if finding.code == "rpjmd-pagu-absurd")
    assert found.at == "csv!Q2"
    assert found.values["times"] == 3000 * 1000 // 4000  # the median of 1,000, 2,000, 4,000 and 5,000, the upper one


def test_a_programme_that_only_grows_is_not_told(tmp_path: Path) -> None:
    assert "rpjmd-pagu-absurd" not in codes(
        read_rows(tmp_path, {"pagu_5": str(9 * 3000)}, SECOND)
    )  # nine times the median


@pytest.mark.parametrize(
    ("flaw", "code"),
    [
        ({"satuan": "100"}, "rpjmd-unit-odd"),
        ({"satuan": "-"}, "rpjmd-unit-odd"),
        ({"target_4": "0"}, "rpjmd-target-zero"),
        ({"pagu_4": "0"}, "rpjmd-pagu-zero"),
        ({"indikator": ""}, "rpjmd-indicator-blank"),
    ],
)
def test_entry_errors_are_told_and_accepted(tmp_path: Path, flaw: dict[str, str], code: str) -> None:
    outcome = read_rows(tmp_path, {}, SECOND | flaw)
    assert outcome.rows_accepted == 2
    assert code in codes(outcome)


def test_a_percent_sign_is_a_unit(tmp_path: Path) -> None:
    assert codes(read_rows(tmp_path, {"satuan": "%"})) == []


def test_further_indicators_may_leave_the_pagu_blank_but_not_change_it(tmp_path: Path) -> None:
    further = {"indikator": "Keluhan", **{f"pagu_{year}": "" for year in YEARS}}
    assert "rpjmd-pagu-differs" not in codes(read_rows(tmp_path, {}, further))
    assert "rpjmd-pagu-differs" in codes(read_rows(tmp_path, {}, further | {"pagu_2": "7"}))
