"""The long table of an RPJMD's programmes, as it lies in the lake."""

from __future__ import annotations

import polars as pl


KIND = "rpjmd"
YEARS = 5

# One row per programme of an office and indicator, with what SIPD names these columns. Targets stay text: some are
# words. The pagu belongs to the programme: rows of its further indicators repeat it or leave it blank, and it is never
# added up over them. ``about`` of a table gives place and years.
SCHEMA = pl.Schema(
    {
        "region": pl.String(),  # str(Region)
        "first_year": pl.Int32(),  # the year of target_1 and pagu_1
        "office_code": pl.String(),
        "office_name": pl.String(),
        "sasaran_code": pl.String(),
        "sasaran_name": pl.String(),
        "program_code": pl.String(),  # 1.01.02
        "program_name": pl.String(),
        "indicator": pl.String(),  # in the words of the file
        "unit": pl.String(),
        "target_start": pl.String(),  # the value at the start of the plan
        "target_1": pl.String(),
        "target_2": pl.String(),
        "target_3": pl.String(),
        "target_4": pl.String(),
        "target_5": pl.String(),
        "target_end": pl.String(),
        "pagu_1_sen": pl.Int64(),  # whole sen; null when the cell is blank
        "pagu_2_sen": pl.Int64(),
        "pagu_3_sen": pl.Int64(),
        "pagu_4_sen": pl.Int64(),
        "pagu_5_sen": pl.Int64(),
        "_sheet": pl.String(),
        "_row": pl.Int32(),  # from 1
        "_col": pl.String(),  # the column of the first year's pagu
    }
)
