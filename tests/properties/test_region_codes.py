"""Whatever is asked of the register, it answers rightly or refuses."""

from __future__ import annotations

from hypothesis import example, given, settings, strategies as st

from nangkis.regions.names import NameAmbiguous, resolve_codes, resolve_name, resolve_names
from nangkis.regions.register import (
    Level,
    Place,
    RegionNotInSystem,
    RegionUnknown,
    as_written,
    in_system,
    place,
    regencies,
    registered,
)
from nangkis.regions.table import CONTOH, KEMENDAGRI, SYSTEMS
from nangkis.vocabulary.codes import CodeRefused, CodeSystem, Region


REAL = registered(KEMENDAGRI)
REGENCIES = regencies(Region.parse("kemendagri:00"))
PROVINCES = [here for here in REAL if here.level is Level.PROVINCE]
systems = st.sampled_from(SYSTEMS)
digits = st.one_of(
    st.from_regex(r"\d{1,10}", fullmatch=True),
    st.from_regex(r"\d{2}(\.\d{2}){0,2}(\.\d{4})?", fullmatch=True),
    st.sampled_from([here.region.digits for here in REAL]),
)


@given(systems, digits)
@example(CONTOH, "01")  # a government of benchmarks: on no list, yet a place
def test_a_code_is_a_place_that_has_this_code_or_is_refused(system: CodeSystem, code: str) -> None:
    try:
        region = Region(system, code)
        here = place(region)
    except (CodeRefused, RegionUnknown):
        return

    assert place(here.region) == here
    if here.level not in (Level.KECAMATAN, Level.DESA):
        assert in_system(here.region, system) == as_written(region)


@given(st.sampled_from(REAL), systems, systems)
def test_a_code_survives_the_way_through_two_systems(here: Place, first: CodeSystem, second: CodeSystem) -> None:
    try:
        there = in_system(in_system(here.region, first), second)
    except RegionNotInSystem:
        return

    assert place(there) == here


@given(st.lists(st.one_of(st.none(), st.text(max_size=12), digits), max_size=20), systems)
def test_a_column_of_codes_keeps_its_rows(codes: list[str | None], system: CodeSystem) -> None:
    assert len(resolve_codes(codes, system=system)) == len(codes)


@given(st.lists(st.one_of(st.none(), st.text(max_size=30), st.sampled_from([here.name for here in REAL])), max_size=20))
@settings(max_examples=60)
def test_a_column_of_names_keeps_its_rows(names: list[str | None]) -> None:
    found = resolve_names(names)

    assert [resolution.name for resolution in found] == [(name or "").strip() for name in names]
    assert all(resolution.place is None or resolution.candidates == (resolution.place,) for resolution in found)


@given(st.sampled_from(REAL), st.data())
def test_case_spaces_and_marks_do_not_change_what_an_official_name_means(here: Place, data: st.DataObject) -> None:
    respell = data.draw(
        st.sampled_from([str.upper, str.lower, str.title, lambda name: f"  {name.replace(' ', '  ')} *"])
    )
    joint = data.draw(st.sampled_from([" ", "-", " - ", "' "]))
    kind, space, rest = here.name.partition(" ")
    name = (
        f"{kind}{space}{rest.replace(' ', joint)}" if kind in ("Kabupaten", "Kota") else here.name.replace(" ", joint)
    )

    try:
        assert resolve_name(respell(name)) == here
    except NameAmbiguous:
        assert here.level is Level.PROVINCE  # Gorontalo, Jambi, Bengkulu without a word before them


@st.composite
def printed_tables(draw: st.DrawFn) -> list[tuple[Place, str]]:
    """Return places and the names that a table prints for them: provinces as headings or none, kabupaten bare."""
    capitals = draw(st.booleans())
    headings = draw(st.booleans())
    chosen = draw(st.lists(st.sampled_from(PROVINCES), min_size=2, max_size=5, unique=True))
    table: list[tuple[Place, str]] = []
    for province in chosen:
        inside = [here for here in REGENCIES if here.parent == province.region]
        kept = draw(st.lists(st.sampled_from(inside), min_size=2, max_size=len(inside), unique=True))
        if headings:
            table.append((province, province.name.upper() if capitals else province.name))
        table.extend((here, here.name.removeprefix("Kabupaten ")) for here in kept)
    return table


@given(printed_tables())
@settings(max_examples=200)
def test_a_printed_table_is_read_rightly_or_left_open(table: list[tuple[Place, str]]) -> None:
    found = resolve_names([name for _, name in table])

    for resolution, (meant, _) in zip(found, table, strict=True):
        assert resolution.place in (None, meant)
        assert meant in resolution.candidates


@given(st.permutations(REGENCIES))
@settings(max_examples=10)
def test_all_514_are_found_in_any_order(order: list[Place]) -> None:
    found = resolve_names([here.name.removeprefix("Kabupaten ") for here in order])

    assert [resolution.place for resolution in found] == list(order)
