"""Chapters I and II of the RPKD: why, on what basis, from which data, and what kind of region."""

from __future__ import annotations

from nangkis.content.sentences import sentence
from nangkis.content.tree import Block, Bullets, Empty, Paragraph
from nangkis.diagnosis.exhibits import diagnosis_summary
from nangkis.diagnosis.wording import named
from nangkis.documents.materials import Materials
from nangkis.documents.outline import Chapter
from nangkis.parameters.dated import Parameter
from nangkis.regions.register import Level, Place, children, place, regencies
from nangkis.regions.splits import splits_of
from nangkis.vocabulary.figures import Figure, Label, Method, Origin
from nangkis.vocabulary.units import Unit


def background(materials: Materials) -> tuple[Block, ...]:
    """Why the plan is made, and what stands out."""
    why = sentence("rpkd.background.why")
    how = sentence("rpkd.background.how", region=named(materials.region))
    return (Paragraph((why, how)), *diagnosis_summary(materials.diagnosis.main))


def legal_basis(materials: Materials) -> tuple[Block, ...]:
    """The texts that the plan rests on."""
    rule = materials.rule("dasar_hukum")
    if rule is None:
        return (Empty(sentence("rpkd.legal.empty.why"), sentence("rpkd.legal.empty.do")),)
    items = tuple(
        sentence("rpkd.legal.item", number=Label(text["number"]), about=Label(text["about"]["id"], text["about"]["en"]))
        for text in rule.value
    )
    blocks: tuple[Block, ...] = (Paragraph((sentence("rpkd.legal.intro"),)), Bullets(items, numbered=True))
    unverified = Paragraph((sentence("rpkd.legal.unverified"),))
    return blocks if rule.verified_at else (*blocks, unverified)


def purpose(materials: Materials) -> tuple[Block, ...]:
    """What the plan is for."""
    intent = sentence("rpkd.purpose.intent", region=named(materials.region))
    return (Paragraph((intent, sentence("rpkd.purpose.aim"))),)


def place_among_plans(_: Materials) -> tuple[Block, ...]:
    """How the plan stands to the other plans."""
    return (Paragraph((sentence("rpkd.place.rpjmd"), sentence("rpkd.place.yearly"))),)


def data_and_methods(_: Materials) -> tuple[Block, ...]:
    """Where the data and the methods are listed."""
    return (Paragraph((sentence("rpkd.data.where"), sentence("rpkd.background.numbers"))),)


def structure_of(chapters: tuple[Chapter, ...]) -> tuple[Block, ...]:
    """The chapters of the document."""
    items = tuple(sentence("rpkd.structure.item", number=chapter.number, title=chapter.title) for chapter in chapters)
    return (Paragraph((sentence("rpkd.structure.intro"),)), Bullets(items))


def administration(materials: Materials) -> tuple[Block, ...]:
    """How many districts and villages the region has, regencies too in a province, and when its borders changed."""
    changes = _border_changes(materials)
    below = regencies(materials.region.region)
    districts = [district for regency in below for district in children(regency.region)]
    register = materials.rule("daftar_wilayah")
    if not districts or register is None:
        return (Empty(sentence("rpkd.administration.empty.why"), sentence("rpkd.administration.empty.do")), *changes)
    villages = sum(len(children(district.region)) for district in districts)
    held = {"districts": len(districts), "villages": villages}
    is_province = materials.region.level is Level.PROVINCE
    if is_province:
        held["regencies"] = len(below)
    counts = sentence(
        "rpkd.administration.province" if is_province else "rpkd.administration.counts",
        region=opened(materials.region),
        register=Label(register.source.title),
        **{what: _registered(materials, register, what, count) for what, count in held.items()},
    )
    return (Paragraph((counts,)), *changes)


def opened(here: Place) -> Label:
    """Return a place's name where it opens a sentence or stands alone."""
    told = named(here)
    return Label(told.text, (told.english or told.text).removeprefix("the ").replace("province of", "Province of", 1))


def _registered(materials: Materials, register: Parameter, what: str, count: int) -> Figure:
    origin = Origin(Method("regions-in-register", 1), (), (register.use,))
    return Figure(f"register/{what}/{materials.region.region}", count, Unit.COUNT, 0, origin)


def _border_changes(materials: Materials) -> tuple[Block, ...]:
    said = tuple(
        sentence(
            "rpkd.administration.split",
            child=named(place(split.child)),
            parent=named(place(split.parent)),
            law=Label(split.law),
        )
        for split in splits_of(materials.region.region)
    )
    return (Paragraph(said),) if said else ()
