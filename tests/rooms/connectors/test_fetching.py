"""Services are asked politely, what they answer is kept as it came, and a key is never kept or told."""

from __future__ import annotations

import json
import logging
import random
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from nangkis.connectors.asking import Asker, Means, RequestUnclear, ServiceOutOfReach, ServiceRefused, Waiting
from nangkis.connectors.fetching import Question, bank_series, bps_list, bps_table, fetch, kept
from nangkis.connectors.kept import Fetched, NothingKept
from nangkis.connectors.key import Key, KeyRefused
from nangkis.connectors.limits import ServiceLimits, limits_on
from nangkis.content.catalogue import LANGUAGES
from nangkis.content.messages import refusal_words
from nangkis.lake.answers import read_answer
from nangkis.parameters.loader import packaged
from nangkis.vocabulary.refusals import Refusal
from tests.rooms.connectors.answers import listed, series, table
from tests.rooms.connectors.service import Reply, Service, service, told


SECRET = "0123456789abcdef" * 2
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
P0 = bps_table(variable="192", domain="0000")
NAHC = bank_series(indicator="SI.POV.NAHC", country="IDN")
QUICK = replace(limits_on(packaged(), date(2026, 11, 24)), read_seconds=0.3, connect_seconds=2.0)
Answer = Callable[[str, int], Reply]


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


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


def test_a_table_is_kept_byte_for_byte_with_its_request_and_moment(tmp_path: Path) -> None:
    content = b' {"weird":  "spacing",' + json.dumps(table()).encode()[1:] + b"\n"

    done, running = World().fetch(always(Reply(content)), tmp_path)

    stored = read_answer(done.path.read_text(encoding="utf-8"), file="x")
    assert stored.pages == (content,)
    assert stored.is_whole
    assert dict(stored.request) == {"model": "data", "domain": "0000", "var": "192"}
    assert stored.fetched_at == NOW
    assert running.asked == [f"/v1/api/list/model/data/lang/ind/domain/0000/var/192/key/{SECRET}/"]
    assert running.agents[0].startswith("Nangkis/")
    assert done.why_kept is None
    json.loads(done.path.read_text(encoding="utf-8"))  # any program reads it


def test_the_key_is_in_no_file_and_in_no_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)

    World().fetch(always(told(table())), tmp_path)

    assert "HTTP Request" in caplog.text  # httpx did tell of the request
    assert SECRET not in caplog.text
    assert all(SECRET.encode() not in file.read_bytes() for file in tmp_path.iterdir())
    assert SECRET not in repr(Key(SECRET)) + str(Key(SECRET))


def test_a_key_that_cannot_be_one_is_refused_without_repeating_it() -> None:
    with pytest.raises(KeyRefused) as caught:
        Key(SECRET + " 'oops'")

    assert SECRET not in str(caught.value)


def test_an_answer_that_repeats_the_key_is_not_kept(tmp_path: Path) -> None:
    answer = table() | {"url": f"/key/{SECRET}/"}

    assert refused(always(told(answer)), tmp_path).code == "service-repeats-key"


def test_no_key_goes_to_an_address_that_is_not_encrypted() -> None:
    with pytest.raises(ServiceRefused, match="service-address-open"):
        World().asker(Service("http://webapi.example/v1/"), P0)


def test_years_are_asked_for_by_the_services_own_ids(tmp_path: Path) -> None:
    periods = [{"th_id": 123, "th": "2023"}, {"th_id": 7, "th": "2024"}, {"th_id": 125, "th": "2025"}]

    def answer(path: str, _before: int) -> Reply:
        return told(listed(periods, per_page=10, page=1) if "/model/th/" in path else table())

    world = World()
    question = bps_table(variable="192", domain="0000", years=(2024, 2025))
    done, running = world.fetch(answer, tmp_path, question)

    assert "/th/7;125/key/" in running.asked[1]
    assert done.answer.request["years"] == "2024-2025"
    assert world.slept == [QUICK.pause_seconds]  # between the two requests


def test_years_that_the_variable_has_not_are_named(tmp_path: Path) -> None:
    periods = [{"th_id": 123, "th": "2023"}]
    question = bps_table(variable="192", domain="0000", years=(1999, 2000))

    refusal = refused(always(told(listed(periods, per_page=10, page=1))), tmp_path, question)

    assert (refusal.code, refusal.values["known"]) == ("bps-years-absent", "2023")


