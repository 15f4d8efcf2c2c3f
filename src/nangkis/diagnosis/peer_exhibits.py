"""A region beside its peers: the lead sentence, the sorted bars and the table, with the reason why they are peers."""

from __future__ import annotations

from collections.abc import Mapping

from nangkis.content.charts import Bar, ReferenceLine, SortedBars, figures_of
from nangkis.content.sentences import Sentence, Value, sentence
from nangkis.content.tree import Block, Column, Missing, Picture, Row, Table
from nangkis.diagnosis.answer_figures import mean_of_peers
from nangkis.diagnosis.answer_words import joined
from nangkis.diagnosis.answers import Beside
from nangkis.diagnosis.diagnose import Diagnosis
from nangkis.diagnosis.errors import basis_of, error_of
from nangkis.diagnosis.figures import level_figure, margin
from nangkis.diagnosis.judging import UNITS, Absent, Class
from nangkis.diagnosis.position import Position
from nangkis.diagnosis.tables import contradictions, sources
from nangkis.diagnosis.wording import inline, name_of, named, opening, when, why
from nangkis.indicators.catalogue import Direction, Indicator, indicators
from nangkis.indicators.facts import Fact
from nangkis.regions.register import place
from nangkis.vocabulary.figures import Figure, Label


AGAINST_PEERS: Mapping[Class, str] = {
    Class.BETTER: "class.peers.better",
    Class.EQUAL: "class.peers.equal",
    Class.WORSE: "class.peers.worse",
    Class.HIGHER: "class.peers.higher",
    Class.LOWER: "class.peers.lower",
}
SAME = "class.peers.same"


def peers_lead(found: Diagnosis, stand: Position) -> tuple[Sentence, ...]:
    """Return the first sentence of a position against the mean of the peers, or the value and why it has no class."""
    beside = found.answers[stand.indicator.code].peers
    fact = stand.fact if isinstance(beside, Absent) else beside.fact
    said: dict[str, Value] = {
        "indicator": opening(stand.indicator),
        "place": named(stand.place),
        "when": when(fact),
        "value": fact.figure,
    }
    if isinstance(beside, Absent):
        return (sentence("position.lead.alone", **said), sentence("peers.none", why=why(beside)))
    same = beside.verdict is Class.EQUAL and not beside.tested
    standing = sentence(SAME if same else AGAINST_PEERS[beside.verdict])
    return (sentence("position.lead.classed", standing=standing, **said),)


def peers_blocks(found: Diagnosis, stand: Position, *, notes: tuple[Sentence, ...] = ()) -> tuple[Block, ...]:
    """Return the picture of a region among its peers and the table below it; nothing where it has none."""
    beside = found.answers[stand.indicator.code].peers
    if isinstance(beside, Absent):
        return ()
    return (_picture(found, stand, beside), _table(found, stand, beside, notes))


def peers_picture(found: Diagnosis, stand: Position) -> Picture | None:
    """Return the picture of a region among its peers; None where it has none."""
    beside = found.answers[stand.indicator.code].peers
    return None if isinstance(beside, Absent) else _picture(found, stand, beside)


def _picture(found: Diagnosis, stand: Position, beside: Beside) -> Picture:
    bars = tuple(
        Bar(Label(place(fact.region).name), fact.figure, _margin(found, fact), fact.region == stand.place.region)
        for fact in _ordered(stand.indicator, beside)
    )
    mean = mean_of_peers(beside, found.rules)
    chart = SortedBars(stand.indicator.unit, bars, (ReferenceLine("peers", sentence("peers.line"), mean),))
    alternative = sentence("peers.alternative", place=named(stand.place), value=beside.fact.figure, mean=mean)
    return Picture(_title("peers.picture", stand, beside), chart, alternative, _sources(found, stand, chart))


def _title(code: str, stand: Position, beside: Beside) -> Sentence:
    return sentence(code, indicator=name_of(stand.indicator), place=named(stand.place), when=when(beside.fact))


def _sources(found: Diagnosis, stand: Position, chart: SortedBars) -> tuple[Sentence, ...]:
    return sources(found, stand.indicator, figures_of(chart))


def _table(found: Diagnosis, stand: Position, beside: Beside, notes: tuple[Sentence, ...]) -> Table:
    facts = _ordered(stand.indicator, beside)
    mean = mean_of_peers(beside, found.rules)
    last = Row((sentence("peers.mean"), mean, Missing(sentence("absent.no-margin"))))
    rows = (*(_row(found, stand, fact) for fact in facts), last)
    unit = stand.indicator.unit
    columns = (
        Column(sentence("position.column.region"), 0.54),
        Column(sentence("position.column.value", unit=sentence(f"unit.{unit}.head")), 0.24, numeric=True),
        Column(
            sentence("position.column.margin", unit=sentence(f"unit.{UNITS[unit].difference}.head")), 0.22, numeric=True
        ),
    )
    return Table(
        title=_title("peers.table", stand, beside),
        columns=columns,
        rows=rows,
        notes=(*notes, *_notes(found, stand, beside), *contradictions(found, facts)),
        sources=sources(
            found, stand.indicator, [cell for row in rows for cell in row.cells if isinstance(cell, Figure)]
        ),
    )


def _row(found: Diagnosis, stand: Position, fact: Fact) -> Row:
    half = _margin(found, fact) or Missing(sentence("absent.no-margin"))
    return Row((Label(place(fact.region).name), fact.figure, half), emphasis=fact.region == stand.place.region)


def _notes(found: Diagnosis, stand: Position, beside: Beside) -> tuple[Sentence, ...]:
    traits = joined([inline(indicators()[code]) for code in beside.traits])
    chosen = sentence("peers.note", place=named(stand.place), traits=traits)
    if not beside.tested:
        return (chosen,)
    level = level_figure(found.rules.design)
    basis = basis_of(error_of(fact, found.judged) for fact in (beside.fact, *beside.peers))
    margins = sentence("position.note.margin", level=level, basis=basis)
    return (chosen, margins, sentence("position.note.test", level=level))


def _margin(found: Diagnosis, fact: Fact) -> Figure | None:
    return margin(fact, error_of(fact, found.judged), found.rules.design)


def _ordered(indicator: Indicator, beside: Beside) -> tuple[Fact, ...]:
    """Return the region and its peers, best first (highest first where nothing is better); ties by code."""
    sign = 1 if indicator.direction is Direction.LOWER else -1
    return tuple(sorted((beside.fact, *beside.peers), key=lambda fact: (sign * fact.number, str(fact.region))))
