"""The long table of districts and villages with their families by decile, as it lies in the lake; no person in it."""

from __future__ import annotations

from enum import StrEnum

import polars as pl


KIND = "wilayah"
DECILES = 10
FSVA_CLASSES = 6  # 1 is the most vulnerable to food insecurity


class PlaceLevel(StrEnum):
    """What kind of place a row is."""

    KECAMATAN = "kecamatan"
    DESA = "desa"


class IdmClass(StrEnum):
    """The class of the village development index, the least developed first."""

    VERY_LEFT_BEHIND = "sangat-tertinggal"
    LEFT_BEHIND = "tertinggal"
    DEVELOPING = "berkembang"
    ADVANCED = "maju"
    INDEPENDENT = "mandiri"


# One row per place and year. Null means that the cell is blank: no zero. ``about`` of a table gives place and year.
SCHEMA = pl.Schema(
    {
        "region": pl.String(),  # str(Region) of the kabupaten or kota
        "year": pl.Int32(),
        "place": pl.String(),  # str(Region) of the kecamatan or desa
        "place_name": pl.String(),  # as read, spaces tidied
        "level": pl.String(),  # PlaceLevel
        "families_1": pl.Int64(),  # families of the first decile of welfare, the poorest
        "families_2": pl.Int64(),
        "families_3": pl.Int64(),
        "families_4": pl.Int64(),
        "families_5": pl.Int64(),
        "families_6": pl.Int64(),
        "families_7": pl.Int64(),
        "families_8": pl.Int64(),
        "families_9": pl.Int64(),
        "families_10": pl.Int64(),
        "families_total": pl.Int64(),
        "fsva": pl.Int8(),  # 1 to FSVA_CLASSES
        "idm": pl.String(),  # IdmClass
        "_sheet": pl.String(),
        "_row": pl.Int32(),  # from 1
        "_col": pl.String(),  # of the place's code; ``about["columns"]`` of the table has those of the other columns
    }
)
