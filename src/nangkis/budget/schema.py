"""The long table of budget lines, as it lies in the lake."""

from __future__ import annotations

from enum import StrEnum

import polars as pl


KIND = "budget"


class Stage(StrEnum):
    """At which moment of the budget's year a line was written. Asked for, never defaulted."""

    RKPD = "rkpd"
    RKPD_P = "rkpd-p"
    KUA_PPAS = "kua-ppas"
    RAPBD = "rapbd"
    APBD = "apbd"
    PERGESERAN = "pergeseran"
    P_APBD = "p-apbd"
    LRA_UNAUDITED = "lra-unaudited"
    LRA_AUDITED = "lra-audited"


# One row per line of the file: of a sub kegiatan, or of an account of it where the layout has accounts. A line without
# an amount keeps its row, with the reason in ``missing``.
SCHEMA = pl.Schema(
    {
        "region": pl.String(),  # str(Region): kemendagri-2025:72.06
        "year": pl.Int32(),
        "stage": pl.String(),  # Stage
        "office_code": pl.String(),  # 1.01.2.22.0.00.01.0000
        "office_name": pl.String(),  # as read, spaces tidied
        "unit_code": pl.String(),  # sub unit of the office; null where a layout does not give it
        "unit_name": pl.String(),
        "bidang_code": pl.String(),  # 1.01 of the sub kegiatan
        "program_code": pl.String(),  # 1.01.02
        "program_name": pl.String(),  # null where a layout does not give it, as the other names below
        "kegiatan_code": pl.String(),  # 1.01.02.2.01
        "kegiatan_name": pl.String(),
        "sub_kegiatan_code": pl.String(),  # 1.01.02.2.01.0001, or two digits in the older nomenclature
        "sub_kegiatan_name": pl.String(),
        "account_code": pl.String(),  # 5.1.02.01.01.0025
        "account_name": pl.String(),
        "fund_code": pl.String(),  # where the money comes from, as the region numbers it
        "fund_name": pl.String(),
        "output_indicator": pl.String(),  # what the sub kegiatan brings, as read; several are parted by "; "
        "output_target": pl.String(),  # as read, with its unit: targets may be words; in the order of the indicators
        "location_name": pl.String(),  # as read: a list of places in words
        "amount_sen": pl.Int64(),  # whole sen; null when missing
        "missing": pl.String(),  # null, or why: Missing; what cannot be read or be is no line
        "_sheet": pl.String(),
        "_row": pl.Int32(),  # from 1
        "_col": pl.String(),  # the column of the amount
    }
)
# Columns that only some layouts give; a table that was accepted before they came has none of them.
DETAIL = (
    "unit_code", "unit_name", "program_name", "kegiatan_name", "account_code", "account_name", "fund_code", "fund_name",
    "output_indicator", "output_target", "location_name",
)  # fmt: skip