def pages_of(count: int, per_page: int) -> Answer:
    entries = [{"var_id": number, "title": f"variabel {number}"} for number in range(count)]

    def answer(path: str, _before: int) -> Reply:
        page = int(path.split("/page/")[1].partition("/")[0])
        return told(listed(entries, per_page=per_page, page=page))

    return answer


VARIABLES = bps_list(model="var", domain="7200")


def test_a_list_is_read_to_its_last_page_with_a_pause_between_two(tmp_path: Path) -> None:
    world = World()

    done, running = world.fetch(pages_of(25, 10), tmp_path, VARIABLES)

    entries = [entry["var_id"] for page in done.answer.pages for entry in json.loads(page)["data"][1]]
    assert entries == list(range(25))
    assert world.pages == [(1, 3), (2, 3), (3, 3)]
    assert world.slept == [QUICK.pause_seconds] * 2
    assert [path.split("/page/")[1][0] for path in running.asked] == ["1", "2", "3"]


def test_a_list_of_more_pages_than_the_limit_is_refused_after_the_first(tmp_path: Path) -> None:
    refusal = refused(pages_of(25, 1), tmp_path, VARIABLES, replace(QUICK, pages=24))

    assert (refusal.code, refusal.values["found"]) == ("service-too-many-pages", 25)


@pytest.mark.parametrize(
    ("second", "code"),
    [
        ({"total": 26}, "service-list-changed"),
        ({"page": 1}, "service-list-changed"),
        ({"pages": 4}, "service-list-changed"),
    ],
)
def test_pages_that_are_not_of_one_list_are_refused(tmp_path: Path, second: dict[str, int], code: str) -> None:
    entries = [{"var_id": number} for number in range(25)]

    def answer(_path: str, before: int) -> Reply:
        return told(listed(entries, per_page=10, page=before + 1, said=second if before == 1 else None))

    assert refused(answer, tmp_path, VARIABLES).code == code


def test_a_total_that_the_pages_do_not_hold_is_refused(tmp_path: Path) -> None:
    entries = [{"var_id": number} for number in range(20)]

    def answer(_path: str, before: int) -> Reply:
        return told(listed(entries, per_page=10, page=before + 1, said={"total": 22}))

    refusal = refused(answer, tmp_path, VARIABLES)

    assert (refusal.code, refusal.values["total"], refusal.values["found"]) == ("service-total-differs", 22, 20)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_or_broken_service_is_asked_again_after_growing_waits(tmp_path: Path, status: int) -> None:
    world = World()

    done, running = world.fetch(lambda _, before: told(table()) if before == 2 else Reply(status=status), tmp_path)

    assert done.why_kept is None
    assert len(running.asked) == 3
    waits = [waiting.seconds for waiting in world.waits]
    base = QUICK.backoff_seconds
    assert base / 2 <= waits[0] <= base < waits[1] <= 2 * base
    assert {waiting.reason for waiting in world.waits} == {"busy" if status == 429 else "broken"}


@pytest.mark.parametrize("after", ["40", "Tue, 24 Nov 2026 12:00:40 GMT"])
def test_the_wait_that_a_service_asks_for_is_kept(tmp_path: Path, after: str) -> None:
    world = World()
    busy = Reply(status=429, headers={"Retry-After": after})

    world.fetch(lambda _, before: told(table()) if before else busy, tmp_path)

    assert world.waits == [Waiting(40.0, "busy")]


def test_a_service_that_asks_for_a_long_wait_is_not_asked_again(tmp_path: Path) -> None:
    busy = Reply(status=429, headers={"Retry-After": "3600"})
    asked: list[str] = []

    refusal = refused(lambda path, _: asked.append(path) or busy, tmp_path)  # type: ignore[func-returns-value]

    assert (refusal.code, refusal.values["seconds"]) == ("service-asks-to-wait", 3600)
    assert len(asked) == 1


def test_a_service_that_stays_broken_is_given_up_after_the_last_attempt(tmp_path: Path) -> None:
    refusal = refused(always(Reply(status=500)), tmp_path)

    assert (refusal.code, refusal.values["attempts"]) == ("service-out-of-reach", QUICK.attempts)


