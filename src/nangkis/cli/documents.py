"""``nangkis rpkd``, ``verify`` and ``trace``: a document, and the way back from its numbers."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

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
from nangkis.cli.screen import err, show_json, tell
from nangkis.cli.tracing import as_plain, as_text
from nangkis.content.catalogue import Language
from nangkis.content.messages import fill
from nangkis.workspace.making import write_document
from nangkis.workspace.opened import open_workspace
from nangkis.workspace.record import Request
from nangkis.workspace.tracing import trace as trace_figure
from nangkis.workspace.verifying import Checked, Verdict, Verification, verify as verify_document


DocumentFile = Annotated[Path, typer.Argument(metavar="FILE", help="A Word document that Nangkis made.", exists=True)]


def add_to(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.command()(rpkd)
    app.command()(verify)
    app.command()(trace)


def rpkd(
    region: RegionCode,
    folder: Annotated[Path, typer.Option("--out", metavar="DIR", help="The folder to write into.", file_okay=False)],
    period: Annotated[str | None, typer.Option(help="The years that the plan covers, such as 2025-2029.")] = None,
    year: Annotated[int | None, typer.Option(help="The budget's year; the latest one when not given.")] = None,
    stage: StageName = None,
    as_json: Json = False,
    workspace: Workspace = HERE,
    as_of: AsOf = None,
    lang: Lang = LanguageChoice.ID,
) -> None:
    """Write a region's five-year plan for poverty reduction (RPKD) as a Word document."""
    request = Request(
        "rpkd", str(region_of(region)), lang.language, day_of(as_of), period, year, str(stage) if stage else None
    )
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bar:
        bar.add_task(fill("cli.computing", lang.language), total=None)
        made = write_document(open_workspace(workspace), request, folder)
    record = made.record
    if as_json:
        plain = {"path": str(made.path), "run": record.run, "figures": len(record.figures), "tables": record.tables}
        show_json(plain)
        return
    summary = fill(
        "cli.document-summary", lang.language, figures=len(record.figures), tables=len(record.tables), run=record.run
    )
    tell(summary)
    tell(fill("cli.document-written", lang.language, path=made.path))


def verify(
    file: DocumentFile,
    show_all: Annotated[bool, typer.Option("--all", help="Show the figures that hold, too.")] = False,
    as_json: Json = False,
    workspace: Workspace = HERE,
    lang: Lang = LanguageChoice.ID,
) -> None:
    """Compute every number of a document again, and say which no longer hold."""
    found = verify_document(open_workspace(workspace), file)
    if as_json:
        show_json(_plain(found))
    else:
        _show(found, lang.language, show_all=show_all)
    if not found.holds:
        raise typer.Exit(Exit.DIFFERENCE)


def _show(found: Verification, language: Language, *, show_all: bool) -> None:
    for figure in found.figures:
        if show_all or figure.verdict is not Verdict.HOLDS:
            tell(_line(figure, language))
    counts = Counter(str(figure.verdict) for figure in found.figures)
    summary = fill("cli.verify.summary", language, **{str(verdict): counts[str(verdict)] for verdict in Verdict})
    tell(summary)
    tell(fill(f"cli.verify.{found.seal}", language))


def _line(figure: Checked, language: Language) -> str:
    values = {"text": figure.text, "recorded": figure.recorded, "computed": figure.computed}
    said = fill(f"cli.verify.{figure.verdict}", language, **{name: text or "—" for name, text in values.items()})
    return f"{figure.id}  {said}  ({figure.key})"


def _plain(found: Verification) -> dict[str, object]:
    figures = [
        {
            "id": figure.id,
            "key": figure.key,
            "verdict": str(figure.verdict),
            "text": figure.text,
            "recorded": figure.recorded,
            "computed": figure.computed,
        }
        for figure in found.figures
    ]
    return {"holds": found.holds, "record": str(found.seal), "run": found.record.run, "figures": figures}


def trace(
    file: DocumentFile,
    figure: Annotated[str, typer.Argument(metavar="ID", help="The figure's id, as its content control shows it.")],
    as_json: Json = False,
    workspace: Workspace = HERE,
    lang: Lang = LanguageChoice.ID,
) -> None:
    """Show how a number was computed, and from which cells of which file."""
    found = trace_figure(open_workspace(workspace), file, figure)
    if as_json:
        show_json(as_plain(found, lang.language))
    else:
        tell(as_text(found, lang.language))
