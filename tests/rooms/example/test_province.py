"""The example as a whole: same seed, same bytes; nothing lost; codes and names that are no real ones."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from nangkis.content.catalogue import Language
from nangkis.example import names
from nangkis.example.guide import FILES
from nangkis.example.places import (
    CHILD,
    NATION,
    PARENT,
    PLACES,
    PROVINCE_CODE,
    PROVINCE_NAME,
    SPLIT_ON,
)
from nangkis.example.province import ExampleNotWritten, example_files, write_example
from nangkis.indicators.catalogue import indicators
from nangkis.regions import register, splits
from nangkis.vocabulary.codes import Region


def test_two_runs_with_one_seed_are_equal_to_the_byte(tmp_path: Path) -> None:
    first = write_example(tmp_path / "first")
    second = write_example(tmp_path / "second")

    assert [path.name for path in first] == [path.name for path in second]
    assert all(a.read_bytes() == b.read_bytes() for a, b in zip(first, second, strict=True))


def test_another_seed_gives_other_figures_in_the_same_shape() -> None:
    first, second = example_files(seed=2026, language="id"), example_files(seed=7, language="id")

    assert set(first) == set(second)
    assert all(first[file.name] != second[file.name] for file in FILES)


def test_every_raw_file_is_written_and_described(tmp_path: Path) -> None:
    written = {path.name for path in write_example(tmp_path)}
    readme = (tmp_path / "BACA SAYA.txt").read_text(encoding="utf-8")

    assert written == {file.name for file in FILES} | {names.MAP, "BACA SAYA.txt"}
    assert all(file.name in readme for file in FILES)


@pytest.mark.parametrize(("language", "says"), [("id", "DATA FIKTIF"), ("en", "FICTIONAL DATA")])
def test_the_readme_says_first_that_all_is_fictional(language: Language, says: str) -> None:
    files = example_files(seed=2026, language=language)

    assert files[names.README[language]].decode().startswith(says)


def test_every_raw_file_says_that_it_is_fictional() -> None:
    for name, content in example_files(seed=2026, language="id").items():
        texts = (content.decode(code, errors="ignore") for code in ("utf-8", "utf-16-le"))
        assert name.endswith((".xlsx", ".yaml")) or any("DATA FIKTIF" in text for text in texts), name


def test_a_file_with_other_content_is_never_written_over(tmp_path: Path) -> None:
    mine = tmp_path / names.MAP
    mine.write_text("mine", encoding="utf-8")

    with pytest.raises(ExampleNotWritten):
        write_example(tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == [names.MAP]
    assert mine.read_text(encoding="utf-8") == "mine"


def test_writing_it_again_over_itself_is_allowed(tmp_path: Path) -> None:
    assert write_example(tmp_path) == write_example(tmp_path)


def test_the_map_says_only_what_the_files_do_not(tmp_path: Path) -> None:
    write_example(tmp_path)
    entries = yaml.safe_load((tmp_path / names.MAP).read_text(encoding="utf-8"))
    known = {"file", "layout", "region", "year", "stage", "codes", "indicator", "period"}

    matched = [path.name for entry in entries for path in tmp_path.glob(entry["file"])]

    assert all(set(entry) <= known for entry in entries)
    assert sorted(matched) == sorted(file.name for file in FILES)
    assert {entry["indicator"] for entry in entries if "indicator" in entry} <= set(indicators())


def test_names_and_codes_are_those_of_the_register() -> None:
    expected = {place.code: place.name for place in (*PLACES, NATION)}
    expected[PROVINCE_CODE] = PROVINCE_NAME.removeprefix("Provinsi ")

    found = {code: register.place(Region.parse(f"contoh:{code}")).name for code in expected}

    assert found == expected


def test_the_split_is_that_of_the_register() -> None:
    fictional = [split for split in splits.every_split() if split.child.system.name == "contoh"]

    assert [(split.child.digits, split.parent.digits, split.on.isoformat()) for split in fictional] == [
        (CHILD, PARENT, SPLIT_ON)
    ]


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.code)
def test_no_code_is_one_of_kemendagri(place: object) -> None:
    code = place.code  # type: ignore[attr-defined]

    with pytest.raises(register.RegionUnknown):
        register.place(Region.parse(f"kemendagri:{code}"))
