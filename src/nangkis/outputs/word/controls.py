"""Figures in the text: each is a content control that can be edited, named so that it is found again.

LibreOffice drops the tag but keeps the alias and the bookmark, and a person may remove the control in Word, which
leaves the bookmark. So the name stands in all three.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from nangkis.content.catalogue import PLACEHOLDER, Language, template
from nangkis.content.numbers import print_figure
from nangkis.content.sentences import Value, runs
from nangkis.outputs.word.xml import Waiting, element, parsed, run_markup
from nangkis.outputs.xml_tree import Element
from nangkis.vocabulary.figures import Figure


CONTROL_NAME = re.compile(r"nk:([a-z2-7]{10})\.(\d+)")
BOOKMARK_NAME = re.compile(r"_nk_([a-z2-7]{10})_(\d+)")


@dataclass
class Pen:
    """What all parts of one document share while it is written: language, counters of ids, and the rows of tables."""

    language: Language
    ids: Iterator[int] = field(default_factory=lambda: count(1))
    occurrences: Counter[str] = field(default_factory=Counter)
    waiting: Waiting = field(default_factory=Waiting)

    def say(self, code: str, **values: str) -> str:
        """Return one of the renderer's own phrases; values are text."""
        return PLACEHOLDER.sub(lambda match: values[match[1]], template(code, self.language))

    def write(self, *values: Value, bare: bool = False) -> list[Element]:
        """Return the runs of some values, one space between them; each figure is a control."""
        return parsed(self.markup(*values, bare=bare))

    def markup(self, *values: Value, bare: bool = False) -> str:
        """Return the same as markup: elements for each figure of a big table would take ten times as long."""
        written: list[str] = []
        for place, value in enumerate(values):
            if place:
                written.append(run_markup(" "))
            written += [self._piece(piece) for piece in runs(value, self.language, bare=bare)]
        return "".join(written)

    def _piece(self, piece: str | Figure) -> str:
        return run_markup(piece) if isinstance(piece, str) else self._control(piece)

    def _control(self, figure: Figure) -> str:
        self.occurrences[figure.id] += 1
        occurrence = self.occurrences[figure.id]
        control, bookmark = next(self.ids), next(self.ids)
        # The bookmark is around the control, not in it: typing over a control's text takes one inside it away.
        return (
            f'<w:bookmarkStart w:id="{bookmark}" w:name="_nk_{figure.id}_{occurrence}"/><w:sdt><w:sdtPr>'
            f'<w:alias w:val="nk:{figure.id}.{occurrence}"/><w:tag w:val="nk:{figure.id}.{occurrence}"/>'
            f'<w:id w:val="{control}"/><w:text/></w:sdtPr><w:sdtContent>'
            f"{run_markup(print_figure(figure, self.language))}"
            f'</w:sdtContent></w:sdt><w:bookmarkEnd w:id="{bookmark}"/>'
        )

    def bookmark(self, name: str, *content: Element) -> tuple[Element, ...]:
        """Return the content with a hidden bookmark around it."""
        number = next(self.ids)
        return (element("bookmarkStart", id=number, name=name), *content, element("bookmarkEnd", id=number))
