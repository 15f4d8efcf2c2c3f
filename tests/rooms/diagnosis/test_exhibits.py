from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from nangkis.content.charts import Series, SortedBars
from nangkis.content.sentences import sentence
from nangkis.content.tree import (
    Document,
    Empty,
    Heading,
    Marked,
    Missing,
    Paragraph,
    Picture,
    Table,
    figures_of_block,
    figures_of_document,
)
from nangkis.diagnosis.diagnose import diagnose
from nangkis.diagnosis.exhibits import diagnosis_blocks, diagnosis_summary, problem_sentence
from nangkis.diagnosis.wording import gap_sentences
from nangkis.lake.store import Lake
from nangkis.parameters.dated import Parameters
from nangkis.parameters.loader import packaged
from nangkis.vocabulary.codes import Region
from nangkis.vocabulary.figures import Figure, Label
from tests.rooms.diagnosis.worlds import ON, diagnosed, diagnosed_rows, drawn, position_of, said
from tests.rooms.indicators.lakes import accept


WORLD = """
      | POV.P0 2016 | POV.P0 2017 | POV.P0 2018 | POV.N 2018 | POV.GK 2016 | POV.GK 2017 | POV.GK 2018
90.01 | 24.00       | 20.00       | 14.34       | 13.65      | 380000      | 390000      | 402292
90.02 | 9.00        | 9.10        | 9.12        | 30.00      | 390000      | 400000      | 410000
90.03 | 18.00       | 18.10       | 18.27       | 25.00      | 370000      | 380000      | 390000
90.04 | 15.00       | dash        | dash        | 25.00      | 370000      | 380000      | 390000
90    | 14.50       | 14.20       | 14.01       | 400.00     | 400000      | 405000      | 413785
00    | 10.00       | 10.00       | implausible |            |             |             |
"""


def test_each_indicator_says_the_answer_then_shows_the_picture_then_the_table(tmp_path: Path) -> None:
    blocks = diagnosis_blocks(diagnosed(tmp_path, WORLD))

    kinds = [type(block).__name__ for block in blocks if not isinstance(block, Heading)]
    assert kinds[:6] == ["Paragraph", "Picture", "Table"] * 2
    headings = [block for block in blocks if isinstance(block, Heading)]
    assert [said(heading.title) for heading in headings] == [
        "Persentase penduduk miskin",
        "Jumlah penduduk miskin",
        "Garis kemiskinan",
    ]
    assert {heading.level for heading in headings} == {3}


def test_the_class_comes_first_and_the_rank_with_its_range_after(tmp_path: Path) -> None:
    paragraphs = [block for block in diagnosis_blocks(diagnosed(tmp_path, WORLD)) if isinstance(block, Paragraph)]

    assert [said(one) for one in paragraphs[0].sentences] == [
        (
            "Persentase penduduk miskin Kabupaten Contoh Barat pada Maret 2018 sebesar 14,34 persen, "
            "belum berbeda nyata dari rata-rata provinsi (peringkat 2, mungkin 1–3 dari 3; 1 = terbaik)."
        ),
        "Angka itu 0,33 persen poin di atas Provinsi Nusa Contoh (14,01 persen); belum berbeda nyata.",
        (
            "Belum dibandingkan dengan Negara Contoh: sel untuk Negara Contoh tahun 2018 memuat angka di luar rentang "
            "yang mungkin."
        ),
    ]
    assert said(paragraphs[1].sentences[0]) == (
        "Persentase penduduk miskin Kabupaten Contoh Barat turun 9,66 persen poin, dari 24,00 persen (Maret 2016) "
        "menjadi 14,34 persen (Maret 2018): membaik."
    )


def test_the_chart_has_the_region_itself_its_interval_and_the_lines_of_comparison(tmp_path: Path) -> None:
    pictures = [block for block in diagnosis_blocks(diagnosed(tmp_path, WORLD)) if isinstance(block, Picture)]

    bars, lines = pictures[0].chart, pictures[1].chart
    assert isinstance(bars, SortedBars)
    assert isinstance(lines, Series)
    assert [bar.label.text for bar in bars.bars if bar.is_subject] == ["Kabupaten Contoh Barat"]
    assert all(bar.error is not None for bar in bars.bars)
    assert [line.role for line in bars.lines] == ["province"]  # the nation's value is missing in 2018
    assert [line.role for line in lines.lines] == ["subject", "province", "nation"]
    assert [point.figure is None for point in lines.lines[2].points] == [False, False, True]


def test_a_region_without_a_value_stands_in_the_table_with_its_reason(tmp_path: Path) -> None:
    table = next(block for block in diagnosis_blocks(diagnosed(tmp_path, WORLD)) if isinstance(block, Table))

    row = next(row for row in table.rows if row.cells[0] == Label("Kabupaten Contoh Selatan"))
    assert isinstance(row.cells[1], Missing)
    assert said(row.cells[1].reason) == "sumbernya menyatakan tidak ada angka daerah itu tahun 2018"
    marked = {row.cells[0].text: row.cells[3] for row in table.rows if isinstance(row.cells[0], Label)}
    assert isinstance(marked["Kabupaten Contoh Timur"], Marked)
    assert [said(source) for source in table.sources] == ["data rekaan", "berkas Persentase Penduduk Miskin.csv"]


