"""The RPKD: the region's five-year plan for poverty reduction, by the outline in force."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from nangkis.budget.schema import Stage
from nangkis.content.sentences import Sentence, sentence
from nangkis.content.tree import Block, Column, Document, Heading, Paragraph, Row, Table, figures_of_block
from nangkis.documents.blocks import BLOCKS, OF_THE_WHOLE
from nangkis.documents.materials import Materials, gather
from nangkis.documents.opening import structure_of
from nangkis.documents.outline import Chapter, read_outline
from nangkis.lake.snapshot import Snapshot
from nangkis.parameters.dated import Parameters
from nangkis.vocabulary.codes import Region
from nangkis.vocabulary.figures import Label


FICTIONAL_SYSTEM = "contoh"
Filled = Mapping[str, tuple[Block, ...]]


def make_rpkd(
    snapshot: Snapshot, region: Region, *, year: int | None, stage: Stage | None, parameters: Parameters, on: date
) -> Document:
    """Return the content of a region's RPKD: the same for the same tables, parameters and day.

    ``year`` and ``stage`` choose the budget; the latest year there is when not given.
    """
    materials = gather(snapshot, region, year=year, stage=stage, parameters=parameters, on=on)
    chapters = read_outline(parameters.on("garis_besar_rpkd", on), known_blocks={*BLOCKS, *OF_THE_WHOLE})
    named = {name for chapter in chapters for section in chapter.sections for name in section.blocks}
    filled = {name: make(materials) for name, make in BLOCKS.items() if name in named}
    filled |= {"structure": structure_of(chapters), "methods_used": _methods_used(filled)}
    return Document(
        title=sentence("rpkd.title"),
        subtitle=sentence(
            "rpkd.subtitle", region=Label(materials.region.name), province=Label(materials.province.name)
        ),
        blocks=tuple(block for chapter in chapters for block in _chapter(chapter, filled)),
        marking=_marking(materials),
    )


def _chapter(chapter: Chapter, filled: Filled) -> tuple[Block, ...]:
    blocks: list[Block] = [Heading(1, chapter.number, chapter.title)]
    for section in chapter.sections:
        blocks.append(Heading(2, section.number, section.title))
        blocks.extend(block for name in section.blocks for block in filled[name])
    return tuple(blocks)


def _marking(materials: Materials) -> tuple[Sentence, ...]:
    draft = sentence("rpkd.marking.draft")
    fictional = materials.region.region.system.name == FICTIONAL_SYSTEM
    return (sentence("rpkd.marking.fictional"), draft) if fictional else (draft,)


def _methods_used(filled: Filled) -> tuple[Block, ...]:
    """Say in words how each kind of number was computed, from the figures themselves."""
    blocks = (block for part in filled.values() for block in part)
    methods = {figure.origin.method for block in blocks for figure in figures_of_block(block)}
    columns = (
        Column(sentence("rpkd.methods.column.formula"), 0.72),
        Column(sentence("rpkd.methods.column.name"), 0.28),
    )
    rows = tuple(Row((sentence(f"method.{method.name}"), Label(str(method)))) for method in sorted(methods, key=str))
    return (Paragraph((sentence("rpkd.methods.intro"),)), Table(sentence("rpkd.methods.table"), columns, rows))
