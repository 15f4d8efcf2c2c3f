"""Product per person in million rupiah is brought to the thousand rupiah of the catalogue."""

from __future__ import annotations

import pytest

from nangkis.intake.layouts import words
from nangkis.intake.repairs.units import unit_said


@pytest.mark.parametrize(
    ("said", "factor"),
    [
        ("million_rupiah_per_person_constant_2010", 1000.0),
        ("PDRB per Kapita (Juta Rupiah)", 1000.0),
        ("PDRB per Kapita (Ribu Rupiah)", 1.0),
        ("PDRB per Kapita (Rp. 000)", 1.0),
        ("PDRB per Kapita", 1.0),
    ],
)
def test_the_words_of_a_unit_give_its_factor(said: str, factor: float) -> None:
    assert unit_said(words.plain(said), "", "ECO.PDRBPC").factor == factor
