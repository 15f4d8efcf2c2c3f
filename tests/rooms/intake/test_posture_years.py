"""Postures of successive years: what one year leaves (SiLPA) is what the next one opens with."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from nangkis.content.messages import finding_words
from nangkis.intake.request import Request
from nangkis.vocabulary.codes import Region
from nangkis.vocabulary.findings import Finding, Severity
from nangkis.workspace.importing import Imported, ImportRules, import_files
from nangkis.workspace.opened import Workspace, open_workspace
from tests.rooms.intake.files import DAY


TORAJA, PALU = Region.parse("kemendagri:73.18"), Region.parse("kemendagri:72.71")
# Left by 2021: 1000.00 - 980.00 + 30.00 - 10.00 = 40.00 billion.
FIRST = """akun,anggaran,realisasi,persentase
Pendapatan Daerah,1000.00,1000.00,100
Belanja Daerah,1020.00,980.00,96.08
Pembiayaan Daerah,20.00,20.00,100
 Penerimaan Pembiayaan Daerah,30.00,30.00,100
  Sisa Lebih Perhitungan Anggaran Tahun Sebelumnya,30.00,30.00,100
 Pengeluaran Pembiayaan Daerah,10.00,10.00,100
"""


def second(opening: str) -> str:
    return FIRST.replace("Sebelumnya,30.00,30.00", f"Sebelumnya,25.00,{opening}")


def take(
    workspace: Workspace, text: str, year: int, region: Region = TORAJA, supersedes: str | None = None
) -> Imported:
    workspace.folder.mkdir(exist_ok=True)
    path = workspace.folder / f"postur {year}.csv"
    path.write_text(text, encoding="utf-8")
    rules = ImportRules(Request(region=region, year=year), supersedes=supersedes)
    at = datetime(2026, 11, 24, 12, tzinfo=UTC)
    (done,) = import_files(workspace, [path], rules=rules, at=at, on=DAY, by="Sri")
    assert done.table is not None, done.outcome.refusal
    return done


def told(done: Imported) -> list[Finding]:
    return [finding for finding in done.outcome.findings if finding.code == "posture-silpa-differs"]


@pytest.mark.parametrize(("opening", "count"), [("40.00", 0), ("40.02", 0), ("39.98", 0), ("40.03", 1), ("12.34", 1)])
def test_a_year_opens_with_what_the_one_before_left_within_rounding(tmp_path: Path, opening: str, count: int) -> None:
    # Four numbers of half a hundredth of a billion each: 0.02.
    workspace = open_workspace(tmp_path)
    take(workspace, FIRST, 2021)

    assert len(told(take(workspace, second(opening), 2022))) == count


@pytest.mark.parametrize(("opening", "severity"), [("39.60", Severity.NOTE), ("39.59", Severity.WARNING)])
def test_a_correction_of_a_hundredth_is_noted_and_more_is_a_warning(
    tmp_path: Path, opening: str, severity: Severity
) -> None:
    workspace = open_workspace(tmp_path)
    take(workspace, FIRST, 2021)

    assert [finding.severity for finding in told(take(workspace, second(opening), 2022))] == [severity]


def test_both_amounts_and_both_cells_are_told_whichever_year_comes_first(tmp_path: Path) -> None:
    for folder, years in (("a", (2021, 2022)), ("b", (2022, 2021))):
        workspace = open_workspace(tmp_path / folder)
        texts = {2021: FIRST, 2022: second("12.00")}
        done = [take(workspace, texts[year], year) for year in years][-1]

        (finding,) = told(done)
        assert finding.values["left"] == "40.000.000.000"
        assert finding.values["opening"] == "12.000.000.000"
        assert finding.values["difference"] == "-28.000.000.000"
        assert (finding.values["year"], finding.values["next"]) == ("2021", "2022")
        cells = {2021: "csv!B4", 2022: "csv!B6"}
        assert finding.at == cells[years[1]]
        assert finding.values["other"] == f"[postur {years[0]}.csv]{cells[years[0]]}"
        assert "12.000.000.000" in finding_words(finding, "id")[0]
        assert done.table is not None
        assert "posture-silpa-differs" in {one.code for one in done.table.findings}


def test_other_regions_other_years_and_a_table_that_is_replaced_say_nothing(tmp_path: Path) -> None:
    workspace = open_workspace(tmp_path)
    take(workspace, FIRST.replace("1000.00", "1010.00"), 2021, PALU)
    take(workspace, FIRST.replace("1000.00", "1020.00"), 2019)
    wrong = take(workspace, second("12.00"), 2022)
    first = take(workspace, FIRST.replace("980.00", "981.00"), 2021)
    assert wrong.table is not None

    assert told(wrong) == []
    assert len(told(first)) == 1
    assert told(take(workspace, second("39.00"), 2022, supersedes=wrong.table.id)) == []


def test_a_year_without_financing_or_opening_is_not_compared(tmp_path: Path) -> None:
    workspace = open_workspace(tmp_path)
    take(workspace, "\n".join(FIRST.splitlines()[:3]) + "\n", 2021)
    without = "\n".join(line for line in FIRST.splitlines() if "Sisa Lebih" not in line)

    assert told(take(workspace, second("12.00"), 2022)) == []
    assert told(take(workspace, without + "\n", 2023)) == []
