"""``nangkis tag``: who says what is spent on the poor; the review out, decisions in, the lock of a year."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from nangkis.budget.analysis import BudgetAnalysis
from nangkis.budget.exhibits import budget_summary, tag_blocks
from nangkis.budget.review import waits
from nangkis.budget.review_sheet import HIDDEN, OPEN, choices, header, review_table
from nangkis.budget.tag_tables import conflict_table
from nangkis.cli.exits import Exit
from nangkis.cli.options import (
    HERE,
    AsOf,
    Json,
    Lang,
    LanguageChoice,
    RegionCode,
    StageName,
    Workspace,
    day_of,
    region_of,
)
from nangkis.cli.screen import show_findings, show_json, tell
from nangkis.cli.showing import Answer, Brief, show_answer
from nangkis.content.catalogue import Language
from nangkis.content.messages import fill, plain_finding
from nangkis.lake.files import write_whole_bytes
from nangkis.outputs.excel.form import form_bytes
from nangkis.vocabulary.refusals import RequestRefused
from nangkis.workspace.answering import budget_of
from nangkis.workspace.opened import Workspace as Opened, open_workspace
from nangkis.workspace.tagging import Review, lock_of, lock_tags, open_tags, review_of, take_decisions


class TagDeedsSeveral(RequestRefused):
    """More than one of review, decisions, lock and unlock was asked for."""


class LockWithoutReason(RequestRefused):
    """A year is locked or opened for a reason, and none was said."""


Out = Annotated[Path | None, typer.Option("--review", metavar="FILE", help="Write a workbook to decide in (.xlsx).")]
Filled = Annotated[
    Path | None, typer.Option("--decisions", metavar="FILE", help="Read the decisions of a filled workbook.")
]
Role = Annotated[str, typer.Option("--by", metavar="ROLE", help="The role that decides, such as Bappeda; no name.")]
Locks = Annotated[bool, typer.Option("--lock", help="Lock the year: its tags stay as they are.")]
Opens = Annotated[bool, typer.Option("--unlock", help="Open a locked year again.")]
Why = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why the year is locked or opened.")]


def add_to(app: typer.Typer) -> None:
    """Add this command to the program."""
    app.command()(tag)


def tag(
    region: RegionCode,
    year: Annotated[int, typer.Argument(metavar="YEAR", help="The budget's year.")],
    stage: StageName = None,
    review: Out = None,
    decisions: Filled = None,
    by: Role = "",
    lock: Locks = False,
    unlock: Opens = False,
    reason: Why = "",
    brief: Brief = False,
    as_json: Json = False,
    workspace: Workspace = HERE,
    as_of: AsOf = None,
    lang: Lang = LanguageChoice.ID,
) -> None:
    """Show who says what is spent on the poor; write a workbook to decide in, read it back, or lock the year."""
    if sum((review is not None, decisions is not None, lock, unlock)) > 1:
        raise TagDeedsSeveral("tag-deeds-several")
    day, opened, language = day_of(as_of), open_workspace(workspace), lang.language
    found = budget_of(opened, region_of(region), year, stage=stage, on=day)
    if review is not None:
        _write_review(review_of(opened, found, on=day), review, day, language)
    elif decisions is not None:
        _take(opened, found, decisions, by, day, language, as_json=as_json)
    elif lock or unlock:
        _lock(opened, found, by, reason, language, locked=lock)
    else:
        _show(found, day, language, brief=brief, as_json=as_json)


def _show(found: BudgetAnalysis, day: date, language: Language, *, brief: bool, as_json: bool) -> None:
    rest = () if brief else (*tag_blocks(found), *conflict_table(found))
    findings = () if found.evidence is None else found.evidence.findings
    show_answer(Answer((*budget_summary(found), *rest), day, findings), language, as_json=as_json)
    held = lock_of(found)
    if held is not None and not as_json:
        tell(fill("cli.tag.locked", language, by=held.by, day=held.at[:10], why=held.why))


def _write_review(found: Review, path: Path, day: date, language: Language) -> None:
    table = review_table(found.analysis, found.subjects, language)
    lines = found.analysis.lines
    about = {"place": lines.place.name, "year": str(lines.year), "stage": lines.stage.value}
    content = form_bytes(
        table,
        name=fill("tag.review.sheet", language),
        as_of=day,
        above=[
            fill("tag.review.title", language, **about),
            *(fill(f"tag.review.help.{part}", language) for part in HELP),
        ],
        open_columns=[header(column, language) for column in OPEN],
        choices={header(column, language): words for column, words in choices(found.analysis.names, language).items()},
        hidden_columns=[header(column, language) for column in HIDDEN],
    )
    write_whole_bytes(path, content)
    waiting = sum(map(waits, found.subjects.values()))
    tell(fill("cli.tag.review-written", language, file=path.name, rows=table.height, waiting=waiting))
    tell(_said_of_classifier(found, language))


HELP = ("decide", "parts", "back")


def _said_of_classifier(found: Review, language: Language) -> str:
    calibration = found.calibration
    if calibration is None:
        return fill("cli.tag.classifier-absent", language)
    if calibration.threshold is None:
        return fill("cli.tag.classifier-silent", language)
    count = sum(one.proposal is not None for one in found.subjects.values())
    return fill("cli.tag.classifier", language, count=count, right=calibration.right, asked=calibration.asked)


def _take(
    opened: Opened, found: BudgetAnalysis, path: Path, by: str, day: date, language: Language, *, as_json: bool
) -> None:
    done = take_decisions(opened, found, path, by=by, at=datetime.now(UTC), on=day)
    if as_json:
        told: dict[str, Any] = {"table": None if done.table is None else done.table.id, "decided": done.decided}
        findings = [plain_finding(finding, language) for finding in done.findings]
        show_json({**told, "refused": done.refused, "findings": findings})
    else:
        show_findings(done.findings, language)
        code = "cli.tag.decided-nothing" if done.table is None else "cli.tag.decided"
        table = "" if done.table is None else done.table.id
        tell(fill(code, language, rows=done.decided, refused=done.refused, table=table))
    if done.refused:
        raise typer.Exit(Exit.FILE_REFUSED)


def _lock(opened: Opened, found: BudgetAnalysis, by: str, reason: str, language: Language, *, locked: bool) -> None:
    if not reason.strip():
        raise LockWithoutReason("tag-lock-without-reason")
    deed = lock_tags if locked else open_tags
    table = deed(opened, found, by=by, why=reason, at=datetime.now(UTC))
    code = "cli.tag.lock-written" if locked else "cli.tag.lock-opened"
    tell(fill(code, language, table=table.id, rows=table.rows))
