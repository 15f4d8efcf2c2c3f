"""``nangkis example``: the raw files of a fictional province, or large fictional input for benchmarks."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from nangkis.cli.options import HERE, Lang, LanguageChoice, Workspace
from nangkis.cli.screen import err, tell
from nangkis.content.catalogue import Language
from nangkis.content.messages import fill
from nangkis.example.province import write_example
from nangkis.example.scale import (
    MEGABYTE,
    MOST_REGIONS,
    Progress,
    RawKind,
    Scale,
    SizeUnconfirmed,
    expected_megabytes,
    scale_asked,
    write_scale,
)
from nangkis.parameters.loader import packaged


STEPS = 20  # how often progress is told
SIZES = "A line takes about 7 bytes of Parquet, and 460 of csv or 100 of xlsx."


def add_to(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.command()(example)


def example(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to write into.", file_okay=False)],
    workspace: Workspace = HERE,  # noqa: ARG001 - a script may give every command the same -w
    seed: Annotated[int, typer.Option(help="The same seed writes the same files.")] = 2026,
    regions: Annotated[
        int | None,
        typer.Option(min=1, max=MOST_REGIONS, help=f"Large input: budgets of this many fictional regions. {SIZES}"),
    ] = None,
    years: Annotated[int | None, typer.Option(min=1, max=20, help="Large input: years of each region.")] = None,
    lines: Annotated[int | None, typer.Option(min=1, help="Large input: lines of each region and year.")] = None,
    files: Annotated[RawKind, typer.Option(help="Large input: the raw files beside the Parquet tables.")] = RawKind.CSV,
    yes: Annotated[bool, typer.Option("--yes", help="Large input: write it although it needs much room.")] = False,
    lang: Lang = LanguageChoice.ID,
) -> None:
    """Write raw files of a fictional province, with the flaws that real ones have.

    With --regions, --years and --lines: instead, large budgets without flaws, to measure speed. DIR/parquet gets one
    table for each region and year in the lake's schema, DIR/berkas the same lines as raw files with their map.
    """
    scale = scale_asked(regions, years, lines)
    if scale is not None:
        expected, most = expected_megabytes(scale, files, packaged())
        if expected > most and not yes:
            raise SizeUnconfirmed("example-size-unconfirmed", size=expected, most=most)
        tell(fill("example.scale.expected", lang.language, size=expected), console=err)
        _large(folder, scale, kind=files, seed=seed, language=lang.language)
        return
    written = write_example(folder, seed=seed, language=lang.language)
    for path in written:
        tell(path.name)
    tell(fill("cli.example-written", lang.language, count=len(written), folder=folder))


def _large(folder: Path, scale: Scale, *, kind: RawKind, seed: int, language: Language) -> None:
    done = Progress()
    step = max(1, scale.regions // STEPS)
    for done in write_scale(folder, scale, kind=kind, seed=seed, language=language):
        if done.regions % step == 0:
            size = _megabytes(done.parquet_bytes + done.raw_bytes)
            said = {"regions": done.regions, "total": scale.regions, "lines": done.lines, "size": size}
            tell(fill("example.scale.progress", language, **said), console=err)
    sizes = {"parquet": _megabytes(done.parquet_bytes), "raw": _megabytes(done.raw_bytes)}
    counts = {"lines": done.lines, "tables": done.tables, "files": done.files}
    tell(fill("example.scale.written", language, folder=folder, **counts, **sizes))


def _megabytes(size: int) -> int:
    """Return megabytes rounded up, so that what is there is never told as nothing."""
    return -(-size // MEGABYTE)
