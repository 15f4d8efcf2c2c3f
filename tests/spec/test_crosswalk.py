"""How codes of one version are matched with those of another: each rule as a drawn table."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from nangkis.budget.nomenclature.crosswalk import SIDE, Rule, Standing, crosswalk_rules_on, propose
from nangkis.budget.nomenclature.similarity import dice, with_runs
from nangkis.parameters.loader import packaged


RULES = crosswalk_rules_on(packaged(), date(2026, 11, 24))
HOSPITAL, CLINIC = "Pembangunan Rumah Sakit", "Pembangunan Puskesmas"


def side(*drawn: str) -> pl.DataFrame:
    """Return codes from lines drawn as ``code | name | previous code | government | name of the kegiatan``."""
    rows = []
    for line in drawn:
        code, name, previous, government, kegiatan = ([part.strip() or None for part in line.split("|")] + [None] * 4)[
            :5
        ]
        assert code is not None
        rows.append(
            {
                "code": code,
                "government": government,
                "name": name,
                "kegiatan": code.rpartition(".")[0],
                "kegiatan_name": kegiatan,
                "previous_code": previous,
            }
        )
    return pl.DataFrame(rows, schema=SIDE)


def matched(source: pl.DataFrame, target: pl.DataFrame) -> list[tuple[str, str, str, str]]:
    """Return (from, to, rule, standing) of each proposal."""
    return propose(source, target, RULES).select("from_code", "to_code", "rule", "standing").rows()


def test_the_same_code_and_name_are_one_whatever_capitals_blanks_and_marks() -> None:
    #        code               | name                          code and name of the other version
    before = side("1.02.02.2.01.0001 | Penyusunan RKA- SKPD")
    after = side("1.02.02.2.01.0001 | penyusunan  RKA-SKPD", "1.02.02.2.01.0002 | Penyusunan RKA-SKPD")

    assert matched(before, after) == [("1.02.02.2.01.0001", "1.02.02.2.01.0001", Rule.SAME, Standing.SINGLE)]


def test_two_digits_of_a_sub_kegiatan_become_four() -> None:
    before = side(f"1.02.02.2.01.05 | {HOSPITAL}")
    after = side(f"1.02.02.2.01.0005 | {HOSPITAL}", f"1.02.02.2.01.0050 | {CLINIC}")

    assert matched(before, after) == [("1.02.02.2.01.05", "1.02.02.2.01.0005", Rule.MORE_DIGITS, Standing.SINGLE)]


def test_the_previous_code_that_the_list_names_counts_whatever_the_name() -> None:
    before = side("1.02.02.2.01.0007 | Pelayanan Lama")
    after = side(f"1.02.02.2.03.0044 | {HOSPITAL} | 1.02.02.2.01.0007")

    assert matched(before, after) == [("1.02.02.2.01.0007", "1.02.02.2.03.0044", Rule.PREVIOUS, Standing.SINGLE)]


def test_a_support_programme_is_moved_to_another_office_and_not_cut() -> None:
    #      office of education (1.01)                office of culture (2.22)
    before = side("1.01.01.2.02.0001 | Penyediaan Gaji dan Tunjangan ASN")
    after = side("2.22.01.2.02.0001 | Penyediaan Gaji dan Tunjangan ASN")

    assert matched(before, after) == [("1.01.01.2.02.0001", "2.22.01.2.02.0001", Rule.MOVED, Standing.SINGLE)]


def test_a_support_programme_of_a_bidang_is_that_of_every_office() -> None:
    before = side("1.01.01.2.02.01 | Penyediaan Gaji dan Tunjangan ASN")
    after = side(
        "X.XX.01.2.02.0001 | Penyediaan Gaji dan Tunjangan ASN", "2.22.01.2.02.0001 | Penyediaan Gaji dan Tunjangan ASN"
    )

    assert matched(before, after) == [("1.01.01.2.02.01", "X.XX.01.2.02.0001", Rule.OWN_BIDANG, Standing.SINGLE)]


def test_what_is_no_support_programme_does_not_move_to_another_bidang() -> None:
    before = side(f"1.01.02.2.02.0001 | {HOSPITAL}")
    after = side(f"2.22.02.2.02.0001 | {HOSPITAL}")

    assert matched(before, after) == []


def test_the_same_name_within_its_kegiatan_is_proposed() -> None:
    before = side(f"1.02.02.2.01.0001 | {HOSPITAL}")
    after = side(f"1.02.02.2.01.0009 | {HOSPITAL}", f"1.02.02.2.02.0009 | {HOSPITAL}")

    assert matched(before, after) == [("1.02.02.2.01.0001", "1.02.02.2.01.0009", Rule.SAME_NAME, Standing.SINGLE)]


def test_a_kegiatan_that_was_renumbered_is_known_by_its_name_within_the_programme() -> None:
    before = side(f"1.02.02.2.01.0001 | {HOSPITAL} || | Penyediaan Fasilitas")
    after = side(
        f"1.02.02.2.07.0009 | {HOSPITAL} || | Penyediaan fasilitas",
        f"1.03.02.2.07.0001 | {HOSPITAL} || | Penyediaan Fasilitas",
    )

    assert matched(before, after) == [("1.02.02.2.01.0001", "1.02.02.2.07.0009", Rule.SAME_NAME, Standing.SINGLE)]


def test_similarity_is_the_share_of_runs_of_three_letters() -> None:
    # "malam" has mal ala lam, "malas" has mal ala las: 2 x 2 shared / (3 + 3)
    names = with_runs(with_runs(pl.DataFrame({"a": ["Malam"], "b": ["MALAS."]}), "a").rename({"runs": "left"}), "b")

    assert names.select(dice("left", "runs")).item() == pytest.approx(2 * 2 / (3 + 3))


def test_a_similar_name_within_its_kegiatan_is_proposed_with_its_similarity() -> None:
    before = side("1.01.02.2.03.0012 | Pengadaan Alat Praktik dan Peraga Siswa PAUD")
    after = side("1.01.02.2.03.0046 | Pengadaan Alat Praktik dan Peraga Peserta Didik PAUD")
    (found,) = propose(before, after, RULES).iter_rows(named=True)

    assert (found["to_code"], found["rule"]) == ("1.01.02.2.03.0046", Rule.SIMILAR)
    assert RULES.similarity <= found["score"] < 1


def test_a_name_that_another_code_keeps_is_no_new_name() -> None:
    before = side("1.01.02.2.03.0001 | Pembangunan Gedung A", "1.01.02.2.03.0002 | Pembangunan Gedung B")
    after = side("1.01.02.2.03.0002 | Pembangunan Gedung B")

    assert [pair[0] for pair in matched(before, after)] == ["1.01.02.2.03.0002"]


def test_of_several_matches_all_are_shown_and_none_is_chosen() -> None:
    before = side(f"1.02.02.2.01.0001 | {HOSPITAL}")
    after = side(f"1.02.02.2.01.0008 | {HOSPITAL}", f"1.02.02.2.01.0009 | {HOSPITAL}")

    assert [(to, standing) for _, to, _, standing in matched(before, after)] == [
        ("1.02.02.2.01.0008", Standing.AMBIGUOUS),
        ("1.02.02.2.01.0009", Standing.AMBIGUOUS),
    ]


@pytest.mark.parametrize("digit", ["1", "3", "4", "5", "6", "7", "8"])
def test_an_ordinary_code_is_never_matched_with_another_governments(digit: str) -> None:
    before = side(f"1.02.02.2.01.0001 | {HOSPITAL}")
    after = side(f"1.02.02.{digit}.01.0001 | {HOSPITAL} | 1.02.02.2.01.0001")

    assert matched(before, after) == []


@pytest.mark.parametrize("digit", ["3", "4", "5", "6", "7", "8"])
def test_a_special_code_is_matched_with_its_own_kind(digit: str) -> None:
    before = side(f"1.02.02.{digit}.01.0001 | {HOSPITAL}")
    after = side(f"1.02.02.{digit}.01.0001 | {HOSPITAL}", f"1.02.02.2.01.0001 | {HOSPITAL}")

    assert [pair[1] for pair in matched(before, after)] == [f"1.02.02.{digit}.01.0001"]


def test_a_code_of_unknown_government_is_shown_with_both_and_none_is_chosen() -> None:
    before = side(f"1.02.02.3.01.0001 | {HOSPITAL}")
    after = side(f"1.02.02.3.01.0001 | {HOSPITAL} || PROV", f"1.02.02.3.01.0001 | {HOSPITAL} || KABKOT")
    found = propose(before, after, RULES)

    assert found["to_government"].to_list() == ["PROV", "KABKOT"]
    assert found["standing"].unique().to_list() == [Standing.AMBIGUOUS]


def test_a_province_keeps_to_codes_of_provinces() -> None:
    before = side(f"1.02.02.3.01.0001 | {HOSPITAL} || PROV")
    after = side(f"1.02.02.3.01.0001 | {HOSPITAL} || KABKOT")

    assert matched(before, after) == []


def test_a_name_that_is_blank_is_like_no_other() -> None:
    assert matched(side("1.02.02.2.01.0001 | "), side("1.02.02.2.01.0001 | ", "1.02.02.2.01.0002 | –")) == []


def test_a_stronger_rule_is_asked_first_and_a_weaker_one_no_more() -> None:
    #   each line: what stands in the other version | the rule that speaks
    before = side(f"1.02.02.2.01.0001 | {HOSPITAL}")
    drawn = [
        (f"1.02.02.2.01.0001 | {HOSPITAL}", Rule.SAME),
        (f"1.02.02.2.01.01 | {HOSPITAL}", Rule.MORE_DIGITS),
        (f"1.02.02.2.01.0004 | {CLINIC} | 1.02.02.2.01.0001", Rule.PREVIOUS),
        (f"1.02.02.2.01.0005 | {HOSPITAL}", Rule.SAME_NAME),
        (f"1.02.02.2.01.0006 | {HOSPITAL} Daerah", Rule.SIMILAR),
    ]

    for index, (_, rule) in enumerate(drawn):
        found = matched(before, side(*(line for line, _ in drawn[index:])))
        assert [pair[2] for pair in found] == [rule]


def test_scores_fall_from_rule_to_rule() -> None:
    scores = [
        RULES.scores[rule] for rule in (Rule.SAME, Rule.MORE_DIGITS, Rule.PREVIOUS, Rule.OWN_BIDANG, Rule.SAME_NAME)
    ]

    assert scores == sorted(scores, reverse=True)
    assert all(RULES.similarity < score <= 1 for score in scores)
