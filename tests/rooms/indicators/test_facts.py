from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from nangkis.content.messages import finding_words
from nangkis.indicators.choice import places_as_fine
from nangkis.indicators.facts import Facts, facts, members_in
from nangkis.lake.snapshot import Snapshot
from nangkis.lake.store import Lake
from nangkis.parameters.loader import packaged
from nangkis.vocabulary.codes import Region
from tests.rooms.indicators.lakes import accept, snapshot_of


MOROWALI = "kemendagri-2025:72.06"
MOROWALI_UTARA = "kemendagri-2025:72.12"
KALTARA = [f"kemendagri-2025:65.{number}" for number in ("01", "02", "03", "04", "71")]
ON = date(2026, 11, 1)


def read(snapshot: Snapshot) -> Facts:
    return facts(snapshot, parameters=packaged(), on=ON)


def region(text: str) -> Region:
    return Region.parse(text)


def test_a_value_keeps_the_address_of_its_cell(tmp_path: Path) -> None:
    found = read(snapshot_of(tmp_path, [("POV.P0", MOROWALI, 2018, 14.34)])).value("POV.P0", region(MOROWALI), 2018)

    assert found is not None
    assert (found.value, found.places, found.missing) == (14.34, 2, None)
    where = (("indicator", ("POV.P0",)), ("region", (MOROWALI,)), ("year", (2018,)), ("period", ("maret",)))
    assert [cell.where for cell in found.selections] == [where]
    assert found.figure.key == f"POV.P0/2018/{MOROWALI}"
    assert found.figure.origin.method.name == "published-value"


def test_a_missing_value_says_why_and_a_region_without_a_row_is_none(tmp_path: Path) -> None:
    found = read(snapshot_of(tmp_path, [("POV.P0", MOROWALI, 2018, "dots")]))

    missing = found.value("POV.P0", region(MOROWALI), 2018)
    assert missing is not None
    assert (missing.value, missing.missing) == (None, "dots")
    assert found.value("POV.P0", region(MOROWALI_UTARA), 2018) is None
    assert found.latest_year("POV.P0", region(MOROWALI)) is None
    with pytest.raises(ValueError, match="dots"):
        _ = missing.figure


def test_the_series_is_in_order_of_years_and_knows_its_latest(tmp_path: Path) -> None:
    rows = [("POV.P0", MOROWALI, year, value) for year, value in ((2018, 14.34), (2016, 15.13), (2017, 14.55))]
    found = read(snapshot_of(tmp_path, [*rows, ("POV.P0", MOROWALI, 2019, None)]))

    assert [fact.year for fact in found.series("POV.P0", region(MOROWALI))] == [2016, 2017, 2018, 2019]
    assert found.latest_year("POV.P0", region(MOROWALI)) == 2018


