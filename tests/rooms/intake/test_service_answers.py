"""Answers of web services are read like any file: each value with its key, each row accepted or refused by name."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from nangkis.intake.cells.answers import pointers
from nangkis.intake.limits import limits_on
from nangkis.intake.reading import SheetOutcome
from nangkis.lake.answers import KeptAnswer, write_answer
from nangkis.parameters.loader import packaged
from nangkis.vocabulary.findings import Finding
from tests.rooms.connectors.answers import ids, listed, series, table
from tests.rooms.intake.files import DAY, accepted, codes, read, refusal


AT = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
OF_P0 = {"model": "data", "domain": "0000", "var": "192"}


def read_raw(folder: Path, answer: Any, **said: Any) -> SheetOutcome:
    """Read an answer as somebody saved it from a browser."""
    return read_bytes(folder, json.dumps(answer).encode(), **said)


def read_bytes(folder: Path, content: bytes, **said: Any) -> SheetOutcome:
    path = folder / "jawaban.json"
    path.write_bytes(content)
    (outcome,) = read(path, **said)
    return outcome


def read_kept(
    folder: Path, *pages: Any, request: dict[str, str] | None = None, service: str = "bps", **said: Any
) -> SheetOutcome:
    """Read an answer as nangkis fetch keeps it."""
    content = tuple(json.dumps(page).encode() for page in pages)
    write_answer(folder / "jawaban.json", KeptAnswer(service, OF_P0 if request is None else request, AT, content))
    (outcome,) = read(folder / "jawaban.json", **said)
    return outcome


def first_of(outcome: SheetOutcome) -> str:
    """The code of the first finding of a sheet of which no row was accepted."""
    assert outcome.refusal is not None
    first = outcome.refusal.values["first"]
    assert isinstance(first, Finding)
    return first.code


def small(value: Any = 11.5, **said: Any) -> dict[str, Any]:
    """A table of one value: Sulawesi Tengah, everybody, March 2024."""
    parts = {"regions": [(7200, "SULAWESI TENGAH")], "groups": [(434, "Jumlah")], "years": [(124, "2024")],
             "halves": [(61, "Semester 1 (Maret)")]} | said  # fmt: skip
    key = f"{parts['regions'][0][0]}{parts.get('variable', 192)}{parts['groups'][0][0]}{parts['years'][0][0]}61"
    return table(**{"content": {key: value}, **parts})


def test_a_table_of_bps_gives_each_value_its_region_year_month_and_key(tmp_path: Path) -> None:
    outcome = read_kept(tmp_path, table())

    reading = accepted(outcome)
    assert (outcome.layout, reading.owner, reading.about["codes"]) == (
        "bps_webapi_data",
        "kemendagri-2025:00",
        "bps-2025",
    )
    assert (outcome.rows_in, outcome.rows_frame, outcome.rows_accepted, outcome.rows_refused) == (1 + 24, 1, 12, 12)
    at = pl.col("name_read") == "SULAWESI TENGAH", pl.col("year") == 2024, pl.col("period") == "september"
    row = reading.frame.filter(*at).row(0, named=True)
    # Regions come first, then groups, years and halves: the second region's second group, second year, second half.
    number = 1 * (2 * 2 * 2) + 1 * (2 * 2) + 1 * 2 + 2
    assert row["value"] == 10 + number / 100
    assert (row["indicator"], row["region"], row["_row"]) == ("POV.P0", "kemendagri-2025:72", 1 + number)
    assert list(table()["datacontent"])[number - 1] == "720019243412462"


def test_the_nation_is_known_by_the_services_own_number_and_its_name(tmp_path: Path) -> None:
    frame = accepted(read_kept(tmp_path, table())).frame

    assert frame.filter(name_read="INDONESIA")["region"].unique().to_list() == ["kemendagri-2025:00"]
    other = read_kept(tmp_path, small(regions=[(9999, "LAINNYA")]))
    assert refusal(other) == "no-row-accepted"


def test_what_was_asked_and_the_publishers_note_stay_with_the_table(tmp_path: Path) -> None:
    told = {finding.code: finding.values for finding in read_kept(tmp_path, table()).findings}

    assert told["answer-kept"] == {
        "service": "bps", "request": "model data, domain 0000, var 192", "moment": "2026-11-24T05:00:00+00:00"
    }  # fmt: skip
    assert told["answer-note"]["updated"] == "2026-08-05 12:36:39"
    assert told["answer-note"]["note"] == "Angka Maret dan September. Papua sebelum 2024 belum dimekarkan"


def test_an_answer_saved_from_a_browser_is_read_alike(tmp_path: Path) -> None:
    kept, raw = read_kept(tmp_path, table()), read_raw(tmp_path, table())

    assert accepted(raw).frame.equals(accepted(kept).frame)
    assert "answer-without-request" in codes(raw)


def test_a_kept_answer_that_was_edited_is_told(tmp_path: Path) -> None:
    read_kept(tmp_path, small())
    path = tmp_path / "jawaban.json"
    path.write_text(path.read_text(encoding="utf-8").replace("11.5", "12.5"), encoding="utf-8")

    (outcome,) = read(path)

    assert "answer-changed" in codes(outcome)
    path.write_text(path.read_text(encoding="utf-8")[:-9], encoding="utf-8")
    assert refusal(read(path)[0]) == "kept-answer-broken"


def test_code_and_name_are_both_asked(tmp_path: Path) -> None:
    regions = [(7200, "SULAWESI TENGAH"), (7300, "BALI"), (1100, "ACEH")]

    outcome = read_raw(tmp_path, table(regions=regions, groups=[(434, "Jumlah")], years=[(124, "2024")]))

    assert set(accepted(outcome).frame["name_read"]) == {"SULAWESI TENGAH", "ACEH"}
    assert outcome.rows_refused == 2
    assert "region-code-contradicts-name" in codes(outcome)


def test_codes_of_regencies_are_bps_own_with_four_digits_or_seven(tmp_path: Path) -> None:
    for code in (7203, 7203000):  # at Kemendagri 72.03 is Donggala; at BPS it is Morowali
        outcome = read_raw(tmp_path, small(regions=[(code, "Morowali")]))

        assert accepted(outcome).frame["region"].to_list() == ["kemendagri-2025:72.06"]


def test_rows_that_an_office_only_numbered_are_known_by_their_names(tmp_path: Path) -> None:
    outcome = read_raw(tmp_path, table(regions=[(1, "Morowali"), (2, "Poso"), (13, "Kota Palu")]))

    assert set(accepted(outcome).frame["region"]) == {f"kemendagri-2025:72.{digits}" for digits in ("06", "02", "71")}


def test_a_variable_without_a_known_title_is_known_by_its_number_in_its_domain(tmp_path: Path) -> None:
    strange = small(title="Tabel 192")

    assert accepted(read_kept(tmp_path, strange)).frame["indicator"].to_list() == ["POV.P0"]
    for request in ({**OF_P0, "domain": "7200"}, {}):  # there, number 192 may be anything
        assert refusal(read_kept(tmp_path, strange, request=request)) == "answer-indicator-unknown"
    assert accepted(read_raw(tmp_path, strange, indicator="POV.P0")).frame.height == 1


def test_a_number_and_a_title_of_two_indicators_are_not_reconciled(tmp_path: Path) -> None:
    assert refusal(read_kept(tmp_path, small(title="Gini Ratio Menurut Provinsi"))) == "variable-contradicts-title"
    assert refusal(read_raw(tmp_path, small(), indicator="POV.GINI")) == "request-contradicts"


def test_a_table_of_a_part_of_the_people_is_no_table_of_all(tmp_path: Path) -> None:
    title = "Persentase Penduduk Miskin Perempuan Menurut Provinsi"

    assert refusal(read_raw(tmp_path, small(title=title))) == "indicator-other"


def test_another_unit_than_the_indicators_is_refused(tmp_path: Path) -> None:
    assert refusal(read_raw(tmp_path, small(unit="Ribu Jiwa"))) == "no-row-accepted"


def test_decimals_are_those_that_the_publisher_says(tmp_path: Path) -> None:
    assert accepted(read_raw(tmp_path, small(value=11.5))).frame["places"].to_list() == [2]


@pytest.mark.parametrize(("label", "period"), [("Februari", "februari"), ("Agustus", "agustus"), ("Tahun", "agustus")])
def test_a_month_is_the_one_that_is_said(tmp_path: Path, label: str, period: str) -> None:
    tpt = small(value=3.2, variable=9, title="Tingkat Pengangguran Terbuka (TPT)", halves=[(61, label)])

    assert accepted(read_raw(tmp_path, tpt)).frame["period"].to_list() == [period]


def test_a_month_that_is_no_survey_of_ours_is_not_taken_for_one(tmp_path: Path) -> None:
    outcome = read_raw(tmp_path, small(halves=[(61, "Triwulan I")]))

    assert (refusal(outcome), first_of(outcome)) == ("no-row-accepted", "row-period-unknown")


def test_a_key_that_reads_two_ways_is_refused_and_told(tmp_path: Path) -> None:
    # 1 + 92 and 19 + 2 are both in the lists: "7200" + "192" + … reads two ways where a group is 2434 and one 434.
    answer = table(groups=[(434, "Jumlah"), (2434, "Perkotaan")], halves=[(61, "Maret")])
    answer["var"].append({"val": 19, "label": "lain", "unit": "", "decimal": "", "note": ""})

    outcome = read_raw(tmp_path, answer)

    told = [finding for finding in outcome.findings if finding.code == "answer-key-ambiguous"]
    assert told
    assert told[0].at.startswith("datacontent!A")
    assert "region-name-missing" not in codes(outcome)


def test_keys_of_several_lengths_are_told_apart_by_their_lists(tmp_path: Path) -> None:
    regions = [(1, "Morowali"), (12, "Poso"), (120, "Kota Palu")]

    outcome = read_raw(tmp_path, table(regions=regions, groups=[(0, "Tidak ada")], years=[(99, "1999"), (124, "2024")]))

    assert accepted(outcome).frame.height == 3 * 2 * 2
    assert outcome.rows_refused == 0


def test_a_key_of_no_list_is_refused_and_told(tmp_path: Path) -> None:
    answer = small()
    answer["datacontent"]["720019243499961"] = 12.0

    outcome = read_raw(tmp_path, answer)

    (told,) = [finding for finding in outcome.findings if finding.code == "answer-key-unknown"]
    assert (told.at, told.values) == ("datacontent!A3", {"count": 1, "keys": "720019243499961"})
    assert (outcome.rows_accepted, outcome.rows_refused) == (1, 1)


def test_long_keys_are_no_persons_numbers(tmp_path: Path) -> None:
    key = "7203010101900001"  # sixteen digits, and a birthday among them

    outcome = read_raw(tmp_path, small() | {"datacontent": {key: 1.0, "720019243412461": 11.5}})

    assert outcome.rows_accepted == 1


@pytest.mark.parametrize("value", [None, "-", "...", "", True, float("nan"), 10**400, {"a": 1}, [1], "sebelas"])
def test_a_value_that_is_no_number_is_never_a_number(tmp_path: Path, value: object) -> None:
    answer = table(groups=[(434, "Jumlah")])
    answer["datacontent"]["110019243412361"] = value

    frame = accepted(read_raw(tmp_path, answer)).frame

    assert frame.filter(_row=2)["value"].to_list() in ([], [None])


def test_a_number_written_as_text_is_read(tmp_path: Path) -> None:
    assert accepted(read_raw(tmp_path, small(value="11,57"))).frame["value"].to_list() == [11.57]


def test_a_series_of_the_world_bank_is_that_of_the_nation(tmp_path: Path) -> None:
    pages = [series({2020: 9.8, 2021: 10.1, 2022: None, 2023: 9.4}, page=page, per_page=3) for page in (1, 2)]

    outcome = read_kept(tmp_path, *pages, service="worldbank", request={"indicator": "SI.POV.NAHC", "country": "IDN"})

    frame = accepted(outcome).frame
    assert outcome.layout == "worldbank_json"
    assert frame.select("indicator", "region", "year", "value").rows() == [
        ("POV.P0", "kemendagri-2025:00", 2020, 9.8),
        ("POV.P0", "kemendagri-2025:00", 2021, 10.1),
        ("POV.P0", "kemendagri-2025:00", 2022, None),
        ("POV.P0", "kemendagri-2025:00", 2023, 9.4),
    ]
    assert "answer-incomplete" not in codes(outcome)


def test_a_page_of_several_says_what_is_lacking(tmp_path: Path) -> None:
    outcome = read_raw(tmp_path, series({2020: 9.8, 2021: 10.1, 2022: 9.5}, per_page=2))

    (told,) = [finding for finding in outcome.findings if finding.code == "answer-incomplete"]
    assert told.values == {"total": 3, "found": 2}


def test_an_indicator_of_the_bank_that_is_none_of_ours_is_refused(tmp_path: Path) -> None:
    answer = series({2020: 34.9})
    answer[1][0]["indicator"] = {"id": "SI.POV.GINI", "value": "Gini index"}  # in percent, and not as BPS makes it

    assert refusal(read_raw(tmp_path, answer)) == "answer-indicator-unknown"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b'{"a": ', "json-broken"),
        (b'{"a": 1, "a": 2}', "json-broken"),
        (b'{"a":' + b"[" * 200_000, "json-broken"),
        (b'{"a": 1}', "json-shape-unknown"),
        (b'[{"a": 1}]', "json-shape-unknown"),
        (b'{"a": "\xff"}', "text-broken"),
        (json.dumps(listed([{"var_id": 1}], per_page=10, page=1)).encode(), "answer-is-list"),
        (b'{"nangkis-answer": 1', "kept-answer-broken"),
        (b'{"nangkis-answer": 2,\n "answers": [\n{}\n]}\n', "kept-answer-newer"),
        (b'{"nangkis-answer": 1,\n "answers": [\n{}\n]}\n', "kept-answer-broken"),
    ],
)  # fmt: skip
def test_other_json_is_refused_by_name(tmp_path: Path, content: bytes, code: str) -> None:
    assert refusal(read_bytes(tmp_path, content)) == code


@pytest.mark.parametrize("part", ["vervar", "var", "turvar", "tahun", "turtahun", "datacontent", "last_update"])
@pytest.mark.parametrize(
    "other", [None, 1, "x", [], {}, [1], [None], [{"val": None}], [{"val": {"a": 1}, "label": []}]]
)
def test_a_part_that_is_not_as_documented_is_refused_and_never_a_crash(
    tmp_path: Path, part: str, other: object
) -> None:
    outcome = read_raw(tmp_path, small() | {part: other})

    assert (outcome.refusal is None) == (part == "last_update")


def test_a_csv_whose_first_cell_has_a_bracket_is_still_a_csv(tmp_path: Path) -> None:
    for first in ("[Tabel 1]", "{nama}", "[1]"):
        outcome = read_bytes(tmp_path, f"{first};P0\nAceh;14,5\n".encode())

        assert outcome.sheet == "csv"


def test_ids_may_stand_in_their_list_twice_alike(tmp_path: Path) -> None:
    answer = small() | {"tahun": ids([(124, "2024"), (124, "2024")])}

    assert accepted(read_raw(tmp_path, answer)).frame.height == 1
    differing = small() | {"tahun": ids([(124, "2024"), (124, "2025")])}
    assert "answer-key-ambiguous" in codes(read_raw(tmp_path, differing))


def at_pointer(value: Any, pointer: str) -> Any:
    for step in pointer.split("/")[1:]:
        value = value[int(step)] if isinstance(value, list) else value[step]
    return value


@pytest.mark.parametrize("is_kept", [True, False])
@pytest.mark.parametrize("answer", [table(), series({2020: 9.8, 2021: 10.1, 2022: 9.5})])
def test_each_value_is_found_again_in_its_file_by_its_pointer(tmp_path: Path, answer: Any, is_kept: bool) -> None:  # noqa: FBT001 - a parameter of the test
    frame = accepted(read_kept(tmp_path, answer) if is_kept else read_raw(tmp_path, answer)).frame
    path = tmp_path / "jawaban.json"

    places = pointers(path, limits_on(packaged(), DAY))

    content = json.loads(path.read_text(encoding="utf-8"))
    for row, value in frame.select("_row", "value").rows():
        assert at_pointer(content, places[row]) == value
