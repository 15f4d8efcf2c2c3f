"""Taking files into the workspace: read, check, and accept what holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from nangkis.budget import posture_schema, schema as budget_schema
from nangkis.budget.nomenclature.schema import CLASSIFICATION, DECISION, KIND
from nangkis.intake.limits import limits_on, thresholds_on
from nangkis.intake.mapped.remembered import all_remembered, remember
from nangkis.intake.mapping import MapEntry, request_for
from nangkis.intake.marked.written import Marking, write_marked
from nangkis.intake.reading import SheetOutcome, read_file
from nangkis.intake.request import Request
from nangkis.lake.manifest import Reading, TableManifest
from nangkis.vocabulary.findings import Finding, Severity
from nangkis.vocabulary.refusals import FileRefused, Refusal, RequestRefused
from nangkis.workspace.across import beside_accepted
from nangkis.workspace.identical import ContentIdentical, identical_table
from nangkis.workspace.opened import Workspace


class BudgetAlreadyThere(FileRefused):
    """A live table holds the same region's budget of the same year and stage: a second one would count it twice."""


class ReplacementUnlike(FileRefused):
    """The table that should be replaced says something else: of another kind, region, year or stage."""


class DecisionsByImport(FileRefused):
    """A form of decisions was sent like data: whose decisions they are must be said."""


class ReplacementNotOne(RequestRefused):
    """One table was to be replaced by several."""


# Of what a region has one table, and by what two are the same.
_ONE_OF_A_KIND = {budget_schema.KIND: ("year", "stage"), posture_schema.KIND: ("year",)}
# What two tables of a kind share when one corrects the other. A version of the nomenclature may come in parts.
_SAME_IN_ABOUT = {**_ONE_OF_A_KIND, KIND: ("version",), CLASSIFICATION: ("version", "listed")}


@dataclass(frozen=True)
class Imported:
    """One sheet: what became of it, and the table that holds it; None where it was refused or only checked.

    ``marked`` is the marked workbook of its file; None where none was asked for, and of a file with personal data.
    """

    outcome: SheetOutcome
    table: TableManifest | None
    marked: Path | None = None


@dataclass(frozen=True)
class ImportRules:
    """How files are taken in: what the user said of all of them, of some of them, and what they replace."""

    said: Request
    entries: Sequence[MapEntry] = ()
    supersedes: str | None = None
    check_only: bool = False
    confirm_identical: str | None = None  # why a copy of another region's or year's values is right
    marking: Marking | None = None  # where each file's marked workbook goes


def import_files(
    workspace: Workspace,
    paths: Sequence[Path],
    *,
    rules: ImportRules,
    at: datetime,
    on: date,
    by: str,
    progress: Callable[[Path], None] = lambda _: None,
) -> tuple[Imported, ...]:
    """Read files in order and accept each good sheet as a table; a refused one leaves the lake as it was.

    Raises ReplacementNotOne, before anything is accepted, when several files or sheets should replace one table.
    """
    _check_one_replaces(rules, len(paths))
    done: list[Imported] = []
    batch = tuple(path.name for path in paths)
    for path in paths:
        known = all_remembered(workspace.mappings_folder)  # with what the files before this one taught
        request = replace(request_for(path, rules.entries, rules.said), batch=batch, remembered=known)
        outcomes = read_file(path, request, parameters=workspace.parameters, on=on)
        _check_one_replaces(rules, sum(outcome.reading is not None for outcome in outcomes))
        of_file = [_import_sheet(workspace, outcome, path, rules=rules, at=at, by=by) for outcome in outcomes]
        done.extend(_marked(workspace, of_file, path, rules=rules, on=on))
        progress(path)
    return tuple(done)


