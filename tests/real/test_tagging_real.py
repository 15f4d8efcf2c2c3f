"""Tags of real budgets: Kotabaru's own list, official tags of the nomenclature, and the labels of the project."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from benchmarks.tag_quality import LABELS, kappa, morowali, read_labels
from benchmarks.tag_sample import KEY, SIZE, drawn, population
from nangkis.budget.analysis import BudgetAnalysis
from nangkis.budget.figures import BudgetFigures
from nangkis.budget.lines import LineClass
from nangkis.budget.rules import Tag
from nangkis.budget.schema import Stage
from nangkis.intake.request import Request
from nangkis.vocabulary.codes import Region
from nangkis.workspace.answering import budget_of
from nangkis.workspace.importing import ImportRules, import_files
from nangkis.workspace.opened import Workspace, open_workspace
from tests.rooms.budget.budgets import TODAY


MOROWALI = Region.parse("kemendagri:72.06")
LIST = "07_tagging/oppkpke_kotabaru_2025_subkegiatan_EXTRACTED.csv"
NOMENCLATURE = "04_nomenklatur/nomenklatur-subkegiatan-20260123005058_versi_pemutakhiran_2027_1.xlsx"
PAGU = "03_apbd/sipd_morowali/contoh-import-rkpd-pagu.xlsx"


@pytest.fixture(scope="module")
def workspace(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    opened = open_workspace(tmp_path_factory.mktemp("ws"))
    for path, year in ((PAGU, 2021), (LIST, 2021), (NOMENCLATURE, None)):
        said = Request(region=None if year is None else MOROWALI, year=year, stage=Stage.RKPD if path == PAGU else None)
        done = import_files(
            opened,
            [shared_data / path],
            rules=ImportRules(said),
            at=datetime(2026, 11, 1, tzinfo=UTC),
            on=TODAY,
            by="uji",
        )
        assert [one.outcome.refusal for one in done if not one.outcome.aside and one.outcome.rows_in] == [None]
    return opened


@pytest.fixture(scope="module")
def analysis(workspace: Workspace) -> BudgetAnalysis:
    # Kotabaru's list, asked of Morowali's lines: what a list with names only does on another region's codes.
    return budget_of(workspace, MOROWALI, 2021, stage=Stage.RKPD, on=TODAY)


def test_every_entry_of_the_list_is_matched_ambiguous_or_absent(analysis: BudgetAnalysis) -> None:
    assert analysis.evidence is not None
    lists = analysis.evidence.lists
    told = {finding.code: int(str(finding.values["count"])) for finding in lists.findings}

    assert lists.matches["_entry"].n_unique() + sum(told.values()) == 156
    assert told.keys() == {"tag-list-ambiguous", "tag-list-not-in-budget"}
    # A name within its programme means one code: an entry may stand under several names of it, never several codes.
    assert lists.matches.group_by("_entry").n_unique()["_code"].max() == 1


def test_the_tagged_money_is_that_of_its_sources_to_the_sen(analysis: BudgetAnalysis) -> None:
    figures = BudgetFigures(analysis)
    whole = figures.whole
    assert analysis.evidence is not None
    by_source = [figures.of_tag(whole, tag=Tag.TAGGED, origin=origin) for origin in analysis.evidence.sources.order]

    assert sum(part.sen or 0 for part in by_source) == figures.of_tag(whole, tag=Tag.TAGGED).sen
    assert [part.name.rpartition(":")[2] for part in by_source if part.sen] == ["daftar", "resmi", "aturan"]
    assert whole.sen == 1_535_759_496_336_00  # as the file adds up
    assert figures.of_class(whole, LineClass.PROGRAM).sen == 686_176_435_189_00


def test_the_labels_are_those_of_the_sample_and_were_made_twice(shared_data: Path) -> None:
    assert shared_data.is_dir()
    lines = morowali()
    sample, labels = drawn(lines), read_labels()

    assert sample.height == SIZE == len(labels)
    assert set(sample.select(KEY).iter_rows()) == set(labels)
    whole = population(lines)["sen"].sum()
    assert (sample["sen"] / sample["chance"]).sum() == pytest.approx(whole, rel=1e-9)  # what the drawing promises
    for one in labels.values():
        for row in ("a", "b"):
            assert one[f"label_{row}"] in {"ya", "tidak", "ragu"}
            assert (one[f"strategy_{row}"] in {"1", "2", "3"}) == (one[f"label_{row}"] == "ya")


def test_the_kappa_of_the_labels_is_that_of_the_table_of_agreement() -> None:
    labels = read_labels()
    pairs = [(one["label_a"], one["label_b"]) for one in labels.values()]
    words = sorted({word for pair in pairs for word in pair})
    table = [[sum(pair == (one, other) for pair in pairs) for other in words] for one in words]
    total = sum(map(sum, table))
    agreed = sum(table[place][place] for place in range(len(words))) / total
    chance = sum(sum(table[place]) * sum(row[place] for row in table) for place in range(len(words))) / total**2

    assert LABELS.is_file()
    assert kappa(pairs) == pytest.approx((agreed - chance) / (1 - chance))
    assert kappa(pairs) < 1  # two passes that never differ were one pass
