"""What a comparison of two budgets says on paper: what is cut, what moved, who loses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl

from nangkis.budget import methods
from nangkis.budget.comparison import CHANGED, REALISED, Change, by_change, compared, losers
from nangkis.budget.lines import BudgetLines
from nangkis.budget.telling import file_sources, money_column, stage_name
from nangkis.content.sentences import Sentence, sentence
from nangkis.content.tree import Block, Cell, Column, Missing, Paragraph, Row, Table
from nangkis.vocabulary.figures import Figure, Label, Method, Origin, Selection
from nangkis.vocabulary.units import Unit


LONGEST_LIST = 15
ONE_SIDED = frozenset({Change.NEW, Change.DROPPED, Change.OFFICE_ONLY_BEFORE, Change.OFFICE_ONLY_AFTER})


@dataclass(frozen=True)
class Comparison:
    """Two budgets of one region, and what became of each sub kegiatan."""

    before: BudgetLines
    after: BudgetLines
    rows: pl.DataFrame


def comparison(before: BudgetLines, after: BudgetLines, *, crosswalk: pl.DataFrame | None = None) -> Comparison:
    """Return two budgets side by side, as :func:`nangkis.budget.comparison.compared` gives."""
    return Comparison(before, after, compared(before.frame, after.frame, crosswalk=crosswalk))


def comparison_blocks(found: Comparison) -> tuple[Block, ...]:
    """Return the answer, the sums of each change, the offices that lose, and the largest cuts."""
    return (Paragraph(tuple(_answer(found))), _changes(found), *_losers(found), *_largest(found))


def _answer(found: Comparison) -> Iterable[Sentence]:
    names = {"before": _named(found.before), "after": _named(found.after)}
    place = Label(found.before.place.name)
    counts = dict(by_change(found.rows).select("change", "count").iter_rows())
    said = {
        name: _count(found, change, counts.get(change, 0))
        for name, change in (("cut", Change.CUT), ("raised", Change.RAISED), ("dropped", Change.DROPPED))
    }
    yield sentence("budget.compare.answer", place=place, **names, **said)
    moved = counts.get(Change.MOVED_SUPPORT, 0) + counts.get(Change.MOVED_OFFICE, 0)
    if moved:
        yield sentence("budget.compare.moved", moved=_count(found, "moved", moved))
    if counts.get(Change.OFFICE_ONLY_BEFORE) or counts.get(Change.OFFICE_ONLY_AFTER):
        yield sentence("budget.compare.offices")
    if found.after.stage in REALISED and found.before.stage not in CHANGED:
        yield sentence("budget.compare.no-execution", **names)


def _changes(found: Comparison) -> Table:
    sums = by_change(found.rows)
    rows = [
        Row(
            (
                sentence(f"budget.change.{row['change']}"),
                _count(found, row["change"], row["count"]),
                *(_sum(found, row, side) for side in ("before", "after", "difference")),
            )
        )
        for row in sums.iter_rows(named=True)
    ]
    whole: dict[str, int | None] = {
        name: sum(sums[name].drop_nulls().to_list()) for name in ("count", "before", "after", "difference")
    }
    if {Change.OFFICE_ONLY_BEFORE, Change.OFFICE_ONLY_AFTER} & set(sums["change"]):
        whole["difference"] = None  # of offices that one file leaves out no difference is known
    total = {"change": "all", **whole}
    cells = (sentence("budget.total"), _count(found, "all", found.rows.height))
    last = Row((*cells, *(_sum(found, total, side) for side in ("before", "after", "difference"))), emphasis=True)
    return Table(
        title=sentence("budget.compare.table", before=_named(found.before), after=_named(found.after)),
        columns=(
            Column(sentence("budget.compare.column.change"), 0.34),
            money_column("budget.compare.column.count", 0.09),
            *_amount_columns(0.19),
        ),
        rows=(*rows, last),
        notes=(sentence("budget.compare.note"),),
        sources=_sources(found),
    )


def _losers(found: Comparison) -> tuple[Table, ...]:
    lost = losers(found.rows).head(LONGEST_LIST)
    if lost.is_empty():
        return ()
    rows = [
        Row((Label(row["office"]), *(_sum(found, row | {"change": row["office"]}, s) for s in _SIDES)))
        for row in lost.iter_rows(named=True)
    ]
    columns = (Column(sentence("budget.column.office"), 0.40), *_amount_columns(0.20))
    return (Table(sentence("budget.compare.losers"), columns, tuple(rows), sources=_sources(found)),)


def _largest(found: Comparison) -> tuple[Table, ...]:
    cut = found.rows.filter(pl.col("change") == Change.CUT).sort("difference", "code_before").head(LONGEST_LIST)
    if cut.is_empty():
        return ()
    rows = [
        Row(
            (
                Label(row["code_before"]),
                Label(row["name"] or "–"),
                Label(row["office_before"]),
                *(_sum(found, row | {"change": f"{row['office_before']}/{row['code_before']}"}, s) for s in _SIDES),
            )
        )
        for row in cut.iter_rows(named=True)
    ]
    columns = (
        Column(sentence("budget.column.code"), 0.12),
        Column(sentence("budget.column.sub-kegiatan"), 0.26),
        Column(sentence("budget.column.office"), 0.17),
        *_amount_columns(0.15),
    )
    title = sentence("budget.compare.largest-cuts")
    return (Table(title, columns, tuple(rows), sources=_sources(found), landscape=True),)


_SIDES = ("before", "after", "difference")


def _amount_columns(width: float) -> tuple[Column, ...]:
    names = ("budget.compare.column.before", "budget.compare.column.after", "budget.compare.column.difference")
    return tuple(money_column(name, width) for name in names)


def _named(lines: BudgetLines) -> Sentence:
    return sentence("budget.compare.named", stage=stage_name(lines.stage), year=Label(str(lines.year)))


def _count(found: Comparison, name: str, count: int) -> Figure:
    return Figure(_key(found, name, "count"), count, Unit.COUNT, 0, _origin(found, methods.COMPARED_COUNT, _SIDES))


def _sum(found: Comparison, row: Mapping[str, object], side: str) -> Cell:
    sen, change = row[side], str(row["change"])
    if not isinstance(sen, int) or (side != "difference" and not _has_side(change, side)):
        return Missing(sentence("budget.compare.missing"))
    if side == "difference" and change in {*ONE_SIDED, Change.UNKNOWN}:
        return Missing(sentence("budget.compare.missing"))
    method = methods.COMPARED_GAP if side == "difference" else methods.COMPARED_SUM
    return Figure(_key(found, change, side), sen, Unit.RUPIAH, 0, _origin(found, method, (side,)))


def _has_side(change: str, side: str) -> bool:
    only_after, only_before = {Change.NEW, Change.OFFICE_ONLY_AFTER}, {Change.DROPPED, Change.OFFICE_ONLY_BEFORE}
    return change not in (only_after if side == "before" else only_before)


def _key(found: Comparison, name: str, side: str) -> str:
    told = "/".join(f"{lines.year}-{lines.stage}" for lines in (found.before, found.after))
    return f"budget-comparison/{found.before.region}/{told}/{name}/{side}"


def _origin(found: Comparison, method: Method, sides: Iterable[str]) -> Origin:
    both = {"before": (found.before,), "after": (found.after,)}
    asked = tuple(sides)
    used = both[asked[0]] if asked in {("before",), ("after",)} else (found.before, found.after)
    return Origin(method, tuple(selection for lines in used for selection in _selections(lines)))


def _selections(lines: BudgetLines) -> tuple[Selection, ...]:
    where = (("region", (str(lines.region),)), ("year", (lines.year,)), ("stage", (lines.stage.value,)))
    return tuple(Selection(manifest.id, where, "amount_sen") for manifest in lines.manifests)


def _sources(found: Comparison) -> tuple[Sentence, ...]:
    return file_sources((*found.before.manifests, *found.after.manifests))
