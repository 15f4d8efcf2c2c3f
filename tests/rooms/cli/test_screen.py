from __future__ import annotations

import io

import pytest
from rich.console import Console

from nangkis.cli import screen
from nangkis.content.numbers import print_figure
from nangkis.content.sentences import sentence
from nangkis.content.tree import Column, Empty, Heading, Missing, Row, Table
from nangkis.vocabulary.figures import Figure, Label, Method, Origin, Selection
from nangkis.vocabulary.findings import Finding, Severity
from nangkis.vocabulary.units import Unit


ORIGIN = Origin(Method("published-value", 1), (Selection("budget-1", (), "amount_sen"),))
AMOUNTS = [Figure(f"amount/{n}", 1_535_759_496_336_00 + n * 10**9, Unit.RUPIAH, 0, ORIGIN) for n in range(5)]
WORDS = Label("Dinas Kesehatan, Pengendalian Penduduk dan Keluarga Berencana")


def shown(monkeypatch: pytest.MonkeyPatch, *blocks: Table | Heading | Empty, width: int) -> str:
    written = io.StringIO()
    monkeypatch.setattr(screen, "out", Console(file=written, width=width, no_color=True))
    screen.show_blocks(blocks, "id")
    return written.getvalue()


@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_no_number_is_cut_off_however_narrow_the_screen(monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    title = sentence("rpkd.title")
    columns = (Column(Label("Perangkat daerah"), 0.4), *(Column(Label("Pagu"), 0.1, numeric=True) for _ in AMOUNTS))
    table = Table(title, columns, (Row((WORDS, *AMOUNTS)),))

    text = shown(monkeypatch, table, width=width)

    assert "…" not in text
    assert all(print_figure(amount, "id") in text for amount in AMOUNTS)


def test_a_missing_cell_is_a_dash_with_its_reason_below(monkeypatch: pytest.MonkeyPatch) -> None:
    reason = sentence("rpkd.monitoring.target.missing")
    table = Table(sentence("rpkd.title"), (Column(Label("Target"), 1, numeric=True),), (Row((Missing(reason),)),))

    text = shown(monkeypatch, table, width=100)

    assert "— mengikuti sasaran" in text


def test_an_empty_part_says_why_and_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    empty = Empty(sentence("rpkd.population.empty.why"), sentence("rpkd.population.empty.do"))

    text = shown(monkeypatch, empty, width=200)

    assert "tidak dapat ditunjukkan" in text
    assert "Unggah tabel BPS" in text


def test_a_finding_without_a_cell_begins_with_what_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.StringIO()
    monkeypatch.setattr(screen, "out", Console(file=written, width=200, no_color=True))

    screen.show_findings([Finding("more-of-a-kind", Severity.NOTE, "", {"count": "208", "like": "csv!B4"})], "id")

    assert written.getvalue().startswith("• Masih ada 208 lagi")
