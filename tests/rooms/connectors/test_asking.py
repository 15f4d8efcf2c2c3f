"""Services are asked politely: one request at a time, again after growing waits, within limits of time and bytes."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from nangkis.connectors.asking import ServiceRefused, Waiting
from tests.rooms.connectors.answers import listed, table
from tests.rooms.connectors.service import Reply, Service, told
from tests.rooms.connectors.world import NAHC, QUICK, SECRET, VARIABLES, World, always, pages_of, refused


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


@pytest.mark.parametrize("address", ["ftp://data.example/", "https://", "http://data:pintu/", "webapi.bps.go.id/v1"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(ServiceRefused, match="service-address-broken"):
        World().asker(Service(address), NAHC)


def test_a_proxy_that_cannot_be_used_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "gopher://proxy.example:1")

    assert refused(always(told(table())), tmp_path).code == "service-proxy-broken"
