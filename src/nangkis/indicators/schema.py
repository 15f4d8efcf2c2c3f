"""The long table of published indicator values, as it lies in the lake."""

from __future__ import annotations

from enum import StrEnum

import polars as pl


KIND = "indicator"
# A table whose file gives no standard error has none of these columns, as those before version 2 of the layouts.
PUBLISHED_ERROR = ("standard_error", "_error_col")


class Period(StrEnum):
    """The part of a year that a value is of; most come from the survey of one month."""

    FEBRUARY = "februari"
    MARCH = "maret"
    AUGUST = "agustus"
    SEPTEMBER = "september"
    YEAR = "tahun"


# One row per indicator, region, period and year. A missing value keeps its row, with the reason in ``missing``.
SCHEMA = pl.Schema(
    {
        "indicator": pl.String(),  # code of the catalogue, such as POV.P0
        "region": pl.String(),  # str(Region): kemendagri-2025:72.06; digits 00 are the nation
        "name_read": pl.String(),  # the region's name as the file gives it
        "year": pl.Int32(),
        "period": pl.String(),  # Period
        "value": pl.Float64(),  # in the unit of the catalogue; null when missing
        "places": pl.Int8(),  # decimals that the source gives: no digit beyond them is printed
        "missing": pl.String(),  # null, or why: Missing
        "standard_error": pl.Float64(),  # as published, in the unit of the value; null when none was
        "_sheet": pl.String(),
        "_row": pl.Int32(),  # from 1
        "_col": pl.String(),  # A, B, …
        "_error_col": pl.String(),  # the column of the standard error, or of the limits that it follows from: C, or D:E
    }
)
