"""Reads streams out of an OLE compound file, the container of xls: every chain of sectors has an end."""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nangkis.intake.cells.formats import OLE2, FileBroken


HEADER_BYTES, ENTRY_BYTES, NAME_BYTES = 512, 128, 64
SECTOR_SHIFTS, MINI_SHIFT = (9, 12), 6
FAT_IN_HEADER = 109
LAST_SECTOR = 0xFFFFFFFA  # this number and those above it are marks, not sectors
STREAM, ROOT = 2, 5


@dataclass(frozen=True)
class _Entry:
    """One line of the directory: where a stream begins, and how many bytes it has."""

    kind: int
    first: int
    size: int


class CompoundFile:
    """An OLE compound file held in memory. Raises FileBroken where its sectors do not hold what it says."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._raw = path.read_bytes()
        if len(self._raw) < HEADER_BYTES or not self._raw.startswith(OLE2):
            raise self._cut()
        (shift, mini_shift) = struct.unpack_from("<HH", self._raw, 30)
        if shift not in SECTOR_SHIFTS or mini_shift != MINI_SHIFT:
            raise self._cut()
        self._shift: int = shift
        self._fat = self._sector_table()
        first_of_directory, self._cutoff, self._first_of_mini = struct.unpack_from("<I4xII", self._raw, 48)
        self._entries = dict(self._directory(first_of_directory))

    @property
    def names(self) -> frozenset[str]:
        """The names of the streams and folders."""
        return frozenset(self._entries)

    def stream(self, name: str) -> bytes:
        """Return the bytes of a stream that ``names`` holds."""
        entry = self._entries[name]
        if entry.size >= self._cutoff:
            return self._chain(entry.first, entry.size)
        root = next((entry for entry in self._entries.values() if entry.kind == ROOT), None)
        if root is None:
            raise self._cut()
        minis = self._chain(root.first, root.size)
        table = _numbers(self._chain(self._first_of_mini, None))
        return self._joined(minis, table, entry.first, shift=MINI_SHIFT, start=0, size=entry.size)

    def _sector_table(self) -> array[int]:
        """Return, for every sector, the one that follows it."""
        places = _numbers(self._raw[76:HEADER_BYTES])
        (following,) = struct.unpack_from("<I", self._raw, 68)
        for _ in range(len(self._raw) >> self._shift):
            if following >= LAST_SECTOR:
                break
            more = _numbers(self._sector(following))
            places.extend(more[:-1])
            following = more[-1]
        table = array("I")
        for place in places:
            if place < LAST_SECTOR:
                table.extend(_numbers(self._sector(place)))
            if len(table) << self._shift > 2 * len(self._raw) + (1 << 2 * self._shift):
                raise self._cut()
        return table

    def _sector(self, number: int) -> bytes:
        start = (number + 1) << self._shift
        found = self._raw[start : start + (1 << self._shift)]
        if len(found) < 1 << self._shift:
            raise self._cut()
        return found

    def _directory(self, first: int) -> Iterator[tuple[str, _Entry]]:
        listing = self._chain(first, None)
        for start in range(0, len(listing) - ENTRY_BYTES + 1, ENTRY_BYTES):
            raw = listing[start : start + ENTRY_BYTES]
            length, kind = struct.unpack_from("<HB", raw, NAME_BYTES)
            if kind and length <= NAME_BYTES:
                name = raw[: max(0, length - 2)].decode("utf-16-le", "replace")
                yield name, _Entry(kind, *struct.unpack_from("<II", raw, 116))

    def _chain(self, first: int, size: int | None) -> bytes:
        return self._joined(self._raw, self._fat, first, shift=self._shift, start=1 << self._shift, size=size)

    def _joined(
        self, holder: bytes, table: array[int], first: int, *, shift: int, start: int, size: int | None
    ) -> bytes:
        """Return the bytes of a chain of sectors: as many as are asked for, or all up to its end."""
        most = len(holder) + (1 << shift)
        if size is not None and size > most:
            raise self._cut()
        wanted = (most if size is None else size + (1 << shift) - 1) >> shift
        sectors: list[bytes] = []
        here = first
        while len(sectors) < wanted and here < LAST_SECTOR:
            place = start + (here << shift)
            if here >= len(table) or place >= len(holder):
                raise self._cut()
            sectors.append(holder[place : place + (1 << shift)])
            here = table[here]
        joined = b"".join(sectors)
        if size is not None and len(joined) < size:
            raise self._cut()
        return joined if size is None else joined[:size]

    def _cut(self) -> FileBroken:
        return FileBroken("workbook-truncated", file=self._path.name)


def _numbers(raw: bytes) -> array[int]:
    """Return whole numbers of four bytes, the lowest byte first."""
    numbers = array("I", raw[: len(raw) // 4 * 4])
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
