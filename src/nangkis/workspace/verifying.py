"""Does each number of a document still hold? Compare its text with its record, and compute it again."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

import polars as pl

from nangkis.content.numbers import print_figure
from nangkis.content.tree import figures_of_document
from nangkis.lake.integrity import TableDamaged
from nangkis.lake.snapshot import fits, same_cells
from nangkis.vocabulary.figures import Figure, Number, Selection
from nangkis.vocabulary.refusals import Refusal
from nangkis.workspace.making import RECORD_FILE, make_document
from nangkis.workspace.opened import Workspace
from nangkis.workspace.reading import read_document
from nangkis.workspace.record import KeptFigure, Record, is_sealed


# Float sums are not bit-stable between engines and threads; money and counts are integers and compared exactly.
RELATIVE_TOLERANCE = 1e-9


class Verdict(StrEnum):
    """What became of a figure. The order is the order of precedence."""

    EDITED = "edited"  # the document's text is not what was printed
    UNKNOWN = "unknown"  # not in the record, or its tables are not in this workspace
    STALE = "stale"  # a cell or a rule that it was computed from has changed since
    DIFFERS = "differs"  # same inputs, another answer
    HOLDS = "holds"


class Seal(StrEnum):
    """What became of the record itself."""

    SEALED = "sealed"  # as it was written, and this workspace made it
    UNRECORDED = "unrecorded"  # as it was written, but this workspace does not know it
    FALSIFIED = "falsified"  # changed after it was written


@dataclass(frozen=True)
class Checked:
    """One figure with its verdict: what the document says, what was recorded, and what is computed now."""

    id: str
    key: str
    verdict: Verdict
    text: str | None
    recorded: str | None
    computed: str | None


@dataclass(frozen=True)
class Verification:
    """The verdicts of a whole document.

    ``is_located``: each figure was looked at in its place; in a PDF only whether its number is printed often enough.
    """

    record: Record
    seal: Seal
    figures: tuple[Checked, ...]
    is_located: bool = True

    @property
    def holds(self) -> bool:
        """Whether nothing at all is amiss."""
        return self.seal is Seal.SEALED and all(figure.verdict is Verdict.HOLDS for figure in self.figures)


def verify(workspace: Workspace, path: Path) -> Verification:
    """Check every figure of a document. Raises DocumentWithoutRecord, or the reader's refusal of a broken file."""
    read = read_document(workspace, path)
    record = read.record
    texts: dict[str, list[str]] = {}
    for name, text in read.texts:
        texts.setdefault(name, []).append(text)
    check = _Checker(workspace, record, _computed_again(workspace, record), cache(workspace.lake.rows)).check
    names = dict.fromkeys([*record.figures, *texts])
    checked = tuple(check(name, texts.get(name, [])) for name in names)
    return Verification(record, _seal_of(workspace, record), checked, read.is_located)


@dataclass(frozen=True)
class _Checker:
    workspace: Workspace
    record: Record
    computed: Mapping[str, Figure]
    rows: Callable[[str], pl.DataFrame]

    def check(self, name: str, texts: list[str]) -> Checked:
        kept = self.record.figures.get(name)
        if kept is None:
            return Checked(name, "", Verdict.UNKNOWN, texts[0], None, None)
        now = self.computed.get(name)
        changed = [text for text in texts if text != kept.text]
        edited = bool(changed) or len(texts) < kept.times
        return Checked(
            id=name,
            key=kept.figure.key,
            verdict=Verdict.EDITED if edited else self._verdict(kept, now),
            text=next(iter(changed + texts), None),
            recorded=kept.text,
            computed=None if now is None else print_figure(now, self.record.request.language),
        )

    def _verdict(self, kept: KeptFigure, now: Figure | None) -> Verdict:
        inputs = kept.figure.origin.inputs
        if now is None or not all(map(self._finds, inputs)):
            return Verdict.UNKNOWN
        if self._rules_changed(kept.figure, now) or any(map(self._cells_changed, inputs)):
            return Verdict.STALE
        same = _same(kept.figure.value, now.value) and print_figure(now, self.record.request.language) == kept.text
        return Verdict.HOLDS if same else Verdict.DIFFERS

    def _finds(self, selection: Selection) -> bool:
        """Say whether the selection can be made here: a record that is not ours may ask for anything."""
        return self.workspace.lake.holds(selection.table) and fits(self.rows(selection.table), selection)

    def _rules_changed(self, kept: Figure, now: Figure) -> bool:
        return set(kept.origin.parameters) != set(now.origin.parameters)

    def _cells_changed(self, selection: Selection) -> bool:
        latest = self.workspace.lake.latest(selection.table)
        return latest != selection.table and not same_cells(self.rows(selection.table), self.rows(latest), selection)


def _computed_again(workspace: Workspace, record: Record) -> Mapping[str, Figure]:
    """Make the document's content again from the recorded tables, as far as this workspace holds them."""
    held = tuple(table for table in record.tables if workspace.lake.holds(table))
    try:
        return figures_of_document(make_document(workspace, record.request, workspace.lake.snapshot(held)))
    except TableDamaged:
        raise
    except Refusal:
        return {}  # without its tables the document cannot be made: every figure is unknown


def _seal_of(workspace: Workspace, record: Record) -> Seal:
    if not is_sealed(record):
        return Seal.FALSIFIED
    kept = workspace.runs_folder / record.run / RECORD_FILE
    return Seal.SEALED if kept.is_file() and kept.read_bytes() == record.to_bytes() else Seal.UNRECORDED


def _same(recorded: Number, computed: Number) -> bool:
    if isinstance(recorded, float) or isinstance(computed, float):
        return math.isclose(recorded, computed, rel_tol=RELATIVE_TOLERANCE)
    return recorded == computed
