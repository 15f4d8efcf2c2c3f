"""Random budgets: trees of urusan, programmes, sub kegiatan and accounts, with amounts near the largest ones."""

from __future__ import annotations

from random import Random

import polars as pl

from nangkis.budget.schema import SCHEMA


TREES = 200
LARGEST_SEN = 10**17  # 10^15 rupiah: intake accepts no larger amount
STAGES = ("rkpd", "apbd", "p-apbd")
NAMES = ("Pendataan Fakir Miskin", "Pembangunan Jalan", "Penyediaan Makanan Tambahan", "Bantuan Benih", None)


def stacked_trees(tables: int) -> list[pl.DataFrame]:
    """Return TREES budgets as so many tables in the lake's schema; some lines lack amounts, offices or accounts.

    The first budget is one year's alone and so large that its sums pass 2^63 sen.
    """
    generator = Random(2026)  # noqa: S311 - invented amounts, no secrets
    sizes = [600, *(generator.randrange(1, 250) for _ in range(TREES - 1))]
    rows = [_line(number, generator, row) for number, size in enumerate(sizes) for row in range(size)]
    whole = pl.DataFrame(rows, schema=SCHEMA)
    return [whole.slice(start, -(-len(whole) // tables)) for start in range(0, len(whole), -(-len(whole) // tables))]


def _line(number: int, generator: Random, row: int) -> dict[str, object]:
    pick = generator.choice
    bidang = f"{pick('1234567')}.{generator.randrange(1, 9):02}"
    program = f"{bidang}.{generator.randrange(1, 6):02}"
    kegiatan = f"{program}.2.{generator.randrange(1, 4):02}"
    blank = generator.random() < 0.1
    return {
        "region": f"contoh-2026:{number:03}",
        "year": pick((2025, 2026)) if number else 2026,
        "stage": pick(STAGES) if number else STAGES[0],
        "office_code": pick((None, f"{bidang}.0.00.0.00.01.0000")),
        "office_name": "Dinas",
        "bidang_code": bidang,
        "program_code": program,
        "kegiatan_code": kegiatan,
        "sub_kegiatan_code": f"{kegiatan}.{generator.randrange(1, 5):04}",
        "sub_kegiatan_name": pick(NAMES),
        "account_code": pick((None, f"5.{pick('1234')}.{pick(('01', '02', '05'))}.01.01.0001")),
        "fund_code": pick((None, "1.1", "1.2.01")),
        "amount_sen": None if blank else generator.randrange(LARGEST_SEN - 10**6, LARGEST_SEN),
        "missing": "blank" if blank else None,
        "_sheet": "csv",
        "_row": row + 1,
        "_col": "V",
    }
