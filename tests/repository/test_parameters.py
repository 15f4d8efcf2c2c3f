"""Every dated value has its source, and is used."""

from __future__ import annotations

from datetime import date

import pytest

from nangkis.parameters.dated import Parameter
from nangkis.parameters.loader import packaged
from tests.repository.sources import literals


EVERY_VALUE = [parameter for values in packaged().by_name.values() for parameter in values]


@pytest.mark.parametrize("parameter", EVERY_VALUE, ids=lambda p: f"{p.name}@{p.in_force_from}")
def test_every_value_has_a_source_with_title_and_place(parameter: Parameter) -> None:
    assert parameter.source.title
    assert parameter.source.place
    assert parameter.source.url is None or parameter.source.url.startswith("https://")
    assert parameter.source.url is None or " " not in parameter.source.url


@pytest.mark.parametrize("parameter", EVERY_VALUE, ids=lambda p: f"{p.name}@{p.in_force_from}")
def test_nothing_is_verified_without_a_person_and_a_day(parameter: Parameter) -> None:
    assert (parameter.verified_by is None) == (parameter.verified_at is None)
    assert parameter.source.published is None or parameter.source.published <= date(2026, 12, 31)


@pytest.mark.parametrize("name", sorted(packaged().by_name))
def test_every_parameter_is_used_by_some_code(name: str) -> None:
    assert name in literals()
