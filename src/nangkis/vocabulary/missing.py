"""Why a cell gives no number. Zero is a number and never missing."""

from __future__ import annotations

from enum import StrEnum


class Missing(StrEnum):
    """The reason that a row of the lake keeps in place of a value."""

    BLANK = "blank"  # nothing stands in the cell
    DASH = "dash"  # the source says that there is none
    DOTS = "dots"  # the source says that it is not there yet
    NOT_AVAILABLE = "not-available"  # n.a. and the like
    UNREADABLE = "unreadable"  # something stands there that is no number
    IMPLAUSIBLE = "implausible"  # a number outside what the indicator can be
