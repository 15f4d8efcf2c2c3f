"""Sentences that cannot hold an untraceable number.

A sentence is a catalogue code and what fills it: figures, labels and other sentences. Plain text is refused, and the
catalogue's own texts hold no digits, so whatever digit a reader sees is a figure with an origin or a label.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from nangkis.content.catalogue import PLACEHOLDER, Language, template
from nangkis.content.numbers import around_number, print_figure
from nangkis.vocabulary.figures import Figure, Label


@dataclass(frozen=True)
class Sentence:
    """A sentence, or a phrase inside one; made by :func:`sentence`."""

    code: str
    values: Mapping[str, Value]


Value = Figure | Label | Sentence
Run = str | Figure


def sentence(code: str, /, **values: Value) -> Sentence:
    """Make a sentence of the catalogue. Raises TypeError for bare text or numbers, KeyError for a missing value."""
    for name, value in values.items():
        if not isinstance(value, Figure | Label | Sentence):
            raise TypeError(f"{code}: {name}={value!r} is neither a Figure, a Label nor a Sentence")
    wanted = {match[1] for match in PLACEHOLDER.finditer(template(code, "id"))}
    if wanted != set(values):
        raise KeyError(f"{code}: needs {sorted(wanted)}, got {sorted(values)}")
    return Sentence(code, MappingProxyType(dict(values)))


def runs(piece: Value, language: Language, *, bare: bool = False) -> Iterator[Run]:
    """Yield the sentence as plain text and figures, in reading order; a figure's unit is plain text around it."""
    if isinstance(piece, Label):
        yield piece.english if language == "en" and piece.english is not None else piece.text
    elif isinstance(piece, Figure):
        before, after = ("", "") if bare else around_number(piece.unit, language)
        if before:
            yield before
        yield piece
        if after:
            yield after
    else:
        yield from _filled(piece, language)


def _filled(piece: Sentence, language: Language) -> Iterator[Run]:
    text = template(piece.code, language)
    end = 0
    for match in PLACEHOLDER.finditer(text):
        if match.start() > end:
            yield text[end : match.start()]
        yield from runs(piece.values[match[1]], language, bare=match[2] == "bare")
        end = match.end()
    if end < len(text):
        yield text[end:]


def spoken(piece: Value, language: Language, *, bare: bool = False) -> str:
    """Return a sentence, label or figure as plain text; ``bare`` leaves out a figure's unit."""
    parts = runs(piece, language, bare=bare)
    return "".join(print_figure(part, language) if isinstance(part, Figure) else part for part in parts)


def figures_in(piece: Value) -> Iterator[Figure]:
    """Yield every figure that a sentence holds."""
    if isinstance(piece, Figure):
        yield piece
    elif isinstance(piece, Sentence):
        for value in piece.values.values():
            yield from figures_in(value)
