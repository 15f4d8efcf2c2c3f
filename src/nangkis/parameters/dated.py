"""What a dated value is, and how the one in force on a day is found."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from nangkis.vocabulary.figures import Label, ParameterUse
from nangkis.vocabulary.refusals import RequestRefused
from nangkis.vocabulary.sources import Source


class ParameterMissing(RequestRefused):
    """No value of this name is in force on the day asked for."""


class Confidence(StrEnum):
    """How sure we are of a value, and why."""

    SEEN = "seen"  # read in the source that is named
    COMPUTED = "computed"  # computed on data that is named
    RECALLED = "recalled"  # known, not read again
    CHOSEN = "chosen"  # our own choice, with its reason in the source's place


@dataclass(frozen=True)
class Parameter:
    """One value with the days on which it holds: from ``in_force_from`` up to, not including, ``until``."""

    name: str
    title: Label
    in_force_from: date
    until: date | None
    value: Any
    unit: str
    source: Source
    confidence: Confidence
    verified_by: str | None
    verified_at: date | None

    @property
    def number(self) -> Decimal:
        """The value as an exact decimal."""
        return Decimal(self.value)

    @property
    def digest(self) -> str:
        """A fingerprint of the value: it changes when and only when the value does."""
        text = json.dumps(self.value, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    @property
    def use(self) -> ParameterUse:
        """How a figure names this value among the things that it depends on."""
        return ParameterUse(self.name, self.in_force_from.isoformat(), self.digest)


@dataclass(frozen=True)
class Parameters:
    """All dated values by name, each list in order of date."""

    by_name: Mapping[str, tuple[Parameter, ...]]

    def on(self, name: str, day: date) -> Parameter:
        """Return the value in force on a day. Raises ParameterMissing when there is none."""
        for parameter in reversed(self.by_name.get(name, ())):
            if parameter.in_force_from <= day and (parameter.until is None or day < parameter.until):
                return parameter
        raise ParameterMissing("parameter-missing", name=name, day=day.isoformat())

    def with_overrides(self, overrides: Parameters) -> Parameters:
        """Return these values with a region's own ones in place of whole names."""
        return Parameters({**self.by_name, **overrides.by_name})
