"""The RPKD: the region's five-year plan for poverty reduction, by the outline in force."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from nangkis.budget.schema import Stage
from nangkis.content.sentences import Sentence, sentence
from nangkis.content.tree import Block, Document, Heading
from nangkis.documents.annex import data_used, methods_used, rules_used
from nangkis.documents.blocks import BLOCKS, OF_THE_WHOLE
from nangkis.documents.materials import Materials, gather
from nangkis.documents.opening import opened, structure_of
from nangkis.documents.outline import Chapter, read_outline
from nangkis.lake.snapshot import Snapshot
from nangkis.parameters.dated import Parameters
from nangkis.regions.register import is_fictional
from nangkis.vocabulary.codes import Region
from nangkis.vocabulary.figures import Label
from nangkis.vocabulary.refusals import RequestRefused


@dataclass(frozen=True)
class Period:
    """The years that a plan covers, both included."""

    first: int
    last: int

    @property
    def years(self) -> tuple[int, ...]:
        """Each year that the plan covers."""
        return tuple(range(self.first, self.last + 1))

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read ``2025-2029``. Raises PeriodRefused for what is not two years in order."""
        match = re.fullmatch(r"(\d{4})-(\d{4})", text.strip())
        if match is None or int(match[1]) >= int(match[2]):
            raise PeriodRefused("period-broken", text=text)
        return cls(int(match[1]), int(match[2]))


class PeriodRefused(RequestRefused):
    """A text is not the period of a plan."""


Filled = Mapping[str, tuple[Block, ...]]


def make_rpkd(
    snapshot: Snapshot,
    region: Region,
    *,
    period: Period | None = None,
    year: int | None,
    stage: Stage | None,
    parameters: Parameters,
    on: date,
) -> Document:
    """Return the content of a region's RPKD: the same for the same tables, parameters and day.

    ``period`` are the years that the plan covers, ``year`` and ``stage`` choose the budget; the first year
    from the day on when not given. Raises PeriodRefused for more years than a plan has.
    """
    _check_length(period, parameters, on)
    asked = () if period is None else period.years
    materials = gather(snapshot, region, years=asked, year=year, stage=stage, parameters=parameters, on=on)
    chapters = read_outline(parameters.on("garis_besar_rpkd", on), known_blocks={*BLOCKS, *OF_THE_WHOLE})
    named = {name for chapter in chapters for section in chapter.sections for name in section.blocks}
    filled = {name: make(materials) for name, make in BLOCKS.items() if name in named}
    blocks = [block for part in filled.values() for block in part]
    filled |= {
        "structure": structure_of(chapters),
        "data_used": data_used(materials, blocks),
        "methods_used": methods_used(blocks),
        "rules_used": rules_used(materials, blocks),
    }
    return Document(
        title=sentence("rpkd.title"),
        subtitle=_subtitle(materials, period),
        blocks=tuple(block for chapter in chapters for block in _chapter(chapter, filled)),
        marking=_marking(materials),
    )


def _check_length(period: Period | None, parameters: Parameters, on: date) -> None:
    """A plan of many more years than the law gives it is a slip of the hand, and its matrix fits no page."""
    most = parameters.in_force("tahun_rencana", on)
    if period is not None and most is not None and len(period.years) > most.number:
        raise PeriodRefused("period-long", text=f"{period.first}-{period.last}", most=str(most.number))


def _chapter(chapter: Chapter, filled: Filled) -> tuple[Block, ...]:
    blocks: list[Block] = [Heading(1, chapter.number, chapter.title)]
    for section in chapter.sections:
        blocks.append(Heading(2, section.number, section.title))
        blocks.extend(block for name in section.blocks for block in filled[name])
    return tuple(blocks)


def _marking(materials: Materials) -> tuple[Sentence, ...]:
    draft = sentence("rpkd.marking.draft")
    return (sentence("rpkd.marking.fictional"), draft) if is_fictional(materials.region.region) else (draft,)


def _subtitle(materials: Materials, period: Period | None) -> Sentence:
    name, province = opened(materials.region), opened(materials.province)
    inside = materials.region != materials.province
    place = sentence("rpkd.subtitle", region=name, province=province) if inside else name
    code, covered = ("rpkd.subtitle.period", period) if period else ("rpkd.subtitle.rpjmd", _of_rpjmd(materials))
    if covered is None:
        return sentence("rpkd.subtitle.without-period", place=place)
    return sentence(code, place=place, first=Label(str(covered.first)), last=Label(str(covered.last)))


def _of_rpjmd(materials: Materials) -> Period | None:
    """Return the years of the RPJMD, with which an RPKD is made; None where the one at hand is not of this day."""
    plan = materials.ceilings
    if plan is None or materials.on.year not in plan.years:
        return None
    return Period(plan.years[0], plan.years[-1])
