"""The charts' font for browsers: wrapped as WOFF, so that a picture looks alike where the font is not installed."""

from __future__ import annotations

import base64
import struct
import zlib
from functools import cache
from pathlib import Path

import font_source_sans_pro

from nangkis.outputs import tokens
from nangkis.outputs.letters import font_tables


# What charts never ask for: kerning, ligatures and signatures take half of the file.
_LEFT_OUT = frozenset({b"DSIG", b"GPOS", b"GSUB", b"GDEF", b"BASE"})
_FACES = {
    ("normal", "normal"): "SourceSansPro-Regular.otf",
    ("bold", "normal"): "SourceSansPro-Bold.otf",
    ("normal", "italic"): "SourceSansPro-It.otf",
}
_HEADER, _RECORD = struct.Struct(">4s4sIHHIHHIIIII"), struct.Struct(">4sIIII")
_SFNT_HEADER, _SFNT_RECORD = 12, 16  # bytes of what the font itself has instead


def font_faces(svg: str) -> str:
    """Return the style rules that bring the faces that a picture uses, as data inside the text."""
    used = [("normal", "normal")]
    used += [("bold", "normal")] if 'font-weight="bold"' in svg else []
    used += [("normal", "italic")] if 'font-style="italic"' in svg else []
    return "".join(_face(weight, style) for weight, style in used)


@cache
def _face(weight: str, style: str) -> str:
    path = Path(font_source_sans_pro.font_directory) / _FACES[weight, style]
    data = base64.b64encode(woff(path.read_bytes())).decode("ascii")
    look = f'font-family:"{tokens.CHART_FONT}";font-weight:{weight};font-style:{style}'
    return f'@font-face{{{look};src:url(data:font/woff;base64,{data}) format("woff")}}'


def woff(font: bytes) -> bytes:
    """Wrap an OpenType font as WOFF 1.0, without the tables that charts do not need."""
    kept = [(tag, checksum, table) for tag, checksum, table in font_tables(font) if tag not in _LEFT_OUT]
    offset = _HEADER.size + _RECORD.size * len(kept)
    directory, body, unpacked = b"", b"", _SFNT_HEADER + _SFNT_RECORD * len(kept)
    for tag, checksum, table in kept:
        stored = min(table, zlib.compress(table, 9), key=len)
        directory += _RECORD.pack(tag, offset + len(body), len(stored), len(table), checksum)
        body += stored + bytes(-len(stored) % 4)
        unpacked += len(table) + -len(table) % 4
    whole = offset + len(body)
    return _HEADER.pack(b"wOFF", font[:4], whole, len(kept), 0, unpacked, 1, 0, 0, 0, 0, 0, 0) + directory + body
