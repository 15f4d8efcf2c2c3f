"""Why there is no value, by the mark that the file carries, as sentences of the catalogue."""

from __future__ import annotations

from collections.abc import Mapping

from nangkis.diagnosis.judging import Absent
from nangkis.indicators.facts import Fact, founding_after
from nangkis.regions.register import Place


# The marks of indicators.schema; another one is told by the last sentence.
SENTENCES: Mapping[str | None, str] = {
    "dash": "absent.dash",
    "dots": "absent.dots",
    "not-available": "absent.not-available",
    "blank": "absent.blank",
    "unreadable": "absent.unreadable",
    "implausible": "absent.implausible",
}


def absence(fact: Fact | None, place: Place, year: int) -> Absent:
    """Return why a region has no value in a year: not founded yet, its cell's mark, or no table speaks of it."""
    said: dict[str, str | Place] = {"place": place, "year": str(year)}
    if founding := founding_after(place.region, year):
        return Absent("absent.not-founded", said | {"law": founding.law})
    return Absent("absent.no-table" if fact is None else SENTENCES.get(fact.missing, "absent.missing"), said)
