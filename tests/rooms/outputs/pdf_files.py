"""PDFs for tests: set from content, within the packaged limits."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from pypdf import PdfReader

from nangkis.outputs.pdf.document import pdf_bytes
from nangkis.parameters.loader import packaged
from nangkis.workspace.formats import typesetting_limits
from tests.rooms.outputs.word_files import DAY, MANIFEST


LIMITS = typesetting_limits(packaged())
made = partial(pdf_bytes, manifest=MANIFEST, as_of=DAY, limits=LIMITS)


def elements(reader: PdfReader) -> Iterator[Any]:
    """Yield the elements of the tagged structure in reading order."""
    root: Any = reader.root_object
    waiting = [root["/StructTreeRoot"]["/K"]]
    while waiting:
        found = waiting.pop().get_object()
        if isinstance(found, list):
            waiting += reversed(found)
        elif isinstance(found, dict) and "/S" in found:
            yield found
            waiting += [found["/K"]] if "/K" in found else []
