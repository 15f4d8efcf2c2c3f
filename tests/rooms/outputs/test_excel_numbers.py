"""A number that somebody typed into a cell is shown, whatever it is, and never breaks the reading."""

from __future__ import annotations

import pytest

from nangkis.outputs.excel.numbers import number_format, shown


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (5.54301231212356e-98, "5.54301231212356e-98"),
        (1e300, "1e+300"),
        (float("inf"), "inf"),
        (float("nan"), "nan"),
        (0.125, "0,125"),
        (-1234.5, "\N{MINUS SIGN}1.234,5"),
        (1e17, "100.000.000.000.000.000"),
    ],
)
def test_a_cell_without_a_plain_format_shows_every_digit(number: float, text: str) -> None:
    assert shown(number, "General", "id") == text


@pytest.mark.parametrize(("number", "text"), [(1e300, "1e+300"), (5e-98, "0,00"), (1234.567, "1.234,57")])
def test_a_cell_with_two_decimals_shows_two_where_they_can_be_shown(number: float, text: str) -> None:
    assert shown(number, number_format(2), "id") == text
