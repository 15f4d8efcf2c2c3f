"""All 228 postures as one panel: 19 regions of Sumatera Barat over eight years, 38 of Jawa Timur over two."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import polars as pl
import pytest
from python_calamine import CalamineWorkbook

from nangkis.budget.postures.fiscal import fiscal_space, implied_limits, space_rule
from nangkis.budget.postures.left_over import left_over
from nangkis.budget.postures.mandatory import mandatory
from nangkis.budget.postures.measures import growth, revenue_structure, spending_structure
from nangkis.budget.postures.panel import PosturePanel, posture_panel
from nangkis.budget.postures.refocusing import refocusing, refocusing_rule
from nangkis.budget.postures.sums import labels, sum_gaps
from nangkis.parameters.loader import packaged
from tests.real.test_djpk_real import SUMBAR, TODAY, selectors, taken_in


JATIM = "03_apbd/djpk_jatim"
CLASSES = ("Sangat Rendah", "Rendah", "Sedang", "Tinggi", "Sangat Tinggi")


@pytest.fixture(scope="module")
def panel(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> PosturePanel:
    folder = tmp_path_factory.mktemp("postures")
    regions = selectors(shared_data)
    said = "".join(f'- {{file: "pemda-{number}-*.xml", region: "{region}"}}\n' for number, region in regions.items())
    years = "".join(f'- {{file: "pemda-*-{year}-desember.xml", year: "{year}"}}\n' for year in range(2018, 2026))
    taken_in(folder, sorted((shared_data / SUMBAR).glob("*.xml")), said + years)
    for year in ("2021", "2022"):
        files = sorted((shared_data / JATIM / year).glob("*.csv"))
        workspace, _ = taken_in(folder, files, f'- {{file: "*.csv", year: "{year}"}}\n', confirmed="diperiksa")
    return posture_panel(workspace.lake.snapshot(), parameters=packaged(), on=TODAY)


def test_228_postures_are_one_panel_with_unified_labels(panel: PosturePanel) -> None:
    assert panel.amounts.select("region", "year").n_unique() == 19 * 8 + 38 * 2 == 228
    assert panel.amounts.height == 228 * 2 * len(panel.rules.accounts)
    unlike = labels(panel).filter(pl.col("label").count().over("account") > 1)
    assert unlike["label"].to_list() == [
        "Belanja Barang Jasa", "Belanja Barang dan Jasa", "Belanja Modal", "Belanjaodal", "Penyertaan Modal Daerah",
        "Penyertaanodal Daerah",
    ]  # fmt: skip


def test_what_is_unknown_is_the_detail_that_jawa_timur_left_out_in_2021(panel: PosturePanel) -> None:
    unknown = panel.amounts.filter((pl.col("state") == "unknown") & (pl.col("account") != "surplus"))

    assert Counter(unknown.select("account", "year").iter_rows()) == {
        ("5.1.01", 2021): 76, ("5.1.02", 2021): 76, ("5.2", 2021): 76,
    }  # fmt: skip


def test_the_78_sums_that_differ_are_all_of_financing(panel: PosturePanel) -> None:
    gaps = sum_gaps(panel)

    differing = gaps.filter("differs")
    assert (gaps.height, differing.height) == (5172, 6 + 12 + 60)
    assert differing["account"].unique().to_list() == ["6"]
    assert differing["whole"].unique().to_list() == [0]  # 0 is printed over parts that are there


def test_shares_are_known_everywhere_and_spending_is_parted_without_rest(panel: PosturePanel) -> None:
    revenue, spending = revenue_structure(panel.amounts), spending_structure(panel.amounts)

    assert revenue["why"].null_count() == revenue.height == 228 * 2 * 5
    assert spending["why"].null_count() == spending.height == 228 * 2 * 7
    rest = spending.group_by("region", "year", "basis").agg((pl.col("value").sum() - 1).abs().alias("rest"))
    assert rest["rest"].max() < 1e-4  # type: ignore[operator]  # Jawa Timur prints ten million rupiah at a time
    own = revenue.filter(name="own-revenue", basis="realised")["value"]
    assert [round(float(str(at)), 3) for at in (own.min(), own.mean(), own.max())] == [0.038, 0.139, 0.605]


def test_growth_is_told_between_neighbouring_years_only(panel: PosturePanel) -> None:
    found = growth(panel.amounts)

    assert found["why"].value_counts().sort("why", nulls_last=True).rows() == [("no-year-before", 684), (None, 2052)]


def test_the_chain_of_what_years_leave_is_as_the_checks_of_the_files_tell(panel: PosturePanel) -> None:
    found = left_over(panel).filter(pl.col("region").str.contains(":13."))

    assert Counter(found["class"]) == {"same": 54, "small": 38, "large": 19 + 22, None: 19}
    large = found.filter(pl.col("class") == "large")
    assert Counter(large["year"])[2023] == 19  # drawn before its audit


def test_refocusing_of_2020_is_seen_in_every_region_and_called_so_in_no_other_year(panel: PosturePanel) -> None:
    found = refocusing(panel.amounts, refocusing_rule(packaged(), TODAY))

    assert Counter(found["class"]) == {"shifted": 19, "other-year": 209}
    both = found.filter(pl.col("unforeseen_up") & pl.col("capital_down"))
    assert Counter(both["year"]) == {2020: 19, 2021: 3}  # three regions show the signs in the year after, too


def test_mandatory_spending_is_certain_once_indicated_often_and_mostly_untold(panel: PosturePanel) -> None:
    found = mandatory(panel.amounts, packaged()).filter(basis="realised")

    assert Counter(found["verdict"]) == {
        "cannot-tell": 228 + 228 + 2 * 190, "not-in-force": 171 + 171 + 38, "indication-not-met": 2 * 57 + 56, "met": 1,
    }  # fmt: skip


def test_fiscal_space_is_an_upper_bound_between_27_and_72_percent(panel: PosturePanel) -> None:
    found = fiscal_space(panel.amounts, space_rule(packaged(), panel.rules, TODAY)).filter(basis="realised")["value"]

    assert found.null_count() == 0
    assert [round(float(str(at)), 3) for at in (found.min(), found.max())] == [0.271, 0.72]


def test_published_classes_of_kabupaten_and_kota_leave_room_for_one_limit_each(shared_data: Path) -> None:
    sheet = CalamineWorkbook.from_path(str(shared_data / JATIM / "kapasitasFiskal.xlsx")).get_sheet_by_index(0)
    rows = sheet.to_python()[1:]
    published = pl.DataFrame([(row[1], row[2]) for row in rows], schema=["ratio", "class"], orient="row")

    found = implied_limits(published, CLASSES)

    assert found.select("highest_of_lower", "lowest_of_upper", "apart").rows() == [
        (0.887, 0.978, True),
        (1.114, 1.229, True),
        (1.413, 1.496, True),
        (1.703, 1.757, True),
    ]
    # The sheet names Sidoarjo twice, with two ratios: which one is Situbondo's is not guessed.
    assert [name for name, count in Counter(row[0] for row in rows).items() if count > 1] == ["Sidoarjo"]
