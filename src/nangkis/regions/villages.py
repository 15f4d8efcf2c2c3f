"""Kecamatan and desa of the Kemendagri list, from the package ``lokal``, loaded when first asked for (20 MB).

The package's own code reader accepts any digits; here only a code that is written as the decree writes it is asked.
"""

from __future__ import annotations

import re

from lokal import wilayah


_KECAMATAN_OR_DESA = re.compile(r"\d{2}\.\d{2}\.\d{2}(\.\d{4})?")
_ABOVE_DESA = re.compile(r"\d{2}\.\d{2}(\.\d{2})?")


def name_of(digits: str) -> str | None:
    """Return the name of a kecamatan ``72.06.05`` or desa ``72.06.05.2001``; None when the list has no such code."""
    if not _KECAMATAN_OR_DESA.fullmatch(digits):
        return None
    return wilayah.wilayah_name(digits)


def below(digits: str) -> list[tuple[str, str]]:
    """Return code and name of the kecamatan in a kabupaten/kota, or the desa in a kecamatan, in code order."""
    if not _ABOVE_DESA.fullmatch(digits):
        return []
    return sorted((child.code, child.name) for child in wilayah.list_wilayah(digits))
