"""Names and codes of a column into places. A code is never guessed from its digits, a name never from its likeness."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from nangkis.intake.limits import Thresholds
from nangkis.regions.names import Resolution, resolve_codes, resolve_names
from nangkis.regions.register import Place, canonical
from nangkis.regions.table import SYSTEMS
from nangkis.vocabulary.codes import CodeSystem, Region
from nangkis.vocabulary.refusals import FileRefused


SAMPLE_OF_NAMES = 60
CELLS_SHOWN = 5
LETTER = re.compile(r"[^\W\d_]")
FICTIONAL = "contoh"
UNNAMED = ("unknown", "missing")
NAME_TROUBLE = {
    "ambiguous": "region-name-ambiguous",
    "unknown": "region-name-unknown",
    "missing": "region-name-missing",
}


class CodesUnsaid(FileRefused):
    """The file has codes, and nothing says in which system they are."""


class CodesContradictNames(FileRefused):
    """Under the code system that was said, too many codes mean another region than the name beside them, or none."""


@dataclass(frozen=True)
class PlaceRead:
    """What a row's name and code mean. ``trouble`` is the code of a finding when ``place`` is None or doubtful.

    ``refused`` says that the row cannot be accepted; else a trouble is only told.
    """

    name: str
    code: str | None
    place: Place | None
    trouble: str | None
    refused: bool
    candidates: str


@dataclass(frozen=True)
class PlacesRead:
    """A column of places: ``system`` is the code system that was used, ``inferred`` whether codes and names told it."""

    rows: tuple[PlaceRead, ...]
    system: CodeSystem
    inferred: bool


def read_places(
    names: Sequence[str | None],
    codes: Sequence[str | None] | None,
    *,
    said: CodeSystem | None,
    within: Region | None,
    file: str,
    thresholds: Thresholds,
    cell: Callable[[int], str],
) -> PlacesRead:
    """Return the place of each row.

    Raises CodesUnsaid when there are codes and no single system agrees with all names, CodesContradictNames when the
    one that was said disagrees with too many of them.

    Args:
        names: the column as it stands, headings included.
        codes: the column of codes, or None when the file has none.
        said: the system of the codes, when the user said it.
        within: the region that the file is about; asked only for names that mean several places.
        file: the file's name, for the refusal.
        thresholds: from how many disagreements on a system is the wrong one.
        cell: where a row's code stands, for the refusal; asked by the row's place in ``codes``.
    """
    resolutions = _resolved(names, said, within)
    if codes is None:
        return PlacesRead(tuple(_by_name(found) for found in resolutions), _canonical_of(resolutions), inferred=False)
    if said is not None:
        _check_said(resolutions, codes, said, file, thresholds)
    system = said if said is not None else _agreeing_system(resolutions, codes, file, cell)
    by_code = resolve_codes(codes, system=system)
    rows = tuple(_by_both(found, code, place) for found, code, place in zip(resolutions, codes, by_code, strict=True))
    return PlacesRead(rows, system, inferred=said is None)


def names_regions(texts: Sequence[str]) -> bool:
    """Say whether at least half of the first texts of a column are names of regions, real or fictional."""
    names = [text for text in texts[:SAMPLE_OF_NAMES] if LETTER.search(text)]
    for system in ("kemendagri", FICTIONAL):
        known = sum(
            found.place is not None or found.how == "ambiguous" for found in resolve_names(names, system=system)
        )
        if names and 2 * known >= len(names):
            return True
    return False


def _resolved(names: Sequence[str | None], said: CodeSystem | None, within: Region | None) -> tuple[Resolution, ...]:
    """Resolve names under the register that fits: the fictional one only when no name is in the real one."""
    if said is not None:
        return _narrowed(resolve_names(names, system=said.name), names, said.name, within)
    real = resolve_names(names)
    if not any(found.place or found.how == "ambiguous" for found in real):
        fictional = resolve_names(names, system=FICTIONAL)
        if any(found.place for found in fictional):
            return _narrowed(fictional, names, FICTIONAL, within)
    return _narrowed(real, names, "kemendagri", within)


def _narrowed(
    found: tuple[Resolution, ...], names: Sequence[str | None], system: str, within: Region | None
) -> tuple[Resolution, ...]:
    if within is None or canonical(system) != within.system:
        return found
    inside = resolve_names(names, system=system, within=within)
    return tuple(
        narrow if wide.how == "ambiguous" and narrow.place else wide for wide, narrow in zip(found, inside, strict=True)
    )


def _canonical_of(resolutions: Sequence[Resolution]) -> CodeSystem:
    first = next((found.place for found in resolutions if found.place), None)
    return first.region.system if first else canonical("kemendagri")


def _agreeing_system(
    resolutions: Sequence[Resolution], codes: Sequence[str | None], file: str, cell: Callable[[int], str]
) -> CodeSystem:
    """Return the one system under which every code and its name agree, its latest edition first.

    A code that no system has is a slip of the pen and says nothing, as long as more codes do.
    """
    newest_first = sorted(SYSTEMS, key=lambda system: (system.name, -system.edition))
    known = _known_somewhere(codes)
    slips = sum(bool(code) for code in codes) - sum(bool(code) for code in known)
    asked = known if slips < sum(bool(code) for code in known) else codes
    agreeing = [system for system in newest_first if _agree(resolutions, asked, system)]
    if len({system.name for system in agreeing}) == 1:
        return agreeing[0]
    register = _canonical_of(resolutions).name  # the example's own codes are none of a real file
    possible = agreeing or [system for system in newest_first if (system.name == FICTIONAL) == (register == FICTIONAL)]
    least = min((_apart(resolutions, codes, system) for system in possible), key=len)
    raise codes_unsaid(file, possible, [(cell(index), codes[index]) for index in least])


def codes_unsaid(file: str, systems: Iterable[CodeSystem], apart: Sequence[tuple[str, str | None]]) -> CodesUnsaid:
    """Return the refusal of codes whose system nobody says; ``apart`` are cells and their codes that fit no name."""
    cells = ", ".join(f"{cell} ('{code}')" for cell, code in apart[:CELLS_SHOWN]) or "–"
    return CodesUnsaid("codes-unsaid", file=file, known=", ".join(map(str, systems)), cells=cells)


def _known_somewhere(codes: Sequence[str | None]) -> list[str | None]:
    """Return the codes that at least one system has, None for the others."""
    found = zip(*(resolve_codes(codes, system=system) for system in SYSTEMS), strict=True)
    return [code if any(places) else None for code, places in zip(codes, found, strict=True)]


def _apart(resolutions: Sequence[Resolution], codes: Sequence[str | None], system: CodeSystem) -> list[int]:
    """Return the rows whose code does not mean what their name means."""
    by_code = resolve_codes(codes, system=system)
    rows = enumerate(zip(resolutions, codes, by_code, strict=True))
    return [index for index, (found, code, place) in rows if code and not _names(found, place)]


def _check_said(
    resolutions: Sequence[Resolution], codes: Sequence[str | None], said: CodeSystem, file: str, thresholds: Thresholds
) -> None:
    """Refuse a system under which many codes do not fit their names, with the systems under which they do."""
    pairs = sum(bool(code) and found.how not in UNNAMED for found, code in zip(resolutions, codes, strict=True))

    def apart(system: CodeSystem) -> int:
        return _disagreements(resolutions, codes, system)

    def too_many(count: int) -> bool:
        return count >= thresholds.contradicting_rows and count > thresholds.contradicting_share * pairs

    count = apart(said)
    if not too_many(count):
        return
    told = {"file": file, "said": str(said), "count": count, "total": pairs}
    least = min(map(apart, SYSTEMS))
    if too_many(least):
        raise CodesContradictNames("codes-contradict-names", **told)
    fitting = ", ".join(str(system) for system in SYSTEMS if apart(system) == least)
    raise CodesContradictNames("codes-of-another-system", **told, fitting=fitting)


def _disagreements(resolutions: Sequence[Resolution], codes: Sequence[str | None], system: CodeSystem) -> int:
    """Return how many known names stand beside a code that means another place, or none."""
    by_code = resolve_codes(codes, system=system)
    return sum(
        bool(code) and found.how not in UNNAMED and not _names(found, place)
        for found, code, place in zip(resolutions, codes, by_code, strict=True)
    )


def _agree(resolutions: Sequence[Resolution], codes: Sequence[str | None], system: CodeSystem) -> bool:
    by_code = resolve_codes(codes, system=system)
    pairs = [(found, place) for found, code, place in zip(resolutions, codes, by_code, strict=True) if code]
    return bool(pairs) and all(_names(found, place) for found, place in pairs)


def _names(found: Resolution, place: Place | None) -> bool:
    """Say whether a name, as far as it is known, may mean this place; a merely similar name does not."""
    return place is not None and found.how != "unknown" and place in found.candidates


def _by_name(found: Resolution) -> PlaceRead:
    if found.place is not None:
        return PlaceRead(found.name, None, found.place, None, refused=False, candidates="")
    return PlaceRead(found.name, None, None, NAME_TROUBLE[found.how], refused=True, candidates=_shown(found))


def _by_both(found: Resolution, code: str | None, place: Place | None) -> PlaceRead:
    """Weigh a row's code against its name: either alone may carry the other's silence, neither its contradiction."""

    def told(trouble: str | None, taken: Place | None, *, refused: bool = False, candidates: str = "") -> PlaceRead:
        return PlaceRead(found.name, code, taken, trouble, refused=refused, candidates=candidates)

    if not code:
        by_name = _by_name(found)
        return told(by_name.trouble or "region-code-blank", by_name.place, refused=by_name.refused)
    if place is None and found.place is not None:
        return told("region-code-by-name", found.place, candidates=_listed((found.place,)))
    if place is None:
        return told("region-code-unknown", None, refused=True, candidates=_shown(found))
    if _names(found, place):
        return told(None, place)
    if found.how in UNNAMED:
        return told("region-name-by-code", place, candidates=_listed((place,)))
    return told("region-code-contradicts-name", None, refused=True, candidates=_listed((place, *found.candidates)))


def _shown(found: Resolution) -> str:
    return _listed(found.candidates)


def _listed(places: Sequence[Place]) -> str:
    return "; ".join(f"{place.name} ({place.region})" for place in places) or "–"
