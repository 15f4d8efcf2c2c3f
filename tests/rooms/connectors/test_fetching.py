"""What a service answers is kept as it came, whole or not at all; each of its noes has a name of its own."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from nangkis.connectors.asking import RequestUnclear, ServiceOutOfReach, ServiceRefused
from nangkis.connectors.fetching import Question, bank_series, bps_list, bps_table, fetch, kept
from nangkis.connectors.kept import NothingKept
from nangkis.lake.answers import read_answer
from tests.rooms.connectors.answers import listed, series, table
from tests.rooms.connectors.service import Reply, service, told
from tests.rooms.connectors.world import NAHC, NOW, P0, QUICK, SECRET, VARIABLES, World, always, pages_of, refused


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
