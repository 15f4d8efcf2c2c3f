"""Messages on screens and in reports: sentences filled with plain values, and the words of findings and refusals."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from nangkis.content.catalogue import PLACEHOLDER, Language, has, template
from nangkis.content.numbers import print_number
from nangkis.vocabulary.findings import Finding, Repair, Severity
from nangkis.vocabulary.refusals import Refusal


MOST_PLACES = 6


def fill(code: str, language: Language, /, **values: object) -> str:
    """Return a sentence filled with plain values.

    Numbers get the marks of the language; years, codes and names come as text. A value that is itself a code of the
    catalogue (an indicator, or ``word.<placeholder>.<value>``) is said in its words, a finding in its own sentence,
    and a list by its entries.
    """

    def put(match: re.Match[str]) -> str:
        return _printed(match[1], values[match[1]], language)

    return PLACEHOLDER.sub(put, template(code, language))


def finding_words(finding: Finding, language: Language) -> tuple[str, str]:
    """Return what is wrong, and what to do."""
    values = {**finding.values, "at": finding.at}
    says, do = (fill(f"finding.{finding.code}.{part}", language, **values) for part in ("says", "do"))
    return says, do


def plain_finding(finding: Finding, language: Language) -> dict[str, str]:
    """Return a finding as text values: its code, severity and cell, what is wrong and what to do."""
    says, do = finding_words(finding, language)
    return {"code": finding.code, "severity": finding.severity.value, "at": finding.at, "says": says, "do": do}


def repair_words(repair: Repair, language: Language) -> str:
    """Return what was mended."""
    values: Mapping[str, object] = {**repair.values, "count": repair.count, "at": repair.at}
    return fill(f"repair.{repair.code}", language, **values)


def refusal_words(refusal: Refusal, language: Language) -> str:
    """Return what cannot be done, where, why, and what to do."""
    return " ".join(_refusal_parts(refusal, language))


def plain_refusal(refusal: Refusal, language: Language, *, at: str) -> dict[str, str]:
    """Return a refusal as text values, in the form of a finding; ``at`` is where, unless the refusal says it."""
    says, do = _refusal_parts(refusal, language)
    where = str(refusal.values.get("at", at))
    return {"code": refusal.code, "severity": Severity.ERROR.value, "at": where, "says": says, "do": do}


def table_words(kind: str, about: Mapping[str, str], language: Language) -> str:
    """Return what a table holds, as a title; ``about`` is that of its reading or manifest."""
    values: dict[str, object] = dict(about)
    if "indicators" in about:
        values["indicators"] = about["indicators"].split(",")
    if "stage" in about:
        values["budget"] = about["stage"]
    return fill(f"table.{kind}.title", language, **values)


def _refusal_parts(refusal: Refusal, language: Language) -> tuple[str, str]:
    code = f"refusal.{refusal.code}"
    return fill(code, language, **refusal.values), fill(f"{code}.do", language, **refusal.values)


def _printed(name: str, value: object, language: Language) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        return print_number(value, places=_places(value), language=language)
    if isinstance(value, tuple | list):
        return ", ".join(_printed(name, entry, language) for entry in value)
    if isinstance(value, Finding):
        return finding_words(value, language)[0]
    for code in (f"word.{name}.{value}", f"indicator.{value}.name"):
        if has(code):
            return template(code, language)
    return str(value)


def _places(value: float) -> int:
    """Return how many decimals a number has, at most six: 10.380000000000001 has two."""
    shown = round(value, MOST_PLACES)
    return next(places for places in range(MOST_PLACES + 1) if round(value, places) == shown)
