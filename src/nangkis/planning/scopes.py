"""Which part of the tagged budget answers a problem: the rule that says so, read strictly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from nangkis.indicators.catalogue import indicators
from nangkis.indicators.dimensions import Dimension, dimension_of
from nangkis.parameters.dated import Parameter
from nangkis.vocabulary.refusals import RequestRefused


class ScopesRefused(RequestRefused):
    """The rule is not as it must be; the values name the file, the day, the entry and what is wrong."""


class Tagged(StrEnum):
    """The column of the tagged lines by which a scope is cut."""

    STRATEGY = "strategy"
    DIMENSION = "dimension"


@dataclass(frozen=True)
class Scope:
    """All lines that are tagged to one strategy, or to one dimension of poverty, by its ``code``."""

    by: Tagged
    code: str


Scopes = Mapping[str, tuple[Scope, ...]]  # by the code of an indicator
_KEYS = {"strategies": Tagged.STRATEGY, "dimensions": Tagged.DIMENSION}


def scopes(rule: Parameter) -> Scopes:
    """Return what answers a problem of each indicator of the catalogue.

    Raises ScopesRefused for a rule that is broken, names an indicator or a dimension that is not known, or lacks one.
    """
    if not isinstance(rule.value, Mapping) or set(rule.value) != {"dimensions", "indicators"}:
        raise _refused(rule, rule.name, "needs exactly dimensions, indicators")
    of_dimension, of_indicator = rule.value["dimensions"] or {}, rule.value["indicators"] or {}
    if odd := set(of_dimension) ^ set(Dimension):
        raise _refused(rule, min(odd), f"dimensions are exactly {', '.join(Dimension)}")
    if unknown := set(of_indicator) - set(indicators()):
        raise _refused(rule, min(unknown), "is no indicator of the catalogue")
    read = {name: _read(rule, name, entry) for name, entry in {**of_dimension, **of_indicator}.items()}
    return {code: read[code] if code in of_indicator else read[dimension_of(code)] for code in indicators()}


def _read(rule: Parameter, name: str, entry: Any) -> tuple[Scope, ...]:
    if not isinstance(entry, Mapping) or len(entry) != 1 or set(entry) - set(_KEYS):
        raise _refused(rule, name, f"needs one of {', '.join(_KEYS)}")
    ((key, codes),) = entry.items()
    if not isinstance(codes, list) or len(set(map(str, codes))) != len(codes):
        raise _refused(rule, name, "is no list of codes, each once")
    return tuple(Scope(_KEYS[key], str(code)) for code in codes)


def _refused(rule: Parameter, entry: str, why: str) -> ScopesRefused:
    day = rule.in_force_from.isoformat()
    return ScopesRefused("problem-scopes-broken", file=f"{rule.name}.yaml", day=day, entry=entry, why=why)
