"""Paper: upright and sideways A4, and which blocks stand on which."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from nangkis.content.catalogue import Language
from nangkis.content.sentences import spoken
from nangkis.content.tree import Block, Heading, Paragraph, Picture, Row, Table, values_of_block
from nangkis.outputs.widths import fits


@dataclass(frozen=True)
class Paper:
    """A page. All lengths in millimetres."""

    width_mm: float
    height_mm: float
    side_mm: float

    @property
    def text_mm(self) -> float:
        """The width between the margins."""
        return self.width_mm - 2 * self.side_mm


UPRIGHT = Paper(width_mm=210, height_mm=297, side_mm=25)
SIDEWAYS = Paper(width_mm=297, height_mm=210, side_mm=20)
_SHORT_LINES = 10  # less than half of a sideways page
_SHORT_LEAD_IN = 4  # lines, which alone would often have an upright page for themselves
_LETTER_MM = 1.9  # about how wide a letter of text is


def by_paper(
    blocks: Sequence[Block], language: Language, upright: Paper = UPRIGHT, sideways: Paper = SIDEWAYS
) -> Iterator[tuple[Paper, list[Block]]]:
    """Yield the blocks in runs of one paper each.

    Only a table that may turn, and that an upright page is too narrow for, turns. With it turn a short lead-in, and a
    short text below it that would have an upright page for itself: what follows turns or begins a chapter.
    """
    turned = [isinstance(block, Table) and _turns(block, language, upright) for block in blocks]
    for place in [place for place, is_turned in enumerate(turned) if is_turned]:
        start = _lead_in(blocks, place, language, sideways)
        turned[start:place] = [True] * (place - start)
    for place in range(1, len(blocks)):
        if turned[place - 1] and not turned[place]:
            end = _rest(blocks, turned, place)
            if _lines(blocks[place:end], language, sideways) <= _SHORT_LINES:
                turned[place:end] = [True] * (end - place)
    for is_turned, group in groupby(zip(turned, blocks, strict=True), key=itemgetter(0)):
        yield sideways if is_turned else upright, [block for _, block in group]


def heads_others(rows: Sequence[Row]) -> list[bool]:
    """Say of each row whether it stands out and a plain one follows: it must not be the last of a page."""
    plain_follows = [not row.emphasis for row in rows[1:]] + [False] * bool(rows)
    return [row.emphasis and follows for row, follows in zip(rows, plain_follows, strict=True)]


def _turns(table: Table, language: Language, upright: Paper) -> bool:
    return table.landscape and not fits(table, language, upright.text_mm)


def _lead_in(blocks: Sequence[Block], place: int, language: Language, sideways: Paper) -> int:
    start, texts = place, 0
    while start and isinstance(blocks[start - 1], Heading | Paragraph):
        texts += isinstance(blocks[start - 1], Paragraph)
        if texts > 1:
            break
        start -= 1
    while start < place and not isinstance(blocks[start], Heading):
        start += 1
    if start == place and _lines(blocks[place - 1 : place], language, sideways) <= _SHORT_LEAD_IN:
        return place - isinstance(blocks[place - 1], Paragraph)
    return start


def _rest(blocks: Sequence[Block], turned: Sequence[bool], place: int) -> int:
    """Return where the text from ``place`` on ends, if a new page follows there anyway, else ``place``."""
    for end in range(place, len(blocks)):
        block = blocks[end]
        if turned[end] or (isinstance(block, Heading) and block.level == 1):
            return end
        if isinstance(block, Table | Picture):
            return place
    return len(blocks)


def _lines(texts: Sequence[Block], language: Language, paper: Paper) -> int:
    """Return about how many lines some texts take."""
    said = ([spoken(value, language) for value in values_of_block(block)] for block in texts)
    pieces = (each for block, whole in zip(texts, said, strict=True) for each in _paragraphs(block, whole))
    return sum(math.ceil(len(each) * _LETTER_MM / paper.text_mm) for each in pieces)


def _paragraphs(block: Block, said: list[str]) -> list[str]:
    return [" ".join(said)] if isinstance(block, Paragraph) else said
