"""Whatever JSON a file holds, it is read or refused by name, and every row is accounted for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from nangkis.lake.answers import KeptAnswer, write_answer
from tests.rooms.connectors.answers import series, table
from tests.rooms.intake.files import read
from tests.rooms.intake.test_service_answers import AT, OF_P0


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
IDS = st.builds(
    lambda val, label: {"val": val, "label": label}, st.integers(0, 130) | st.text("12", max_size=3), SCALARS
)
ANY = st.recursive(
    SCALARS | IDS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4)
)
PARTS = st.dictionaries(st.sampled_from(sorted(table())), ANY | st.lists(IDS, max_size=5), max_size=3)
KEYS = st.dictionaries(st.text("0123456789", max_size=16), SCALARS, max_size=6)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("jawaban")


def read_bytes(folder: Path, content: bytes) -> None:
    path = folder / "jawaban.json"
    path.write_bytes(content)
    read(path)  # which holds that the rows add up


@settings(max_examples=60)
@given(PARTS, KEYS)
def test_a_table_with_anything_in_its_parts(folder: Path, parts: dict[str, Any], keys: dict[str, Any]) -> None:
    answer = table() | parts
    if isinstance(answer["datacontent"], dict):
        answer["datacontent"] |= keys

    read_bytes(folder, json.dumps(answer).encode())


@settings(max_examples=40)
@given(st.dictionaries(st.sampled_from(sorted(series({2020: 1.0})[1][0])), ANY, max_size=3), ANY)
def test_a_series_with_anything_in_a_row(folder: Path, parts: dict[str, Any], page: object) -> None:
    answer = series({2020: 9.8, 2021: 10.1})
    answer[1][0] |= parts
    answer[0]["total"] = page

    read_bytes(folder, json.dumps(answer).encode())


@settings(max_examples=40)
@given(st.data())
def test_a_kept_answer_that_was_cut_or_overwritten(folder: Path, data: st.DataObject) -> None:
    path = folder / "utuh.json"
    write_answer(path, KeptAnswer("bps", OF_P0, AT, (json.dumps(table()).encode(),)))
    whole = path.read_bytes()
    at = data.draw(st.integers(0, len(whole)))

    read_bytes(folder, whole[:at] + data.draw(st.binary(max_size=3)) + whole[at + data.draw(st.integers(0, 400)) :])
