from __future__ import annotations

from pathlib import Path

import pytest

from nangkis.lake.files import write_whole, write_whole_bytes


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
