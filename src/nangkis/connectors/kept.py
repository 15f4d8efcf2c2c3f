"""Answers kept in a folder: a file for each asking, named by what was asked and when; the newest serves offline."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from nangkis.connectors.asking import ServiceRefused
from nangkis.lake.answers import KeptAnswer, is_kept, read_answer, write_answer
from nangkis.vocabulary.refusals import RequestRefused


class NothingKept(RequestRefused):
    """There is no kept answer to this request."""


LONGEST_NAME = 120


@dataclass(frozen=True)
class Fetched:
    """An answer and the file that it is kept in. ``why_kept``: why it was not asked for now, None when it was."""

    path: Path
    answer: KeptAnswer
    why_kept: str | None = None


def keep(folder: Path, answer: KeptAnswer) -> Fetched:
    """Write an answer into a folder, beside the earlier ones of the same request."""
    folder.mkdir(parents=True, exist_ok=True)
    moment = answer.fetched_at.strftime("%Y%m%dT%H%M%SZ")
    stem = f"{_stem(answer.service, answer.request)}.{moment}"
    path = folder / f"{stem}.json"
    count = 1
    while path.exists():  # two answers within a second: neither takes the other's place
        count += 1
        path = folder / f"{stem}_{count:02}.json"
    write_answer(path, answer)
    return Fetched(path, answer)


def latest(folder: Path, service: str, request: Mapping[str, str], *, why: str) -> Fetched:
    """Return the newest kept answer to the same request. Raises NothingKept, or ServiceRefused for a changed one."""
    stem = _stem(service, request)
    found: list[Fetched] = []
    for path in sorted(folder.glob(f"{stem}.*.json")) if folder.is_dir() else ():
        text = path.read_text(encoding="utf-8", errors="replace")
        if not is_kept(text):
            continue
        answer = read_answer(text, file=path.name)
        if answer.service == service and dict(answer.request) == dict(request):
            found.append(Fetched(path, answer, why))
    if not found:
        raise NothingKept("nothing-kept", service=service, folder=folder.name or str(folder), reason=why)
    newest = max(found, key=lambda one: (one.answer.fetched_at, one.path.name))
    if not newest.answer.is_whole:
        raise ServiceRefused("kept-answer-changed", file=newest.path.name)
    return newest


def _stem(service: str, request: Mapping[str, str]) -> str:
    """Return a file's name for a request: letters that every system allows, and not too many of them."""
    parts = (service, *(f"{name}-{value}" for name, value in request.items()))
    return "_".join(re.sub(r"[^0-9A-Za-z.]+", "-", part) for part in parts)[:LONGEST_NAME]
