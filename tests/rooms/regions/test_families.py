"""What a split divided, by the register."""

from __future__ import annotations

from nangkis.regions.families import families, family_of, parts_of
from nangkis.regions.register import regencies
from nangkis.regions.splits import every_split
from nangkis.vocabulary.codes import Region


def region(code: str) -> Region:
    return Region.parse(code)


def test_every_split_belongs_to_one_family() -> None:
    told = [split for family in families() for split in family.splits]

    assert sorted(split.child for split in told) == sorted(split.child for split in every_split())


def test_child_and_parent_share_their_family_and_its_root_comes_first() -> None:
    family = family_of(region("kemendagri:72.12"))

    assert family is not None
    assert family == family_of(region("bps-2020:7203"))
    assert family.members == (region("kemendagri:72.06"), region("kemendagri:72.12"))
    assert (family.root, family.divided_from, family.of_provinces) == (region("kemendagri:72.06"), 2015, False)


def test_buton_gave_two_children_and_papua_three() -> None:
    buton, papua = family_of(region("kemendagri:74.04")), family_of(region("kemendagri:95"))

    assert buton is not None
    assert papua is not None
    assert [member.digits for member in buton.members] == ["74.04", "74.14", "74.15"]
    assert [member.digits for member in papua.members] == ["91", "93", "94", "95"]
    assert (papua.divided_from, papua.of_provinces) == (2024, True)


def test_the_land_within_the_old_borders_is_that_of_all_members_today() -> None:
    for family in families():
        parts = parts_of([family])
        for by in parts["by"].unique():
            rows = parts.filter(by=by)
            old = sorted(rows.filter(borders="old")["unit"])
            assert old == sorted(rows.filter(borders="today")["unit"])
            below = [str(here.region) for member in family.members for here in regencies(member)]
            assert old == sorted(below if by == "regencies" else map(str, family.members))
