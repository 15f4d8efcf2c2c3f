"""A sum with a part that is missing, unreadable or held is said not to be checkable, and which part it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from nangkis.content.messages import finding_words
from nangkis.intake.reading import SheetOutcome
from nangkis.vocabulary.codes import Region
from nangkis.vocabulary.findings import Finding
from tests.rooms.intake.files import accepted, codes, read_text


HEAD = "akun,anggaran,realisasi,persentase\n"
REVENUE = """Pendapatan Daerah,2000.50,1900.00,94.98
 PAD,500.25,400.00,79.96
 TKDD,1500.25,1500.00,99.98
"""
TORAJA = Region.parse("kemendagri:73.18")


def posture(folder: Path, text: str) -> SheetOutcome:
    return read_text(folder, HEAD + text, region=TORAJA, year=2021)


def found(outcome: SheetOutcome, code: str) -> list[Finding]:
    return [finding for finding in outcome.findings if finding.code == code]


@pytest.mark.parametrize("cell", ["#N/A", "-", "", "n/a", "lima ratus", "…"])
def test_a_part_without_an_amount_is_named_with_its_cell(tmp_path: Path, cell: str) -> None:
    outcome = posture(tmp_path, REVENUE.replace("PAD,500.25", f"PAD,{cell}"))

    assert "posture-sum-differs" not in codes(outcome)
    (told,) = found(outcome, "posture-sum-unchecked")
    assert (told.at, told.values["missing"]) == ("csv!B2", "PAD (B3)")
    for language in ("id", "en"):
        assert "PAD (B3)" in finding_words(told, language)[0]


def test_a_part_whose_other_amount_cannot_be_read_still_counts_where_it_can(tmp_path: Path) -> None:
    outcome = posture(tmp_path, REVENUE.replace("PAD,500.25,400.00", "PAD,#N/A,399.00"))

    (told,) = found(outcome, "posture-sum-differs")
    assert (told.at, told.values["sum"]) == ("csv!C2", "1.899.000.000.000")


def test_a_missing_part_that_nothing_lacks_is_not_told(tmp_path: Path) -> None:
    outcome = posture(tmp_path, REVENUE + " Pendapatan Lainnya,-,-,-\n")

    assert {"posture-sum-differs", "posture-sum-unchecked"}.isdisjoint(codes(outcome))


def test_an_empty_total_over_filled_parts_is_told(tmp_path: Path) -> None:
    outcome = posture(tmp_path, REVENUE + "  Pajak Daerah,500.25,400.00,79.96\n")
    empty = posture(tmp_path, REVENUE.replace("PAD,500.25", "PAD,-") + "  Pajak Daerah,500.25,400.00,79.96\n")

    assert found(outcome, "posture-sum-unchecked") == []
    assert [(one.at, one.values["missing"]) for one in found(empty, "posture-sum-unchecked")] == [
        ("csv!B2", "PAD (B3)"),
        ("csv!B3", "PAD (B3)"),
    ]


def test_an_account_that_the_region_does_not_use_counts_as_nothing_and_is_named(tmp_path: Path) -> None:
    text = REVENUE.replace("PAD,500.25", "PAD,400.25") + " Pendapatan Lainnya,,,\n"
    outcome = posture(tmp_path, text)

    (told,) = found(outcome, "posture-sum-differs")
    assert told.values["blank"] == "Pendapatan Lainnya (B5)"


def test_a_group_that_the_file_leaves_out_is_its_parts(tmp_path: Path) -> None:
    without = REVENUE.replace(
        " PAD,500.25,400.00,79.96\n", " Pajak Daerah,400.25,300.00,1\n Retribusi Daerah,100.00,100.00,1\n"
    )

    assert "posture-sum-differs" not in codes(posture(tmp_path, without))
    assert "posture-sum-differs" in codes(posture(tmp_path, without.replace("400.25", "400.75")))


def test_a_difference_that_is_a_held_row_names_the_row(tmp_path: Path) -> None:
    text = REVENUE.replace("PAD,500.25", "PAD,400.25") + " Pendapatan Ajaib Sekali,100.00,0.00,0\n"
    outcome = posture(tmp_path, text)

    assert "posture-sum-differs" not in codes(outcome)
    (told,) = found(outcome, "posture-sum-held")
    assert (told.at, told.values["held"]) == ("csv!B2", "Pendapatan Ajaib Sekali (B5)")


def test_a_surplus_of_unreadable_spending_is_not_called_wrong(tmp_path: Path) -> None:
    outcome = posture(tmp_path, REVENUE + "Belanja Daerah,#REF!,1800.00,90.00\nSurplus/(Defisit),-88.59,100.00,1\n")

    assert "posture-surplus-differs" not in codes(outcome)
    (told,) = found(outcome, "posture-sum-unchecked")
    assert (told.at, told.values["missing"]) == ("csv!B6", "Belanja Daerah (B5)")


def test_a_balance_of_unreadable_financing_is_not_drawn(tmp_path: Path) -> None:
    money = "Belanja Daerah,2100.50,1800.00,90.00\nPembiayaan Daerah,0.00,10.00,1\n"
    text = (
        REVENUE + money + " Penerimaan Pembiayaan Daerah,#N/A,20.00,1\n Pengeluaran Pembiayaan Daerah,50.00,10.00,1\n"
    )

    assert "posture-budget-unbalanced" not in codes(posture(tmp_path, text))
    assert "posture-budget-unbalanced" in codes(posture(tmp_path, text.replace("#N/A", "250.00")))


def test_a_deficit_called_so_is_below_nothing_with_or_without_a_sign(tmp_path: Path) -> None:
    text = REVENUE + "Belanja Daerah,2100.50,2000.00,95.00\nDefisit,100.00,-100.00,1\n"
    surplus = REVENUE + "Belanja Daerah,1900.50,1900.00,99.97\nDefisit,100.00,0.00,0\n"

    assert "posture-surplus-differs" not in codes(posture(tmp_path, text))
    assert "posture-surplus-differs" not in codes(posture(tmp_path, surplus))
    assert "posture-surplus-differs" in codes(posture(tmp_path, text.replace("Defisit,100.00", "Defisit,101.00")))


def test_rows_in_another_order_are_the_same_accounts(tmp_path: Path) -> None:
    text = REVENUE + " Belanja Barang dan Jasa,300.00,200.00,66.67\n Belanja Barang Jasa,300.00,200.00,66.67\n"
    frame = accepted(outcome := posture(tmp_path, text)).frame

    assert frame["account"].to_list()[-2:] == ["5.1.02", "5-barang-jasa"]
    assert outcome.rows_refused == 0
