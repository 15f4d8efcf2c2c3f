"""The versions of the nomenclature: which decree set each, and in which budget years it holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from nangkis.parameters.dated import Parameters
from nangkis.vocabulary.figures import Label, ParameterUse
from nangkis.vocabulary.refusals import RequestRefused


PARAMETER = "nomenklatur_versi"
MARKS = re.compile(r"[\W_]+")


class VersionUnknown(RequestRefused):
    """No version of the nomenclature has this name."""


@dataclass(frozen=True)
class Version:
    """One version. ``written`` is how titles and file names write it; ``use`` names the dated value that says so."""

    name: str
    decree: str | None
    valid_from: int
    valid_until: int | None
    sub_digits: int
    written: tuple[str, ...]
    use: ParameterUse

    def holds_in(self, year: int) -> bool:
        """Say whether budgets of a year are written by it."""
        return self.valid_from <= year and (self.valid_until is None or year <= self.valid_until)

    @property
    def label(self) -> Label:
        """The version's name, as it stands in sentences."""
        return Label(self.name)


def versions_on(parameters: Parameters, day: date) -> Mapping[str, Version]:
    """Return the versions that were set by a day, by name, in the order in which they were set."""
    found = {}
    for parameter in parameters.by_name.get(PARAMETER, ()):
        if parameter.in_force_from > day:
            continue
        told = parameter.value
        until = str(told["until_year"])
        found[str(told["version"])] = Version(
            name=str(told["version"]),
            decree=str(told["decree"]) or None,
            valid_from=int(told["from_year"]),
            valid_until=int(until) if until else None,
            sub_digits=int(told["sub_digits"]),
            written=tuple(str(text) for text in told["written"]),
            use=parameter.use,
        )
    return found


def version_named(known: Mapping[str, Version], name: str) -> Version:
    """Return the version of a name. Raises VersionUnknown, with the names that are known."""
    version = known.get(name.strip())
    if version is None:
        raise VersionUnknown("nomenclature-version-unknown", said=name, known=", ".join(known))
    return version


def versions_in_year(known: Mapping[str, Version], year: int) -> tuple[Version, ...]:
    """Return every version that holds in a budget year: none, one, or several of which a person must name one."""
    return tuple(version for version in known.values() if version.holds_in(year))


def version_written(known: Mapping[str, Version], text: str) -> Version | None:
    """Return the one version that a title or a file name writes; None when it writes none, or several.

    >>> version_written({}, "nomenklatur") is None
    True
    """
    plain = f" {_plain(text)} "
    found = [version for version in known.values() if any(f" {_plain(each)} " in plain for each in version.written)]
    return found[0] if len(found) == 1 else None


def uses_of(versions: Iterable[Version]) -> tuple[ParameterUse, ...]:
    """Return the dated values that say what these versions are, each once."""
    return tuple(dict.fromkeys(version.use for version in versions))


def _plain(text: str) -> str:
    return MARKS.sub(" ", text).strip().casefold()
