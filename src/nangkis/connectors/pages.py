"""What any answer must be: JSON, whole, without the key in it; and a list's pages to its end, as many as it says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from nangkis.connectors.asking import Asker
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
    """A page as it came, and what it says."""

    content: bytes
    answer: Any


Progress = Callable[[int, int], None]  # the page that came, and how many there are


def json_of(asker: Asker, content: bytes) -> Any:
    """Return an answer's value. Raises ServiceRefused: a page of HTML, no text, cut off, or with the key inside."""
    if asker.key is not None and asker.key.reveal().encode() in content:
        raise asker.refusal("service-repeats-key")
    try:
        text = content.decode()
    except UnicodeDecodeError:
        raise asker.refusal("service-answer-no-json", seen="–") from None
    try:
        return parsed(text)
    except JsonBroken as problem:
        begins = text.lstrip()[:1]
        if begins in ("{", "[") and _is_cut_off(text, problem):
            raise asker.refusal("service-answer-cut-off", size=len(content)) from None
        raise asker.refusal("service-answer-no-json", seen=seen(text)) from None


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
    asker: Asker, ask: Callable[[int], Page], list_of: Callable[[Any], Any], progress: Progress
) -> tuple[Page, ...]:
    """Return all pages of a list; ``list_of`` finds in an answer what the page says of itself, and its entries.

    Raises ServiceRefused where they are too many, or not those that they say.
    """
    first = ask(1)
    whole = _info(asker, first, 1, list_of)
    if whole.pages > asker.limits.pages:
        raise asker.refusal("service-too-many-pages", limit="pages", most=asker.limits.pages, found=whole.pages)
    found_pages, count = [first], whole.count
    progress(1, whole.pages)
    for number in range(2, whole.pages + 1):
        page = ask(number)
        info = _info(asker, page, number, list_of)
        if (info.pages, info.total) != (whole.pages, whole.total):
            raise asker.refusal("service-list-changed", page=str(number))
        found_pages.append(page)
        count += info.count
        progress(number, whole.pages)
    if count != whole.total:
        raise asker.refusal("service-total-differs", total=whole.total, found=count)
    return tuple(found_pages)


def _info(asker: Asker, page: Page, number: int, list_of: Callable[[Any], Any]) -> PageInfo:
    """Return what a page says of itself. Raises ServiceRefused when it is none, or another one than was asked for."""
    try:
        said, entries = list_of(page.answer)
        info = PageInfo(int(said["page"]), int(said["pages"]), len(entries), int(said["total"]))
        is_list = isinstance(entries, list) and all(isinstance(entry, dict) for entry in entries)
    except (KeyError, TypeError, ValueError, OverflowError):  # a number of a page may be infinite
        raise asker.refusal("service-answer-strange") from None
    if not is_list:
        raise asker.refusal("service-answer-strange")
    if info.page != number:
        raise asker.refusal("service-list-changed", page=str(number))
    return info
