"""The long table of an APBD posture, as the ministry of finance (DJPK) publishes it and as it lies in the lake."""

from __future__ import annotations

import polars as pl


KIND = "posture"


# One row per account of the file. An account without an amount keeps its row, with the reason in ``missing``.
# The budget behaves like the APBD as first adopted, realisation like that after its change (P-APBD): the two are not
# of one stage, and no verdict on absorption follows from them.
SCHEMA = pl.Schema(
    {
        "region": pl.String(),  # str(Region): kemendagri-2025:35.26
        "year": pl.Int32(),
        "account": pl.String(),  # code in the dated account table ``akun_postur``: 5.1.01
        "account_name": pl.String(),  # as read, spaces tidied
        "budget_sen": pl.Int64(),  # whole sen; null when missing
        "realised_sen": pl.Int64(),  # whole sen; null when missing
        # Half the last place to which each of the two is known, as its cell prints it:
        # rounded down, 0: exact to the sen, null when missing.
        "budget_resolution_sen": pl.Int64(),
        "realised_resolution_sen": pl.Int64(),
        "missing": pl.String(),  # null, or why one of the two amounts is not there: Missing
        "_sheet": pl.String(),
        "_row": pl.Int32(),  # from 1
        "_col": pl.String(),  # the column of the budget
    }
)
