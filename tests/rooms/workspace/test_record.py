"""A record comes from a stranger's file: it is read strictly, and never with a traceback."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from nangkis.workspace.record import Record, RecordRefused, is_sealed, read_record
from nangkis.workspace.verifying import Seal, Verdict, verify
from tests.rooms.workspace.conftest import Example
from tests.rooms.workspace.test_verifying import ids, with_record


Plain = dict[str, Any]
Change = Callable[[Plain], object]


def written(plain: Any) -> bytes:
    """Return JSON as a record is written."""
    return json.dumps(plain, indent=1, sort_keys=True, ensure_ascii=False).encode()


def small(record: Record) -> Plain:
    """The record with its first figures only, one of each kind of number."""
    plain: Plain = json.loads(record.to_bytes())
    firsts = {entry["value"][0]: name for name, entry in plain["figures"].items()}
    return {**plain, "figures": {name: plain["figures"][name] for name in firsts.values()}}


def each_figure(change: Change) -> Change:
    return lambda plain: [change(entry) for entry in plain["figures"].values()]


def each_input(change: Change) -> Change:
    return each_figure(lambda entry: [change(selection) for selection in entry["inputs"]])


BROKEN: dict[str, Change] = {
    "a format that is text": lambda plain: plain.update(format="1"),
    "a format that is true": lambda plain: plain.update(format=True),
    "an older format": lambda plain: plain.update(format=0),
    "no format": lambda plain: plain.pop("format"),
    "one more key": lambda plain: plain.update(more=1),
    "one more word in the request": lambda plain: plain["request"].update(more=1),
    "one more key of a figure": each_figure(lambda entry: entry.update(more=1)),
    "an unknown language": lambda plain: plain["request"].update(language="xx"),
    "a bare region": lambda plain: plain["request"].update(region="72.06"),
    "a path for a document": lambda plain: plain["request"].update(document="../x"),
    "an unknown stage": lambda plain: plain["request"].update(stage="zzz"),
    "a broken period": lambda plain: plain["request"].update(period="2029-2025"),
    "a year without end": lambda plain: plain["request"].update(year=10**30),
    "a year that is true": lambda plain: plain["request"].update(year=True),
    "no day": lambda plain: plain["request"].update(as_of="besok"),
    "tables that are text": lambda plain: plain.update(tables="abc"),
    "tables that are numbers": lambda plain: plain.update(tables=[1, 2]),
    "figures that are a list": lambda plain: plain.update(figures=[]),
    "a seal that is a number": lambda plain: plain.update(seal=5),
    "an unknown kind of number": each_figure(lambda entry: entry.update(value=["complex", "1"])),
    "no number": each_figure(lambda entry: entry.update(value=["float", "nan"])),
    "a number without end": each_figure(lambda entry: entry.update(value=["Decimal", "1e999999999"])),
    "very many digits": each_figure(lambda entry: entry.update(value=["int", "9" * 5000])),
    "an unknown unit": each_figure(lambda entry: entry.update(unit="zzz")),
    "very many places": each_figure(lambda entry: entry.update(places=10**9)),
    "fewer times than none": each_figure(lambda entry: entry.update(times=-1)),
    "times that are text": each_figure(lambda entry: entry.update(times="1")),
    "a key of another figure": each_figure(lambda entry: entry.update(key=entry["key"] + "x")),
    "a key that no text can hold": each_figure(lambda entry: entry.update(key="\ud800")),
    "a rule without its day": each_figure(lambda entry: entry.update(parameters=[["nope"]])),
    "a table that is a number": each_input(lambda entry: entry.update(table=5)),
    "a choice of a list": each_input(lambda entry: entry.update(where=[["year", [[1]]]])),
}


@pytest.mark.parametrize("change", BROKEN.values(), ids=BROKEN)
def test_what_is_no_record_of_ours_is_refused(example: Example, change: Change) -> None:
    plain = small(example.made.record)
    change(plain)

    with pytest.raises(RecordRefused) as refused:
        read_record(json.dumps(plain, indent=1, sort_keys=True).encode())

    assert refused.value.code == "record-broken"


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"null", b"[]", b"5", b"[" * 200_000, b'{"a":' * 200_000])
def test_what_is_no_json_object_is_refused(content: bytes) -> None:
    with pytest.raises(RecordRefused):
        read_record(content)


def test_a_newer_format_is_refused_whatever_else_it_says() -> None:
    with pytest.raises(RecordRefused) as refused:
        read_record(b'{"format": 2, "unheard-of": []}')

    assert refused.value.code == "record-newer"


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content.replace(b"\n", b""),
        lambda content: content + b"\n",
        lambda content: content.replace(b'"format": 1', b'"format": 1, "format": 1'),
        lambda content: content.decode().encode("utf-16"),
        lambda content: b'{"format": 1,' + content.replace(b'"format": 1,', b"", 1)[1:],
    ],
)
def test_the_seal_is_on_the_very_bytes(example: Example, change: Callable[[bytes], bytes]) -> None:
    content = example.made.record.to_bytes()
    changed = change(content)

    assert changed != content
    assert is_sealed(read_record(content))
    assert not is_sealed(read_record(changed))


def test_a_record_is_turned_into_text_once_for_its_seal_its_copy_and_all_formats(
    example: Example, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object) -> None:
        pytest.fail("the figures were turned into text again")

    monkeypatch.setattr("nangkis.workspace.record.plain_figure", never)
    record = example.made.record

    assert record.to_bytes() == written(json.loads(record.to_bytes()))
    assert is_sealed(record)


# Readable, but asking for what no workspace has: each figure is told to be unknown, and the seal to be broken.
UNMEETABLE: dict[str, Change] = {
    "a column that is not there": each_input(lambda entry: entry.update(column="nope")),
    "a choice by a column that is not there": each_input(lambda entry: entry.update(where=[["nope", ["x"]]])),
    "a choice of text among numbers": each_input(lambda entry: entry.update(where=[["year", ["x"]]])),
    "a choice of numbers among text": each_input(lambda entry: entry.update(where=[["region", [1]]])),
    "a number that no column holds": each_input(lambda entry: entry.update(where=[["year", [10**30]]])),
    "a path for a table": each_input(lambda entry: entry.update(table="../../../../etc/passwd")),
}


@pytest.mark.parametrize("change", UNMEETABLE.values(), ids=UNMEETABLE)
def test_inputs_that_cannot_be_found_make_a_figure_unknown(own: Example, change: Change) -> None:
    plain = json.loads(own.made.record.to_bytes())
    change(plain)
    with_record(own.made.path, written(plain))

    found = verify(own.workspace, own.made.path)

    with_inputs = {name for name, kept in own.made.record.figures.items() if kept.figure.origin.inputs}
    assert ids(found, Verdict.UNKNOWN) == with_inputs
    assert found.seal is Seal.FALSIFIED


@pytest.mark.parametrize(
    "change",
    [
        lambda plain: plain["request"].update(region="kemendagri:99.99"),
        lambda plain: plain["request"].update(as_of="0001-01-01"),
        lambda plain: plain.update(tables=["../../../../etc/passwd", "x\0y", ""]),
        lambda plain: plain.update(seal="../../../"),
        lambda plain: plain["request"].update(year=1, stage="apbd"),
    ],
)
def test_a_request_that_cannot_be_met_is_told_without_a_traceback(own: Example, change: Change) -> None:
    plain = json.loads(own.made.record.to_bytes())
    change(plain)
    with_record(own.made.path, written(plain))

    assert verify(own.workspace, own.made.path).seal is Seal.FALSIFIED


def places_in(value: Any, way: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the way to each value inside a JSON value."""
    yield way
    if isinstance(value, dict | list):
        for name, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places_in(inner, (*way, name))


