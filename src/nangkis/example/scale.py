"""Budgets of as many regions, years and lines as asked for: benchmark input, with memory that does not grow with it.

Each region and year is one Parquet file in the lake's budget schema and one raw file in the 22 columns of SIPD; the two
hold the same lines.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import islice
from pathlib import Path
from random import Random

import polars as pl
import yaml

from nangkis.budget.schema import DETAIL, SCHEMA, Stage
from nangkis.content.catalogue import Language
from nangkis.content.messages import fill
from nangkis.example import names
from nangkis.example.account_files import HEADS, SHEET, account_lines
from nangkis.example.grids import open_workbook, write_row
from nangkis.example.places import FICTIONAL
from nangkis.parameters.dated import Parameters
from nangkis.regions.invented import governments
from nangkis.regions.table import CONTOH
from nangkis.vocabulary.missing import Missing
from nangkis.vocabulary.money import SEN_PER_RUPIAH
from nangkis.vocabulary.refusals import RequestRefused


MEGABYTE = 1_000_000
MOST_REGIONS = len(governments())
PARQUET, RAW = "parquet", "berkas"
FIRST_ROW = 3  # below the title and the header
AMOUNT = "V"
# Tenths of a million rupiah that a line may cost; those that BLANK_ONE_IN divides are left blank.
TENTHS = range(1, 500)
BLANK_ONE_IN = 50
TENTH_OF_JUTA = 100_000
# The lake's column of each column of the raw file; what the file says besides is not kept.
KEPT = {
    "kode_skpd": "office_code",
    "nama_skpd": "office_name",
    "kode_sub_unit": "unit_code",
    "nama_sub_unit": "unit_name",
    "kode_bidang_urusan": "bidang_code",
    "kode_program": "program_code",
    "nama_program": "program_name",
    "kode_kegiatan": "kegiatan_code",
    "nama_kegiatan": "kegiatan_name",
    "kode_sub_kegiatan": "sub_kegiatan_code",
    "nama_sub_kegiatan": "sub_kegiatan_name",
    "kode_rekening": "account_code",
    "nama_rekening": "account_name",
    "kode_sumber_dana": "fund_code",
    "nama_sumber_dana": "fund_name",
}


class RawKind(StrEnum):
    """In which format the raw files are written, if at all."""

    CSV = "csv"
    XLSX = "xlsx"
    NONE = "none"


class SizeUnconfirmed(RequestRefused):
    """Input that needs much room is written only when that is confirmed."""


class ScaleIncomplete(RequestRefused):
    """Of regions, years and lines, only some were said."""


class FolderNotEmpty(RequestRefused):
    """The folder for large input holds something already; nothing was written."""


@dataclass(frozen=True)
class Scale:
    """How much to write: ``lines`` for each of ``regions`` (at most MOST_REGIONS) and ``years``, the last is 2026."""

    regions: int
    years: int
    lines: int

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the regions in the system ``contoh``."""
        return tuple(islice(governments(), self.regions))

    @property
    def span(self) -> range:
        """The years."""
        return range(names.BUDGET_YEAR - self.years + 1, names.BUDGET_YEAR + 1)


@dataclass(frozen=True)
class Progress:
    """What has been written so far; sizes in bytes."""

    regions: int = 0
    lines: int = 0
    tables: int = 0
    parquet_bytes: int = 0
    files: int = 0
    raw_bytes: int = 0


def scale_asked(regions: int | None, years: int | None, lines: int | None) -> Scale | None:
    """Return the scale that was asked for, None when nothing was said of it. Raises ScaleIncomplete."""
    said = {"--regions": regions, "--years": years, "--lines": lines}
    if all(value is None for value in said.values()):
        return None
    if regions is None or years is None or lines is None:
        lacking = ", ".join(option for option, value in said.items() if value is None)
        raise ScaleIncomplete("example-scale-incomplete", lacking=lacking)
    return Scale(regions, years, lines)