def test_a_service_that_does_not_answer_in_time_is_named_slow(tmp_path: Path) -> None:
    enough = threading.Event()
    try:
        refusal = refused(always(Reply(wait_for=enough)), tmp_path, limits=replace(QUICK, attempts=2))
    finally:
        enough.set()

    assert (refusal.code, refusal.values["reason"]) == ("service-out-of-reach", "slow")


def test_an_answer_that_drips_in_for_too_long_is_slow_too(tmp_path: Path) -> None:
    refusal = refused(always(told(table())), tmp_path, limits=replace(QUICK, answer_seconds=-1.0, attempts=1))

    assert refusal.values["reason"] == "slow"


@pytest.mark.parametrize("status", [401, 403])
def test_a_refused_key_is_told_and_not_tried_again(tmp_path: Path, status: int) -> None:
    asked: list[str] = []

    refusal = refused(lambda path, _: asked.append(path) or Reply(status=status), tmp_path)  # type: ignore[func-returns-value]

    assert (refusal.code, len(asked)) == ("service-key-refused", 1)


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (Reply(status=404), "service-knows-not"),
        (Reply(status=400), "service-says-no"),
        (told({"status": "Error", "message": f"Invalid key {SECRET}"}), "service-repeats-key"),
        (told({"status": "Error", "message": "Invalid API Key"}), "service-key-refused"),
        (told({"status": "Error", "message": "domain salah"}), "service-says-no"),
        (told({"status": "OK", "data-availability": "list-not-available"}), "bps-table-absent"),
        (told(table(variable=193)), "bps-other-variable"),
        (told({"status": "OK", "data-availability": "available", "data": 1}), "service-answer-strange"),
        (told([1, 2]), "service-answer-strange"),
        (Reply(b"<!DOCTYPE html><html><body>Login dahulu</body></html>"), "service-answer-no-json"),
        (Reply(b""), "service-answer-no-json"),
        (Reply(b"\xff\xfe\x00"), "service-answer-no-json"),
        (Reply(b'{"status": "OK", "status": "OK"}'), "service-answer-no-json"),
        (Reply(b"[" * 200_000), "service-answer-no-json"),
        (Reply(json.dumps(table()).encode()[:-40]), "service-answer-cut-off"),
    ],
)  # fmt: skip
def test_each_no_has_its_own_name(tmp_path: Path, reply: Reply, code: str) -> None:
    assert refused(always(reply), tmp_path).code == code


def test_an_answer_that_breaks_off_is_asked_for_again(tmp_path: Path) -> None:
    whole = json.dumps(table()).encode()
    world = World()

    done, _ = world.fetch(lambda _, before: Reply(whole, cut_at=None if before else 100), tmp_path)

    assert done.answer.pages == (whole,)
    assert [waiting.reason for waiting in world.waits] == ["cut-off"]


def test_an_answer_beyond_the_limit_of_bytes_is_refused(tmp_path: Path) -> None:
    refusal = refused(always(told(table())), tmp_path, limits=replace(QUICK, bytes=1000))

    assert (refusal.code, refusal.values["most"]) == ("service-answer-too-large", 1000)


def test_the_limit_of_bytes_counts_all_pages_together(tmp_path: Path) -> None:
    one = len(json.dumps(listed([{"var_id": 10}] * 10, per_page=10, page=1)))

    refusal = refused(pages_of(25, 10), tmp_path, VARIABLES, replace(QUICK, bytes=2 * one))

    assert refusal.code == "service-answer-too-large"


def test_a_redirect_is_not_followed_and_only_its_host_is_told(tmp_path: Path) -> None:
    asked: list[str] = []

    def elsewhere(path: str, _before: int) -> Reply:
        asked.append(path)
        return Reply(status=302, headers={"Location": f"http://elsewhere.example/{SECRET}"})

    refusal = refused(elsewhere, tmp_path)

    assert (refusal.code, refusal.values["to"]) == ("service-redirects", "elsewhere.example")
    assert len(asked) == 1


def test_without_network_the_newest_kept_answer_serves_and_says_so(tmp_path: Path) -> None:
    first, running = World().fetch(always(told(table())), tmp_path)
    second, _ = World().fetch(always(told(table(unit="persen"))), tmp_path)
    assert first.path != second.path

    done = fetch(P0, asker=World().asker(running, P0), folder=tmp_path, progress=lambda *_: None)  # it has stopped

    assert done.path == second.path
    assert done.answer.pages == second.answer.pages
    assert done.why_kept == "no-network"
    assert kept(P0, folder=tmp_path).why_kept == "offline"