def test_the_published_layout_counts_and_the_loser_is_named(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    published = accept(lake, [("POV.P0", MOROWALI, 2018, 14.34)], title="BPS", layout="bps_table", day=1)
    research = accept(lake, [("POV.P0", MOROWALI, 2018, 14.43)], title="Riset", layout="indicator_wide", day=2)

    found = read(lake.snapshot())
    fact = found.value("POV.P0", region(MOROWALI), 2018)

    assert fact is not None
    assert fact.value == 14.34
    assert [cell.table for cell in fact.selections] == [published]
    assert [cell.table for cell in fact.losers] == [research]
    assert fact.figure.origin.method.name == "published-value-preferred"
    assert {cell.table for cell in fact.figure.origin.inputs} == {published, research}
    assert [use.name for use in fact.figure.origin.parameters] == ["source_preference"]
    (finding,) = found.findings
    assert finding.code == "indicator-sources-differ"
    assert finding.values["count"] == 1
    says, do = finding_words(finding, "id")
    assert "menyebut 14,34" in says
    assert "menyebut 14,43" in says
    assert do.endswith(f"--replaces {published}.")


def test_a_region_that_a_table_gives_by_code_alone_is_told_by_its_name(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    accept(lake, [("POV.P0", MOROWALI, 2018, 14.34)], title="BPS", day=1)
    accept(lake, [("POV.P0", MOROWALI, 2018, 14.93)], title="Riset", layout="indicator_wide", day=2, named=False)

    (finding,) = read(lake.snapshot()).findings

    assert finding.values["region"] == "Kabupaten Morowali"


def test_of_two_tables_with_one_layout_the_later_counts(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    accept(lake, [("POV.P0", MOROWALI, 2018, 14.43)], title="Lama", day=1)
    accept(lake, [("POV.P0", MOROWALI, 2018, 14.34)], title="Baru", day=2)

    fact = read(lake.snapshot()).value("POV.P0", region(MOROWALI), 2018)

    assert fact is not None
    assert fact.value == 14.34


@pytest.mark.parametrize(("coarse", "differs"), [(14.3, False), (14.4, True), (14.5, True)])
def test_rounding_alone_is_no_difference(tmp_path: Path, *, coarse: float, differs: bool) -> None:
    lake = Lake(tmp_path)
    accept(lake, [("POV.P0", MOROWALI, 2018, 14.34)], title="BPS")
    accept(lake, [("POV.P0", MOROWALI, 2018, coarse)], title="Riset", layout="indicator_wide", places=1)

    assert bool(read(lake.snapshot()).findings) is differs


def test_a_cell_that_could_not_be_read_yields_to_another_table(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    accept(lake, [("POV.P0", MOROWALI, 2018, "unreadable")], title="BPS")
    accept(lake, [("POV.P0", MOROWALI, 2018, 14.34)], title="Riset", layout="indicator_wide")

    fact = read(lake.snapshot()).value("POV.P0", region(MOROWALI), 2018)

    assert fact is not None
    assert fact.value == 14.34


def test_a_published_dash_stands_against_a_research_file_filled_backwards(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    accept(lake, [("POV.GK", MOROWALI, 2013, "dash")], title="BPS")
    accept(lake, [("POV.GK", MOROWALI, 2013, 347848.0)], title="Riset", layout="indicator_wide", places=0)

    found = read(lake.snapshot())
    fact = found.value("POV.GK", region(MOROWALI), 2013)

    assert fact is not None
    assert (fact.value, fact.missing) == (None, "dash")
    assert [finding.code for finding in found.findings] == ["indicator-denied"]


def test_decimals_are_those_of_the_finest_cell_of_the_table_and_no_more_than_the_catalogue_knows(
    tmp_path: Path,
) -> None:
    rows = [("POV.P0", MOROWALI, 2015, 15.8), ("POV.P0", MOROWALI, 2018, 14.34)]
    lake = Lake(tmp_path)
    accept(lake, rows, places=9)

    fact = read(lake.snapshot()).value("POV.P0", region(MOROWALI), 2015)

    assert fact is not None
    assert fact.places == 2


def test_a_province_is_the_poor_over_the_implied_population(tmp_path: Path) -> None:
    poor = (10.0, 20.0, 30.0, 40.0, 50.0)
    percent = (20.0, 10.0, 12.0, 8.0, 5.0)
    rows = [("POV.N", code, 2018, value) for code, value in zip(KALTARA, poor, strict=True)]
    rows += [("POV.P0", code, 2018, value) for code, value in zip(KALTARA, percent, strict=True)]
    found = read(snapshot_of(tmp_path, rows))

    share = found.value("POV.P0", region("kemendagri:65"), 2018)
    total = found.value("POV.N", region("kemendagri:65"), 2018)

    assert share is not None
    assert total is not None
    population = 10 / 0.20 + 20 / 0.10 + 30 / 0.12 + 40 / 0.08 + 50 / 0.05
    assert total.value == pytest.approx(10 + 20 + 30 + 40 + 50)
    assert share.value == pytest.approx(100 * (10 + 20 + 30 + 40 + 50) / population)
    assert share.method.name == "share-of-regencies"
    assert total.method.name == "sum-of-regencies"
    cells = [dict(cell.where) for cell in share.selections]
    assert {(code, name) for cell in cells for code in cell["region"] for name in cell["indicator"]} == {
        (code, name) for code in KALTARA for name in ("POV.N", "POV.P0")
    }
    assert [fact.year for fact in found.series("POV.P0", region("kemendagri:65"))] == [2018]


def test_a_province_with_a_gap_among_its_regencies_has_no_sum(tmp_path: Path) -> None:
    rows = [("POV.N", code, 2018, 10.0) for code in KALTARA]
    rows += [("POV.P0", code, 2018, 10.0) for code in KALTARA[1:]]

    found = read(snapshot_of(tmp_path, rows))

    assert found.value("POV.P0", region("kemendagri:65"), 2018) is None
    assert found.value("POV.N", region("kemendagri:65"), 2018) is not None


def test_a_published_province_value_stands_before_the_sum(tmp_path: Path) -> None:
    rows = [(name, code, 2018, 10.0) for code in KALTARA for name in ("POV.N", "POV.P0")]
    rows.append(("POV.P0", "kemendagri-2025:65", 2018, 7.09))

    fact = read(snapshot_of(tmp_path, rows)).value("POV.P0", region("kemendagri:65"), 2018)

    assert fact is not None
    assert (fact.value, fact.method.name) == (7.09, "published-value")


def test_a_poverty_line_is_never_summed(tmp_path: Path) -> None:
    found = read(snapshot_of(tmp_path, [("POV.GK", code, 2018, 400000.0) for code in KALTARA]))

    assert found.value("POV.GK", region("kemendagri:65"), 2018) is None


def test_a_regency_belongs_to_its_parent_before_its_founding() -> None:
    province = region("kemendagri:72")

    assert region(MOROWALI_UTARA) not in members_in(province, 2014)
    assert region(MOROWALI_UTARA) in members_in(province, 2015)
    assert region(MOROWALI) in members_in(province, 2014)
    assert members_in(region(MOROWALI), 2018) == ()


def test_the_answer_does_not_depend_on_the_order_of_rows_or_tables(tmp_path: Path) -> None:
    rows = [("POV.P0", code, 2018, 5.0 + number) for number, code in enumerate(KALTARA)]
    forward, backward = (
        read(snapshot_of(tmp_path / name, ordered)) for name, ordered in (("a", rows), ("b", rows[::-1]))
    )

    told = ("indicator", "region", "year", "value", "places")
    assert forward.chosen.select(told).equals(backward.chosen.select(told))


def test_an_empty_lake_has_no_facts(tmp_path: Path) -> None:
    found = read(Lake(tmp_path).snapshot())

    assert found.value("POV.P0", region(MOROWALI), 2018) is None
    assert found.series("POV.P0", region("kemendagri:72")) == ()
    assert found.findings == ()


def test_a_value_from_before_a_founding_is_not_one(tmp_path: Path) -> None:
    rows = [("POV.P0", MOROWALI_UTARA, 2014, 14.97), ("POV.P0", MOROWALI_UTARA, 2015, 16.57)]
    found = read(snapshot_of(tmp_path, rows))

    before, after = found.series("POV.P0", region(MOROWALI_UTARA))

    assert (before.value, before.missing) == (None, "not-founded")
    assert after.value == 16.57


def test_a_province_has_no_sum_of_its_regencies_before_its_founding(tmp_path: Path) -> None:
    """Until 2012 the five of Kalimantan Utara were Kalimantan Timur's."""
    rows = [("POV.N", code, year, 10.0) for code in KALTARA for year in (2011, 2020)]
    found = read(snapshot_of(tmp_path, rows))

    assert found.value("POV.N", region("kemendagri-2025:65"), 2011) is None
    later = found.value("POV.N", region("kemendagri-2025:65"), 2020)
    assert later is not None
    assert later.value == 5 * 10


def test_the_month_is_known_from_the_first_year_that_the_rule_names(tmp_path: Path) -> None:
    rows = [("POV.P0", MOROWALI, year, 14.0) for year in (2014, 2015)]
    found = read(snapshot_of(tmp_path, rows))

    known = {fact.year: fact.month_known for fact in found.series("POV.P0", region(MOROWALI))}
    assert known == {2014: False, 2015: True}


def test_a_value_that_drops_its_last_zero_is_as_fine_as_others_of_its_table() -> None:
    """12.3 stands beside 14.34 in one column of one table; 9.1 is alone in its own."""
    rows = pl.DataFrame(
        {"_table": ["a", "a", "b"], "indicator": ["POV.P0"] * 3, "places": [1, 2, 1]},
        schema_overrides={"places": pl.Int8},
    )

    assert rows.select(places_as_fine("_table")).to_series().to_list() == [2, 2, 1]
