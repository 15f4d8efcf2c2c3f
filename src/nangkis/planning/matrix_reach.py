"""The matrix's last columns: for whom, where, and which offices, programme by programme."""

from __future__ import annotations

from collections.abc import Iterator

from nangkis.budget.telling import file_sources, sources
from nangkis.content.sentences import sentence
from nangkis.content.tree import Cell, Column, Missing, Row, Table
from nangkis.planning import telling
from nangkis.planning.location_exhibits import families_of_all, poor_deciles
from nangkis.planning.locations import FIRST_CLASS, Locations
from nangkis.planning.matrix import Matrix, Programme
from nangkis.planning.places_schema import PlaceLevel
from nangkis.vocabulary.figures import Label


# The nearest reach of a programme's lines is what it is for.
REACHES = ("langsung", "tidak-langsung", "penunjang")
MOST_PLACES = 8


def reach_table(matrix: Matrix) -> Table:
    """Return target group, places, leading and supporting offices of each programme; proposed, for the TKPK decides."""
    columns = (
        Column(sentence("planning.five.column.program"), 0.20),
        Column(sentence("planning.reach.column.group"), 0.18),
        Column(sentence("planning.reach.column.families"), 0.08, numeric=True),
        Column(sentence("planning.reach.column.places"), 0.22),
        Column(sentence("planning.reach.column.lead"), 0.16),
        Column(sentence("planning.reach.column.support"), 0.16),
    )
    kecamatan = next((one for one in matrix.locations if one.level is PlaceLevel.KECAMATAN), None)
    places = file_sources(kecamatan.manifests) if kecamatan is not None else ()
    return Table(
        sentence("planning.reach.table"),
        columns,
        tuple(_rows(matrix, kecamatan)),
        notes=(sentence("planning.note.proposed"), sentence("planning.reach.note")),
        sources=telling.each_once(*map(sources, matrix.budgets), places),
        landscape=True,
    )


def _rows(matrix: Matrix, kecamatan: Locations | None) -> Iterator[Row]:
    by_code: dict[str, list[Programme]] = {}
    for one in matrix.programmes:
        by_code.setdefault(one.code, []).append(one)
    for code, own in by_code.items():
        # Ties keep the order of the offices' codes: two runs must print the same document.
        offices = [one.office_name or one.office_code for one in sorted(own, key=lambda one: -one.sen)]
        yield Row(
            (
                telling.programme(code, matrix.name_of(code)),
                *_group(own, kecamatan),
                _places(own, kecamatan),
                Label(offices[0]),
                telling.texts(dict.fromkeys(offices[1:]), "planning.reach.missing.support"),
            )
        )


def _group(own: list[Programme], kecamatan: Locations | None) -> tuple[Cell, Cell]:
    """Return for whom a programme is, and how many families they are."""
    reached = {reach for one in own for reach in one.told("directness")}
    nearest = next((reach for reach in REACHES if reach in reached), None)
    if nearest is None:
        unknown = Missing(sentence("planning.reach.missing.group"))
        return unknown, unknown
    if nearest != REACHES[0]:
        return sentence(f"planning.reach.group.{nearest}"), Missing(sentence("planning.reach.missing.indirect"))
    families = families_of_all(kecamatan) if kecamatan is not None else None
    if kecamatan is None or families is None:
        return sentence("planning.reach.group.langsung"), Missing(sentence("planning.reach.missing.families"))
    return sentence("planning.reach.group.families", deciles=poor_deciles(kecamatan)), families


def _places(own: list[Programme], kecamatan: Locations | None) -> Cell:
    """Return the places that the budget names; else the kecamatan of the first class, as a proposal."""
    named = list(dict.fromkeys(name for one in own for name in one.told("location_name")))
    if named:
        return sentence("planning.reach.places.budget", names=_shortened(named))
    if kecamatan is None:
        return Missing(sentence("planning.reach.missing.places"))
    first = kecamatan.places.filter(priority=FIRST_CLASS).sort("place")
    told = [f"{row['place_name']} ({str(row['place']).partition(':')[2]})" for row in first.iter_rows(named=True)]
    if not told:
        return Missing(sentence("planning.reach.missing.first-class"))
    return sentence("planning.reach.places.proposed", names=_shortened(told))


def _shortened(names: list[str]) -> Label:
    more = " …" if len(names) > MOST_PLACES else ""
    return Label("; ".join(names[:MOST_PLACES]) + more)
