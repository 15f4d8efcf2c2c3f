"""Versions and years, two versions side by side, and how a budget stands to one."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from nangkis.budget.nomenclature.compare import Change, compare, out_of_scope
from nangkis.budget.nomenclature.coverage import Covered, Side, coverage
from nangkis.budget.nomenclature.crosswalk import crosswalk_rules_on
from nangkis.budget.nomenclature.lists import CodeList
from nangkis.budget.nomenclature.schema import DECISION_SCHEMA, SCHEMA, Government, Level, Verdict
from nangkis.budget.nomenclature.versions import (
    VersionUnknown,
    version_named,
    version_written,
    versions_in_year,
    versions_on,
)
from nangkis.parameters.loader import packaged


TODAY = date(2026, 11, 24)
KNOWN = versions_on(packaged(), TODAY)
RULES = crosswalk_rules_on(packaged(), TODAY)
NO_DECISIONS = pl.DataFrame(schema=DECISION_SCHEMA)
LEVELS = {1: Level.URUSAN, 2: Level.BIDANG, 3: Level.PROGRAM, 5: Level.KEGIATAN, 6: Level.SUB_KEGIATAN}


def listed(*drawn: str) -> pl.DataFrame:
    """Return a list from lines drawn as ``code | name | government``; levels follow from the parts of a code."""
    rows = []
    for line in drawn:
        code, name, government = ([part.strip() for part in line.split("|")] + [""] * 2)[:3]
        level = LEVELS[len(code.split("."))]
        parent = {Level.KEGIATAN: code[:7], Level.URUSAN: None}.get(level, code.rpartition(".")[0])
        told = {"level": level.value, "code": code, "name": name, "government": government or None, "parent": parent}
        rows.append(told)
    return pl.DataFrame(rows, schema_overrides=SCHEMA).pipe(_whole)


def _whole(frame: pl.DataFrame) -> pl.DataFrame:
    absent = [pl.lit(None, dtype=kind).alias(name) for name, kind in SCHEMA.items() if name not in frame.columns]
    return frame.with_columns(absent).select(list(SCHEMA)).cast(SCHEMA)


@pytest.mark.parametrize(
    ("year", "names"),
    [
        (2020, []),
        (2021, ["050-3708-2020"]),
        (2023, ["050-5889-2021"]),
        (2026, ["900-2850-2025"]),
        (2027, ["sipd-2027-1", "900-861-2026"]),
    ],
)
def test_of_several_versions_of_a_year_none_is_chosen(year: int, names: list[str]) -> None:
    assert [version.name for version in versions_in_year(KNOWN, year)] == names


def test_a_version_is_not_known_before_its_day() -> None:
    assert "900-861-2026" not in versions_on(packaged(), date(2026, 5, 6))
    assert "900-861-2026" in versions_on(packaged(), date(2026, 5, 7))


def test_a_version_is_found_in_the_words_that_write_it_and_in_no_others() -> None:
    written = version_written(KNOWN, "Kepmendagri Nomor 900.1.15.5-1317 Tahun 2023")

    assert written is not None
    assert written.name == "900-1317-2023"
    assert version_written(KNOWN, "11. Sub keg 900") is None
    assert version_written(KNOWN, "dari 050-3708 ke 050-5889") is None


def test_an_unknown_version_is_refused_with_the_known_ones() -> None:
    with pytest.raises(VersionUnknown) as refused:
        version_named(KNOWN, "1317")

    assert "900-1317-2023" in str(refused.value.values["known"])


def changed(before: pl.DataFrame, after: pl.DataFrame) -> dict[str, tuple[str | None, str | None]]:
    """Return the changes of sub kegiatan by what they are, each drawn at most once."""
    found = compare(before, after, support="01").filter(level=Level.SUB_KEGIATAN)
    return {change: (one, other) for change, one, other in found.select("change", "before_code", "after_code").rows()}


def test_each_change_between_two_versions_is_told() -> None:
    before = listed(
        "1.01.02.2.01.01 | Sekolah Baru",
        "1.01.02.2.01.02 | Ruang Kelas",
        "1.01.02.2.01.03 | Perpustakaan",
        "1.01.02.2.01.04 | Kantin",
        "1.01.01.2.01.01 | Gaji",
    )
    after = listed(
        "1.01.02.2.01.0001 | SEKOLAH  BARU",
        "1.01.02.2.01.0002 | Ruang Kelas dan Guru",
        "1.01.02.2.01.0013 | Perpustakaan",
        "1.01.02.2.01.0020 | Laboratorium",
        "X.XX.01.2.01.0001 | Gaji",
    )

    assert changed(before, after) == {
        Change.SAME: ("1.01.02.2.01.01", "1.01.02.2.01.0001"),
        Change.RENAMED: ("1.01.02.2.01.02", "1.01.02.2.01.0002"),
        Change.MOVED: ("1.01.02.2.01.03", "1.01.02.2.01.0013"),
        Change.VANISHED: ("1.01.02.2.01.04", None),
        Change.APPEARED: (None, "1.01.02.2.01.0020"),
        Change.GENERAL: ("1.01.01.2.01.01", "X.XX.01.2.01.0001"),
    }


def test_a_name_that_stands_twice_is_moved_nowhere() -> None:
    before = listed("1.01.02.2.01.01 | Perpustakaan")
    after = listed("1.01.02.2.01.0013 | Perpustakaan", "1.01.02.2.02.0013 | Perpustakaan")

    assert set(changed(before, after)) == {Change.VANISHED, Change.APPEARED}


def test_a_list_without_provinces_says_nothing_of_theirs() -> None:
    before = listed("1.01.02 | Pendidikan", "1.01.02.2.01.01 | Sekolah Baru | KABKOT")
    after = listed(
        "1.01.02 | Pendidikan",
        "3.28.02 | Kehutanan | PROV",
        "1.01.02.2.01.01 | Sekolah Baru | KABKOT",
        "3.28.02.1.01.01 | Hutan | PROV",
    )

    assert compare(before, after, support="01")["change"].unique().to_list() == [Change.SAME]
    assert out_of_scope(before, after, support="01") == (0, 2)


def lines(*drawn: str) -> pl.DataFrame:
    """Return budget lines drawn as ``code | name | sen``; a blank amount is none."""
    rows = [[part.strip() for part in line.split("|")] for line in drawn]
    return pl.DataFrame(
        {
            "sub_kegiatan_code": [code for code, _, _ in rows],
            "sub_kegiatan_name": [name for _, name, _ in rows],
            "kegiatan_code": [code.rpartition(".")[0] for code, _, _ in rows],
            "kegiatan_name": pl.Series([None] * len(rows), dtype=pl.String),
            "amount_sen": pl.Series([int(sen) if sen else None for _, _, sen in rows], dtype=pl.Int64),
        }
    )


TARGET = CodeList(
    KNOWN["900-1317-2023"],
    listed(
        "1.01.02.2.01.0001 | Sekolah Baru",
        "1.01.02.2.01.0002 | Ruang Kelas",
        "1.01.02.2.01.0008 | Kantin",
        "1.01.02.2.01.0009 | Kantin",
        "X.XX.01.2.02.0001 | Gaji",
        "1.01.02.1.01.0007 | Asrama | PROV",
    ),
    (),
)
REGENCY = Side(Government.REGENCY, "050-5889-2021")


def covered(*drawn: str, decisions: pl.DataFrame = NO_DECISIONS) -> dict[str, tuple[str, str | None]]:
    """Return how each code stands, and the code that it has in the version."""
    found = coverage(lines(*drawn), TARGET, decisions, side=REGENCY, rules=RULES)
    return {code: (how, to) for code, how, to in found.select("code", "covered", "to_code").iter_rows()}


def test_each_code_of_a_budget_stands_in_one_way_to_a_version() -> None:
    found = covered(
        "1.01.02.2.01.0001 | Sekolah  Baru | 100",
        "1.01.01.2.02.0001 | Gaji | 90",
        "1.01.02.2.01.02 | Ruang Kelas | 80",
        "1.01.02.2.01.0005 | Kantin | 70",
        "1.01.02.2.01.0008 | Hal yang lain sama sekali | 60",
        "1.01.02.1.01.0007 | Asrama | 50",
    )

    assert found == {
        "1.01.02.2.01.0001": (Covered.DIRECT, "1.01.02.2.01.0001"),
        "1.01.01.2.02.0001": (Covered.DIRECT, "X.XX.01.2.02.0001"),
        "1.01.02.2.01.02": (Covered.PROPOSED, "1.01.02.2.01.0002"),
        "1.01.02.2.01.0005": (Covered.AMBIGUOUS, None),
        "1.01.02.2.01.0008": (Covered.OTHER_NAME, None),
        "1.01.02.1.01.0007": (Covered.NONE, None),  # a code of provinces is none of a kabupaten
    }


def decided(code: str, verdict: Verdict, to: str | None = None, *, government: str | None = None) -> pl.DataFrame:
    row = {"from_code": code, "from_government": government, "to_code": to, "verdict": verdict.value, "at": "2026"}
    return pl.DataFrame([row], schema=DECISION_SCHEMA)


def test_a_persons_word_comes_before_every_rule() -> None:
    line = "1.01.02.2.01.0001 | Sekolah Baru | 100"
    accepted = decided("1.01.02.2.01.0001", Verdict.ACCEPTED, "1.01.02.2.01.0002")

    assert covered(line, decisions=accepted)["1.01.02.2.01.0001"] == (Covered.DECIDED, "1.01.02.2.01.0002")
    without = decided("1.01.02.2.01.0001", Verdict.WITHOUT)
    assert covered(line, decisions=without)["1.01.02.2.01.0001"] == (Covered.WITHOUT, None)
    others = decided("1.01.02.2.01.0001", Verdict.WITHOUT, government="PROV")
    assert covered(line, decisions=others)["1.01.02.2.01.0001"][0] == Covered.DIRECT


def test_no_sen_of_a_budget_is_lost_and_the_largest_comes_first() -> None:
    drawn = ["1.01.02.2.01.0001 | Sekolah Baru | 9223372036854775807"] * 3 + ["1.01.02.2.01.02 | Ruang Kelas | "]
    found = coverage(lines(*drawn), TARGET, NO_DECISIONS, side=REGENCY, rules=RULES)

    assert found.select("code", "lines", "sen").rows() == [
        ("1.01.02.2.01.0001", 3, 3 * (2**63 - 1)),
        ("1.01.02.2.01.02", 1, None),
    ]
