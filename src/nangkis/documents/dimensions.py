"""Chapters II and III of the RPKD: the region dimension by dimension, poverty itself first and at length."""

from __future__ import annotations

from nangkis.content.sentences import sentence
from nangkis.content.tree import Block, Empty, Paragraph
from nangkis.diagnosis.dimension_exhibits import dimension_blocks
from nangkis.diagnosis.dimension_words import name_of_dimension
from nangkis.diagnosis.dimensions import profile
from nangkis.diagnosis.exhibits import diagnosis_blocks
from nangkis.diagnosis.place_exhibits import place_blocks
from nangkis.documents.materials import Materials
from nangkis.indicators.dimensions import Dimension
from nangkis.vocabulary.figures import Label


BASIC_SERVICES = (Dimension.EDUCATION, Dimension.HEALTH, Dimension.INFRASTRUCTURE, Dimension.FOOD)


def population(materials: Materials) -> tuple[Block, ...]:
    """The population that the poverty figures imply, with its base named; then what else is known of the people."""
    implied = materials.diagnosis.implied_population
    told = dimension_blocks(materials.diagnosis, Dimension.PEOPLE)
    if implied is not None:
        said = sentence("rpkd.population.implied", year=Label(str(implied.year)), people=implied.figure)
        return (Paragraph((said,)), *told)
    if profile(materials.diagnosis, Dimension.PEOPLE).members:
        return told
    return (Empty(sentence("rpkd.population.empty.why"), sentence("rpkd.population.empty.do")), *told)


def economy(materials: Materials) -> tuple[Block, ...]:
    """Growth, structure and prices."""
    return dimension_blocks(materials.diagnosis, Dimension.ECONOMY)


def labour(materials: Materials) -> tuple[Block, ...]:
    """Work and wages."""
    return dimension_blocks(materials.diagnosis, Dimension.WORK)


def human_development(materials: Materials) -> tuple[Block, ...]:
    """The indices that sum up several dimensions."""
    return dimension_blocks(materials.diagnosis, Dimension.DEVELOPMENT)


def poverty(materials: Materials) -> tuple[Block, ...]:
    """Where the region stands and which way it goes in poverty, indicator by indicator; then what else is measured."""
    rest = sentence(f"dimension.{Dimension.CONSUMPTION}.rest")
    return (
        *diagnosis_blocks(materials.diagnosis.main),
        *place_blocks(materials.diagnosis.main, materials.borders),
        *dimension_blocks(materials.diagnosis, Dimension.CONSUMPTION, title=rest),
    )


def basic_services(materials: Materials) -> tuple[Block, ...]:
    """Education, health, basic infrastructure and food, each under a heading of its own."""
    return tuple(
        block
        for dimension in BASIC_SERVICES
        for block in dimension_blocks(materials.diagnosis, dimension, title=name_of_dimension(dimension))
    )


def social_protection(materials: Materials) -> tuple[Block, ...]:
    """Who is reached by assistance and who is registered."""
    return dimension_blocks(materials.diagnosis, Dimension.PROTECTION)
