"""Classes keep apart for colour-blind readers and in a copy without colour."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping

import pytest

from nangkis.content.charts import Corner, Shade
from nangkis.outputs.drawing.roles import CORNERS, SHADES


Colour = tuple[float, float, float]
Matrix = tuple[Colour, Colour, Colour]
# Machado, Oliveira and Fernandes (2009), severity 1.0, on linear RGB.
PROTAN: Matrix = ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998))
DEUTAN: Matrix = ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881))
# Two patches that differ by 10 or more are told apart at a glance; 2.3 is the least that anybody sees.
LEAST_DIFFERENCE = 15.0
LEAST_LIGHTNESS = 9.0


def linear(colour: str) -> Colour:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return _curve(red), _curve(green), _curve(blue)


def _curve(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def seen_by(matrix: Matrix) -> Callable[[Colour], Colour]:
    def seen(colour: Colour) -> Colour:
        first, second, third = (
            min(max(sum(weight * part for weight, part in zip(row, colour, strict=True)), 0.0), 1.0) for row in matrix
        )
        return first, second, third

    return seen


def grey(colour: Colour) -> Colour:
    light = 0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2]
    return light, light, light


EYES: Mapping[str, Callable[[Colour], Colour]] = {
    "all colours": lambda colour: colour,
    "no red": seen_by(PROTAN),
    "no green": seen_by(DEUTAN),
    "no colour": grey,
}


def lab(colour: Colour) -> Colour:
    """CIE L*a*b* under D65."""
    red, green, blue = colour
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    fx, fy, fz = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def difference(one: str, other: str, eye: str) -> float:
    return math.dist(lab(EYES[eye](linear(one))), lab(EYES[eye](linear(other))))


def test_the_measure_knows_black_from_white_and_red_from_green() -> None:
    assert difference("#000000", "#FFFFFF", "no colour") == pytest.approx(100, abs=0.1)
    red_and_green = ("#B3432B", "#1B7F5C")  # why they are not the pair: half of what parts them is gone
    assert difference(*red_and_green, "no green") < 0.55 * difference(*red_and_green, "all colours")


@pytest.mark.parametrize("eye", ["all colours", "no red", "no green"])
@pytest.mark.parametrize(("one", "other"), list(itertools.combinations(Corner, 2)))
def test_two_corners_differ_for_every_reader(one: Corner, other: Corner, eye: str) -> None:
    assert difference(CORNERS[one].colour, CORNERS[other].colour, eye) >= LEAST_DIFFERENCE


@pytest.mark.parametrize(
    ("one", "other"), list(itertools.combinations([corner for corner in Corner if CORNERS[corner].filled], 2))
)
def test_two_corners_differ_in_a_copy_without_colour(one: Corner, other: Corner) -> None:
    assert difference(CORNERS[one].colour, CORNERS[other].colour, "no colour") >= LEAST_LIGHTNESS


@pytest.mark.parametrize("eye", EYES)
def test_shades_darken_step_by_step_for_every_reader(eye: str) -> None:
    steps = [shade for shade in Shade if shade is not Shade.NONE]
    lightness = [lab(EYES[eye](linear(SHADES[shade])))[0] for shade in steps]

    assert all(lighter - darker >= LEAST_LIGHTNESS for lighter, darker in itertools.pairwise(lightness))
