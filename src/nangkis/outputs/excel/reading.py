"""Reads a workbook back after people and programs have edited it: what each figure's cell shows, and the manifest.

The file is a stranger's: no more is unpacked than the limits allow, and XML with a document type is refused.
"""

from __future__ import annotations

import base64
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nangkis.content.catalogue import LANGUAGES, Language
from nangkis.outputs.excel.data_sheet import COLUMNS, DATA_NAME
from nangkis.outputs.excel.framed import read_framed
from nangkis.outputs.excel.numbers import built_in_format, shown
from nangkis.outputs.excel.workbook import HIDDEN, MARK
from nangkis.outputs.office_zip import OfficeLimits, Parts, Refusals, opened_parts
from nangkis.outputs.xml_tree import RELATION, Element
from nangkis.vocabulary.refusals import FileRefused


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_S = f"{{{_MAIN}}}"
_RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_FIGURE_NAME = re.compile(r"nk_([a-z2-7]{10})(?:_\d+)?")
_FIGURE_ID = re.compile(r"[a-z2-7]{10}")
_PLACE = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?[A-Z]{1,3}\$?(\d{1,7}))?")
_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
# How many columns after the id the value stands on the data sheet, by the mark that the workbook was written with.
_VALUE_AFTER = {MARK: list(COLUMNS).index("value"), "nangkis.excel.1.": 3}

Place = tuple[int, int]  # row and column, both from 1


class ExcelRefused(FileRefused):
    """The file is not one that can be read back as a workbook."""


_REFUSALS = Refusals(
    ExcelRefused,
    not_found="excel-not-found",
    too_large="excel-too-large",
    old_or_locked="excel-old-or-locked",
    other_kind="excel-not-excel",
    damaged="excel-damaged",
    packed_too_tightly="excel-packed-too-tightly",
    with_document_type="excel-with-document-type",
)


@dataclass(frozen=True)
class ExcelReading:
    """What was found: (figure id, text as its cell shows it now) per named cell, and the manifest or None.

    A figure whose cell was deleted is not there. A row of the data sheet counts only where it contradicts the cells,
    or where the figure has no cell, being only drawn in a chart.
    """

    texts: tuple[tuple[str, str], ...]
    manifest: bytes | None


def read_excel(path: Path, limits: OfficeLimits) -> ExcelReading:
    """Read every figure and the manifest. Raises ExcelRefused for what is no workbook or is unsafe to open."""
    try:
        with opened_parts(path, limits, _REFUSALS) as parts:
            return _Workbook(parts).reading()
    # A part, a string or a mark that another part speaks of and that is not there; a number or a record that is none.
    except (KeyError, IndexError, ValueError) as problem:
        raise ExcelRefused("excel-damaged", file=path.name, why=str(problem)) from problem


