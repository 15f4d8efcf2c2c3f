"""What is asked of every zip before anything in it is read."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from nangkis.intake.cells.formats import FileBroken, too_large
from nangkis.intake.limits import Limits


CHUNK_BYTES = 2**18
# What zipfile, zlib and the XML reader raise on archives that are damaged or made to deceive.
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)


def check_sizes(path: Path, archive: zipfile.ZipFile, limits: Limits) -> None:
    """Refuse what would unpack to too much, by what the zip declares; reading on stops at what it declares."""
    unpacked = sum(member.file_size for member in archive.infolist())
    if unpacked > limits.unpacked_bytes:
        raise too_large(path, "unpacked_bytes", limits.unpacked_bytes, unpacked)
    ratio = unpacked // max(1, path.stat().st_size)
    if unpacked > limits.unpacked_free_bytes and ratio > limits.unpacked_ratio:
        raise too_large(path, "unpacked_ratio", limits.unpacked_ratio, ratio)


def part_pieces(path: Path, name: str, limits: Limits) -> Iterator[bytes]:
    """Yield a part of a zip in pieces. Raises FileTooLarge (unpacked bytes, ratio) and FileBroken."""
    try:
        with zipfile.ZipFile(path) as archive:
            check_sizes(path, archive, limits)
            with archive.open(name) as stream:
                while piece := stream.read(CHUNK_BYTES):
                    yield piece
    except KeyError:
        raise FileBroken("workbook-part-missing", file=path.name, part=name) from None
    except UNREADABLE as error:
        raise FileBroken("workbook-broken", file=path.name, why=str(error)) from None
