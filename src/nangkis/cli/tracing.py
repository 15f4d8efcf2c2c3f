"""A trace as text and as JSON values."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from nangkis.content.catalogue import Language
from nangkis.content.messages import fill, table_words
from nangkis.content.numbers import around_number, print_number
from nangkis.content.sentences import spoken
from nangkis.vocabulary.sources import Source
from nangkis.vocabulary.units import Unit
from nangkis.workspace.tracing import Trace, TracedInput, TracedRule


def as_text(found: Trace, language: Language) -> str:
    """Return the trace in sentences, one a line."""
    return "\n".join(_lines(found, language))


def as_plain(found: Trace, language: Language) -> dict[str, Any]:
    """Return the trace as JSON values."""
    figure = found.kept.figure
    return {
        "id": found.id,
        "key": figure.key,
        "text": found.kept.text,
        "method": str(figure.origin.method),
        "formula": fill(f"method.{figure.origin.method.name}", language),
        "inputs": [_plain_input(entry, language) for entry in found.inputs],
        "parameters": [_plain_rule(rule, language) for rule in found.rules],
    }


def _lines(found: Trace, language: Language) -> Iterator[str]:
    figure = found.kept.figure
    yield fill("cli.trace.figure", language, id=found.id, text=found.kept.text, key=figure.key)
    formula = fill(f"method.{figure.origin.method.name}", language)
    yield fill("cli.trace.formula", language, formula=formula, method=figure.origin.method)
    for entry in found.inputs:
        yield from _input_lines(entry, language)
    for rule in found.rules:
        yield from _rule_lines(rule, language)


def _rule_lines(rule: TracedRule, language: Language) -> Iterator[str]:
    today = rule.today
    if today is None:
        yield fill("cli.trace.rule-gone", language, name=rule.use.name)
        return
    source, place = _told_source(today.source, language)
    yield fill(
        "cli.trace.parameter",
        language,
        name=today.name,
        value=_short(today.value),
        source=source,
        place=place,
        confidence=fill(f"word.confidence.{today.confidence}", language),
    )
    if rule.has_changed:
        yield fill("cli.trace.rule-changed", language)


def _input_lines(entry: TracedInput, language: Language) -> Iterator[str]:
    if entry.manifest is None:
        yield fill("cli.trace.table-absent", language, table=entry.selection.table)
        return
    if entry.count == 0:
        return
    yield fill(
        "cli.trace.input",
        language,
        title=table_words(entry.manifest.kind, entry.manifest.about, language),
        file=entry.manifest.source.name,
        sheet=entry.manifest.sheet,
        range=entry.manifest.cell_range,
        count=entry.count,
        table=entry.selection.table,
    )
    if entry.superseded_by is not None:
        yield fill("cli.trace.superseded", language, by=entry.superseded_by)
    if entry.total is not None and entry.count > 1:
        yield fill("cli.trace.total", language, total=_number(entry.total, entry.unit, 0, language))
    for cell in entry.cells:
        value = _number(cell.value, entry.unit, cell.places, language)
        keys = ", ".join(text for _, text in cell.keys)
        yield fill("cli.trace.cell", language, cell=f"{cell.sheet}!{cell.cell}", value=value, keys=keys)


def _number(value: object, unit: Unit | None, places: int, language: Language) -> str:
    if not isinstance(value, int | float | Decimal) or unit is None:
        return "—" if value is None else str(value)
    before, after = around_number(unit, language)
    return before + print_number(value, places=places, language=language, unit=unit) + after


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 60 else text[:57] + "…"  # noqa: PLR2004 - a line on a screen


def _told_source(source: Source, language: Language) -> tuple[str, str]:
    """Return title and place of a rule's source as the reader's language has them."""
    title, place = (spoken(label, language) for label in source.labels)
    return title, place


def _plain_rule(rule: TracedRule, language: Language) -> dict[str, Any]:
    today = rule.today
    source, place = _told_source(today.source, language) if today else (None, None)
    return {
        "name": rule.use.name,
        "changed": rule.has_changed,
        "value": today.value if today else None,
        "source": source,
        "place": place,
    }


def _plain_input(entry: TracedInput, language: Language) -> dict[str, Any]:
    manifest = entry.manifest
    return {
        "table": entry.selection.table,
        "file": manifest.source.name if manifest else None,
        "title": table_words(manifest.kind, manifest.about, language) if manifest else None,
        "superseded_by": entry.superseded_by,
        "count": entry.count,
        "sum": None if entry.total is None else str(entry.total),
        "cells": [
            {"sheet": cell.sheet, "cell": cell.cell, "value": cell.value, "keys": dict(cell.keys)}
            for cell in entry.cells
        ],
    }
