"""A table beside those that are accepted already: what they say of the same facts, and what all say together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from nangkis.budget import posture_schema
from nangkis.indicators import schema as indicator_schema
from nangkis.intake.checks.across import Accepted, check_across, linked
from nangkis.intake.checks.listing import collected
from nangkis.intake.checks.posture_years import check_silpa
from nangkis.intake.reading import SheetOutcome
from nangkis.intake.rules import rules_on
from nangkis.lake.manifest import Reading
from nangkis.lake.store import Lake
from nangkis.vocabulary.findings import Finding
from nangkis.workspace.opened import Workspace


def beside_accepted(
    workspace: Workspace, outcome: SheetOutcome, reading: Reading, *, replaced: str | None, on: date
) -> tuple[SheetOutcome, Reading]:
    """Return a sheet and its reading with the findings between it and the tables that count, but for the replaced."""
    rules = rules_on(workspace.parameters, on)
    found: Iterable[Finding] = ()
    if reading.kind == indicator_schema.KIND:
        found = check_across(reading.frame, tuple(_accepted(workspace.lake, reading, replaced)), rules)
    elif reading.kind == posture_schema.KIND:
        found = check_silpa(reading.frame, tuple(_postures(workspace.lake, reading, replaced)), rules.posture)
    found = collected(found, sheet=outcome.sheet, limits=rules.limits)
    if not found:
        return outcome, reading
    reading = replace(reading, findings=(*reading.findings, *found))
    return replace(outcome, reading=reading, findings=(*outcome.findings, *found)), reading


def _accepted(lake: Lake, reading: Reading, replaced: str | None) -> Iterator[Accepted]:
    """Yield the tables that speak of the same indicators or linked ones, the latest first."""
    asked = linked(reading.about["indicators"].split(","))
    for held in reversed(lake.live()):
        if held.kind != reading.kind or held.id == replaced or held.content_sha256 == reading.content_sha256:
            continue
        if asked & set(held.about["indicators"].split(",")):
            yield Accepted(held.title, held.source.name, lake.rows(held.id))


def _postures(lake: Lake, reading: Reading, replaced: str | None) -> Iterator[Accepted]:
    """Yield the region's postures of the years beside this one, the latest first."""
    year = int(reading.about["year"])
    for held in reversed(lake.live()):
        if (held.kind, held.owner) != (reading.kind, reading.owner) or held.id == replaced:
            continue
        if abs(int(held.about["year"]) - year) == 1:
            yield Accepted(held.title, held.source.name, lake.rows(held.id))
