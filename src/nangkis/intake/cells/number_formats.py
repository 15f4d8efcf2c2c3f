"""Which number formats show a number as percent."""

from __future__ import annotations

import re


QUOTED = re.compile(r'"[^"]{0,255}"|\\.')
NAMED = {"Percent"}
# The numbers of Excel's own formats 0% and 0.00%, which no file writes out.
PERCENT_IDS = frozenset({9, 10})


def shows_percent(written: str) -> bool:
    r"""Say whether a number format shows a hundred times the number and a percent sign; quoted signs show no more.

    >>> shows_percent("0.00%"), shows_percent('0.00"%"'), shows_percent("Percent"), shows_percent("0\\%")
    (True, False, True, False)
    """
    return written in NAMED or "%" in QUOTED.sub("", written)
