"""A real regency's plan as a Word file: nothing that Word would repair."""

from __future__ import annotations

import pytest

from tests.real.test_morowali import Morowali, morowali
from tests.rooms.outputs.checker import MAIN, STYLES, faults
from tests.rooms.outputs.checker_content import unsourced
from tests.rooms.outputs.word_files import part


__all__ = ["morowali"]  # a fixture is found by its name in the module of the test


@pytest.fixture(scope="module")
def plan(morowali: Morowali) -> bytes:
    return morowali.made.path.read_bytes()


def test_word_finds_nothing_to_repair_in_a_real_plan(plan: bytes) -> None:
    assert faults(plan) == []


def test_every_picture_of_a_real_plan_has_its_source(plan: bytes) -> None:
    captions = unsourced(part(plan, MAIN), part(plan, STYLES))

    assert [caption for caption in captions if caption.startswith("Gambar")] == []
