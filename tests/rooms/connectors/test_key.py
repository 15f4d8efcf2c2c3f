"""A key is sent where nobody reads it on the way, and is never kept or told."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from nangkis.connectors.asking import ServiceRefused
from nangkis.connectors.key import Key, KeyRefused
from tests.rooms.connectors.answers import table
from tests.rooms.connectors.service import Reply, Service, told
from tests.rooms.connectors.world import P0, SECRET, World, always, refused


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


@pytest.mark.parametrize("status", [401, 403])
def test_a_refused_key_is_told_and_not_tried_again(tmp_path: Path, status: int) -> None:
    asked: list[str] = []

    refusal = refused(lambda path, _: asked.append(path) or Reply(status=status), tmp_path)  # type: ignore[func-returns-value]

    assert (refusal.code, len(asked)) == ("service-key-refused", 1)
