"""Codes of the nomenclature stand with their version, or with the word that it is not known."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from nangkis.content.sentences import spoken
from nangkis.parameters.loader import packaged
from nangkis.planning.matrix_exhibits import matrix_blocks
from nangkis.planning.versions import version_notes, versions_of
from tests.rooms.planning.imports import TODAY, take_budget
from tests.rooms.planning.matrices import AID, SOCIAL, made, tables_of


def versions_in(folder: Path, *lines: str, language: str = "id", is_before: bool = False) -> list[str]:
    own = made(take_budget(folder, *(f"{SOCIAL};{line};9" for line in lines)))
    if is_before:
        own = replace(own, versions=replace(own.versions, programmes=None))
    *_, money, _ = tables_of(matrix_blocks(own))
    return [spoken(note, language) for note in money.notes if ".note.version" in note.code]  # type: ignore[arg-type]


@pytest.mark.parametrize(("language", "title"), [("id", "dengan pemutakhirannya"), ("en", "with its updates")])
def test_the_list_in_which_programmes_are_found_is_named(tmp_path: Path, language: str, title: str) -> None:
    (note,) = versions_in(tmp_path, AID, language=language)

    assert f"Permendagri 90/2019 {title}" in note
    assert "23 Jan" in note
    assert "2021" in note


def test_codes_on_no_list_have_no_version() -> None:
    found = version_notes(versions_of(packaged(), TODAY), ["1.06.05", "1.06.95"], ["1.06.05.9.02"])
    _, programmes, kegiatan = (spoken(note, "id") for note in found)

    assert programmes == "Program 1.06.95 tidak ada dalam daftar itu: versi tidak diketahui."
    assert kegiatan == "Bagian kewenangan kegiatan 1.06.05.9.02 tidak ada dalam daftar itu: versi tidak diketahui."


def test_before_any_list_no_version_is_claimed(tmp_path: Path) -> None:
    (note,) = versions_in(tmp_path, AID, is_before=True)

    assert note.startswith("Versi kode tidak diketahui")
