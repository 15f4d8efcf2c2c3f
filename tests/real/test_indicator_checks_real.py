"""The faults that the real indicator files are known for are found by the checks, in the cells where they stand."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from nangkis.intake.checks.values import check_values
from nangkis.intake.reading import read_file
from nangkis.intake.request import Request
from nangkis.intake.rules import rules_on
from nangkis.parameters.loader import packaged
from nangkis.regions.register import place
from nangkis.vocabulary.codes import Region
from nangkis.vocabulary.findings import Finding
from nangkis.vocabulary.sources import column_letter
from tests.rooms.indicators.lakes import PLAIN


DAY = date(2026, 11, 1)
FOLDER = "02_indikator/kabkota"
TRANSCRIBED = {
    "p0": "POV.P0",
    "p1": "POV.P1",
    "p2": "POV.P2",
    "uhh": "HLT.UHH",
    "hls": "EDU.HLS",
    "rls": "EDU.RLS",
    "peng_ribu": "DEV.PKD",
    "ipm": "DEV.IPM",
}
REPAIRED = {"p1": "POV.P1", "p2": "POV.P2", "tpt": "EMP.TPT"}


def found(values: pl.DataFrame, code: str) -> list[Finding]:
    findings = check_values(values, rules_on(packaged(), DAY))
    return [finding for finding in findings if finding.code == code]


def long(frame: pl.DataFrame, columns: dict[str, str], *, places: int = 2) -> pl.DataFrame:
    """Return a frame with columns region, name and year in the lake's form, as the long layout would."""
    parts = [
        frame.with_row_index("_row", offset=2).select(
            pl.lit(code).alias("indicator"),
            "region",
            pl.col("nama").alias("name_read"),
            pl.col("tahun").alias("year"),
            pl.lit("tahun").alias("period"),
            pl.col(column).cast(pl.Float64).alias("value"),
            pl.lit(0 if column == "peng_ribu" else places).alias("places"),
            pl.lit(None).alias("missing"),
            pl.lit("t").alias("_sheet"),
            "_row",
            pl.lit(column_letter(frame.columns.index(column))).alias("_col"),
        )
        for column, code in columns.items()
    ]
    return pl.concat(parts).cast(dict(PLAIN))  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def transcribed(shared_data: Path) -> pl.DataFrame:
    frame = pl.read_csv(
        shared_data / FOLDER / "TRANSCRIBED_kemiskinan_ipm_514_2025.csv",
        schema_overrides={"kemendagri_2025": pl.String},
    )
    digits = pl.col("kemendagri_2025")
    return long(
        frame.with_columns(
            ("kemendagri-2025:" + digits.str.slice(0, 2) + "." + digits.str.slice(2, 2)).alias("region")
        ),
        TRANSCRIBED,
    )


@pytest.fixture(scope="session")
def repaired(shared_data: Path) -> pl.DataFrame:
    frame = pl.read_csv(shared_data / FOLDER / "DERIVED_miranti_repaired_514_2010_2018.csv")
    codes = {code: str(place(Region.parse(f"bps-2020:{code}")).region) for code in frame["bps_2020"].unique()}
    return long(
        frame.with_columns(pl.col("bps_2020").replace_strict(codes, return_dtype=pl.String).alias("region")), REPAIRED
    )


@pytest.fixture(scope="session")
def lines(shared_data: Path) -> pl.DataFrame:
    file = shared_data / FOLDER / "garis_kemiskinan_2011_2025/garis_kemiskinan_wide.csv"
    rules = Request(indicator="POV.GK")
    readings = [one.reading for one in read_file(file, rules, parameters=packaged(), on=DAY) if one.reading is not None]
    return pl.concat([one.frame for one in readings])


def test_alor_is_the_one_region_whose_ipm_is_not_made_of_its_components(transcribed: pl.DataFrame) -> None:
    (only,) = found(transcribed, "ipm-not-its-parts")

    assert (only.values["name"], only.values["value"], only.values["again"]) == ("Kabupaten Alor", 68.44, 63.32)


def test_the_transcribed_table_has_no_index_above_the_one_it_is_part_of(transcribed: pl.DataFrame) -> None:
    assert found(transcribed, "part-above-whole") == []


def test_severity_above_depth_is_found_in_all_rows_but_one_of_rounding(repaired: pl.DataFrame) -> None:
    told = [one for one in found(repaired, "part-above-whole") if one.values["part"] == "POV.P2"]

    # The sixth of 2010 differs by less than the rounding of both.
    assert Counter(str(one.values["year"]) for one in told) == {"2010": 5, "2014": 38}


def test_unemployment_of_2016_is_told_as_a_copy(repaired: pl.DataFrame) -> None:
    (only,) = found(repaired, "year-mostly-copied")

    assert (only.values["indicator"], only.values["year"], only.values["count"]) == ("EMP.TPT", "2016", 458)


def test_the_poverty_lines_of_2025_that_rose_by_whole_thousands_are_told(lines: pl.DataFrame) -> None:
    told = {one.values["year"]: one.values["count"] for one in found(lines, "change-looks-chosen")}

    assert told == {"2025": 20}


def test_seventeen_regions_have_poverty_lines_from_before_their_founding(lines: pl.DataFrame) -> None:
    regions = {one.values["name"] for one in found(lines, "filled-before-founding")}

    assert len(regions) == 17


def test_the_table_of_2021_is_read_whole_and_its_zeros_for_missing_are_told(shared_data: Path) -> None:
    file = shared_data / FOLDER / "klasifikasi_kemiskinan_514_2021.csv"
    (outcome,) = read_file(file, Request(year=2021), parameters=packaged(), on=DAY)
    zeros = {str(one.values["indicator"]): one.at for one in outcome.findings if one.code == "zero-for-missing"}

    assert (outcome.rows_accepted, outcome.rows_refused) == (514, 0)
    assert zeros == {"INF.SAN": "csv!G514", "INF.WAT": "csv!H509", "EMP.TPT": "csv!I507, I508"}
    assert any(repair.code == "number-marks" for repair in outcome.repairs)
