"""All accepted data are held against each other: what only two tables together say, what lacks, and how old it is."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from nangkis.indicators.dimensions import Dimension
from nangkis.workspace.checking import DataChecked, check_data
from nangkis.workspace.making import RECORD_FILE
from nangkis.workspace.opened import WorkspaceEmpty, open_workspace
from nangkis.workspace.record import Request, make_record
from tests.rooms.diagnosis.worlds import drawn
from tests.rooms.indicators.lakes import accept


ON = date(2026, 11, 24)
CLEAN = """
      | POV.P0 2023 | POV.P0 2024 | POV.P0 2025
90.01 | 12.00       | 11.50       | 11.20
90.02 | 9.00        | 8.90        | 8.70
90.03 | 15.10       | 14.80       | 14.40
"""


def checked(folder: Path, *tables: str) -> DataChecked:
    opened = open_workspace(folder)
    for number, table in enumerate(tables, start=1):
        accept(opened.lake, drawn(table), title=f"Tabel {number}", day=number)
    return check_data(opened, on=ON)


def found(done: DataChecked) -> dict[str, tuple[int, int]]:
    """What was checked and found, by the name of the check; checks without a case are left out."""
    return {check.name: (check.cases, len(check.findings)) for check in done.checks if check.cases}


def test_clean_tables_give_no_finding_and_every_check_says_what_it_looked_at(tmp_path: Path) -> None:
    done = checked(tmp_path, CLEAN)

    assert done.findings == ()
    assert found(done) == {
        "jumps": (3 * 2, 0),
        "column-jumps": (2, 0),
        "slips": (3 * 3, 0),
        "copies": (2, 0),
        "constants": (1, 0),
        "zeros": (3 * 3, 0),
        "founding": (3, 0),
        "gaps": (3, 0),
    }


def test_what_two_tables_say_together_is_found_whichever_came_first(tmp_path: Path) -> None:
    depth = """
          | POV.P1 2025
    90.01 | 11.90
    90.02 | 1.10
    """

    first, last = checked(tmp_path / "a", CLEAN, depth), checked(tmp_path / "b", depth, CLEAN)

    assert found(first)["order"] == found(last)["order"] == (2, 1)
    (finding,) = next(check for check in first.checks if check.name == "order").findings
    assert finding.code == "part-above-whole"
    assert finding.at.startswith("[Tabel 2.csv]Sheet1!B")
    assert str(finding.values["other"]).startswith("[Tabel 1.csv]Sheet1!B")


def test_a_fact_of_two_tables_that_differs_beyond_rounding_is_told_with_its_file(tmp_path: Path) -> None:
    done = checked(tmp_path, CLEAN, "      | POV.P0 2025\n90.01 | 12.60\n90.02 | 8.70")

    assert found(done)["sources"] == (2, 1)
    (finding,) = next(check for check in done.checks if check.name == "sources").findings
    assert finding.at.startswith("[Tabel 1.csv]Sheet1!B")  # of one layout the later table counts


def test_a_year_that_lacks_between_others_is_told_once_for_all_its_series(tmp_path: Path) -> None:
    done = checked(
        tmp_path, "      | POV.P0 2022 | POV.P0 2023 | POV.P0 2025\n90.01 | 12.0 | 11.8 | 11.2\n90.02 | 9.0 | 8.9 | 8.7"
    )

    (finding,) = done.findings
    assert (finding.code, finding.values["years"], finding.values["count"]) == ("series-gap", ("2024",), 2)


def test_a_document_that_rests_on_a_replaced_table_is_told(tmp_path: Path) -> None:
    opened = open_workspace(tmp_path)
    accept(opened.lake, drawn(CLEAN))
    asked = Request("rpkd", "contoh-2026:90.01", "id", ON, None, None, None)
    record = make_record(asked, ("indicator-000000000000",), {}, {})
    folder = opened.runs_folder / record.run
    folder.mkdir(parents=True)
    (folder / RECORD_FILE).write_bytes(record.to_bytes())

    done = check_data(opened, on=ON)

    (finding,) = done.findings
    assert (finding.code, finding.values["tables"]) == ("superseded-yet-cited", ("indicator-000000000000",))
    assert found(done)["cited"] == (1, 1)


def test_what_is_present_is_counted_by_region_and_dimension_and_each_table_has_its_age(tmp_path: Path) -> None:
    done = checked(tmp_path, CLEAN)

    rows = done.present.rows()
    assert ("contoh-2026:90.01", "konsumsi", 1) in rows
    assert len(rows) == 3
    assert done.possible[Dimension.CONSUMPTION] > 1
    (age,) = done.ages
    assert (age.last_year, age.years, age.accepted_on) == (2025, 1, datetime(2026, 11, 1, tzinfo=UTC).date())


def test_an_empty_workspace_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceEmpty):
        check_data(open_workspace(tmp_path), on=ON)
