"""Chapters V and VI of the RPKD: places, monitoring, reporting."""

from __future__ import annotations

from collections.abc import Iterator

from nangkis.content.sentences import sentence
from nangkis.content.tree import Block, Cell, Column, Empty, Missing, Paragraph, Row, Table
from nangkis.diagnosis.tables import sources_of
from nangkis.diagnosis.trend import Trend
from nangkis.diagnosis.wording import name_of
from nangkis.documents.materials import Materials
from nangkis.indicators.catalogue import Direction, Indicator
from nangkis.planning.ceilings import TARGETS, Ceilings
from nangkis.planning.target_exhibits import base_of
from nangkis.planning.targets import promised, targets_of
from nangkis.planning.telling import each_once, plan_sources
from nangkis.regions.register import Level
from nangkis.vocabulary.figures import Label, Ordinal


def monitoring(materials: Materials) -> tuple[Block, ...]:
    """The indicators that are watched, each with its latest value and the last target of the RPJMD."""
    plan = materials.ceilings
    columns = (
        Column(sentence("rpkd.monitoring.column.indicator"), 0.34),
        Column(sentence("planning.targets.column.unit"), 0.18),
        Column(sentence("planning.targets.column.base"), 0.12, numeric=True),
        Column(sentence("planning.targets.column.base-year"), 0.12, numeric=True),
        Column(sentence("rpkd.monitoring.column.target"), 0.12, numeric=True),
        Column(sentence("rpkd.monitoring.column.target-year"), 0.12, numeric=True),
    )
    latest = tuple((course.indicator, course.comparable[-1]) for course in _watched(materials))
    rows = tuple(
        Row(
            (
                name_of(indicator),
                sentence(f"unit.{indicator.unit}.head"),
                *base_of(fact),
                *_last_target(plan, indicator),
            )
        )
        for indicator, fact in latest
    )
    if not rows:
        return (Empty(sentence("rpkd.monitoring.empty.why"), sentence("rpkd.monitoring.empty.do")),)
    sources = each_once(sources_of(materials.diagnosis, (fact for _, fact in latest)), plan_sources(plan))
    table = Table(sentence("rpkd.monitoring.table"), columns, rows, sources=sources)
    return (Paragraph((sentence("rpkd.monitoring.intro"),)), table)


def _watched(materials: Materials) -> Iterator[Trend]:
    """Yield the indicators that plans are judged by, then those of further problems, in the order of these.

    A context indicator, such as the poverty line, follows prices: no plan sets a target for it.
    """
    found = materials.diagnosis
    courses = {course.indicator.code: course for course in found.trends}
    main = [code for code, course in courses.items() if course.indicator.diagnosed]
    codes = dict.fromkeys((*main, *(problem.indicator for problem in found.problems)))
    yield from (courses[code] for code in codes if courses[code].indicator.direction is not Direction.CONTEXT)


def _last_target(plan: Ceilings | None, indicator: Indicator) -> tuple[Cell, Cell]:
    """Return the last target of the RPJMD and its year."""
    if plan is None:
        return (Missing(sentence("rpkd.monitoring.target.missing")),) * 2
    told = targets_of(plan, indicator)
    found = None if told is None else promised(told, TARGETS[-1])
    if found is None:
        return (Missing(sentence("planning.targets.missing")),) * 2
    return found, Ordinal(plan.years[-1])


def reporting(materials: Materials) -> tuple[Block, ...]:
    """The reports that are due, from the reporting calendar: a province reports elsewhere than its regions do."""
    rule = materials.rule("pelaporan_tkpk")
    level = materials.region.level
    due = [] if rule is None else [one for one in rule.value if level in one.get("levels", [level])]
    if rule is None or not due:
        return (Empty(sentence("rpkd.reporting.empty.why"), sentence("rpkd.reporting.empty.do")),)
    columns = (
        Column(sentence("rpkd.reporting.column.document"), 0.24),
        Column(sentence("rpkd.reporting.column.period"), 0.12),
        Column(sentence("rpkd.reporting.column.route"), 0.26),
        Column(sentence("rpkd.reporting.column.due"), 0.20),
        Column(sentence("rpkd.reporting.column.basis"), 0.18),
    )
    parts = ("document", "period", "route", "due", "basis")
    rows = tuple(Row(tuple(Label(report[part]["id"], report[part]["en"]) for part in parts)) for report in due)
    asked = "rpkd.reporting.unverified.province" if level is Level.PROVINCE else "rpkd.reporting.unverified"
    notes = () if rule.verified_at else (sentence(asked),)
    return (Table(sentence("rpkd.reporting.table"), columns, rows, notes=notes),)


def closing(_: Materials) -> tuple[Block, ...]:
    """The closing words."""
    return (Paragraph((sentence("rpkd.closing"),)),)
