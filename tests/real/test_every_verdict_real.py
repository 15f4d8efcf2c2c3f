"""All kabupaten and kota, in every indicator that the real tables hold: no empty verdict, no line across a break."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from nangkis.content.catalogue import LANGUAGES, has
from nangkis.content.sentences import Sentence, spoken
from nangkis.diagnosis.diagnose import diagnose
from nangkis.diagnosis.every import verdicts
from nangkis.diagnosis.exhibits import diagnosis_blocks, diagnosis_summary
from nangkis.diagnosis.judged import Judged, judge
from nangkis.diagnosis.rules import rules_on
from nangkis.indicators.catalogue import indicators
from nangkis.indicators.facts import facts
from nangkis.intake.reading import SheetOutcome, read_file
from nangkis.intake.request import Request
from nangkis.lake.snapshot import Snapshot
from nangkis.lake.store import Lake
from nangkis.parameters.loader import packaged
from nangkis.regions import register
from nangkis.regions.splits import every_split
from nangkis.vocabulary.codes import CodeSystem, Region
from nangkis.vocabulary.refusals import FileRefused


pytestmark = pytest.mark.long

ON = date(2026, 11, 24)
# A split regency, its parent, a city, one without a regional council of its own, provinces old and new, the nation.
SAMPLE = ("72.06", "72.12", "35.71", "31.01", "94.04", "72", "91", "95", "00")
SUMS = ("POV.N", "POV.P0")
UNFILLED = re.compile(r"[{}]|\bNone\b(?! of )|\bnan\b")  # what a sentence shows where nothing filled it


def outcomes(file: Path) -> Iterator[SheetOutcome]:
    """Read a file as a planner would: by BPS' codes of 2020, else by what it says itself."""
    for request in (Request(codes=CodeSystem.parse("bps-2020")), Request()):
        try:
            found = read_file(file, request, parameters=packaged(), on=ON)
        except FileRefused:
            continue
        if any(one.reading is not None for one in found):
            yield from found
            return


