"""What a document remembers of its making: the request, the tables, and each figure with how it was computed.

The record travels inside the document and lies beside it in ``runs/``. Its seal is a digest of all the rest, so that
a changed record is noticed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import nangkis
from nangkis.content.catalogue import Language
from nangkis.content.numbers import print_figure
from nangkis.vocabulary.figures import Figure, Method, Number, Origin, ParameterUse, Selection
from nangkis.vocabulary.refusals import RequestRefused
from nangkis.vocabulary.units import Unit


FORMAT = 1


class RecordRefused(RequestRefused):
    """A document's record is newer than this program, or is no record."""


@dataclass(frozen=True)
class Request:
    """What was asked for: enough, with the tables, to make the same document again."""

    document: str
    region: str
    language: Language
    as_of: date
    period: str | None
    year: int | None
    stage: str | None


@dataclass(frozen=True)
class KeptFigure:
    """A figure as the document printed it: its text, and how many times (0: only drawn in a chart)."""

    figure: Figure
    text: str
    times: int


@dataclass(frozen=True)
class Record:
    """The record of one made document."""

    request: Request
    tables: tuple[str, ...]
    figures: Mapping[str, KeptFigure]
    made_with: str
    seal: str

    @property
    def run(self) -> str:
        """The name of the run's folder."""
        return f"{self.request.document}-{self.seal[:12]}"

    def to_bytes(self) -> bytes:
        """Return the record as JSON, the same for the same record."""
        return _text({**_plain(self), "seal": self.seal}).encode()


def make_record(
    request: Request, tables: tuple[str, ...], figures: Mapping[str, Figure], times: Mapping[str, int]
) -> Record:
    """Record the figures of a document, with how many times each is printed, and seal them."""
    kept = {
        name: KeptFigure(figure, print_figure(figure, request.language), times.get(name, 0))
        for name, figure in figures.items()
    }
    unsealed = Record(request, tables, dict(sorted(kept.items())), nangkis.__version__, "")
    return Record(request, tables, unsealed.figures, unsealed.made_with, _seal(unsealed))


def read_record(content: bytes) -> Record:
    """Read a record, whatever its seal says. Raises RecordRefused for what is no record of ours."""
    try:
        plain = json.loads(content)
        if plain["format"] > FORMAT:
            raise RecordRefused("record-newer", found=str(plain["format"]), known=str(FORMAT))
        request = Request(**{**plain["request"], "as_of": date.fromisoformat(plain["request"]["as_of"])})
        figures = {name: _figure(entry) for name, entry in plain["figures"].items()}
        return Record(request, tuple(plain["tables"]), figures, plain["made_with"], plain["seal"])
    except (ValueError, KeyError, TypeError, ArithmeticError) as error:
        raise RecordRefused("record-broken", why=type(error).__name__) from None


def is_sealed(record: Record) -> bool:
    """Say whether the seal still fits the rest."""
    return record.seal == _seal(record)


def _seal(record: Record) -> str:
    return hashlib.sha256(_text(_plain(record)).encode()).hexdigest()


def _text(plain: Mapping[str, Any]) -> str:
    return json.dumps(plain, indent=1, sort_keys=True, ensure_ascii=False)


def _plain(record: Record) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "request": {**asdict(record.request), "as_of": record.request.as_of.isoformat()},
        "tables": list(record.tables),
        "made_with": record.made_with,
        "figures": {
            name: plain_figure(kept.figure) | {"text": kept.text, "times": kept.times}
            for name, kept in record.figures.items()
        },
    }


def plain_figure(figure: Figure) -> dict[str, Any]:
    """Return a figure as JSON values; the number as exact text with its kind."""
    return {
        "key": figure.key,
        "value": [
            type(figure.value).__name__,
            repr(figure.value) if isinstance(figure.value, float) else str(figure.value),
        ],
        "unit": str(figure.unit),
        "places": figure.places,
        "method": [figure.origin.method.name, figure.origin.method.version],
        "inputs": [
            {"table": selection.table, "where": [[c, list(v)] for c, v in selection.where], "column": selection.column}
            for selection in figure.origin.inputs
        ],
        "parameters": [[use.name, use.in_force_from, use.digest] for use in figure.origin.parameters],
    }


def _figure(plain: Mapping[str, Any]) -> KeptFigure:
    kinds: Mapping[str, type[Number]] = {"int": int, "float": float, "Decimal": Decimal}
    kind, text = plain["value"]
    origin = Origin(
        method=Method(*plain["method"]),
        inputs=tuple(
            Selection(entry["table"], tuple((c, tuple(v)) for c, v in entry["where"]), entry["column"])
            for entry in plain["inputs"]
        ),
        parameters=tuple(ParameterUse(*entry) for entry in plain["parameters"]),
    )
    figure = Figure(plain["key"], kinds[kind](text), Unit(plain["unit"]), plain["places"], origin)
    return KeptFigure(figure, plain["text"], plain["times"])
