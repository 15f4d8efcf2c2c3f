"""Tables as BPS publishes them: titles above, provinces as headings, names without codes, notes below."""

from __future__ import annotations

from nangkis.intake.layouts.indicator_table import read_table
from nangkis.intake.layouts.protocol import Layout, Recognition, recognition
from nangkis.intake.layouts.shape import SheetSeen
from nangkis.intake.repairs.places import names_regions
from nangkis.intake.request import Request
from nangkis.lake.manifest import Reading


NAME = "bps_table"
VERSION = 3


def recognise(seen: SheetSeen) -> Recognition:
    """Ask for a column of region names, columns of numbers below it, and no column of codes."""
    shape = seen.shape
    names = shape is not None and names_regions(shape.first_names)
    return recognition(
        {
            "region-names": names,
            "values": shape is not None and bool(shape.values),
            "no-code-column": shape is not None and shape.code is None,
        }
    )


def read(seen: SheetSeen, request: Request) -> Reading:
    """Read one sheet."""
    return read_table(seen, request, layout=NAME, version=VERSION)


LAYOUT = Layout(NAME, VERSION, recognise, read)
