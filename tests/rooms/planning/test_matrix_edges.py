"""Where the matrix could say a little too much: each test holds one line that a careless change would pass."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from nangkis.content.sentences import spoken
from nangkis.content.tree import Empty, Paragraph
from nangkis.diagnosis.diagnose import Diagnosis, Problem, Reason
from nangkis.documents.programmes import matrix, targets
from nangkis.documents.rpkd import Period, PeriodRefused, make_rpkd
from nangkis.example import names as files
from nangkis.indicators.catalogue import indicators
from nangkis.parameters.loader import packaged
from nangkis.planning.ceilings import Ceilings
from nangkis.planning.matrix_exhibits import matrix_blocks
from nangkis.planning.programmes import Tie
from nangkis.planning.scopes import Scope, Tagged
from nangkis.planning.target_exhibits import target_blocks
from nangkis.planning.targets import names, targets_of
from nangkis.regions.register import place
from tests.rooms.planning.imports import REGION, TODAY, take_budget, take_plan
from tests.rooms.planning.matrices import (
    AID,
    DETAILS,
    HOUSING,
    SOCIAL,
    WATER,
    heads,
    made,
    notes,
    plan_row,
    tables_of,
    told,
)
from tests.rooms.planning.test_targets import materials


REHABILITATION = "1.06.04.2.01.0001 Penyediaan Permakanan"
POOR = Problem("POV.P0", (Reason.WORSENING,), place(REGION), 2025)


def test_a_problem_stands_only_with_the_strategies_that_answer_it(tmp_path: Path) -> None:
    own = made(take_budget(tmp_path, f"{SOCIAL};{AID};9", f"{HOUSING};{WATER};5"))
    own = replace(own, ties=replace(own.ties, ties=(Tie(POOR, (Scope(Tagged.STRATEGY, "1"),), ()),)))
    problems, *_ = tables_of(matrix_blocks(own))

    assert [(told(row.cells[4]), told(row.cells[0])) for row in problems.rows if not row.emphasis] == [
        ("1", "Persentase penduduk miskin"),
        ("3", "belum ada masalah terukur yang dijawab strategi ini secara keseluruhan"),
    ]


def test_a_programme_without_money_is_not_proposed_beside_those_of_its_strategy(tmp_path: Path) -> None:
    problems, *_ = tables_of(
        matrix_blocks(made(take_budget(tmp_path, f"{SOCIAL};{AID};9", f"{SOCIAL};{REHABILITATION};0")))
    )

    assert [told(row.cells[5])[:7] for row in problems.rows if not row.emphasis] == ["1.06.05"]


def test_where_no_rule_says_who_is_reached_it_is_told(tmp_path: Path) -> None:
    own = made(take_budget(tmp_path, f"{SOCIAL};{AID};9"))
    (one,) = own.programmes
    unknown = replace(one, lines=one.lines.with_columns(directness=pl.lit(None, pl.String)))
    *_, reach = tables_of(matrix_blocks(replace(own, programmes=(unknown,))))

    assert told(reach.rows[0].cells[1]) == "aturan penandaan tidak menyebut siapa yang dijangkau"


@pytest.mark.parametrize(
    ("lines", "is_told"),
    [
        ((AID,), False),
        ((AID.replace(".0006", ".06"),), True),
        ((AID, AID.replace(".02.0006", ".01.06")), True),  # one of the old among new ones
    ],
)
def test_codes_of_the_old_nomenclature_are_told_where_any_are(
    tmp_path: Path, lines: tuple[str, ...], *, is_told: bool
) -> None:
    *_, money, _ = tables_of(matrix_blocks(made(take_budget(tmp_path, *(f"{SOCIAL};{line};9" for line in lines)))))

    assert ("matrix.note.old-codes" in notes(money)) is is_told


def test_a_year_of_a_budget_outside_the_plan_stands_apart_and_has_no_ceiling(tmp_path: Path) -> None:
    take_plan(tmp_path, plan_row(SOCIAL), first_year=2019)
    *_, money, _ = tables_of(matrix_blocks(made(take_budget(tmp_path, f"{SOCIAL};{AID};9"))))

    assert spoken(money.title, "id").endswith(", 2019–2023, 2026")
    assert told(money.rows[0].cells[-2]) == "9"
    assert told(money.rows[0].cells[-1]) == "di luar tahun RPJMD"


def test_without_an_rpjmd_the_years_asked_for_stand_blank_with_their_reason(tmp_path: Path) -> None:
    take_budget(tmp_path, f"{SOCIAL};{AID};9")
    own = made(take_budget(tmp_path, f"{SOCIAL};{AID};8", year=2027), years=tuple(range(2025, 2030)))
    _, money, _ = tables_of(matrix_blocks(own))

    assert heads(money)[4:] == [f"Pagu {year} (Rp)" for year in range(2025, 2030)]
    assert [told(cell) for cell in money.rows[0].cells[4:]] == ["matriks program RPJMD belum diunggah"] * 5
    assert [told(cell) for cell in money.rows[1].cells[4:]] == [
        "anggaran tahun itu belum diunggah", "9", "8", *["tahun ini direncanakan pada tingkat program"] * 2
    ]  # fmt: skip


def test_the_years_asked_for_stand_before_those_of_another_rpjmd(tmp_path: Path) -> None:
    take_plan(tmp_path, plan_row(SOCIAL), first_year=2024)
    _, aims, money, _ = tables_of(
        matrix_blocks(made(take_budget(tmp_path, f"{SOCIAL};{AID};9"), years=tuple(range(2025, 2030))))
    )

    assert heads(money)[4:] == [f"Pagu {year} (Rp)" for year in range(2025, 2030)]
    assert [told(cell) for cell in money.rows[0].cells[4:]] == [*"9999", "di luar tahun RPJMD"]
    assert heads(aims)[5:] == [str(year) for year in range(2025, 2030)]
    assert [told(cell) for cell in aims.rows[0].cells[5:]] == [*"8889", "di luar tahun RPJMD"]


@pytest.mark.parametrize(("last", "fits"), [(2030, True), (2031, False)])
def test_a_period_of_more_years_than_a_plan_has_is_refused(tmp_path: Path, last: int, *, fits: bool) -> None:
    snapshot = take_budget(tmp_path, f"{SOCIAL};{AID};9").lake.snapshot()

    def make() -> None:
        make_rpkd(snapshot, REGION, period=Period(2025, last), year=None, stage=None, parameters=packaged(), on=TODAY)

    if fits:
        make()
    else:
        with pytest.raises(PeriodRefused) as refused:
            make()
        assert refused.value.values == {"text": "2025-2031", "most": "6"}


def test_an_office_that_proposes_nothing_is_left_out_of_the_indicators(tmp_path: Path) -> None:
    take_plan(tmp_path, plan_row(SOCIAL), plan_row(HOUSING, name="Rumah data"), plan_row(HOUSING, "1.03.03", "Air"))
    lines = (f"{SOCIAL};{AID};9", f"9.99.0.00.0.00.01.0000 Dinas Baru;{WATER};5")
    _, aims, _, _ = tables_of(matrix_blocks(made(take_budget(tmp_path, *lines))))

    # Of 1.03.03 no office can be tied to the budget: whose indicators these are is not known yet.
    assert [tuple(told(cell) for cell in row.cells[:3]) for row in aims.rows] == [
        ("1.03.03", "Dinas Perumahan", "Air"),
        ("1.06.05", "Dinas Sosial", "Keluarga data"),
    ]
    assert notes(aims)[:2] == ["five.note.offices", "five.note.loose"]
    assert "program 1.03.03 tercantum" in spoken(aims.notes[1], "id")


def test_where_no_office_is_left_out_none_is_said_to_be(tmp_path: Path) -> None:
    take_plan(tmp_path, plan_row(SOCIAL))
    _, aims, _, _ = tables_of(matrix_blocks(made(take_budget(tmp_path, f"{SOCIAL};{AID};9"))))

    assert notes(aims) == ["five.note.start"]


def test_several_outputs_keep_the_order_of_their_units_and_targets(tmp_path: Path) -> None:
    line = f"{SOCIAL};{AID};9;Keluarga dibantu; Pendamping;30 KK; 5;"
    quoted = line.replace("Keluarga dibantu; Pendamping", '"Keluarga dibantu; Pendamping"').replace(
        "30 KK; 5", '"30 KK; 5"'
    )
    _, money, _ = tables_of(matrix_blocks(made(take_budget(tmp_path, quoted, header=DETAILS))))

    assert heads(money)[2:5] == ["Keluaran", "Satuan", "Target 2026"]
    assert [told(cell) for cell in money.rows[1].cells[2:5]] == ["Keluarga dibantu; Pendamping", "KK; –", "30; 5"]


def test_one_unit_of_several_outputs_is_told_once(tmp_path: Path) -> None:
    line = f'{SOCIAL};{AID};9;"Rasio kelas; Rasio guru";"75 %; 50 %";'
    _, money, _ = tables_of(matrix_blocks(made(take_budget(tmp_path, line, header=DETAILS))))

    assert [told(cell) for cell in money.rows[1].cells[3:5]] == ["%", "75; 50"]


def test_targets_that_cannot_be_told_apart_stand_as_the_file_has_them(tmp_path: Path) -> None:
    line = f'{SOCIAL};{AID};9;"Kelas; Guru";2-3 unit;'
    _, money, _ = tables_of(matrix_blocks(made(take_budget(tmp_path, line, header=DETAILS))))

    assert [told(cell) for cell in money.rows[1].cells[2:5]] == [
        "Kelas; Guru", "berkas anggaran tidak menyebut satuannya sendiri", "2-3 unit",
    ]  # fmt: skip


def test_each_source_of_the_problems_and_of_the_plan_is_named_once(tmp_path: Path) -> None:
    found = materials(tmp_path, files.WIDE, files.RPJMD, files.PAGU_KABUPATEN)
    again = replace(found.diagnosis, problems=found.diagnosis.problems * 2)
    aims = tables_of(matrix(replace(found, diagnosis=again)))[1]

    told_of = [spoken(source, "id") for source in aims.sources]
    assert told_of == ["data rekaan", f"{files.RPJMD}, lembar Program", f"berkas {files.WIDE}"]


def with_two(found: Diagnosis) -> Diagnosis:
    """The diagnosis with a second problem: the depth of poverty, standing where the share of the poor does."""
    (stand,) = found.positions
    deep = replace(stand, indicator=indicators()["POV.P1"])
    problems = (*found.problems, replace(found.problems[0], indicator="POV.P1"))
    return replace(found, positions=(stand, deep), problems=problems)


def test_the_nations_target_for_one_indicator_is_not_that_of_another(tmp_path: Path) -> None:
    found = materials(tmp_path, files.WIDE, files.RPJMD)
    (table,) = tables_of(target_blocks(with_two(found.diagnosis), found.ceilings, found.plan_years))

    none = "tidak ada target nasional yang tercatat"
    assert [tuple(map(told, row.cells[4:6])) for row in table.rows] == [("5", "2029"), (none, none)]


def test_a_plan_with_the_target_of_one_problem_is_not_said_to_have_none(tmp_path: Path) -> None:
    found = materials(tmp_path, files.WIDE, files.RPJMD)
    plan = found.ceilings
    assert plan is not None
    without = replace(plan, rows=plan.rows.filter(pl.col("indicator") != "Persentase penduduk miskin"))
    two = with_two(found.diagnosis)

    assert [is_lacking(two, one) for one in (plan, without)] == [False, True]


def is_lacking(found: Diagnosis, plan: Ceilings) -> bool:
    return any(isinstance(block, Empty) for block in target_blocks(found, plan, plan.years))


def test_without_an_rpjmd_the_targets_of_the_years_asked_for_stand_blank(tmp_path: Path) -> None:
    found = replace(materials(tmp_path, files.WIDE, files.PAGU_KABUPATEN), plan_years=(2025, 2026))
    (table,) = tables_of(targets(found))
    blocks = matrix(found)
    aims = tables_of(blocks)[1]

    assert heads(table)[6:] == heads(aims)[5:] == ["2025", "2026"]
    assert [told(cell) for cell in table.rows[0].cells[6:]] == ["matriks program RPJMD belum diunggah"] * 2
    assert spoken(aims.title, "id").endswith(": indikator dan target, 2025–2026")
    intro = next(block for block in blocks if isinstance(block, Paragraph))
    assert "empat tabel" in spoken(intro.sentences[0], "id")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Persentase Penduduk Miskin (P0)", "POV.P0"),
        ("Persentase penduduk miskin (%)", "POV.P0"),
        ("Tingkat Kemiskinan (Maret 2025, Susenas)", "POV.P0"),
        ("Penduduk miskin (%)", "POV.P0"),
        ("Penduduk miskin (ribu jiwa)", "POV.N"),
        ("Persentase penduduk miskin (usia lanjut)", None),  # a group of people in brackets is another measure
        ("Tingkat Kemiskinan (ekstrem)", "POV.EX"),
        ("Jumlah penduduk miskin (persen)", None),
        ("Penduduk miskin", None),
    ],
)
def test_brackets_are_read_as_what_they_say(text: str, code: str | None) -> None:
    assert [one.code for one in indicators().values() if names(one, text)] == ([code] if code else [])


def test_a_plan_that_names_another_measure_in_brackets_promises_nothing(tmp_path: Path) -> None:
    found = materials(tmp_path, files.WIDE, files.RPJMD)
    plan = found.ceilings
    assert plan is not None
    other = plan.rows.with_columns(
        pl.col("indicator").str.replace("^Persentase penduduk miskin$", "Persentase penduduk miskin (lansia)")
    )

    assert targets_of(plan, indicators()["POV.P0"]) is not None
    assert targets_of(replace(plan, rows=other), indicators()["POV.P0"]) is None


@pytest.mark.parametrize(("years", "is_asked"), [((), True), ((2025, 2026), False)])
def test_the_period_is_asked_for_only_where_no_year_of_the_plan_is_known(
    tmp_path: Path, years: tuple[int, ...], *, is_asked: bool
) -> None:
    blocks = matrix_blocks(made(take_budget(tmp_path, f"{SOCIAL};{AID};9"), years=years))
    (empty,) = (block for block in blocks if isinstance(block, Empty))
    *_, money, _ = tables_of(blocks)

    assert ("sebutkan periode rencana" in spoken(empty.do, "id")) is is_asked
    # Without an RPJMD no table before holds indicators of programmes.
    assert told(money.rows[0].cells[2]) == "keluaran tercantum pada baris sub kegiatan"
