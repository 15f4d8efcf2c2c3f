"""Figures in the text: each is a content control that can be edited, named so that it is found again.

LibreOffice drops the tag but keeps the alias and the bookmark, and a person may remove the control in Word, which
leaves the bookmark. So the name stands in all three.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count

from nangkis.content.catalogue import PLACEHOLDER, Language, template
from nangkis.content.numbers import print_figure
from nangkis.content.sentences import Value, runs
from nangkis.outputs.word.xml import Element, element, run
from nangkis.vocabulary.figures import Figure


CONTROL_NAME = re.compile(r"nk:([a-z2-7]{10})\.(\d+)")
BOOKMARK_NAME = re.compile(r"_nk_([a-z2-7]{10})_(\d+)")


@dataclass
class Pen:
    """What all parts of one document share while it is written: the language and the counters of its ids."""

    language: Language
    ids: Iterator[int] = field(default_factory=lambda: count(1))
    occurrences: Counter[str] = field(default_factory=Counter)

    def say(self, code: str, **values: str) -> str:
        """Return one of the renderer's own phrases; values are text."""
        return PLACEHOLDER.sub(lambda match: values[match[1]], template(code, self.language))

    def write(self, *values: Value, bare: bool = False) -> list[Element]:
        """Return the runs of some values, one space between them; each figure is a control."""
        written: list[Element] = []
        for place, value in enumerate(values):
            if place:
                written.append(run(" "))
            for piece in runs(value, self.language, bare=bare):
                written += self._piece(piece)
        return written

    def _piece(self, piece: str | Figure) -> Iterable[Element]:
        if isinstance(piece, str):
            return (run(piece),)
        return self._control(piece.id, run(print_figure(piece, self.language)))

    def _control(self, figure_id: str, written: Element) -> Iterable[Element]:
        self.occurrences[figure_id] += 1
        occurrence = self.occurrences[figure_id]
        name = f"nk:{figure_id}.{occurrence}"
        number = next(self.ids)
        properties = element(
            "sdtPr", element("alias", val=name), element("tag", val=name), element("id", val=number), element("text")
        )
        # Around the control, not in it: typing over a control's text takes a bookmark inside it away.
        return self.bookmark(
            f"_nk_{figure_id}_{occurrence}", element("sdt", properties, element("sdtContent", written))
        )

    def bookmark(self, name: str, *content: Element) -> tuple[Element, ...]:
        """Return the content with a hidden bookmark around it."""
        number = next(self.ids)
        return (element("bookmarkStart", id=number, name=name), *content, element("bookmarkEnd", id=number))
