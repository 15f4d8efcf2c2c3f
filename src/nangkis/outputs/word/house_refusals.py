"""How a region's own Word file is refused as a pattern."""

from __future__ import annotations

from nangkis.outputs.office_zip import Refusals
from nangkis.vocabulary.refusals import FileRefused


class TemplateRefused(FileRefused):
    """The file cannot be the pattern of a document, or is unsafe to copy from."""


REFUSALS = Refusals(
    TemplateRefused,
    not_found="template-not-found",
    too_large="template-too-large",
    old_or_locked="template-old-or-locked",
    other_kind="template-not-word",
    damaged="template-damaged",
    packed_too_tightly="template-packed-too-tightly",
    with_document_type="template-with-document-type",
)
