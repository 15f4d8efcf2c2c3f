"""Reading what a mapping says: which column has which role. Strict: nothing is passed over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from nangkis.indicators.catalogue import indicators
from nangkis.indicators.schema import Period
from nangkis.intake.columns_said import ColumnSaid, ColumnsSaid
from nangkis.intake.layouts import sipd_22, sipd_pagu
from nangkis.vocabulary.refusals import RequestRefused


class MappingRefused(RequestRefused):
    """A mapping of columns is not as it must be; the values name the file and what is wrong."""


# The header by which the layout knows each role.
TABLE_OF_INDICATORS = {
    "region_name": "nama wilayah",
    "region_code": "kode",
    "year": "tahun",
    "period": "periode",
    "indicator": "indikator",
    "value": "nilai",
    "unit": "satuan",
    "note": "catatan",
}
BUDGET = {
    "office": "nama opd",
    "office_code": "kode opd",
    "sub_kegiatan": "nama sub kegiatan",
    "sub_kegiatan_code": "kode sub kegiatan",
    "amount": "pagu",
    "year": "tahun",
    "stage": "tahap",
    "location": "lokasi",
    "indicator": "indikator",
    "target": "target",
    "fund": "sumber dana",
}
# The headers of a budget by account; of several that mean one role, the first.
ACCOUNTS = {role: header for header, role in reversed(sipd_22.HEADERS.items())}
HEADERS = {
    "indicator_many": TABLE_OF_INDICATORS,
    "indicator_long": TABLE_OF_INDICATORS,
    sipd_pagu.NAME: BUDGET,
    sipd_22.NAME: ACCOUNTS,
}
# Of each group at least one must be there.
NEEDED = {
    "indicator_many": (("region_name", "region_code"),),
    "indicator_long": (("region_name", "region_code"), ("indicator",), ("value",)),
    sipd_pagu.NAME: (("office", "office_code"), ("sub_kegiatan", "sub_kegiatan_code"), ("amount",)),
    sipd_22.NAME: tuple(sipd_22.NEEDED.values()),
}
# How many zeros amounts leave away.
UNITS = {"rupiah": 0, "ribu": 3, "juta": 6, "miliar": 9}
KEYS = ("indicator", "year", "period", "unit")


def columns_said(content: Any, *, layout: str | None, header_row: int | None, file: str) -> ColumnsSaid:
    """Return what ``columns:`` says. Raises MappingRefused."""
    if not isinstance(content, Mapping) or not content:
        raise MappingRefused("mapping-not-columns", file=file)
    columns = {str(column).strip(): _column(str(column), what, file) for column, what in content.items()}
    named = layout or _layout(columns.values())
    if named not in HEADERS:
        raise MappingRefused("mapping-layout-other", file=file, layout=named, known=", ".join(HEADERS))
    _check_roles(columns.values(), named, file)
    return ColumnsSaid(named, columns, header_row)


def _column(column: str, what: Any, file: str) -> ColumnSaid:
    if not isinstance(what, Mapping):
        return ColumnSaid(role=str(what))
    found = ", ".join(f"{key}: {value}" for key, value in what.items())
    refusal = MappingRefused("mapping-column-unreadable", file=file, column=column, found=found)
    if what.get("role") == "amount" and set(what) == {"role", "unit"} and str(what["unit"]) in UNITS:
        return ColumnSaid(role="amount", unit=str(what["unit"]))
    if not set(what) <= set(KEYS) or str(what.get("indicator")) not in indicators():
        raise refusal
    try:
        return ColumnSaid(
            indicator=str(what["indicator"]),
            year=int(str(what["year"])) if "year" in what else None,
            period=Period(str(what["period"])) if "period" in what else None,
            unit=str(what.get("unit", "")),
        )
    except ValueError:
        raise refusal from None


def _layout(columns: Iterable[ColumnSaid]) -> str:
    roles = {column.role for column in columns}
    if roles & (ACCOUNTS.keys() - BUDGET.keys()):
        return sipd_22.NAME
    if roles & (BUDGET.keys() - TABLE_OF_INDICATORS.keys()):
        return sipd_pagu.NAME
    return "indicator_long" if "value" in roles else "indicator_many"


def _check_roles(columns: Iterable[ColumnSaid], layout: str, file: str) -> None:
    said = list(columns)
    roles = Counter(column.role for column in said if column.role is not None)
    known = HEADERS[layout]
    told = {"file": file, "layout": layout}
    for role, count in roles.items():
        if role not in known:
            raise MappingRefused("mapping-role-unknown", role=role, known=", ".join(known), **told)
        if count > 1:
            raise MappingRefused("mapping-role-twice", role=role, **told)
    if any(column.indicator for column in said) != (layout == "indicator_many"):
        raise MappingRefused(
            "mapping-role-needed", roles="{indicator: …}" if layout == "indicator_many" else "value", **told
        )
    for group in NEEDED[layout]:
        if not roles.keys() & set(group):
            raise MappingRefused("mapping-role-needed", roles=" / ".join(group), **told)