class _Workbook:
    def __init__(self, parts: Parts) -> None:
        self._archive, self._parse, parse, path = parts.archive, parts.parsed, parts.parsed, parts.path
        main = self._target("", "/officeDocument")
        if main is None:
            raise ExcelRefused("excel-not-excel", file=path.name)
        self._main = main
        self._root = parse(main)
        if self._root.tag != f"{_S}workbook":
            raise ExcelRefused("excel-not-excel", file=path.name)
        strings, styles = self._target(main, "/sharedStrings"), self._target(main, "/styles")
        self._strings = [_said(entry) for entry in parse(strings)] if strings else []
        self._formats = list(_formats(parse(styles))) if styles else []
        self._sheets = {name: target for name, target in self._named_sheets() if target}
        self._language: Language = "id"

    def reading(self) -> ExcelReading:
        hidden = self._cells(HIDDEN) if HIDDEN in self._sheets else {}
        told = hidden.get((1, 1), "")
        mark = next((each for each in _VALUE_AFTER if told.startswith(each)), None)
        if mark is None:
            return ExcelReading((), None)
        language = told.removeprefix(mark)
        self._language = language if language in LANGUAGES else "id"
        pieces = [hidden[row, 1] for row in range(2, 1 + max(row for row, _ in hidden) + 1) if (row, 1) in hidden]
        texts = tuple(self._texts(hidden, _VALUE_AFTER[mark]))
        return ExcelReading(texts, base64.b64decode("".join(pieces), validate=True))

    def _texts(self, hidden: dict[Place, str], value_after: int) -> Iterator[tuple[str, str]]:
        framed = read_framed(hidden)
        cells = {name: self._cells(name) for name in self._sheets if name != HIDDEN}
        order = {name: place for place, name in enumerate(self._sheets)}
        found: dict[str, list[str]] = {}
        named = {name: _place(text) for name, text in self._defined()}
        for name, place in sorted(named.items(), key=lambda each: _sort_key(each[1], order)):
            match = _FIGURE_NAME.fullmatch(name)
            if match is None:
                continue
            texts = found.setdefault(match[1], [])
            if place is not None and place[0] in cells:
                now = cells[place[0]].get(place[1], "")
                texts.append(framed[name].now(now) if name in framed else now)
                yield match[1], texts[-1]
        yield from _contradictions(named.get(DATA_NAME), cells, found, value_after)

    def _cells(self, sheet: str) -> dict[Place, str]:
        """Return what the cells of a sheet show, by row and column."""
        found: dict[Place, str] = {}
        row, column = 0, 0
        for cell in self._parse(self._sheets[sheet]).iter(f"{_S}row", f"{_S}c"):
            if cell.tag == f"{_S}row":
                row, column = int(cell.get("r", row + 1)), 0
                continue
            match = _CELL.fullmatch(cell.get("r", ""))
            column = _column(match[1]) if match else column + 1
            if text := self._shown(cell):
                found[row, column] = text
        return found

    def _shown(self, cell: Element) -> str:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return "".join(_said(each) for each in cell.iterfind(f"{_S}is"))
        value = cell.findtext(f"{_S}v")
        if value is None:
            return ""
        if kind == "s":
            return self._strings[int(value)]
        if kind != "n":
            return _unescaped(value)
        style = int(cell.get("s", "0"))
        code = self._formats[style] if style < len(self._formats) else ""
        return shown(float(value), code, self._language)

    def _defined(self) -> Iterator[tuple[str, str]]:
        for each in self._root.iterfind(f"{_S}definedNames/{_S}definedName"):
            yield each.get("name", ""), each.text or ""

    def _named_sheets(self) -> Iterator[tuple[str, str | None]]:
        targets = dict(self._relations(self._main))
        for sheet in self._root.iterfind(f"{_S}sheets/{_S}sheet"):
            yield sheet.get("name", ""), targets.get(sheet.get(_RELATION_ID, ""))

    def _relations(self, part: str) -> Iterator[tuple[str, str]]:
        for relation in self._relation_elements(part):
            yield relation.get("Id", ""), _path(part, relation.get("Target", ""))

    def _relation_elements(self, part: str) -> list[Element]:
        folder, name = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        return list(self._parse(relations).iter(RELATION)) if relations in self._archive.namelist() else []

    def _target(self, part: str, kind: str) -> str | None:
        for relation in self._relation_elements(part):
            if relation.get("Type", "").endswith(kind):
                path = _path(part, relation.get("Target", ""))
                return path if path in self._archive.namelist() else None
        return None


def _contradictions(
    place: tuple[str, Place, int] | None,
    cells: dict[str, dict[Place, str]],
    found: dict[str, list[str]],
    value_after: int,
) -> Iterator[tuple[str, str]]:
    if place is None or place[0] not in cells:
        return
    sheet, (first, column), last = place
    for row in range(first, min(last, max((row for row, _ in cells[sheet]), default=0)) + 1):
        figure_id = cells[sheet].get((row, column), "")
        text = cells[sheet].get((row, column + value_after), "")
        if not _FIGURE_ID.fullmatch(figure_id):
            continue
        known = found.get(figure_id)
        if known is None or (known and text not in known):
            yield figure_id, text


def _sort_key(place: tuple[str, Place, int] | None, order: dict[str, int]) -> tuple[int, Place]:
    return (order.get(place[0], -1), place[1]) if place else (-1, (0, 0))


def _place(text: str) -> tuple[str, Place, int] | None:
    match = _PLACE.fullmatch(text)
    if match is None:
        return None
    sheet = (match[1] or match[2]).replace("''", "'")
    return sheet, (int(match[4]), _column(match[3])), int(match[5] or match[4])


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _path(part: str, target: str) -> str:
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target))


def _said(entry: Element) -> str:
    """Return a string's text, without the reading aids of East Asian ones."""
    parts = (text for text in entry.iter(f"{_S}t") if (up := text.getparent()) is None or up.tag != f"{_S}rPh")
    return _unescaped("".join(text.text or "" for text in parts))


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


def _formats(styles: Element) -> Iterator[str]:
    own = {each.get("numFmtId", ""): each.get("formatCode", "") for each in styles.iterfind(f"{_S}numFmts/{_S}numFmt")}
    for each in styles.iterfind(f"{_S}cellXfs/{_S}xf"):
        number = each.get("numFmtId", "0")
        yield own.get(number) or built_in_format(int(number))
