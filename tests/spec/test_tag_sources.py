"""Who is believed: a person's decision, then the region's list, then the official tag, then the rules.

::

    sub kegiatan          keputusan   daftar   label resmi   aturan      berlaku
    perlengkapan siswa    —           —        —             ya, 1       aturan: ya, 1
    perlengkapan siswa    —           2        —             ya, 1       daftar: ya, 2   (aturan berbeda: 1)
    perlengkapan siswa    tidak       2        ya            ya, 1       keputusan: tidak (tiga berbeda)
    dana BOS              —           —        —             tahan       ditangguhkan
    dana BOS              —           —        ya            tahan       ditangguhkan: strateginya tidak diketahui
    kurikulum             —           —        ya            tidak       ditangguhkan    (aturan berbeda: tidak)
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from nangkis.budget.analysis import BudgetAnalysis
from nangkis.budget.exhibits import budget_summary, tag_blocks
from nangkis.budget.figures import BudgetFigures
from nangkis.budget.matching import RuleRefused
from nangkis.budget.tag_tables import conflict_table
from nangkis.budget.tagging.sources import tag_sources
from nangkis.content.sentences import Sentence, spoken
from nangkis.content.tree import Paragraph, Table
from nangkis.parameters.loader import packaged
from nangkis.vocabulary.figures import Selection
from tests.rooms.budget.budgets import CENDANA, EDUCATION, HEALTH, SMALL, Line
from tests.rooms.budget.tagged import BOS, KITS, analysed, decision, entry, official


CURRICULUM = ("1.01.03.2.01.04", "Pelatihan Penyusunan Kurikulum")
TEACHERS = ("1.01.02.2.01.26", "Penyediaan Pendidik bagi Sekolah Dasar")


def told(analysis: BudgetAnalysis, of: tuple[str, str]) -> list[dict[str, Any]]:
    """What holds of a sub kegiatan, part by part."""
    rows = analysis.frame.filter(pl.col("sub_kegiatan_code") == of[0])
    return rows.select(
        "tag", "origin", "strategy", "held_because", "conflict", "amount_sen", "share", "reason"
    ).to_dicts()


def holds(analysis: BudgetAnalysis, of: tuple[str, str]) -> tuple[Any, ...]:
    (one,) = told(analysis, of)
    return one["tag"], one["origin"], one["strategy"], one["held_because"], one["conflict"]


def test_without_any_other_source_the_rules_propose(tmp_path: Path) -> None:
    analysis = analysed(tmp_path, SMALL)

    assert holds(analysis, KITS) == ("ditandai", "aturan", "1", None, None)
    assert holds(analysis, BOS) == ("ditangguhkan", "aturan", None, "rule", None)
    assert holds(analysis, TEACHERS) == ("ditangguhkan", None, None, "no-rule", None)


def test_the_regions_list_goes_before_the_rules_and_the_difference_is_told(tmp_path: Path) -> None:
    analysis = analysed(tmp_path, SMALL, entries=[entry(KITS, "2")])

    assert holds(analysis, KITS) == ("ditandai", "daftar", "2", None, "aturan:ditandai/1")
    (table,) = conflict_table(analysis)
    assert [spoken(cell, "id") for cell in table.rows[0].cells[3:]] == [  # type: ignore[arg-type]
        "Daftar daerah (RAT, label SIPD): ditandai, Peningkatan pendapatan masyarakat",
        "Usulan aturan: ditandai, Pengurangan beban pengeluaran masyarakat",
    ]


def test_a_decision_goes_before_all_and_every_difference_is_told(tmp_path: Path) -> None:
    analysis = analysed(
        tmp_path, SMALL, decision(KITS, "tidak-relevan"), entries=[entry(KITS, "2")], codes=[official(KITS)]
    )

    others = "daftar:ditandai/2; resmi:ditandai; aturan:ditandai/1"
    assert holds(analysis, KITS) == ("tidak-relevan", "keputusan", None, None, others)


def test_what_a_list_leaves_open_is_filled_from_the_rules(tmp_path: Path) -> None:
    analysis = analysed(tmp_path, SMALL, entries=[entry(KITS, "1")])

    kits = analysis.frame.filter(pl.col("sub_kegiatan_code") == KITS[0]).row(0, named=True)
    assert (kits["origin"], kits["dimension"], kits["directness"]) == ("daftar", "pendidikan", "langsung")
    assert kits["rule"].endswith(" + biaya-pribadi-murid")


def test_an_official_tag_knows_no_strategy_so_the_line_waits(tmp_path: Path) -> None:
    analysis = analysed(tmp_path, SMALL, codes=[official(BOS), official(CURRICULUM), official(KITS)])

    assert holds(analysis, BOS) == ("ditangguhkan", "resmi", None, "incomplete", None)
    assert holds(analysis, CURRICULUM) == ("ditangguhkan", "resmi", None, "incomplete", "aturan:tidak-relevan")
    assert holds(analysis, KITS) == ("ditandai", "resmi", "1", None, None)


@pytest.mark.parametrize(
    ("code", "tags"),
    [
        ((BOS[0], "Nama lain di bawah kode yang sama"), "KEMISKINAN EKSTREM (ASTACITA)"),
        (BOS, "GEOPARK; ANGGARAN RESPONSIF GENDER (ASTACITA)"),
    ],
)
def test_a_changed_name_or_another_official_tag_says_nothing_of_poverty(
    tmp_path: Path, code: tuple[str, str], tags: str
) -> None:
    assert holds(analysed(tmp_path, SMALL, codes=[official(code, tags)]), BOS)[1] == "aturan"


def test_the_later_decision_holds_and_one_taken_back_leaves_the_line_to_the_rules(tmp_path: Path) -> None:
    twice = analysed(tmp_path / "a", SMALL, decision(KITS, "tidak-relevan"), decision(KITS, hour=1, strategy="2"))
    back = analysed(tmp_path / "b", SMALL, decision(KITS, "tidak-relevan"), decision(KITS, None, hour=1))

    assert holds(twice, KITS)[:3] == ("ditandai", "keputusan", "2")
    assert holds(back, KITS)[:3] == ("ditandai", "aturan", "1")


def test_a_person_may_put_a_line_off_and_the_page_says_why(tmp_path: Path) -> None:
    analysis = analysed(tmp_path, SMALL, decision(KITS, "ditangguhkan", reason="Menunggu data"))

    assert holds(analysis, KITS) == ("ditangguhkan", "keputusan", None, "decided", None)
    cells = [
        cell for block in tag_blocks(analysis) if isinstance(block, Table) for row in block.rows for cell in row.cells
    ]
    said = [spoken(cell, "id") for cell in cells if isinstance(cell, Sentence)]
    assert "Ditunda dengan keputusan (Sekretariat TKPK, 2026-11-02): Menunggu data" in said


def test_a_decision_for_one_office_leaves_the_others(tmp_path: Path) -> None:
    lines: tuple[Line, ...] = ((EDUCATION, *BOS, 60), (HEALTH, *BOS, 40))
    analysis = analysed(tmp_path, lines, decision(BOS, "tidak-relevan"), decision(BOS, office_code=HEALTH[0]))

    assert [(one["tag"], one["amount_sen"]) for one in told(analysis, BOS)] == [
        ("tidak-relevan", 60_00),
        ("ditandai", 40_00),
    ]


def test_a_decision_of_another_year_or_region_says_nothing(tmp_path: Path) -> None:
    others = (decision(KITS, "tidak-relevan", year=2025), decision(KITS, "tidak-relevan", region="contoh:90.02"))

    assert holds(analysed(tmp_path, SMALL, *others), KITS)[1] == "aturan"


def test_parts_of_a_line_add_up_to_the_sen_and_the_rest_is_not_relevant(tmp_path: Path) -> None:
    parts = (
        decision(BOS, part=1, share=33_33),
        decision(BOS, part=2, share=33_33, strategy="3"),
    )
    analysis = analysed(tmp_path, ((EDUCATION, *BOS, 1),), *parts)  # one rupiah: 100 sen

    # 33.33, 33.33 and 33.34 sen: 33 + 33 + 33, and the one that is left goes to the largest remainder
    assert [(one["tag"], one["strategy"], one["amount_sen"]) for one in told(analysis, BOS)] == [
        ("ditandai", "1", 33),
        ("ditandai", "3", 33),
        ("tidak-relevan", None, 34),
    ]
    figures = BudgetFigures(analysis)
    assert figures.lines(figures.whole).value == 1
    assert (figures.whole.sen, figures.meant.sen) == (100, 66)  # a plan counts what is for the poor


def test_lists_that_disagree_hold_the_line(tmp_path: Path) -> None:
    analysis = analysed(tmp_path, SMALL, entries=[entry(BOS, "1"), entry(BOS, "3")])

    assert holds(analysis, BOS)[:4] == ("ditangguhkan", "daftar", None, "lists-differ")


def test_an_entry_without_a_code_is_found_by_its_name_within_its_programme(tmp_path: Path) -> None:
    name = "Rehabilitasi Perpustakaan"
    lines: tuple[Line, ...] = ((EDUCATION, "1.01.02.2.01.11", name, 5), (HEALTH, "1.02.02.2.01.11", name, 7))
    named = entry((None, "REHABILITASI  perpustakaan"), "3", program_name="Program Pengelolaan Pendidikan")
    analysis = analysed(tmp_path, lines, entries=[named])

    found = analysis.frame.filter(pl.col("origin") == "daftar")["sub_kegiatan_code"].to_list()
    assert found == ["1.01.02.2.01.11"]
    assert analysis.evidence is not None
    assert analysis.evidence.findings == ()


def test_a_name_of_several_codes_means_none_until_a_person_says_which(tmp_path: Path) -> None:
    name = "Rehabilitasi Perpustakaan"
    lines: tuple[Line, ...] = ((EDUCATION, "1.01.02.2.01.11", name, 5), (EDUCATION, "1.01.02.2.02.17", name, 7))
    program = {"program_name": "Pengelolaan Pendidikan"}
    analysis = analysed(
        tmp_path, lines, entries=[entry((None, name), **program), entry((None, "Tidak ada"), **program)]
    )

    assert "daftar" not in analysis.frame["origin"].to_list()
    assert analysis.evidence is not None
    assert [(one.code, one.at) for one in analysis.evidence.findings] == [
        ("tag-list-ambiguous", "Penandaan!K2"),
        ("tag-list-not-in-budget", "Penandaan!K3"),
    ]


def test_the_page_says_how_much_rests_on_whom_and_the_figure_names_the_table(tmp_path: Path) -> None:
    analysis = analysed(tmp_path, SMALL, decision(BOS))

    (summary,) = budget_summary(analysis)
    assert isinstance(summary, Paragraph)
    said = " ".join(spoken(piece, "id") for piece in summary.sentences)
    assert "Keputusan: Rp60 atau 60,00 persen dari yang ditandai." in said  # 60 / (60 + 40)
    assert "Usulan aturan: Rp40 atau 40,00 persen dari yang ditandai." in said
    origins = next(block for block in tag_blocks(analysis) if isinstance(block, Table))
    assert len(origins.rows) == 4 + 1  # the sources that count, and their sum
    figures = BudgetFigures(analysis)
    amount = figures.amount(figures.of_tag(figures.whole, tag="ditandai"))
    assert amount is not None
    tables = [part for part in amount.origin.inputs if part.table.startswith("tag_decision-")]
    assert tables == [Selection(tables[0].table, (("region", (str(CENDANA),)), ("year", (2026,))), "tag")]


def test_the_order_of_sources_starts_with_people_and_never_counts_the_classifier() -> None:
    sources = tag_sources(packaged(), date(2026, 11, 1))

    assert sources.order == ("keputusan", "daftar", "resmi", "aturan")
    assert set(sources.names) == {*sources.order, "klasifikasi"}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"counts": "tidak"}, "tag-sources-order"),
        ({"id": "klasifikasi"}, "tag-sources-order"),
        ({"id": "rapat"}, "rule-value"),
        ({"counts": "kadang"}, "rule-value"),
        ({"catatan": "x"}, "rule-keys"),
    ],
)
def test_an_order_that_puts_a_program_before_people_is_refused(change: dict[str, str], code: str) -> None:
    on = date(2026, 11, 1)
    own = packaged()
    parameter = own.on("penandaan_sumber", on)
    first, *rest = parameter.value
    changed = type(parameter)(**{**parameter.__dict__, "value": [{**first, **change}, *rest]})
    parameters = type(own)({**own.by_name, "penandaan_sumber": (changed,)})

    with pytest.raises(RuleRefused) as caught:
        tag_sources(parameters, on)

    assert caught.value.code == code
