"""Paper: upright and sideways A4, and which blocks stand on which."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from nangkis.content.catalogue import Language
from nangkis.content.tree import Block, Heading, Paragraph, Table
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


def by_paper(blocks: Sequence[Block], language: Language) -> Iterator[tuple[Paper, list[Block]]]:
    """Yield the blocks in runs of one paper each; a short lead-in turns with the sideways table that it leads to.

    Only a table that may turn, and that an upright page is too narrow for, turns.
    """
    papers = [SIDEWAYS if isinstance(block, Table) and _turns(block, language) else UPRIGHT for block in blocks]
    for place, block in enumerate(blocks):
        if papers[place] is SIDEWAYS and isinstance(block, Table):
            start = _lead_in(blocks, place)
            papers[start:place] = [SIDEWAYS] * (place - start)
    for paper, group in groupby(zip(papers, blocks, strict=True), key=itemgetter(0)):
        yield paper, [block for _, block in group]


def _turns(table: Table, language: Language) -> bool:
    return table.landscape and not fits(table, language, UPRIGHT.text_mm)


def _lead_in(blocks: Sequence[Block], place: int) -> int:
    start, texts = place, 0
    while start and isinstance(blocks[start - 1], Heading | Paragraph):
        texts += isinstance(blocks[start - 1], Paragraph)
        if texts > 1:
            break
        start -= 1
    while start < place and not isinstance(blocks[start], Heading):
        start += 1
    return start
