"""The strict reader of parameter files: a misspelt key, a missing source or an overlap in dates is refused."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from nangkis.content.strict_yaml import YamlBroken, read_yaml
from nangkis.parameters.dated import Confidence, Parameter, Parameters
from nangkis.vocabulary.figures import Label
from nangkis.vocabulary.refusals import RequestRefused
from nangkis.vocabulary.sources import Source


FILE_KEYS = {"title", "unit", "values"}
TITLE_KEYS = {"id", "en"}
VALUE_KEYS = {"value", "until", "source", "confidence", "verified"}
ENGLISH_KEYS = {"english_title", "english_place"}
SOURCE_KEYS = {"title", "place", "url", "published", "kept_copy", *ENGLISH_KEYS}
VERIFIED_KEYS = {"by", "at"}
OPTIONAL_VALUE_KEYS = {"until"}


class ParameterFileRefused(RequestRefused):
    """A parameter file is not as it must be; the values name the file, the date and what is wrong."""


@cache
def packaged() -> Parameters:
    """Return the parameters that come with Nangkis."""
    folder = resources.files("nangkis.parameters") / "data"
    return load(entry for entry in folder.iterdir() if entry.name.endswith(".yaml"))


def from_folder(folder: Path) -> Parameters:
    """Return a region's own parameters; a folder that is not there holds none."""
    return load(sorted(folder.glob("*.yaml"))) if folder.is_dir() else Parameters({})


def load(files: Iterable[Traversable | Path]) -> Parameters:
    """Read parameter files; the name of a parameter is the name of its file without ``.yaml``."""
    read = {file.name.removesuffix(".yaml"): _read_file(file) for file in files}
    return Parameters(dict(sorted(read.items())))


def _read_file(file: Traversable | Path) -> tuple[Parameter, ...]:
    try:
        content = read_yaml(file.read_text(encoding="utf-8"))
    except YamlBroken as error:
        raise ParameterFileRefused("parameter-file-broken", file=file.name, why=str(error)) from None
    _check_keys(content, FILE_KEYS, optional=set(), file=file.name, day="")
    if not isinstance(content["values"], Mapping) or not content["values"]:
        raise ParameterFileRefused("parameter-without-values", file=file.name)
    name = file.name.removesuffix(".yaml")
    _check_keys(content["title"], TITLE_KEYS, optional=set(), file=file.name, day="")
    title = Label(content["title"]["id"], content["title"]["en"])
    found = [
        _read_value(name, str(day), entry, title=title, unit=str(content["unit"]), file=file.name)
        for day, entry in content["values"].items()
    ]
    found.sort(key=lambda parameter: parameter.in_force_from)
    _check_overlaps(found, file=file.name)
    return tuple(found)


def _read_value(name: str, day: str, entry: Any, *, title: Label, unit: str, file: str) -> Parameter:
    _check_keys(entry, VALUE_KEYS, optional=OPTIONAL_VALUE_KEYS, file=file, day=day)
    verified = entry["verified"] or {"by": None, "at": None}
    _check_keys(verified, VERIFIED_KEYS, optional=set(), file=file, day=day)
    try:
        confidence = Confidence(entry["confidence"])
    except ValueError:
        raise ParameterFileRefused("parameter-confidence", file=file, day=day, found=entry["confidence"]) from None
    start, end = _day(day, file=file, where=day), entry.get("until")
    until = None if end is None else _day(end, file=file, where=day)
    if until is not None and until <= start:
        raise ParameterFileRefused("parameter-until", file=file, day=day, found=until.isoformat())
    return Parameter(
        name=name,
        title=title,
        in_force_from=start,
        until=until,
        value=entry["value"],
        unit=unit,
        source=_read_source(entry["source"], file=file, day=day),
        confidence=confidence,
        verified_by=verified["by"],
        verified_at=_day(verified["at"], file=file, where=day) if verified["at"] else None,
    )


def _read_source(entry: Any, *, file: str, day: str) -> Source:
    _check_keys(entry, SOURCE_KEYS, optional=ENGLISH_KEYS, file=file, day=day)
    if not entry["title"] or not entry["place"]:
        raise ParameterFileRefused("parameter-without-source", file=file, day=day)
    return Source(
        title=str(entry["title"]),
        place=str(entry["place"]),
        url=entry["url"],
        published=_day(entry["published"], file=file, where=day) if entry["published"] else None,
        kept_copy=entry["kept_copy"],
        english_title=entry.get("english_title"),
        english_place=entry.get("english_place"),
    )


def _check_keys(entry: Any, keys: set[str], *, optional: set[str], file: str, day: str) -> None:
    if not isinstance(entry, Mapping):
        raise ParameterFileRefused("parameter-keys-missing", file=file, day=day, keys=", ".join(sorted(keys)))
    if unknown := set(map(str, entry)) - keys:
        raise ParameterFileRefused(
            "parameter-keys-unknown", file=file, day=day, keys=", ".join(sorted(unknown)), known=", ".join(sorted(keys))
        )
    if missing := keys - optional - set(entry):
        raise ParameterFileRefused("parameter-keys-missing", file=file, day=day, keys=", ".join(sorted(missing)))


def _check_overlaps(found: list[Parameter], *, file: str) -> None:
    for earlier, later in itertools.pairwise(found):
        same_day = earlier.in_force_from == later.in_force_from
        if same_day or (earlier.until is not None and earlier.until > later.in_force_from):
            raise ParameterFileRefused("parameter-dates-overlap", file=file, day=later.in_force_from.isoformat())


def _day(text: Any, *, file: str, where: str) -> date:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        raise ParameterFileRefused("parameter-date", file=file, day=where, found=str(text)) from None
