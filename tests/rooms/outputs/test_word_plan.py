"""The fictional region's whole plan as a Word file, in both languages, held to the checker."""

from __future__ import annotations

from pathlib import Path

import pytest

from nangkis.content.catalogue import LANGUAGES, Language
from nangkis.example.province import write_example
from nangkis.workspace.making import write_document
from nangkis.workspace.record import Request
from tests.rooms.outputs.checker import MAIN, STYLES, faults
from tests.rooms.outputs.checker_content import unsourced
from tests.rooms.outputs.word_files import DAY, part
from tests.rooms.workspace.conftest import HULU, import_example


# These tables name the source of each row in a column of their own, or list sources themselves; 6.1 has none yet.
SAYS_ITSELF = {"6.1", "6.2", "A.1", "A.2", "A.3", "B.1"}


@pytest.fixture(scope="session")
def plans(tmp_path_factory: pytest.TempPathFactory) -> dict[Language, bytes]:
    """The plan by language; made once."""
    folder = tmp_path_factory.mktemp("rencana")
    write_example(folder / "berkas")
    workspace, _ = import_example(folder / "kerja", folder / "berkas")

    def plan(language: Language) -> Path:
        return write_document(workspace, Request("rpkd", HULU, language, DAY, None, None, None), folder / language).path

    return {language: plan(language).read_bytes() for language in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_word_finds_nothing_to_repair_in_the_plan(plans: dict[Language, bytes], language: Language) -> None:
    assert faults(plans[language]) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_picture_and_table_of_the_plan_has_its_source(plans: dict[Language, bytes], language: Language) -> None:
    captions = unsourced(part(plans[language], MAIN), part(plans[language], STYLES))

    assert {caption.split()[1] for caption in captions} <= SAYS_ITSELF
    assert not any(caption.startswith(("Gambar", "Figure")) for caption in captions)
