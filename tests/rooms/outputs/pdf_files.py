"""PDFs for tests: set from content, within the packaged limits."""

from __future__ import annotations

from functools import partial

from nangkis.outputs.pdf.document import pdf_bytes
from nangkis.parameters.loader import packaged
from nangkis.workspace.formats import typesetting_limits
from tests.rooms.outputs.word_files import DAY, MANIFEST


LIMITS = typesetting_limits(packaged())
made = partial(pdf_bytes, manifest=MANIFEST, as_of=DAY, limits=LIMITS)
