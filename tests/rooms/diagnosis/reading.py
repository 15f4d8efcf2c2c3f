"""How the checker reads a sentence: its places, numbers, codes and years."""

from __future__ import annotations

from dataclasses import dataclass

from nangkis.content.sentences import Sentence
from nangkis.vocabulary.figures import Figure, Label
from tests.rooms.diagnosis.truth import MARCH_SINCE, SMALLEST, Truth


@dataclass
class Context:
    """What the sentence before spoke of: "Angka itu" is its value."""

    truth: Truth
    indicator: str = ""
    region: str = ""
    year: int = 0


def text(said: Sentence, name: str) -> str:
    piece = said.values[name]
    assert isinstance(piece, Label)
    return piece.text


def number(said: Sentence, name: str) -> float:
    piece = said.values[name]
    assert isinstance(piece, Figure)
    return float(piece.value)


def code(said: Sentence, name: str) -> str:
    piece = said.values[name]
    assert isinstance(piece, Sentence)
    return piece.code


def year(said: Sentence, name: str) -> int:
    piece = said.values[name]
    if isinstance(piece, Sentence):
        assert (piece.code == "period.maret") is (int(text(piece, "year")) >= MARCH_SINCE)
    return int(text(piece, "year") if isinstance(piece, Sentence) else piece.text)  # type: ignore[union-attr]


def indicator(said: Sentence) -> str:
    return code(said, "indicator").removeprefix("indicator.").rpartition(".")[0]


def expected_movement(context: Context, years: list[int], first: float, last: float) -> str:
    """The movement that the rows allow: lower is better for what is judged here."""
    ends = ((context.region, one) for one in (years[0], years[-1]))
    differs = context.truth.differs(context.indicator, *ends)
    per_year = (last - first) / (years[-1] - years[0])
    if per_year == 0 or abs(per_year) < SMALLEST[context.indicator](first):
        return "steady"
    if differs is False:
        return "unsure"
    if context.indicator == "POV.GK":
        return "context"
    if differs is None:
        return "untested"
    return "improving" if last < first else "worsening"
