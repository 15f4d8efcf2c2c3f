"""What intake says is said in the reader's language: values are data, or codes that have their words."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from nangkis.budget.schema import Stage
from nangkis.content.catalogue import LANGUAGES, Language, has
from nangkis.content.messages import refusal_words, table_words
from nangkis.intake.layouts.register import LAYOUTS
from nangkis.intake.mapping import MapRefused, read_map
from nangkis.intake.reading import SheetOutcome
from nangkis.intake.report import as_plain, as_text
from nangkis.vocabulary.codes import Region
from tests.hostile.hostile_files import HOSTILE
from tests.repository.sources import LIBRARY, calls, modules
from tests.rooms.intake.files import accepted, read, read_text


INDONESIAN = re.compile(
    r"\b(?:tidak|bukan|belum|nama|wilayah|daerah|kode|nilai|biner|daftar|lembar|baris|berkas|tahun|sel|kolom|kurang|"
    r"maret|tahapan|kosong|rusak|dengan|yang|dan|atau|untuk|pada|dari)\b",
    re.IGNORECASE,
)
# Files whose own words are English, and each wrong in another way.
WRONG = {
    "nothing.csv": "a;b\nc;d\n",
    "no names.csv": "1;2\n3;4\n",
    "no codes.csv": "Regency;Office;Amount\nPalu;x;1\nSigi;x;2\n",
    "no rows.csv": "OPD;Sub Kegiatan;Pagu\nx y;1.01.02.2.01.0001 School;5\n",
    "letters.csv": "Regency;Poverty line 2020\nPalu;4O0.000\nSigi;l\n",
    "unknown.csv": "Regency;Poverty line 2020\nPalu;400.000\nNowhere;500.000\n",
    "no year.csv": "Regency;Poverty line\nPalu;400.000\nSigi;500.000\n",
    "no indicator.csv": "Regency;2020\nPalu;400.000\nSigi;500.000\n",
    "codes.csv": "Code;Regency;Poverty line 2020\n99.99;Palu;400.000\n98.98;Sigi;500.000\n",
    "budget.csv": "OPD;Sub Kegiatan;Pagu\n1.01 Office;1.01.02.2.01.0001 School;5\n",
    "quotes.csv": 'name,value\n"Palu,1\nSigi,2\n',
}


def plain_and_text(outcomes: tuple[SheetOutcome, ...], language: Language) -> str:
    return json.dumps(as_plain(outcomes, language, {})) + as_text(outcomes, language, {})


@pytest.mark.parametrize("name", WRONG)
def test_an_english_answer_about_a_wrong_table_holds_no_indonesian_word(tmp_path: Path, name: str) -> None:
    said = plain_and_text((read_text(tmp_path, WRONG[name], name=name),), "en")

    assert INDONESIAN.findall(said.replace("Sub Kegiatan", "")) == []


@pytest.mark.parametrize("name", HOSTILE)
def test_an_english_answer_about_a_hostile_file_holds_no_indonesian_word(tmp_path: Path, name: str) -> None:
    path = tmp_path / f"file{Path(name).suffix}"
    path.write_bytes(HOSTILE[name][0]())

    assert INDONESIAN.findall(plain_and_text(read(path), "en")) == []


@pytest.mark.parametrize("text", ["- fil: a", "- layout: a", "file: a", "- {file: [", "- {file: a, period: april}"])
def test_an_english_answer_about_a_wrong_map_holds_no_indonesian_word(tmp_path: Path, text: str) -> None:
    path = tmp_path / "map.yaml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(MapRefused) as refused:
        read_map(path)

    assert INDONESIAN.findall(refusal_words(refused.value, "en")) == []


# Values that are the same in every language: what the user types, and the names of encodings.
DATA = {"--region", "--year", "utf-8", "UTF-8"}
SAYING = re.compile(r"^(?:Finding|Repair|\w*Refused|File\w+|Format\w+|\w+Unsaid|\w+Unknown|too_large|_not_read)$")


def written_values() -> Iterator[tuple[str, str]]:
    """Each text that intake's code writes itself as a value of a finding, repair or refusal, with its placeholder."""
    for path, tree in modules().items():
        if not path.is_relative_to(LIBRARY / "intake"):
            continue
        for name, call in calls(tree):
            if SAYING.match(name):
                named = [(word.arg, word.value) for word in call.keywords]
                named += [pair for part in call.args if isinstance(part, ast.Dict) for pair in _pairs(part)]
                named += [("limit", part) for part in call.args[1:2] if name == "too_large"]
                for placeholder, value in named:
                    for text in _texts(value):
                        yield str(placeholder), text


