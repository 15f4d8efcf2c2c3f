"""Messages on screens and in reports: sentences filled with plain values, and the words of findings and refusals."""

from __future__ import annotations

import re
from collections.abc import Mapping

from nangkis.content.catalogue import PLACEHOLDER, Language, has, template
from nangkis.content.numbers import print_number
from nangkis.vocabulary.findings import Finding, Repair
from nangkis.vocabulary.refusals import Refusal


MOST_PLACES = 2


def fill(code: str, language: Language, /, **values: object) -> str:
    """Return a sentence filled with plain values.

    Numbers get the marks of the language; years, codes and names come as text. A value that is itself a code of the
    catalogue (an indicator, or ``word.<placeholder>.<value>``) is said in its words.
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
    return fill(f"refusal.{refusal.code}", language, **refusal.values)


def _printed(name: str, value: object, language: Language) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        places = 0 if value == round(value) else MOST_PLACES
        return print_number(value, places=places, language=language)
    for code in (f"word.{name}.{value}", f"indicator.{value}.name"):
        if has(code):
            return template(code, language)
    return str(value)