def test_without_network_and_without_a_kept_answer_the_trouble_is_told(tmp_path: Path) -> None:
    with service(always(Reply())) as running:
        pass

    with pytest.raises(ServiceOutOfReach) as caught:
        fetch(P0, asker=World().asker(running, P0), folder=tmp_path, progress=lambda *_: None)
    assert caught.value.values["reason"] == "no-network"
    with pytest.raises(NothingKept):
        kept(P0, folder=tmp_path)


def test_the_kept_answer_to_another_request_does_not_serve(tmp_path: Path) -> None:
    World().fetch(always(told(table())), tmp_path)

    for other in (
        bps_table(variable="192", domain="7200"),
        bps_table(variable="192", domain="0000", years=(2023, 2024)),
    ):
        with pytest.raises(NothingKept):
            kept(other, folder=tmp_path)


def test_a_kept_answer_that_was_changed_does_not_serve(tmp_path: Path) -> None:
    done, _ = World().fetch(always(told(table())), tmp_path)
    done.path.write_text(done.path.read_text(encoding="utf-8").replace("10.01", "99.01"), encoding="utf-8")

    with pytest.raises(ServiceRefused, match="kept-answer-changed"):
        kept(P0, folder=tmp_path)


def test_a_series_of_the_world_bank_is_read_page_by_page_without_a_key(tmp_path: Path) -> None:
    values = {year: 10.0 + year / 1000 for year in range(2000, 2025)}

    def answer(path: str, before: int) -> Reply:
        assert path.startswith("/v1/country/IDN/indicator/SI.POV.NAHC?format=json&per_page=")
        return told(series(values, page=before + 1, per_page=10))

    done, running = World().fetch(answer, tmp_path, NAHC)

    assert len(done.answer.pages) == len(running.asked) == 3
    assert sum(len(json.loads(page)[1]) for page in done.answer.pages) == 25


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ([{"message": [{"id": "120", "key": "Invalid value", "value": "not valid"}]}], "bank-series-unknown"),
        ([{"message": [{"id": "199", "key": "Other", "value": "sorry"}]}], "service-says-no"),
        ([{"page": 0, "pages": 0, "per_page": 0, "total": 0}, None], "bank-series-empty"),
        (series({2020: None, 2021: None}), "bank-series-empty"),
        (series({2020: 9.8}, total=3), "service-total-differs"),
        ({"page": 1}, "service-answer-strange"),
        ([{"page": 1}], "service-answer-strange"),
        ([{"page": float("inf"), "pages": 1, "total": 0}, []], "service-answer-strange"),
    ],
)
def test_each_no_of_the_world_bank_has_its_own_name(tmp_path: Path, answer: object, code: str) -> None:
    assert refused(always(told(answer)), tmp_path, NAHC).code == code


@pytest.mark.parametrize(
    ("ask", "code"),
    [
        (lambda: bps_table(variable="p0", domain="0000"), "bps-variable-form"),
        (lambda: bps_table(variable="192", domain="72"), "bps-domain-form"),
        (lambda: bps_table(variable="192", domain="7299"), "bps-domain-unknown"),
        (lambda: bps_table(variable="192", domain="0000", years=(2025, 2019)), "years-turned"),
        (lambda: bps_list(model="rahasia", domain="0000"), "bps-model-unknown"),
        (lambda: bank_series(indicator="../etc", country="IDN"), "bank-indicator-form"),
        (lambda: bank_series(indicator="SI.POV.NAHC", country="ID/N"), "bank-country-form"),
    ],
)
def test_what_cannot_be_asked_is_refused_before_any_request(ask: Callable[[], Question], code: str) -> None:
    with pytest.raises(RequestUnclear) as caught:
        ask()
    assert caught.value.code == code


@pytest.mark.parametrize("address", ["ftp://data.example/", "https://", "http://data:pintu/", "webapi.bps.go.id/v1"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(ServiceRefused, match="service-address-broken"):
        World().asker(Service(address), NAHC)


def test_a_proxy_that_cannot_be_used_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "gopher://proxy.example:1")

    assert refused(always(told(table())), tmp_path).code == "service-proxy-broken"
