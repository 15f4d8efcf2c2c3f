"""Sheets that no layout knows: their columns named once, and files of the same shape recognised afterwards."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from nangkis.intake.mapped.said import MappingRefused
from nangkis.intake.mapping import MapEntry, MapRefused, read_map
from nangkis.intake.request import Request
from nangkis.workspace.importing import Imported, ImportRules, import_files
from nangkis.workspace.opened import open_workspace


AREAS = "Area,Poor share {year},Remark\nKabupaten Morowali,{value},a\nKota Palu,6.94,b\n"
AREAS_MAP = """
- file: "areas*.csv"
  columns:
    Area: region_name
    B: {indicator: POV.P0, period: maret}
"""
SPENDING = (
    "Who,What code,What,How much\n1.06.0.00.0.00.01.0000 Dinas Sosial,1.06.05.2.02.0001,Fasilitasi Bantuan,1000000\n"
)
SPENDING_MAP = """
- file: "spend*.csv"
  region: kemendagri:72.06
  year: 2025
  stage: apbd
  columns: {Who: office, What code: sub_kegiatan_code, What: sub_kegiatan, How much: amount}
"""


def take(folder: Path, name: str, text: str, mapping: str | None = None, **said: object) -> Imported:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    entries: tuple[MapEntry, ...] = ()
    if mapping is not None:
        written = folder / "peta.yaml"
        written.write_text(mapping, encoding="utf-8")
        entries = read_map(written)
    workspace = open_workspace(folder / "kerja")
    rules = ImportRules(Request(**said), entries)  # type: ignore[arg-type]
    at = datetime(2026, 11, 5, tzinfo=UTC)
    (done,) = import_files(workspace, [path], rules=rules, at=at, on=date(2026, 11, 5), by="Sri")
    outcome = done.outcome
    assert outcome.rows_in == outcome.rows_frame + outcome.rows_accepted + outcome.rows_refused
    return done


def refused(done: Imported) -> str:
    assert done.outcome.refusal is not None
    assert done.table is None
    return done.outcome.refusal.code


def test_an_unknown_sheet_is_read_by_its_mapping_and_the_next_year_without_it(tmp_path: Path) -> None:
    first = AREAS.format(year=2023, value="12.31")
    second = AREAS.format(year=2024, value="11.97")
    assert refused(take(tmp_path, "areas.csv", first)) == "columns-unknown"

    taught = take(tmp_path, "areas.csv", first, AREAS_MAP)
    known = take(tmp_path, "areas next.csv", second)

    assert taught.outcome.reading is not None, taught.outcome.refusal
    assert known.outcome.reading is not None, known.outcome.refusal
    columns = ("indicator", "year", "period", "name_read", "value")
    assert taught.outcome.reading.frame.select(columns).rows()[0] == (
        "POV.P0", 2023, "maret", "Kabupaten Morowali", 12.31,
    )  # fmt: skip
    assert known.outcome.reading.frame.select(columns).rows()[0][1:] == (2024, "maret", "Kabupaten Morowali", 11.97)
    (written,) = (tmp_path / "kerja" / "mappings").iterdir()
    assert "by: Sri" in written.read_text()
    assert known.table is not None
    assert known.table.about["mapping"] == written.stem
    assert "mapping-used" in [finding.code for finding in known.outcome.findings]


def test_a_year_said_for_a_header_without_one_is_not_remembered(tmp_path: Path) -> None:
    text = AREAS.replace(" {year}", "").replace("{value}", "12.31")
    taught = take(tmp_path, "areas.csv", text, AREAS_MAP.replace("period", "year: 2023, period"))
    assert taught.table is not None, taught.outcome.refusal

    assert refused(take(tmp_path, "areas next.csv", text.replace("12.31", "11.97")))
    told = take(tmp_path, "areas next.csv", text.replace("12.31", "11.97"), year=2024)
    assert told.outcome.reading is not None
    assert set(told.outcome.reading.frame["year"]) == {2024}


def test_a_budget_with_odd_headers_is_read_by_its_mapping(tmp_path: Path) -> None:
    done = take(tmp_path, "spend.csv", SPENDING, SPENDING_MAP)
    assert done.outcome.reading is not None, done.outcome.refusal
    assert done.outcome.reading.frame["amount_sen"].to_list() == [100_000_000]


def test_a_changed_shape_is_refused_by_the_name_of_the_mapping(tmp_path: Path) -> None:
    taught = take(tmp_path, "areas.csv", AREAS.format(year=2023, value="12.31"), AREAS_MAP)
    changed = AREAS.replace("Area", "Place").format(year=2024, value="11.97")

    done = take(tmp_path, "areas next.csv", changed)

    assert refused(done) == "mapping-no-longer-fits"
    assert taught.table is not None
    assert done.outcome.refusal is not None
    assert done.outcome.refusal.values["mapping"] == taught.table.about["mapping"]


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        ("{Area: region_name, Place: note, B: {indicator: POV.P0}}", "mapping-column-absent"),
        ("{Area: region_name, A: note, B: {indicator: POV.P0}}", "mapping-column-twice"),
        ("{Area: region_name, B: {indicator: POV.P0, year: 2022}}", "mapping-contradicts"),
        ("{A: region_name, B: {indicator: POV.P0}}", "mapping-header-unknown"),
    ],
)
def test_a_mapping_that_does_not_fit_the_sheet_is_refused_whole(tmp_path: Path, columns: str, code: str) -> None:
    text = AREAS.format(year=2023, value="12.31")
    assert refused(take(tmp_path, "areas.csv", text, f"- {{file: '*.csv', columns: {columns}}}")) == code
    assert not (tmp_path / "kerja" / "mappings").exists()


def test_a_column_of_targets_is_not_mapped_to_values(tmp_path: Path) -> None:
    text = AREAS.replace("Poor share", "Target").format(year=2023, value="12.31")
    assert refused(take(tmp_path, "areas.csv", text, AREAS_MAP)) == "mapping-contradicts"


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        ("[a]", "mapping-not-columns"),
        ("{A: region_name, B: ../../etc}", "mapping-role-unknown"),
        ("{A: region_name, B: region_name, C: {indicator: POV.P0}}", "mapping-role-twice"),
        ("{A: region_name}", "mapping-role-needed"),
        ("{B: {indicator: POV.P0}}", "mapping-role-needed"),
        ("{A: region_name, B: {indicator: POV.CATS}}", "mapping-column-unreadable"),
        ("{A: region_name, B: {indicator: POV.P0, factor: 10}}", "mapping-column-unreadable"),
        ("{A: [x]}", "mapping-role-unknown"),
    ],
)
def test_a_hostile_mapping_is_refused(tmp_path: Path, columns: str, code: str) -> None:
    path = tmp_path / "peta.yaml"
    path.write_text(f"- {{file: '*', columns: {columns}}}", encoding="utf-8")
    with pytest.raises(MappingRefused) as caught:
        read_map(path)
    assert caught.value.code == code


def test_a_header_row_alone_or_in_words_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "peta.yaml"
    for text in ("- {file: a, header_row: 2}", "- {file: a, header_row: dua, columns: {A: region_name}}"):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(MapRefused):
            read_map(path)


def test_a_remembered_mapping_that_was_tampered_with_is_refused(tmp_path: Path) -> None:
    text = AREAS.format(year=2023, value="12.31")
    take(tmp_path, "areas.csv", text, AREAS_MAP)
    (written,) = (tmp_path / "kerja" / "mappings").iterdir()
    written.write_text(written.read_text().replace("area", "aria"), encoding="utf-8")
    with pytest.raises(MappingRefused) as caught:
        take(tmp_path, "areas.csv", text)
    assert caught.value.code == "mapping-broken"


@pytest.mark.parametrize(
    ("header", "column", "sen"),
    [
        ("How much (thousands)", "amount", 100_000_000_000),
        ("How much (Rp ribu)", "amount", 100_000_000_000),
        ("How much", "{role: amount, unit: ribu}", 100_000_000_000),
        ("How much", "{role: amount, unit: rupiah}", 100_000_000),
        ("How much (millions)", "{role: amount, unit: ribu}", None),
    ],
)
def test_the_zeros_that_a_header_leaves_away_are_kept(
    tmp_path: Path, header: str, column: str, sen: int | None
) -> None:
    mapping = SPENDING_MAP.replace("How much: amount", f"D: {column}")
    done = take(tmp_path, "spend.csv", SPENDING.replace("How much", header), mapping)
    if sen is None:
        assert refused(done) == "mapping-contradicts"
        return
    assert done.outcome.reading is not None, done.outcome.refusal
    assert done.outcome.reading.frame["amount_sen"].to_list() == [sen]
    second = SPENDING.replace("How much", header).replace("1000000", "2000000")
    again = take(tmp_path, "next.csv", second, "- {file: 'next*', region: 'kemendagri:72.06', year: 2026, stage: apbd}")
    assert again.outcome.reading is not None, again.outcome.refusal
    assert again.outcome.reading.frame["amount_sen"].to_list() == [2 * sen]


def test_two_columns_of_the_same_values_are_refused(tmp_path: Path) -> None:
    text = "Area,First 2023,Second 2023\nKota Palu,12.31,12.40\n"
    mapping = "- {file: '*', columns: {Area: region_name, B: {indicator: POV.P0}, C: {indicator: POV.P0}}}"
    assert refused(take(tmp_path, "areas.csv", text, mapping)) == "mapping-columns-alike"


def test_a_period_that_the_header_contradicts_is_refused(tmp_path: Path) -> None:
    text = AREAS.replace("share", "share September").format(year=2023, value="12.31")
    assert refused(take(tmp_path, "areas.csv", text, AREAS_MAP)) == "mapping-contradicts"


def test_another_row_that_looks_like_a_header_is_never_taken_instead(tmp_path: Path) -> None:
    above = "SKPD,Kode sub kegiatan,Sub kegiatan,Pagu\n"
    assert refused(take(tmp_path, "spend.csv", above + SPENDING, SPENDING_MAP)) == "mapping-header-unknown"


BY_ACCOUNT = """Who,What code,What,Post,How much 2025 (juta)
1.06.0.00.0.00.01.0000 Dinas Sosial,1.06.05.2.02.0001,Fasilitasi Bantuan,5.1.05.01.01.0001 Hibah Uang,2
1.06.0.00.0.00.01.0000 Dinas Sosial,1.06.05.2.02.0001,Fasilitasi Bantuan,4.1.01.06.01.0001 Pajak Hotel,7
"""
ACCOUNT_COLUMNS = "{Who: office, What code: sub_kegiatan_code, What: sub_kegiatan, Post: account, E: amount}"
ACCOUNT_MAP = SPENDING_MAP.rsplit("  columns:", 1)[0] + f"  columns: {ACCOUNT_COLUMNS}\n"


def test_a_budget_by_account_with_odd_headers_is_read_by_its_mapping(tmp_path: Path) -> None:
    done = take(tmp_path, "spend.csv", BY_ACCOUNT, ACCOUNT_MAP)
    again = take(tmp_path, "spend2.csv", BY_ACCOUNT.replace(",2\n", ",3\n"), region=None)

    reading = done.outcome.reading
    assert reading is not None, done.outcome.refusal
    (row,) = reading.frame.to_dicts()
    assert (reading.layout, row["office_name"], row["sub_kegiatan_name"]) == (
        "sipd_22", "Dinas Sosial", "Fasilitasi Bantuan",
    )  # fmt: skip
    assert (row["account_code"], row["account_name"]) == ("5.1.05.01.01.0001", "Hibah Uang")
    assert row["amount_sen"] == 2_000_000 * 100
    assert "account-not-spending" in [finding.code for finding in reading.findings]
    assert refused(again) == "unsaid"  # its columns are remembered, its region was said of the first file alone


def test_accounts_of_another_year_are_not_read(tmp_path: Path) -> None:
    assert refused(take(tmp_path, "spend.csv", BY_ACCOUNT.replace("2025", "2024"), ACCOUNT_MAP)) == (
        "amount-of-another-year"
    )


def test_a_mapping_of_accounts_without_its_office_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MappingRefused) as caught:
        take(tmp_path, "spend.csv", BY_ACCOUNT, ACCOUNT_MAP.replace("Who: office, ", ""))
    assert caught.value.code == "mapping-role-needed"


def test_offices_told_by_their_names_alone_are_accepted_without_codes_and_told(tmp_path: Path) -> None:
    done = take(tmp_path, "spend 1.csv", SPENDING.replace("1.06.0.00.0.00.01.0000 ", ""), SPENDING_MAP)
    reading = done.outcome.reading
    assert reading is not None
    assert reading.frame.select("office_code", "office_name").rows() == [(None, "Dinas Sosial")]
    assert [finding.at for finding in done.outcome.findings if finding.code == "offices-only-named"] == ["csv!A2"]


def test_a_name_among_offices_with_codes_is_refused_as_before(tmp_path: Path) -> None:
    text = SPENDING + "Dinas Pangan,2.09.03.2.02.0001,Penyediaan,2000000\n"
    done = take(tmp_path, "spend 1.csv", text, SPENDING_MAP)
    assert (done.outcome.rows_accepted, done.outcome.rows_refused) == (1, 1)
