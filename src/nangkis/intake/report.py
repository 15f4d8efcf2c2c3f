"""What became of files, as plain values for JSON and as text for people, in either language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal
from itertools import groupby
from typing import Any

from nangkis.content.catalogue import Language
from nangkis.content.messages import fill, plain_finding, plain_refusal, refusal_words, repair_words, table_words
from nangkis.content.numbers import print_number
from nangkis.intake.profile import Profile
from nangkis.intake.reading import SheetOutcome
from nangkis.vocabulary.findings import Repair, Severity


MOST_PLACES = 6
SHORTEST_RUN = 3  # rows that are listed as a run
# The id of the accepted table by the position of its outcome.
Tables = Mapping[int, str]


def as_plain(outcomes: Iterable[SheetOutcome], language: Language, tables: Tables) -> list[dict[str, Any]]:
    """Return one dict for each sheet, as the command line prints it with --json.

    ``tables`` gives the id of the accepted table by the outcome's position; what is not there was not accepted. A
    refusal is the first of the findings.
    """
    return [
        {
            "file": outcome.file,
            "sheet": outcome.sheet,
            "layout": outcome.layout,
            "table": tables.get(position),
            "rows_in": outcome.rows_in,
            "rows_frame": outcome.rows_frame,
            "rows_accepted": outcome.rows_accepted,
            "rows_refused": outcome.rows_refused,
            "profile": None if outcome.profile is None else asdict(outcome.profile),
            "repairs": [_plain_repair(repair, language) for repair in outcome.repairs],
            "findings": [*_plain_refusal(outcome, language), *(plain_finding(f, language) for f in outcome.findings)],
        }
        for position, outcome in enumerate(outcomes)
    ]


def as_text(outcomes: Sequence[SheetOutcome], language: Language, tables: Tables) -> str:
    """Return the report as text: for each sheet what became of its rows, then repairs, then findings, gravest first."""
    texts = (_sheet_text(outcome, language, tables.get(position)) for position, outcome in enumerate(outcomes))
    return "\n\n".join(texts)


def _sheet_text(outcome: SheetOutcome, language: Language, table: str | None) -> str:
    where = f"{outcome.file} [{outcome.sheet}]" if outcome.sheet else outcome.file
    lines = [where, f"  {_fate(outcome, language, table)}"]
    if outcome.rows_in:
        counts = {key: getattr(outcome, key) for key in ("rows_in", "rows_frame", "rows_accepted", "rows_refused")}
        lines.append("  " + fill("intake.rows", language, **counts))
    if outcome.reading is not None and outcome.reading.frame_rows:
        lines.append("  " + fill("intake.frame", language, rows=_frame_words(outcome.reading.frame_rows, language)))
    lines += _profile_text(outcome.profile, language)
    mended = fill("intake.repair", language)
    lines += [f"  {mended} {repair.at}: {repair_words(repair, language)}" for repair in outcome.repairs]
    ordered = sorted(outcome.findings, key=lambda finding: list(Severity).index(finding.severity))
    for finding in ordered:
        plain = plain_finding(finding, language)
        weight = fill(f"severity.{finding.severity}", language)
        where = "" if finding.at in plain["says"] else f" {finding.at}:"
        lines += [f"  {weight}:{where} {plain['says']}", f"      {plain['do']}"]
    return "\n".join(lines)


def _fate(outcome: SheetOutcome, language: Language, table: str | None) -> str:
    if outcome.refusal is not None:
        return fill("intake.refused", language) + " " + refusal_words(outcome.refusal, language)
    if outcome.aside:
        return fill("intake.aside", language)
    if outcome.reading is None:
        return fill("intake.hidden" if outcome.rows_in else "intake.empty", language)
    code = "intake.accepted" if table else "intake.checked"
    title = table_words(outcome.reading.kind, outcome.reading.about, language)
    return fill(code, language, title=title, layout=outcome.layout or "", table=table or "")


def _profile_text(profile: Profile | None, language: Language) -> list[str]:
    if profile is None:
        return []
    lines = []
    if profile.without_header:
        lines.append("  " + fill("profile.without-header", language, columns=", ".join(profile.without_header)))
    if profile.without_data:
        lines.append("  " + fill("profile.without-data", language, columns=", ".join(profile.without_data)))
    for total in profile.totals:
        told = asdict(total) | {name: _number(getattr(total, name), language) for name in ("total", "printed")}
        when = fill(f"word.period.{total.period}", language) if total.period else ""
        told |= {
            "year": " ".join(filter(None, (when, str(total.year)))),
            "level": fill(f"profile.level.{total.level}", language),
        }
        code = "profile.total" if total.printed is None else "profile.total-printed"
        lines.append("  " + fill(code, language, **told))
    return lines


def _number(text: str | None, language: Language) -> str | None:
    """Return a number for people, with the language's marks: all digits that JSON has, at most six decimals."""
    if text is None:
        return None
    places = len(text.partition(".")[2])
    return print_number(Decimal(text), places=min(places, MOST_PLACES), language=language)


def _frame_words(frame_rows: Mapping[str, str], language: Language) -> str:
    by_kind: dict[str, list[str]] = {}
    for row, kind in frame_rows.items():
        by_kind.setdefault(kind, []).append(row)
    return "; ".join(
        f"{fill(f'intake.row.{kind}', language)} {', '.join(_runs(rows))}" for kind, rows in by_kind.items()
    )


def _runs(rows: Sequence[str]) -> Iterator[str]:
    """Yield rows as people list them: three or more that follow each other as ``4–18``."""
    for _, run in groupby(enumerate(map(int, rows)), key=lambda each: each[1] - each[0]):
        numbers = [str(row) for _, row in run]
        if len(numbers) < SHORTEST_RUN:
            yield from numbers
        else:
            yield f"{numbers[0]}–{numbers[-1]}"


def _plain_repair(repair: Repair, language: Language) -> dict[str, Any]:
    return {"code": repair.code, "at": repair.at, "count": repair.count, "says": repair_words(repair, language)}


def _plain_refusal(outcome: SheetOutcome, language: Language) -> list[dict[str, str]]:
    if outcome.refusal is None:
        return []
    return [plain_refusal(outcome.refusal, language, at=outcome.sheet or outcome.file)]
