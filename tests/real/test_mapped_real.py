"""A table of BPS whose only header is a row of years: read by a mapping of its columns."""

from __future__ import annotations

from pathlib import Path

from nangkis.intake.mapping import read_map, request_for
from nangkis.intake.reading import read_file
from nangkis.intake.request import Request
from nangkis.parameters.loader import packaged
from tests.rooms.intake.files import DAY, accepted


BOOK = "02_indikator/provinsi/bps_2010_2021_dan_target_rkp/persentasemiskin.xlsx"


def test_a_workbook_with_years_for_its_header_is_read_by_its_mapping(shared_data: Path, tmp_path: Path) -> None:
    path = shared_data / BOOK
    years = "".join(f"    {letter}: {{indicator: POV.P0, period: maret}}\n" for letter in "BCDEFG")
    (tmp_path / "peta.yaml").write_text(
        f"- file: '*'\n  header_row: 1\n  columns:\n    A: region_name\n{years}", encoding="utf-8"
    )
    request = request_for(path, read_map(tmp_path / "peta.yaml"), Request())

    (outcome,) = read_file(path, request, parameters=packaged(), on=DAY)

    frame = accepted(outcome).frame
    aceh = frame.filter(name_read="ACEH").sort("year")
    assert aceh["year"].to_list() == list(range(2010, 2016))
    assert aceh["value"].to_list() == [20.98, 19.57, 18.58, 17.72, 16.98, 17.11]
    assert outcome.rows_in == outcome.rows_frame + outcome.rows_accepted + outcome.rows_refused
