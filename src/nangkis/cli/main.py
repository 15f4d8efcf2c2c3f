"""The command ``nangkis``: where commands are gathered, and refusals become sentences and exit codes."""

from __future__ import annotations

import io
import itertools
import sys
from pathlib import Path
from typing import NoReturn

import typer

from nangkis.cli import (
    budgeting,
    checking,
    diagnosing,
    documents,
    examples,
    fetching,
    importing,
    nomenclature,
    rolling,
    tagging,
)
from nangkis.cli.exits import CAUSES, Exit
from nangkis.cli.options import LanguageChoice
from nangkis.cli.screen import err, show_json, tell
from nangkis.content.messages import fill, plain_refusal, refusal_words
from nangkis.vocabulary.refusals import FileRefused, Refusal, RequestRefused


class FilesOutOfReach(RequestRefused):
    """The system would not read or write a file: it is not there, not ours, or the disk is full."""


app = typer.Typer(
    name="nangkis",
    help="Plan the reduction of poverty in a region: from its files to the RPKD, every number traceable to its cell.",
    epilog="Exit codes: " + "; ".join(f"{code.value} {cause}" for code, cause in CAUSES.items()) + ".",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
    add_completion=False,
)
for commands in (
    examples, fetching, importing, checking, diagnosing, budgeting, tagging, rolling, nomenclature, documents,
):  # fmt: skip
    commands.add_to(app)


def run() -> None:
    """Run the command line; a refusal is printed as a sentence and ends with its exit code.

    A disk that is full or a folder that is not ours is told like a refusal; a bug is not caught.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal of another code page still gets its answer
    try:
        app()
    except SystemExit as ended:
        if ended.code == Exit.INTERRUPTED:
            tell(fill("cli.interrupted", _language_asked_for().language), console=err)
        if ended.code == Exit.USAGE and sys.argv[1:]:
            tell(fill("cli.usage", _language_asked_for().language), console=err)
        raise
    except Refusal as refusal:
        _refuse(refusal)
    except OSError as error:
        name = Path(str(error.filename)).name if error.filename else "—"
        _refuse(FilesOutOfReach("files-out-of-reach", file=name, why=error.strerror or type(error).__name__))


def _refuse(refusal: Refusal) -> NoReturn:
    language = _language_asked_for().language
    if "--json" in sys.argv:
        show_json({"refused": plain_refusal(refusal, language, at="")})
    tell(refusal_words(refusal, language), console=err)
    sys.exit(Exit.FILE_REFUSED if isinstance(refusal, FileRefused) else Exit.REQUEST_REFUSED)


def _language_asked_for() -> LanguageChoice:
    """The language of a refusal: the command that raised it has parsed its own options and is gone."""
    words = sys.argv[1:]
    asked = [word for before, word in itertools.pairwise(words) if before == "--lang"]
    asked += [word.removeprefix("--lang=") for word in words if word.startswith("--lang=")]
    return LanguageChoice.EN if asked[-1:] == ["en"] else LanguageChoice.ID
