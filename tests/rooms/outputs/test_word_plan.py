"""The fictional region's whole plan as a Word file, in both languages, held to the checker."""

from __future__ import annotations

from pathlib import Path

import pytest

from nangkis.content.catalogue import LANGUAGES, Language
from nangkis.example.province import write_example
from nangkis.workspace.formats import Format
from nangkis.workspace.making import TemplateWithoutWord, write_document
from nangkis.workspace.opened import Workspace
from nangkis.workspace.record import Request
from nangkis.workspace.verifying import verify
from tests.rooms.outputs.checker import MAIN, STYLES, faults
from tests.rooms.outputs.checker_content import unsourced
from tests.rooms.outputs.template_files import house_file
from tests.rooms.outputs.word_files import DAY, part
from tests.rooms.workspace.conftest import HULU, import_example


# These tables name the source of each row in a column of their own, or list sources themselves; 6.1 has none yet.
SAYS_ITSELF = {"6.1", "6.2", "A.1", "A.2", "A.3", "B.1"}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The fictional province, imported."""
    folder = tmp_path_factory.mktemp("rencana")
    write_example(folder / "berkas")
    return import_example(folder / "kerja", folder / "berkas")[0]


@pytest.fixture(scope="module")
def plans(workspace: Workspace, tmp_path_factory: pytest.TempPathFactory) -> dict[Language, bytes]:
    """The plan by language; made once."""
    folder = tmp_path_factory.mktemp("dokumen")
    made = {each: write_document(workspace, asked(each), folder / each) for each in LANGUAGES}
    return {language: each.path.read_bytes() for language, each in made.items()}


def asked(language: Language) -> Request:
    return Request("rpkd", HULU, language, DAY, None, None, None)


def test_the_plan_in_an_offices_looks_is_sound_and_its_figures_hold(workspace: Workspace, tmp_path: Path) -> None:
    pattern = tmp_path / "pola.docx"
    pattern.write_bytes(house_file())

    made = write_document(workspace, asked("id"), tmp_path, template=pattern)

    assert faults(made.path.read_bytes()) == []
    assert verify(workspace, made.path).holds


def test_a_pattern_is_refused_where_no_word_document_is_asked_for(workspace: Workspace, tmp_path: Path) -> None:
    pattern = tmp_path / "pola.docx"
    pattern.write_bytes(house_file())

    with pytest.raises(TemplateWithoutWord):
        write_document(workspace, asked("id"), tmp_path / "dokumen", formats=[Format.EXCEL], template=pattern)

    assert not (tmp_path / "dokumen").exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_word_finds_nothing_to_repair_in_the_plan(plans: dict[Language, bytes], language: Language) -> None:
    assert faults(plans[language]) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_picture_and_table_of_the_plan_has_its_source(plans: dict[Language, bytes], language: Language) -> None:
    captions = unsourced(part(plans[language], MAIN), part(plans[language], STYLES))

    assert {caption.split()[1] for caption in captions} <= SAYS_ITSELF
    assert not any(caption.startswith(("Gambar", "Figure")) for caption in captions)
