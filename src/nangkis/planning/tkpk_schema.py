"""The table of what a TKPK has in hand: decree, agenda, RAT and LP2KD with number and date, as it lies in the lake."""

from __future__ import annotations

from enum import StrEnum

import polars as pl


KIND = "tkpk_record"


class TkpkItem(StrEnum):
    """What a person may put on record for the readiness sheet."""

    DECREE = "decree"
    AGENDA = "agenda"
    RAT = "rat"
    LP2KD = "lp2kd"


# One row per document. Who put it on record, and when, stands in the manifest. ``about`` of a table gives the place.
SCHEMA = pl.Schema(
    {
        "region": pl.String(),  # str(Region)
        "item": pl.String(),  # TkpkItem
        "year": pl.Int32(),  # the year that it is for; null where the file does not say
        "number": pl.String(),
        "dated": pl.Date(),
        "attached": pl.String(),  # the name of its own file; null where none is named
        "_sheet": pl.String(),
        "_row": pl.Int32(),  # from 1
        "_col": pl.String(),  # of the item
    }
)
