"""A region's own lists of poverty spending (RAT, SIPD label): which budget lines each entry means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from nangkis.budget.rules import Tag
from nangkis.budget.tagging.claims import KEY, HeldBecause, TagOrigin
from nangkis.budget.tagging.decisions import CODE, NAME, plain_text, with_plain
from nangkis.budget.tagging.schema import LIST_KIND, LISTS
from nangkis.lake.snapshot import TABLE, Snapshot
from nangkis.vocabulary.codes import Region
from nangkis.vocabulary.findings import Finding, Severity
from nangkis.vocabulary.sources import first_cells_at


ENTRY = "_entry"
SHOWN = 5
REASON = ("Tercantum pada daftar daerah sendiri", "On the region's own list")


@dataclass(frozen=True)
class ListMatch:
    """``matches``: one row per entry and sub kegiatan that it means: the entry's columns, with the budget's plain code
    and name in ``_code`` and ``_plain_name``. ``findings`` say which entries mean none, or several.
    """

    matches: pl.DataFrame
    findings: tuple[Finding, ...]


def list_entries(snapshot: Snapshot, region: Region, year: int) -> pl.DataFrame:
    """Return the entries of a region's lists of a year, each with the name of its ``file``."""
    files = {manifest.id: manifest.source.name for manifest in snapshot.of_kind(LIST_KIND)}
    rows = snapshot.frame(LIST_KIND, LISTS).filter(pl.col("region") == str(region), pl.col("year") == year)
    named = pl.col(TABLE).replace_strict(files, default=None, return_dtype=pl.String).alias("file")
    return rows.sort(TABLE, "_row").collect().with_columns(named)


def matched(entries: pl.DataFrame, lines: pl.DataFrame, programmes: Mapping[str, str]) -> ListMatch:
    """Find the budget lines that entries mean: by code, else by name within the programme, else by name alone.

    An entry without a code whose name stands under several codes is narrowed by its kegiatan; one that stays
    ambiguous means no line until a person decides, and is told.

    Args:
        entries: as :func:`list_entries` returns them.
        lines: budget lines of the base.
        programmes: official names of programmes by code, for files that leave them out.
    """
    known = with_plain(entries.with_row_index(ENTRY)).with_columns(
        _programme_text(pl.col("program_name")).alias("_program"),
        plain_text(pl.col("kegiatan_name")).alias("_kegiatan"),
    )
    candidates = _candidates(lines, programmes)
    coded = known.filter(pl.col("sub_kegiatan_code").is_not_null())
    named = known.filter(pl.col("sub_kegiatan_code").is_null())
    by_code = coded.drop(NAME).join(candidates.select(CODE, NAME).unique(maintain_order=True), on=CODE)
    by_name, ambiguous = _by_name(named, candidates)
    matches = pl.concat([by_code.select(known.columns), by_name.select(known.columns)]).sort(ENTRY, CODE, NAME)
    unknown = known.join(pl.concat([matches.select(ENTRY), ambiguous.select(ENTRY)]), on=ENTRY, how="anti")
    told = (_told("tag-list-ambiguous", ambiguous), _told("tag-list-not-in-budget", unknown))
    return ListMatch(matches, tuple(finding for finding in told if finding is not None))


def list_claims(keys: pl.DataFrame, matches: pl.DataFrame) -> pl.DataFrame:
    """Return what the lists say of the keys; lists that give one line different strategies hold it."""
    found = keys.select(KEY, CODE, NAME).join(matches, on=[CODE, NAME])
    grouped = found.group_by(KEY, maintain_order=True).agg(
        pl.col("strategy").drop_nulls().unique(maintain_order=True).alias("strategies"),
        pl.col("program_name").first(),
        pl.col(TABLE).first().alias("_tag_table"),
        pl.format("{} {}{}", "file", "_col", "_row").first().alias("rule"),
    )
    differ = pl.col("strategies").list.len() > 1
    return grouped.with_columns(
        pl.lit(TagOrigin.LIST.value).alias("origin"),
        pl.when(differ).then(pl.lit(Tag.HELD.value)).otherwise(pl.lit(Tag.TAGGED.value)).alias("tag"),
        pl.when(differ).then(pl.lit(HeldBecause.LISTS_DIFFER.value)).alias("held_because"),
        pl.when(~differ).then(pl.col("strategies").list.first()).alias("strategy"),
        pl.lit(REASON[0]).alias("reason"),
        pl.lit(REASON[1]).alias("reason_en"),
        pl.lit("seen").alias("confidence"),
    )


def _candidates(lines: pl.DataFrame, programmes: Mapping[str, str]) -> pl.DataFrame:
    official = pl.DataFrame(
        {"program_code": list(programmes), "_official": list(programmes.values())},
        schema={"program_code": pl.String(), "_official": pl.String()},
    )
    wanted = ["program_code", "program_name", "kegiatan_name", "sub_kegiatan_code", "sub_kegiatan_name"]
    return (
        with_plain(lines.select(wanted).unique(maintain_order=True))
        .join(official, on="program_code", how="left", maintain_order="left")
        .with_columns(
            pl.concat_list(_programme_text(pl.col("program_name")), _programme_text(pl.col("_official"))).alias(
                "_programs"
            ),
            plain_text(pl.col("kegiatan_name")).alias("_kegiatan"),
        )
        .select(CODE, NAME, "_programs", "_kegiatan")
        .unique([CODE, NAME], maintain_order=True)
    )


def _by_name(named: pl.DataFrame, candidates: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return matches, and the entries whose name stands under several codes."""
    joined = named.drop(CODE).join(candidates, on=NAME, suffix="_of_line")
    in_programme = pl.col("_programs").list.contains(pl.col("_program"))
    same_kegiatan = (pl.col("_kegiatan") != "") & (pl.col("_kegiatan") == pl.col("_kegiatan_of_line"))
    within = joined.filter(in_programme | (pl.col("_program") == ""))
    # A file may write the kegiatan in its own words: it narrows where it fits, and refuses nobody.
    narrowed = within.filter(same_kegiatan | ~same_kegiatan.any().over(ENTRY))
    several = pl.col(CODE).n_unique().over(ENTRY) > 1
    return narrowed.filter(~several), named.join(narrowed.filter(several).select(ENTRY).unique(), on=ENTRY, how="semi")


def _programme_text(name: pl.Expr) -> pl.Expr:
    return plain_text(name).str.strip_prefix("program")


def _told(code: str, entries: pl.DataFrame) -> Finding | None:
    if entries.is_empty():
        return None
    cells = list(entries.select("_col", "_row").iter_rows())
    names = ", ".join(entries["sub_kegiatan_name"].head(SHOWN).fill_null("—")) + (
        ", …" if entries.height > SHOWN else ""
    )
    at = first_cells_at(entries["_sheet"][0], cells, most=SHOWN)
    return Finding(code, Severity.WARNING, at, {"count": entries.height, "names": names})
