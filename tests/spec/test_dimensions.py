"""A dimension: what stands out, what it says of whom, and the list of problems; drawn tables, worked sums."""

from __future__ import annotations

from math import sqrt
from pathlib import Path

from nangkis.content.charts import SmallMultiples
from nangkis.content.sentences import Value, spoken
from nangkis.content.tree import Block, Bullets, Empty, Heading, Marked, Paragraph, Picture, Row, Table
from nangkis.diagnosis.dimension_exhibits import MOST_PANELS, dimension_blocks, dimension_picture
from nangkis.diagnosis.dimensions import profile
from nangkis.diagnosis.issues import issue_blocks, unmeasured_sentences
from nangkis.indicators.dimensions import Dimension, dimension_of, members
from nangkis.vocabulary.figures import Figure
from tests.rooms.diagnosis.worlds import diagnosed_everything, drawn, said


# Growth is administrative: any difference tells. Unemployment is a sample of 584 households with 1,9 workers each.
WORK = """
      | EMP.TPT 2023 | EMP.TPT 2024 | EMP.TPT 2025 | EMP.TPAK 2025 | ECO.LPE 2023 | ECO.LPE 2024 | ECO.LPE 2025
90.01 | 7.00         | 8.00         | 9.00         | 66.00         | 5.00         | 4.00         | 3.00
90    | 5.00         | 5.00         | 5.00         | 66.00         | 5.00         | 5.00         | 5.00
00    | 5.00         | 5.00         | 5.00         | dots          | 5.00         | 5.00         | 5.00
"""
Z = 1.959963984540054


def error(percent: float, households: float) -> float:
    share = percent / 100
    return 100 * sqrt(2 * share * (1 - share) / (households * 1.9))


def sentences(block: Block, language: str = "id") -> list[str]:
    assert isinstance(block, Paragraph | Bullets)
    return [spoken(one, language) for one in (block.sentences if isinstance(block, Paragraph) else block.items)]  # type: ignore[arg-type]


def words(row: Row) -> list[str]:
    return [said(cell.words) for cell in row.cells if isinstance(cell, Marked)]


def test_a_dimension_says_first_what_lags_and_what_is_equal(tmp_path: Path) -> None:
    found = diagnosed_everything(tmp_path, drawn(WORK), "90.01")
    result, *_ = dimension_blocks(found, Dimension.WORK)

    assert Z * sqrt(error(9, 584) ** 2 + error(5, 12 * 584) ** 2) < 9.0 - 5.0
    assert Z * sqrt(error(9, 584) ** 2 + error(7, 584) ** 2) > 9.0 - 7.0  # not improving, though not shown to worsen
    assert sentences(result) == [
        (
            "Lebih buruk secara nyata daripada Provinsi Nusa Contoh dan tidak membaik: tingkat pengangguran terbuka "
            "(9,00 persen, Agustus 2025)."
        ),
        "Belum berbeda nyata dari Provinsi Nusa Contoh: tingkat partisipasi angkatan kerja.",
    ]


def test_the_table_holds_value_references_class_course_and_pace(tmp_path: Path) -> None:
    found = diagnosed_everything(tmp_path, drawn(WORK), "90.01")
    (table,) = (block for block in dimension_blocks(found, Dimension.WORK) if isinstance(block, Table))
    unemployment, _ = table.rows
    numbers = [float(cell.value) for cell in unemployment.cells if isinstance(cell, Figure)]

    assert said(unemployment.cells[0]) == "Tingkat pengangguran terbuka (persen)"  # type: ignore[arg-type]
    assert numbers == [9.0, 5.0, 5.0, (9.0 - 7.0) / (2025 - 2023)]
    assert words(unemployment) == ["lebih buruk", "belum berbeda nyata"]
    assert table.sources


def test_drivers_stand_below_with_whose_affair_they_are(tmp_path: Path) -> None:
    found = diagnosed_everything(tmp_path, drawn(WORK), "90.01")
    _, _, _, drivers, partly, authority, untold = dimension_blocks(found, Dimension.WORK)

    assert sentences(drivers)[1:] == [
        (
            "Pertumbuhan ekonomi (3,00 persen pada tahun 2025; memburuk), kewenangan kabupaten/kota, provinsi, "
            "pemerintah pusat."
        )
    ]
    assert sentences(partly) == ["Sebagian penggerak tingkat pengangguran terbuka belum dapat dinilai."]
    assert sentences(authority) == [
        "Kewenangan atas tingkat pengangguran terbuka ada pada kabupaten/kota, provinsi, pemerintah pusat."
    ]
    assert sentences(untold)[0] == (
        "Perkembangannya belum dapat dinilai, karena kurang dari 3 tahun dapat dibandingkan: "
        "tingkat partisipasi angkatan kerja."
    )


def test_a_dimension_without_values_says_which_files_would_fill_it(tmp_path: Path) -> None:
    (empty,) = dimension_blocks(diagnosed_everything(tmp_path, drawn(WORK), "90.01"), Dimension.HEALTH)

    assert isinstance(empty, Empty)
    assert "kesehatan Kabupaten Contoh Barat belum dapat ditunjukkan" in said(empty.why)
    assert "umur harapan hidup" in said(empty.do)


