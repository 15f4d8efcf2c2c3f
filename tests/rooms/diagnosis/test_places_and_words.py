"""Places keep their time and their names, reasons stand once, and both languages read as sentences."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from nangkis.content.charts import Series
from nangkis.content.tree import Paragraph, Picture, Table
from nangkis.diagnosis.diagnose import Diagnosis, diagnose
from nangkis.diagnosis.exhibits import diagnosis_blocks, diagnosis_summary
from nangkis.diagnosis.judged import judge
from nangkis.diagnosis.judging import Absent
from nangkis.diagnosis.position import Comparison, Position, Rank, position
from nangkis.diagnosis.rules import rules_on
from nangkis.diagnosis.wording import named
from nangkis.indicators.catalogue import indicators
from nangkis.indicators.facts import facts
from nangkis.lake.store import Lake
from nangkis.parameters.loader import packaged
from nangkis.regions import register
from nangkis.vocabulary.codes import Region
from tests.rooms.diagnosis.worlds import ON, diagnosed, position_of, said, trend_of
from tests.rooms.indicators.lakes import Row, accept


SELATAN = [f"kemendagri-2025:93.0{number}" for number in range(1, 5)]  # Papua Selatan, of 2022; figures from 2024 on


def of_papua_selatan(folder: Path) -> Diagnosis:
    rows: list[Row] = []
    for year in range(2015, 2019):
        for number, code in enumerate(SELATAN):
            rows += [("POV.P0", code, year, 10.0 + number), ("POV.N", code, year, 20.0 + number)]
        rows += [("POV.P0", "kemendagri-2025:93", year, 17.0), ("POV.P0", "kemendagri-2025:00", year, 11.0)]
    lake = Lake(folder)
    accept(lake, rows)
    return diagnose(lake.snapshot(), Region.parse(SELATAN[0]), parameters=packaged(), on=ON)


def test_a_province_that_did_not_exist_yet_is_neither_a_reference_nor_a_field_of_ranks(tmp_path: Path) -> None:
    stand = position_of(of_papua_selatan(tmp_path))

    for absent in (stand.province, stand.rank):
        assert isinstance(absent, Absent)
        assert (absent.code, absent.values["law"]) == ("absent.not-founded", "UU 14/2022")
    assert (stand.peers, stand.without) == ((), ())


def stood(folder: Path, regions: Sequence[str], year: int, *, of: str) -> Position | Absent:
    """Return where a region stands in a year in which all regions had the same share of poor people."""
    lake = Lake(folder)
    accept(lake, [("POV.P0", code, year, 20.0) for code in regions])
    known = facts(lake.snapshot(), parameters=packaged(), on=ON)
    judged = judge(known, rules_on(packaged(), ON), codes=["POV.P0"], region=Region.parse(of))
    return position(judged, indicators()["POV.P0"], register.place(Region.parse(of)))


def test_a_province_that_was_split_later_is_no_field_of_ranks_for_what_is_left_of_it(tmp_path: Path) -> None:
    left = [str(place.region) for place in register.regencies(Region.parse("kemendagri:91"))]

    before, after = (stood(tmp_path / str(year), left, year, of=left[0]) for year in (2018, 2024))

    assert isinstance(before, Position)
    assert isinstance(before.rank, Absent)
    assert (before.rank.code, before.peers) == ("absent.borders-then", ())
    assert isinstance(after, Position)
    assert isinstance(after.rank, Rank)


def test_what_a_province_published_before_its_split_is_no_reference_for_a_regency_of_today(tmp_path: Path) -> None:
    papua, here = "kemendagri-2025:91", str(register.regencies(Region.parse("kemendagri:91"))[0].region)

    before, after = (stood(tmp_path / str(year), [papua, here], year, of=here) for year in (2018, 2024))

    assert isinstance(before, Position)
    assert before.province == Absent(
        "absent.other-borders", {"place": register.place(Region.parse(papua)), "year": "2018"}
    )
    assert isinstance(after, Position)
    assert isinstance(after.province, Comparison)
    assert after.province.fact.number == 20.0


def test_nothing_is_summed_over_a_province_before_its_founding(tmp_path: Path) -> None:
    province = Region.parse("kemendagri:93")
    rows: list[Row] = [
        (name, code, year, 10.0) for name in ("POV.N", "POV.P0") for code in SELATAN for year in (2018, 2024)
    ]
    lake = Lake(tmp_path)
    accept(lake, rows)
    known = facts(lake.snapshot(), parameters=packaged(), on=ON)

    assert known.value("POV.N", province, 2018) is None
    assert known.value("POV.N", province, 2024) is not None
    assert [fact.year for fact in known.series("POV.P0", province)] == [2024]


def test_it_says_by_which_law_the_province_was_founded_and_once_below_the_table(tmp_path: Path) -> None:
    found = of_papua_selatan(tmp_path)

    paragraph = next(block for block in diagnosis_blocks(found) if isinstance(block, Paragraph))
    told = [said(one) for one in paragraph.sentences]
    why = "Provinsi Papua Selatan baru dibentuk dengan UU 14/2022 dan belum punya angka sendiri"
    assert f"Belum dibandingkan dengan Provinsi Papua Selatan: {why} tahun 2018." in told
    assert f"Peringkat tidak disusun: {why} tahun 2018." in told
    table = next(block for block in diagnosis_blocks(found) if isinstance(block, Table))
    assert table.title.code == "trend.table"
    assert "Provinsi Papua Selatan" not in [said(column.title) for column in table.columns]  # no row fills it
    assert [said(note) for note in table.notes if note.code == "trend.unfilled"] == [
        (
            f"Kolom Provinsi Papua Selatan tidak ditampilkan karena kosong pada semua tahun; untuk tahun terakhir: "
            f"{why} tahun 2018."
        )
    ]


def test_a_part_of_a_total_that_is_not_there_says_why(tmp_path: Path) -> None:
    paragraphs = [block for block in diagnosis_blocks(of_papua_selatan(tmp_path)) if isinstance(block, Paragraph)]

    told = [said(one) for block in paragraphs for one in block.sentences]
    assert (
        "Bagiannya dari jumlah penduduk miskin Provinsi Papua Selatan belum dapat dihitung: Provinsi Papua Selatan "
        "baru dibentuk dengan UU 14/2022 dan belum punya angka sendiri tahun 2018."
    ) in told


@pytest.mark.parametrize(
    ("code", "indonesian", "english"),
    [
        ("kemendagri:72", "Provinsi Sulawesi Tengah", "the province of Sulawesi Tengah"),
        ("kemendagri:11", "Aceh", "Aceh"),
        ("kemendagri:31", "Daerah Khusus Ibukota Jakarta", "Daerah Khusus Ibukota Jakarta"),
        ("kemendagri:34", "Daerah Istimewa Yogyakarta", "Daerah Istimewa Yogyakarta"),
        ("kemendagri:72.06", "Kabupaten Morowali", "Kabupaten Morowali"),
        ("kemendagri:00", "Indonesia", "Indonesia"),
    ],
)
def test_a_province_is_named_after_its_word(code: str, indonesian: str, english: str) -> None:
    name = named(register.place(Region.parse(code)))

    assert (name.text, name.english or name.text) == (indonesian, english)


COUNTED = """
      | POV.P0 2016 | POV.P0 2017 | POV.P0 2018 | POV.N 2016 | POV.N 2017 | POV.N 2018
