"""``nangkis rpkd``, ``verify`` and ``trace``: a document, and the way back from its numbers."""

from __future__ import annotations

import difflib
from collections import Counter
from enum import StrEnum
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
from nangkis.vocabulary.refusals import RequestRefused
from nangkis.workspace.formats import WRITERS, Format
from nangkis.workspace.making import Made, write_document
from nangkis.workspace.opened import open_workspace
from nangkis.workspace.record import Request
from nangkis.workspace.tracing import trace as trace_figure
from nangkis.workspace.verifying import Checked, Verdict, Verification, verify as verify_document


DocumentFile = Annotated[Path, typer.Argument(metavar="FILE", help="A document that Nangkis made: Word, PDF or Excel.")]


class FormatChoice(StrEnum):
    """What ``--format`` may say."""

    WORD = "word"
    PDF = "pdf"
    EXCEL = "excel"
    ALL = "all"


CHOICES = ", ".join(FormatChoice)
# What people call a format after the ending of its files or after a program.
OTHER_WORDS = {"doc": "word", "docx": "word", "xls": "excel", "xlsx": "excel", "semua": "all"}


class FormatUnknown(RequestRefused):
    """No document is written in the format that was asked for."""


def format_of(said: str) -> FormatChoice:
    """Return the format that was named. Raises FormatUnknown, with the one that is probably meant."""
    word = said.strip().lower().removeprefix(".")
    if word in list(FormatChoice):
        return FormatChoice(word)
    near = difflib.get_close_matches(word, list(FormatChoice), n=1)
    meant = OTHER_WORDS.get(word) or (near[0] if near else FormatChoice.WORD)
    raise FormatUnknown("format-unknown", said=said, known=CHOICES, meant=str(meant))


Formats = Annotated[
    list[FormatChoice],
    typer.Option(
        "--format",
        metavar="FORMAT",
        parser=format_of,
        help=f"The format to write: {CHOICES}; may be given several times.",
    ),
]


Template = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="A Word file of your office: its paper, styles, headers and footers are taken.",
        exists=True,
    ),
]


def add_to(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.command()(rpkd)
    app.command()(verify)
    app.command()(trace)


def rpkd(
    region: RegionCode,
    folder: Annotated[Path, typer.Option("--out", metavar="DIR", help="The folder to write into.", file_okay=False)],
    period: Annotated[str | None, typer.Option(help="The years that the plan covers, such as 2025-2029.")] = None,
    year: Annotated[
        int | None, typer.Option(help="First year of the budgets shown; the current or next one when not given.")
    ] = None,
    stage: StageName = None,
    formats: Formats = [FormatChoice.WORD],  # noqa: B006 - typer reads the default, nobody changes it
    template: Template = None,
    as_json: Json = False,
    workspace: Workspace = HERE,
    as_of: AsOf = None,
    lang: Lang = LanguageChoice.ID,
) -> None:
    """Write a region's five-year plan for poverty reduction (RPKD), in each format that is asked for."""
    request = Request(
        "rpkd", str(region_of(region)), lang.language, day_of(as_of), period, year, str(stage) if stage else None
    )
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bar:
        task = bar.add_task(fill("cli.computing", lang.language), total=None)

        def progress(each: Format) -> None:
            bar.update(task, description=fill("pdf.writing", lang.language, format=str(each)))

        made = write_document(
            open_workspace(workspace), request, folder, formats=_formats(formats), template=template, progress=progress
        )
    _tell_made(made, lang.language, as_json=as_json)


def _formats(asked: list[FormatChoice]) -> list[Format]:
    return list(WRITERS) if FormatChoice.ALL in asked else [Format(each.value) for each in asked]


def _tell_made(made: Made, language: Language, *, as_json: bool) -> None:
    record, paths = made.record, (made.path, *made.others)
    if as_json:
        told = {"path": str(made.path), "paths": list(map(str, paths)), "run": record.run}
        show_json({**told, "figures": len(record.figures), "tables": record.tables})
        return
    counts = {"figures": len(record.figures), "tables": len(record.tables)}
    tell(fill("cli.document-summary", language, **counts, run=record.run))
    for path in paths:
        tell(fill("cli.document-written", language, path=path))


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
    if not found.is_located:
        tell(fill("pdf.not-located", language))
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
    return {
        "holds": found.holds,
        "record": str(found.seal),
        "run": found.record.run,
        "located": found.is_located,
        "figures": figures,
    }


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
