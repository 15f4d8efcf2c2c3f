"""One row per region with its name and code, one column per year."""

from __future__ import annotations

from nangkis.intake.layouts.indicator_table import read_table
from nangkis.intake.layouts.protocol import Layout, Recognition, recognition
from nangkis.intake.layouts.shape import SheetSeen
from nangkis.intake.repairs.places import names_regions
from nangkis.intake.request import Request
from nangkis.lake.manifest import Reading


NAME = "indicator_wide"
VERSION = 3


def recognise(seen: SheetSeen) -> Recognition:
    """Ask for a column of region names, a column of their codes, and columns of numbers."""
    shape = seen.shape
    return recognition(
        {
            "region-names": shape is not None and names_regions(shape.first_names),
            "region-codes": shape is not None and shape.code is not None,
            "values-by-year": shape is not None and bool(shape.values),
        }
    )


def read(seen: SheetSeen, request: Request) -> Reading:
    """Read one sheet."""
    return read_table(seen, request, layout=NAME, version=VERSION)


LAYOUT = Layout(NAME, VERSION, recognise, read)
