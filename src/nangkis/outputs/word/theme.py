"""Word's theme: our colours and font in its menus, so that what an office adds looks like the rest."""

from __future__ import annotations

from nangkis.outputs import tokens
from nangkis.outputs.word.styles import hexadecimal
from nangkis.outputs.word.xml import drawing
from nangkis.outputs.xml_tree import Element


_NAME = "Nangkis"
# Word asks for exactly these twelve, in this order.
_COLOURS = {
    "dk1": tokens.INK,
    "lt1": tokens.PAPER,
    "dk2": tokens.QUIET,
    "lt2": tokens.MIST,
    "accent1": tokens.NILA,
    "accent2": tokens.QUIET,
    "accent3": tokens.PEERS,
    **{f"accent{place}": colour for place, colour in enumerate(tokens.VERDICT_COLOURS.values(), start=4)},
    "hlink": tokens.NILA,
    "folHlink": tokens.QUIET,
}
_OF_EACH = 3  # fills, lines and effects: subtle, moderate, intense


def theme() -> Element:
    """Return the root of ``theme1.xml``; its fills and lines are plain, without shadow."""
    colours = (drawing(f"a:{name}", _colour(colour)) for name, colour in _COLOURS.items())
    fonts = (_font(name) for name in ("a:majorFont", "a:minorFont"))
    plain = drawing(
        "a:fmtScheme",
        drawing("a:fillStyleLst", *(_fill() for _ in range(_OF_EACH))),
        drawing("a:lnStyleLst", *(drawing("a:ln", _fill(), w=9525) for _ in range(_OF_EACH))),
        drawing("a:effectStyleLst", *(drawing("a:effectStyle", drawing("a:effectLst")) for _ in range(_OF_EACH))),
        drawing("a:bgFillStyleLst", *(_fill() for _ in range(_OF_EACH))),
        name=_NAME,
    )
    scheme = drawing("a:clrScheme", *colours, name=_NAME)
    return drawing(
        "a:theme", drawing("a:themeElements", scheme, drawing("a:fontScheme", *fonts, name=_NAME), plain), name=_NAME
    )


def _colour(colour: str) -> Element:
    return drawing("a:srgbClr", val=hexadecimal(colour))


def _fill() -> Element:
    return drawing("a:solidFill", drawing("a:schemeClr", val="phClr"))


def _font(name: str) -> Element:
    latin = drawing("a:latin", typeface=tokens.WORD_FONT)
    return drawing(name, latin, drawing("a:ea", typeface=""), drawing("a:cs", typeface=""))
