"""The manifest inside the document: a custom XML part that Word and LibreOffice carry along unseen."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable

from lxml import etree

from nangkis.outputs.xml_tree import Element


NAMESPACE = "urn:nangkis:manifest:1"
# A parser refuses a text node of ten million characters; a big document's manifest is longer.
_PIECE_BYTES = 3 * 2**18


def wrapped(manifest: bytes) -> Element:
    """Return the manifest as an element; its pieces are base64, so that no program may tidy what is in them."""
    root = etree.Element(f"{{{NAMESPACE}}}manifest", nsmap={"nk": NAMESPACE})
    for start in range(0, len(manifest), _PIECE_BYTES):
        piece = etree.SubElement(root, f"{{{NAMESPACE}}}piece")
        piece.text = base64.b64encode(manifest[start : start + _PIECE_BYTES]).decode("ascii")
    return root


def unwrapped(roots: Iterable[Element]) -> bytes | None:
    """Return the manifest of the first part that is one, or None. Raises ValueError when it is damaged."""
    for root in roots:
        if root.tag == f"{{{NAMESPACE}}}manifest":
            texts = (piece.text or "" for piece in root.iterfind(f"{{{NAMESPACE}}}piece"))
            try:
                return b"".join(base64.b64decode("".join(text.split()), validate=True) for text in texts)
            except binascii.Error as problem:
                raise ValueError("the manifest is not base64") from problem
    return None
