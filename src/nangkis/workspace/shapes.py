"""Has a JSON value the form that it should have? Asked of what a stranger may have written; no key more, none less."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Each:
    """A list of values of one form."""

    of: Shape


@dataclass(frozen=True)
class Named:
    """An object of any keys, whose values have one form."""

    of: Shape


@dataclass(frozen=True)
class Either:
    """A value of one of some types; a bool is no int."""

    of: tuple[type, ...]


# A type; an object of exactly these keys; a list of exactly these values.
Shape = type | Mapping[str, "Shape"] | tuple["Shape", ...] | Each | Named | Either


def has_shape(value: Any, shape: Shape) -> bool:
    """Say whether the value has the form."""
    match shape:
        case Either(types):
            return type(value) in types
        case Each(each):
            return isinstance(value, list) and all(has_shape(entry, each) for entry in value)
        case Named(each):
            return isinstance(value, dict) and all(has_shape(entry, each) for entry in value.values())
        case Mapping():
            same_keys = isinstance(value, dict) and value.keys() == shape.keys()
            return same_keys and all(has_shape(value[name], shape[name]) for name in shape)
        case tuple():
            same_length = isinstance(value, list) and len(value) == len(shape)
            return same_length and all(map(has_shape, value, shape))
    return type(value) is shape
