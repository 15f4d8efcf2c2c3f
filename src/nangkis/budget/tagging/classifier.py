"""Proposals for lines that no source places: learned from those that are placed, and silent where it is not sure.

A multinomial naive Bayes on the words of the name and the prefixes of the code: small, without chance, and every
proposal can name the words that speak for it. It learns from the region's own lines as decisions, lists and rules
place them, and from the names of programmes that the rules speak of; no file of anyone else is in it.
"""

from __future__ import annotations

import importlib
import importlib.util
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Any

import polars as pl

from nangkis.budget.rules import RuleTable, Tag
from nangkis.parameters.dated import Parameters


# What is learned of a line: for the poor by one of the strategies, or not for the poor.
NOT = "tidak"
SEGMENTS = (2, 3, 5)
_WORD = re.compile(r"[a-z]{3,}")
# A word in nearly every name of the nomenclature says what an office does, not for whom.
EMPTY = frozenset(
    {"dan", "yang", "untuk", "dalam", "atau", "bagi", "dengan", "dari", "oleh", "pada", "kabupaten", "kota", "daerah"}
)


@dataclass(frozen=True)
class Thresholds:
    """From where on it speaks, as ``penandaan_klasifikasi`` says: see that file for each."""

    accuracy: float
    folds: int
    least: int
    words: int


@dataclass(frozen=True)
class Proposal:
    """``label`` is a strategy or NOT; ``chance`` the model's own, 0–1; ``words`` those that speak most for it."""

    label: str
    chance: float
    words: tuple[str, ...]


@dataclass(frozen=True)
class Calibration:
    """From which chance on it speaks, None for never: ``right`` of ``asked`` were right from there on."""

    threshold: float | None
    right: int
    asked: int
    curve: tuple[tuple[float, int, int], ...]  # threshold, proposals above it, right ones: over programmes held out


def is_installed() -> bool:
    """Say whether the library that it stands on is there."""
    return importlib.util.find_spec("sklearn") is not None


@cache
def _library(name: str) -> Any:
    # Two seconds to load: only who asks for proposals waits for it.
    return importlib.import_module(f"sklearn.{name}")


def features(code: str, name: str) -> list[str]:
    """Return what is seen of a line: prefixes of its code, words and pairs of words of its name.

    >>> features("1.06.04.2.01.01", "Penyediaan Permakanan")
    ['1.06', '1.06.04', '1.06.04.2.01', 'penyediaan', 'permakanan', 'penyediaan permakanan']
    """
    segments = code.split(".")
    words = [word for word in _WORD.findall(name.casefold()) if word not in EMPTY]
    prefixes = [".".join(segments[:count]) for count in SEGMENTS if len(segments) >= count]
    return [*prefixes, *words, *(f"{one} {other}" for one, other in pairwise(words))]


class Classifier:
    """A fitted model. The same lines give the same model."""

    def __init__(self, lines: Sequence[tuple[str, str]], labels: Sequence[str]) -> None:
        """Learn from lines (code, name) and their labels: strategies and NOT, at least two different ones."""
        seen = [features(*line) for line in lines]
        self._vectorizer = _library("feature_extraction.text").CountVectorizer(analyzer=list, binary=True)
        self._model = _library("naive_bayes").MultinomialNB()
        self._model.fit(self._vectorizer.fit_transform(seen), list(labels))
        self._names = self._vectorizer.get_feature_names_out()

    def chances(self, lines: Sequence[tuple[str, str]]) -> list[tuple[str, float]]:
        """Return, for each line, the most likely label and its chance."""
        if not lines:
            return []
        chances = self._model.predict_proba(self._vectorizer.transform([features(*line) for line in lines]))
        best = chances.argmax(axis=1)
        return [(str(self._model.classes_[at]), float(row[at])) for at, row in zip(best, chances, strict=True)]

    def words(self, line: tuple[str, str], label: str, most: int) -> tuple[str, ...]:
        """Return the features of a line that speak most for a label, against the average of the others."""
        place = list(self._model.classes_).index(label)
        weights = self._model.feature_log_prob_
        others = (weights.sum(axis=0) - weights[place]) / (len(weights) - 1)
        known = self._vectorizer.vocabulary_
        found = {word: weights[place][known[word]] - others[known[word]] for word in features(*line) if word in known}
        ranked = sorted((weight, word) for word, weight in found.items() if weight > 0)
        return tuple(word for _, word in sorted(ranked, key=lambda pair: (-pair[0], pair[1]))[:most])


