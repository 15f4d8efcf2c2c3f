"""The outline of a document, read strictly from its dated profile."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from nangkis.parameters.dated import Parameter
from nangkis.vocabulary.figures import Label
from nangkis.vocabulary.refusals import RequestRefused


class OutlineRefused(RequestRefused):
    """An outline names a block that is not known, or lacks a key."""


@dataclass(frozen=True)
class Section:
    """A section: its number and title, and the names of the blocks that fill it."""

    number: Label
    title: Label
    blocks: tuple[str, ...]


@dataclass(frozen=True)
class Chapter:
    """A chapter and its sections."""

    number: Label
    title: Label
    sections: tuple[Section, ...]


def read_outline(profile: Parameter, *, known_blocks: Collection[str]) -> tuple[Chapter, ...]:
    """Read an outline profile. Raises OutlineRefused for an unknown block or a missing key."""
    try:
        return tuple(_chapter(entry, known_blocks) for entry in profile.value)
    except (KeyError, TypeError) as error:
        raise OutlineRefused("outline-key-missing", profile=profile.name, key=str(error).strip("'")) from None


def _chapter(entry: Mapping[str, Any], known_blocks: Collection[str]) -> Chapter:
    sections = tuple(_section(section, known_blocks) for section in entry["sections"])
    return Chapter(_named(entry["number"]), _named(entry["title"]), sections)


def _section(entry: Mapping[str, Any], known_blocks: Collection[str]) -> Section:
    if unknown := [name for name in entry["blocks"] if name not in known_blocks]:
        known = ", ".join(sorted(known_blocks))
        raise OutlineRefused("outline-block-unknown", block=unknown[0], section=entry["number"], known=known)
    return Section(Label(entry["number"]), _named(entry["title"]), tuple(entry["blocks"]))


def _named(names: Mapping[str, str]) -> Label:
    return Label(names["id"], names["en"])
