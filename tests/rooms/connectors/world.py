"""A service that answers as a test says, asked in time that passes at once; and what such a fetch gives."""

from __future__ import annotations

import random
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from nangkis.connectors.asking import Asker, Means, ServiceOutOfReach, ServiceRefused, Waiting
from nangkis.connectors.fetching import Question, bank_series, bps_list, bps_table, fetch
from nangkis.connectors.kept import Fetched
from nangkis.connectors.key import Key
from nangkis.connectors.limits import ServiceLimits, limits_on
from nangkis.content.catalogue import LANGUAGES
from nangkis.content.messages import refusal_words
from nangkis.parameters.loader import packaged
from nangkis.vocabulary.refusals import Refusal
from tests.rooms.connectors.answers import listed
from tests.rooms.connectors.service import Reply, Service, service, told


SECRET = "0123456789abcdef" * 2
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
P0 = bps_table(variable="192", domain="0000")
NAHC = bank_series(indicator="SI.POV.NAHC", country="IDN")
QUICK = replace(limits_on(packaged(), date(2026, 11, 24)), read_seconds=0.3, connect_seconds=2.0)
Answer = Callable[[str, int], Reply]
VARIABLES = bps_list(model="var", domain="7200")


@dataclass
class World:
    """Time that passes at once, and what was told of the waits."""

    slept: list[float] = field(default_factory=list)
    waits: list[Waiting] = field(default_factory=list)
    pages: list[tuple[int, int]] = field(default_factory=list)

    def asker(self, running: Service, question: Question, limits: ServiceLimits = QUICK) -> Asker:
        means = Means(self.slept.append, random.Random(7), lambda: NOW, self.waits.append)  # noqa: S311 - no secret
        return Asker(
            question.service, running.address, limits, means, Key(SECRET) if question.service == "bps" else None
        )

    def fetch(
        self, answer: Answer, folder: Path, question: Question = P0, limits: ServiceLimits = QUICK
    ) -> tuple[Fetched, Service]:
        with service(answer) as running:
            asker = self.asker(running, question, limits)
            done = fetch(question, asker=asker, folder=folder, progress=lambda *at: self.pages.append(at))
            return done, running


def always(reply: Reply) -> Answer:
    return lambda _path, _before: reply


def refused(answer: Answer, folder: Path, question: Question = P0, limits: ServiceLimits = QUICK) -> Refusal:
    """The refusal of a fetch: it keeps nothing, and neither its words nor its traceback hold the key."""
    with pytest.raises((ServiceRefused, ServiceOutOfReach)) as caught:
        World().fetch(answer, folder, question, limits)
    assert not list(folder.glob("*"))
    assert SECRET not in "".join(traceback.format_exception(caught.value)) + repr(caught.value)
    for language in LANGUAGES:
        assert SECRET not in refusal_words(caught.value, language)
    return caught.value


def pages_of(count: int, per_page: int) -> Answer:
    entries = [{"var_id": number, "title": f"variabel {number}"} for number in range(count)]

    def answer(path: str, _before: int) -> Reply:
        page = int(path.split("/page/")[1].partition("/")[0])
        return told(listed(entries, per_page=per_page, page=page))

    return answer
