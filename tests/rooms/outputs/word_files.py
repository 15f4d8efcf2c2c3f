"""Word files for tests: written from content, and their parts."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

from lxml import etree

from nangkis.content.catalogue import Language
from nangkis.content.tree import Block, Document
from nangkis.outputs.word.document import word_bytes
from nangkis.outputs.word.xml import NAMESPACES
from tests.rooms.outputs.sample import said


MANIFEST = '{"figures": {"a": "1 < 2 & é"}}'.encode()
DAY = date(2026, 11, 24)


def written(tree: Document, folder: Path, *, language: Language = "id", manifest: bytes = MANIFEST) -> Path:
    path = folder / "RPKD.docx"
    path.write_bytes(word_bytes(tree, language=language, manifest=manifest, as_of=DAY))
    return path


def part(content: bytes, name: str = "word/document.xml") -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return etree.fromstring(archive.read(name))


def body_of(*blocks: Block, language: Language = "id") -> etree._Element:
    tree = Document(said("Judul"), said("Anak judul"), blocks)
    return part(word_bytes(tree, language=language, manifest=b"", as_of=DAY))


def text_of(element: etree._Element) -> str:
    return "".join(text.text or "" for text in element.iterfind(".//w:t", NAMESPACES))
