"""Postures of DJPK: units, the account tree, sums, and names of regions that must not be confused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from nangkis.intake.reading import SheetOutcome
from nangkis.vocabulary.codes import Region
from tests.rooms.intake.files import accepted, codes, read, read_text, refusal, write_book


MILIAR_SEN = 1_000_000_000 * 100
POSTURE = """akun,anggaran,realisasi,persentase
Pendapatan Daerah,2000.50,1000.00,49.99
 PAD,500.25,400.00,79.96
 TKDD,1500.25,600.00,39.99
Belanja Daerah,2100.50,1900.00,90.45
 Belanja Pegawai,1000.00,1000.00,100
  Belanja Pegawai,1000.00,1000.00,100
 Belanjaodal,1100.50,900.00,81.78
Pembiayaan Daerah,100.00,950.00,950
 Penerimaan Pembiayaan Daerah,150.00,960.00,640
 Pengeluaran Pembiayaan Daerah,50.00,10.00,20
"""
TORAJA = Region.parse("kemendagri:73.18")
SEVEN_TWINS = ("Blitar", "Kediri", "Madiun", "Malang", "Mojokerto", "Pasuruan", "Probolinggo")


def posture(folder: Path, text: str = POSTURE, **said: Any) -> SheetOutcome:
    told: dict[str, Any] = {"region": TORAJA, "year": 2021} | said
    return read_text(folder, text, **told)


def named(folder: Path, name: str, *batch: str) -> SheetOutcome:
    return read_text(folder, POSTURE, name=name, year=2021, batch=batch)


def test_billions_with_a_point_are_exact_and_their_resolution_is_kept(tmp_path: Path) -> None:
    outcome = posture(tmp_path)
    frame = accepted(outcome).frame

    assert frame["budget_sen"][0] == 2000 * MILIAR_SEN + 50 * MILIAR_SEN // 100
    assert frame["budget_resolution_sen"].unique().to_list() == [MILIAR_SEN // 100 // 2]
    assert "posture-unit-inferred" in codes(outcome)
    assert "posture-sum-differs" not in codes(outcome)


def test_billions_marked_m_with_a_comma_read_the_same(tmp_path: Path) -> None:
    text = 'akun,anggaran,realisasi,persentase\n" Pendapatan Daerah","2.774,77 M","2.220,22 M",80.01\n'
    outcome = posture(tmp_path, text)

    assert accepted(outcome).frame["budget_sen"][0] == 277_477 * MILIAR_SEN // 100
    assert "posture-unit-inferred" not in codes(outcome)


def test_the_same_label_twice_is_the_group_and_then_its_account(tmp_path: Path) -> None:
    outcome = posture(tmp_path)

    accounts = accepted(outcome).frame["account"].to_list()
    assert accounts == ["4", "4.1", "4.2", "5", "5-pegawai", "5.1.01", "5-modal", "6", "6.1", "6.2"]
    assert "posture-label-damaged" in [repair.code for repair in outcome.repairs]


def test_a_third_row_of_a_label_and_an_unknown_account_are_held(tmp_path: Path) -> None:
    outcome = posture(tmp_path, POSTURE + "Belanja Pegawai,1.00,1.00,100\nBelanja Kapal Selam,1.00,1.00,100\n")

    assert outcome.rows_refused == 2
    assert {"posture-account-twice", "posture-account-unknown"} <= set(codes(outcome))


def test_a_label_almost_right_is_a_repair_that_is_shown(tmp_path: Path) -> None:
    outcome = posture(tmp_path, POSTURE.replace("Pengeluaran Pembiayaan", "Pengeluaran Pembiyaan"))

    assert "posture-label-similar" in [repair.code for repair in outcome.repairs]
    assert accepted(outcome).frame["account"][-1] == "6.2"


@pytest.mark.parametrize(("pad", "told"), [("500.26", 0), ("500.27", 1)])
def test_a_sum_may_be_off_by_half_the_last_place_of_each_number_and_no_more(
    tmp_path: Path, pad: str, told: int
) -> None:
    # Three numbers of half a hundredth each: 0.015 billion. A hundredth off is rounding, two hundredths are not.
    outcome = posture(tmp_path, POSTURE.replace("PAD,500.25", f"PAD,{pad}"))

    assert codes(outcome).count("posture-sum-differs") == told


def test_financing_is_receipts_minus_payments(tmp_path: Path) -> None:
    outcome = posture(tmp_path, POSTURE.replace("Pembiayaan Daerah,100.00", "Pembiayaan Daerah,200.00", 1))

    (finding,) = [found for found in outcome.findings if found.code == "posture-sum-differs"]
    assert finding.at == "csv!B9"
    assert finding.values["sum"] == "100.000.000.000"  # 150 - 50
    assert "posture-budget-unbalanced" in codes(outcome)


def test_an_empty_account_is_nothing_and_its_group_is_added_up_all_the_same(tmp_path: Path) -> None:
    """As in files of 2021: payments are left empty, and financing is printed as 0 over receipts that are not."""
    empty = POSTURE.replace("Pengeluaran Pembiayaan Daerah,50.00,10.00,20", "Pengeluaran Pembiayaan Daerah,,,")
    outcome = posture(tmp_path, empty.replace("Pembiayaan Daerah,100.00,950.00,950", "Pembiayaan Daerah,0,0,0", 1))

    told = {found.at: found.values["sum"] for found in outcome.findings if found.code == "posture-sum-differs"}
    assert told == {"csv!B9": "150.000.000.000", "csv!C9": "960.000.000.000"}
    # Revenue 2,000.50 less spending 2,100.50 is 100 short of nothing; receipts of 150 leave 50 over.
    (left,) = [found for found in outcome.findings if found.code == "posture-budget-unbalanced"]
    assert left.values["left"] == "50.000.000.000"


def test_transfers_between_regions_are_summed_in_other_revenue(tmp_path: Path) -> None:
    text = POSTURE.replace("TKDD,1500.25", "TKDD,1400.25").replace(
        "Belanja Daerah",
        " Pendapatan Transfer Antar Daerah,100.00,0.00,0\n Pendapatan Lainnya,100.00,0.00,0\nBelanja Daerah",
        1,
    )

    assert "posture-sum-differs" not in codes(posture(tmp_path, text))


def test_a_year_drawn_before_its_end_and_a_wrong_percentage_are_named(tmp_path: Path) -> None:
    outcome = posture(tmp_path, POSTURE.replace("90.45", "9045"))

    assert {"posture-part-year", "posture-percent-differs", "posture-stages-differ"} <= set(codes(outcome))


@pytest.mark.parametrize("name", SEVEN_TWINS)
def test_a_bare_twin_is_the_kabupaten_only_beside_its_kota(tmp_path: Path, name: str) -> None:
    alone = named(tmp_path, f"{name}.csv")
    beside = named(tmp_path, f"{name}.csv", f"{name}.csv", f"Kota_{name}.csv")
    kota = named(tmp_path, f"Kota {name}.csv")

    assert refusal(alone) == "posture-region-ambiguous"
    assert accepted(beside).about["place"] == f"Kabupaten {name}"
    assert accepted(kota).about["place"] == f"Kota {name}"
    assert "taken-from-file-name" in codes(beside)


@pytest.mark.parametrize(("file", "place"), [("Batu", "Kota Batu"), ("Surabaya", "Kota Surabaya")])
def test_a_bare_name_of_one_region_is_that_region(tmp_path: Path, file: str, place: str) -> None:
    assert accepted(named(tmp_path, f"{file}_2021.csv")).about["place"] == place


def test_kotabaru_is_a_kabupaten_and_no_kota(tmp_path: Path) -> None:
    assert accepted(named(tmp_path, "Kotabaru.csv")).about["place"] == "Kabupaten Kotabaru"
    assert refusal(named(tmp_path, "Kota Baru.csv")) in {"posture-region-ambiguous", "unsaid"}


def test_gorontalo_alone_may_be_three_regions(tmp_path: Path) -> None:
    assert refusal(named(tmp_path, "Gorontalo.csv")) == "posture-region-ambiguous"
    assert accepted(named(tmp_path, "Provinsi Gorontalo.csv")).about["region"] == "kemendagri-2025:75"
    assert accepted(named(tmp_path, "Kab. Gorontalo.csv")).about["region"] == "kemendagri-2025:75.01"


def test_the_ministrys_own_numbers_are_no_code(tmp_path: Path) -> None:
    # Region 12 of province 03 is Kota Padang at DJPK; 13.12 is Kabupaten Pasaman Barat at Kemendagri.
    for name in ("pemda-12-2018-desember.csv", "03-12-2018.csv", "pemda-17-2018-desember.csv"):
        assert refusal(read_text(tmp_path, POSTURE, name=name)) == "unsaid"


def test_an_administrative_region_of_jakarta_has_no_budget(tmp_path: Path) -> None:
    outcome = posture(tmp_path, region=Region.parse("kemendagri:31.71"))

    assert refusal(outcome) == "posture-region-without-budget"
    assert outcome.refusal is not None
    assert "Jakarta" in str(outcome.refusal.values["name"])


def test_amounts_of_two_units_are_refused(tmp_path: Path) -> None:
    assert refusal(posture(tmp_path, POSTURE.replace("2000.50", "2000.50 M"))) == "posture-units-mixed"


def test_a_revenue_that_no_unit_makes_credible_is_refused(tmp_path: Path) -> None:
    assert refusal(posture(tmp_path, POSTURE.replace("2000.50", "0.00"))) == "posture-unit-unsaid"


def test_a_note_below_is_frame(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text(POSTURE + '"Sumber: portal",,,\n', encoding="utf-8")

    (outcome,) = read(path, region=TORAJA, year=2021)
    assert (outcome.rows_frame, outcome.rows_refused) == (1 + 1, 0)


PAGE = """<html><body><table>
<tr><td></td><td>Akun</td><td>Anggaran/Pagu</td><td>Realisasi</td><td>%</td></tr>
<tr><td></td><td>Pendapatan Daerah</td><td>1.379,90 M</td><td>1.209,47 M</td><td>87.65</td></tr>
<tr><td></td><td>&nbsp;PAD</td><td>100,58 M</td><td>77,43 M</td><td>76.99</td></tr>
<tr><td></td><td>Belanja Tidak Terduga</td><td>1,29 M</td><td>36,25 M</td><td>2,810.08</td></tr>
</table></body></html>"""


def test_the_saved_page_of_the_portal_is_read_to_its_last_printed_place(tmp_path: Path) -> None:
    path = tmp_path / "postur.html"
    path.write_text(PAGE, encoding="utf-8")
    (outcome,) = read(path, region=TORAJA, year=2020)
    frame = accepted(outcome).frame

    assert outcome.layout == "djpk_posture"
    assert frame["budget_sen"].to_list() == [137_990 * MILIAR_SEN // 100, 10_058 * MILIAR_SEN // 100, 129_000_000_000]
    assert frame["budget_resolution_sen"].unique().to_list() == [10_000_000 * 100 // 2]  # half of Rp 10 million
    assert "posture-percent-differs" not in codes(outcome)


def test_percentages_in_percent_format_are_read_as_they_are_shown(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        page, percent = book.add_worksheet("Postur"), book.add_format({"num_format": "0.00%"})
        page.write_row(0, 0, ("Akun", "Anggaran", "Realisasi", "Persentase"))
        for row, (name, budget, realised) in enumerate(
            [("Pendapatan Daerah", 2_000_000_000_000, 1_000_000_000_000), ("PAD", 500_000_000_000, 400_000_000_000)], 1
        ):
            page.write_row(row, 0, (name, budget, realised))
            page.write_number(row, 3, realised / budget, percent)
        page.write_row(3, 0, ("TKDD", 1_500_000_000_000, 600_000_000_000))
        page.write_number(3, 3, 0.5, percent)  # 40 percent in truth

    (outcome,) = read(write_book(tmp_path / "postur.xlsx", fill), region=TORAJA, year=2021)

    told = [finding for finding in outcome.findings if finding.code == "posture-percent-differs"]
    assert [finding.at for finding in told] == ["Postur!D4"]
    assert told[0].values["printed"] == 50
