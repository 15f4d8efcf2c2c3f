"""Tags of a workspace: the review written and read back, decisions kept, a year locked and opened."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl

from nangkis.budget.analysis import BudgetAnalysis
from nangkis.budget.lines import LineClass
from nangkis.budget.names import programme_names
from nangkis.budget.review import Subject, is_open, subjects
from nangkis.budget.review_reading import FilledRow, Taken, taken
from nangkis.budget.review_sheet import meanings
from nangkis.budget.tagging.classifier import (
    Calibration,
    Proposal,
    is_installed,
    proposals,
    thresholds_on,
    training_lines,
)
from nangkis.budget.tagging.decisions import OFFICE
from nangkis.budget.tagging.locks import Lock, TagsLocked, TagsNotLocked, latest_lock_table
from nangkis.budget.tagging.schema import DECISION_KIND, DECISIONS, LOCK_KIND, LOCKS
from nangkis.content.messages import table_words
from nangkis.intake.checks.personal import holds_personal_number
from nangkis.intake.layouts.accepted import reading_of
from nangkis.intake.layouts.rows import RowKind, kinds_above
from nangkis.intake.rules import rules_on
from nangkis.intake.tag_review import ReviewSheet, read_review
from nangkis.lake.manifest import Reading, TableManifest
from nangkis.lake.snapshot import TABLE
from nangkis.regions.register import Level
from nangkis.vocabulary.findings import Finding
from nangkis.vocabulary.refusals import RequestRefused
from nangkis.workspace.opened import Workspace, tables_of


LAYOUT, VERSION = "tag_review", 1


class TagsWithoutRules(RequestRefused):
    """On a day before the tag rules hold, nothing can be tagged."""


class RoleMissing(RequestRefused):
    """A decision needs the role that takes it, and a person's number is none."""


@dataclass(frozen=True)
class Review:
    """What is to be decided, and how sure the classifier had to be; ``calibration`` is None where it is not there."""

    analysis: BudgetAnalysis
    subjects: Mapping[tuple[str, str], Subject]
    calibration: Calibration | None


@dataclass(frozen=True)
class Decided:
    """What became of a filled review; ``table`` is None when it decides nothing new."""

    table: TableManifest | None
    decided: int
    refused: int
    findings: tuple[Finding, ...]


def review_of(workspace: Workspace, analysis: BudgetAnalysis, *, on: date) -> Review:
    """Return what is to be decided on a budget. Raises TagsWithoutRules."""
    if analysis.rules is None:
        raise TagsWithoutRules("tags-without-rules", day=on.isoformat())
    proposed, calibration = _proposed(workspace, analysis, on)
    return Review(analysis, subjects(analysis, proposed), calibration)


def _proposed(
    workspace: Workspace, analysis: BudgetAnalysis, on: date
) -> tuple[dict[tuple[str, str], Proposal], Calibration | None]:
    if analysis.rules is None or not is_installed():
        return {}, None
    province = analysis.lines.place.level is Level.PROVINCE
    known = programme_names(workspace.parameters, on, province=province)
    asked = [(one.code, one.name) for one in subjects(analysis, {}).values() if is_open(one)]
    training = training_lines(analysis.frame, analysis.rules, known)
    return proposals(asked, training, thresholds_on(workspace.parameters, on))


def take_decisions(
    workspace: Workspace, analysis: BudgetAnalysis, path: Path, *, by: str, at: datetime, on: date
) -> Decided:
    """Keep what a filled review newly decides: one table in the lake, or none.

    Raises RoleMissing, TagsLocked, TagsWithoutRules, and FileRefused as intake does.
    """
    _check_role(by)
    _check_open(analysis)
    sheet = read_review(path, rules_on(workspace.parameters, on))
    found = review_of(workspace, analysis, on=on).subjects
    judged = taken(sheet.rows, found, meanings(analysis.names))
    if not judged.decided:
        return Decided(None, 0, len(judged.refused), judged.findings)
    frame = _decision_frame(analysis, judged, found, by=by.strip(), at=at)
    reading = _reading(analysis, sheet, judged, frame)
    table = workspace.lake.accept(reading, source_file=path, at=at, by=by.strip())
    return Decided(table, len(judged.decided), len(judged.refused), judged.findings)


def _decision_frame(
    analysis: BudgetAnalysis, judged: Taken, found: Mapping[tuple[str, str], Subject], *, by: str, at: datetime
) -> pl.DataFrame:
    parts: dict[tuple[Any, str], int] = {}
    rows = []
    for row, values in judged.decided:
        subject, office = found[row.key], row.texts["office"]
        parts[row.key, office] = parts.get((row.key, office), 0) + 1
        before = next((one[TABLE] for one in subject.decisions if (one[OFFICE] or "") == office), None)
        rows.append(
            {
                **values,
                "region": str(analysis.lines.region),
                "year": analysis.lines.year,
                "sub_kegiatan_code": subject.code,
                "sub_kegiatan_name": subject.name,
                "office_code": office or None,
                "part": parts[row.key, office],
                "by": by,
                "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
                "replaces": before,
                **_place(row),
            }
        )
    return pl.DataFrame(rows, schema=DECISIONS)


def _place(row: FilledRow) -> dict[str, Any]:
    return {"_sheet": row.sheet, "_row": row.row, "_col": row.letters["decision"]}


