"""One row per region, indicator and year, with one value."""

from __future__ import annotations

from nangkis.intake.layouts.indicator_panel import read_panel
from nangkis.intake.layouts.indicator_roles import roles_of
from nangkis.intake.layouts.protocol import Layout, Recognition, SheetRefused, recognition
from nangkis.intake.layouts.shape import SheetSeen
from nangkis.intake.request import Request
from nangkis.lake.manifest import Reading


NAME = "indicator_long"
VERSION = 1


def recognise(seen: SheetSeen) -> Recognition:
    """Ask for the columns by the words of one header row."""
    roles = roles_of(seen)
    return recognition(
        {
            "region-names": roles is not None and roles.has_regions,
            "indicator-by-row": roles is not None and roles.is_long,
        }
    )


def read(seen: SheetSeen, request: Request) -> Reading:
    """Read one sheet. Raises SheetRefused when its header is not of this layout, or something needed is unsaid."""
    roles = roles_of(seen)
    if roles is None or not roles.is_long:
        raise SheetRefused("table-not-found", file=seen.sheet.file, sheet=seen.sheet.name)
    return read_panel(seen, roles, request, layout=NAME, version=VERSION)


LAYOUT = Layout(NAME, VERSION, recognise, read)