def _import_sheet(
    workspace: Workspace, outcome: SheetOutcome, path: Path, *, rules: ImportRules, at: datetime, by: str
) -> Imported:
    if outcome.reading is None:
        return Imported(outcome, None)
    try:
        if outcome.reading.kind == DECISION:
            raise DecisionsByImport("decisions-by-import", file=outcome.file)
        if rules.check_only:
            return Imported(_settled(workspace, outcome, outcome.reading, rules=rules, at=at, by=by)[0], None)
        if (restored := workspace.lake.restore(outcome.reading, source_file=path)) is not None:
            told = Finding("table-restored", Severity.NOTE, outcome.sheet, {"table": restored.id})
            return Imported(_noted(outcome, told), restored)
        if (held := workspace.lake.same_content(outcome.reading)) is not None:
            values: dict[str, object] = {"table": held.id, "title": held.title}  # sending a file twice is no fault
            return Imported(_noted(outcome, Finding("already-accepted", Severity.NOTE, outcome.sheet, values)), held)
        _check_corrects(workspace, outcome.reading, rules.supersedes)
        _check_not_counted_twice(workspace, outcome.reading, rules.supersedes)
        outcome, reading = _settled(workspace, outcome, outcome.reading, rules=rules, at=at, by=by)
        table = workspace.lake.accept(reading, source_file=path, at=at, by=by, supersedes=rules.supersedes)
    except Refusal as refusal:
        return Imported(refused(outcome, refusal), None)
    if outcome.mapping is not None:
        remember(workspace.mappings_folder, outcome.mapping, by=by, at=at, file=path.name)
    return Imported(outcome, table)


def _marked(
    workspace: Workspace, of_file: list[Imported], path: Path, *, rules: ImportRules, on: date
) -> list[Imported]:
    """Write the marked workbook of a file, where it is asked for, with what accepting its sheets has told, too."""
    if rules.marking is None:
        return of_file
    outcomes = [imported.outcome for imported in of_file]
    written = write_marked(path, outcomes, rules.marking, limits=limits_on(workspace.parameters, on))
    return [replace(imported, marked=written) for imported in of_file]


def _settled(
    workspace: Workspace, outcome: SheetOutcome, reading: Reading, *, rules: ImportRules, at: datetime, by: str
) -> tuple[SheetOutcome, Reading]:
    """Refuse the values of another region or year, unless a person says why both are right: then the table says so.

    What the table and those accepted before it say together is added to its findings.
    """
    outcome, reading = beside_accepted(workspace, outcome, reading, replaced=rules.supersedes, on=at.date())
    fewest = thresholds_on(workspace.parameters, at.date()).values_of_a_copied_table
    held = identical_table(workspace.lake, reading, replaced=rules.supersedes, fewest=fewest)
    if held is None:
        return outcome, reading
    values: dict[str, object] = {"table": held.id, "title": held.title}
    if not rules.confirm_identical:
        raise ContentIdentical("content-identical", owner=held.owner, **values)
    values |= {"by": by, "when": at.isoformat(), "reason": rules.confirm_identical}
    told = Finding("identical-confirmed", Severity.WARNING, outcome.sheet, values)
    reading = replace(reading, findings=(told, *reading.findings))
    return replace(outcome, reading=reading, findings=(told, *outcome.findings)), reading


def _noted(outcome: SheetOutcome, told: Finding) -> SheetOutcome:
    return replace(outcome, findings=(told, *outcome.findings))


def refused(outcome: SheetOutcome, refusal: Refusal) -> SheetOutcome:
    """Return the outcome of a sheet that was read but is not taken in: all its rows count as refused."""
    rows = outcome.rows_accepted + outcome.rows_refused
    return replace(outcome, reading=None, refusal=refusal, rows_accepted=0, rows_refused=rows)


def _check_one_replaces(rules: ImportRules, count: int) -> None:
    if rules.supersedes is not None and count > 1:
        raise ReplacementNotOne("replacement-not-one", table=rules.supersedes, count=count)


def _check_corrects(workspace: Workspace, reading: Reading, supersedes: str | None) -> None:
    """Refuse a replacement that is no correction: what the old table said would vanish without a word."""
    if supersedes is None:
        return
    held = workspace.lake.manifest(supersedes)
    if not _say_the_same(held, reading):
        raise ReplacementUnlike("replacement-unlike", table=held.id, title=held.title, owner=held.owner)


def _check_not_counted_twice(workspace: Workspace, reading: Reading, supersedes: str | None) -> None:
    if reading.kind not in _ONE_OF_A_KIND:
        return
    for manifest in workspace.lake.live():
        if manifest.id != supersedes and _say_the_same(manifest, reading):
            raise BudgetAlreadyThere(
                "budget-already-there", table=manifest.id, owner=manifest.owner, year=manifest.about.get("year", "")
            )


def _say_the_same(held: TableManifest, reading: Reading) -> bool:
    names = _SAME_IN_ABOUT.get(reading.kind, ())
    told = (held.kind, held.owner, *(held.about.get(name) for name in names))
    return told == (reading.kind, reading.owner, *(reading.about.get(name) for name in names))
