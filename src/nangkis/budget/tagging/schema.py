"""The tables of tagging, as they lie in the lake: a person's decisions, a region's lists, and the lock of a year."""

from __future__ import annotations

import polars as pl


DECISION_KIND = "tag_decision"
LIST_KIND = "tag_list"
LOCK_KIND = "tag_lock"

# Shares are whole ten-thousandths, so that they add up exactly.
WHOLE = 10_000

# One row per part of a decision. Of one key (code, name, office) the rows with the latest ``at`` hold, all of them.
DECISIONS = pl.Schema(
    {
        "region": pl.String(),  # str(Region)
        "year": pl.Int32(),
        "sub_kegiatan_code": pl.String(),
        "sub_kegiatan_name": pl.String(),
        "office_code": pl.String(),  # null: the lines of every office
        "part": pl.Int32(),  # from 1
        "tag": pl.String(),  # Tag; null: the decision is taken back
        "dimension": pl.String(),  # of a tagged part, as the two below
        "strategy": pl.String(),
        "directness": pl.String(),
        "share": pl.Int32(),  # of the line, in ten-thousandths; null when taken back
        "reason": pl.String(),
        "by": pl.String(),  # the role that decided, never a name
        "at": pl.String(),  # ISO 8601, UTC
        "replaces": pl.String(),  # the table of the decision that held before; null for the first
        "_sheet": pl.String(),
        "_row": pl.Int32(),  # from 1
        "_col": pl.String(),  # of the decision
    }
)
# One row per sub kegiatan that a list of the region names as poverty spending. Null is what the list does not say.
LISTS = pl.Schema(
    {
        "region": pl.String(),
        "year": pl.Int32(),
        "sub_kegiatan_code": pl.String(),
        "sub_kegiatan_name": pl.String(),
        "program_name": pl.String(),
        "kegiatan_name": pl.String(),
        "office_name": pl.String(),
        "strategy": pl.String(),
        "strategy_read": pl.String(),  # as the list writes it
        "group_read": pl.String(),  # kelompok_teks of SIPD: as read, used for nothing
        "_sheet": pl.String(),
        "_row": pl.Int32(),  # from 1
        "_col": pl.String(),  # of the name
    }
)
# The tags of a year as they stood when it was locked, one row per part; a single row without code when it was opened.
LOCKS = pl.Schema(
    {
        "region": pl.String(),
        "year": pl.Int32(),
        "stage": pl.String(),  # the stage whose lines were locked
        "sub_kegiatan_code": pl.String(),
        "sub_kegiatan_name": pl.String(),
        "office_code": pl.String(),  # null: every office
        "part": pl.Int32(),
        "tag": pl.String(),
        "dimension": pl.String(),
        "strategy": pl.String(),
        "directness": pl.String(),
        "share": pl.Int32(),
        "origin": pl.String(),  # TagOrigin
        "reason": pl.String(),
        "reason_en": pl.String(),
        "confidence": pl.String(),
        "rule": pl.String(),
        "held_because": pl.String(),  # HeldBecause
        "locked": pl.Boolean(),
        "why": pl.String(),  # why it was locked or opened
        "by": pl.String(),
        "at": pl.String(),
        "_sheet": pl.String(),
        "_row": pl.Int32(),
        "_col": pl.String(),
    }
)
