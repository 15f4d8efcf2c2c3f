"""What a document remembers of its making: the request, the tables, and each figure with how it was computed.

The record travels inside the document and lies beside it in ``runs/``. Its seal is a digest of all the rest, so that
a changed record is noticed. Whoever opens a document did not make it, perhaps: its record is read strictly.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from types import NoneType
from typing import Any

import nangkis
from nangkis.budget.schema import Stage
from nangkis.content.catalogue import LANGUAGES, Language
from nangkis.content.numbers import print_figure
from nangkis.documents.rpkd import Period, PeriodRefused
from nangkis.vocabulary.codes import CodeRefused, Region
from nangkis.vocabulary.figures import Figure, Method, Number, Origin, ParameterUse, Selection
from nangkis.vocabulary.refusals import RequestRefused
from nangkis.vocabulary.units import Unit
from nangkis.workspace.shapes import Each, Either, Named, Shape, has_shape


FORMAT = 1
NO_SEAL = ""
_TABLES = (
    '\n "tables": '  # a key of the record itself: no text in JSON holds a line's end, no inner key stands so far left
)
_DOCUMENT = re.compile("[a-z]{1,20}")
_PLACES = range(13)
_TEXT_OR_NONE = Either((str, NoneType))
_SELECTION: Shape = {"table": str, "where": Each((str, Each(Either((str, int))))), "column": str}
_FIGURE: Shape = {
    "key": str,
    "value": (str, str),
    "unit": str,
    "places": int,
    "method": (str, int),
    "inputs": Each(_SELECTION),
    "parameters": Each((str, str, str)),
    "text": str,
    "times": int,
}
_RECORD: Shape = {
    "format": int,
    "request": {
        "document": str,
        "region": str,
        "language": str,
        "as_of": str,
        "period": _TEXT_OR_NONE,
        "year": Either((int, NoneType)),
        "stage": _TEXT_OR_NONE,
    },
    "tables": Each(str),
    "made_with": str,
    "figures": Named(_FIGURE),
    "seal": str,
}


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

    @cached_property
    def unsealed(self) -> str:
        """All but the seal as JSON, its keys sorted: the longest work on a record, done once."""
        return json.dumps(_plain(self), indent=1, sort_keys=True, ensure_ascii=False)

    def to_bytes(self) -> bytes:
        """Return the record as JSON, the same for the same record; the seal stands where it is sorted to."""
        before, tables, after = self.unsealed.partition(_TABLES)
        return f'{before}\n "seal": {json.dumps(self.seal, ensure_ascii=False)},{tables}{after}'.encode()

    def sealed(self) -> Record:
        """Return the record with the seal that fits it."""
        made = replace(self, seal=_seal(self))
        vars(made)["unsealed"] = self.unsealed  # says nothing of the seal, so it is the same
        return made


def make_record(
    request: Request, tables: tuple[str, ...], figures: Mapping[str, Figure], times: Mapping[str, int]
) -> Record:
    """Record the figures of a document, with how many times each is printed, and seal them."""
    kept = {
        name: KeptFigure(figure, print_figure(figure, request.language), times.get(name, 0))
        for name, figure in figures.items()
    }
    return Record(request, tables, dict(sorted(kept.items())), nangkis.__version__, NO_SEAL).sealed()


def read_record(content: bytes) -> Record:
    """Read a record, whatever its seal says. Raises RecordRefused for what is no record of ours.

    The seal is on the bytes: a record that says the same in other bytes comes back with a seal that does not fit.
    """
    try:
        record = _record(json.loads(content))
        as_written = record.to_bytes() == content
    except (ValueError, KeyError, TypeError, ArithmeticError, RecursionError, CodeRefused, PeriodRefused) as error:
        raise RecordRefused("record-broken", why=type(error).__name__) from None
    return record if as_written else replace(record, seal=NO_SEAL)


def _record(plain: Any) -> Record:
    found = plain.get("format") if isinstance(plain, dict) else None
    if type(found) is int and found > FORMAT:
        raise RecordRefused("record-newer", found=str(found), known=str(FORMAT))
    if found != FORMAT or not has_shape(plain, _RECORD):
        raise ValueError("the form of the record")
    figures = {name: _figure(entry, plain["request"]["language"]) for name, entry in plain["figures"].items()}
    if any(name != kept.figure.id for name, kept in figures.items()):
        raise ValueError("a figure's name that does not come from its key")
    return Record(_request(plain["request"]), tuple(plain["tables"]), figures, plain["made_with"], plain["seal"])


def _request(plain: Mapping[str, Any]) -> Request:
    """Read a request, all of whose words must be ones that can be asked with."""
    Region.parse(plain["region"])
    if plain["period"] is not None:
        Period.parse(plain["period"])
    if plain["stage"] is not None:
        Stage(plain["stage"])
    if plain["year"] is not None:
        date(plain["year"], 1, 1)
    if plain["language"] not in LANGUAGES or _DOCUMENT.fullmatch(plain["document"]) is None:
        raise ValueError("the language or the kind of document")
    return Request(**{**plain, "as_of": date.fromisoformat(plain["as_of"])})


def is_sealed(record: Record) -> bool:
    """Say whether the seal still fits the rest."""
    return record.seal == _seal(record)


def _seal(record: Record) -> str:
    return hashlib.sha256(record.unsealed.encode()).hexdigest()


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


def _figure(plain: Mapping[str, Any], language: Language) -> KeptFigure:
    origin = Origin(
        method=Method(*plain["method"]),
        inputs=tuple(
            Selection(entry["table"], tuple((c, tuple(v)) for c, v in entry["where"]), entry["column"])
            for entry in plain["inputs"]
        ),
        parameters=tuple(ParameterUse(*entry) for entry in plain["parameters"]),
    )
    if plain["places"] not in _PLACES or plain["times"] < 0:
        raise ValueError("a figure's places or times")
    figure = Figure(plain["key"], _number(*plain["value"]), Unit(plain["unit"]), plain["places"], origin)
    print_figure(figure, language)  # a number that cannot be printed was never in a document
    return KeptFigure(figure, plain["text"], plain["times"])


def _number(kind: str, text: str) -> Number:
    kinds: Mapping[str, type[Number]] = {"int": int, "float": float, "Decimal": Decimal}
    number = kinds[kind](text)
    if not math.isfinite(number):
        raise ValueError("a number that is none")
    return number
