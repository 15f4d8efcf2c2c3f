"""Fetch: ask a service and keep what it answers; without network, the kept answer to the same request serves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from nangkis.connectors import bps, worldbank
from nangkis.connectors.asking import Asker, ServiceOutOfReach
from nangkis.connectors.kept import Fetched, NothingKept, keep, latest
from nangkis.connectors.pages import Progress
from nangkis.lake.answers import KeptAnswer


OFFLINE = "offline"
Ask = Callable[[Asker, Mapping[str, str], Progress], tuple[bytes, ...]]


@dataclass(frozen=True)
class Question:
    """What is asked of which service: ``request`` is its words, without a key, and ``ask`` how it is asked."""

    service: str
    request: Mapping[str, str]
    ask: Ask


def bps_table(*, variable: str, domain: str, years: tuple[int, int] | None = None) -> Question:
    """Return the question for a variable's table in a domain. Raises RequestUnclear."""
    return Question(bps.SERVICE, bps.table_request(variable=variable, domain=domain, years=years), bps.fetch_table)


def bps_list(*, model: str, domain: str, variable: str | None = None) -> Question:
    """Return the question for a list, such as that of a domain's variables. Raises RequestUnclear."""
    return Question(bps.SERVICE, bps.list_request(model=model, domain=domain, variable=variable), bps.fetch_list)


def bank_series(*, indicator: str, country: str, years: tuple[int, int] | None = None) -> Question:
    """Return the question for a series of the World Bank. Raises RequestUnclear."""
    asked = worldbank.series_request(indicator=indicator, country=country, years=years)
    return Question(worldbank.SERVICE, asked, worldbank.fetch_series)


def fetch(question: Question, *, asker: Asker, folder: Path, progress: Progress) -> Fetched:
    """Ask, keep the answer in ``folder``, and return it.

    A service that gives no answer is served from the folder, and ``why_kept`` says why. Raises ServiceOutOfReach when
    the folder holds none, ServiceRefused for every other no, RequestUnclear where a key is missing.
    """
    try:
        pages = question.ask(asker, question.request, progress)
    except ServiceOutOfReach as trouble:
        try:
            return kept(question, folder=folder, why=str(trouble.values["reason"]))
        except NothingKept:
            raise trouble from None
    answer = KeptAnswer(question.service, question.request, asker.means.now(), pages)
    return keep(folder, answer)


def kept(question: Question, *, folder: Path, why: str = OFFLINE) -> Fetched:
    """Return the newest kept answer to a question, without asking. Raises NothingKept."""
    return latest(folder, question.service, question.request, why=why)
