"""Kabupaten Morowali and all others on the real tables, from the raw files to the verdicts."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pytest

from nangkis.content.sentences import sentence
from nangkis.content.tree import Document, figures_of_document
from nangkis.diagnosis.diagnose import Diagnosis, Reason, diagnose
from nangkis.diagnosis.exhibits import diagnosis_blocks, diagnosis_summary
from nangkis.diagnosis.judging import Absent, Class, Movement
from nangkis.diagnosis.position import Comparison, Rank
from nangkis.diagnosis.trend import Change
from nangkis.indicators.facts import Facts, facts
from nangkis.intake.reading import read_file
from nangkis.intake.request import Request
from nangkis.lake.snapshot import Snapshot
from nangkis.lake.store import Lake
from nangkis.parameters.loader import packaged
from nangkis.regions import register
from nangkis.vocabulary.codes import CodeSystem, Region
from nangkis.vocabulary.figures import Label
from tests.rooms.diagnosis.worlds import position_of, said, trend_of
from tests.rooms.indicators.lakes import Row, accept


ON = date(2026, 11, 1)
INDONESIA = register.place(Region.parse("kemendagri:00"))


@cache
def canonical(code: str) -> str:
    return str(register.place(Region.parse(code)).region)


def regencies_2025(folder: Path) -> list[Row]:
    with (folder / "02_indikator/kabkota/TRANSCRIBED_kemiskinan_ipm_514_2025.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    columns = {"POV.P0": "p0", "POV.N": "miskin_ribu"}
    return [
        (indicator, canonical(f"bps-2025:{row['bps_2025']}"), 2025, float(row[column]))
        for row in rows
        for indicator, column in columns.items()
    ]


@pytest.fixture(scope="module")
def snapshot(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """The raw files, read by intake: P0 of the regencies, the poverty lines, and the provinces of four years."""
    folder, lake = shared_data / "02_indikator", Lake(tmp_path_factory.mktemp("lake"))
    wide = folder / "kabkota/miranti_p0_514_2010_2018_wide.csv"
    lines = sorted((folder / "kabkota/garis_kemiskinan_2011_2025").glob("Garis Kemiskinan*.csv"))
    provinces = sorted((folder / "provinsi/bps_miskin_provinsi_2015_2025").glob("*201[5-8].csv"))
    imported(lake, wide, Request(codes=CodeSystem.parse("bps-2020")))
    for file in (*lines, *provinces):
        imported(lake, file, Request())
    return lake.snapshot()


def imported(lake: Lake, file: Path, request: Request) -> None:
    for outcome in read_file(file, request, parameters=packaged(), on=ON):
        assert outcome.reading is not None, file
        lake.accept(outcome.reading, source_file=file, at=datetime(2026, 11, 1, tzinfo=UTC), by="Ratna")


@pytest.fixture(scope="module")
def morowali(snapshot: Snapshot) -> Diagnosis:
    return diagnose(snapshot, Region.parse("bps-2020:7203"), parameters=packaged(), on=ON)


@pytest.fixture(scope="module")
def facts_2025(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Facts:
    lake = Lake(tmp_path_factory.mktemp("lake"))
    accept(lake, regencies_2025(shared_data), layout="indicator_wide")
    return facts(lake.snapshot(), parameters=packaged(), on=ON)


def test_morowali_stands_with_its_province_in_2018(morowali: Diagnosis) -> None:
    stand = position_of(morowali)

    assert morowali.region.name == "Kabupaten Morowali"
    assert stand.fact.value == 14.34
    assert isinstance(stand.province, Comparison)
    assert stand.province.fact.value == 14.01
    assert stand.province.gap == pytest.approx(14.34 - 14.01)
    assert stand.province.verdict is Class.EQUAL
    assert isinstance(stand.rank, Rank)
    assert (stand.rank.place, stand.rank.count) == (5, 13)
    assert stand.rank.best < 5 < stand.rank.worst


def test_the_national_value_of_2018_is_missing_with_its_reason(morowali: Diagnosis) -> None:
    nation = position_of(morowali).nation

    assert nation == Absent("absent.implausible", {"place": INDONESIA, "year": "2018"})


def test_morowali_is_not_compared_across_its_split(morowali: Diagnosis) -> None:
    course = trend_of(morowali)

    assert [fact.value for fact in course.facts] == [20.27, 18.85, 17.25, 15.92, 14.97, 15.8, 15.13, 14.55, 14.34]
    assert [fact.year for fact in course.comparable] == [2015, 2016, 2017, 2018]
    assert course.cut is not None
    assert [split.child.digits for split in course.cut.splits] == ["72.12"]
    assert isinstance(course.change, Change)
    assert course.change.change == pytest.approx(14.34 - 15.8)
    assert course.change.verdict is Movement.UNSURE
    assert [problem.reasons for problem in morowali.problems] == [(Reason.ABOVE_TARGET,)]


def test_what_morowali_reads_is_said_in_short_sentences(morowali: Diagnosis) -> None:
    (paragraph,) = diagnosis_summary(morowali)

    lead, course, age = (said(one) for one in paragraph.sentences)  # type: ignore[union-attr]
    assert lead.startswith("Persentase penduduk miskin Kabupaten Morowali pada Maret 2018 sebesar 14,34 persen, belum")
    assert lead.endswith("berbeda nyata dari rata-rata provinsi (peringkat 5, mungkin 2–13 dari 13; 1 = terbaik).")
    assert "turun 1,46 persen poin, dari 15,80 persen (Maret 2015) menjadi 14,34 persen (Maret 2018)" in course
    assert course.endswith(": belum berbeda nyata.")
    assert age.startswith(
        "Angka tahun 2018 adalah angka terbaru yang tersedia, sedangkan analisis ini disusun pada tahun 2026"
    )


def test_without_a_provinces_file_morowali_is_not_ranked_before_the_reason_is_said(snapshot: Snapshot) -> None:
    regencies = (one for one in snapshot.manifests if "provinsi" not in one.source.name.lower())
    without = Snapshot(tuple(regencies), snapshot.folder)
    found = diagnose(without, Region.parse("bps-2020:7203"), parameters=packaged(), on=ON)

    (paragraph,) = diagnosis_summary(found)

    lead, why, *_ = told = [said(one) for one in paragraph.sentences]  # type: ignore[union-attr]
    assert lead == "Persentase penduduk miskin Kabupaten Morowali pada Maret 2018 sebesar 14,34 persen."
    assert why.startswith("Belum dibandingkan dengan Provinsi Sulawesi Tengah: ")
    assert not any("peringkat" in one for one in told)


def test_the_poverty_line_is_told_without_judgement(morowali: Diagnosis) -> None:
    course = trend_of(morowali, "POV.GK")

    assert [fact.year for fact in course.comparable] == list(range(2015, 2026))
    assert isinstance(course.change, Change)
    assert course.change.verdict is Movement.RISING
    assert course.change.yearly == pytest.approx(100 * ((603022 / 343269) ** (1 / 10) - 1))


def test_a_regency_has_no_line_before_its_founding(snapshot: Snapshot) -> None:
    found = diagnose(snapshot, Region.parse("kemendagri:72.12"), parameters=packaged(), on=ON)

    missing = {fact.year for fact in trend_of(found, "POV.GK").facts if fact.value is None}
    assert missing == {2011, 2012, 2013, 2014}


def test_a_province_is_its_poor_over_its_people(facts_2025: Facts) -> None:
    """Papua 19.16 and Sulawesi Tengah 10.92 as BPS published them for March 2025 (domain note 10.11)."""
    for digits, published in (("91", 19.16), ("72", 10.92), ("00", 8.47)):
        fact = facts_2025.value("POV.P0", Region.parse(f"kemendagri:{digits}"), 2025)

        assert fact is not None
        assert fact.number == pytest.approx(published, abs=0.05)
        assert fact.method.name == "share-of-regencies"
    papua = [
        facts_2025.value("POV.P0", place.region, 2025) for place in register.regencies(Region.parse("kemendagri:91"))
    ]
    assert sum(fact.number for fact in papua if fact is not None) / len(papua) == pytest.approx(24.66, abs=0.005)


def test_every_province_of_2025_is_its_poor_over_its_people_as_published(shared_data: Path, facts_2025: Facts) -> None:
    (file,) = (shared_data / "02_indikator/provinsi/bps_miskin_provinsi_2015_2025").glob("*2025.csv")
    (outcome,) = read_file(file, Request(), parameters=packaged(), on=ON)
    assert outcome.reading is not None
    published = outcome.reading.frame.filter(indicator="POV.P0", period="maret")
    names = dict(published.select("region", "value").rows())

    apart = {}
    for place in register.children(INDONESIA.region):
        fact = facts_2025.value("POV.P0", place.region, 2025)
        assert fact is not None
        assert fact.method.name == "share-of-regencies"
        apart[place.name] = abs(fact.number - names[str(place.region)])

    assert len(apart) == 38
    assert {name for name, size in apart.items() if size > 0.05 + 0.005 + 1e-9} == set()


@pytest.mark.long
def test_every_regency_is_diagnosed_without_contradiction(snapshot: Snapshot) -> None:
    title = sentence("diagnosis.empty.do", place=Label("x"))
    for place in register.regencies(Region.parse("kemendagri:00")):
        found = diagnose(snapshot, place.region, parameters=packaged(), on=ON)
        assert len(found.positions) == 2
        assert figures_of_document(Document(title, title, (*diagnosis_summary(found), *diagnosis_blocks(found))))
