"""The readiness sheet says what can be seen in the tables, and calls nothing missing that no table can show."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from nangkis.budget.schema import Stage
from nangkis.content.sentences import spoken
from nangkis.content.tree import Block, Marked, Table, Verdict
from nangkis.documents.materials import gather
from nangkis.documents.readiness import RULE, readiness
from nangkis.intake.request import Request
from nangkis.parameters.dated import OverrideRefused, Parameters
from nangkis.parameters.loader import packaged
from nangkis.vocabulary.codes import Region
from nangkis.workspace.importing import ImportRules, import_files
from nangkis.workspace.opened import open_workspace


REGION = Region.parse("kemendagri-2025:72.06")
HEADER = "OPD;Sub Kegiatan;Pagu"
NAMED = "Koordinasi Penanggulangan Kemiskinan Daerah"
OTHER = "5.01.5.05.0.00.01.0000 Bappeda;5.01.02.2.01.0001 Penyusunan RKPD;1000"
RPJMD_HEADER = "nama_skpd;kode_program;indikator;satuan;" + ";".join(
    f"{what}_{year}" for what in ("target", "pagu") for year in range(1, 6)
)
RPJMD = "Dinas Sosial;1.06.05;Keluarga terdata;%;90;90;90;90;90;100;100;100;100;100"
NOON, TODAY = datetime(2026, 11, 24, 12, tzinfo=UTC), date(2026, 11, 24)
RECORDS = "Item;Tahun;Nomor;Tanggal;Berkas"
PLANNING = "5.01.5.05.0.00.01.0000 Bappeda;5.01.02.2.01.0007 {name};{amount}"


def sheet_of(
    folder: Path,
    name: str,
    *,
    amount: str = "520000000",
    rpjmd_from: int | None = None,
    line: str = PLANNING,
    records: tuple[str, ...] = (),
    on: date = TODAY,
) -> tuple[Block, ...]:
    """Import a budget with one line of this name, an RPJMD when its first year is given, and records where any are."""
    workspace = open_workspace(folder / "kerja")
    (folder / "pagu.csv").write_text(f"{HEADER}\n{line.format(name=name, amount=amount)}\n{OTHER}\n", encoding="utf-8")
    (folder / "rpjmd.csv").write_text(f"{RPJMD_HEADER}\n{RPJMD}\n", encoding="utf-8")
    said = {"pagu.csv": Request(region=REGION, year=2026, stage=Stage.RKPD)}
    if rpjmd_from is not None:
        said["rpjmd.csv"] = Request(region=REGION, year=rpjmd_from)
    if records:
        (folder / "bukti.csv").write_text("\n".join((RECORDS, *records)) + "\n", encoding="utf-8")
        said["bukti.csv"] = Request(region=REGION)
    for file, request in said.items():
        rules = ImportRules(request)
        (done,) = import_files(workspace, [folder / file], rules=rules, at=NOON, on=NOON.date(), by="Sri")
        assert done.table is not None, done.outcome.refusal
    snapshot = workspace.lake.snapshot()
    return readiness(gather(snapshot, REGION, year=None, stage=None, parameters=packaged(), on=on))


def rows_of(blocks: tuple[Block, ...], language: str = "id") -> dict[str, tuple[str, str]]:
    """Due date and status by the first word of what is needed."""
    (table,) = (block for block in blocks if isinstance(block, Table))
    told = {}
    for row in table.rows:
        what, _, due, status = row.cells
        assert isinstance(status, Marked)
        texts = [spoken(text, language) for text in (what, due, status.words)]  # type: ignore[arg-type]
        told[texts[0].split()[0]] = (texts[1], texts[2])
    return told


def statuses(blocks: tuple[Block, ...]) -> list[Verdict]:
    (table,) = (block for block in blocks if isinstance(block, Table))
    marks = [row.cells[-1] for row in table.rows]
    return [mark.verdict for mark in marks if isinstance(mark, Marked)]


def test_a_line_that_names_poverty_under_planning_is_seen(tmp_path: Path) -> None:
    said = statuses(sheet_of(tmp_path, NAMED))

    unsure, lacks = Verdict.UNSURE, Verdict.WORSE
    # decree, agenda (overdue), budget line (whose it is a person must say), RPJMD (not imported), RPKD (this draft),
    # the overdue RAT, and LP2KD
    assert said == [unsure, lacks, unsure, lacks, unsure, lacks, unsure]


def test_a_line_without_an_amount_is_no_budget_line_yet(tmp_path: Path) -> None:
    (table,) = (block for block in sheet_of(tmp_path, NAMED, amount="") if isinstance(block, Table))
    (mark,) = (cell for cell in table.rows[2].cells if isinstance(cell, Marked))

    assert spoken(mark.words, "id") == f"ada baris tanpa nilai: {NAMED}"


@pytest.mark.parametrize(
    ("first_year", "verdict"),
    [(2025, Verdict.BETTER), (2022, Verdict.BETTER), (2021, Verdict.WORSE), (2027, Verdict.WORSE)],
)
def test_an_rpjmd_of_other_years_is_not_the_one_in_force(tmp_path: Path, first_year: int, verdict: Verdict) -> None:
    assert statuses(sheet_of(tmp_path, NAMED, rpjmd_from=first_year))[3] is verdict


def test_a_budget_without_such_a_line_is_told(tmp_path: Path) -> None:
    assert statuses(sheet_of(tmp_path, "Koordinasi Penyusunan Dokumen Perencanaan"))[2] is Verdict.WORSE


def test_without_any_budget_nothing_is_said_of_an_imported_one(tmp_path: Path) -> None:
    snapshot = open_workspace(tmp_path / "kerja").lake.snapshot()
    (table,) = (
        block
        for block in readiness(gather(snapshot, REGION, year=None, stage=None, parameters=packaged(), on=NOON.date()))
        if isinstance(block, Table)
    )
    (mark,) = (cell for cell in table.rows[2].cells if isinstance(cell, Marked))

    assert mark.verdict is Verdict.UNSURE
    assert spoken(mark.words, "id") == "anggaran daerah ini tidak ada di ruang kerja; lampirkan buktinya"


def test_due_dates_are_those_of_the_plans_year_and_told_when_past(tmp_path: Path) -> None:
    told = rows_of(sheet_of(tmp_path, NAMED))

    assert told["LP2KD"][0].startswith("jatuh tempo 31 Maret 2027 untuk tahun 2026")
    assert told["LP2KD"][1] == "belum dicatat; unggah nomor dan tanggalnya"
    assert told["Rencana"][0].startswith("jatuh tempo 31 Januari 2026")
    assert told["Rencana"][1] == "sudah lewat jatuh tempo: belum dicatat; unggah nomor dan tanggalnya"
    assert told["Keputusan"][1] == "belum dicatat; unggah nomor dan tanggalnya"  # no day is set


@pytest.mark.parametrize(("day", "is_late"), [(date(2027, 3, 31), False), (date(2027, 4, 1), True)])
def test_a_thing_is_overdue_from_the_day_after(tmp_path: Path, day: date, *, is_late: bool) -> None:
    told = rows_of(sheet_of(tmp_path, NAMED, on=day), "en")

    assert told["LP2KD"][0].startswith("due 31 March 2027 for 2026")
    assert told["LP2KD"][1].startswith("overdue") is is_late


@pytest.mark.parametrize(
    ("line", "name", "is_seen"),
    [
        ("4.01.0.00.0.00.01.0000 Setda;4.01.02.2.01.0001 {name};{amount}", "Fasilitasi TKPK", True),
        (
            "1.06.0.00.0.00.01.0000 Dinsos;1.06.05.2.02.0001 {name};{amount}",
            "Koordinasi penanggulangan Kemiskinan",
            True,
        ),
        ("1.06.0.00.0.00.01.0000 Dinsos;1.06.05.2.02.0001 {name};{amount}", "Data kemiskinan", False),
        (PLANNING, "Data kemiskinan", True),
    ],
)
def test_a_line_of_the_tkpk_is_seen_under_any_bidang(tmp_path: Path, line: str, name: str, *, is_seen: bool) -> None:
    told = rows_of(sheet_of(tmp_path, name, line=line))["Baris"][1]

    assert told.startswith(f"ada baris bernilai: {name}") is is_seen
    assert told.startswith("sudah lewat jatuh tempo") is not is_seen


def test_what_is_on_record_stands_with_number_date_and_origin(tmp_path: Path) -> None:
    records = ("SK TKPK;;100/2025;2 Mei 2025;sk.pdf", "RAT;2025;7/RAT;10/1/2025;", "RAT;2026;9/RAT;2026-01-12;")
    blocks = sheet_of(tmp_path, NAMED, records=records)
    told = rows_of(blocks)

    assert told["Keputusan"][1] == "nomor 100/2025, 2 Mei 2025; dicatat oleh Sri, berkas sk.pdf, bukti.csv, csv!A2"
    assert told["Rencana"][1] == "nomor 9/RAT, 12 Januari 2026; dicatat oleh Sri, bukti.csv, csv!A4"
    (table,) = (block for block in blocks if isinstance(block, Table))
    assert [spoken(source, "id") for source in table.sources] == ["bukti.csv"]


def test_a_record_of_another_year_is_none_of_this_one(tmp_path: Path) -> None:
    told = rows_of(sheet_of(tmp_path, NAMED, records=("RAT;2025;7/RAT;10/1/2025;", "LP2KD;;3;5/3/2026;")))

    assert told["Rencana"][1].startswith("sudah lewat jatuh tempo")
    assert "tanpa menyebut untuk tahun berapa" in told["LP2KD"][1]


def test_a_document_of_a_later_day_is_not_there_yet(tmp_path: Path) -> None:
    told = rows_of(sheet_of(tmp_path, NAMED, records=("RAT;2026;9;25 November 2026;",)))

    assert told["Rencana"][1].startswith("sudah lewat jatuh tempo")


def overridden(seen_in: str, *, without: str) -> Parameters:
    """Return the parameters with a sheet of one thing, seen in a place, that lacks a key."""
    (packed,) = packaged().by_name[RULE]
    (first, *_) = (thing for thing in packed.value if thing["seen_in"] == seen_in)
    own: list[dict[str, Any]] = [{key: value for key, value in first.items() if key != without}]
    return packaged().with_overrides(Parameters({RULE: (replace(packed, value=own),)}))


@pytest.mark.parametrize(
    ("seen_in", "key"),
    [("budget", "lines"), ("record", "item"), ("record", "yearly"), ("rpjmd", "due"), ("rpjmd", "seen_in")],
)
def test_an_own_sheet_without_a_key_is_refused_by_the_name_of_the_key(tmp_path: Path, seen_in: str, key: str) -> None:
    snapshot = open_workspace(tmp_path / "kerja").lake.snapshot()
    own = overridden(seen_in, without=key)
    materials = gather(snapshot, REGION, year=None, stage=None, parameters=own, on=TODAY)

    with pytest.raises(OverrideRefused) as refused:
        readiness(materials)

    assert refused.value.code == "parameter-override-keys"
    assert dict(refused.value.values) == {"file": "kesiapan_tkpk.yaml", "day": "2020-07-16", "keys": key}


def test_an_own_sheet_with_all_keys_is_read(tmp_path: Path) -> None:
    snapshot = open_workspace(tmp_path / "kerja").lake.snapshot()
    own = overridden("record", without="by")  # a thing without a day

    rows = rows_of(readiness(gather(snapshot, REGION, year=None, stage=None, parameters=own, on=TODAY)))
    assert len(rows) == 1
