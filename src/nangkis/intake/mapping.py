"""The --map file: a YAML list that says, for files by their names, what the files themselves do not say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from nangkis.budget.schema import Stage
from nangkis.content.strict_yaml import YamlBroken, read_yaml
from nangkis.indicators.schema import Period
from nangkis.intake.mapped.said import columns_said
from nangkis.intake.request import Request
from nangkis.vocabulary.codes import CodeSystem, Region
from nangkis.vocabulary.refusals import Refusal, RequestRefused


class MapRefused(RequestRefused):
    """The map file is not as it must be; the values name the file, the entry and what is wrong."""


@dataclass(frozen=True)
class MapEntry:
    """What holds for the files whose name fits ``pattern`` (``*`` and ``?`` stand for any letters, any letter).

    ``sheet`` is such a pattern too: it holds for the sheets of that name alone; None for all.
    """

    pattern: str
    said: Mapping[str, Any]
    sheet: str | None = None


READERS: Mapping[str, Callable[[str], Any]] = {
    "layout": str,
    "region": Region.parse,
    "year": int,
    "stage": Stage,
    "codes": CodeSystem.parse,
    "indicator": str,
    "period": Period,
    "nomenclature": str,
}
HEADER_ROW = "header_row"
SHEET = "sheet"
KEYS = ("file", SHEET, *READERS, "columns", HEADER_ROW)


def read_map(path: Path) -> tuple[MapEntry, ...]:
    """Read a map file.

    Raises MapRefused for a file that is not there or cannot be opened, broken YAML, a key that is not known, or a value
    that cannot be read.
    """
    try:
        content = read_yaml(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise MapRefused("map-absent", file=str(path)) from None
    except OSError as problem:  # a folder, or a file that this user may not read
        raise MapRefused("map-unreadable", file=str(path), why=problem.strerror or str(problem)) from None
    except UnicodeDecodeError:
        raise MapRefused("text-broken", file=path.name, encoding="UTF-8") from None
    except YamlBroken as error:
        raise MapRefused("map-broken", file=path.name, row=str(error.line)) from None
    if not isinstance(content, list) or not all(isinstance(entry, Mapping) for entry in content):
        raise MapRefused("map-not-a-list", file=path.name)
    return tuple(_entry(path, number, entry) for number, entry in enumerate(content, start=1))


def request_for(path: Path, entries: Iterable[MapEntry], base: Request) -> Request:
    """Return what was said about one file: the options, then each fitting entry in order; the last word counts.

    What an entry says of sheets goes along by their names.
    """
    request = base
    for entry in entries:
        if not fnmatch(path.name, entry.pattern):
            continue
        if entry.sheet is None:
            request = replace(request, **entry.said)
        else:
            request = replace(request, of_sheets=(*request.of_sheets, (entry.sheet, entry.said)))
    return request


def request_of_sheet(name: str, request: Request) -> Request:
    """Return what was said about one sheet of a file: what its name fits counts over what holds for the whole file."""
    for pattern, said in request.of_sheets:
        if fnmatch(name, pattern):
            request = replace(request, **said)
    return replace(request, of_sheets=())


def _entry(path: Path, number: int, entry: Mapping[Any, Any]) -> MapEntry:
    unknown = [str(key) for key in entry if key not in KEYS]
    if unknown:
        raise MapRefused("map-keys", file=path.name, entry=str(number), keys=", ".join(unknown), known=", ".join(KEYS))
    if "file" not in entry:
        raise MapRefused("map-file-unsaid", file=path.name, entry=str(number))
    said = {}
    for key, read in READERS.items():
        if key not in entry:
            continue
        try:
            said[key] = read(str(entry[key]))
        except (ValueError, Refusal):
            raise MapRefused("map-value", file=path.name, entry=str(number), key=key, found=str(entry[key])) from None
    said |= _columns(path, number, entry, said.get("layout"))
    return MapEntry(str(entry["file"]), said, str(entry[SHEET]) if SHEET in entry else None)


def _columns(path: Path, number: int, entry: Mapping[Any, Any], layout: str | None) -> dict[str, Any]:
    row = str(entry[HEADER_ROW]) if HEADER_ROW in entry else None
    if row is not None and ("columns" not in entry or not (row.isascii() and row.isdecimal())):
        raise MapRefused("map-value", file=path.name, entry=str(number), key=HEADER_ROW, found=row)
    if "columns" not in entry:
        return {}
    number_of_row = None if row is None else int(row)
    return {"columns": columns_said(entry["columns"], layout=layout, header_row=number_of_row, file=path.name)}
