"""The one catalogue of sentences, Indonesian and English, read from ``catalogue/*.yaml``.

A file maps a code to ``{id: …, en: …}``. Placeholders are ``{name}``, or ``{name:bare}`` for a figure without its unit.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import Literal

from nangkis.content.strict_yaml import read_yaml


Language = Literal["id", "en"]
LANGUAGES: tuple[Language, ...] = ("id", "en")
PLACEHOLDER = re.compile(r"\{([a-z_]+)(?::(bare))?\}")


class CatalogueBroken(Exception):  # noqa: N818 - named for what is wrong
    """The catalogue's files contradict each other or the code asks for a sentence that is not there: a bug."""


@cache
def sentences() -> dict[str, dict[Language, str]]:
    """Return every sentence by code and language; a code written twice is refused."""
    found: dict[str, dict[Language, str]] = {}
    folder = resources.files("nangkis.content") / "catalogue"
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if not file.name.endswith(".yaml"):
            continue
        for code, texts in (read_yaml(file.read_text(encoding="utf-8")) or {}).items():
            if code in found:
                raise CatalogueBroken(f"{code} is written twice, the second time in {file.name}")
            found[code] = texts
    return found


def has(code: str) -> bool:
    """Say whether the catalogue holds a sentence for this code."""
    return code in sentences()


def template(code: str, language: Language) -> str:
    """Return the sentence with its placeholders."""
    try:
        return sentences()[code][language]
    except KeyError:
        raise CatalogueBroken(f"no sentence {code!r} in language {language!r}") from None
