from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from nangkis.content.catalogue import LANGUAGES
from nangkis.content.messages import refusal_words
from nangkis.lake.files import HardLinksMissing
from nangkis.lake.integrity import TableDamaged
from nangkis.lake.manifest import ManifestRefused, TableManifest
from nangkis.lake.snapshot import same_cells
from nangkis.lake.store import Lake, TableAlreadyAccepted, TableSuperseded, TableUnknown
from nangkis.vocabulary.figures import Selection
from tests.rooms.lake.readings import reading


NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
FIRST = {"contoh-2026:90.01": 12.5, "contoh-2026:90.02": 9.0}
CORRECTED = {"contoh-2026:90.01": 12.7, "contoh-2026:90.02": 9.0}


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    path = tmp_path / "p0.csv"
    path.write_text("a,b\n", encoding="utf-8")
    return path


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path / "lake")


def accept(lake: Lake, raw: Path, values: dict[str, float], *, supersedes: str | None = None) -> TableManifest:
    return lake.accept(reading(values), source_file=raw, at=NOON, by="Sri", supersedes=supersedes)


def test_an_accepted_table_gives_back_its_rows_and_its_manifest(lake: Lake, raw: Path) -> None:
    manifest = accept(lake, raw, FIRST)

    assert lake.live() == (manifest,)
    assert lake.rows(manifest.id)["value"].to_list() == [12.5, 9.0]
    assert lake.source_path(manifest).read_text(encoding="utf-8") == "a,b\n"


def test_the_same_content_is_not_accepted_twice(lake: Lake, raw: Path) -> None:
    accept(lake, raw, FIRST)

    with pytest.raises(TableAlreadyAccepted):
        accept(lake, raw, FIRST)


def test_a_correction_replaces_and_the_old_table_stays_readable(lake: Lake, raw: Path) -> None:
    old = accept(lake, raw, FIRST)
    new = accept(lake, raw, CORRECTED, supersedes=old.id)

    assert lake.live() == (new,)
    assert lake.latest(old.id) == new.id
    assert lake.rows(old.id)["value"].to_list() == [12.5, 9.0]


def test_of_two_writers_who_replace_one_table_the_second_is_refused(lake: Lake, raw: Path) -> None:
    old = accept(lake, raw, FIRST)
    winner = accept(lake, raw, CORRECTED, supersedes=old.id)

    with pytest.raises(TableSuperseded) as refused:
        accept(lake, raw, {"contoh-2026:90.01": 11.0}, supersedes=old.id)

    assert refused.value.values["by"] == winner.id
    assert lake.live() == (winner,)


def test_a_table_that_is_not_there_cannot_be_replaced(lake: Lake, raw: Path) -> None:
    with pytest.raises(TableUnknown):
        accept(lake, raw, FIRST, supersedes="indicator-000000000000")


def test_a_manifest_of_a_newer_format_is_refused(lake: Lake, raw: Path) -> None:
    manifest = accept(lake, raw, FIRST)
    newer = manifest.to_json().replace('"format": 1', '"format": 2')

    with pytest.raises(ManifestRefused):
        TableManifest.from_json(newer)


def flip_a_byte(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)


def data_of(lake: Lake, manifest: TableManifest) -> Path:
    return lake.tables_folder / f"{manifest.id}.parquet"


def read_rows(lake: Lake, manifest: TableManifest) -> None:
    lake.rows(manifest.id)


def read_snapshot(lake: Lake, manifest: TableManifest) -> None:
    lake.snapshot().frame(manifest.kind, pl.Schema())


@pytest.mark.parametrize("read", [read_rows, read_snapshot])
@pytest.mark.parametrize("damage", [flip_a_byte, Path.unlink])
def test_damaged_data_are_not_read(
    lake: Lake, raw: Path, damage: Callable[[Path], None], read: Callable[[Lake, TableManifest], None]
) -> None:
    manifest = accept(lake, raw, FIRST)
    damage(data_of(lake, manifest))

    with pytest.raises(TableDamaged) as refused:
        read(lake, manifest)

    for language in LANGUAGES:
        words = refusal_words(refused.value, language)
        assert all(told in words for told in (manifest.id, raw.name, lake.source_path(manifest).name))


def test_damage_after_a_first_reading_is_noticed(lake: Lake, raw: Path) -> None:
    manifest = accept(lake, raw, FIRST)
    lake.rows(manifest.id)
    os.utime(data_of(lake, manifest), (0, 0))  # so that the clock cannot hide the write
    flip_a_byte(data_of(lake, manifest))

    with pytest.raises(TableDamaged):
        lake.rows(manifest.id)


def test_reading_the_source_again_restores_a_damaged_table_live_or_replaced(lake: Lake, raw: Path) -> None:
    old = accept(lake, raw, FIRST)
    new = accept(lake, raw, CORRECTED, supersedes=old.id)
    for manifest, values in ((old, FIRST), (new, CORRECTED)):
        flip_a_byte(data_of(lake, manifest))

        assert lake.restore(reading(values), source_file=raw) == manifest

        assert lake.rows(manifest.id)["value"].to_list() == list(values.values())
    assert lake.live() == (new,)


