"""Build the register of provinces and kabupaten/kota from the two bridges and the Kemendagri list.

Run: ``python tools/build_regions.py SHARED_DATA``, the folder that holds ``01_wilayah``. It writes
``provinces.csv`` and ``kabkota.csv`` in ``src/nangkis/regions/data``; ``SOURCES.md`` there says what each fact rests
on.
The other two tables of that folder, splits and spellings, are kept by hand.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable
from pathlib import Path

from lokal import wilayah


TARGET = Path(__file__).parents[1] / "src" / "nangkis" / "regions" / "data"
CODES = ("kemendagri_2025", "kemendagri_2020", "bps_2025", "bps_2020")


def read(path: Path) -> list[dict[str, str]]:
    """Return the rows of a csv file, with or without a byte-order mark."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def dotted(digits: str) -> str:
    """Write a Kemendagri code as the decree does: ``7206`` becomes ``72.06``."""
    return f"{digits[:2]}.{digits[2:]}"


def kabkota_rows(crosswalk: list[dict[str, str]]) -> list[tuple[str, ...]]:
    """Return name, province and the four codes of each kabupaten/kota; names are the decree's, from the package."""
    rows = []
    for row in crosswalk:
        code = dotted(row["kemendagri_2025"])
        name = wilayah.wilayah_name(code)
        if name is None:
            sys.exit(f"the Kemendagri list has no {code}")
        codes = (code, dotted(row["kemendagri_2020"]), row["bps_2025"], row["bps_2020"])
        rows.append((name, code[:2], *codes))
    return sorted(rows, key=lambda row: row[2])


def province_rows(kabkota: list[tuple[str, ...]], bridge_2020: list[dict[str, str]]) -> list[tuple[str, ...]]:
    """Return name and the four codes of each province; the 2020 codes are blank for a province founded later."""
    bps_2025 = {row[1]: row[4][:2] for row in kabkota}
    codes_2020 = {squeezed(row["nama_dagri"]): (row["kode_dagri"], row["kode_bps"]) for row in bridge_2020}
    rows = []
    for province in wilayah.list_wilayah():
        kemendagri, bps = codes_2020.pop(squeezed(province.name), ("", ""))
        rows.append((province.name, province.code, kemendagri, bps_2025[province.code], bps))
    if codes_2020:
        sys.exit(f"provinces of 2020 without a successor: {sorted(codes_2020)}")
    return sorted(rows, key=lambda row: row[1])


def squeezed(name: str) -> str:
    """Return a province's name as the bridge of 2020 and the decree of 2025 both write it, without spaces."""
    short = name.upper().replace("DAERAH KHUSUS IBUKOTA", "DKI").replace("DAERAH ISTIMEWA", "DI")
    return short.replace("KEPULAUAN", "KEP").replace(" ", "").replace(".", "")


def write(path: Path, header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    """Write a csv file with plain line ends."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def main(shared_data: Path) -> None:
    """Build both tables."""
    folder = shared_data / "01_wilayah"
    kabkota = kabkota_rows(read(folder / "DERIVED_kabkota_514_crosswalk.csv"))
    provinces = province_rows(kabkota, read(folder / "bridge_bps_kemendagri_provinsi_2020s2.csv"))
    write(TARGET / "kabkota.csv", ("name", "province", *CODES), kabkota)
    write(TARGET / "provinces.csv", ("name", *CODES), provinces)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
