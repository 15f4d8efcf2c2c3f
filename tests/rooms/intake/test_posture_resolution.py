"""Each amount of a posture is known to half its own last printed place, and sums are asked no more than that."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from nangkis.intake.reading import SheetOutcome
from nangkis.vocabulary.codes import Region
from tests.rooms.intake.files import accepted, codes, read, read_text, write_book


HUNDREDTH = 10_000_000 * 100 // 2  # sen: half a hundredth of a billion
TENTH, WHOLE = 10 * HUNDREDTH, 100 * HUNDREDTH
TORAJA = Region.parse("kemendagri:73.18")


def marked(folder: Path, *lines: tuple[str, str], others: tuple[str, ...] = ()) -> SheetOutcome:
    """Write budgets of accounts marked M; ``others`` are amounts that only show how the file writes."""
    rows = [f'"{label}","{amount}","{amount}",100' for label, amount in lines]
    names = ("Belanja Bunga", "Belanja Subsidi", "Belanja Hibah", "Belanja Bantuan Sosial", "Belanja Tidak Terduga")
    rows += [f'"{name}","{amount}","{amount}",100' for name, amount in zip(names, others, strict=False)]
    text = "akun,anggaran,realisasi,persentase\n" + "\n".join(rows) + "\n"
    return read_text(folder, text, region=TORAJA, year=2022)


def halves(outcome: SheetOutcome) -> list[int]:
    frame = accepted(outcome).frame
    return frame["budget_resolution_sen"].to_list()


def test_an_amount_without_decimals_in_a_file_that_keeps_its_zeros_is_known_to_its_last_place_only(
    tmp_path: Path,
) -> None:
    others = ("1,10 M", "2,25 M", "3,31 M")
    outcome = marked(
        tmp_path, ("Pendapatan Daerah", "20.276 M"), ("PAD", "276,45 M"), ("TKDD", "20.000,00 M"), others=others
    )

    assert halves(outcome) == [WHOLE, *[HUNDREDTH] * 5]
    assert "posture-sum-differs" not in codes(outcome)  # 0.45 off: no more than rounding


def test_a_whole_amount_makes_no_other_amount_of_the_file_finer(tmp_path: Path) -> None:
    lines = (("Pendapatan Daerah", "2.000,50 M"), ("PAD", "500,25 M"), ("TKDD", "1.500,26 M"))
    outcome = marked(tmp_path, *lines, others=("20.276 M", "1,10 M"))

    assert halves(outcome)[:3] == [HUNDREDTH] * 3
    assert "posture-sum-differs" not in codes(outcome)


def test_a_file_without_a_last_zero_drops_its_zeros_and_knows_all_amounts_alike(tmp_path: Path) -> None:
    lines = (("Pendapatan Daerah", "2.001 M"), ("PAD", "500,25 M"), ("TKDD", "1.500,25 M"))
    outcome = marked(tmp_path, *lines, others=("1,5 M", "2,25 M", "3,31 M"))

    assert halves(outcome) == [HUNDREDTH] * 6
    assert codes(outcome).count("posture-sum-differs") == 2  # 2,001.00 against 2,000.50, in both columns


def test_one_amount_with_decimals_does_not_make_whole_ones_finer(tmp_path: Path) -> None:
    lines = (("Pendapatan Daerah", "2001 M"), ("PAD", "500 M"), ("TKDD", "1500 M"))
    outcome = marked(tmp_path, *lines, others=("1,25 M", "7 M"))

    assert halves(outcome) == [WHOLE, WHOLE, WHOLE, HUNDREDTH, WHOLE]
    assert "posture-sum-differs" not in codes(outcome)


def test_a_bare_nothing_is_as_fine_as_the_file(tmp_path: Path) -> None:
    lines = (("Pendapatan Daerah", "2.000,50 M"), ("Pembiayaan Daerah", "0"))
    outcome = marked(tmp_path, *lines, ("Penerimaan Pembiayaan Daerah", "0,30 M"), others=("1,10 M",))

    assert halves(outcome) == [HUNDREDTH] * 4
    assert "posture-sum-differs" in codes(outcome)


def test_budget_and_realisation_of_one_row_are_known_each_for_itself(tmp_path: Path) -> None:
    text = (
        "akun,anggaran,realisasi,persentase\nPendapatan Daerah,2001,2000.50,99.98\n"
        " PAD,500.50,500.50,100\n TKDD,1500.20,1500.00,99.99\n"
    )
    frame = accepted(outcome := read_text(tmp_path, text, region=TORAJA, year=2021)).frame

    assert frame["budget_resolution_sen"].to_list() == [WHOLE, HUNDREDTH, HUNDREDTH]
    assert frame["realised_resolution_sen"].to_list() == [HUNDREDTH] * 3
    assert "posture-sum-differs" not in codes(outcome)


@pytest.mark.parametrize(("pad", "told"), [(500.5, 0), (500.52, 1)])
def test_cells_that_are_numbers_have_no_last_zeros_and_what_adding_up_leaves_is_no_decimal(
    tmp_path: Path, pad: float, told: int
) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        page = book.add_worksheet("Postur")
        rows = [("Pendapatan Daerah", 2000.75), ("PAD", pad), ("TKDD", 1500.25), ("Pajak Daerah", 500.1 + 0.2 + 0.2)]
        page.write_row(0, 0, ("Akun", "Anggaran", "Realisasi"))
        for row, (name, amount) in enumerate(rows, 1):
            page.write_row(row, 0, (name, amount, 2000.75 if row == 1 else None))

    (outcome,) = read(write_book(tmp_path / "postur.xlsx", fill), region=TORAJA, year=2021)

    assert halves(outcome) == [HUNDREDTH] * 4
    assert [one.at for one in outcome.findings if one.code == "posture-sum-differs"] == ["Postur!B2", "Postur!B3"][
        : 2 * told
    ]


@pytest.mark.parametrize(("parent", "told"), [("2000500000001", 0), ("2000500000003", 1)])
def test_whole_rupiah_may_be_rounded_each(tmp_path: Path, parent: str, told: int) -> None:
    text = (
        f"akun,anggaran,realisasi,persentase\nPendapatan Daerah,{parent},{parent},100\n"
        " PAD,500250000000,500250000000,100\n TKDD,1500250000000,1500250000000,100\n"
    )
    outcome = read_text(tmp_path, text, region=TORAJA, year=2021)

    assert codes(outcome).count("posture-sum-differs") == 2 * told


@pytest.mark.parametrize(("printed", "told"), [("86", 0), ("86.4", 0), ("86.5", 1), ("86.36", 0), ("85", 1)])
def test_a_percentage_is_compared_to_its_own_last_place(tmp_path: Path, printed: str, told: int) -> None:
    text = (
        "akun,anggaran,realisasi,persentase\nPendapatan Daerah,2200.00,1900.00,86.36\n"
        f" PAD,220.00,190.00,{printed}\n TKDD,1980.00,1710.00,86.36\n Pajak Daerah,200.00,180.00,90.00\n"
    )
    outcome = read_text(tmp_path, text, region=TORAJA, year=2021)

    assert codes(outcome).count("posture-percent-differs") == told


def test_a_column_of_shares_is_compared_as_shares(tmp_path: Path) -> None:
    text = (
        "akun,anggaran,realisasi,persentase\nPendapatan Daerah,2200.00,1900.00,0.8636\n"
        " PAD,220.00,190.00,0.8636\n TKDD,1980.00,1710.00,0.7636\n"
    )
    outcome = read_text(tmp_path, text, region=TORAJA, year=2021)

    (told,) = [one for one in outcome.findings if one.code == "posture-percent-differs"]
    assert (told.at, told.values["printed"], told.values["computed"]) == ("csv!D4", 76.36, 86.36)
    (scale,) = [one for one in outcome.findings if one.code == "posture-percent-scale"]
    assert (scale.at, scale.values["scale"]) == ("csv!D", "shares")


def test_negative_amounts_in_brackets_keep_their_mark_inside(tmp_path: Path) -> None:
    lines = (("Pendapatan Daerah", "2.000,50 M"), ("Belanja Daerah", "2.100,75 M"), ("Surplus/(Defisit)", "(100,25 M)"))
    outcome = marked(tmp_path, *lines)

    assert accepted(outcome).frame["budget_sen"][2] == -10_025 * 2 * HUNDREDTH
    assert "posture-surplus-differs" not in codes(outcome)


def test_a_percentage_column_in_another_unit_is_told_once(tmp_path: Path) -> None:
    text = (
        "akun,anggaran,realisasi,persentase\nPendapatan Daerah,2200.00,1900.00,8636.00\n"
        " PAD,220.00,190.00,8636.00\n TKDD,1980.00,1710.00,8636.00\n"
    )
    outcome = read_text(tmp_path, text, region=TORAJA, year=2021)

    assert "posture-percent-differs" not in codes(outcome)
    (told,) = [one for one in outcome.findings if one.code == "posture-percent-scale"]
    assert (told.at, told.values["scale"]) == ("csv!D", "times-100")


def test_amounts_of_whole_billions_with_points_are_thousands_where_the_revenue_says_so(tmp_path: Path) -> None:
    lines = (("Pendapatan Daerah", "2.001 M"), ("PAD", "500 M"), ("TKDD", "1.500 M"))
    outcome = marked(tmp_path, *lines)

    assert accepted(outcome).frame["budget_sen"].to_list() == [amount * 200 * HUNDREDTH for amount in (2001, 500, 1500)]
    assert halves(outcome) == [WHOLE] * 3
    assert "posture-sum-differs" not in codes(outcome)


def test_billions_with_three_decimals_stay_decimals_where_the_revenue_says_so(tmp_path: Path) -> None:
    lines = (("Pendapatan Daerah", "812,125 M"), ("PAD", "300,125 M"), ("TKDD", "512,000 M"))
    outcome = marked(tmp_path, *lines)

    assert accepted(outcome).frame["budget_sen"][0] == 812_125 * 2 * HUNDREDTH // 10
    assert halves(outcome) == [HUNDREDTH // 10] * 3


def test_billions_may_be_written_out(tmp_path: Path) -> None:
    lines = (("Pendapatan Daerah", "2.000,50 miliar"), ("PAD", "500,25 Milyar"), ("TKDD", "1.500,25 M"))

    assert accepted(marked(tmp_path, *lines)).frame["budget_sen"][1] == 50_025 * 2 * HUNDREDTH
