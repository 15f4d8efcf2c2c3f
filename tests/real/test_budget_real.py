"""Kabupaten Morowali's RKPD ceiling, as the office exported it."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from python_calamine import CalamineWorkbook

from benchmarks.tag_rules import labelled_lines, tagged_lines
from nangkis.budget.analysis import BudgetAnalysis, analyse_budget
from nangkis.budget.exhibits import budget_summary, structure_blocks, tag_blocks
from nangkis.budget.figures import BudgetFigures
from nangkis.budget.lines import LineClass, with_class
from nangkis.budget.rules import Tag, tag_rules
from nangkis.budget.tags import with_tags
from nangkis.content.tree import Table, figures_of_block
from nangkis.lake.snapshot import Snapshot
from nangkis.parameters.loader import packaged
from nangkis.vocabulary.codes import Region
from nangkis.vocabulary.figures import Figure
from tests.rooms.budget.budgets import TODAY, Line, budget_frame, snapshot_of


MOROWALI = Region.parse("kemendagri:72.06")
TOTAL = 1_535_759_496_336
PROGRAMME_01 = 636_446_549_927
HOSPITAL = 60_879_889_693  # Pelayanan dan Penunjang Pelayanan BLUD, inside programme 01


def lines_of(workbook: Path) -> list[Line]:
    """Code and name stand in one cell; an empty amount is missing."""
    rows = CalamineWorkbook.from_path(str(workbook)).get_sheet_by_index(0).to_python()[1:]
    lines: list[Line] = []
    for office, sub_kegiatan, amount in rows:
        office_code, _, office_name = str(office).partition(" ")
        code, _, name = str(sub_kegiatan).partition(" ")
        lines.append(((office_code, office_name), code, name, None if amount == "" else int(str(amount)[:-2])))
    return lines


@pytest.fixture(scope="module")
def snapshot(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    lines = lines_of(shared_data / "03_apbd" / "sipd_morowali" / "contoh-import-rkpd-pagu.xlsx")
    return snapshot_of(tmp_path_factory.mktemp("morowali"), budget_frame(lines, region=MOROWALI, year=2021))


@pytest.fixture(scope="module")
def analysis(snapshot: Snapshot) -> BudgetAnalysis:
    return analyse_budget(snapshot, MOROWALI, 2021, parameters=packaged(), on=TODAY)


def test_the_whole_and_programme_01_are_exact(analysis: BudgetAnalysis) -> None:
    figures = BudgetFigures(analysis)
    support = figures.of_class(figures.whole, LineClass.PENUNJANG)

    assert figures.whole.sen == TOTAL * 100
    assert support.sen == PROGRAMME_01 * 100
    assert figures.of_blud(support).sen == HOSPITAL * 100


def test_positive_zero_and_empty_lines_are_told_apart(analysis: BudgetAnalysis) -> None:
    amounts = analysis.frame["amount_sen"]

    assert analysis.frame.height == 1333 + 41 + 816
    assert ((amounts > 0).sum(), (amounts == 0).sum(), amounts.null_count()) == (1333, 41, 816)


def test_village_transfers_are_the_grants_and_shares_that_the_finance_office_passes_on(
    analysis: BudgetAnalysis,
) -> None:
    transfers = analysis.frame.filter((pl.col("class") == "transfer-desa") & (pl.col("amount_sen") > 0))

    assert transfers["sub_kegiatan_code"].to_list() == ["5.02.02.2.04.08", "5.02.02.2.04.10"]
    figures = BudgetFigures(analysis)
    assert transfers["amount_sen"].sum() == figures.of_class(figures.whole, LineClass.TRANSFER_DESA).sen


def test_bidang_and_offices_add_up_to_the_whole(analysis: BudgetAnalysis) -> None:
    figures = BudgetFigures(analysis)
    bidang = figures.split(figures.whole, "bidang_code").values()
    offices = figures.split(figures.whole, "office_code", "office_name").values()

    assert sum(part.sen or 0 for part in bidang) == TOTAL * 100
    assert sum(part.sen or 0 for part in offices) == TOTAL * 100
    assert len(offices) == 39


def test_the_base_is_tagged_not_relevant_or_held(analysis: BudgetAnalysis) -> None:
    figures = BudgetFigures(analysis)
    base = figures.of_class(figures.whole, LineClass.PROGRAM)
    villages = figures.of_class(figures.whole, LineClass.TRANSFER_DESA)

    assert base.sen == (TOTAL - PROGRAMME_01) * 100 - (villages.sen or 0)
    assert base.sen == sum(figures.of_tag(figures.whole, tag=tag).sen or 0 for tag in Tag)


def test_roads_are_held_because_the_file_does_not_say_where_they_lead(analysis: BudgetAnalysis) -> None:
    roads = analysis.frame.filter(pl.col("program_code") == "1.03.10")

    assert roads["tag"].unique().to_list() == ["ditangguhkan"]
    assert roads["rule"].unique().to_list() == ["jalan-perlu-lokasi"]


def test_the_tables_print_the_exact_total_last(analysis: BudgetAnalysis) -> None:
    tables = [block for block in structure_blocks(analysis) if isinstance(block, Table)]
    bottom = [table.rows[-1].cells for table in tables]

    assert [next(cell.value for cell in cells if isinstance(cell, Figure)) for cells in bottom] == [TOTAL * 100] * 2
    assert len(tables[1].rows) == 39 + 1


def test_every_amount_is_found_again_in_the_file(analysis: BudgetAnalysis, snapshot: Snapshot) -> None:
    table = pl.read_parquet(snapshot.folder / f"{snapshot.ids[0]}.parquet").lazy()
    blocks = (*budget_summary(analysis), *structure_blocks(analysis), *tag_blocks(analysis))
    figures = {figure.key: figure for block in blocks for figure in figures_of_block(block)}
    amounts = [figure for figure in figures.values() if figure.unit == "rupiah"]
    queries = [
        table.filter(*(pl.col(column).is_in(values) for column, values in selection.where)).select(
            pl.col(selection.column).cast(pl.Int128).sum()
        )
        for figure in amounts
        for selection in figure.origin.inputs
    ]

    found = iter(frame.item() for frame in pl.collect_all(queries))

    assert len(amounts) > 150
    for figure in amounts:
        assert figure.value == sum(next(found) for _ in figure.origin.inputs), figure.key


def test_every_packaged_rule_reaches_some_line_of_the_official_list(shared_data: Path) -> None:
    (workbook,) = (shared_data / "04_nomenklatur").glob("nomenklatur-subkegiatan-*.xlsx")
    rows = CalamineWorkbook.from_path(str(workbook)).get_sheet_by_index(0).to_python()[1:]
    named = [str(row[4]).split(None, 1) for row in rows if row[0] != "PROV"]
    official = budget_frame([(("", ""), code, name, 1) for code, name in named], region=MOROWALI)
    table = tag_rules(packaged(), TODAY)

    tagged = with_tags(with_class(official, packaged(), TODAY), table)

    assert {rule.id for rule in table.rules} == set(tagged["rule"].drop_nulls())
    assert tagged.filter(pl.col("held_because") == "rules-differ").is_empty()


def test_a_rule_marked_as_seen_places_a_line_that_kotabaru_tagged(shared_data: Path) -> None:
    assert shared_data
    labelled = labelled_lines()
    reached = set(tagged_lines(labelled)["rule"].drop_nulls())
    seen = {rule.id for rule in tag_rules(packaged(), TODAY).rules if rule.confidence == "seen"}

    # The list's line of families at risk of stunting stands in no nomenclature: it has a name and no code.
    assert seen - reached == {"pendampingan-stunting"}
    assert any("Berisiko Stunting" in row["sub_kegiatan"] for row in labelled)


def test_what_kotabaru_tagged_is_found_again_but_for_seven_lines(shared_data: Path) -> None:
    assert shared_data
    labelled = labelled_lines()
    found = tagged_lines(labelled).group_by("row").agg(pl.col("tag").unique())
    proposed = found.filter(pl.col("tag") == ["ditandai"])

    assert (len(labelled), proposed.height) == (156, 156 - 7)