def expected_megabytes(scale: Scale, kind: RawKind, parameters: Parameters) -> tuple[int, int]:
    """Return how many megabytes the files will take, and how many need no confirmation."""
    value = parameters.on("batas_contoh", date.max).value
    count = scale.regions * scale.years * scale.lines
    bytes_of_line = int(value["parquet_line_bytes"]) + (
        0 if kind is RawKind.NONE else int(value[f"{kind.value}_line_bytes"])
    )
    return -(-count * bytes_of_line // MEGABYTE), int(value["unconfirmed_megabytes"])


def write_scale(folder: Path, scale: Scale, *, kind: RawKind, seed: int, language: Language) -> Iterator[Progress]:
    """Write the budgets, and yield what has been written after each region.

    The same seed gives the same rows, whatever the number of regions. Raises FolderNotEmpty before anything is written.
    """
    if folder.exists() and any(folder.iterdir()):
        raise FolderNotEmpty("example-folder-not-empty", folder=str(folder))
    (folder / PARQUET).mkdir(parents=True)
    about = fill("example.scale.readme", language, seed=str(seed), parquet=PARQUET)
    (folder / names.README[language]).write_text(about + "\n", encoding="utf-8")
    if kind is not RawKind.NONE:
        (folder / RAW).mkdir()
        (folder / RAW / names.MAP).write_text(_map(scale, kind), encoding="utf-8")
    lines = _lines(scale.lines)
    progress = Progress()
    for number, code in enumerate(scale.codes, start=1):
        for year in scale.span:
            progress = _write(folder, lines, code, year, kind=kind, seed=seed, before=progress, number=number)
        yield progress


def _write(
    folder: Path, lines: pl.DataFrame, code: str, year: int, *, kind: RawKind, seed: int, before: Progress, number: int
) -> Progress:
    """Write one region's budget of a year, and return what has been written with it."""
    filled = lines.with_columns(pl.lit(year).alias("tahun"), _amounts(len(lines), f"{seed}/{code}/{year}"))
    table = folder / PARQUET / f"budget-{code}-{year}.parquet"
    _stored(filled, code, year, kind).write_parquet(table)
    raw = folder / RAW / f"APBD {year} contoh {code}.{kind}"
    title = f"{FICTIONAL} - APBD {year} {governments()[code]}"
    if kind is RawKind.CSV:
        _write_csv(raw, title, filled)
    elif kind is RawKind.XLSX:
        _write_xlsx(raw, title, filled)
    written = kind is not RawKind.NONE
    return Progress(
        regions=number,
        lines=before.lines + len(lines),
        tables=before.tables + 1,
        parquet_bytes=before.parquet_bytes + table.stat().st_size,
        files=before.files + written,
        raw_bytes=before.raw_bytes + (raw.stat().st_size if written else 0),
    )


def _lines(count: int) -> pl.DataFrame:
    """Return what all regions' budgets share, in the columns of the raw file, without year and amount."""
    rows = [list(map(str, cells)) for cells in islice(account_lines(), count)]
    heads = list(map(str, HEADS[1:-1]))
    return pl.DataFrame(rows, schema=dict.fromkeys(heads, pl.String), orient="row")


def _amounts(count: int, seed: str) -> pl.Series:
    generator = Random(seed)  # noqa: S311 - invented amounts, no secrets
    tenths = pl.Series("pagu", generator.choices(TENTHS, k=count), dtype=pl.Int64)
    return pl.select(
        pl.when(tenths % BLANK_ONE_IN != 0).then(tenths * TENTH_OF_JUTA).otherwise(None).alias("pagu")
    ).to_series()


def _stored(filled: pl.DataFrame, code: str, year: int, kind: RawKind) -> pl.DataFrame:
    """Return the lines as intake would put them into the lake."""
    missing = pl.when(pl.col("pagu").is_null()).then(pl.lit(Missing.BLANK.value))
    kept = filled.select(
        *(pl.col(head).alias(column) for head, column in KEPT.items()),
        (pl.col("pagu") * SEN_PER_RUPIAH).alias("amount_sen"),
        missing.alias("missing"),
        pl.lit(f"{CONTOH}:{code}").alias("region"),
        pl.lit(year).alias("year"),
        pl.lit(Stage.APBD.value).alias("stage"),
        pl.lit(SHEET if kind is RawKind.XLSX else "csv").alias("_sheet"),
        pl.int_range(FIRST_ROW, len(filled) + FIRST_ROW).alias("_row"),
        pl.lit(AMOUNT).alias("_col"),
    )
    unsaid = (pl.lit(None, pl.String()).alias(name) for name in DETAIL if name not in kept.columns)
    return kept.with_columns(unsaid).select(list(SCHEMA)).cast(SCHEMA)


def _write_csv(path: Path, title: str, filled: pl.DataFrame) -> None:
    with path.open("wb") as file:
        file.write((title + "," * (len(HEADS) - 1) + "\n").encode())
        content = io.BytesIO()
        filled.select(list(map(str, HEADS))).write_csv(content)
        file.write(content.getbuffer())


def _write_xlsx(path: Path, title: str, filled: pl.DataFrame) -> None:
    with open_workbook(str(path), {"constant_memory": True}) as book:
        page = book.add_worksheet(SHEET)
        write_row(page, 0, [title])
        write_row(page, 1, HEADS)
        for number, cells in enumerate(filled.select(list(map(str, HEADS))).iter_rows(), start=FIRST_ROW - 1):
            write_row(page, number, cells)


def _map(scale: Scale, kind: RawKind) -> str:
    """Return the file for ``nangkis import --map``: the regions and the stage, which the files do not say."""
    entries: list[dict[str, str]] = [{"file": f"APBD *.{kind}", "layout": "sipd_22", "stage": str(Stage.APBD)}]
    entries += [{"file": f"APBD * contoh {code}.{kind}", "region": f"{CONTOH.name}:{code}"} for code in scale.codes]
    return yaml.safe_dump(entries, allow_unicode=True, sort_keys=False)
