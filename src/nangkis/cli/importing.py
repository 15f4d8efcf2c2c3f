"""``nangkis import`` and ``nangkis tables``: files in, and what was accepted."""

from __future__ import annotations

import getpass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from nangkis.budget.schema import Stage
from nangkis.cli.exits import Exit
from nangkis.cli.options import HERE, AsOf, Json, Lang, LanguageChoice, Workspace, day_of, region_of
from nangkis.cli.screen import err, show_json, tell
from nangkis.content.catalogue import Language
from nangkis.content.messages import fill, table_words
from nangkis.intake.mapping import read_map
from nangkis.intake.marked.written import Marking
from nangkis.intake.report import as_plain, as_text
from nangkis.intake.request import Request
from nangkis.lake.manifest import TableManifest
from nangkis.vocabulary.codes import CodeSystem
from nangkis.workspace.importing import Imported, ImportRules, import_files
from nangkis.workspace.opened import Workspace as Opened, open_workspace


Replaces = Annotated[
    str | None, typer.Option(help="The table that this one file corrects: of the same kind and region.")
]
ConfirmIdentical = Annotated[
    str | None,
    typer.Option(metavar="REASON", help="Why values equal to another region's or year's are right; it is recorded."),
]
Marked = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR", help="Folder for a new workbook of each file, its flawed cells marked.", file_okay=False
    ),
]
CheckOnly = Annotated[bool, typer.Option("--check-only", help="Only check; accept nothing.")]
Nomenclature = Annotated[
    str | None, typer.Option(metavar="VERSION", help="Version of a list of codes, such as 900-1317-2023.")
]
MapFile = Annotated[Path | None, typer.Option("--map", help="A YAML file that says it file by file.")]


def add_to(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.command(name="import")(import_)
    app.command()(tables)


def import_(  # the options are the command's promise to its users
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE…", help="Files as they were sent: xlsx, xls, ods, csv, tsv, or a table saved as a page."
        ),
    ],
    layout: Annotated[str | None, typer.Option(help="Layout of the files, when it is not recognised.")] = None,
    region: Annotated[str | None, typer.Option(help="Region of the files, such as kemendagri:72.06.")] = None,
    year: Annotated[int | None, typer.Option(help="Year of the files.")] = None,
    stage: Annotated[Stage | None, typer.Option(help="Stage of the budget.")] = None,
    codes: Annotated[str | None, typer.Option(help="Code system of the files, such as bps-2020.")] = None,
    nomenclature: Nomenclature = None,
    map_file: MapFile = None,
    replaces: Replaces = None,
    confirm_identical: ConfirmIdentical = None,
    marked: Marked = None,
    check_only: CheckOnly = False,
    as_json: Json = False,
    workspace: Workspace = HERE,
    as_of: AsOf = None,
    lang: Lang = LanguageChoice.ID,
) -> None:
    """Read files, check them, and accept what holds."""
    said = Request(
        layout=layout,
        region=region_of(region) if region else None,
        year=year,
        stage=stage,
        codes=CodeSystem.parse(codes) if codes else None,
        nomenclature=nomenclature,
    )
    entries = read_map(map_file) if map_file else ()
    marking = Marking(marked, lang.language) if marked else None
    rules = ImportRules(said, entries, replaces, check_only, confirm_identical, marking)
    done = _imported(files, open_workspace(workspace), rules, on=day_of(as_of), language=lang.language)
    _show(done, lang.language, as_json=as_json, marking=marking)
    if any(item.outcome.refusal is not None for item in done):
        raise typer.Exit(Exit.FILE_REFUSED)


def _imported(
    files: list[Path], workspace: Opened, rules: ImportRules, *, on: date, language: Language
) -> tuple[Imported, ...]:
    with Progress(console=err, transient=True, disable=not err.is_terminal) as bar:
        task = bar.add_task(fill("cli.reading", language), total=len(files))
        return import_files(
            workspace,
            files,
            rules=rules,
            at=datetime.now(UTC),
            on=on,
            by=_who(),
            progress=lambda _: bar.advance(task),
        )


def _who() -> str:
    """Return the name of the account; a system without one names nobody."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "—"


def _show(done: tuple[Imported, ...], language: Language, *, as_json: bool, marking: Marking | None) -> None:
    outcomes = [item.outcome for item in done]
    names = {index: item.table.id for index, item in enumerate(done) if item.table is not None}
    if as_json:
        plain = as_plain(outcomes, language, names)
        if marking is not None:
            for sheet, item in zip(plain, done, strict=True):
                sheet["marked"] = None if item.marked is None else str(item.marked)
        show_json(plain)
        return
    tell(as_text(outcomes, language, names))
    for line in dict.fromkeys(_marked_words(item, language) for item in done if marking is not None):
        tell(line)


def _marked_words(item: Imported, language: Language) -> str:
    if item.marked is None:
        return fill("marked.withheld", language, file=item.outcome.file)
    return fill("marked.written", language, path=item.marked)


def tables(as_json: Json = False, workspace: Workspace = HERE, lang: Lang = LanguageChoice.ID) -> None:
    """List the accepted tables."""
    live = open_workspace(workspace).lake.live()
    if as_json:
        show_json([_plain(manifest, lang.language) for manifest in live])
        return
    for manifest in live:
        said = fill(
            "cli.table",
            lang.language,
            table=manifest.id,
            title=table_words(manifest.kind, manifest.about, lang.language),
            file=manifest.source.name,
            sheet=manifest.sheet,
            owner=manifest.owner,
            rows=manifest.rows_accepted,
            findings=len(manifest.findings),
        )
        tell(said)
    tell(fill("cli.tables", lang.language, count=len(live)))


def _plain(manifest: TableManifest, language: Language) -> dict[str, object]:
    return {
        "table": manifest.id,
        "kind": manifest.kind,
        "title": table_words(manifest.kind, manifest.about, language),
        "owner": manifest.owner,
        "layout": manifest.layout,
        "file": manifest.source.name,
        "sheet": manifest.sheet,
        "range": manifest.cell_range,
        "rows_accepted": manifest.rows_accepted,
        "rows_refused": manifest.rows_refused,
        "about": dict(manifest.about),
        "findings": len(manifest.findings),
        "accepted_at": manifest.accepted_at.isoformat(),
        "supersedes": manifest.supersedes,
    }
