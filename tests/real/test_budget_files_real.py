"""Kabupaten Morowali's RPJMD 2018-2023, joined from its plan tables into SIPD's columns, as its officials typed it."""

from __future__ import annotations

import csv
from pathlib import Path

from nangkis.vocabulary.codes import Region
from tests.rooms.intake.files import accepted, read


PLAN = "09_dokumen/morowali_rpjmd_renstra_EXTRACTED"
# In this extraction targets and pagu of programmes stand in the columns of achievement (see its PROVENANCE).
HEADER = [
    "nama_skpd", "sasaran", "kode_program", "indikator", "satuan", "target_awal",
    *(f"target_{year}" for year in range(1, 6)), "target_akhir", *(f"pagu_{year}" for year in range(1, 6)),
]  # fmt: skip


def rows_of(table: Path) -> list[dict[str, str]]:
    with table.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def joined(folder: Path, table: str = "ta_rpjmd_program_indikator.csv", of_year: str = "capaian_") -> list[list[str]]:
    """One row per indicator of a programme, and one per programme without any."""
    offices = {row["id"]: row["opd_nama"] for row in rows_of(folder / "ref_opd.csv")}
    sasaran = {row["id"]: row["rpjmd_sasaran_nama"] for row in rows_of(folder / "ref_rpjmd_sasaran.csv")}
    indicators: dict[str, list[dict[str, str]]] = {}
    for row in rows_of(folder / table):
        indicators.setdefault(row["rpjmd_program_id"], []).append(row)
    answer = []
    for program in rows_of(folder / "ref_rpjmd_program.csv"):
        code = f"{program['urusan_kode']}.{int(program['bidang_kode']):02d}.{int(program['program_kode']):02d}"
        head = [offices.get(program["opd_id"], ""), sasaran.get(program["rpjmd_sasaran_id"], ""), code]
        answer += [[*head, *_cells(row, of_year)] for row in indicators.get(program["id"], [{}])]
    return answer


def _cells(row: dict[str, str], of_year: str) -> list[str]:
    def of(name: str) -> str:
        return row.get(f"rpjmd_program_indikator_{name}", "")

    targets = [of(f"th{year}_{of_year}target") for year in range(1, 6)]
    pagu = [of(f"th{year}_{of_year}pagu") for year in range(1, 6)]
    return [of("nama"), of("satuan"), of("th0_realisasi_target"), *targets, of(f"th6_{of_year}target"), *pagu]


def test_the_plan_is_read_whole_and_its_typing_errors_are_found(shared_data: Path, tmp_path: Path) -> None:
    rows = joined(shared_data / PLAN)
    path = tmp_path / "rpjmd.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADER, *rows])

    (outcome,) = read(path, region=Region.parse("kemendagri:72.06"), year=2019)

    assert outcome.layout == "rpjmd_program"
    assert outcome.rows_in == len(rows) + 1
    found = {finding.code for finding in outcome.findings}
    assert {"rpjmd-pagu-absurd", "rpjmd-target-zero", "rpjmd-indicator-blank"} <= found
    absurd = [finding for finding in outcome.findings if finding.code == "rpjmd-pagu-absurd"]
    assert any(finding.values["amount"] == 2_889_585_371_275 for finding in absurd)
    assert accepted(outcome).frame.height == outcome.rows_accepted


def test_units_that_are_only_a_number_or_a_dash_are_found_in_the_second_version(
    shared_data: Path, tmp_path: Path
) -> None:
    rows = joined(shared_data / PLAN, "ta_rpjmd_program_indikator__versi2.csv", "")
    path = tmp_path / "rpjmd.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADER, *rows])

    (outcome,) = read(path, region=Region.parse("kemendagri:72.06"), year=2019)

    (odd,) = (finding for finding in outcome.findings if finding.code == "rpjmd-unit-odd")
    assert {unit.strip("'") for unit in str(odd.values["units"]).split(", ")} == {"100", "78", "-"}
