"""What the user said of a file against what it turned out to hold: nothing that was said is ignored in silence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from nangkis.budget import posture_schema as posture, schema as budget
from nangkis.budget.nomenclature import schema as nomenclature
from nangkis.budget.tagging.schema import LIST_KIND
from nangkis.indicators import schema as indicator
from nangkis.intake.layouts.protocol import SheetRefused
from nangkis.intake.limits import Thresholds
from nangkis.intake.request import Request
from nangkis.lake.manifest import Reading
from nangkis.planning import places_schema as wilayah, rpjmd_schema as rpjmd, tkpk_schema as tkpk
from nangkis.regions import boundaries
from nangkis.regions.register import Level, place
from nangkis.vocabulary.codes import CodeSystem, Region
from nangkis.vocabulary.findings import Finding, Severity
from nangkis.vocabulary.refusals import FileRefused


# What a table of each kind is not read by.
_OF_CODES = ("region", "year", "stage", "codes", "indicator", "period")
IDLE: Mapping[str, tuple[str, ...]] = {
    budget.KIND: ("codes", "indicator", "period", "nomenclature"),
    indicator.KIND: ("stage", "nomenclature"),
    wilayah.KIND: ("stage", "indicator", "period", "nomenclature"),
    rpjmd.KIND: ("stage", "codes", "indicator", "period", "nomenclature"),
    tkpk.KIND: ("year", "stage", "codes", "indicator", "period", "nomenclature"),
    boundaries.KIND: ("year", "stage", "indicator", "period", "nomenclature"),
    posture.KIND: ("stage", "codes", "indicator", "period", "nomenclature"),
    nomenclature.KIND: _OF_CODES,
    nomenclature.CLASSIFICATION: _OF_CODES,
    nomenclature.DECISION: (*_OF_CODES, "nomenclature"),
    LIST_KIND: ("stage", "codes", "indicator", "period", "nomenclature"),
}


class YearUnlikely(FileRefused):
    """A year was said that no file of a government is about."""


def check_year(request: Request, *, file: str, thresholds: Thresholds) -> None:
    """Raise YearUnlikely when the year that was said is none that is read as a year in files either."""
    if request.year is not None and not thresholds.earliest_year <= request.year <= thresholds.latest_year:
        bounds = {"earliest": str(thresholds.earliest_year), "latest": str(thresholds.latest_year)}
        raise YearUnlikely("year-unlikely", file=file, said=str(request.year), **bounds)


def check_options(reading: Reading, request: Request, *, file: str) -> tuple[Finding, ...]:
    """Return a note for each option that does not apply, and a warning for a region that the table does not touch.

    Raises SheetRefused when the region that was said and those of the table are numbered by different registers, the
    real and the fictional one: one of the two is not meant.
    """
    idle = (
        Finding("option-not-used", Severity.NOTE, reading.sheet, {"what": what, "said": str(said)})
        for what in IDLE[reading.kind]
        if (said := getattr(request, what)) is not None and not _of_its_owner(said, reading)
    )
    return (*idle, *_check_region(reading, request, file))


def _of_its_owner(said: object, reading: Reading) -> bool:
    """Say whether a code system is that of the table's own region, and so true though nothing is read by it."""
    return isinstance(said, CodeSystem) and said.name == Region.parse(reading.owner).system.name


def _check_region(reading: Reading, request: Request, file: str) -> Iterator[Finding]:
    if request.region is None or "region" not in reading.frame.columns:  # lists of codes are the nation's
        return
    said = place(request.region)
    regions = [Region.parse(text) for text in reading.frame["region"].unique()]
    if said.region.system not in {region.system for region in regions}:
        raise SheetRefused(
            "request-contradicts",
            file=file,
            sheet=reading.sheet,
            what="region",
            said=str(said.region),
            found=reading.owner,
        )
    if said.level is not Level.NATION and not any(_touch(said.region, region) for region in regions):
        values: dict[str, object] = {"said": str(said.region), "name": said.name, "owner": reading.owner}
        yield Finding("region-said-absent", Severity.WARNING, reading.sheet, values)


def _touch(one: Region, other: Region) -> bool:
    """Say whether one region is the other, or lies in it."""
    shorter, longer = sorted((one.digits, other.digits), key=len)
    return longer == shorter or longer.startswith(f"{shorter}.")
