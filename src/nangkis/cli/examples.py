"""``nangkis example``: the raw files of a fictional province."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from nangkis.cli.options import Lang, LanguageChoice
from nangkis.cli.screen import out
from nangkis.content.messages import fill
from nangkis.example.province import write_example


def add_to(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.command()(example)


def example(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to write into.", file_okay=False)],
    seed: Annotated[int, typer.Option(help="The same seed writes the same files.")] = 2026,
    lang: Lang = LanguageChoice.ID,
) -> None:
    """Write raw files of a fictional province, with the flaws that real ones have."""
    written = write_example(folder, seed=seed, language=lang.language)
    for path in written:
        out.print(path.name, highlight=False)
    out.print(fill("cli.example-written", lang.language, count=len(written), folder=folder), soft_wrap=True)
