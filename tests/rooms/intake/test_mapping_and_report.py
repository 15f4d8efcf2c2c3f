"""The --map file, and the report in text and JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import xlsxwriter

from nangkis.budget.schema import Stage
from nangkis.indicators.schema import Period
from nangkis.intake.mapping import MapRefused, read_map, request_for
from nangkis.intake.reading import read_file
from nangkis.intake.report import as_plain, as_text
from nangkis.intake.request import Request
from nangkis.parameters.loader import packaged
from nangkis.vocabulary.codes import CodeSystem, Region
from tests.rooms.intake.files import DAY, accepted, read_text, values, write_book


MAP = """
- file: "*.csv"
  codes: bps-2020
  period: maret
- file: "pagu*.csv"
  region: kemendagri:72.06
  year: 2021
  stage: rkpd
  layout: sipd_pagu
  indicator: POV.P0
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "peta.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_later_entries_add_to_earlier_ones_and_to_the_options(tmp_path: Path) -> None:
    entries = read_map(written(tmp_path, MAP))
    base = Request(year=2020, stage=Stage.APBD)
    assert request_for(Path("data/pagu 1.csv"), entries, base) == Request(
        layout="sipd_pagu",
        region=Region.parse("kemendagri:72.06"),
        year=2021,
        stage=Stage.RKPD,
        codes=CodeSystem.parse("bps-2020"),
        indicator="POV.P0",
        period=Period.MARCH,
    )
    assert request_for(Path("garis.csv"), entries, base).year == 2020
    assert request_for(Path("garis.xlsx"), entries, base) == base


OF_SHEETS = """
- file: "*.xlsx"
  year: 2024
  columns: {Area: region_name, Rate: {indicator: POV.P0, period: maret}}
- file: "dua.xlsx"
  sheet: "Jumlah*"
  columns: {Who: region_name, Poor: {indicator: POV.N, period: maret}}
"""


def test_an_entry_may_hold_for_some_sheets_of_a_file_alone(tmp_path: Path) -> None:
    """Two sheets of one workbook, each with a header of its own: one mapping could not fit both."""

    def fill(book: xlsxwriter.Workbook) -> None:
        for name, head, rate in (("Persen", ("Area", "Rate"), 12.4), ("Jumlah miskin", ("Who", "Poor"), 31.2)):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, head)
            sheet.write_row(1, 0, ("Kab. Poso", rate))

    path = write_book(tmp_path / "dua.xlsx", fill)
    request = request_for(path, read_map(written(tmp_path, OF_SHEETS)), Request())
    outcomes = read_file(path, request, parameters=packaged(), on=DAY)

    assert [values(outcome) for outcome in outcomes] == [{"Kab. Poso": 12.4}, {"Kab. Poso": 31.2}]
    assert [accepted(outcome).frame["indicator"][0] for outcome in outcomes] == ["POV.P0", "POV.N"]
    assert {accepted(outcome).frame["year"][0] for outcome in outcomes} == {2024}


def test_a_map_that_is_not_there_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(MapRefused) as refused:
        read_map(tmp_path / "nomap.yaml")
    assert refused.value.code == "map-absent"
    assert "nomap.yaml" in str(refused.value.values["file"])


def test_a_folder_is_no_map(tmp_path: Path) -> None:
    with pytest.raises(MapRefused) as refused:
        read_map(tmp_path)
    assert refused.value.code == "map-unreadable"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("- fil: a", "map-keys"),
        ("- {file: a, tahun: 2020}", "map-keys"),
        ("- layout: a", "map-file-unsaid"),
        ("file: a", "map-not-a-list"),
        ("- a", "map-not-a-list"),
        ("- {file: [", "map-broken"),
        ("- {file: a.csv, year: 2020, year: 2021}", "map-broken"),
        ("- {file: a, year: dua}", "map-value"),
        ("- {file: a, stage: murni}", "map-value"),
        ("- {file: a, region: '72.06'}", "map-value"),
        ("- {file: a, codes: bapas}", "map-value"),
        ("- {file: a, period: april}", "map-value"),
    ],
)
def test_a_map_that_is_not_as_it_must_be_is_refused(tmp_path: Path, text: str, code: str) -> None:
    with pytest.raises(MapRefused) as refused:
        read_map(written(tmp_path, text))
    assert refused.value.code == code


TABLE = "Kabupaten/Kota;Garis Kemiskinan 2020\nKab. Morowali;400.000\nMorowalli;1\nKota Palu;505\nSumber: BPS;\n"


def test_the_json_has_the_promised_shape(tmp_path: Path) -> None:
    outcome = read_text(tmp_path, TABLE)
    refused = read_text(tmp_path, "a;b\nc;d\n", name="lain.csv")
    good, bad = json.loads(json.dumps(as_plain([outcome, refused], "id", {0: "T1"})))
    assert (good["file"], good["sheet"], good["layout"], good["table"]) == ("tabel.csv", "csv", "bps_table", "T1")
    assert good["rows_in"] == good["rows_frame"] + good["rows_accepted"] + good["rows_refused"] == 5
    assert all(set(finding) == {"code", "severity", "at", "says", "do"} for finding in good["findings"])
    assert {finding["code"] for finding in good["findings"]} >= {"region-name-unknown", "value-implausible"}
    assert good["repairs"][0]["code"] == "number-marks"
    assert (bad["table"], bad["rows_refused"], bad["findings"][0]["code"]) == (None, 2, "layout-unknown")


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_text_names_cell_flaw_and_remedy(tmp_path: Path, language: str) -> None:
    outcome = read_text(tmp_path, TABLE)
    text = as_text([outcome], language, {0: "T1"})  # type: ignore[arg-type]
    assert "csv!B4" in text
    assert "{" not in text
    words = {
        "id": ("Baris berisi: 5 = 2 bingkai + 2 diterima + 1 ditolak.", "100.000 sampai 5.000.000"),
        "en": ("Rows with content: 5 = 2 frame + 2 accepted + 1 refused.", "100,000 to 5,000,000"),
    }
    assert all(part in text for part in words[language])