90.01 | 20.00       | dots        | 19.00       | 13.00      | dots       | 13.65
90.02 | 9.00        | dash        | 9.12        | 30.00      | dash       | 30.00
90    | 14.50       |             | 14.01       | 400.00     |            | 400.00
"""


def test_a_table_without_standings_says_nothing_of_their_test(tmp_path: Path) -> None:
    tables = [block for block in diagnosis_blocks(diagnosed(tmp_path, COUNTED)) if isinstance(block, Table)]

    notes = {said(table.title): [note.code for note in table.notes] for table in tables}
    assert [codes.count("position.note.test") for codes in notes.values()] == [1, 0, 0, 0]
    with_standing = next(table for table in tables if "position.note.test" in [note.code for note in table.notes])
    assert with_standing.columns[-1].title.code == "position.column.class"  # type: ignore[union-attr]


def test_only_the_ends_are_tested_and_the_table_says_so(tmp_path: Path) -> None:
    tables = [block for block in diagnosis_blocks(diagnosed(tmp_path, COUNTED)) if isinstance(block, Table)]

    (course,) = (
        table for table in tables if said(table.title).startswith("Persentase") and "dan pemb" in said(table.title)
    )
    assert [note.code for note in course.notes] == ["trend.unfilled"]  # two years are no course
    longer = COUNTED.replace("dots ", "19.50")
    tables = [block for block in diagnosis_blocks(diagnosed(tmp_path / "longer", longer)) if isinstance(block, Table)]
    assert any("Yang diuji hanya titik awal dan akhir" in said(note) for table in tables for note in table.notes)


def test_the_line_of_the_region_itself_carries_its_intervals(tmp_path: Path) -> None:
    pictures = [block for block in diagnosis_blocks(diagnosed(tmp_path, COUNTED)) if isinstance(block, Picture)]

    chart = pictures[1].chart
    assert isinstance(chart, Series)
    own, *others = chart.lines
    assert [point.error is None for point in own.points] == [False, True, False]
    assert own.points[0].error is not None
    assert own.points[0].error.key == "margin/POV.P0/2016/contoh-2026:90.01"
    assert all(point.error is None for line in others for point in line.points)


def test_sources_name_the_publisher_and_only_the_fictional_province_is_fictional(tmp_path: Path) -> None:
    fictional = next(block for block in diagnosis_blocks(diagnosed(tmp_path, COUNTED)) if isinstance(block, Picture))
    real = next(block for block in diagnosis_blocks(of_papua_selatan(tmp_path / "p")) if isinstance(block, Picture))

    assert said(fictional.sources[0]) == "data rekaan"
    assert said(real.sources[0]) == "BPS, Susenas"
    assert said(real.sources[0], "en") == "Statistics Indonesia (BPS), Susenas"


def test_what_a_picture_is_said_to_hold_is_in_it(tmp_path: Path) -> None:
    pictures = [block for block in diagnosis_blocks(diagnosed(tmp_path, COUNTED)) if isinstance(block, Picture)]

    compared, of_people = pictures[0], pictures[2]
    assert "garis pembanding" in said(compared.alternative)
    assert "pembanding" not in said(of_people.alternative)


def test_english_sentences_open_with_their_article(tmp_path: Path) -> None:
    found = diagnosed(
        tmp_path, "| POV.P0 2016 | POV.P0 2017 | POV.P0 2018\n90.01 | 15.00 | 14.00 | 13.00\n90 | 13 | 13 | 13"
    )

    told = [said(one, "en") for one in diagnosis_summary(found)[0].sentences]  # type: ignore[union-attr]
    assert told[0] == (
        "The percentage of poor people in Kabupaten Contoh Barat was 13.00 percent in March 2018, "
        "not significantly different from the provincial average."
    )
    assert told[1] == (
        "The percentage of poor people in Kabupaten Contoh Barat fell by 2.00 percentage points, from 15.00 percent "
        "(March 2016) to 13.00 percent (March 2018): not a significant change."
    )
    assert "Median" not in " ".join(told)
    picture = [block for block in diagnosis_blocks(found) if isinstance(block, Picture)][-1]
    assert said(picture.title, "en").startswith("Trend in the percentage of poor people in Kabupaten Contoh Barat")


def test_a_change_too_small_to_matter_is_practically_none_though_chance_explains_it(tmp_path: Path) -> None:
    found = diagnosed(tmp_path, "| POV.P0 2016 | POV.P0 2017 | POV.P0 2018\n90.01 | 14.10 | 14.00 | 14.00")

    assert abs(14.00 - 14.10) / 2 < 0.1
    course = trend_of(found)
    assert said(diagnosis_summary(found)[0].sentences[2]).endswith(": praktis tetap.")  # type: ignore[union-attr]
    assert course.change.tested  # type: ignore[union-attr]
