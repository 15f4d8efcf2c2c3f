"""The RKPD as it is printed: urusan, bidang, programme, kegiatan and sub kegiatan below each other, one pagu column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from nangkis.budget.schema import Stage
from nangkis.intake.cells.sheet import Sheet
from nangkis.intake.checks.budget_codes import PARENTS, check_codes
from nangkis.intake.checks.rkpd_subtotals import check_subtotals
from nangkis.intake.layouts import words
from nangkis.intake.layouts.budget_rows import Lines, read_lines
from nangkis.intake.layouts.pagu_context import PaguContext, read_context
from nangkis.intake.layouts.pagu_header import Header, with_amount_of
from nangkis.intake.layouts.protocol import Layout, Recognition, SheetRefused, recognition
from nangkis.intake.layouts.rkpd_codes import CodeRead, levels_above, read_codes
from nangkis.intake.layouts.rkpd_header import PrintedHeader, find_printed_header
from nangkis.intake.layouts.rkpd_offices import lists_of, read_offices
from nangkis.intake.layouts.rows import RowKind
from nangkis.intake.layouts.shape import SheetSeen
from nangkis.intake.repairs.texts import Tidied
from nangkis.intake.request import Request
from nangkis.lake.manifest import Reading
from nangkis.vocabulary.findings import Finding, Severity
from nangkis.vocabulary.missing import Missing
from nangkis.vocabulary.sources import column_at


NAME = "rkpd_print"
VERSION = 1
TEXTS = ("sub_kegiatan", "indicator", "target", "location", "fund", "office")
BETWEEN = "; "  # parts several indicators of one sub kegiatan, and their targets in the same order


@dataclass(frozen=True)
class Printed:
    """The rows below the header: each one's code, and the rows of higher level that it stands below."""

    codes: tuple[CodeRead, ...]
    above: list[dict[str, int]]
    texts: dict[str, Tidied]


def recognise(seen: SheetSeen) -> Recognition:
    """Ask for a header that names codes, the levels from urusan to sub kegiatan, pagu and office, with codes below."""
    return _named(find_printed_header(seen.sheet, seen.rules))


def _named(header: PrintedHeader | None) -> Recognition:
    letters = header.letters if header else {}
    return recognition(
        {
            "rkpd-levels": "sub_kegiatan" in letters,
            "rkpd-indicator": "indicator" in letters,
            "amount": "amount" in letters,
            "office": "office" in letters,
        }
    )


def read(seen: SheetSeen, request: Request) -> Reading:
    """Read one sheet. Raises SheetRefused when header, region, year, stage or the column of money is not known."""
    sheet, rules = seen.sheet, seen.rules
    header = find_printed_header(sheet, rules)
    if header is None or not _named(header).complete:
        raise SheetRefused("table-not-found", file=sheet.file, sheet=sheet.name)
    context = read_context(sheet, header.first, {}, request, rules)
    header = with_amount_of(context.year, header, sheet, rules)
    two_digits = context.year <= rules.thresholds.two_digit_sub_kegiatan_until
    codes = read_codes(sheet, header.codes, header.row + 1, two_digits=two_digits)
    printed = Printed(codes, levels_above(codes), {role: header.texts(sheet, role) for role in TEXTS})
    lines, offices = _lines(seen, header, printed)
    return read_lines(
        seen,
        header,
        context,
        lines,
        layout=(NAME, VERSION),
        kinds=lambda frame, _, head: _with_kinds(frame, sheet, head, printed),
        checks=lambda frame: (*offices, *_draft(sheet, header, context), *_checks(frame, sheet, header, seen)),
        offices_coded=False,
    )


def _draft(sheet: Sheet, header: PrintedHeader, context: PaguContext) -> Iterator[Finding]:
    """Tell of a draft: the stages of the budget have no name of their own for it."""
    titles = words.plain(" ".join(cell for row in sheet.head(header.first) for cell in row if cell))
    if "rancangan" in titles.split() and context.stage in (Stage.RKPD, Stage.RKPD_P):
        yield Finding("rkpd-draft", Severity.NOTE, sheet.name, {"title": " ".join(titles.split()[:12])})


def _lines(seen: SheetSeen, header: PrintedHeader, printed: Printed) -> tuple[Lines, tuple[Finding, ...]]:
    """Return codes, names and what belongs to each line; and what is told of the offices."""
    sheet, texts = seen.sheet, printed.texts
    lists = lists_of(seen.others, seen.rules)
    listed = next(iter(lists.values())) if len(lists) == 1 else None
    offices = read_offices(texts["office"], listed)
    indicators, targets = _gathered(printed)
    columns: dict[str, Sequence[str | None] | pl.Series] = {
        "office_code": offices.code,
        "office_name": offices.name,
        "sub_kegiatan_code": [read.code if read.level in (None, "sub_kegiatan") else None for read in printed.codes],
        "sub_kegiatan_name": texts["sub_kegiatan"].text,
        "output_indicator": indicators,
        "output_target": targets,
        "location_name": texts["location"].text,
        "fund_name": texts["fund"].text,
        "level": [read.level for read in printed.codes],
        "code": [read.code for read in printed.codes],
        "broken": [read.trouble for read in printed.codes],
        "flaw": pl.select(pl.when(offices.unlisted).then(pl.lit("rkpd-office-unlisted"))).to_series(),
    }
    columns |= {f"read_{level}": _codes_of(level, printed) for level in PARENTS}
    frame = pl.DataFrame(columns, schema_overrides=dict.fromkeys(columns, pl.String)).with_columns(
        pl.Series("parents", [list(held.values()) for held in printed.above], dtype=pl.List(pl.Int64)),
        *(_parent_name(level, printed) for level in ("program", "kegiatan")),
    )
    mended = [("spaces-tidied", role, text.changed) for role, text in texts.items() if role in header.letters]
    together = pl.Series([read.filled for read in printed.codes], dtype=pl.Boolean)
    told = _office_findings(sheet, header, frame, lists)
    return Lines(frame, (*mended, ("code-put-together", "sub_kegiatan_code", together))), tuple(told)


