"""The small table of rules that propose a poverty tag, read from a dated file that a region may replace."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from nangkis.budget.matching import Pattern, RuleRefused
from nangkis.budget.names import terms
from nangkis.parameters.dated import Confidence, Parameters
from nangkis.vocabulary.figures import Label, ParameterUse


class Tag(StrEnum):
    """What is proposed for a line of the base: it is for the poor, it is not, or a person must decide."""

    TAGGED = "ditandai"
    NOT_RELEVANT = "tidak-relevan"
    HELD = "ditangguhkan"


DECISIONS = {"ya": Tag.TAGGED, "tidak": Tag.NOT_RELEVANT, "tahan": Tag.HELD}
REASON_KEYS = {"id", "en"}
COMMON_KEYS = {"id", "order", "codes", "words", "decision", "confidence", "reason"}
TAG_KEYS = {"dimension": "penandaan_dimensi", "strategy": "strategi_oppkpke", "directness": "penandaan_kelangsungan"}


@dataclass(frozen=True)
class TagRule:
    """One rule: the lines that it matches, and what it proposes for them. ``order`` is read from low to high."""

    id: str
    order: int
    pattern: Pattern
    tag: Tag
    dimension: str | None
    strategy: str | None
    directness: str | None
    reason: Label
    confidence: Confidence

    @property
    def outcome(self) -> str:
        """What the rule says, as one text: two rules of one order agree when it is the same."""
        return "/".join([self.tag, *(part or "" for part in (self.dimension, self.strategy, self.directness))])


@dataclass(frozen=True)
class RuleTable:
    """The rules in order, and how a figure names the files that it depends on."""

    rules: tuple[TagRule, ...]
    use: ParameterUse


def tag_rules(parameters: Parameters, on: date) -> RuleTable:
    """Return the rules in force on a day. Raises RuleRefused, naming the rule and what is wrong with it."""
    known = {key: set(terms(parameters, name, on)) for key, name in TAG_KEYS.items()}
    parameter = parameters.on("penandaan_aturan", on)
    rules = [_read_rule(entry, known) for entry in parameter.value]
    ids = [rule.id for rule in rules]
    if twice := sorted({name for name in ids if ids.count(name) > 1}):
        raise RuleRefused("rule-twice", rule=", ".join(twice))
    return RuleTable(tuple(sorted(rules, key=lambda rule: rule.order)), parameter.use)


def _read_rule(entry: Mapping[str, Any], known: Mapping[str, set[str]]) -> TagRule:
    name = str(entry.get("id", entry))
    decision = _one_of(entry, "decision", set(DECISIONS), rule=name)
    is_tag = DECISIONS[decision] is Tag.TAGGED
    wanted = COMMON_KEYS | (set(TAG_KEYS) if is_tag else set())
    if wrong := (set(entry) ^ wanted) or (set(entry["reason"]) ^ REASON_KEYS):
        raise RuleRefused("rule-keys", rule=name, keys=", ".join(sorted(wrong)))
    if not str(entry["order"]).isdigit():
        raise RuleRefused("rule-value", rule=name, key="order", found=entry["order"], known="0, 1, 2, …")
    given = {key: _one_of(entry, key, known[key], rule=name) if is_tag else None for key in TAG_KEYS}
    return TagRule(
        id=name,
        order=int(entry["order"]),
        pattern=Pattern.read(entry, rule=name),
        tag=DECISIONS[decision],
        **given,
        reason=Label(entry["reason"]["id"], entry["reason"]["en"]),
        confidence=Confidence(_one_of(entry, "confidence", set(Confidence), rule=name)),
    )


def _one_of(entry: Mapping[str, Any], key: str, known: set[str], *, rule: str) -> str:
    found = entry.get(key)
    if found not in known:
        raise RuleRefused("rule-value", rule=rule, key=key, found=found, known=", ".join(sorted(known)))
    return str(found)