def _pairs(table: ast.Dict) -> Iterator[tuple[str, ast.expr]]:
    for key, value in zip(table.keys, table.values, strict=True):
        if isinstance(key, ast.Constant):
            yield str(key.value), value


def _texts(value: ast.expr) -> Iterator[str]:
    """Texts that are the value, or a part of it put together here; not those that only lead to it."""
    parts = value.values if isinstance(value, ast.JoinedStr) else [value]
    return (part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str))


def test_every_text_that_the_code_passes_on_is_data_or_has_its_words() -> None:
    written = set(written_values())

    assert ("limit", "bytes") in written  # the search finds them
    wordless = {
        (name, text)
        for name, text in written
        if re.search(r"[^\W\d_]{2}", text) and text not in DATA and not has(f"word.{name}.{text}")
    }
    assert wordless == set()


def test_what_a_layout_lacks_is_said_in_both_languages(tmp_path: Path) -> None:
    outcome = read_text(tmp_path, "OPD;Kegiatan;Anggaran\nDinas;Satu;1000\n")

    assert outcome.refusal is not None
    lacks = outcome.refusal.values["lacks"]
    assert isinstance(lacks, tuple)
    assert lacks
    assert all(has(f"word.lacks.{code}") for code in lacks)
    assert set(LAYOUTS) >= {outcome.refusal.values["nearest"]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_in_json_says_what_to_do(tmp_path: Path, language: Language) -> None:
    for name, text in WRONG.items():
        outcome = read_text(tmp_path, text, name=name)
        for finding in as_plain([outcome], language, {})[0]["findings"]:
            assert set(finding) == {"code", "severity", "at", "says", "do"}
            assert all(finding.values())


def test_a_title_is_said_in_the_readers_language(tmp_path: Path) -> None:
    text = "Kabupaten;Garis Kemiskinan 2019;Garis Kemiskinan 2020\nKota Palu;400.000;410.000\n"
    reading = accepted(read_text(tmp_path, text))

    assert dict(reading.about) | {"codes": "", "periods": ""} == {
        "indicators": "POV.GK",
        "years": "2019–2020",
        "place": "Kota Palu",
        "codes": "",
        "periods": "",
    }
    assert reading.title == table_words(reading.kind, reading.about, "id")
    assert INDONESIAN.findall(table_words(reading.kind, reading.about, "en").replace("Kota Palu", "")) == []


@pytest.mark.parametrize("stage", Stage)
def test_a_budget_is_called_by_its_stage_and_a_realisation_is_no_ceiling(tmp_path: Path, stage: Stage) -> None:
    text = "OPD;Sub Kegiatan;Pagu\n1.01 Dinas;1.01.02.2.01.0001 Sekolah;5\n"
    reading = accepted(read_text(tmp_path, text, region=Region.parse("kemendagri:72.06"), year=2021, stage=stage))

    assert reading.about["stage"] == stage.value
    assert reading.about["place"] == "Kabupaten Morowali"
    assert reading.title.endswith(" 2021, Kabupaten Morowali")
    assert stage.value.upper() not in reading.title or not stage.value.startswith("lra")
    assert reading.title.startswith("Realisasi") == stage.value.startswith("lra")
    assert INDONESIAN.findall(table_words(reading.kind, reading.about, "en").replace("Kabupaten", "")) == []
