"""Which number formats show a number as percent."""

from __future__ import annotations

import re


QUOTED = re.compile(r'"[^"]{0,255}"|\\.')
NAMED = {"Percent"}


def shows_percent(written: str) -> bool:
    r"""Say whether a number format shows a hundred times the number and a percent sign; quoted signs show no more.

    >>> shows_percent("0.00%"), shows_percent('0.00"%"'), shows_percent("Percent"), shows_percent("0\\%")
    (True, False, True, False)
    """
    return written in NAMED or "%" in QUOTED.sub("", written)
