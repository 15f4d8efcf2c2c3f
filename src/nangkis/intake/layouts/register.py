"""All layouts, and which one a sheet is of."""

from __future__ import annotations

from nangkis.intake.cells.sheet import Sheet
from nangkis.intake.layouts import (
    boundary,
    bps_table,
    crosswalk_decision,
    djpk_posture,
    indicator_panels,
    indicator_wide,
    nomenclature_accounts,
    nomenclature_coded,
    nomenclature_sipd,
    nomenclature_split,
    rkpd_print,
    rpjmd_program,
    service_answers,
    sipd_22,
    sipd_pagu,
    tag_list,
    tkpk_record,
    wilayah_desil,
)
from nangkis.intake.layouts.protocol import Layout, Recognition
from nangkis.intake.layouts.shape import SheetSeen
from nangkis.intake.request import Request
from nangkis.vocabulary.refusals import FileRefused


class LayoutUnknown(FileRefused):
    """The sheet is of no layout that Nangkis knows, or of none with the name that was said."""


LAYOUTS: dict[str, Layout] = {
    layout.name: layout
    for layout in (
        service_answers.TABLE,  # first: their sheets are also long tables
        service_answers.SERIES,
        boundary.LAYOUT,
        crosswalk_decision.LAYOUT,
        nomenclature_sipd.LAYOUT,
        nomenclature_split.LAYOUT,
        nomenclature_coded.LAYOUT,
        nomenclature_accounts.LAYOUT,
        rpjmd_program.LAYOUT,
        sipd_22.LAYOUT,
        sipd_pagu.LAYOUT,
        rkpd_print.LAYOUT,
        djpk_posture.LAYOUT,
        indicator_panels.LONG,
        indicator_panels.MANY,
        indicator_wide.LAYOUT,
        wilayah_desil.LAYOUT,
        tkpk_record.LAYOUT,
        tag_list.LAYOUT,
        bps_table.LAYOUT,
    )
}
CELLS_SHOWN = 8
NEAR = 0.5  # a layout of which less is there is not worth naming


def layout_of(seen: SheetSeen, request: Request) -> Layout:
    """Return the layout as said, else the one recognised. Raises LayoutUnknown with what was seen and what is near."""
    if request.layout is not None:
        if request.layout not in LAYOUTS:
            raise LayoutUnknown("layout-name-unknown", said=request.layout, known=", ".join(LAYOUTS))
        return LAYOUTS[request.layout]
    found: dict[str, Recognition] = {}
    for name, layout in LAYOUTS.items():
        found[name] = layout.recognise(seen)
        if found[name].complete:  # the later ones are not asked: looking for names of regions is slow
            return layout
    raise _unknown(seen.sheet, found)


def _unknown(sheet: Sheet, found: dict[str, Recognition]) -> LayoutUnknown:
    nearest = max(found, key=lambda name: found[name].score)
    rows = sheet.head(CELLS_SHOWN)
    widest = max(rows, key=lambda row: sum(map(bool, row)), default=[])
    seen = " | ".join([cell for cell in widest if cell][:CELLS_SHOWN])
    told = {"file": sheet.file, "sheet": sheet.name, "seen": seen, "known": ", ".join(LAYOUTS)}
    if found[nearest].score < NEAR:
        return LayoutUnknown("layout-unknown", **told)
    return LayoutUnknown("layout-nearly-known", **told, nearest=nearest, lacks=found[nearest].lacks)
