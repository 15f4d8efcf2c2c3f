"""``nangkis check-data``: all accepted data against each other, in one run."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import polars as pl
import typer
from rich.progress import Progress

from nangkis.cli.exits import Exit
from nangkis.cli.options import HERE, AsOf, Json, Lang, LanguageChoice, Workspace, day_of
from nangkis.cli.screen import err, show_findings, show_json, tell
from nangkis.content.catalogue import Language
from nangkis.content.messages import fill, plain_finding
from nangkis.indicators.schema import KIND
from nangkis.intake.checks.listing import collected
from nangkis.intake.limits import limits_on
from nangkis.lake.files import write_whole_bytes
from nangkis.outputs.excel.plain import sheet_bytes
from nangkis.vocabulary.findings import Severity
from nangkis.workspace.checking import DataChecked, check_data as check_all
from nangkis.workspace.opened import Workspace as Opened, open_workspace


HEADS = ("check", "severity", "at", "says", "do", "code")


def add_to(app: typer.Typer) -> None:
    """Add this command to the program."""
    app.command(name="check-data")(check_data)


def check_data(
    xlsx: Annotated[Path | None, typer.Option("--xlsx", help="A sheet to write all findings to.")] = None,
    as_json: Json = False,
    workspace: Workspace = HERE,
    as_of: AsOf = None,
    lang: Lang = LanguageChoice.ID,
) -> None:
    """Hold all accepted indicator data against each other, and say what was checked, what was found and what lacks."""
    day, opened, language = day_of(as_of), open_workspace(workspace), lang.language
    found = _checked(opened, day, language)
    if xlsx is not None:
        write_whole_bytes(xlsx, sheet_bytes(_sheet(found, language), name=fill("check.sheet", language), as_of=day))
    if as_json:
        show_json(_plain(found, language))
    else:
        for line in _lines(found, language):
            tell(line)
        for check in found.checks:
            show_findings(collected(check.findings, sheet="", limits=limits_on(opened.parameters, day)), language)
        tell(fill("cli.as-of", language, day=day.isoformat()))
    if any(one.severity is not Severity.NOTE for one in found.findings):
        raise typer.Exit(Exit.DIFFERENCE)


def _checked(opened: Opened, day: date, language: Language) -> DataChecked:
    count = sum(held.kind == KIND for held in opened.lake.live())
    with Progress(console=err, transient=True, disable=not err.is_terminal) as bar:
        task = bar.add_task(fill("check.running", language), total=count + 1)  # the last step: all together
        return check_all(opened, on=day, progress=lambda _: bar.advance(task))


def _lines(found: DataChecked, language: Language) -> Iterator[str]:
    for check in found.checks:
        name = fill(f"check.name.{check.name}", language)
        yield fill("check.summary", language, check=name, cases=check.cases, found=len(check.findings))
    regions = found.present["region"].n_unique()
    for dimension, most in found.possible.items():
        own = found.present.filter(pl.col("dimension") == dimension)
        yield fill(
            "check.present",
            language,
            title=fill(f"dimension.{dimension}.name", language),
            most=most,
            regions=regions,
            some=own.height,
            full=own.filter(pl.col("present") == most).height,
        )
    for age in found.ages:
        yield fill("check.age", language, file=age.file, last=str(age.last_year), years=age.years)


def _sheet(found: DataChecked, language: Language) -> pl.DataFrame:
    rows = [
        {"check": fill(f"check.name.{check.name}", language), **plain_finding(finding, language)}
        for check in found.checks
        for finding in check.findings
    ]
    table = pl.DataFrame(rows, schema=dict.fromkeys(HEADS, pl.String))
    return table.rename({head: fill(f"check.head.{head}", language) for head in HEADS})


def _plain(found: DataChecked, language: Language) -> dict[str, Any]:
    checks = [
        {
            "name": check.name,
            "checked": check.cases,
            "found": len(check.findings),
            "findings": [plain_finding(finding, language) for finding in check.findings],
        }
        for check in found.checks
    ]
    ages = [
        {"table": age.table, "file": age.file, "last_year": age.last_year, "years": age.years} for age in found.ages
    ]
    return {
        "as_of": found.on.isoformat(),
        "checks": checks,
        "indicators": {dimension.value: most for dimension, most in found.possible.items()},
        "present": [
            row | {"missing": found.possible[row["dimension"]] - row["present"]} for row in found.present.to_dicts()
        ],
        "tables": ages,
    }
