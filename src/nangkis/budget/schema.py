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


# One row per line of the file. A line without an amount keeps its row, with the reason in ``missing``.
SCHEMA = pl.Schema(
    {
        "region": pl.String(),  # str(Region): kemendagri-2025:72.06
        "year": pl.Int32(),
        "stage": pl.String(),  # Stage
        "office_code": pl.String(),  # 1.01.2.22.0.00.01.0000
        "office_name": pl.String(),  # as read, spaces tidied
        "bidang_code": pl.String(),  # 1.01 of the sub kegiatan
        "program_code": pl.String(),  # 1.01.02
        "kegiatan_code": pl.String(),  # 1.01.02.2.01
        "sub_kegiatan_code": pl.String(),  # 1.01.02.2.01.0001, or two digits in the older nomenclature
        "sub_kegiatan_name": pl.String(),
        "amount_sen": pl.Int64(),  # whole sen; null when missing
        "missing": pl.String(),  # null, or why: Missing; what cannot be read or be is no line
        "_sheet": pl.String(),
        "_row": pl.Int32(),  # from 1
        "_col": pl.String(),  # the column of the amount
    }
)
