"""Answers as the services document them, with invented numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


TITLE = "Persentase Penduduk Miskin (P0) Menurut Provinsi dan Daerah"
NOTE = "<p>Angka Maret dan September.</p><ul><li>Papua sebelum 2024 belum dimekarkan</li></ul>"
REGIONS = ((1100, "ACEH"), (7200, "SULAWESI TENGAH"), (9999, "INDONESIA"))
GROUPS = ((432, "Perkotaan"), (434, "Jumlah"))
YEARS = ((123, "2023"), (124, "2024"))
HALVES = ((61, "Semester 1 (Maret)"), (62, "Semester 2 (September)"))


def listed(
    entries: Sequence[Mapping[str, Any]], *, per_page: int, page: int, said: Mapping[str, int] | None = None
) -> dict[str, Any]:
    """A page of a list of BPS."""
    pages = -(-len(entries) // per_page)
    own = entries[(page - 1) * per_page : page * per_page]
    info = {"page": page, "pages": pages, "per_page": per_page, "count": len(own), "total": len(entries)}
    info |= said or {}
    return {"status": "OK", "data-availability": "available", "data": [info, list(own)]}


def ids(entries: Sequence[tuple[int, str]]) -> list[dict[str, Any]]:
    return [{"val": val, "label": label} for val, label in entries]


def table(
    *,
    variable: int = 192,
    title: str = TITLE,
    unit: str = "Persen",
    regions: Sequence[tuple[int, str]] = REGIONS,
    groups: Sequence[tuple[int, str]] = GROUPS,
    years: Sequence[tuple[int, str]] = YEARS,
    halves: Sequence[tuple[int, str]] = HALVES,
    content: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """A table of BPS: every combination has the value 10.01, 10.02, … unless ``content`` is given."""
    keys = (
        f"{region}{variable}{group}{year}{half}"
        for region, _ in regions
        for group, _ in groups
        for year, _ in years
        for half, _ in halves
    )
    values = {key: round(10 + number / 100, 2) for number, key in enumerate(keys, start=1)}
    return {
        "status": "OK",
        "data-availability": "available",
        "last_update": "2026-08-05 12:36:39",
        "subject": [{"val": 23, "label": "Kemiskinan dan Ketimpangan"}],
        "var": [
            {
                "val": variable,
                "label": title,
                "unit": unit,
                "subj": "Kemiskinan",
                "def": "",
                "decimal": "2",
                "note": NOTE,
            }
        ],
        "turvar": ids(groups),
        "labelvervar": "38 Provinsi",
        "vervar": ids(regions),
        "tahun": ids(years),
        "turtahun": ids(halves),
        "datacontent": values if content is None else dict(content),
    }


def series(
    values: Mapping[int, float | None], *, page: int = 1, per_page: int = 1000, total: int | None = None
) -> list[Any]:
    """A page of a series of the World Bank."""
    rows = [
        {
            "indicator": {
                "id": "SI.POV.NAHC",
                "value": "Poverty headcount ratio at national poverty lines (% of population)",
            },
            "country": {"id": "ID", "value": "Indonesia"},
            "countryiso3code": "IDN",
            "date": str(year),
            "value": value,
            "unit": "",
            "obs_status": "",
            "decimal": 1,
        }
        for year, value in values.items()
    ]
    own = rows[(page - 1) * per_page : page * per_page]
    info = {
        "page": page,
        "pages": -(-len(rows) // per_page),
        "per_page": per_page,
        "total": len(rows) if total is None else total,
        "sourceid": "2",
        "lastupdated": "2026-10-01",
    }
    return [info, own]
