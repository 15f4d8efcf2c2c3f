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
from nangkis.lake.store import Lake, ReplacementBroken, TableAlreadyAccepted, TableSuperseded, TableUnknown
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
    path = file_of(lake, manifest, "json")
    path.write_text(manifest.to_json().replace('"format": 1', '"format": 2'), encoding="utf-8")

    with pytest.raises(ManifestRefused) as refused:
        lake.live()

    assert refused.value.code == "manifest-newer"
    assert path.name in refusal_words(refused.value, "id")


def file_of(lake: Lake, manifest: TableManifest, suffix: str) -> Path:
    return lake.tables_folder / f"{manifest.id}.{suffix}"


@pytest.mark.parametrize("content", [b"", b"{}", b'{"format": 1}', b"[]", b"null", b"\xff\xfe", b"[" * 100_000])
def test_a_broken_manifest_is_refused_by_name(lake: Lake, raw: Path, content: bytes) -> None:
    path = file_of(lake, accept(lake, raw, FIRST), "json")
    path.write_bytes(content)

    with pytest.raises(ManifestRefused) as refused:
        lake.live()

    assert refused.value.code == "manifest-broken"
    assert all(path.name in refusal_words(refused.value, language) for language in LANGUAGES)


@pytest.mark.parametrize("kept", ["-LAPTOP", " (1)", ".sync-conflict-20261124-120000-ABCDEFG", "-aaaaaaaaaaaa"])
def test_a_copy_that_a_synchronising_program_made_does_not_count(lake: Lake, raw: Path, kept: str) -> None:
    manifest = accept(lake, raw, FIRST)
    for suffix in ("json", "parquet"):
        path = file_of(lake, manifest, suffix)
        path.with_name(f"{manifest.id}{kept}.{suffix}").write_bytes(path.read_bytes())

    assert lake.live() == (manifest,)
    assert lake.snapshot().frame("indicator", lake.rows(manifest.id).schema).collect().height == len(FIRST)


def test_a_manifest_under_the_name_of_another_table_is_refused_when_asked_for(lake: Lake, raw: Path) -> None:
    manifest = accept(lake, raw, FIRST)
    file_of(lake, manifest, "json").rename(lake.tables_folder / "indicator-aaaaaaaaaaaa.json")

    with pytest.raises(ManifestRefused) as refused:
        lake.manifest("indicator-aaaaaaaaaaaa")

    assert refused.value.code == "manifest-of-another"


@pytest.mark.parametrize("table", ["../../etc/passwd", "x\0y", "", "indicator", "a" * 5000])
def test_what_is_no_tables_name_is_not_looked_up(lake: Lake, table: str) -> None:
    assert not lake.holds(table)
    assert lake.successor(table) is None
    with pytest.raises(TableUnknown):
        lake.manifest(table)


@pytest.mark.parametrize("content", ["", "{itself}", "{other}", "indicator-000000000000", "\0", "../x"])
def test_a_replacement_by_no_table_that_replaced_it_is_refused_by_name(lake: Lake, raw: Path, content: str) -> None:
    manifest = accept(lake, raw, FIRST)
    other = accept(lake, raw, CORRECTED)  # replaces nothing
    path = file_of(lake, manifest, "next")
    path.write_text(content.format(itself=manifest.id, other=other.id), encoding="utf-8")

    for ask in (lake.live, lambda: lake.latest(manifest.id)):
        with pytest.raises(ReplacementBroken) as refused:
            ask()
        assert all(path.name in refusal_words(refused.value, language) for language in LANGUAGES)


def test_a_chain_of_replacements_without_an_end_is_refused(lake: Lake, raw: Path) -> None:
    old = accept(lake, raw, FIRST)
    new = accept(lake, raw, CORRECTED, supersedes=old.id)
    circle = old.to_json().replace('"supersedes": null', f'"supersedes": "{new.id}"')
    file_of(lake, old, "json").write_text(circle, encoding="utf-8")
    file_of(lake, new, "next").write_text(old.id, encoding="utf-8")

    with pytest.raises(ReplacementBroken):
        lake.latest(old.id)


@pytest.mark.parametrize("name", ["ws [1]", "ws *", "ws ?", "ruang kerja é 表 [b]x[", "tahun=2024"])
def test_a_folders_name_is_never_a_pattern(tmp_path: Path, raw: Path, name: str) -> None:
    for neighbour in ("ws 1", "ws 2"):  # what the pattern would find
        accept(Lake(tmp_path / neighbour), raw, FIRST)
    lake = Lake(tmp_path / name)
    manifest = accept(lake, raw, FIRST)
    for neighbour in ("ws 1", "ws 2"):
        other = Lake(tmp_path / neighbour)
        other.rows(manifest.id).with_columns(value=pl.lit(99.0)).write_parquet(file_of(other, manifest, "parquet"))

    read = lake.snapshot().frame("indicator", lake.rows(manifest.id).schema).collect()

    assert lake.rows(manifest.id)["value"].to_list() == [12.5, 9.0]
    assert read["value"].to_list() == [12.5, 9.0]
    assert read.columns == [*lake.rows(manifest.id).columns, "_table"]


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


ROOT = Path(__file__).parents[3]
# The children test this checkout, whatever version of the library is installed.
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "src")))}


def test_the_writers_test_this_checkout() -> None:
    told = subprocess.run(
        [sys.executable, "-c", "import nangkis; print(nangkis.__file__)"],
        env=ENVIRONMENT,
        check=True,
        capture_output=True,
        text=True,
    )

    assert Path(told.stdout.strip()).is_relative_to(ROOT / "src")


def write_and_die(folder: Path, *, step: int, old: str, value: float = 12.7) -> int:
    command = [sys.executable, "-c", textwrap.dedent(WRITER), str(folder), str(step), old, str(value)]
    return subprocess.run(command, env=ENVIRONMENT, check=False).returncode


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
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(WRITER), str(tmp_path), "0", old.id, str(value)],
            env=ENVIRONMENT,
            stderr=subprocess.PIPE,
            text=True,
        )
        for value in (12.7, 12.8, 12.9)
    ]
    endings = [(writer.communicate()[1], writer.returncode) for writer in writers]

    assert sorted(code for _, code in endings) == [0, 1, 1]
    assert all("TableSuperseded" in error for error, code in endings if code)
    assert len(lake.live()) == 1
