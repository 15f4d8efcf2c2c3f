"""``nangkis example``: the raw files of a fictional province."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from nangkis.cli.options import HERE, Lang, LanguageChoice, Workspace
from nangkis.cli.screen import tell
from nangkis.content.messages import fill
from nangkis.example.province import write_example


def add_to(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.command()(example)


def example(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to write into.", file_okay=False)],
    workspace: Workspace = HERE,  # noqa: ARG001 - a script may give every command the same -w
    seed: Annotated[int, typer.Option(help="The same seed writes the same files.")] = 2026,
    lang: Lang = LanguageChoice.ID,
) -> None:
    """Write raw files of a fictional province, with the flaws that real ones have."""
    written = write_example(folder, seed=seed, language=lang.language)
    for path in written:
        tell(path.name)
    tell(fill("cli.example-written", lang.language, count=len(written), folder=folder))
