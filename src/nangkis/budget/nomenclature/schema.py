"""The tables of the nomenclature, as they lie in the lake: codes of activities, accounts and funds, and decisions."""

from __future__ import annotations

from enum import StrEnum

import polars as pl


KIND = "nomenclature"
CLASSIFICATION = "classification"
DECISION = "crosswalk_decision"
TAG_PARTS = "; "  # between two tags of one code


class Level(StrEnum):
    """How deep a code of an activity goes; the names are the nomenclature's own."""

    URUSAN = "urusan"
    BIDANG = "bidang"
    PROGRAM = "program"
    KEGIATAN = "kegiatan"
    SUB_KEGIATAN = "sub-kegiatan"


class Government(StrEnum):
    """Whose a code is, as the official list writes it."""

    PROVINCE = "PROV"
    REGENCY = "KABKOT"


class Listed(StrEnum):
    """What a classification lists."""

    ACCOUNTS = "rekening"
    FUNDS = "sumber-dana"


class Verdict(StrEnum):
    """What a person decided on a proposed match."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"  # this match is not one
    WITHOUT = "without"  # the code has no match in the other version


# One row per code of one version and government. Codes are canonical: X.XX.XX.X.XX.XX or, since 2023, .XXXX; the
# letter X stands where the decree leaves the place to the office's own bidang (programme penunjang).
SCHEMA = pl.Schema(
    {
        "version": pl.String(),
        "decree": pl.String(),  # null where the list's version names none
        "valid_from": pl.Int32(),  # the first budget year
        "valid_until": pl.Int32(),  # the last one; null when no later version is known to end it
        "level": pl.String(),  # Level
        "government": pl.String(),  # Government; null where neither list nor code tell it
        "code": pl.String(),
        "parent": pl.String(),  # null of an urusan
        "name": pl.String(),  # as read, spaces tidied
        "kinerja": pl.String(),
        "indikator": pl.String(),
        "satuan": pl.String(),
        "definition": pl.String(),
        "previous_code": pl.String(),  # the code that the list says it had before
        "pelaksana": pl.String(),  # the part of the office, in the list's words
        "spm": pl.Boolean(),  # minimum service standard
        "service": pl.String(),  # Layanan, Aktifitas, as read
        "tags": pl.String(),  # official tags, parted by TAG_PARTS
        "_sheet": pl.String(),
        "_row": pl.Int32(),  # from 1
        "_col": pl.String(),  # the column of the code, or of its last part
    }
)
# One row per code of one version of the accounts, or of the sources of money; six levels, X.X.XX.XX.XX.XXXX.
CLASSIFICATION_SCHEMA = pl.Schema(
    {
        "version": pl.String(),
        "decree": pl.String(),
        "valid_from": pl.Int32(),
        "valid_until": pl.Int32(),
        "listed": pl.String(),  # Listed
        "level": pl.Int32(),  # 1 akun … 6 sub rincian objek
        "code": pl.String(),
        "parent": pl.String(),
        "name": pl.String(),
        "definition": pl.String(),
        "_sheet": pl.String(),
        "_row": pl.Int32(),
        "_col": pl.String(),
    }
)
# One row per decision of a person. Among rows of the same code, the latest by ``at`` holds.
DECISION_SCHEMA = pl.Schema(
    {
        "from_version": pl.String(),
        "from_code": pl.String(),
        "from_government": pl.String(),
        "to_version": pl.String(),
        "to_code": pl.String(),  # null where the verdict is ``without``
        "to_government": pl.String(),
        "verdict": pl.String(),  # Verdict
        "reason": pl.String(),
        "by": pl.String(),  # the office that decided, never a person's number
        "at": pl.String(),  # ISO 8601, UTC
        "_sheet": pl.String(),
        "_row": pl.Int32(),
        "_col": pl.String(),
    }
)
