"""A problem is what the data show; what they cannot judge is said with its reason, never passed over."""

from __future__ import annotations

from datetime import date
from math import sqrt
from pathlib import Path

from nangkis.diagnosis.diagnose import Aspect, Diagnosis, Reason, diagnose
from nangkis.diagnosis.exhibits import diagnosis_summary, problem_sentence, unjudged_sentences
from nangkis.diagnosis.judging import Absent
from nangkis.diagnosis.position import Comparison
from nangkis.lake.store import Lake
from nangkis.parameters.loader import packaged
from nangkis.regions import register
from nangkis.vocabulary.codes import Region
from tests.rooms.diagnosis.worlds import diagnosed, drawn, position_of, said
from tests.rooms.indicators.lakes import accept


Z = 1.959963984540054
PROVINCE = register.place(Region.parse("contoh:90"))


def error(percent: float) -> float:
    share = percent / 100
    return 100 * sqrt(2 * share * (1 - share) / 671)


def reasons(found: Diagnosis) -> dict[str, tuple[Reason, ...]]:
    return {problem.indicator: problem.reasons for problem in found.problems}


def test_a_value_that_is_only_not_yet_shown_to_be_better_is_no_problem(tmp_path: Path) -> None:
    table = """
          | POV.P0 2016 | POV.P0 2017 | POV.P0 2018
    90.01 | 6.20        | 6.10        | 6.00
    90    | 6.00        | 5.90        | 5.80
    00    | 6.00        | 5.90        | 5.80
    """
    found = diagnosed(tmp_path, table)

    assert Z * error(6) > 6 - 5
    assert found.problems == ()
    assert found.unjudged[0].aspect is Aspect.WHOLE  # the number of poor people, of which there is no table


def test_a_value_above_the_national_target_by_more_than_chance_is_a_problem(tmp_path: Path) -> None:
    found = diagnosed(tmp_path, "| POV.P0 2018\n90.01 | 9.00\n90 | 9.00\n00 | 9.00")

    assert Z * error(9) < 9 - 5
    (problem,) = found.problems
    assert problem.reasons == (Reason.ABOVE_TARGET,)
    told = problem_sentence(problem)
    assert said(told) == (
        "Persentase penduduk miskin Kabupaten Contoh Barat (2018, angka lama): "
        "masih di atas sasaran nasional 5 persen tahun 2029."
    )
    (target,) = [piece.values["target"] for piece in told.values.values() if "target" in getattr(piece, "values", {})]  # type: ignore[union-attr]
    assert target.origin.inputs == ()  # type: ignore[union-attr]
    assert [use.name for use in target.origin.parameters] == ["sasaran_kemiskinan_nasional"]  # type: ignore[union-attr]


def test_before_the_target_was_set_nothing_lies_above_it(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    accept(lake, drawn("| POV.P0 2018\n90.01 | 9.00\n90 | 9.00\n00 | 9.00"))

    found = diagnose(lake.snapshot(), Region.parse("contoh:90.01"), parameters=packaged(), on=date(2024, 1, 1))

    assert found.problems == ()


def test_a_number_of_people_is_a_problem_only_when_it_grows(tmp_path: Path) -> None:
    table = """
          | POV.P0 2016 | POV.P0 2017 | POV.P0 2018 | POV.N 2016 | POV.N 2017 | POV.N 2018
    90.01 | 20.00       | 20.00       | 20.00       | {}         | {}         | {}
    """
    same = diagnosed(tmp_path / "same", table.format(30, 30, 30))
    more = diagnosed(tmp_path / "more", table.format(20, 30, 60))

    assert "POV.N" not in reasons(same)
    assert reasons(more)["POV.N"] == (Reason.WORSENING,)


def test_what_had_nothing_to_be_compared_with_is_named(tmp_path: Path) -> None:
    found = diagnosed(tmp_path, "| POV.P0 2018\n90.01 | 4.00\n90 | dots")

    assert found.problems == ()
    assert [said(one) for one in unjudged_sentences(found)] == [
        (
            "Persentase penduduk miskin Kabupaten Contoh Barat (2018) belum dapat dinilai terhadap Provinsi Nusa "
            "Contoh, karena sumbernya belum menyediakan angka Provinsi Nusa Contoh tahun 2018."
        ),
        (
            "Persentase penduduk miskin Kabupaten Contoh Barat (2018) belum dapat dinilai terhadap Negara Contoh, "
            "karena belum ada tabel yang memuat angka Negara Contoh tahun 2018."
        ),
        (
            "Perkembangan persentase penduduk miskin Kabupaten Contoh Barat belum dapat dinilai, "
            "karena kurang dari 3 tahun dapat dibandingkan."
        ),
        (
            "Jumlah penduduk miskin Kabupaten Contoh Barat belum dapat dinilai, "
            "karena belum ada tabel yang memuat angka Kabupaten Contoh Barat."
        ),
    ]


def test_a_number_without_an_error_has_no_judged_course(tmp_path: Path) -> None:
    found = diagnosed(tmp_path, "| POV.N 2016 | POV.N 2017 | POV.N 2018\n90.01 | 30 | 40 | 90")

    assert [(one.indicator, one.aspect, one.why.code) for one in found.unjudged] == [
        ("POV.N", Aspect.COURSE, "absent.untested"),
        ("POV.P0", Aspect.WHOLE, "absent.no-data"),
    ]


FALLING_BACK = """
      | POV.P0 2016 | POV.P0 2017 | POV.P0 2018
90.01 | 30.00       | 29.00       | 28.00
90    | 10.00       | 10.00       |
"""


def test_without_a_reference_the_last_recent_year_that_has_one_is_told_in_words(tmp_path: Path) -> None:
    found = diagnosed(tmp_path, FALLING_BACK)

    stand = position_of(found)
    assert stand.fact.year == 2017
    assert isinstance(stand.province, Comparison)
    assert stand.newer is not None
    assert (stand.newer.fact.year, stand.newer.why) == (
        2018,
        Absent("absent.no-table", {"place": PROVINCE, "year": "2018"}),
    )
    told = [said(one) for one in diagnosis_summary(found)[0].sentences]  # type: ignore[union-attr]
    assert told[1] == (
        "Kedudukan itu dilihat pada Maret 2017, karena angka terbaru, 28,00 persen pada Maret 2018, belum dapat "
        "dibandingkan: belum ada tabel yang memuat angka Provinsi Nusa Contoh tahun 2018."
    )
    assert found.problems[0].year == 2017


def test_a_reference_of_long_ago_is_not_gone_back_to(tmp_path: Path) -> None:
    table = "| POV.P0 2015 | POV.P0 2017 | POV.P0 2018\n90.01 | 30.00 | 29.00 | 28.00\n90 | 10.00 | |"

    stand = position_of(diagnosed(tmp_path, table))

    assert 2018 - 2015 > 2
    assert (stand.fact.year, stand.newer) == (2018, None)
    assert isinstance(stand.province, Absent)


def test_old_data_are_called_old_and_recent_ones_are_not(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    accept(lake, drawn("| POV.P0 2018\n90.01 | 9.00"))

    def codes(year: int) -> list[str]:
        found = diagnose(lake.snapshot(), Region.parse("contoh:90.01"), parameters=packaged(), on=date(year, 12, 31))
        return [one.code for one in diagnosis_summary(found)[0].sentences]  # type: ignore[union-attr]

    assert "diagnosis.old" not in codes(2018 + 2)
    assert "diagnosis.old" in codes(2018 + 3)
