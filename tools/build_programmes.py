"""Build the names of programmes from the official nomenclature.

Run: ``python -m tools.build_programmes FILE``, the SIPD export of sub kegiatan (JENIS PEMDA … PROGRAM …). It writes
``nama_program.yaml`` in ``src/nangkis/parameters/data``: the name that kabupaten and kota use, and beside it that of
provinces where it differs in more than its letters' case. Placeholders such as X.XX.01 are left out.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path

import yaml
from python_calamine import CalamineWorkbook


TARGET = Path(__file__).parents[1] / "src" / "nangkis" / "parameters" / "data" / "nama_program.yaml"
CODE = re.compile(r"\d\.\d{2}\.\d{2}")
# Written as they are: the list has everything in capitals, so that its abbreviations cannot be told from its words.
ABBREVIATIONS = {"UMKM", "MHA", "PPLH", "SDM", "HAM", "KB", "B3"}
SMALL = {"dan", "di", "ke", "dari", "untuk", "yang", "serta", "bagi", "dengan", "pada", "atas", "atau", "oleh", "antar"}
HEAD = """\
# Written by tools/build_programmes.py from the official export; do not edit by hand.
title: {id: "Nama program menurut nomenklatur", en: "Names of programmes by the nomenclature"}
unit: names by programme code; province where it names it otherwise
values:
  2021-01-01:
    source:
      title: Permendagri 90/2019 dengan pemutakhirannya
      place: >-
        ekspor nomenklatur SIPD 23 Januari 2026, kolom PROGRAM; terhadap daftar 2020-2022 hanya empat nama berbeda
        sedikit dan satu kode (2.10.02) sudah tidak ada
      english_title: Permendagri 90/2019 with its updates
      english_place: >-
        SIPD export of the nomenclature of 23 January 2026, column PROGRAM; against the list of 2020-2022 only four
        names differ a little and one code (2.10.02) is gone
      url: null
      published: null
      kept_copy: null
    confidence: seen
    verified: null
    value:
"""


def names(path: Path) -> dict[str, dict[str, str]]:
    """Return names by code, then by JENIS PEMDA; the first spelling of each stands."""
    header, *rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    level, program = header.index("JENIS PEMDA"), header.index("PROGRAM")
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        code, _, name = str(row[program]).partition(" ")
        if CODE.fullmatch(code):
            found.setdefault(code, {}).setdefault(str(row[level]), written(name))
    return dict(sorted(found.items()))


def written(name: str) -> str:
    """Write a name of capitals as a document prints it."""
    words = re.split(r"([\s\-/(),]+)", name.strip())
    told = "".join(_word(word, first=place == 0) for place, word in enumerate(words))
    # One word in brackets abbreviates the words before it.
    return re.sub(r"\(\w+\)", lambda found: found[0].upper(), told)


def _word(word: str, *, first: bool) -> str:
    if word.upper() in ABBREVIATIONS:
        return word.upper()
    small = word.lower()
    return small if small in SMALL and not first else small.capitalize()


def lines(found: dict[str, dict[str, str]]) -> Iterable[str]:
    """Yield a line of YAML for each code."""
    for code, by_level in found.items():
        regency = by_level.get("KABKOT")
        province = by_level.get("PROV")
        entry = {"regency": regency or province}
        if province is not None and entry["regency"] != province:
            entry["province"] = province
        told = yaml.safe_dump(entry, default_flow_style=True, allow_unicode=True, width=1000).strip()
        yield f'      "{code}": {told}\n'


def main(path: Path) -> None:
    """Write the file."""
    TARGET.write_text(HEAD + "".join(lines(names(path))), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
