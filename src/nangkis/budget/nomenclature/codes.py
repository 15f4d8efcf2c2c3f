"""Codes of the nomenclature as expressions: what two codes share, whatever padding, office or spelling.

A code of a sub kegiatan is ``bidang (2 parts) . program . kegiatan (government digit . number) . sub kegiatan``.
"""

from __future__ import annotations

import polars as pl

from nangkis.budget.nomenclature.schema import Government


OWN_BIDANG = "X.XX"  # what decrees write where each office puts its own bidang
PARTS_OF_LEVEL = {"urusan": 1, "bidang": 2, "program": 3, "kegiatan": 5, "sub-kegiatan": 6}
NOT_OF_A_NAME = r"[^\p{L}\p{N}]+"
# Of the digit that begins a kegiatan: 1 province, 2 kabupaten or kota, 3 to 8 regions with a special statute.
GOVERNMENT_DIGIT = {"1": Government.PROVINCE.value, "2": Government.REGENCY.value}


def without_padding(code: pl.Expr) -> pl.Expr:
    """Return codes whose last part has no leading zeros: ``1.01.02.2.01.05`` and ``….0005`` are then one."""
    return code.str.replace(r"\.0*(\d+)$", ".$1")


def government_digit(code: pl.Expr) -> pl.Expr:
    """Return the digit that says which governments a kegiatan is for; null above a kegiatan."""
    return code.str.extract(r"^[\dX]\.[\dX]{2}\.\d{2}\.(\d)\.")


def government_of(code: pl.Expr) -> pl.Expr:
    """Return whose a code is by its digit; null of special regions, and above a kegiatan."""
    return government_digit(code).replace_strict(
        list(GOVERNMENT_DIGIT), list(GOVERNMENT_DIGIT.values()), default=None, return_dtype=pl.String()
    )


def is_support(code: pl.Expr, support: str) -> pl.Expr:
    """Say which codes belong to the programme that supports an office; ``support`` is its number, such as ``01``."""
    return (code.str.split(".").list.get(2, null_on_oob=True) == support).fill_null(value=False)


def bidang_of(code: pl.Expr) -> pl.Expr:
    """Return the bidang, such as ``1.01``."""
    return code.str.extract(r"^([\dX]\.[\dX]{2})")


def without_bidang(code: pl.Expr) -> pl.Expr:
    """Return what follows the bidang, such as ``01.2.01.1``."""
    return code.str.replace(r"^[\dX]\.[\dX]{2}\.", "")


def plain_name(name: pl.Expr) -> pl.Expr:
    """Return a name as names are compared: small letters and digits alone; null where there is none.

    Official lists break words at lines ("RKA- SKPD") and run them together ("yangMasyarakat").
    """
    plain = name.str.to_lowercase().str.replace_all(NOT_OF_A_NAME, "")
    return pl.when(plain != "").then(plain)


def compatible(one: str, other: str) -> pl.Expr:
    """Say whether two governments may be the same: they are, or one of the lists does not tell."""
    return (pl.col(one) == pl.col(other)).fill_null(value=True)
