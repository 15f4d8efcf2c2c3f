"""The profile of a sheet: columns at fault, and totals beside the printed ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nangkis.budget.schema import Stage
from nangkis.intake.profile import Profile
from nangkis.intake.reading import SheetOutcome
from nangkis.intake.report import as_plain, as_text
from nangkis.regions.register import children, place
from nangkis.vocabulary.codes import Region
from tests.rooms.intake.files import read_text


MOROWALI = Region.parse("kemendagri:72.06")
CENTRAL = Region.parse("kemendagri:72")


def pagu(folder: Path, total: str) -> SheetOutcome:
    rows = (
        "SKPD,Sub Kegiatan,Pagu,Catatan,",
        "1.01.0.00.0.00.01.0000 Dinas A,1.01.02.2.01.0001 Satu,1000,,x",
        "1.01.0.00.0.00.01.0000 Dinas A,1.01.02.2.01.0002 Dua,2500,,",
        f"Total,,{total},,",
    )
    said: dict[str, Any] = {"region": MOROWALI, "year": 2025, "stage": Stage.APBD}
    return read_text(folder, "\n".join(rows), **said)


def profile(outcome: SheetOutcome) -> Profile:
    assert outcome.profile is not None, outcome.refusal
    return outcome.profile


def test_the_sum_of_budget_lines_stands_beside_the_printed_total(tmp_path: Path) -> None:
    (total,) = profile(pagu(tmp_path, "3600")).totals

    assert (total.rows, total.total, total.printed) == (2, "3500", "3600")
    assert total.at is not None
    assert total.at.endswith("C4")


def test_columns_without_header_or_data_are_named(tmp_path: Path) -> None:
    found = profile(pagu(tmp_path, "3500"))

    assert [at.rpartition("!")[2] for at in found.without_header] == ["E"]
    assert [at.rpartition("!")[2] for at in found.without_data] == ["D"]


def test_addable_values_of_regencies_are_summed_beside_the_province(tmp_path: Path) -> None:
    names = [one.name for one in children(CENTRAL)]
    rows = [f"{name},{10 + number / 10}" for number, name in enumerate(names)]
    text = "\n".join(["Wilayah,Jumlah Penduduk Miskin 2024 (ribu jiwa)", f"{place(CENTRAL).name},999.5", *rows])

    (total,) = profile(read_text(tmp_path, text, region=CENTRAL)).totals

    expected = sum(100 + number for number in range(len(names)))
    assert (total.what, total.level, total.rows) == ("POV.N", "regency", len(names))
    assert round(float(total.total) * 10) == expected
    assert total.printed == "999.5"


def test_shares_are_never_added(tmp_path: Path) -> None:
    rows = [f"{one.name},12.5" for one in children(CENTRAL)]
    text = "\n".join(["Wilayah,Persentase Penduduk Miskin 2024", *rows])

    assert profile(read_text(tmp_path, text, region=CENTRAL)).totals == ()


def test_the_report_shows_the_profile_in_text_and_json(tmp_path: Path) -> None:
    outcome = pagu(tmp_path, "3600")

    text = as_text([outcome], "id", {})
    (plain,) = as_plain([outcome], "id", {})

    assert "3.500" in text
    assert "3.600" in text
    assert plain["profile"]["totals"][0]["total"] == "3500"


def test_totals_are_told_to_the_last_sen_however_large(tmp_path: Path) -> None:
    # A float holds 2**53 at most: of these sums it would lose the sen.
    amount = 999_999_999_999_999
    rows = [
        f'1.01.0.00.0.00.01.0000 Dinas A,1.01.02.2.01.{number:04d} Sub,"{amount},{number:02d}"'
        for number in range(1, 98)
    ]
    said: dict[str, Any] = {"region": MOROWALI, "year": 2025, "stage": Stage.APBD}
    outcome = read_text(tmp_path, "\n".join(("SKPD,Sub Kegiatan,Pagu", *rows)), **said)

    (total,) = profile(outcome).totals
    sen = 97 * amount * 100 + sum(range(1, 98))
    assert total.total == f"{sen // 100}.{sen % 100:02d}"
    shown = f"{sen // 100:,}".replace(",", ".") + f",{sen % 100:02d}"
    assert shown in as_text([outcome], "id", {})


def test_the_printed_total_is_read_by_the_marks_of_its_column(tmp_path: Path) -> None:
    rows = (
        "SKPD;Sub Kegiatan;Pagu",
        "1.01.0.00.0.00.01.0000 Dinas A;1.01.02.2.01.0001 Satu;0.5",
        "1.01.0.00.0.00.01.0000 Dinas A;1.01.02.2.01.0002 Dua;1,000.25",
        "Total;;1,000.75",
    )
    said: dict[str, Any] = {"region": MOROWALI, "year": 2025, "stage": Stage.APBD}

    (total,) = profile(read_text(tmp_path, "\n".join(rows), **said)).totals
    assert (total.total, total.printed) == ("1000.75", "1000.75")
