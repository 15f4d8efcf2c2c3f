"""``nangkis diagnose`` and ``nangkis chart``: where regions stand and which way they go."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from nangkis.cli.options import (
    HERE,
    REGION_HELP,
    AsOf,
    Json,
    Lang,
    LanguageChoice,
    RegionCode,
    Workspace,
    day_of,
    region_of,
)
from nangkis.cli.screen import tell
from nangkis.cli.showing import Answer, Brief, once, show_answer
from nangkis.content.catalogue import Language
from nangkis.content.messages import fill
from nangkis.content.tree import Picture
from nangkis.diagnosis.diagnose import Diagnosis
from nangkis.diagnosis.every_words import told
from nangkis.diagnosis.exhibits import diagnosis_blocks, diagnosis_summary, position_picture, trend_picture
from nangkis.indicators.catalogue import indicators
from nangkis.lake.files import write_whole_bytes
from nangkis.outputs.excel.plain import sheet_bytes
from nangkis.vocabulary.refusals import RequestRefused
from nangkis.workspace.answering import diagnosis_of, verdicts_of
from nangkis.workspace.charting import write_chart
from nangkis.workspace.opened import Workspace as Opened, open_workspace


class IndicatorUnknown(RequestRefused):
    """The catalogue has no indicator of this code."""


class NothingToDraw(RequestRefused):
    """There are too few values for the picture that was asked for."""


class RegionOrAll(RequestRefused):
    """Neither one region nor all of them were asked for, or both."""


class Kind(StrEnum):
    """What a chart shows: the regions beside each other, or the years."""

    POSITION = "position"
    TREND = "trend"


PICTURES: Mapping[Kind, Callable[[Diagnosis, str], Picture | None]] = {
    Kind.POSITION: position_picture,
    Kind.TREND: trend_picture,
}
Codes = Annotated[
    list[str] | None, typer.Option("--indicator", help="Code of an indicator, such as POV.P0; repeat it for more.")
]


def add_to(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.command()(diagnose)
    app.command()(chart)


def diagnose(
    region: Annotated[str | None, typer.Argument(metavar="[REGION]", help=REGION_HELP)] = None,
    indicator: Codes = None,
    everywhere: Annotated[bool, typer.Option("--all", help="All regions, to a sheet: needs --xlsx.")] = False,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", help="The sheet to write.")] = None,
    brief: Brief = False,
    as_json: Json = False,
    workspace: Workspace = HERE,
    as_of: AsOf = None,
    lang: Lang = LanguageChoice.ID,
) -> None:
    """Show where a region stands and which way it goes; with --all, write the verdicts on every region."""
    day, opened, codes = day_of(as_of), open_workspace(workspace), _known(indicator or ())
    if everywhere and region is None and xlsx is not None:
        _write_all(opened, day, codes or sorted(indicators()), xlsx, lang.language)
        return
    if region is None or everywhere or xlsx is not None:
        raise RegionOrAll("diagnose-region-or-all")
    found = diagnosis_of(opened, region_of(region), on=day, codes=codes or list(indicators()))
    blocks = once((*diagnosis_summary(found), *(() if brief else diagnosis_blocks(found))))
    show_answer(Answer(blocks, day, found.findings), lang.language, as_json=as_json)


def _write_all(opened: Opened, day: date, codes: Sequence[str], path: Path, language: Language) -> None:
    table = verdicts_of(opened, on=day, codes=codes)
    content = sheet_bytes(told(table, language), name=fill("cli.diagnose.sheet", language), as_of=day)
    write_whole_bytes(path, content)
    counts = {"regions": str(table["region"].n_unique()), "rows": str(table.height)}
    tell(fill("cli.diagnose.written", language, file=path.name, day=day.isoformat(), **counts))


def chart(
    region: RegionCode,
    indicator: Annotated[str, typer.Argument(metavar="INDICATOR", help="Code of an indicator, such as POV.P0.")],
    out: Annotated[Path, typer.Option("--out", help="The file to write: .svg, .png or .html.")],
    kind: Annotated[Kind, typer.Option("--kind", help="Regions beside each other, or years.")] = Kind.POSITION,
    workspace: Workspace = HERE,
    as_of: AsOf = None,
    lang: Lang = LanguageChoice.ID,
) -> None:
    """Draw where a region stands in an indicator, or which way it goes."""
    codes = _known([indicator])
    found = diagnosis_of(open_workspace(workspace), region_of(region), on=day_of(as_of), codes=codes)
    picture = PICTURES[kind](found, indicator)
    if picture is None:
        raise NothingToDraw("chart-nothing", indicator=indicator, region=found.region.name)
    write_chart(picture, out, language=lang.language)
    tell(fill("cli.chart.written", lang.language, file=out.name))


def _known(codes: Collection[str]) -> list[str]:
    """Return each code once, in the order in which they were named."""
    for code in codes:
        if code not in indicators():
            raise IndicatorUnknown("indicator-code-unknown", code=code)
    return list(dict.fromkeys(codes))