def test_every_column_has_a_cell_and_widths_fill_the_table(tmp_path: Path) -> None:
    for block in diagnosis_blocks(diagnosed(tmp_path, WORLD)):
        if isinstance(block, Table):
            assert {len(row.cells) for row in block.rows} == {len(block.columns)}
            assert abs(sum(column.width for column in block.columns) - 1) < 1e-9


def test_figures_have_one_meaning_each_and_name_their_cells(tmp_path: Path) -> None:
    found = diagnosed(tmp_path, WORLD)
    title = sentence("diagnosis.empty.do", place=Label("x"))

    figures = figures_of_document(Document(title, title, (*diagnosis_summary(found), *diagnosis_blocks(found))))

    assert len(figures) > 30
    known = set(found.tables)
    for figure in figures.values():
        assert {cell.table for cell in figure.origin.inputs} <= known
    by_key = {figure.key: figure for figure in figures.values()}
    gap = by_key["position/POV.P0/2018/contoh-2026:90.01/gap/contoh-2026:90"]
    (cells,) = gap.origin.inputs
    assert dict(cells.where)["region"] == ("contoh-2026:90", "contoh-2026:90.01")
    worst = by_key["position/POV.P0/2018/contoh-2026:90.01/rank-worst"]
    assert {use.name for use in worst.origin.parameters} >= {"sampling_design_effect", "diagnosis_confidence_level"}


@pytest.mark.parametrize(("level", "printed"), [("0.95", "95"), ("0.975", "97,5")])
def test_the_level_of_a_test_is_a_figure_of_the_rule_that_sets_it(tmp_path: Path, level: str, printed: str) -> None:
    rule = replace(packaged().on("diagnosis_confidence_level", ON), value=level)
    ours = packaged().with_overrides(Parameters({"diagnosis_confidence_level": (rule,)}))
    tables = [
        block for block in diagnosis_blocks(diagnosed(tmp_path, WORLD, parameters=ours)) if isinstance(block, Table)
    ]

    notes = [note for table in tables for note in table.notes if "level" in note.values]

    assert {note.code for note in notes} == {"position.note.margin", "position.note.test", "trend.note.test"}
    for note in notes:
        told = note.values["level"]
        assert isinstance(told, Figure)
        assert (told.origin.inputs, told.origin.parameters) == ((), (rule.use,))
        assert f"tingkat kepercayaan {printed} persen" in said(note) or f"selang kepercayaan {printed} persen" in said(
            note
        )


def test_how_many_are_needed_is_a_figure_of_the_rule_that_sets_it(tmp_path: Path) -> None:
    found = diagnosed(tmp_path, "| POV.P0 2018\n90.01 | 10.00")
    paragraphs = [block for block in diagnosis_blocks(found) if isinstance(block, Paragraph)]
    needed = {figure.key: figure for block in paragraphs for figure in figures_of_block(block)}
    told = [said(one) for block in paragraphs for one in block.sentences]

    assert "Peringkat tidak disusun: kurang dari 3 daerah punya angka." in told
    for key in ("fewest/regions-for-rank", "fewest/years-for-trend"):
        assert [use.name for use in needed[key].origin.parameters] == ["diagnosis_fewest"]


def test_the_same_rows_in_another_order_make_the_same_document(tmp_path: Path) -> None:
    rows = drawn(WORLD)
    mixed = random.Random(7).sample(rows, len(rows))  # noqa: S311 - an order, not a secret

    def text(name: str, rows: list[tuple[str, str, int, float | str | None]]) -> list[str]:
        found = diagnosed_rows(tmp_path / name, rows, "contoh:90.01")
        blocks = diagnosis_blocks(found)
        return [said(one) for block in blocks if isinstance(block, Paragraph) for one in block.sentences]

    assert text("a", rows) == text("b", mixed)


def test_the_summary_says_what_stands_out_in_one_paragraph(tmp_path: Path) -> None:
    (paragraph,) = diagnosis_summary(diagnosed(tmp_path, WORLD))

    assert isinstance(paragraph, Paragraph)
    assert [one.code for one in paragraph.sentences] == [
        "position.lead.ranked",
        "trend.lead.fell",
        "diagnosis.old",
        "position.lead.alone",
    ]