def test_problems_are_listed_by_dimension_and_silence_is_not_praised(tmp_path: Path) -> None:
    found = diagnosed_everything(tmp_path, drawn(WORK), "90.01")
    blocks = issue_blocks(found)

    assert [said(block.title) for block in blocks if isinstance(block, Heading)] == ["Ketenagakerjaan", "Perekonomian"]
    assert [len(block.items) for block in blocks if isinstance(block, Bullets)] == [1, 1]
    (unmeasured,) = unmeasured_sentences(found)
    assert unmeasured.code == "issues.unmeasured"
    assert "kesehatan" in said(unmeasured)
    assert "perekonomian" not in said(unmeasured)


def test_a_recent_problem_comes_before_an_old_one_and_many_reasons_before_one(tmp_path: Path) -> None:
    table = """
          | EMP.TPT 2018 | EMP.NEET 2025 | EMP.UND 2023 | EMP.UND 2024 | EMP.UND 2025
    90.01 | 20.00        | 40.00         | 10.00        | 20.00        | 30.00
    90    | 5.00         | 10.00         | 5.00         | 5.00         | 5.00
    """
    found = diagnosed_everything(tmp_path, drawn(table), "90.01")

    assert [(one.indicator, one.is_old, len(one.reasons)) for one in found.problems] == [
        ("EMP.UND", False, 2),
        ("EMP.NEET", False, 1),
        ("EMP.TPT", True, 1),
    ]


def test_an_old_value_is_said_to_be_old(tmp_path: Path) -> None:
    found = diagnosed_everything(tmp_path, drawn("| EMP.TPT 2018\n90.01 | 20.00\n90 | 5.00"), "90.01")
    result, table, *_ = dimension_blocks(found, Dimension.WORK)
    (problem,) = (block for block in issue_blocks(found) if isinstance(block, Bullets))

    assert "(20,00 persen, Agustus 2018, angka lama)" in sentences(result)[0]
    assert isinstance(table, Table)
    assert said(table.rows[0].cells[0]).endswith("(persen; angka lama)")  # type: ignore[arg-type]
    assert "(2018, angka lama)" in sentences(problem)[0]


def test_a_latest_value_that_cannot_be_compared_is_told_below_the_table(tmp_path: Path) -> None:
    table = "| EMP.TPT 2024 | EMP.TPT 2025\n90.01 | 8.00 | 9.00\n90 | 5.00 | "
    _, told, *_ = dimension_blocks(diagnosed_everything(tmp_path, drawn(table), "90.01"), Dimension.WORK)

    assert isinstance(told, Table)
    (newer,) = [note for note in told.notes if note.code == "dimension.note.newer"]
    assert "ialah angka Agustus 2024, karena angka terbaru, 9,00 persen pada Agustus 2025" in said(newer)


def test_series_that_lag_are_drawn_first_and_the_rest_is_named(tmp_path: Path) -> None:
    codes = [one.code for one in members()[Dimension.EDUCATION] if one.unit == "percent"][: MOST_PANELS + 2]
    rows = [
        (code, f"contoh-2026:{region}", year, value + (40.0 if code == codes[-1] and region != "90.01" else 0.0))
        for code in codes
        for region, value in (("90.01", 50.0), ("90", 50.0), ("00", 50.0))
        for year in (2023, 2024, 2025)
    ]
    found = diagnosed_everything(tmp_path, rows, "90.01")
    blocks = dimension_blocks(found, Dimension.EDUCATION)
    (picture,) = (block for block in blocks if isinstance(block, Picture))
    rest = blocks[blocks.index(picture) - 1]

    assert [one.indicator for one in found.problems] == [codes[-1]]
    assert isinstance(picture.chart, SmallMultiples)
    assert len(picture.chart.panels) == MOST_PANELS
    assert title(picture.chart.panels[0].title) == codes[-1]
    assert "yang tidak digambar" in sentences(rest)[0]
    assert dimension_picture(found, Dimension.EDUCATION) == picture
    assert dimension_picture(found, Dimension.HEALTH) is None


def title(piece: Value) -> str:
    return piece.code.removeprefix("indicator.").removesuffix(".name")  # type: ignore[union-attr]


def test_a_province_is_told_against_the_nation_and_the_nation_by_its_courses_alone(tmp_path: Path) -> None:
    rows = drawn(
        WORK.replace("90    | 5.00         | 5.00         | 5.00", "90    | 9.00         | 7.00         | 5.00")
    )
    province, nation = (diagnosed_everything(tmp_path / one, rows, one) for one in ("90", "00"))

    first, *_ = dimension_blocks(province, Dimension.WORK)
    assert sentences(first, "en")[:2] == [
        "None of the indicators of labour that can be judged is shown to lag or to get worse.",
        "Not significantly different from Negara Contoh: the unemployment rate.",
    ]
    (told,) = (block for block in dimension_blocks(nation, Dimension.WORK) if isinstance(block, Table))
    assert len(told.columns) == len(["indicator", "year", "value", "course", "since", "pace"])


def test_what_a_plan_treats_one_by_one_is_left_out_of_its_dimension(tmp_path: Path) -> None:
    rows = drawn("| POV.P0 2025 | POV.GINI 2025\n90.01 | 10.00 | 0.30")
    found = diagnosed_everything(tmp_path, rows, "90.01")

    assert [one.indicator.code for one in profile(found, Dimension.CONSUMPTION).members] == ["POV.GINI"]
    assert [one.indicator.code for one in profile(found, Dimension.CONSUMPTION, with_main=True).members] == [
        "POV.P0",
        "POV.GINI",
    ]
    assert dimension_of("POV.P0") is dimension_of("POV.GINI") is Dimension.CONSUMPTION
