"""Feeds a file's XML to a reader of its parts in pieces: no tree, no entities, no network, under the deadline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Protocol

from lxml import etree

from nangkis.intake.cells.deadline import Deadline
from nangkis.intake.cells.formats import FileBroken


CHUNK_BYTES = 2**18


class Target(Protocol):
    """What takes the parts of an XML file as they come."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take the opening of an element."""

    def end(self, tag: str) -> None:
        """Take the end of an element."""

    def data(self, words: str) -> None:
        """Take text between tags, perhaps a piece of it only."""


class _Guarded:
    """Passes the parts on, and refuses a document type: entities can be declared only inside one."""

    def __init__(self, path: Path, target: Target) -> None:
        self._path = path
        self.start, self.end, self.data = target.start, target.end, target.data

    def doctype(self, *_: object) -> None:
        raise FileBroken("workbook-declares-entities", file=self._path.name)

    def close(self) -> None:
        """Take the end of the file."""


def feed(path: Path, pieces: Iterable[bytes], target: Target, deadline: Deadline) -> None:
    """Pass the parts of an XML file to the target. Raises FileBroken and FileTooLarge (seconds), and what it raises.

    No tree is built, so elements nested without end cost nothing; what the parser itself refuses is a broken file.
    """
    guarded: Any = _Guarded(path, target)
    parser = etree.XMLParser(target=guarded, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        for piece in pieces:
            deadline.check()
            parser.feed(piece)
        parser.close()
    except (etree.XMLSyntaxError, LookupError, UnicodeError) as error:
        raise FileBroken("workbook-broken", file=path.name, why=_reason(error)) from None


def pieces_of(path: Path) -> Iterator[bytes]:
    """Yield a file's bytes in pieces."""
    with path.open("rb") as stream:
        while piece := stream.read(CHUNK_BYTES):
            yield piece


def local(name: str) -> str:
    """Return a name without its namespace.

    >>> local("{urn:schemas-microsoft-com:office:spreadsheet}Index")
    'Index'
    """
    return name.rpartition("}")[2]


def count_of(path: Path, attributes: dict[str, str], name: str, default: int) -> int:
    """Return an attribute that counts, by its local name. Raises FileBroken where it is no count."""
    written = attributes.get(name)
    if written is None:
        return default
    if not (written.isascii() and written.isdigit()) or len(written) > 9:  # noqa: PLR2004 - far beyond every limit
        raise FileBroken("workbook-broken", file=path.name, why=f'{name}="{written[:20]}"')
    return int(written)


def _reason(error: Exception) -> str:
    """Return the parser's words without the place that it invents for bytes in memory."""
    return str(error).removesuffix(" (<string>, line 1)")
