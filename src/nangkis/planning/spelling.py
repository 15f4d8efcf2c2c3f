"""Names in files of one region without what differs in writing them: capitals, spaces and marks."""

from __future__ import annotations


def plain_words(name: str) -> list[str]:
    """Return the words of a name: small letters and digits.

    >>> plain_words("DAK Fisik-Bidang  Jalan (Reguler)")
    ['dak', 'fisik', 'bidang', 'jalan', 'reguler']
    """
    return "".join(sign if sign.isalnum() else " " for sign in name.casefold()).split()


def plain_name(name: str | None) -> str:
    """Return a name as one word; empty for none.

    >>> plain_name("DINAS  SOSIAL") == plain_name("Dinas Sosial")
    True
    """
    return "".join(plain_words(name or ""))