@pytest.fixture(scope="module")
def snapshot(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    lake = Lake(tmp_path_factory.mktemp("lake"))
    for file in sorted((shared_data / "02_indikator").rglob("*.*")):
        for outcome in outcomes(file) if file.is_file() else ():
            reading = outcome.reading
            if reading is not None and reading.kind == "indicator" and not lake.same_content(reading):
                lake.accept(reading, source_file=file, at=datetime(2026, 11, 1, tzinfo=UTC), by="Ratna")
    return lake.snapshot()


@pytest.fixture(scope="module")
def judged(snapshot: Snapshot) -> Judged:
    known = facts(snapshot, parameters=packaged(), on=ON)
    return judge(known, rules_on(packaged(), ON), codes=known.chosen["indicator"].unique().sort().to_list())


@pytest.fixture(scope="module")
def told(judged: Judged) -> pl.DataFrame:
    return verdicts(judged, judged.facts.chosen["indicator"].unique().sort().to_list())


def regencies() -> list[str]:
    return [str(place.region) for place in register.regencies(Region.parse("kemendagri:00"))]


def test_every_region_has_a_verdict_or_a_reason_in_every_indicator(judged: Judged, told: pl.DataFrame) -> None:
    codes = judged.facts.chosen["indicator"].n_unique()
    own = told.filter(pl.col("region").is_in(regencies()))

    assert codes >= 40
    assert (own["region"].n_unique(), own.height) == (514, 514 * codes)
    assert own.filter(pl.col("value").is_not_null() == pl.col("why").is_not_null()).height == 0
    assert [why for why in own["why"].drop_nulls().unique() if not has(f"every.why.{why}")] == []


def test_only_too_few_years_leave_a_course_unsaid(judged: Judged, told: pl.DataFrame) -> None:
    valued = told.filter(pl.col("value").is_not_null())

    unsaid = valued.filter(pl.col("movement").is_null())

    assert valued.height > 10_000
    assert unsaid.filter(pl.col("years") >= judged.rules.fewest_years).height == 0
    assert valued.filter(pl.col("movement").is_not_null() & (pl.col("years") < judged.rules.fewest_years)).height == 0


def test_what_is_not_compared_with_its_province_has_nothing_to_be_compared_with(
    judged: Judged, told: pl.DataFrame
) -> None:
    held = {
        (row["indicator"], row["region"], row["period"], row["year"])
        for row in judged.facts.panel.filter(pl.col("value").is_not_null()).iter_rows(named=True)
    }
    since = {str(split.parent): split.comparable_from for split in every_split() if split.kind == "province"}
    since |= {str(split.child): split.comparable_from for split in every_split() if split.kind == "province"}
    wrong = []
    for row in told.filter(pl.col("region").is_in(regencies()) & pl.col("value").is_not_null()).iter_rows(named=True):
        province = str(register.province_of(Region.parse(row["region"])))
        there = (row["indicator"], province, row["period"], row["year"]) in held
        comparable = there and row["year"] >= since.get(province, 0)
        counted = indicators()[row["indicator"]].aggregation == "sum"
        if (row["province_class"] is not None) != (comparable and not counted):
            wrong.append(row)

    # What regencies add up to is of today's borders in any year: those rows alone may be compared before a split.
    assert [row for row in wrong if row["indicator"] not in SUMS] == []


def test_no_course_crosses_a_method_or_a_border(judged: Judged) -> None:
    breaks: dict[str, list[int]] = {}
    for split in every_split():
        for here in (split.child, split.parent):
            breaks.setdefault(str(here), []).append(split.comparable_from)
    told = judged.courses.iter_rows(named=True)
    crossing = [
        row
        for row in told
        for year in (
            *breaks.get(row["region"], ()),
            *(one.year for one in judged.facts.method_breaks(indicators()[row["indicator"]], row["period"])),
        )
        if row["first_year"] < year <= row["last_year"]
    ]

    assert judged.courses.height > 9_000
    assert crossing == []


@pytest.mark.parametrize("measure", ["IPM", "UHH", "PKD", "EX"])
def test_the_methods_of_a_measure_are_never_one_line(judged: Judged, measure: str) -> None:
    ways = {code for code, one in indicators().items() if one.series is not None and one.series.measure == measure}
    methods = {one.series.method for one in indicators().values() if one.series and one.series.measure == measure}
    lines = judged.courses.filter(pl.col("indicator").is_in(ways))

    assert len(methods) == len(ways) > 1
    assert lines.height > 0 or measure == "EX"  # no readable table here holds extreme poverty by region
    assert lines.select("indicator", "region", "period").is_unique().all()
    assert not {code for code in ways for alias in indicators()[code].aliases
                for other in ways - {code} if alias in indicators()[other].aliases}  # fmt: skip


def texts(piece: object) -> Iterator[Sentence]:
    """Yield every sentence of blocks, wherever it stands."""
    if isinstance(piece, Sentence):
        yield piece
    elif isinstance(piece, Mapping):
        for one in piece.values():
            yield from texts(one)
    elif isinstance(piece, (tuple, list)):
        for one in piece:
            yield from texts(one)
    elif is_dataclass(piece) and not isinstance(piece, type):
        for field in fields(piece):
            yield from texts(getattr(piece, field.name))


@pytest.mark.parametrize("digits", SAMPLE)
def test_what_is_found_is_said_in_both_languages(judged: Judged, snapshot: Snapshot, digits: str) -> None:
    codes = judged.facts.chosen["indicator"].unique().sort().to_list()

    found = diagnose(snapshot, Region.parse(f"kemendagri:{digits}"), parameters=packaged(), on=ON, codes=codes)

    sentences = list(texts((*diagnosis_summary(found), *diagnosis_blocks(found))))
    assert {*(course.indicator.code for course in found.trends), *(one.code for one, _ in found.silent)} == set(codes)
    assert len(sentences) > len(codes)
    for language in LANGUAGES:
        said = [spoken(one, language) for one in sentences]
        assert all(said)
        assert [one for one in said if UNFILLED.search(one)] == []
