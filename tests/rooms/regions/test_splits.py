"""What the register promises about regions that were founded out of others."""

from __future__ import annotations

from datetime import date

from nangkis.regions.register import Level, place, province_of, registered
from nangkis.regions.splits import every_split, first_comparable_year, splits_of
from nangkis.regions.table import KEMENDAGRI
from nangkis.vocabulary.codes import Region


def region(code: str) -> Region:
    return Region.parse(code)


def test_morowali_utara_left_morowali_when_its_law_was_enacted() -> None:
    (split,) = splits_of(region("bps:7203"))

    assert place(split.child).name == "Kabupaten Morowali Utara"
    assert (split.parent, split.law, split.on) == (region("kemendagri:72.06"), "UU 12/2013", date(2013, 5, 11))


def test_seventeen_kabupaten_and_five_provinces_were_founded() -> None:
    real = [split for split in every_split() if split.child.system == KEMENDAGRI]

    assert sum(split.kind == "kabupaten" for split in real) == 17
    assert sum(split.kind == "province" for split in real) == 1 + 4
    assert {split.on.year for split in real if split.kind == "kabupaten"} == {2012, 2013, 2014}


def test_a_kabupaten_is_founded_inside_the_province_of_its_parent() -> None:
    for split in every_split():
        assert split.child != split.parent
        if split.kind == "kabupaten":
            assert province_of(split.child) == province_of(split.parent)
            assert place(split.child).level is place(split.parent).level is Level.KABUPATEN


def test_child_and_parent_can_be_compared_from_the_first_survey_that_tells_them_apart() -> None:
    # The law is of May 2013, but the tables of 2014 still hold Morowali Utara inside Morowali.
    assert first_comparable_year(region("kemendagri:72.06")) == max(2013 + 1, 2015)
    assert first_comparable_year(region("kemendagri:72.12")) == max(2013 + 1, 2015)
    assert first_comparable_year(region("kemendagri:74.03")) == max(2014 + 1, 2016)
    assert first_comparable_year(region("contoh:90.09")) == first_comparable_year(region("contoh:90.10")) == 2014 + 1


def test_papua_can_be_compared_from_2024() -> None:
    for code in ("91", "92", "93", "94", "95", "96"):
        assert first_comparable_year(region(f"kemendagri:{code}")) == max(2022 + 1, 2024)


def test_a_kabupaten_whose_province_split_was_not_split_itself() -> None:
    assert first_comparable_year(region("kemendagri:93.01")) is None


def test_a_parent_of_several_waits_for_the_last() -> None:
    assert [place(split.child).name for split in splits_of(region("kemendagri:74.04"))] == [
        "Kabupaten Buton Tengah",
        "Kabupaten Buton Selatan",
    ]
    assert first_comparable_year(region("kemendagri:74.04")) == 2016


def test_most_regions_were_never_split() -> None:
    never = [here for here in registered(KEMENDAGRI) if first_comparable_year(here.region) is None]
    children, parents = 17 + 5, 15 + 3  # Manokwari and Buton are parents twice, Papua three times

    assert len(never) == 1 + 38 + 514 - children - parents


def test_a_fictional_split_says_that_it_is_fictional() -> None:
    (split,) = [split for split in every_split() if split.child.system != KEMENDAGRI]

    assert "fiktif" in split.law
