"""The answer of a web service, kept as a file: its bytes untouched, with what was asked, when, and a checksum.

The file is JSON that any program reads, ``{"nangkis-answer": 1, "service": …, "request": {…}, "fetched_at": …,
"sha256": […], "answers": […]}``; between the brackets of ``answers`` stand the bytes that came, page by page.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from nangkis.lake.files import write_whole_bytes
from nangkis.vocabulary.refusals import FileRefused


FORMAT = 1
MARK = '{"nangkis-answer": '
ANSWERS = '"answers": [\n'
BETWEEN, END = "\n,\n", "\n]}\n"


class AnswerBroken(FileRefused):
    """A kept answer is not what was written: cut off, changed, or of a newer format."""


class JsonBroken(ValueError):  # noqa: N818 - the caller makes its own refusal of it
    """A text is no JSON, too deep, or has an object with one key twice; ``position`` is where, None where it is all."""

    def __init__(self, why: str, position: int | None) -> None:
        super().__init__(why)
        self.position = position


@dataclass(frozen=True)
class KeptAnswer:
    """What a service answered, page by page, as its own bytes (JSON in UTF-8), and what it was asked.

    ``request`` never holds a key. ``is_whole`` is False where the pages are no longer those that came.
    """

    service: str
    request: Mapping[str, str]
    fetched_at: datetime
    pages: tuple[bytes, ...]
    is_whole: bool = True


def write_answer(path: Path, answer: KeptAnswer) -> None:
    """Write an answer in one step: it is there whole, or not at all."""
    head = {
        "service": answer.service,
        "request": dict(answer.request),
        "fetched_at": answer.fetched_at.isoformat(timespec="seconds"),
        "sha256": [_sum(page) for page in answer.pages],
    }
    told = json.dumps(head, ensure_ascii=False, indent=1).removeprefix("{").removesuffix("\n}").lstrip()
    start = f"{MARK}{FORMAT},\n {told},\n {ANSWERS}"
    write_whole_bytes(path, start.encode() + BETWEEN.encode().join(answer.pages) + END.encode())


def is_kept(text: str) -> bool:
    """Say whether a text is a kept answer."""
    return text.startswith(MARK)


def read_answer(text: str, *, file: str) -> KeptAnswer:
    """Read a kept answer. Raises AnswerBroken for one that is cut off or of a newer format."""
    head, mark, body = text.partition(ANSWERS)
    if not mark or not body.endswith(END):
        raise AnswerBroken("kept-answer-broken", file=file)
    try:
        told = parsed(f"{head}{ANSWERS}]}}")
        if told["nangkis-answer"] != FORMAT:
            raise AnswerBroken("kept-answer-newer", file=file, found=str(told["nangkis-answer"]), known=str(FORMAT))
        pages = tuple(page.encode() for page in _pages(body))
        request = {str(name): str(value) for name, value in told["request"].items()}
        at = datetime.fromisoformat(told["fetched_at"])
        is_whole = list(told["sha256"]) == [_sum(page) for page in pages]
        return KeptAnswer(str(told["service"]), request, at, pages, is_whole)
    except (JsonBroken, KeyError, TypeError, ValueError, AttributeError):
        raise AnswerBroken("kept-answer-broken", file=file) from None


def _pages(body: str) -> list[str]:
    """Cut the pages apart at their own ends: what stands between them may stand inside of one too."""
    decoder = json.JSONDecoder()
    pages: list[str] = []
    start, end = 0, len(body) - len(END)
    while start < end:
        try:
            _, stop = decoder.raw_decode(body, _skipped(body, start))
        except (ValueError, RecursionError):
            raise JsonBroken("no JSON", start) from None
        after = body.find(BETWEEN, stop, end)
        close = after if after >= 0 and not body[stop:after].strip() else end
        if body[stop:close].strip():
            raise JsonBroken("no JSON", stop)
        pages.append(body[start:close])
        start = close + len(BETWEEN)
    return pages


def _skipped(body: str, start: int) -> int:
    while start < len(body) and body[start] in " \t\r\n":
        start += 1
    return start


def parsed(text: str) -> Any:
    """Return the value of a JSON text. Raises JsonBroken; a number beyond all bounds is infinite."""
    try:
        return json.loads(text, object_pairs_hook=_once, parse_int=_whole)
    except json.JSONDecodeError as problem:
        raise JsonBroken(problem.msg, problem.pos) from None
    except RecursionError:
        raise JsonBroken("too deep", None) from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise JsonBroken("a key stands twice in one object", None)
    return found


def _whole(digits: str) -> int | float:
    longest = 18  # what Int64 holds for certain
    return int(digits) if len(digits) <= longest else float(digits)


def _sum(page: bytes) -> str:
    return hashlib.sha256(page).hexdigest()
