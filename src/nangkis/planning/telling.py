"""Words that every table of planning shares."""

from __future__ import annotations

from collections.abc import Iterable

from nangkis.content.sentences import Sentence, sentence
from nangkis.lake.manifest import TableManifest
from nangkis.vocabulary.figures import Label


def sources(manifests: Iterable[TableManifest]) -> tuple[Sentence, ...]:
    """Return the files that a table's rows came from, as sentences for its foot."""
    return tuple(sentence("planning.source", file=Label(one.source.name), sheet=Label(one.sheet)) for one in manifests)
