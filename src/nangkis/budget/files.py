"""What the files say that no sum of lines can: rows that were not accepted, and printed totals that differ."""

from __future__ import annotations

from collections.abc import Iterator

from nangkis.budget import methods
from nangkis.budget.figures import BudgetFigures
from nangkis.content.sentences import Sentence, sentence
from nangkis.lake.manifest import TableManifest
from nangkis.vocabulary.figures import Figure, Label, Origin, Selection
from nangkis.vocabulary.findings import Finding
from nangkis.vocabulary.money import SEN_PER_RUPIAH
from nangkis.vocabulary.units import Unit


TOTAL_DIFFERS = "total-differs"  # the finding that intake leaves on a total row


def said_of_files(figures: BudgetFigures) -> tuple[Sentence, ...]:
    """Return what a reader must know of the files before trusting a total; nothing when they were read whole."""
    manifests = figures.analysis.lines.manifests
    return (
        *_said_refused(figures, [manifest for manifest in manifests if manifest.rows_refused]),
        *(said for manifest in manifests for said in _said_totals(figures, manifest)),
    )


def _said_refused(figures: BudgetFigures, manifests: list[TableManifest]) -> Iterator[Sentence]:
    if not manifests:
        return
    inputs = tuple(Selection(manifest.id, (), "sub_kegiatan_code") for manifest in manifests)
    count = sum(manifest.rows_refused for manifest in manifests)
    key = figures.key(figures.whole, "rows-refused")
    yield sentence(
        "budget.answer.refused", rows=Figure(key, count, Unit.COUNT, 0, Origin(methods.ROWS_REFUSED, inputs))
    )


def _said_totals(figures: BudgetFigures, manifest: TableManifest) -> Iterator[Sentence]:
    """Say the largest of the totals that differ: a file with one wrong amount has it in each total below."""
    differing = [finding for finding in manifest.findings if finding.code == TOTAL_DIFFERS]
    if not differing:
        return
    largest = max(differing, key=lambda finding: _sen(finding, "total"))
    total, accepted = _sen(largest, "total"), _sen(largest, "sum")
    said = {"total": total, "difference": abs(total - accepted)}
    origin = Origin(methods.PRINTED_TOTAL, (Selection(manifest.id, (), "amount_sen"),))
    made = {
        name: Figure(figures.key(figures.whole, f"printed:{manifest.id}/{name}"), sen, Unit.RUPIAH, 0, origin)
        for name, sen in said.items()
    }
    yield sentence("budget.answer.total-differs", file=Label(manifest.source.name), cell=Label(largest.at), **made)


def _sen(finding: Finding, name: str) -> int:
    return int(str(finding.values[name])) * SEN_PER_RUPIAH