def _reading(analysis: BudgetAnalysis, sheet: ReviewSheet, judged: Taken, frame: pl.DataFrame) -> Reading:
    """Return the decisions as a reading: rows that decide nothing new are notes."""
    accepted = {row.row for row, _ in judged.decided}
    below = [
        RowKind.ACCEPTED if row.row in accepted else RowKind.REFUSED if row.row in judged.refused else RowKind.NOTE
        for row in sheet.rows
    ]
    return reading_of(
        sheet.sheet,
        pl.concat([kinds_above(sheet.header), pl.Series([kind.value for kind in below], dtype=pl.String)]),
        frame,
        kind=DECISION_KIND,
        about=_about(analysis),
        owner=str(analysis.lines.region),
        layout=LAYOUT,
        version=VERSION,
        repairs=sheet.sheet.repairs,
        findings=(*sheet.sheet.findings, *judged.findings),
    )


def _about(analysis: BudgetAnalysis) -> dict[str, str]:
    lines = analysis.lines
    return {"region": str(lines.region), "place": lines.place.name, "year": str(lines.year)}


def lock_tags(workspace: Workspace, analysis: BudgetAnalysis, *, by: str, why: str, at: datetime) -> TableManifest:
    """Lock a year: its tags stay as they stand on this budget, and no decision is taken any more.

    Raises RoleMissing, TagsLocked when it is locked, TagsWithoutRules.
    """
    _check_role(by)
    _check_open(analysis)
    if analysis.rules is None or analysis.evidence is None:
        raise TagsWithoutRules("tags-without-rules", day=at.date().isoformat())
    by_office = analysis.evidence.names_offices
    base = analysis.frame.filter(pl.col("class") == LineClass.PROGRAM)
    office = pl.col(OFFICE) if by_office else pl.lit(None, pl.String()).alias(OFFICE)
    told = [name for name in LOCKS if name in base.columns and name not in ("year", "_sheet", "_row", "_col", OFFICE)]
    rows = base.select(*told, office).unique(maintain_order=True)
    keys = ["sub_kegiatan_code", "sub_kegiatan_name", OFFICE, "part"]
    frozen = rows.unique(keys, maintain_order=True, keep="first")
    return _keep_lock(workspace, analysis, frozen, locked=True, by=by, why=why, at=at)


def open_tags(workspace: Workspace, analysis: BudgetAnalysis, *, by: str, why: str, at: datetime) -> TableManifest:
    """Open a locked year again. Raises RoleMissing, TagsNotLocked."""
    _check_role(by)
    if lock_of(analysis) is None:
        raise TagsNotLocked("tags-not-locked", year=str(analysis.lines.year))
    nothing = pl.DataFrame([{}], schema={OFFICE: pl.String()})
    return _keep_lock(workspace, analysis, nothing, locked=False, by=by, why=why, at=at)


def lock_of(analysis: BudgetAnalysis) -> Lock | None:
    """Return the lock of the budget's year; None while it is open."""
    return None if analysis.evidence is None else analysis.evidence.lock


def _keep_lock(
    workspace: Workspace, analysis: BudgetAnalysis, rows: pl.DataFrame, *, locked: bool, by: str, why: str, at: datetime
) -> TableManifest:
    lines = analysis.lines
    missing = [pl.lit(None, kind).alias(name) for name, kind in LOCKS.items() if name not in rows.columns]
    told = {
        "region": str(lines.region),
        "stage": lines.stage.value,
        "locked": locked,
        "why": why.strip(),
        "by": by.strip(),
        "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        "_sheet": "csv",
        "_col": "D",
    }
    frame = rows.with_columns(missing).with_columns(
        *(pl.lit(value).alias(name) for name, value in told.items()),
        pl.lit(lines.year, pl.Int32()).alias("year"),
        pl.int_range(2, pl.len() + 2, dtype=pl.Int32()).alias("_row"),
    )
    reading = _lock_reading(analysis, frame.select(list(LOCKS)).cast(LOCKS))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{reading.title}.csv"
        reading.frame.drop("_sheet", "_row", "_col").write_csv(path)
        before = latest_lock_table(tables_of(workspace), lines.region, lines.year)
        return workspace.lake.accept(reading, source_file=path, at=at, by=by.strip(), supersedes=before)


def _lock_reading(analysis: BudgetAnalysis, stored: pl.DataFrame) -> Reading:
    """Return the rows of a lock as the reading of the file that they are kept in, its header in the first row."""
    about = _about(analysis)
    return Reading(
        kind=LOCK_KIND,
        title=table_words(LOCK_KIND, about, "id"),
        owner=about["region"],
        layout=LOCK_KIND,
        layout_version=VERSION,
        sheet="csv",
        cell_range=f"A1:V{stored.height + 1}",
        frame=stored,
        rows_in=stored.height + 1,
        rows_frame=1,
        rows_accepted=stored.height,
        rows_refused=0,
        frame_rows={"1": RowKind.HEADING.value},
        about=about,
    )


def _check_role(by: str) -> None:
    if not by.strip() or holds_personal_number(by):
        raise RoleMissing("tag-role-missing")


def _check_open(analysis: BudgetAnalysis) -> None:
    lock = lock_of(analysis)
    if lock is not None:
        raise TagsLocked("tags-locked", year=str(analysis.lines.year), by=lock.by, day=lock.at[:10], why=lock.why)