def _codes_of(level: str, printed: Printed) -> list[str | None]:
    return [printed.codes[held[level]].code if level in held else None for held in printed.above]


def _parent_name(level: str, printed: Printed) -> pl.Series:
    """Return the name of the row of a level above each line, where the line's own code begins with that row's."""
    names, answer = printed.texts["sub_kegiatan"].text.to_list(), []
    for read, held in zip(printed.codes, printed.above, strict=True):
        at = held.get(level)
        above = None if at is None else printed.codes[at].code
        answer.append(names[at] if at is not None and above and (read.code or "").startswith(f"{above}.") else None)
    return pl.Series(f"{level}_name", answer, dtype=pl.String)


def _gathered(printed: Printed) -> tuple[list[str | None], list[str | None]]:
    """Return each row's indicators and targets with those of the rows that go on with it, in the order of the file."""
    pairs = list(
        zip(*(printed.texts[role].text.to_list() for role in ("indicator", "target")), strict=True),
    )
    answer: list[list[tuple[str | None, str | None]]] = [[] for _ in pairs]
    owner: int | None = None
    for index, (read, pair) in enumerate(zip(printed.codes, pairs, strict=True)):
        owner = index if read.code is not None else owner
        if owner is not None and any(pair):
            answer[owner].append(pair)
    return _together(answer, 0), _together(answer, 1)


def _together(rows: Iterable[list[tuple[str | None, str | None]]], part: int) -> list[str | None]:
    return [BETWEEN.join(pair[part] or "–" for pair in row) if any(p[part] for p in row) else None for row in rows]


def _with_kinds(frame: pl.DataFrame, sheet: Sheet, header: Header, printed: Printed) -> pl.DataFrame:
    """Say of each row below the header what it is."""
    blank = (frame["missing"] == Missing.BLANK.value).fill_null(value=False).to_list()
    repeated = _repeats(sheet, header)
    texts = {role: printed.texts[role].text.to_list() for role in ("sub_kegiatan", "indicator", "target")}
    kinds = [
        RowKind.HEADING if repeats else _kind(read, name, is_blank=is_blank, further=bool(indicator or target))
        for read, name, indicator, target, is_blank, repeats in zip(
            printed.codes, *texts.values(), blank, repeated, strict=True
        )
    ]
    return frame.with_columns(pl.Series("kind", [kind.value for kind in kinds], dtype=pl.String))


def _kind(read: CodeRead, name: str | None, *, is_blank: bool, further: bool) -> RowKind:
    if read.level is not None:
        return RowKind.ACCEPTED if read.level == "sub_kegiatan" else RowKind.SUBTOTAL
    first_words = words.plain(read.code or name or "")
    if words.TOTALS.search(first_words):
        return RowKind.TOTAL
    if not is_blank:
        return RowKind.ACCEPTED  # money without a code that is whole: refused, and told why
    if read.code is None:
        return RowKind.INDICATOR if further else RowKind.NOTE
    return RowKind.NOTE if words.is_name(read.code) else RowKind.ACCEPTED


def _repeats(sheet: Sheet, header: Header) -> list[bool]:
    """Say which rows below the header are one of its rows again, as at the top of every printed page."""
    first = header.first if isinstance(header, PrintedHeader) else header.row
    labels = [column.label for column in sheet.columns]
    rows = list(zip(*(label.to_list() for label in labels), strict=True))
    heads = set(rows[first : header.row + 1])
    return [row in heads for row in rows[header.row + 1 :]]


def _checks(frame: pl.DataFrame, sheet: Sheet, header: Header, seen: SheetSeen) -> Iterator[Finding]:
    accepted = frame.filter(pl.col("kind") == RowKind.ACCEPTED)
    yield from check_codes(accepted, sheet, header.letters, seen.rules.limits)
    yield from check_subtotals(frame.with_columns(pl.col("sub_kegiatan_name").alias("name")))


def _office_findings(
    sheet: Sheet, header: Header, frame: pl.DataFrame, lists: Mapping[str, object]
) -> Iterator[Finding]:
    numbered = frame.filter(pl.col("office_code").str.contains(r"^\d+$"))
    if numbered.is_empty():
        return
    at = column_at(sheet.name, header.letters["office"])
    if len(lists) == 1:
        yield Finding("rkpd-offices-from-list", Severity.NOTE, at, {"list": next(iter(lists))})
    else:
        yield Finding("rkpd-office-numbers-only", Severity.WARNING, at, {"count": len(numbered)})


LAYOUT = Layout(NAME, VERSION, recognise, read)
