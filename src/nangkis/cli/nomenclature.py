"""``nangkis nomenclature``: versions side by side, proposed matches and decisions on them, a budget's coverage.

The lists themselves come in like every file: ``nangkis import FILE --nomenclature VERSION``.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import polars as pl
import typer

from nangkis.budget.nomenclature.coverage_exhibits import coverage_blocks
from nangkis.budget.nomenclature.exhibits import comparison_blocks, crosswalk_blocks
from nangkis.budget.nomenclature.forms import (
    OPEN,
    changes_sheet,
    coverage_sheet,
    decision_form,
    form_headers,
    verdict_words,
)
from nangkis.budget.nomenclature.versions import Version, versions_on
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
from nangkis.cli.screen import show_json, tell
from nangkis.cli.showing import Answer, Brief, show_answer
from nangkis.content.catalogue import Language
from nangkis.content.messages import fill
from nangkis.intake.report import as_plain, as_text
from nangkis.lake.files import write_whole_bytes
from nangkis.outputs.excel.form import form_bytes
from nangkis.outputs.excel.plain import sheet_bytes
from nangkis.vocabulary.refusals import RequestRefused
from nangkis.workspace.nomenclature import (
    Crosswalk,
    Decided,
    codes_held,
    comparison_of,
    coverage_of,
    crosswalk_of,
    take_decisions,
)
from nangkis.workspace.opened import open_workspace


class DecisionsAndForm(RequestRefused):
    """A new form was asked for while an old one is read, or nobody is said to have decided."""


app = typer.Typer(
    name="nomenclature", help="Compare versions of the nomenclature and match their codes.", no_args_is_help=True
)
Before = Annotated[str, typer.Argument(metavar="VERSION", help="The earlier version, such as 900-1317-2023.")]
After = Annotated[str, typer.Argument(metavar="VERSION", help="The later version, such as sipd-2027-1.")]
Sheet = Annotated[Path | None, typer.Option("--xlsx", metavar="FILE", help="Write the whole list to this sheet.")]


def add_to(program: typer.Typer) -> None:
    """Add these commands to the program."""
    app.command()(versions)
    app.command()(compare)
    app.command()(crosswalk)
    app.command()(coverage)
    program.add_typer(app)


def versions(
    as_json: Json = False, workspace: Workspace = HERE, as_of: AsOf = None, lang: Lang = LanguageChoice.ID
) -> None:
    """List the known versions: decree, budget years, and whether the workspace holds their list.

    A list comes in by `nangkis import FILE --nomenclature VERSION`.
    """
    opened = open_workspace(workspace)
    known, held = versions_on(opened.parameters, day_of(as_of)), codes_held(opened)
    if as_json:
        show_json([_plain(version, held.get(name, 0)) for name, version in known.items()])
        return
    for name, version in known.items():
        tell(_version_line(version, held.get(name, 0), lang.language))


def _version_line(version: Version, codes: int, language: Language) -> str:
    first, last = str(version.valid_from), str(version.valid_until)
    if version.valid_until is None:
        years = fill("cli.nomenclature.from-year", language, first=first)
    else:
        years = first if first == last else fill("cli.nomenclature.years", language, first=first, last=last)
    there = (
        fill("cli.nomenclature.held", language, codes=codes) if codes else fill("cli.nomenclature.not-held", language)
    )
    decree = version.decree or fill("cli.nomenclature.decree-unsaid", language)
    return fill("cli.nomenclature.version", language, version=version.name, decree=decree, years=years, held=there)


def _plain(version: Version, codes: int) -> dict[str, object]:
    return {
        "version": version.name,
        "decree": version.decree,
        "valid_from": version.valid_from,
        "valid_until": version.valid_until,
        "codes": codes,
    }


def compare(
    before: Before,
    after: After,
    xlsx: Sheet = None,
    brief: Brief = False,
    as_json: Json = False,
    workspace: Workspace = HERE,
    as_of: AsOf = None,
    lang: Lang = LanguageChoice.ID,
) -> None:
    """Show which codes stayed, were renamed, moved, vanished or appeared between two versions."""
    day = day_of(as_of)
    found = comparison_of(open_workspace(workspace), before, after, on=day)
    blocks = comparison_blocks(found.changes, found.before, found.after, apart=found.apart, brief=brief)
    show_answer(Answer(blocks, day), lang.language, as_json=as_json)
    if xlsx is not None:
        table, name = changes_sheet(found.changes, lang.language), fill("nomenclature.sheet.changes", lang.language)
        _write(xlsx, sheet_bytes(table, name=name, as_of=day), table, lang.language, quiet=as_json)


def crosswalk(
    before: Before,
    after: After,
    xlsx: Annotated[
        Path | None, typer.Option("--xlsx", metavar="FILE", help="Write a form with drop-downs to decide on.")
    ] = None,
    decisions: Annotated[
        Path | None, typer.Option("--decisions", metavar="FILE", help="Read a filled form; needs --by.", exists=True)
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", metavar="OFFICE", help="The office that decided, such as 'Sekretaris TKPK'.")
    ] = None,
    as_json: Json = False,
    workspace: Workspace = HERE,
    as_of: AsOf = None,
    lang: Lang = LanguageChoice.ID,
) -> None:
    """Propose matches of codes between two versions, hand them out as a form, and take decisions in.

    No proposal is in force before a person has accepted it; a later decision takes the place of an earlier one.
    """
    day, opened = day_of(as_of), open_workspace(workspace)
    if decisions is not None:
        if xlsx is not None or not (by or "").strip():
            raise DecisionsAndForm("decisions-and-form")
        done = take_decisions(opened, decisions, before, after, by=str(by).strip(), at=datetime.now(UTC))
        _show_decided(done, str(by).strip(), lang.language, as_json=as_json)
        return
    found = crosswalk_of(opened, before, after, on=day)
    blocks = crosswalk_blocks(found.proposals, found.held, found.before, found.after, found.rules)
    show_answer(Answer(blocks, day), lang.language, as_json=as_json)
    if xlsx is not None:
        _write_form(found, xlsx, lang.language, on=day, quiet=as_json)


def coverage(
    region: RegionCode,
    year: Annotated[int, typer.Argument(metavar="YEAR", help="The budget's year.")],
    version: Annotated[str, typer.Argument(metavar="VERSION", help="The version to find its codes in.")],
    stage: StageName = None,
    xlsx: Sheet = None,
    as_json: Json = False,
    workspace: Workspace = HERE,
    as_of: AsOf = None,
    lang: Lang = LanguageChoice.ID,
) -> None:
    """Show how many codes and how much money of a budget a version has, and what is left, by rupiah."""
    day = day_of(as_of)
    found = coverage_of(open_workspace(workspace), region_of(region), year, version, stage=stage, on=day)
    show_answer(Answer(coverage_blocks(found), day), lang.language, as_json=as_json)
    if xlsx is not None:
        table, name = coverage_sheet(found.coverage, lang.language), fill("nomenclature.sheet.coverage", lang.language)
        _write(xlsx, sheet_bytes(table, name=name, as_of=day), table, lang.language, quiet=as_json)


def _write(path: Path, content: bytes, table: pl.DataFrame, language: Language, *, quiet: bool) -> None:
    write_whole_bytes(path, content)
    if not quiet:
        tell(fill("cli.nomenclature.written", language, file=path.name, rows=table.height))


def _write_form(found: Crosswalk, path: Path, language: Language, *, on: date, quiet: bool) -> None:
    """Write the form: one row for each proposal, and for each code without one."""
    headers, words = form_headers(language), verdict_words(language)
    table = decision_form(found.proposals, found.held, found.before, found.after, language)
    versions_named = {"before": found.before.version.name, "after": found.after.version.name}
    content = form_bytes(
        table,
        name=fill("nomenclature.form.sheet", language),
        as_of=on,
        above=(
            fill("nomenclature.form.title", language, **versions_named),
            fill("nomenclature.form.explained", language),
        ),
        open_columns=[headers[column] for column in OPEN],
        choices={headers["verdict"]: list(words.values())},
    )
    _write(path, content, table, language, quiet=quiet)


def _show_decided(done: Decided, by: str, language: Language, *, as_json: bool) -> None:
    """Tell what became of a form; one that could not be read ends with the code of refused files."""
    names = {} if done.table is None else {0: done.table.id}
    if as_json:
        show_json(as_plain([done.outcome], language, names))
    else:
        tell(as_text([done.outcome], language, names))
    if done.outcome.refusal is not None:
        raise typer.Exit(Exit.FILE_REFUSED)
    if as_json:
        return
    if done.table is None:
        tell(fill("cli.nomenclature.nothing-new", language))
        return
    tell(fill("cli.nomenclature.decided", language, count=done.table.rows, table=done.table.id, by=by))
