"""How far the packaged tag rules reach, on real budgets: against a region's own tagging, and in rupiah.

Kotabaru's list holds only what people tagged, with names and no sub kegiatan codes: recall and strategy can be
measured, precision cannot. Its codes are looked up by name in two real nomenclatures, and a name that stands under
several programmes, or under none, is counted apart.
"""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import polars as pl
from python_calamine import CalamineWorkbook

from nangkis.budget.lines import with_class
from nangkis.budget.rules import Tag, tag_rules
from nangkis.budget.sums import exact_sen
from nangkis.budget.tags import with_tags
from nangkis.parameters.loader import packaged


DATA = Path(__file__).parents[2] / "shared" / "data"
NOMENCLATURE = "nomenklatur-subkegiatan-20260123005058_versi_pemutakhiran_2027_1.xlsx"
ON = date(2026, 11, 1)
Named = dict[str, set[str]]


def main() -> None:
    """Print both measurements, or why they cannot be made."""
    if not DATA.is_dir():
        print("tag rules: skipped, the real data (shared/data beside the checkout) is not here")
        return
    print(f"tag rules: {len(tag_rules(packaged(), ON).rules)} rules")
    measure_kotabaru()
    measure_morowali()


def measure_kotabaru() -> None:
    """Recall and strategy of the rules on 156 lines that a region tagged by hand."""
    labelled = labelled_lines()
    verdicts = defaultdict(set)
    for row, verdict, strategy in tagged_lines(labelled).select("row", "tag", "strategy").iter_rows():
        verdicts[row].add((verdict, strategy))
    counted = Counter(judge(row, verdicts[number]) for number, row in enumerate(labelled))
    right, wrong = counted["right"], counted["wrong"]
    distinct = len({plain(row["sub_kegiatan"]) for row in labelled})
    print(f"  Kotabaru, {len(labelled)} lines tagged by people ({distinct} different names):")
    print("    the rules were read from this list, so this is how well they keep to it, not what a new region will see")
    print(f"    recall {(right + wrong) / len(labelled):.1%} ({right + wrong} lines proposed as poverty spending)")
    print(f"    strategy right in {right / (right + wrong):.1%} of these ({right} of {right + wrong})")
    print(f"    not reached: {dict(counted - Counter(right=right, wrong=wrong))}")
    for number, row in enumerate(labelled):
        if (what := judge(row, verdicts[number])) != "right":
            print(f"      {what:<16} strategy {row['strategi']}: {row['sub_kegiatan'][:90]}")


def labelled_lines() -> list[dict[str, str]]:
    """Return the sub kegiatan that Kotabaru tagged, each with its strategy and office."""
    with (DATA / "07_tagging" / "oppkpke_kotabaru_2025_subkegiatan_EXTRACTED.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def tagged_lines(labelled: list[dict[str, str]]) -> pl.DataFrame:
    """Return what the rules make of them, one row per code that a name may have; ``row`` is the line's number."""
    codes = codes_by_name()
    lines = [
        (number, code, row["sub_kegiatan"]) for number, row in enumerate(labelled) for code in codes_of(row, codes)
    ]
    return tag(pl.DataFrame(lines, schema=["row", "sub_kegiatan_code", "sub_kegiatan_name"], orient="row"))


def judge(row: dict[str, str], verdicts: set[tuple[str, str | None]]) -> str:
    """Say what the rules made of a labelled line; codes that disagree count as not reached."""
    if not verdicts:
        return "name unknown"
    if len(verdicts) > 1:
        return "codes disagree"
    ((verdict, strategy),) = verdicts
    if verdict != "ditandai":
        return verdict
    return "right" if strategy == row["strategi"] else "wrong"


def measure_morowali() -> None:
    """Rupiah placed and held in a whole kabupaten's ceiling."""
    workbook = CalamineWorkbook.from_path(str(DATA / "03_apbd" / "sipd_morowali" / "contoh-import-rkpd-pagu.xlsx"))
    lines = [
        (*str(cell).split(" ", 1), round(amount) * 100 if isinstance(amount, int | float) else None)
        for _, cell, amount in workbook.get_sheet_by_index(0).to_python()[1:]
    ]
    frame = pl.DataFrame(lines, schema=["sub_kegiatan_code", "sub_kegiatan_name", "amount_sen"], orient="row")
    tagged = tag(frame)
    base = exact_sen(tagged.filter(pl.col("tag").is_not_null())) or 0
    print(f"  Morowali, RKPD 2021, base of tagging Rp{base // 100:,}:")
    for name in Tag:
        part = exact_sen(tagged.filter(pl.col("tag") == name)) or 0
        print(f"    {name:<13} Rp{part // 100:>19,}  {part / base:.1%}")


def tag(lines: pl.DataFrame) -> pl.DataFrame:
    """Tag lines of code and name."""
    segments = pl.col("sub_kegiatan_code").str.split(".").list
    prefixes = {"bidang_code": 2, "program_code": 3, "kegiatan_code": 5}
    frame = lines.with_columns(segments.head(count).list.join(".").alias(name) for name, count in prefixes.items())
    return with_tags(with_class(frame, packaged(), ON), tag_rules(packaged(), ON))


def codes_of(row: dict[str, str], codes: Named) -> list[str]:
    """Return the codes that a labelled line may have; its office narrows a name that kecamatan share with others."""
    found = codes.get(plain(row["sub_kegiatan"]), set())
    of_kecamatan = row["opd"].startswith("Kecamatan")
    narrowed = {code for code in found if code.startswith("7.01") == of_kecamatan}
    return sorted(narrowed or found)


def codes_by_name() -> Named:
    """Return sub kegiatan codes of kabupaten/kota by name, from the 2027 and the 2020 nomenclature."""
    named: Named = defaultdict(set)
    newest = CalamineWorkbook.from_path(str(DATA / "04_nomenklatur" / NOMENCLATURE)).get_sheet_by_index(0)
    for row in newest.to_python()[1:]:
        if str(row[0]).startswith("KAB"):
            code, _, name = str(row[4]).partition(" ")
            named[plain(name)].add(code)
    with (DATA / "04_nomenklatur" / "morowali_EXTRACTED" / "ref_sub_kegiatan.csv").open(encoding="utf-8") as file:
        for entry in csv.DictReader(file):
            urusan, bidang, program, kegiatan, sub = (
                entry[f"{level}_kode"] for level in ("urusan", "bidang", "program", "kegiatan", "sub_kegiatan")
            )
            code = f"{urusan}.{bidang:0>2}.{program:0>2}.{kegiatan[0]}.{kegiatan[1:]}.{sub:0>2}"
            named[plain(entry["sub_kegiatan_nama"])].add(code)
    return named


def plain(name: str) -> str:
    """Return a name without the marks and blanks that copies differ in."""
    return re.sub(r"[^a-z0-9]+", " ", name.lower()).strip()


if __name__ == "__main__":
    main()
