"""The review of tags as a sheet: its columns and words, in either language, and one row for each thing to decide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

import polars as pl

from nangkis.budget.analysis import BudgetAnalysis
from nangkis.budget.names import BudgetNames
from nangkis.budget.review import Key, Subject, as_written
from nangkis.budget.rules import Tag
from nangkis.budget.tagging.claims import TagOrigin
from nangkis.budget.tagging.schema import WHOLE
from nangkis.content.catalogue import LANGUAGES, Language
from nangkis.content.messages import fill
from nangkis.content.sentences import spoken
from nangkis.vocabulary.figures import Label


# What stands in the columns, in their order; those after OPEN are hidden and say what was shown.
SHOWN = ("code", "name", "offices", "amount", "stands", "origin", "why", "others", "suggested")
OPEN = ("office", "decision", "dimension", "strategy", "directness", "percent", "reason")
HIDDEN = ("before", "state", "suggestion")
PERCENT = WHOLE // 100


class Verdict(StrEnum):
    """What a person may write in the column of decisions."""

    ACCEPT = "accept"  # what is proposed
    TAGGED = "tagged"
    NOT_RELEVANT = "not-relevant"
    HELD = "held"
    BACK = "back"  # the earlier decision is taken back


VERDICT_OF = {Tag.TAGGED: Verdict.TAGGED, Tag.NOT_RELEVANT: Verdict.NOT_RELEVANT, Tag.HELD: Verdict.HELD}
TAG_OF = {verdict: tag for tag, verdict in VERDICT_OF.items()}


def header(column: str, language: Language) -> str:
    """Return what stands above a column."""
    return fill(f"tag.review.column.{column}", language)


def headers() -> dict[str, str]:
    """Return the column of each header, in both languages, in small letters."""
    return {
        header(column, language).casefold(): column for column in (*SHOWN, *OPEN, *HIDDEN) for language in LANGUAGES
    }


def choices(names: BudgetNames, language: Language) -> dict[str, list[str]]:
    """Return the words that an open cell may hold, by column."""
    return {
        "decision": [verdict_word(verdict, language) for verdict in Verdict],
        "dimension": [spoken(name, language) for name in names.dimensions.values()],
        "strategy": [strategy_word(code, name, language) for code, name in names.strategies.items()],
        "directness": [spoken(name, language) for name in names.directness.values()],
    }


def verdict_word(verdict: Verdict, language: Language) -> str:
    """Return a verdict in words."""
    return fill(f"tag.review.verdict.{verdict}", language)


def strategy_word(code: str, name: Label, language: Language) -> str:
    """Return a strategy with its number in front."""
    return f"{code} – {spoken(name, language)}"


def meanings(names: BudgetNames) -> dict[str, dict[str, str]]:
    """Return what each word of an open cell means, in both languages and as a code, in small letters."""
    listed = {"dimension": names.dimensions, "strategy": names.strategies, "directness": names.directness}
    found: dict[str, dict[str, str]] = {
        "decision": {verdict_word(one, language).casefold(): one.value for one in Verdict for language in LANGUAGES}
    }
    for column, terms in listed.items():
        words = {code.casefold(): code for code in terms}
        for code, name in terms.items():
            for language in LANGUAGES:
                words |= {spoken(name, language).casefold(): code, strategy_word(code, name, language).casefold(): code}
        found[column] = words
    return found


def review_table(analysis: BudgetAnalysis, found: Mapping[Key, Subject], language: Language) -> pl.DataFrame:
    """Return the sheet: a row for each sub kegiatan, or for each part of the decisions on it; headers as columns."""
    words = _Words(analysis, language)
    rows = [row for subject in found.values() for row in words.rows(subject)]
    kinds = {"amount": pl.Int64(), "percent": pl.Float64()}
    names = (*SHOWN, *OPEN, *HIDDEN)
    schema = {header(name, language): kinds.get(name, pl.String()) for name in names}
    return pl.DataFrame([[row.get(name) for name in names] for row in rows], schema=schema, orient="row")


class _Words:
    """Says what stands, in one language."""

    def __init__(self, analysis: BudgetAnalysis, language: Language) -> None:
        self._names, self._language = analysis.names, language
        sources = {} if analysis.evidence is None else analysis.evidence.sources.names
        self._sources = {str(origin): spoken(name, language) for origin, name in sources.items()}

    def rows(self, subject: Subject) -> Iterator[dict[str, Any]]:
        said = {
            "code": subject.code,
            "name": subject.name,
            "offices": "; ".join(name or code for code, name in subject.offices.items()),
            "amount": None if subject.sen is None else (subject.sen + 50) // 100,
            "stands": self._each(subject, self._tag),
            "origin": self._each(subject, lambda one: self._sources.get(one["origin"] or "", "—")),
            "why": self._each(subject, self._why),
            "others": self._each(subject, lambda one: self._conflict(one["conflict"])),
            "suggested": self._suggested(subject),
            "state": subject.state,
            "suggestion": "" if subject.proposal is None else subject.proposal.label,
        }
        for decision in subject.decisions or ({},):
            yield said | (self._decided(decision) if decision else {})

    def _decided(self, decision: Mapping[str, Any]) -> dict[str, Any]:
        names, language = self._names, self._language
        return {
            "office": decision["office_code"],
            "decision": verdict_word(VERDICT_OF[Tag(decision["tag"])], language),
            "dimension": self._named(names.dimensions, decision["dimension"]),
            "strategy": decision["strategy"]
            and strategy_word(decision["strategy"], names.strategies[decision["strategy"]], language),
            "directness": self._named(names.directness, decision["directness"]),
            "percent": decision["share"] / PERCENT,
            "reason": decision["reason"],
            "before": as_written(decision),
        }

    def _named(self, terms: Mapping[str, Label], code: str | None) -> str | None:
        return None if code is None else spoken(terms[code], self._language)

    def _each(self, subject: Subject, say: Any) -> str:
        return "; ".join(dict.fromkeys(word for one in subject.stands if (word := say(one))))

    def _tag(self, one: Mapping[str, Any]) -> str:
        return self._outcome(one["tag"], one["strategy"], one["directness"])

    def _outcome(self, tag: str, strategy: str | None, directness: str | None = None) -> str:
        word = verdict_word(VERDICT_OF[Tag(tag)], self._language)
        parts = (
            strategy and strategy_word(strategy, self._names.strategies[strategy], self._language),
            self._named(self._names.directness, directness),
        )
        return ", ".join([word, *(part for part in parts if part)])

    def _why(self, one: Mapping[str, Any]) -> str:
        if one["reason"]:
            reason = one["reason_en"] if self._language == "en" and one["reason_en"] else one["reason"]
            return f"{reason} ({one['rule']})" if one["rule"] else str(reason)
        return fill(f"tag.review.held.{one['held_because']}", self._language, rule=one["rule"] or "—")

    def _conflict(self, conflict: str | None) -> str:
        told = []
        for entry in (conflict or "").split("; "):
            origin, _, outcome = entry.partition(":")
            tag, _, strategy = outcome.partition("/")
            if tag:
                told.append(f"{self._sources.get(TagOrigin(origin), origin)}: {self._outcome(tag, strategy or None)}")
        return "; ".join(told)

    def _suggested(self, subject: Subject) -> str:
        proposal = subject.proposal
        if proposal is None:
            return ""
        is_tag = proposal.label in self._names.strategies
        outcome = self._outcome(Tag.TAGGED if is_tag else Tag.NOT_RELEVANT, proposal.label if is_tag else None)
        return fill("tag.review.suggested", self._language, outcome=outcome, words=", ".join(proposal.words))
