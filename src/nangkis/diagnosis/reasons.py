"""Why there is no value, by the mark that the file carries, as sentences of the catalogue."""

from __future__ import annotations

from collections.abc import Mapping

from nangkis.diagnosis.judging import Absent
from nangkis.indicators.facts import Fact
from nangkis.regions.register import Place


# The marks of indicators.schema and of indicators.facts; another one is told by the last sentence.
SENTENCES: Mapping[str | None, str] = {
    "dash": "absent.dash",
    "dots": "absent.dots",
    "not-available": "absent.not-available",
    "blank": "absent.blank",
    "unreadable": "absent.unreadable",
    "implausible": "absent.implausible",
    "not-founded": "absent.not-founded",
}


def absence(fact: Fact | None, place: Place, year: int) -> Absent:
    """Return why a region has no value in a year: the mark in its cell, or that no table speaks of it."""
    said = {"place": place.name, "year": str(year)}
    return Absent("absent.no-table" if fact is None else SENTENCES.get(fact.missing, "absent.missing"), said)