def training_lines(lines: pl.DataFrame, table: RuleTable, programmes: Mapping[str, str]) -> pl.DataFrame:
    """Return what is learned from: code, name, label, and ``program_code`` to hold out by.

    Args:
        lines: tagged lines, as :func:`nangkis.budget.tags.with_tags` returns them.
        table: the rules, of which the programmes that they name whole are examples, too.
        programmes: official names of programmes by code.
    """
    placed = (
        lines.filter(pl.col("tag").is_in([Tag.TAGGED.value, Tag.NOT_RELEVANT.value]))
        .select("sub_kegiatan_code", "sub_kegiatan_name", "program_code", label_of().alias("label"))
        .unique(["sub_kegiatan_code", "sub_kegiatan_name"], keep="first", maintain_order=True)
    )
    named = [
        (code, programmes[code], code, rule.strategy or NOT)
        for rule in table.rules
        if rule.tag is not Tag.HELD and not rule.pattern.words
        for code in rule.pattern.codes
        if code in programmes
    ]
    return pl.concat([placed, pl.DataFrame(named, schema=placed.schema, orient="row")])


def label_of() -> pl.Expr:
    """Return the label of a tagged line."""
    return pl.when(pl.col("tag") == Tag.TAGGED).then("strategy").otherwise(pl.lit(NOT))


def calibrated(training: pl.DataFrame, thresholds: Thresholds) -> Calibration:
    """Find the lowest chance from which on proposals are right often enough, on programmes that were held out.

    Programmes go to the folds in the order of their codes, so that the same lines give the same threshold.
    """
    told = out_of_fold(training, thresholds.folds)
    curve = tuple(
        (cut, sum(chance >= cut for chance, _ in told), sum(chance >= cut and right for chance, right in told))
        for cut in CUTS
    )
    for cut, asked, right in curve:
        if asked >= thresholds.least and right >= thresholds.accuracy * asked:
            return Calibration(cut, right, asked, curve)
    return Calibration(None, 0, 0, curve)


CUTS = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999)


def out_of_fold(training: pl.DataFrame, folds: int) -> list[tuple[float, bool]]:
    """Return, for each line, the chance of its proposal and whether it is right, from a model without its programme."""
    codes = training["program_code"].unique().sort().to_list()
    fold_of = {code: place % folds for place, code in enumerate(codes)}
    rows = list(training.select("sub_kegiatan_code", "sub_kegiatan_name", "label", "program_code").iter_rows())
    told: list[tuple[float, bool]] = []
    for fold in range(folds):
        inside = [row for row in rows if fold_of[row[3]] != fold]
        outside = [row for row in rows if fold_of[row[3]] == fold]
        if len({row[2] for row in inside}) > 1:
            model = Classifier([row[:2] for row in inside], [row[2] for row in inside])
            found = model.chances([row[:2] for row in outside])
            told.extend((chance, label == row[2]) for (label, chance), row in zip(found, outside, strict=True))
    return told


def proposals(
    asked: Sequence[tuple[str, str]], training: pl.DataFrame, thresholds: Thresholds
) -> tuple[dict[tuple[str, str], Proposal], Calibration]:
    """Return what is proposed for lines (code, name), and from which chance on; a line without is not in the answer."""
    if training.height < thresholds.least or training["label"].n_unique() < 2:  # noqa: PLR2004 - nothing to tell apart
        return {}, Calibration(None, 0, 0, ())
    calibration = calibrated(training, thresholds)
    if calibration.threshold is None:
        return {}, calibration
    lines = list(training.select("sub_kegiatan_code", "sub_kegiatan_name").iter_rows())
    model = Classifier(lines, training["label"].to_list())
    told = {
        line: Proposal(label, chance, model.words(line, label, thresholds.words))
        for line, (label, chance) in zip(asked, model.chances(asked), strict=True)
        if chance >= calibration.threshold
    }
    # Without a word that speaks for it, a chance says how common a label is, not what the line is.
    return {line: proposal for line, proposal in told.items() if proposal.words}, calibration


def thresholds_on(parameters: Parameters, on: date) -> Thresholds:
    """Return the thresholds in force on a day."""
    value = parameters.on("penandaan_klasifikasi", on).value
    return Thresholds(float(value["accuracy"]), int(value["folds"]), int(value["least"]), int(value["words"]))