def test_only_a_damaged_table_is_restored_and_only_from_its_own_file(lake: Lake, raw: Path, tmp_path: Path) -> None:
    manifest = accept(lake, raw, FIRST)
    assert lake.restore(reading(FIRST), source_file=raw) is None

    flip_a_byte(data_of(lake, manifest))
    other = tmp_path / "other.csv"
    other.write_text("c,d\n", encoding="utf-8")

    assert lake.restore(reading(FIRST), source_file=other) is None
    assert lake.restore(reading(CORRECTED), source_file=raw) is None


@pytest.mark.parametrize(
    "problem", [PermissionError(1, "not permitted"), OSError(95, "not supported"), NotImplementedError()]
)
def test_without_hard_links_nothing_is_replaced_and_the_refusal_says_why(
    lake: Lake, raw: Path, problem: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = accept(lake, raw, FIRST)
    before = sorted(lake.tables_folder.iterdir())

    def refuse(*_: object) -> None:
        raise problem

    monkeypatch.setattr(os, "link", refuse)  # no file system of a test machine can be made to lack them

    with pytest.raises(HardLinksMissing) as refused:
        accept(lake, raw, CORRECTED, supersedes=old.id)

    assert str(lake.tables_folder) in refusal_words(refused.value, "id")
    assert lake.live() == (old,)
    assert sorted(lake.tables_folder.iterdir()) == before


def test_only_a_changed_cell_makes_a_selection_differ(lake: Lake, raw: Path) -> None:
    old = accept(lake, raw, FIRST)
    new = accept(lake, raw, CORRECTED, supersedes=old.id)
    before, after = lake.rows(old.id), lake.rows(new.id)

    assert not same_cells(before, after, Selection(old.id, (("region", ("contoh-2026:90.01",)),), "value"))
    assert same_cells(before, after, Selection(old.id, (("region", ("contoh-2026:90.02",)),), "value"))


# The writer counts what Python does to files (audit events) and ends itself, without clean-up, at the n-th.
WRITER = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
folder, last_step, old, value = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3], float(sys.argv[4])
from nangkis.lake.store import Lake
from tests.rooms.lake.readings import reading
values = {"contoh-2026:90.01": value, "contoh-2026:90.02": 9.0}
lake, steps = Lake(folder / "lake"), 0
lake.live()
def count(event, args):
    global steps
    if event in {"open", "os.rename", "os.link", "os.remove", "os.mkdir"} and str(folder) in str(args):
        steps += 1
        if steps == last_step:
            os._exit(9)
sys.addaudithook(count)
lake.accept(reading(values), source_file=folder / "p0.csv", at=datetime(2026, 11, 24, 12, tzinfo=UTC), by="Sri",
            supersedes=old or None)
"""


def write_and_die(folder: Path, *, step: int, old: str, value: float = 12.7) -> int:
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    command = [sys.executable, "-c", textwrap.dedent(WRITER), str(folder), str(step), old, str(value)]
    return subprocess.run(command, env=environment, check=False).returncode


@pytest.mark.parametrize("replaces", [False, True])
def test_a_writer_killed_at_any_step_leaves_the_old_lake_or_the_new_one(
    tmp_path: Path, raw: Path, *, replaces: bool
) -> None:
    outcomes = []
    for step in range(1, 100):
        folder = tmp_path / str(step)
        folder.mkdir()
        (folder / raw.name).write_bytes(raw.read_bytes())
        lake = Lake(folder / "lake")
        old = accept(lake, raw, FIRST).id if replaces else ""
        ended = write_and_die(folder, step=step, old=old)

        live = [lake.rows(manifest.id)["value"].to_list() for manifest in lake.live()]
        assert live in ([[12.7, 9.0]], [[12.5, 9.0]] if replaces else [])
        outcomes.append(live == [[12.7, 9.0]])
        if ended == 0:
            break
        assert ended == 9
        assert write_and_die(folder, step=0, old=old) in ({0} if live != [[12.7, 9.0]] else {1})  # one can go on

    assert ended == 0, "the writer was never let through"
    assert outcomes == sorted(outcomes), "once new, the lake stays new"
    assert outcomes.count(False) > 5


def test_two_writers_at_once_leave_one_winner(tmp_path: Path, raw: Path) -> None:
    lake = Lake(tmp_path / "lake")
    old = accept(lake, raw, FIRST)
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(WRITER), str(tmp_path), "0", old.id, str(value)],
            env=environment,
            stderr=subprocess.PIPE,
            text=True,
        )
        for value in (12.7, 12.8, 12.9)
    ]
    endings = [(writer.communicate()[1], writer.returncode) for writer in writers]

    assert sorted(code for _, code in endings) == [0, 1, 1]
    assert all("TableSuperseded" in error for error, code in endings if code)
    assert len(lake.live()) == 1
