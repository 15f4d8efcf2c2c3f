"""``nangkis diagnose`` and ``nangkis chart``: where regions stand and which way they go."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
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
from nangkis.diagnosis.against import ComparisonMeaningless, check_against, held_against
from nangkis.diagnosis.diagnose import Diagnosis
from nangkis.diagnosis.dimension_exhibits import dimension_picture
from nangkis.diagnosis.every_words import told
from nangkis.diagnosis.exhibits import diagnosis_blocks, diagnosis_summary, position_picture, trend_picture
from nangkis.diagnosis.map_exhibits import map_picture
from nangkis.diagnosis.place_exhibits import place_blocks
from nangkis.diagnosis.position import Against
from nangkis.diagnosis.quadrant_exhibits import quadrant_picture
from nangkis.diagnosis.rules import rules_on
from nangkis.indicators.catalogue import indicators
from nangkis.indicators.dimensions import dimension_of
from nangkis.lake.files import write_whole_bytes
from nangkis.outputs.excel.plain import sheet_bytes
from nangkis.regions import register
from nangkis.regions.boundaries import Borders
from nangkis.vocabulary.codes import Region
from nangkis.vocabulary.refusals import RequestRefused
from nangkis.workspace.answering import borders_beside, diagnosis_of, verdicts_of
from nangkis.workspace.charting import write_chart
from nangkis.workspace.opened import Workspace as Opened, open_workspace


class IndicatorUnknown(RequestRefused):
    """The catalogue has no indicator of this code."""


class NothingToDraw(RequestRefused):
    """There are too few values for the picture that was asked for."""


class RegionOrAll(RequestRefused):
    """Neither one region nor all of them were asked for, or both."""


class Kind(StrEnum):
    """What a chart shows: the regions in order, by two indicators or in their borders; or years of one or many."""

    POSITION = "position"
    TREND = "trend"
    QUADRANT = "quadrant"
    MAP = "map"
    MULTIPLES = "multiples"


@dataclass(frozen=True)
class Asked:
    """What a picture is made from: the diagnosis, the indicator, what it is held against, and the borders."""

    found: Diagnosis
    indicator: str
    against: Against | None
    borders: Callable[[], Borders]


PICTURES: Mapping[Kind, Callable[[Asked], Picture | None]] = {
    Kind.POSITION: lambda asked: position_picture(asked.found, asked.indicator),
    Kind.TREND: lambda asked: trend_picture(asked.found, asked.indicator),
    Kind.QUADRANT: lambda asked: quadrant_picture(asked.found, asked.indicator, asked.against),
    Kind.MULTIPLES: lambda asked: dimension_picture(asked.found, dimension_of(asked.indicator)),
    Kind.MAP: lambda asked: map_picture(asked.found, asked.indicator, asked.borders()),
}
# What each kind may be held against; a series has no reference of its own.
HOLDS: Mapping[Kind, tuple[Against, ...]] = {
    Kind.POSITION: tuple(Against),
    Kind.TREND: (),
    Kind.MULTIPLES: (),
    Kind.QUADRANT: (Against.PROVINCE, Against.NATION),
    Kind.MAP: (Against.PROVINCE, Against.NATION),
}
Codes = Annotated[
    list[str] | None, typer.Option("--indicator", help="Code of an indicator, such as POV.P0; repeat it for more.")
]
HeldAgainst = Annotated[
    Against | None,
    typer.Option("--against", help="What a position is held against; by default what lies right above the region."),
]


def add_to(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.command()(diagnose)
    app.command()(chart)


def diagnose(
    region: Annotated[str | None, typer.Argument(metavar="[REGION]", help=REGION_HELP)] = None,
    indicator: Codes = None,
    against: HeldAgainst = None,
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
    if everywhere and against is not None:
        raise RegionOrAll("against-of-all")
    if everywhere and region is None and xlsx is not None:
        _write_all(opened, day, codes or sorted(indicators()), xlsx, lang.language)
        return
    if region is None or everywhere or xlsx is not None:
        raise RegionOrAll("diagnose-region-or-all")
    here = region_of(region)
    if against is not None:
        check_against(register.place(here), against, codes)
    found = _diagnosed(opened, here, day, codes or list(indicators()), against)
    rest = (
        () if brief else (*diagnosis_blocks(found), *place_blocks(found, borders_beside(opened, found.region.region)))
    )
    blocks = once((*diagnosis_summary(found), *rest))
    show_answer(Answer(blocks, day, found.findings), lang.language, as_json=as_json)


def _diagnosed(opened: Opened, region: Region, day: date, codes: Sequence[str], against: Against | None) -> Diagnosis:
    """Return a region's diagnosis in these indicators, held against what was asked for."""
    found = diagnosis_of(opened, region, on=day, codes=codes)
    return found if against is None else held_against(found, against)


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
    kind: Annotated[
        Kind,
        typer.Option(
            "--kind",
            help="Regions in order, over the years, by the indicator and its pair in diagnosis_kuadran, on a map; "
            "or the years of all in the indicator's dimension.",
        ),
    ] = Kind.POSITION,
    against: HeldAgainst = None,
    workspace: Workspace = HERE,
    as_of: AsOf = None,
    lang: Lang = LanguageChoice.ID,
) -> None:
    """Draw where a region stands in an indicator, or which way it goes."""
    day, opened, (code,) = day_of(as_of), open_workspace(workspace), _known([indicator])
    if against is not None and against not in HOLDS[kind]:
        raise ComparisonMeaningless("against-of-chart", kind=kind.value, against=against.value)
    here = region_of(region)
    if against is not None:
        check_against(register.place(here), against, [code])
    found = _diagnosed(opened, here, day, _needed(opened, day, kind, code), against)
    asked = Asked(found, code, against, lambda: borders_beside(opened, found.region.region))
    picture = PICTURES[kind](asked)
    if picture is None:
        nothing = "chart-nothing-beside" if kind in {Kind.QUADRANT, Kind.MAP} else "chart-nothing"
        raise NothingToDraw(nothing, indicator=code, region=found.region.name)
    write_chart(picture, out, language=lang.language)
    tell(fill("cli.chart.written", lang.language, file=out.name))


def _needed(opened: Opened, day: date, kind: Kind, code: str) -> list[str]:
    """Return the indicators that a picture is made from: for small multiples all, for a quadrant those of its pair."""
    if kind is Kind.MULTIPLES:
        return list(indicators())
    pairs = rules_on(opened.parameters, day).quadrants if kind is Kind.QUADRANT else ()
    return list(dict.fromkeys([code, *next((pair for pair in pairs if code in pair), ())]))


def _known(codes: Collection[str]) -> list[str]:
    """Return each code once, in the order in which they were named."""
    for code in codes:
        if code not in indicators():
            raise IndicatorUnknown("indicator-code-unknown", code=code)
    return list(dict.fromkeys(codes))
