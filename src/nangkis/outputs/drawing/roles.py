"""How classes are told apart: by shape or hatching and by lightness first, by colour last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from nangkis.content.charts import Corner, Shade
from nangkis.outputs import tokens


@dataclass(frozen=True)
class Symbol:
    """A point's shape and colour; one that is not filled says that nothing can be told."""

    shape: str
    colour: str
    filled: bool = True


# Okabe and Ito's colours and ink, chosen so that their greys keep apart too.
CORNERS: Mapping[Corner, Symbol] = {
    Corner.UPPER_LEFT: Symbol("triangle-up", "#009E73"),
    Corner.UPPER_RIGHT: Symbol("square", tokens.INK),
    Corner.LOWER_LEFT: Symbol("circle", "#E69F00"),
    Corner.LOWER_RIGHT: Symbol("diamond", "#0072B2"),
    Corner.UNSURE: Symbol("circle", tokens.QUIET, filled=False),
}
# Blues in even steps of lightness; where nothing can be said, hatching on white.
SHADES: Mapping[Shade, str] = {
    Shade.LIGHTEST: "#E3EDF8",
    Shade.LIGHT: "#B0CCEA",
    Shade.MIDDLE: "#78A5D8",
    Shade.DARK: "#3D73B5",
    Shade.DARKEST: "#123C73",
    Shade.NONE: tokens.PAPER,
}
