"""What any answer must be: JSON, whole, without the key in it; and a list's pages to its end, as many as it says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from nangkis.connectors.asking import Asker, ServiceRefused
from nangkis.lake.answers import JsonBroken, parsed


SHOWN = 80
NEAR_END = 16


@dataclass(frozen=True)
class PageInfo:
    """What a page says of itself and of the whole list."""

    page: int
    pages: int
    count: int  # entries on this page
    total: int


@dataclass(frozen=True)
class Page:
    """A page as it came, and what it says; ``info`` None for an answer that has no pages."""

    content: bytes
    answer: Any


Progress = Callable[[int, int], None]  # the page that came, and how many there are


def json_of(asker: Asker, content: bytes) -> Any:
    """Return an answer's value. Raises ServiceRefused: a page of HTML, no text, cut off, or with the key inside."""
    told = {"service": asker.service, "host": asker.host}
    if asker.key is not None and asker.key.reveal().encode() in content:
        raise ServiceRefused("service-repeats-key", **told)
    try:
        text = content.decode()
    except UnicodeDecodeError:
        raise ServiceRefused("service-answer-no-json", **told, seen="–") from None
    try:
        return parsed(text)
    except JsonBroken as problem:
        begins = text.lstrip()[:1]
        if begins in ("{", "[") and _is_cut_off(text, problem):
            raise ServiceRefused("service-answer-cut-off", **told, size=len(content)) from None
        raise ServiceRefused("service-answer-no-json", **told, seen=seen(text)) from None


def _is_cut_off(text: str, problem: JsonBroken) -> bool:
    if problem.position is None:
        return False
    ends = str(problem).startswith("Unterminated string") or not text.rstrip().endswith(("}", "]"))
    return ends or problem.position >= len(text.rstrip()) - NEAR_END


def seen(text: str) -> str:
    """Return the beginning of a text, on one line."""
    short = " ".join(text.split())
    return (short if len(short) <= SHOWN else short[:SHOWN] + "…") or "–"


def all_pages(
    asker: Asker, ask: Callable[[int], Page], info_of: Callable[[Any, int], PageInfo], progress: Progress
) -> tuple[Page, ...]:
    """Return all pages of a list. Raises ServiceRefused where they are too many, or not those that they say."""
    told = {"service": asker.service, "host": asker.host}
    first = ask(1)
    whole = info_of(first.answer, 1)
    if whole.pages > asker.limits.pages:
        most, found = asker.limits.pages, whole.pages
        raise ServiceRefused("service-too-many-pages", **told, limit="pages", most=most, found=found)
    found_pages, count = [first], whole.count
    progress(1, whole.pages)
    for number in range(2, whole.pages + 1):
        page = ask(number)
        info = info_of(page.answer, number)
        if (info.pages, info.total) != (whole.pages, whole.total):
            raise ServiceRefused("service-list-changed", **told, page=str(number))
        found_pages.append(page)
        count += info.count
        progress(number, whole.pages)
    if count != whole.total:
        raise ServiceRefused("service-total-differs", **told, total=whole.total, found=count)
    return tuple(found_pages)
