"""What the nomenclature says on paper: two versions side by side, and what is proposed between them."""

from __future__ import annotations

import polars as pl

from nangkis.budget.nomenclature import methods
from nangkis.budget.nomenclature.compare import Change
from nangkis.budget.nomenclature.counting import Counting
from nangkis.budget.nomenclature.crosswalk import CrosswalkRules, Rule, Standing
from nangkis.budget.nomenclature.lists import CodeList
from nangkis.budget.nomenclature.schema import Level, Verdict
from nangkis.budget.telling import file_sources
from nangkis.content.sentences import Sentence, sentence
from nangkis.content.tree import Block, Column, Paragraph, Row, Table
from nangkis.vocabulary.figures import Label


SHOWN = 15  # rows of a list on screen; the sheet has all
LISTED = (Change.RENAMED, Change.MOVED, Change.VANISHED, Change.APPEARED)
TITLE_OF = {
    Change.RENAMED: "nomenclature.table.renamed",
    Change.MOVED: "nomenclature.table.moved",
    Change.VANISHED: "nomenclature.table.vanished",
    Change.APPEARED: "nomenclature.table.appeared",
}
LEVEL_OF = {level: f"nomenclature.level.{level}" for level in Level}
NO_LABEL = Label("")


def comparison_blocks(
    changes: pl.DataFrame, before: CodeList, after: CodeList, *, apart: tuple[int, int], brief: bool = False
) -> tuple[Block, ...]:
    """Return what became of the codes: an answer, a table by level, and the first codes of each change.

    ``changes`` are as :func:`nangkis.budget.nomenclature.compare.compare` tells them, ``apart`` the codes of either
    list that were not compared.
    """
    key = f"nomenclature/{before.version.name}/{after.version.name}"
    counting = Counting(key, (before, after), methods.CHANGES)
    counts = {(level, change): count for level, change, count in changes.group_by("level", "change").len().iter_rows()}
    subs = {
        change.value: counting.figure(
            f"sub-kegiatan/{change}", counts.get((Level.SUB_KEGIATAN, change), 0), Level.SUB_KEGIATAN
        )
        for change in Change
    }
    named = {"before": before.version.label, "after": after.version.label}
    said = [sentence("nomenclature.answer.changes", **named, **subs)]
    if any(apart):
        left, right = (
            counting.figure(f"apart/{side}", count) for side, count in zip(("before", "after"), apart, strict=True)
        )
        said.append(sentence("nomenclature.answer.apart", **named, left=left, right=right))
    answer = Paragraph(tuple(said))
    if brief:
        return (answer,)
    lists = (_listed(changes, change, before, after) for change in LISTED)
    return (answer, _level_table(counts, counting, before, after), *(table for table in lists if table is not None))


def _level_table(counts: dict[tuple[str, str], int], counting: Counting, before: CodeList, after: CodeList) -> Table:
    levels = [level for level in Level if any((level, change) in counts for change in Change)]
    rows = [
        Row(
            (
                sentence(LEVEL_OF[level]),
                *(counting.figure(f"{level}/{change}", counts.get((level, change), 0), level) for change in Change),
            )
        )
        for level in levels
    ]
    return Table(
        title=sentence("nomenclature.table.levels", before=before.version.label, after=after.version.label),
        columns=(
            Column(sentence("nomenclature.column.level"), 0.22),
            *(Column(sentence(f"nomenclature.change.{change}"), 0.13, numeric=True) for change in Change),
        ),
        rows=tuple(rows),
        notes=(sentence("nomenclature.note.general"),),
        sources=_sources(before, after),
    )


def _listed(changes: pl.DataFrame, change: Change, before: CodeList, after: CodeList) -> Table | None:
    """Return the first sub kegiatan of one change; None when there is none."""
    found = changes.filter(level=Level.SUB_KEGIATAN, change=change)
    if found.is_empty():
        return None
    sides = [side for side in ("before", "after") if found[f"{side}_code"].count()]
    labels = {"before": before.version.label, "after": after.version.label}
    width = 1 / len(sides)
    columns = [
        column
        for side in sides
        for column in (
            Column(sentence("nomenclature.column.code-of", version=labels[side]), 0.3 * width),
            Column(sentence("nomenclature.column.name"), 0.7 * width),
        )
    ]
    rows = [
        Row(tuple(Label(row[f"{side}_{part}"] or "–") for side in sides for part in ("code", "name")))
        for row in found.head(SHOWN).iter_rows(named=True)
    ]
    notes = (sentence("nomenclature.note.first-of-more"),) if found.height > SHOWN else ()
    return Table(sentence(TITLE_OF[change]), tuple(columns), tuple(rows), notes, landscape=True)


def crosswalk_blocks(
    proposals: pl.DataFrame, held: pl.DataFrame, before: CodeList, after: CodeList, rules: CrosswalkRules
) -> tuple[Block, ...]:
    """Return how many codes have proposed matches, by rule, and on how many a person has decided.

    ``proposals`` are those of :func:`nangkis.budget.nomenclature.crosswalk.propose`, ``held`` the decisions in force.
    """
    key = f"nomenclature/crosswalk/{before.version.name}/{after.version.name}"
    counting = Counting(key, (before, after), methods.PROPOSALS, rules.uses)
    single, ambiguous = (_codes(proposals.filter(standing=standing)) for standing in Standing)
    every = before.subs.height
    counts = {
        "codes": every,
        "single": single,
        "ambiguous": ambiguous,
        "none": every - single - ambiguous,
    }
    figures = {name: counting.figure(name, count, Level.SUB_KEGIATAN) for name, count in counts.items()}
    figures |= {verdict.value: counting.decided(held, verdict) for verdict in (Verdict.ACCEPTED, Verdict.WITHOUT)}
    named = {"before": before.version.label, "after": after.version.label}
    answer = Paragraph((sentence("nomenclature.answer.crosswalk", **named, **figures),))
    return (answer, _rule_table(proposals, counting, before, after))


def _rule_table(proposals: pl.DataFrame, counting: Counting, before: CodeList, after: CodeList) -> Table:
    rows = []
    for rule in Rule:
        found = proposals.filter(rule=rule)
        counts = [
            counting.figure(f"{rule}/{standing}", _codes(found.filter(standing=standing)), Level.SUB_KEGIATAN)
            for standing in Standing
        ]
        if not found.is_empty():
            rows.append(Row((sentence(f"nomenclature.rule.{rule}"), *counts)))
    return Table(
        title=sentence("nomenclature.table.rules", before=before.version.label, after=after.version.label),
        columns=(
            Column(sentence("nomenclature.column.rule"), 0.6),
            Column(sentence("nomenclature.column.single"), 0.2, numeric=True),
            Column(sentence("nomenclature.column.ambiguous"), 0.2, numeric=True),
        ),
        rows=tuple(rows),
        notes=(sentence("nomenclature.note.person-decides"),),
        sources=_sources(before, after),
    )


def _codes(proposals: pl.DataFrame) -> int:
    return proposals.select("from_code", "from_government").n_unique() if proposals.height else 0


def _sources(*lists: CodeList) -> tuple[Sentence, ...]:
    return file_sources(manifest for each in lists for manifest in each.manifests)