def with_value(plain: Any, way: tuple[str | int, ...], value: Any) -> Any:
    if not way:
        return value
    changed = copy.copy(plain)
    changed[way[0]] = with_value(plain[way[0]], way[1:], value)
    return changed


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["1e999", "float"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@pytest.fixture(scope="module")
def few(example: Example) -> Plain:
    """The record with few figures, read once: three hundred times the whole would take minutes."""
    return small(example.made.record)


@pytest.fixture(scope="module")
def sealed(example: Example) -> bytes:
    return example.made.record.to_bytes()


@given(data=st.data())
@settings(max_examples=300, deadline=None)
def test_whatever_is_changed_gives_a_record_or_a_refusal(few: Plain, data: st.DataObject) -> None:
    plain: Any = few
    for _ in range(data.draw(st.integers(1, 3))):
        plain = with_value(plain, data.draw(st.sampled_from(list(places_in(plain)))), data.draw(JSON))

    try:
        record = read_record(json.dumps(plain, indent=1, sort_keys=True).encode())
    except RecordRefused:
        return

    assert isinstance(record, Record)
    assert read_record(record.to_bytes()) == record


@given(content=st.binary(max_size=60), at=st.integers(0, 4000))
@settings(max_examples=60, deadline=None)
def test_changed_bytes_give_a_record_that_is_not_sealed_or_a_refusal(sealed: bytes, content: bytes, at: int) -> None:
    before = sealed
    after = before[:at] + content + before[at + len(content) :]

    try:
        record = read_record(after)
    except RecordRefused:
        return

    assert is_sealed(record) == (after == before)
