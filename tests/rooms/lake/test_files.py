from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from nangkis.lake.files import claim, write_whole, write_whole_bytes


def test_a_whole_write_takes_the_place_of_the_former_file(tmp_path: Path) -> None:
    path = tmp_path / "RPKD.docx"
    path.write_bytes(b"the former")

    write_whole_bytes(path, b"the new")

    assert path.read_bytes() == b"the new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_write_that_fails_halfway_leaves_the_former_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "RPKD.docx"
    path.write_bytes(b"the former")

    def fail(temporary: Path) -> None:
        temporary.write_bytes(b"half")
        raise OSError("no space left")

    with pytest.raises(OSError, match="no space left"):
        write_whole(path, fail)

    assert path.read_bytes() == b"the former"
    assert list(tmp_path.iterdir()) == [path]


def test_a_written_file_can_be_read_by_whom_the_folder_lets_read(tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    plain.write_bytes(b"")

    write_whole_bytes(tmp_path / "whole", b"")

    assert (tmp_path / "whole").stat().st_mode == plain.stat().st_mode


def put(path: Path) -> None:
    write_whole_bytes(path, b"the new")


def claimed(path: Path) -> None:
    assert claim(path, "the new")


@pytest.mark.parametrize(("write", "step"), [(put, "replace"), (claimed, "link")])
def test_data_reach_the_disk_before_their_name_and_the_name_before_the_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Callable[[Path], None], step: str
) -> None:
    deeds: list[tuple[str, bool]] = []  # what was done, and whether to the folder

    def watch(name: str, is_folder: Callable[[object], bool]) -> None:
        deed = getattr(os, name)

        def watched(*args: object, **named: object) -> object:
            deeds.append((name, is_folder(args[0])))
            return deed(*args, **named)

        monkeypatch.setattr(os, name, watched)

    watch("fsync", lambda handle: isinstance(handle, int) and os.path.isdir(f"/proc/self/fd/{handle}"))  # noqa: PTH112
    for name in ("replace", "link"):
        watch(name, lambda _: False)

    write(tmp_path / "table.next")

    assert deeds == [("fsync", False), (step, False), ("fsync", os.name != "nt")]


def test_a_claim_is_won_once(tmp_path: Path) -> None:
    path = tmp_path / "table.next"

    assert claim(path, "first")
    assert not claim(path, "second")

    assert path.read_text(encoding="utf-8") == "first"
    assert list(tmp_path.iterdir()) == [path]


def test_of_many_claims_at_once_one_is_won(tmp_path: Path) -> None:
    path, start, won = tmp_path / "table.next", threading.Barrier(8), []

    def try_to_claim(name: str) -> None:
        start.wait()
        if claim(path, name):
            won.append(name)

    threads = [threading.Thread(target=try_to_claim, args=(str(number),)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert won == [path.read_text(encoding="utf-8")]
