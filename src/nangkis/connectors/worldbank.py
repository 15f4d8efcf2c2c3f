"""The World Bank's Indicators API: an indicator of a country, as ``[page, rows]``; an error is ``[{message: …}]``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from nangkis.connectors.asking import Asker, RequestUnclear, ServiceRefused, years_asked
from nangkis.connectors.pages import Page, Progress, all_pages, json_of, seen


SERVICE = "worldbank"
INDICATOR = re.compile(r"[A-Z0-9]{2,}(?:\.[A-Z0-9]{1,12}){1,8}")
COUNTRY = re.compile(r"[A-Z]{3}")
INVALID = "120"  # the id of the message that a country or an indicator is not known


def series_request(*, indicator: str, country: str, years: tuple[int, int] | None) -> dict[str, str]:
    """Return what is asked for: an indicator of a country by its three letters. Raises RequestUnclear."""
    if not INDICATOR.fullmatch(indicator.upper()):
        raise RequestUnclear("bank-indicator-form", indicator=indicator)
    if not COUNTRY.fullmatch(country.upper()):
        raise RequestUnclear("bank-country-form", country=country)
    return {"indicator": indicator.upper(), "country": country.upper(), **years_asked(years)}


def fetch_series(asker: Asker, asked: Mapping[str, str], progress: Progress) -> tuple[bytes, ...]:
    """Return every page of the answer to a series_request, as they came."""
    path = f"country/{asked['country']}/indicator/{asked['indicator']}"
    query = {"format": "json", "per_page": str(asker.limits.bank_per_page)}
    if "years" in asked:
        query["date"] = asked["years"].replace("-", ":")

    def ask(number: int) -> Page:
        content = asker.get(path, {**query, "page": str(number)})
        answer = json_of(asker, content)
        _check(asker, answer, asked)
        return Page(content, answer)

    pages = all_pages(asker, ask, lambda answer: answer, progress)
    if not any(row.get("value") is not None for page in pages for row in page.answer[1]):
        raise ServiceRefused("bank-series-empty", **asked)
    return tuple(page.content for page in pages)


def _check(asker: Asker, answer: Any, asked: Mapping[str, str]) -> None:
    if not isinstance(answer, list) or not answer or not isinstance(answer[0], dict):
        raise asker.refusal("service-answer-strange")
    told = {"indicator": asked["indicator"], "country": asked["country"]}
    messages = answer[0].get("message")
    if isinstance(messages, list):
        texts = [entry for entry in messages if isinstance(entry, dict)]
        if any(str(entry.get("id")) == INVALID for entry in texts):
            raise ServiceRefused("bank-series-unknown", **told)
        said = "; ".join(seen(str(entry.get("value", ""))) for entry in texts) or "–"
        raise asker.refusal("service-says-no", status="–", said=said)
    if len(answer) > 1 and answer[1] is None:  # nothing at all is written as null
        raise ServiceRefused("bank-series-empty", **told)
