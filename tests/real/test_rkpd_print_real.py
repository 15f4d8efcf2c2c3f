"""The printed RKPD of Kabupaten Morowali, as an office handed it out."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from nangkis.vocabulary.money import SEN_PER_RUPIAH
from tests.rooms.intake.files import accepted, codes, read


def test_the_printed_rkpd_of_morowali_is_read_to_the_last_rupiah(shared_data: Path) -> None:
    outcome, listed = read(shared_data / "03_apbd" / "sipd_morowali" / "contoh-import-rkpd.xls")
    reading = accepted(outcome)

    assert (reading.layout, reading.about["year"], reading.about["stage"]) == ("rkpd_print", "2021", "rkpd-p")
    assert reading.owner == "kemendagri-2025:72.06"
    assert (outcome.rows_in, outcome.rows_accepted, outcome.rows_refused) == (245, 129, 0)
    assert reading.frame["amount_sen"].sum() == 276_991_923_922 * SEN_PER_RUPIAH  # as its row TOTAL prints it
    assert codes(outcome) == ["rkpd-offices-from-list", "rkpd-draft"]  # each subtotal is the sum of its lines
    assert (listed.rows_in, listed.rows_frame, codes(listed)) == (67, 67, ["sheet-of-offices"])


def test_programmes_of_morowali_add_to_what_is_printed(shared_data: Path) -> None:
    outcome, _ = read(shared_data / "03_apbd" / "sipd_morowali" / "contoh-import-rkpd.xls")
    frame = accepted(outcome).frame
    sums = dict(frame.group_by("program_code").agg(pl.col("amount_sen").sum() // SEN_PER_RUPIAH).iter_rows())

    assert sums["1.01.02"] == 126_832_058_972  # row 10
    assert sums["2.22.02"] == 1_286_113_605  # row 217
    assert frame["office_name"].unique().to_list() == ["Dinas Pendidikan dan Kebudayaan"]
    first = frame.row(0, named=True)
    assert first["sub_kegiatan_code"] == "1.01.02.2.01.01"
    assert first["location_name"].startswith("Kab. Morowali")
    by_code = {row["sub_kegiatan_code"]: row for row in frame.iter_rows(named=True)}
    assert by_code["1.01.02.2.01.06"]["output_target"] == "2000000000 Rp; 50 %; 50 %"  # rows 18 to 20
