from __future__ import annotations

import pytest

from nangkis.vocabulary.codes import CodeRefused, CodeSystem, Region


def test_a_code_names_its_system_and_edition() -> None:
    assert Region.parse("bps-2020:7203") == Region(CodeSystem("bps", 2020), "7203")


def test_a_system_without_edition_is_the_latest_one() -> None:
    assert str(Region.parse("kemendagri:72.06")) == "kemendagri-2025:72.06"


@pytest.mark.parametrize("bare", ["72.06", "7206", "Morowali", "", "kemendagri", "dagri:72.06", "kemendagri:Morowali"])
def test_what_does_not_say_its_system_is_refused(bare: str) -> None:
    with pytest.raises(CodeRefused):
        Region.parse(bare)


def test_a_region_cannot_be_made_from_two_strings() -> None:
    with pytest.raises(CodeRefused):
        Region("kemendagri", "72.06")  # type: ignore[arg-type]
