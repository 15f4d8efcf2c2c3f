"""The one catalogue of sentences is complete, in both languages, and nothing in it is unused."""

from __future__ import annotations

import ast
import re

import pytest

from nangkis.content.catalogue import LANGUAGES, PLACEHOLDER, sentences
from nangkis.indicators.catalogue import indicators
from nangkis.vocabulary.units import Unit
from tests.repository.sources import calls, first_literal, literals, modules


# What stands around a code in its catalogue key.
AROUND = {
    "refusal": ("refusal.{}", "refusal.{}.do"),
    "finding": ("finding.{}.says", "finding.{}.do"),
    "repair": ("repair.{}",),
    "method": ("method.{}",),
}
# Messages about raw data and files may quote digits; what documents say may not.
MAY_HOLD_DIGITS = ("refusal.", "finding.", "repair.", "parameter.", "example.", "cli.", "report.")


def refusal_classes() -> set[str]:
    """Names of all classes that descend from Refusal, found by their bases."""
    found = {"Refusal"}
    bases = {
        node.name: {getattr(base, "id", getattr(base, "attr", "")) for base in node.bases}
        for tree in modules().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    }
    while more := {name for name, above in bases.items() if above & found} - found:
        found |= more
    return found


def codes_in_code() -> dict[str, set[str]]:
    """Codes by kind, as the code writes them."""
    classes = refusal_classes()
    kinds = {"Finding": "finding", "Repair": "repair", "Method": "method", **dict.fromkeys(classes, "refusal")}
    found: dict[str, set[str]] = {kind: set() for kind in AROUND}
    for tree in modules().values():
        for name, call in calls(tree):
            code = first_literal(call)
            if code is not None and name in kinds:
                found[kinds[name]].add(code)
    return found


@pytest.mark.parametrize("code", sorted(sentences()))
def test_every_sentence_is_there_in_both_languages_with_the_same_placeholders(code: str) -> None:
    texts = sentences()[code]

    assert set(texts) == set(LANGUAGES)
    assert all(text.strip() for text in texts.values())
    indonesian, english = (set(PLACEHOLDER.findall(texts[language])) for language in LANGUAGES)
    assert {name for name, _ in indonesian} == {name for name, _ in english}


@pytest.mark.parametrize("code", sorted(code for code in sentences() if not code.startswith(MAY_HOLD_DIGITS)))
def test_what_documents_say_holds_no_digit_of_its_own(code: str) -> None:
    for text in sentences()[code].values():
        assert not re.search(r"\b\d", text)  # a digit inside an acronym, such as LP2KD, is part of a word


def test_every_code_that_the_library_writes_has_its_sentences() -> None:
    wanted = {key.format(code) for kind, codes in codes_in_code().items() for code in codes for key in AROUND[kind]}
    asked = {
        code
        for tree in modules().values()
        for name, call in calls(tree)
        if name in {"sentence", "fill", "template"} and (code := first_literal(call)) is not None
    }

    assert sorted((wanted | asked) - set(sentences())) == []


def test_every_unit_has_its_words() -> None:
    wanted = {f"unit.{unit}{part}" for unit in Unit for part in ("", ".head")}

    assert sorted(wanted - set(sentences())) == []


def test_no_sentence_is_unused() -> None:
    # What an indicator's data file names as the reason of a break is used, too.
    reasons = {one.reason for indicator in indicators().values() for one in indicator.method_breaks}
    written = literals() | reasons
    # A code inside an f-string leaves its fixed beginning as a literal: "refusal." of f"refusal.{refusal.code}".
    beginnings = tuple(text for text in written if re.fullmatch(r"[a-z_-]+(\.[a-z_-]+)*\.", text))

    def is_used(code: str) -> bool:
        if code in written:
            return True
        return any(
            code.startswith(beginning) and any(part in written for part in _parts(code.removeprefix(beginning)))
            for beginning in beginnings
        )

    assert [code for code in sentences() if not is_used(code)] == []


def _parts(rest: str) -> set[str]:
    """What a code may be written as: the whole rest, or the rest without its last words."""
    words = rest.split(".")
    return {".".join(words[:count]) for count in range(1, len(words) + 1)} | {words[-1]}
