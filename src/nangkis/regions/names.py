"""Places by name. A name that may mean more than one place is refused with its candidates, never guessed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from nangkis.regions.columns import Meanings, Row, beside_their_kota, cut_off_doubted, headings_settled, under_headings
from nangkis.regions.index import Index, inside, regional
from nangkis.regions.register import Place, RegionUnknown, canonical, place
from nangkis.regions.spelling import written
from nangkis.vocabulary.codes import CodeRefused, CodeSystem, Region
from nangkis.vocabulary.refusals import RequestRefused


@dataclass(frozen=True)
class Resolution:
    """What a name in a column means.

    ``how`` says what decided: ``exact`` (the list's own name), ``spelling`` (a reviewed other spelling),
    ``under-heading`` (its place among provinces and what lies in them), ``kota-in-batch`` (the column names the kota
    too). Where ``place`` is None: ``ambiguous`` or ``unknown``, with candidates to show, or ``missing``.
    """

    name: str
    place: Place | None
    candidates: tuple[Place, ...]
    how: str


class NameAmbiguous(RequestRefused):
    """A name means more than one place."""


class NameUnknown(RequestRefused):
    """No place has this name."""


# Looking for similar names costs milliseconds each; a column of another kind must not take minutes.
_NAMES_WITH_CANDIDATES = 50


def resolve_names(
    names: Sequence[str | None], *, system: str = "kemendagri", within: Region | None = None
) -> tuple[Resolution, ...]:
    """Return what each name of a column means, in the column's order.

    Args:
        names: the whole column as it stands in the file, province rows included: they say what the rows below mean.
        system: whose register is read: ``kemendagri`` (``bps`` has the same names) or ``contoh``.
        within: the region that the file is about; then only it and what lies one level below it is found (below a
            kabupaten: kecamatan).
    """
    index = regional(canonical(system)) if within is None else inside(place(within).region)
    rows = [_row(name, index) for name in names]
    steps = [[row.meant for row in rows], headings_settled(rows)]
    steps.append(under_headings(steps[-1]))
    steps.append(beside_their_kota(rows, steps[-1]))
    steps.append(cut_off_doubted(steps[-1]))
    proposals = _Proposals(index)
    return tuple(
        _resolution(row, [step[position] for step in steps], proposals, within) for position, row in enumerate(rows)
    )


def resolve_name(name: str, *, within: Region | None = None, system: str = "kemendagri") -> Place:
    """Return the one place that a name means. Raises NameAmbiguous or NameUnknown, with the candidates.

    >>> resolve_name("KAB. MOROWALI").name
    'Kabupaten Morowali'
    """
    resolution = resolve_names([name], system=system, within=within)[0]
    if resolution.place is not None:
        return resolution.place
    shown = ", ".join(_shown(here) for here in resolution.candidates) or "-"
    if resolution.how == "ambiguous":
        raise NameAmbiguous("name-ambiguous", name=name, candidates=shown)
    raise NameUnknown("name-unknown", name=name, candidates=shown)


def resolve_codes(codes: Sequence[str | None], *, system: CodeSystem) -> tuple[Place | None, ...]:
    """Return the place of each code in the system that the caller names; None where that system has no such code."""
    return tuple(None if code is None else _place_or_none(code.strip(), system) for code in codes)


@lru_cache(maxsize=8192)
def _place_or_none(digits: str, system: CodeSystem) -> Place | None:
    try:
        return place(Region(system, digits))
    except (CodeRefused, RegionUnknown):
        return None


def _row(name: str | None, index: Index) -> Row:
    text = (name or "").strip()
    return Row(text, written(text).word, index.find(text))


def _resolution(row: Row, steps: Meanings, proposals: _Proposals, within: Region | None) -> Resolution:
    """Say which step left one meaning; ``steps`` are the row's meanings after each."""
    if len(steps[-1]) != 1:
        return _unresolved(row, steps[-1], proposals)
    here = steps[-1][0]
    deciding = next(step for step, meant in enumerate(steps) if len(meant) == 1)
    how = (_by_itself(row, here, within), "under-heading", "under-heading", "kota-in-batch")[deciding]
    return Resolution(row.text, here, (here,), how)


def _by_itself(row: Row, here: Place, within: Region | None) -> str:
    if within is not None and len(regional(here.region.system).find(row.text)) > 1:
        return "under-heading"
    return "exact" if written(here.name).key == written(row.text).key else "spelling"


def _unresolved(row: Row, meant: tuple[Place, ...], proposals: _Proposals) -> Resolution:
    if not row.text:
        return Resolution(row.text, None, (), "missing")
    if meant:
        return Resolution(row.text, None, meant, "ambiguous")
    return Resolution(row.text, None, proposals.near(row.text), "unknown")


class _Proposals:
    """Similar names for the unknown ones of a column, each looked for once, and only for the first few."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._found: dict[str, tuple[Place, ...]] = {}

    def near(self, text: str) -> tuple[Place, ...]:
        if text not in self._found and len(self._found) < _NAMES_WITH_CANDIDATES:
            self._found[text] = self._index.near(text)
        return self._found.get(text, ())


def _shown(here: Place) -> str:
    lies_in = f", {place(here.parent).name}" if here.parent is not None else ""
    return f"{here.name} ({here.region}{lies_in})"
