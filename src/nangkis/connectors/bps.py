"""BPS' WebAPI: tables of a variable (``model/data``) and lists, page by page. Every path ends with the user's key.

The answers as documented: ``status``, ``data-availability``; lists ``data[0]`` (the page), ``data[1]`` (entries);
tables ``vervar``, ``var``, ``turvar``, ``tahun``, ``turtahun`` and ``datacontent``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any

from nangkis.connectors.asking import Asker, RequestUnclear, ServiceRefused, years_asked
from nangkis.connectors.pages import Page, Progress, all_pages, json_of, seen
from nangkis.regions.register import RegionUnknown, place
from nangkis.vocabulary.codes import CodeSystem, Region


SERVICE = "bps"
MODELS = ("domain", "subcat", "subject", "subcatcsa", "subjectcsa", "var", "vervar", "turvar", "th", "turth", "unit")
OF_A_VARIABLE = frozenset({"vervar", "turvar", "th", "turth"})
TABLE_PARTS = ("vervar", "var", "turvar", "tahun", "turtahun", "datacontent")
AVAILABLE = "available"
KEY_WORDS = re.compile(r"\b(?:key|api ?key|token|app ?id|unauthori[sz]ed)\b", re.IGNORECASE)
DIGITS = re.compile(r"[0-9]{1,9}")
DOMAIN = re.compile(r"[0-9]{4}")


def table_request(*, variable: str, domain: str, years: tuple[int, int] | None) -> dict[str, str]:
    """Return what is asked for: a variable's table in a domain, of all years or of a span. Raises RequestUnclear."""
    if not DIGITS.fullmatch(variable):
        raise RequestUnclear("bps-variable-form", variable=variable)
    return {"model": "data", "domain": checked_domain(domain), "var": variable, **years_asked(years)}


def list_request(*, model: str, domain: str, variable: str | None) -> dict[str, str]:
    """Return what is asked for: a list of one model, in a domain. Raises RequestUnclear."""
    if model not in MODELS:
        raise RequestUnclear("bps-model-unknown", model=model, known=", ".join(MODELS))
    asked = {"model": model}
    if model != "domain":
        asked["domain"] = checked_domain(domain)
    if variable is not None:
        if not DIGITS.fullmatch(variable):
            raise RequestUnclear("bps-variable-form", variable=variable)
        asked["var"] = variable
    return asked


def checked_domain(domain: str) -> str:
    """Return a domain: 0000 the nation, 7200 a province, 7203 a regency by BPS' code. Raises RequestUnclear."""
    if not DOMAIN.fullmatch(domain):
        raise RequestUnclear("bps-domain-form", domain=domain)
    try:
        place(Region(CodeSystem.parse(SERVICE), domain))
    except RegionUnknown as unknown:
        raise RequestUnclear("bps-domain-unknown", domain=domain, nearest=unknown.values["nearest"]) from None
    return domain


def fetch_table(asker: Asker, asked: Mapping[str, str], progress: Progress) -> tuple[bytes, ...]:
    """Return the answer to a table_request, as it came. Raises ServiceRefused or ServiceOutOfReach."""
    path = f"api/list/model/data/lang/ind/domain/{asked['domain']}/var/{asked['var']}"
    if "years" in asked:
        path += f"/th/{';'.join(_periods(asker, asked, progress))}"
    page = _asked(asker, path)
    _check_available(asker, page.answer, asked)
    _check_table(asker, page.answer, asked)
    progress(1, 1)
    return (page.content,)


def fetch_list(asker: Asker, asked: Mapping[str, str], progress: Progress) -> tuple[bytes, ...]:
    """Return every page of the answer to a list_request, as they came. Raises ServiceRefused or ServiceOutOfReach."""
    return tuple(page.content for page in _list(asker, asked, progress))


def entries_of(pages: Sequence[Any]) -> list[dict[str, Any]]:
    """Return the entries of a list's pages, in their order."""
    return [entry for page in pages for entry in page["data"][1]]


def _periods(asker: Asker, asked: Mapping[str, str], progress: Progress) -> list[str]:
    """Return the service's ids of the years that were asked for: they are looked up, not computed from the year."""
    first, _, last = asked["years"].partition("-")
    of_variable = {"model": "th", "domain": asked["domain"], "var": asked["var"]}
    entries = entries_of([page.answer for page in _list(asker, of_variable, progress)])
    wanted = range(int(first), int(last) + 1)
    found = [str(entry["th_id"]) for entry in entries if _year(entry) in wanted and "th_id" in entry]
    if not found:
        known = ", ".join(str(entry.get("th", "")) for entry in entries) or "–"
        raise ServiceRefused("bps-years-absent", **_told(asked), years=f"{first}–{last}", known=known)
    return found


def _year(entry: Mapping[str, Any]) -> int | None:
    text = str(entry.get("th", ""))
    return int(text) if re.fullmatch(r"(?:19|20)[0-9]{2}", text) else None


def _list(asker: Asker, asked: Mapping[str, str], progress: Progress) -> tuple[Page, ...]:
    def ask(number: int) -> Page:
        if asked["model"] == "domain":
            path = "api/domain/type/all" + (f"/page/{number}" if number > 1 else "")
        else:
            path = f"api/list/model/{asked['model']}/lang/ind/domain/{asked['domain']}"
            path += f"/var/{asked['var']}" if "var" in asked else ""
            path += f"/page/{number}"
        page = _asked(asker, path)
        _check_available(asker, page.answer, asked)
        return page

    return all_pages(asker, ask, itemgetter("data"), progress)


def _asked(asker: Asker, path: str) -> Page:
    if asker.key is None:
        raise RequestUnclear("service-key-missing", service=asker.service)
    content = asker.get(path, {}, secret_path=f"/key/{asker.key.reveal()}/")
    return Page(content, json_of(asker, content))


def _check_available(asker: Asker, answer: Any, asked: Mapping[str, str]) -> None:
    if not isinstance(answer, dict):
        raise asker.refusal("service-answer-strange")
    status = str(answer.get("status", "")).upper()
    said = asker.key.hidden_in(seen(str(answer.get("message", "")))) if asker.key is not None else "–"
    if status != "OK":
        code = "service-key-refused" if KEY_WORDS.search(said) else "service-says-no"
        raise asker.refusal(code, status=status or "–", said=said)
    if answer.get("data-availability") != AVAILABLE:
        code = "bps-table-absent" if asked["model"] == "data" else "bps-list-absent"
        raise ServiceRefused(code, **_told(asked), availability=str(answer.get("data-availability", "–")))


def _told(asked: Mapping[str, str]) -> dict[str, object]:
    return {"model": asked["model"], "variable": asked.get("var", "–"), "domain": asked.get("domain", "–")}


def _check_table(asker: Asker, answer: Mapping[str, Any], asked: Mapping[str, str]) -> None:
    if any(part not in answer for part in TABLE_PARTS) or not isinstance(answer["var"], list):
        raise asker.refusal("service-answer-strange")
    variables = [str(entry.get("val")) for entry in answer["var"] if isinstance(entry, dict)]
    if variables != [asked["var"]]:
        raise ServiceRefused("bps-other-variable", **_told(asked), found=", ".join(variables) or "–")
