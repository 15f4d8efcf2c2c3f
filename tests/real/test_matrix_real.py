"""The matrix of a real regency, read again from its files by csv and openpyxl."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from nangkis.budget.schema import Stage
from nangkis.content.sentences import spoken
from nangkis.content.tree import Missing, Table
from nangkis.documents.materials import Materials, gather
from nangkis.documents.programmes import matrix
from nangkis.intake.request import Request
from nangkis.parameters.loader import packaged
from nangkis.planning.funds import funds_of
from nangkis.vocabulary.codes import Region
from nangkis.vocabulary.figures import Figure
from nangkis.workspace.importing import ImportRules, import_files
from nangkis.workspace.opened import open_workspace
from tests.real.test_budget_files_real import HEADER, PLAN, joined


REGION = Region.parse("kemendagri-2025:72.06")
NOON, TODAY = datetime(2026, 11, 24, 12, tzinfo=UTC), date(2026, 11, 24)
PAGU = Path("03_apbd") / "sipd_morowali" / "contoh-import-rkpd-pagu.xlsx"


@pytest.fixture(scope="module")
def morowali(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Materials, list[list[str]]]:
    folder = tmp_path_factory.mktemp("matriks")
    plan = joined(shared_data / PLAN)
    with (folder / "rpjmd.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADER, *plan])
    workspace = open_workspace(folder / "kerja")
    for path, said in (
        (shared_data / PAGU, Request(region=REGION, year=2021, stage=Stage.RKPD_P)),
        (folder / "rpjmd.csv", Request(region=REGION, year=2019)),
    ):
        (done,) = import_files(workspace, [path], rules=ImportRules(said), at=NOON, on=TODAY, by="Sri")
        assert done.table is not None, done.outcome.refusal
    snapshot = workspace.lake.snapshot()
    return gather(snapshot, REGION, year=None, stage=None, parameters=packaged(), on=TODAY), plan


def tables(materials: Materials) -> list[Table]:
    return [block for block in matrix(materials) if isinstance(block, Table)]


def pagu_by_code(path: Path) -> dict[tuple[str, str], int]:
    """Rupiah by office's name and sub kegiatan's code, as the sheet has them."""
    found: dict[tuple[str, str], int] = defaultdict(int)
    for row in openpyxl.load_workbook(path, read_only=True, data_only=True).worksheets[0].iter_rows(values_only=True):
        cells = [cell for cell in row if cell is not None]
        texts = [str(cell).strip() for cell in cells if isinstance(cell, str)]
        amounts = [cell for cell in cells if isinstance(cell, int | float) and not isinstance(cell, bool)]
        if len(texts) >= 2 and amounts:
            office, line = texts[0], texts[1]
            found[office.partition(" ")[2].strip(), line.partition(" ")[0]] += int(amounts[-1])
    return found


def test_every_amount_of_a_sub_kegiatan_is_that_of_the_sheet(
    morowali: tuple[Materials, list[list[str]]], shared_data: Path
) -> None:
    materials, _ = morowali
    money = tables(materials)[2]
    raw = pagu_by_code(shared_data / PAGU)
    shown: dict[str, int] = defaultdict(int)
    for row in money.rows:
        (amount,) = [cell for cell in row.cells if isinstance(cell, Figure)] if not row.emphasis else (None,)
        if amount is not None:
            shown[spoken(row.cells[0], "id")] += int(amount.value) // 100  # type: ignore[arg-type]

    assert len(shown) > 100
    by_code: dict[str, int] = defaultdict(int)
    for (_, code), rupiah in raw.items():
        by_code[code] += rupiah
    # A code may stand at several offices of which some lines are not proposed: never more than the sheet has of it.
    assert all(0 < rupiah <= by_code[code] for code, rupiah in shown.items())
    assert sum(rupiah == by_code[code] for code, rupiah in shown.items()) == len(shown)


def pagu_of(plan: list[list[str]], code: str, named: str) -> list[str]:
    """Return the plan's five amounts for the programme and the office whose name ends a cell; blanks where none."""
    own = [row for row in plan if row[2] == code and named.casefold().endswith(row[0].strip().casefold())]
    told = [row[-5:] for row in own if any(cell.strip() for cell in row[-5:])]
    return told[0] if told else [""] * 5


def test_every_ceiling_is_that_of_the_plan_for_this_office(morowali: tuple[Materials, list[list[str]]]) -> None:
    materials, plan = morowali
    compared = 0
    for shown in (row for row in tables(materials)[2].rows if row.emphasis):
        code, named = (spoken(cell, "id") for cell in shown.cells[:2])  # type: ignore[arg-type]
        for cell, text in zip(shown.cells[-5:], pagu_of(plan, code, named), strict=True):
            wanted = Decimal(text or "0")
            assert isinstance(cell, Missing) is (wanted == 0)
            if isinstance(cell, Figure):
                assert cell.value == wanted * 100
                compared += 1
    assert compared > 100


def test_the_sum_of_strategies_is_what_the_budget_proposes(morowali: tuple[Materials, list[list[str]]]) -> None:
    materials, _ = morowali
    assert materials.budget is not None
    problems, _, money, _ = tables(materials)
    totals = [
        cell.value for row in problems.rows if row.emphasis for cell in row.cells[-1:] if isinstance(cell, Figure)
    ]
    lines = [cell.value for row in money.rows if not row.emphasis for cell in row.cells if isinstance(cell, Figure)]

    assert sum(totals) == sum(lines) == materials.budget.tagged["amount_sen"].sum()


def test_phrases_put_every_source_of_the_official_lists_into_the_group_of_its_branch(shared_data: Path) -> None:
    """What the branch of a code says and what the words of a name say is one thing, over both generations."""
    rule = packaged().on("sumber_pendanaan", TODAY)
    branches = {branch: group for group, told in rule.value.items() for branch in told["codes"]}
    funds = funds_of(packaged(), TODAY)
    compared = 0
    for name in ("5. sumber dana.xlsx", "5a. sumber dana peremendagri 50.xlsx"):
        sheet = openpyxl.load_workbook(shared_data / "04_nomenklatur" / name, read_only=True).worksheets[0]
        for row in sheet.iter_rows(min_row=2, max_col=7, values_only=True):
            code = ".".join(str(cell) for cell in row[:6] if cell is not None)
            held = [group for branch, group in branches.items() if f"{code}.".startswith(f"{branch}.")]
            if held:
                assert funds.group_of(str(row[6])) == held[0], (code, row[6])
                compared += 1
    assert compared > 500
