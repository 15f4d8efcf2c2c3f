"""Each of the four verdicts, each shown to fall on exactly the figures that it should."""

from __future__ import annotations

import json
import re
import zipfile
from collections import Counter
from collections.abc import Callable
from importlib import resources
from pathlib import Path

import polars as pl
import pytest

from nangkis.diagnosis import course, slopes
from nangkis.lake.manifest import Reading
from nangkis.lake.snapshot import chosen_rows
from nangkis.outputs.word.manifest import wrapped
from nangkis.outputs.word.xml import serialised
from nangkis.workspace.opened import open_workspace
from nangkis.workspace.reading import DocumentWithoutRecord
from nangkis.workspace.record import Record, is_sealed, read_record
from nangkis.workspace.verifying import Seal, Verdict, Verification, verify
from tests.rooms.outputs.sample import read_back
from tests.rooms.workspace.conftest import HULU, NOON, Example


def verdicts(found: Verification) -> Counter[Verdict]:
    return Counter(figure.verdict for figure in found.figures)


def ids(found: Verification, verdict: Verdict) -> set[str]:
    return {figure.id for figure in found.figures if figure.verdict is verdict}


def rewrite(path: Path, part: Callable[[str], bool], change: Callable[[bytes], bytes]) -> None:
    """Change some parts of a Word file in place."""
    with zipfile.ZipFile(path) as archive:
        parts = [(entry, archive.read(entry)) for entry in archive.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, content in parts:
            archive.writestr(entry.filename, change(content) if part(entry.filename) else content)


def with_record(path: Path, record: bytes) -> None:
    """Put another record into a document."""
    old = read_back(path).manifest
    assert old is not None

    def replaced(content: bytes) -> bytes:
        return serialised(wrapped(record)) if content == serialised(wrapped(old)) else content

    rewrite(path, lambda name: name.startswith("customXml/"), replaced)
    assert read_back(path).manifest == record


def test_a_fresh_document_holds_in_every_figure(example: Example) -> None:
    found = verify(example.workspace, example.made.path)

    assert found.holds
    assert found.seal is Seal.SEALED
    assert verdicts(found) == {Verdict.HOLDS: len(example.made.record.figures)}
    assert len(example.made.record.figures) > 100


def corrected(example: Example, table: str, change: pl.Expr) -> Reading:
    """The same table with one column changed, as an office's corrected file would give it."""
    manifest = example.workspace.lake.manifest(table)
    return Reading(
        kind=manifest.kind, title=manifest.title, owner=manifest.owner, layout=manifest.layout,
        layout_version=manifest.layout_version, sheet=manifest.sheet, cell_range=manifest.cell_range,
        frame=example.workspace.lake.rows(table).with_columns(change), rows_in=manifest.rows_in,
        rows_frame=manifest.rows_frame, rows_accepted=manifest.rows_accepted, rows_refused=manifest.rows_refused,
        about=manifest.about,
    )  # fmt: skip


def dependants(record: Record, rows: pl.DataFrame, table: str, changed: pl.DataFrame, column: str) -> set[str]:
    """The figures whose inputs choose the changed cell, found by brute force over row numbers."""
    touched = set(changed.select("_row", "_col").iter_rows())
    return {
        name
        for name, kept in record.figures.items()
        for selection in kept.figure.origin.inputs
        if (selection.table, selection.column) == (table, column)
        and touched & set(chosen_rows(rows, selection).select("_row", "_col").iter_rows())
    }


@pytest.mark.parametrize("kind", ["indicator", "budget"])
def test_a_superseded_cell_makes_exactly_its_dependants_stale(own: Example, kind: str) -> None:
    lake = own.workspace.lake
    if kind == "indicator":
        table = next(m.id for m in lake.live() if m.kind == kind and m.layout == "indicator_wide")
        cell = (pl.col("region") == HULU) & (pl.col("year") == 2015)  # only this table holds it
        change = pl.when(cell).then(pl.col("value") + 0.5).otherwise(pl.col("value")).alias("value")
    else:
        table = next(m.id for m in lake.live() if m.kind == kind and m.owner == HULU)
        largest = lake.rows(table).sort("amount_sen", descending=True, nulls_last=True)["_row"][0]
        cell = pl.col("_row") == largest
        change = pl.when(cell).then(pl.col("amount_sen") + 100).otherwise(pl.col("amount_sen")).alias("amount_sen")
    rows = lake.rows(table)
    expected = dependants(own.made.record, rows, table, rows.filter(cell), change.meta.output_name())

    lake.accept(corrected(own, table, change), source_file=next(own.raw.iterdir()), at=NOON, by="Sri", supersedes=table)
    found = verify(own.workspace, own.made.path)

    assert ids(found, Verdict.STALE) == expected
    assert 0 < len(expected) < len(own.made.record.figures)
    assert set(verdicts(found)) == {Verdict.STALE, Verdict.HOLDS}


def test_moved_rows_make_nothing_stale(own: Example) -> None:
    lake = own.workspace.lake
    table = next(m.id for m in lake.live() if m.layout == "indicator_wide")
    moved = corrected(own, table, (pl.col("_row") + 7).alias("_row"))
    unlike = moved.frame.with_columns(pl.col("name_read") + " ")  # or it would be the very same content

    lake.accept(
        Reading(**{**vars(moved), "frame": unlike}),
        source_file=next(own.raw.iterdir()),
        at=NOON,
        by="Sri",
        supersedes=table,
    )

    assert verify(own.workspace, own.made.path).holds


def type_over(path: Path, name: str, text: str, other: str) -> None:
    """Change the text of a figure's first control."""
    pattern = re.compile(rf'(w:val="nk:{name}\.1"/>.*?<w:t[^>]*>){re.escape(text)}<'.encode(), re.DOTALL)
    rewrite(
        path,
        lambda part: part == "word/document.xml",
        lambda xml: pattern.sub(lambda match: match[1] + other.encode() + b"<", xml, count=1),
    )
    assert other in [now for found, now in read_back(path).texts if found == name]


def test_a_digit_typed_beside_a_number_is_edited_and_nothing_else_is(own: Example) -> None:
    name, text = next((name, text) for name, text in read_back(own.made.path).texts if len(text) >= 4)
    control = re.compile(rf'<w:sdt><w:sdtPr><w:alias w:val="nk:{name}\.1"/>'.encode())

    rewrite(
        own.made.path,
        lambda part: part == "word/document.xml",
        lambda xml: control.sub(lambda match: b"<w:r><w:t>1</w:t></w:r>" + match[0], xml, count=1),
    )
    found = verify(own.workspace, own.made.path)

    assert ids(found, Verdict.EDITED) == {name}
    assert next(figure for figure in found.figures if figure.id == name).text == f"1{text}"
    assert verdicts(found)[Verdict.HOLDS] == len(found.figures) - 1


def test_a_changed_digit_is_edited_and_nothing_else_is(own: Example) -> None:
    name, text = next((name, text) for name, text in read_back(own.made.path).texts if len(text) >= 4)
    other = text[:-1] + str((int(text[-1]) + 1) % 10)

    type_over(own.made.path, name, text, other)
    found = verify(own.workspace, own.made.path)

    assert ids(found, Verdict.EDITED) == {name}
    assert next(figure for figure in found.figures if figure.id == name).text == other
    assert verdicts(found)[Verdict.HOLDS] == len(found.figures) - 1
    assert not found.holds


def test_a_deleted_number_is_edited(own: Example) -> None:
    name = next(name for name, _ in read_back(own.made.path).texts)
    pattern = re.compile(rf'<w:bookmarkStart [^>]*w:name="_nk_{name}_1"/>.*?<w:bookmarkEnd [^>]*/>'.encode(), re.DOTALL)

    rewrite(own.made.path, lambda part: part == "word/document.xml", lambda xml: pattern.sub(b"", xml, count=1))

    assert ids(verify(own.workspace, own.made.path), Verdict.EDITED) == {name}


@pytest.mark.parametrize("more", [1e-2, 1e-6])
def test_a_measure_changed_in_code_differs(own: Example, monkeypatch: pytest.MonkeyPatch, more: float) -> None:
    measure = slopes.slopes
    grown = pl.col("slope") * (1 + more)
    monkeypatch.setattr(course, "slopes", lambda *table, **said: measure(*table, **said).with_columns(grown))

    found = verify(own.workspace, own.made.path)

    rest_on_it = ("theil-sen", "pace-range")
    by_method = {
        name for name, kept in own.made.record.figures.items() if kept.figure.origin.method.name.startswith(rest_on_it)
    }
    assert by_method
    assert ids(found, Verdict.DIFFERS) == by_method
    assert ids(found, Verdict.STALE) == ids(found, Verdict.EDITED) == set()


def override(own: Example, name: str, old: str, new: str) -> None:
    """Give the workspace its own value of a rule, on the same day."""
    packaged = resources.files("nangkis.parameters") / "data" / f"{name}.yaml"
    text = packaged.read_text(encoding="utf-8")
    assert text.count(old) == 1
    folder = own.workspace.folder / "parameters"
    folder.mkdir()
    (folder / f"{name}.yaml").write_text(text.replace(old, new), encoding="utf-8")


def test_a_changed_rule_makes_exactly_its_users_stale(own: Example) -> None:
    override(own, "sampling_design_effect", 'value: "2"', 'value: "2.0"')  # another rule, the same numbers
    users = {
        name
        for name, kept in own.made.record.figures.items()
        if any(use.name == "sampling_design_effect" for use in kept.figure.origin.parameters)
    }

    found = verify(open_workspace(own.workspace.folder), own.made.path)

    assert ids(found, Verdict.STALE) == users
    assert 0 < len(users) < len(own.made.record.figures)
    assert set(verdicts(found)) == {Verdict.STALE, Verdict.HOLDS}


def test_a_text_falsified_in_document_and_record_alike_differs(own: Example) -> None:
    plain = json.loads(own.made.record.to_bytes())
    name, entry = next((n, e) for n, e in plain["figures"].items() if e["times"] == 1 and len(e["text"]) >= 4)
    old = entry["text"]
    entry["text"] = old[:-1] + str((int(old[-1]) + 1) % 10)

    with_record(own.made.path, json.dumps(plain, indent=1, sort_keys=True, ensure_ascii=False).encode())
    type_over(own.made.path, name, old, entry["text"])
    found = verify(own.workspace, own.made.path)

    assert found.seal is Seal.FALSIFIED
    assert ids(found, Verdict.DIFFERS) == {name}
    assert verdicts(found)[Verdict.HOLDS] == len(found.figures) - 1


def test_a_falsified_record_is_found(own: Example) -> None:
    manifest = read_back(own.made.path).manifest
    assert manifest is not None
    plain = json.loads(manifest)
    name = next(name for name, entry in plain["figures"].items() if entry["times"] and entry["value"][0] == "float")
    plain["figures"][name]["value"][1] = repr(float(plain["figures"][name]["value"][1]) + 1)

    with_record(own.made.path, json.dumps(plain).encode())
    found = verify(own.workspace, own.made.path)

    assert found.seal is Seal.FALSIFIED
    assert ids(found, Verdict.DIFFERS) == {name}
    assert not found.holds


def test_a_falsified_record_that_is_sealed_again_is_not_this_workspaces(own: Example) -> None:
    from nangkis.workspace.record import make_record  # noqa: PLC0415 - the falsifier's tool

    record = own.made.record
    figures = {name: kept.figure for name, kept in record.figures.items()}
    times = {name: kept.times for name, kept in record.figures.items()}
    name, figure = next((n, f) for n, f in figures.items() if isinstance(f.value, float))
    forged = make_record(record.request, record.tables, {**figures, name: type(figure)(
        figure.key, figure.value + 1, figure.unit, figure.places, figure.origin)}, times)  # fmt: skip
    assert is_sealed(forged)

    with_record(own.made.path, forged.to_bytes())
    found = verify(own.workspace, own.made.path)

    assert found.seal is Seal.UNRECORDED
    assert name in ids(found, Verdict.DIFFERS) | ids(found, Verdict.EDITED)


def test_in_a_workspace_without_the_tables_every_figure_is_unknown(example: Example, tmp_path: Path) -> None:
    found = verify(open_workspace(tmp_path), example.made.path)

    assert set(verdicts(found)) == {Verdict.UNKNOWN}


def test_a_control_that_the_record_does_not_know_is_unknown(own: Example) -> None:
    name = next(name for name, _ in read_back(own.made.path).texts)
    stranger = "a" * 10

    rewrite(
        own.made.path,
        lambda part: part == "word/document.xml",
        lambda xml: xml.replace(f"nk:{name}.1".encode(), f"nk:{stranger}.1".encode()),
    )

    assert stranger in ids(verify(own.workspace, own.made.path), Verdict.UNKNOWN)


def test_a_document_without_a_record_is_refused(own: Example) -> None:
    rewrite(own.made.path, lambda part: part.startswith("customXml/item"), lambda _: b"<nothing/>")

    with pytest.raises(DocumentWithoutRecord):
        verify(own.workspace, own.made.path)


def test_the_record_reads_back_as_it_was_written(example: Example) -> None:
    record = example.made.record

    assert read_record(record.to_bytes()) == record
    assert is_sealed(read_record(record.to_bytes()))


def test_the_same_tables_and_day_give_the_same_document(own: Example, tmp_path: Path) -> None:
    from nangkis.workspace.making import write_document  # noqa: PLC0415 - used once

    again = write_document(own.workspace, own.made.record.request, tmp_path / "again")

    assert again.record == own.made.record
    assert again.path.read_bytes() == own.made.path.read_bytes()