def test_no_rank_stands_before_the_class_or_the_reason_why_there_is_none(tmp_path: Path) -> None:
    without_province = WORLD.replace("| 14.01       |", "|             |").replace("14.50", "").replace("14.20", "")
    found = diagnosed(tmp_path, without_province)
    (summary,) = diagnosis_summary(found)
    paragraph = next(block for block in diagnosis_blocks(found) if isinstance(block, Paragraph))
    assert isinstance(summary, Paragraph)

    told = [said(one) for one in summary.sentences]
    assert told[:2] == [
        "Persentase penduduk miskin Kabupaten Contoh Barat pada Maret 2018 sebesar 14,34 persen.",
        (
            "Belum dibandingkan dengan Provinsi Nusa Contoh: belum ada tabel yang memuat angka Provinsi Nusa Contoh "
            "tahun 2018."
        ),
    ]
    assert not [one for one in told if "peringkat" in one]
    detailed = [said(one) for one in paragraph.sentences]
    assert detailed[:2] == told[:2]
    assert detailed[-1] == ("Di antara daerah di Provinsi Nusa Contoh: peringkat 2, mungkin 1–3 dari 3; 1 = terbaik.")


def test_the_order_of_a_number_of_people_follows_its_part_of_the_whole(tmp_path: Path) -> None:
    stand = position_of(found := diagnosed(tmp_path, WORLD), "POV.N")

    assert round(100 * 13.65 / 400, 1) == 3.4
    assert [said(one) for one in gap_sentences(stand, found.rules)] == [
        "Jumlah itu setara 3,4 persen dari jumlah penduduk miskin Provinsi Nusa Contoh.",
        "Di antara daerah di Provinsi Nusa Contoh: peringkat 1, mungkin 1–2 dari 4; 1 = paling sedikit.",
    ]


def test_an_empty_lake_says_what_would_fill_it(tmp_path: Path) -> None:
    found = diagnosed(tmp_path, "| POV.P0 2018\n90.02 | 10.00")

    (empty,) = diagnosis_blocks(found)
    assert isinstance(empty, Empty)
    assert diagnosis_summary(found) == (empty,)
    assert found.problems == ()


def test_an_indicator_without_data_is_named_with_the_reason(tmp_path: Path) -> None:
    last = diagnosis_blocks(diagnosed(tmp_path, "| POV.P0 2018\n90.01 | 10.00"))[-1]

    assert isinstance(last, Paragraph)
    assert [said(one) for one in last.sentences] == [
        "Belum ada tabel yang memuat angka Kabupaten Contoh Barat untuk: jumlah penduduk miskin, garis kemiskinan.",
    ]


def test_a_problem_says_why_it_is_one(tmp_path: Path) -> None:
    table = """
          | POV.P0 2016 | POV.P0 2017 | POV.P0 2018
    90.01 | 20.00       | 30.00       | 40.00
    90    | 10.00       | 10.00       | 10.00
    00    | 9.00        | 9.00        | 9.00
    """
    (problem,) = diagnosed(tmp_path, table).problems

    assert problem.indicator == "POV.P0"
    assert said(problem_sentence(problem)) == (
        "Persentase penduduk miskin Kabupaten Contoh Barat (2018, angka lama): lebih buruk dari rata-rata provinsi, "
        "lebih buruk dari rata-rata nasional, memburuk, dan masih di atas sasaran nasional 5 persen tahun 2029."
    )


def test_the_implied_population_is_the_poor_over_their_share(tmp_path: Path) -> None:
    implied = diagnosed(tmp_path, WORLD).implied_population

    assert implied is not None
    assert implied.year == 2018
    assert abs(float(implied.figure.value) - 13.65 / 0.1434) < 1e-9


def test_a_province_is_compared_with_the_nation_and_ranked_among_provinces(tmp_path: Path) -> None:
    table = "| POV.P0 2016 | POV.P0 2017 | POV.P0 2018\n90 | 20.00 | 15.00 | 10.00\n00 | 20.00 | 15.00 | 10.00"
    found = diagnosed(tmp_path, table, "90")

    lead = next(block for block in diagnosis_blocks(found) if isinstance(block, Paragraph))
    assert said(lead.sentences[0]) == (
        "Persentase penduduk miskin Provinsi Nusa Contoh pada Maret 2018 sebesar 10,00 persen, "
        "belum berbeda nyata dari rata-rata nasional."
    )
    nation = diagnosed(tmp_path / "nation", table, "00")
    assert position_of(nation).peers == ()
    assert all(not isinstance(value, Figure) or value.origin.inputs for value in lead.sentences[0].values.values())


def test_a_contradicted_value_says_below_the_table_which_file_counts(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    accept(lake, drawn("| POV.P0 2018\n90.01 | 14.34\n90.02 | 9.12"), title="Terbit", layout="bps_table")
    accept(lake, drawn("| POV.P0 2018\n90.02 | 9.21"), title="Riset", layout="indicator_wide")
    found = diagnose(lake.snapshot(), Region.parse("contoh:90.01"), parameters=packaged(), on=ON)

    table = next(block for block in diagnosis_blocks(found) if isinstance(block, Table))

    assert said(table.notes[-1]) == (
        "Angka Kabupaten Contoh Timur tahun 2018 diambil dari berkas Terbit.csv; berkas Riset.csv memuat angka yang "
        "berbeda melebihi pembulatan."
    )
    assert [finding.code for finding in found.findings] == ["indicator-sources-differ"]
