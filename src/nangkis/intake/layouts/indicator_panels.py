"""Rows that carry their region and year: one indicator by row (``indicator_long``) or several by column (``_many``)."""

from __future__ import annotations

from collections.abc import Callable

from nangkis.intake.layouts.indicator_panel import read_panel
from nangkis.intake.layouts.indicator_roles import Roles, roles_of
from nangkis.intake.layouts.protocol import Layout, Recognition, SheetRefused, recognition
from nangkis.intake.layouts.shape import SheetSeen
from nangkis.intake.request import Request
from nangkis.lake.manifest import Reading


VERSION = 2


def _layout(name: str, lacks: str, fits: Callable[[Roles], bool]) -> Layout:
    """Return the layout of panels whose columns fit; ``lacks`` is the code of what a sheet that does not fit lacks."""

    def recognise(seen: SheetSeen) -> Recognition:
        roles = roles_of(seen)
        has_regions, is_fit = (False, False) if roles is None else (roles.has_regions, fits(roles))
        return recognition({"region-names": has_regions, lacks: is_fit})

    def read(seen: SheetSeen, request: Request) -> Reading:
        roles = roles_of(seen)
        if roles is None or not fits(roles):
            raise SheetRefused("table-not-found", file=seen.sheet.file, sheet=seen.sheet.name)
        return read_panel(seen, roles, request, layout=name, version=VERSION)

    return Layout(name, VERSION, recognise, read)


LONG = _layout("indicator_long", "indicator-by-row", lambda roles: roles.is_long)
MANY = _layout("indicator_many", "several-indicators", lambda roles: roles.is_many)
