"""Regions and the systems that number them.

199 of 514 kabupaten/kota carry another code at BPS than at Kemendagri, and a code of one system is a valid, wrong
code of the other. So a region is always (system, edition, digits); a bare string is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from nangkis.vocabulary.refusals import RequestRefused


_SYSTEM = re.compile(r"([a-z]+)(?:-(\d{4}))?")
_DIGITS = re.compile(r"\d{1,2}(\.\d{1,4})*|\d{2,10}")
LATEST_EDITIONS = {"kemendagri": 2025, "bps": 2025, "contoh": 2026}


class CodeRefused(RequestRefused):
    """A text is not a region code with its system."""


@dataclass(frozen=True, order=True)
class CodeSystem:
    """Who gave the number, and in which edition of the list."""

    name: str
    edition: int

    @classmethod
    def parse(cls, text: str) -> CodeSystem:
        """Read ``bps-2020``; without an edition, the latest one that Nangkis knows.

        >>> str(CodeSystem.parse("kemendagri"))
        'kemendagri-2025'
        """
        match = _SYSTEM.fullmatch(text.strip().lower())
        if match is None or match[1] not in LATEST_EDITIONS:
            raise CodeRefused("code-system-unknown", text=text, known=", ".join(sorted(LATEST_EDITIONS)))
        return cls(match[1], int(match[2]) if match[2] else LATEST_EDITIONS[match[1]])

    def __str__(self) -> str:
        return f"{self.name}-{self.edition}"


@dataclass(frozen=True, order=True)
class Region:
    """A region as one code system numbers it.

    >>> Region.parse("kemendagri:72.06").digits
    '72.06'
    """

    system: CodeSystem
    digits: str

    def __post_init__(self) -> None:
        if not isinstance(self.system, CodeSystem):
            raise CodeRefused("code-without-system", text=str(self.digits))
        if not _DIGITS.fullmatch(self.digits):
            raise CodeRefused("code-not-digits", text=self.digits, system=str(self.system))

    @classmethod
    def parse(cls, text: str) -> Region:
        """Read ``kemendagri:72.06`` or ``bps-2020:7203``; a bare ``72.06`` is refused."""
        system, colon, digits = text.strip().partition(":")
        if not colon:
            raise CodeRefused("code-without-system", text=text)
        return cls(CodeSystem.parse(system), digits.strip())

    def __str__(self) -> str:
        return f"{self.system}:{self.digits}"
