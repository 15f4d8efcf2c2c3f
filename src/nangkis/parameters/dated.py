"""What a dated value is, and how the one in force on a day is found."""

from __future__ import annotations

import difflib
import hashlib
import json
import re
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
        found = self.in_force(name, day)
        if found is None:
            raise ParameterMissing("parameter-missing", name=name, day=day.isoformat())
        return found

    def in_force(self, name: str, day: date) -> Parameter | None:
        """Return the value in force on a day; None when there is none, for old years stay readable."""
        for parameter in reversed(self.by_name.get(name, ())):
            if parameter.in_force_from <= day and (parameter.until is None or day < parameter.until):
                return parameter
        return None

    def with_overrides(self, overrides: Parameters) -> Parameters:
        """Return these values with a region's own ones in place of whole names.

        Raises OverrideRefused for a name that is not here, or a value of another shape: such a file would do nothing,
        or break the room that reads it, and the region would never know.
        """
        for name, values in overrides.by_name.items():
            if name not in self.by_name:
                near = ", ".join(difflib.get_close_matches(name, self.by_name, n=3)) or "—"
                raise OverrideRefused("parameter-override-unknown", file=f"{name}.yaml", near=near)
            for value in values:
                _check_shape(value, self.by_name[name][-1])
        return Parameters({**self.by_name, **overrides.by_name})


class OverrideRefused(RequestRefused):
    """A region's own parameter cannot stand in place of the packaged one; the values name the file and the day."""


def _check_shape(own: Parameter, packaged: Parameter) -> None:
    file, day = f"{own.name}.yaml", own.in_force_from.isoformat()
    if _kind(own.value) != _kind(packaged.value):
        wanted, found = _kind(packaged.value), _kind(own.value)
        raise OverrideRefused("parameter-override-kind", file=file, day=day, wanted=wanted, found=found)
    # Named numbers (limits, thresholds) are read one by one; lists of names may be longer or shorter in a region.
    if _kind(packaged.value) == "mapping" and all(_kind(entry) == "number" for entry in packaged.value.values()):
        wrong = set(packaged.value) ^ set(own.value)
        wrong |= {name for name, entry in own.value.items() if _kind(entry) != "number"}
        if wrong:
            raise OverrideRefused("parameter-override-keys", file=file, day=day, keys=", ".join(sorted(wrong)))


def _kind(value: Any) -> str:
    if isinstance(value, str):
        return "number" if _NUMBER.fullmatch(value) else "text"
    return "mapping" if isinstance(value, Mapping) else "list"


_NUMBER = re.compile(r"-?\d+(\.\d+)?")
