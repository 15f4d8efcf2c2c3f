from __future__ import annotations

import io
import resource
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from nangkis.content.catalogue import LANGUAGES, has, template
from nangkis.content.messages import refusal_words
from nangkis.content.numbers import print_number
from nangkis.outputs.word.document import word_bytes
from nangkis.outputs.word.reading import WordRefused, read_word
from nangkis.parameters.loader import packaged
from nangkis.workspace.reading import word_limits
from tests.rooms.outputs.sample import document, read_back


RELATIONS = "_rels/.rels"
MAIN = "word/document.xml"


@pytest.fixture(scope="module")
def parts() -> dict[str, bytes]:
    content = word_bytes(document(), language="id", manifest=b"{}", as_of=date(2026, 11, 24))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def refusal(path: Path) -> str:
    with pytest.raises(WordRefused) as caught:
        read_back(path)
    assert has(f"refusal.{caught.value.code}")
    for language in LANGUAGES:
        says = template(f"refusal.{caught.value.code}", language)
        assert all(f"{{{name}}}" in says for name in caught.value.values)
    return caught.value.code


def zipped(parts: dict[str, bytes], path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert refusal(tmp_path / "tidak-ada.docx") == "word-not-found"


@pytest.mark.parametrize("content", [b"", b"PK", b"Rencana", b"%PDF-1.7", b"\x00" * 5000])
def test_a_file_that_is_no_zip(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "RPKD.docx"
    path.write_bytes(content)

    assert refusal(path) in {"word-not-word", "word-damaged"}


def test_an_old_or_locked_file_is_named_as_such(tmp_path: Path) -> None:
    path = tmp_path / "RPKD.doc"
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 512)

    assert refusal(path) == "word-old-or-locked"


def test_a_zip_that_is_no_word_file(tmp_path: Path) -> None:
    assert refusal(zipped({"catatan.txt": b"halo"}, tmp_path / "RPKD.docx")) == "word-not-word"


def test_a_word_file_without_its_text(parts: dict[str, bytes], tmp_path: Path) -> None:
    without = {name: content for name, content in parts.items() if name != MAIN}

    assert refusal(zipped(without, tmp_path / "RPKD.docx")) == "word-not-word"


def test_a_word_file_without_its_relations(parts: dict[str, bytes], tmp_path: Path) -> None:
    without = {name: content for name, content in parts.items() if name != RELATIONS}

    assert refusal(zipped(without, tmp_path / "RPKD.docx")) == "word-not-word"


def test_text_that_is_no_xml(parts: dict[str, bytes], tmp_path: Path) -> None:
    assert refusal(zipped({**parts, MAIN: parts[MAIN][:-50]}, tmp_path / "RPKD.docx")) == "word-damaged"


def test_a_cut_file(parts: dict[str, bytes], tmp_path: Path) -> None:
    path = zipped(parts, tmp_path / "RPKD.docx")
    path.write_bytes(path.read_bytes()[:-2000])

    assert refusal(path) == "word-damaged"


def test_a_part_with_flipped_bytes(parts: dict[str, bytes], tmp_path: Path) -> None:
    path = zipped(parts, tmp_path / "RPKD.docx")
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        start = archive.getinfo(MAIN).header_offset + 200
    content[start : start + 40] = bytes(byte ^ 0xFF for byte in content[start : start + 40])
    path.write_bytes(content)

    assert refusal(path) == "word-damaged"


def test_a_part_that_unpacks_a_thousandfold(parts: dict[str, bytes], tmp_path: Path) -> None:
    bomb = {**parts, MAIN: b" " * 20_000_000}

    assert refusal(zipped(bomb, tmp_path / "RPKD.docx")) == "word-packed-too-tightly"


def test_more_than_the_limit_unpacked(parts: dict[str, bytes], tmp_path: Path) -> None:
    assert refusal(said_to_be(500_000_000, parts, tmp_path / "RPKD.docx")) == "word-too-large"


@pytest.mark.parametrize(
    ("limit", "most", "says"),
    [
        ("bytes", 1000, "ukuran berkas (bita)"),
        ("unpacked_bytes", 1000, "ukuran setelah dibuka (bita)"),
        ("parts", 3, "jumlah bagian di dalam berkas"),
        ("xml_bytes", 100, "ukuran satu bagian teks setelah dibuka (bita)"),
        ("xml_marks", 5, "jumlah penanda XML di dalam satu bagian teks"),
    ],
)
def test_a_refusal_about_size_names_the_limit_and_its_value(
    limit: str, most: int, says: str, parts: dict[str, bytes], tmp_path: Path
) -> None:
    path = zipped(parts, tmp_path / "RPKD.docx")
    limits = replace(word_limits(packaged()), **{limit: most})

    with pytest.raises(WordRefused) as caught:
        read_word(path, limits)

    words = refusal_words(caught.value, "id")
    assert caught.value.code == "word-too-large"
    assert says in words
    assert f"paling banyak {print_number(most, places=0, language='id')}" in words


def test_a_refusal_of_tight_packing_says_how_tight_it_may_be(parts: dict[str, bytes], tmp_path: Path) -> None:
    path = zipped({**parts, MAIN: b" " * 20_000_000}, tmp_path / "RPKD.docx")

    with pytest.raises(WordRefused) as caught:
        read_back(path)

    assert "paling banyak 250 berbanding 1" in refusal_words(caught.value, "id")


def test_a_part_that_lies_about_its_size(parts: dict[str, bytes], tmp_path: Path) -> None:
    assert refusal(said_to_be(1000, parts, tmp_path / "RPKD.docx")) == "word-damaged"


def said_to_be(size: int, parts: dict[str, bytes], path: Path) -> Path:
    """Write a zip whose entry gives another size of the text than it has."""
    content = zipped(parts, path).read_bytes()
    true_size = len(parts[MAIN]).to_bytes(4, "little")
    assert content.count(true_size) == 2  # before the part, and in the list at the end
    path.write_bytes(content.replace(true_size, size.to_bytes(4, "little")))
    return path


@pytest.mark.parametrize("name", [MAIN, RELATIONS, "customXml/item1.xml"])
def test_a_file_that_asks_for_another_file(name: str, parts: dict[str, bytes], tmp_path: Path) -> None:
    secret = tmp_path / "rahasia.txt"
    secret.write_text("rahasia")
    head, _, rest = parts[name].partition(b"?>")
    doctype = f'?><!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'.encode()

    assert refusal(zipped({**parts, name: head + doctype + rest}, tmp_path / "RPKD.docx")) == "word-with-document-type"


def test_entities_that_multiply(parts: dict[str, bytes], tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    laughs = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "ha">{entities}]><x>&e9;</x>'.encode()

    assert refusal(zipped({**parts, MAIN: laughs}, tmp_path / "RPKD.docx")) in {
        "word-with-document-type",
        "word-damaged",
    }


def test_a_manifest_that_is_no_base64(parts: dict[str, bytes], tmp_path: Path) -> None:
    broken = parts["customXml/item1.xml"].replace(b"<nk:piece>", b"<nk:piece>!!")

    assert refusal(zipped({**parts, "customXml/item1.xml": broken}, tmp_path / "RPKD.docx")) == "word-damaged"


def test_a_foreign_word_file_has_neither_figures_nor_manifest(parts: dict[str, bytes], tmp_path: Path) -> None:
    plain = {name: content for name, content in parts.items() if not name.startswith("customXml")}
    plain[MAIN] = (
        b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body/></w:document>'
    )

    found = read_back(zipped(plain, tmp_path / "RPKD.docx"))

    assert found.texts == ()
    assert found.manifest is None


def test_a_text_of_very_many_small_parts_is_refused_before_it_fills_the_memory(
    parts: dict[str, bytes], tmp_path: Path
) -> None:
    crowd = b"".join(b"<w:r w:a='%d'/>" % (number * 7919 % 10**6) for number in range(2_100_000))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    assert len(crowd) < word_limits(packaged()).xml_bytes
    text = parts[MAIN].replace(b"<w:body>", b"<w:body>" + crowd, 1)
    assert refusal(zipped({**parts, MAIN: text}, tmp_path / "RPKD.docx")) == "word-too-large"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 400_000  # kilobytes
