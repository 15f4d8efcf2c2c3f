"""The RPKD's outline decides what stands in it, and what is empty says why."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from nangkis.content.catalogue import LANGUAGES, Language
from nangkis.content.sentences import Sentence, sentence, spoken
from nangkis.content.tree import Bullets, Document, Empty, Heading, Paragraph, Picture, Table, figures_of_document
from nangkis.documents.annex import rules_used
from nangkis.documents.blocks import BLOCKS, OF_THE_WHOLE
from nangkis.documents.materials import gather
from nangkis.documents.outline import OutlineRefused, read_outline
from nangkis.documents.rpkd import Period, PeriodRefused, make_rpkd
from nangkis.lake.store import Lake
from nangkis.parameters import loader
from nangkis.parameters.dated import Parameters
from nangkis.vocabulary.codes import Region
from nangkis.vocabulary.figures import Figure, Label, Method, Origin
from nangkis.vocabulary.units import Unit


TODAY = date(2026, 11, 24)
OUTLINE = """
title: {id: Garis besar, en: Outline}
unit: outline
values:
  2020-01-01:
    value:
      - number: {id: Bab I, en: Chapter I}
        title: {id: Pendahuluan, en: Introduction}
        sections:
          - {number: "1.1", title: {id: Wilayah, en: Area}, blocks: [administration]}
          - {number: "1.2", title: {id: Cara, en: Methods}, blocks: [methods_used, rules_used]}
    source: {title: Ketetapan daerah, place: lampiran, url: ~, published: ~, kept_copy: ~}
    confidence: chosen
    verified: ~
"""


def rpkd(tmp_path: Path, region: str, *, parameters: Parameters | None = None) -> Document:
    return make_rpkd(
        Lake(tmp_path).snapshot(),
        Region.parse(region),
        year=None,
        stage=None,
        parameters=parameters or loader.packaged(),
        on=TODAY,
    )


def own(tmp_path: Path, text: str) -> Parameters:
    folder = tmp_path / "parameters"
    folder.mkdir()
    (folder / "garis_besar_rpkd.yaml").write_text(text, encoding="utf-8")
    return loader.packaged().with_overrides(loader.from_folder(folder))


def empty(document: Document) -> set[str]:
    """Why parts are empty, by the codes of their sentences."""
    return {block.why.code for block in document.blocks if isinstance(block, Empty)}


def test_all_chapters_of_the_outline_stand_in_their_order(tmp_path: Path) -> None:
    chapters = [
        block for block in rpkd(tmp_path, "kemendagri:72.06").blocks if isinstance(block, Heading) and block.level == 1
    ]

    assert [chapter.number.text for chapter in chapters if chapter.number] == [
        "Bab I", "Bab II", "Bab III", "Bab IV", "Bab V", "Bab VI", "Lampiran A", "Lampiran B",
    ]  # fmt: skip


def test_without_data_each_part_says_why_it_is_empty_and_what_would_fill_it(tmp_path: Path) -> None:
    document = rpkd(tmp_path, "kemendagri:72.06")

    assert {
        "rpkd.population.empty.why", "dimension.empty.why", "rpkd.budget.empty.why", "rpkd.monitoring.empty.why",
        "planning.locations.empty.why",
    } <= empty(document)  # fmt: skip


def test_a_section_is_never_a_bare_heading(tmp_path: Path) -> None:
    blocks = rpkd(tmp_path, "kemendagri:72.06").blocks

    for block, following in zip(blocks, [*blocks[1:], None], strict=True):
        if isinstance(block, Heading) and block.level == 2:
            assert isinstance(following, Paragraph | Empty | Table | Bullets | Picture | Heading), block.title
            assert not isinstance(following, Heading) or following.level > 2, block.title


def test_a_province_counts_the_districts_of_all_its_regencies(tmp_path: Path) -> None:
    document = rpkd(tmp_path, "kemendagri:72")
    counts = {figure.key: figure.value for figure in figures_of_document(document).values()}

    assert counts["register/districts/kemendagri-2025:72"] > 100
    assert counts["register/villages/kemendagri-2025:72"] > counts["register/districts/kemendagri-2025:72"]


def said_of(tmp_path: Path, region: str, code: str) -> str:
    """Return the sentence of this code, as the plan of a region has it."""
    sentences = (
        one for block in rpkd(tmp_path, region).blocks if isinstance(block, Paragraph) for one in block.sentences
    )
    return next(spoken(one, "id") for one in sentences if one.code == code)


@pytest.mark.parametrize(
    ("region", "language", "wanted"),
    [
        ("kemendagri:72", "id", "Provinsi Sulawesi Tengah (periode rencana belum disebut)"),
        ("kemendagri:72", "en", "Province of Sulawesi Tengah (plan period not given)"),
        ("kemendagri:72.06", "id", "Kabupaten Morowali, Provinsi Sulawesi Tengah (periode rencana belum disebut)"),
        ("kemendagri:72.06", "en", "Kabupaten Morowali, Province of Sulawesi Tengah (plan period not given)"),
        ("kemendagri:11", "id", "Aceh (periode rencana belum disebut)"),
    ],
)
def test_the_cover_calls_a_province_a_province(tmp_path: Path, region: str, language: Language, wanted: str) -> None:
    assert spoken(rpkd(tmp_path, region).subtitle, language) == wanted


def test_the_places_of_a_province_begin_with_its_regencies_and_name_the_list(tmp_path: Path) -> None:
    told = said_of(tmp_path, "kemendagri:72", "rpkd.administration.province")

    assert told.startswith("Provinsi Sulawesi Tengah terdiri atas 13 kabupaten dan kota, ")
    assert "menurut Keputusan Menteri Dalam Negeri Nomor" in told
    assert "kabupaten dan kota" not in said_of(tmp_path, "kemendagri:72.06", "rpkd.administration.counts")


@pytest.mark.parametrize(
    ("rule", "shown"),
    [
        ("diagnosis_confidence_level", ["0,95", "0.95"]),
        ("sampling_households_nation", ["345.000", "345,000"]),
        ("sampling_design_effect", ["2", "2"]),
        ("belanja_penunjang", ["01", "01"]),  # a code: no number
        ("lokasi_prioritas", ["daftar", "list"]),
    ],
)
def test_the_value_of_a_rule_has_the_marks_of_the_language_and_a_code_stays(
    tmp_path: Path, rule: str, shown: list[str]
) -> None:
    parameters, region = loader.packaged(), Region.parse("kemendagri:72.06")
    materials = gather(Lake(tmp_path).snapshot(), region, year=None, stage=None, parameters=parameters, on=TODAY)
    figure = Figure("x", 1, Unit.COUNT, 0, Origin(Method("x", 1), (), (parameters.on(rule, TODAY).use,)))
    used = rules_used(materials, [Paragraph((sentence("rpkd.population.implied", year=Label("2025"), people=figure),))])

    (table,) = (block for block in used if isinstance(block, Table))
    (row,) = table.rows
    assert [spoken(row.cells[1], language) for language in LANGUAGES] == shown  # type: ignore[arg-type]


@pytest.mark.parametrize(("region", "is_marked"), [("kemendagri:72.06", False), ("contoh:90.05", True)])
def test_only_a_fictional_region_is_marked_fictional(tmp_path: Path, region: str, *, is_marked: bool) -> None:
    marking = {piece.code for piece in rpkd(tmp_path, region).marking}

    assert ("rpkd.marking.fictional" in marking) == is_marked
    assert "rpkd.marking.draft" in marking


def test_a_regions_own_outline_is_followed_and_lists_only_what_it_prints(tmp_path: Path) -> None:
    document = rpkd(tmp_path, "kemendagri:72.06", parameters=own(tmp_path, OUTLINE))

    methods = next(block for block in document.blocks if isinstance(block, Table) and "methods" in block.title.code)
    assert [row.cells[1] for row in methods.rows] == [Label("regions-in-register@1")]
    assert [block.title for block in document.blocks if isinstance(block, Heading)] == [
        Label("Pendahuluan", "Introduction"), Label("Wilayah", "Area"), Label("Cara", "Methods"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (OUTLINE.replace("[administration]", "[administrasi]"), "outline-block-unknown"),
        (OUTLINE.replace("        title: {id: Pendahuluan, en: Introduction}\n", ""), "outline-key-missing"),
        (OUTLINE.replace("{id: Wilayah, en: Area}", "{id: Wilayah}"), "outline-key-missing"),
    ],
)
def test_a_broken_outline_is_refused(tmp_path: Path, wrong: str, code: str) -> None:
    parameters = own(tmp_path, wrong)

    with pytest.raises(OutlineRefused) as refused:
        read_outline(parameters.on("garis_besar_rpkd", TODAY), known_blocks={*BLOCKS, *OF_THE_WHOLE})

    assert refused.value.code == code


def test_the_region_without_a_budget_of_its_own_is_told_so(tmp_path: Path) -> None:
    blocks = [block for block in rpkd(tmp_path, "kemendagri:31.71").blocks if isinstance(block, Empty)]
    why = next(block.why for block in blocks if block.why.code == "rpkd.budget.empty.why")

    assert isinstance(why.values["why"], Sentence)
    assert why.values["why"].code == "rpkd.budget.empty.administrative"
    do = next(block.do for block in blocks if block.why is why)
    assert "melalui RKPD dan APBD provinsi" in spoken(do, "id")  # there is no file of its own to upload


def test_a_period_is_two_years_in_order() -> None:
    assert Period.parse(" 2025-2029 ") == Period(2025, 2029)
    for wrong in ("2029-2025", "2025", "2025–2029", "lima tahun", ""):
        with pytest.raises(PeriodRefused):
            Period.parse(wrong)


@pytest.mark.parametrize("day", [date(2021, 6, 1), date(2024, 1, 1), date(2025, 3, 1)])
def test_a_plan_of_an_old_day_says_which_rules_were_not_there_yet(tmp_path: Path, day: date) -> None:
    document = make_rpkd(
        Lake(tmp_path).snapshot(), Region.parse("kemendagri:72.06"), year=None, stage=None,
        parameters=loader.packaged(), on=day,
    )  # fmt: skip

    assert "rpkd.reporting.empty.why" in empty(document)


def test_a_plan_without_indicators_lists_none_to_watch_and_does_not_blame_the_rpjmd(tmp_path: Path) -> None:
    assert "rpkd.monitoring.empty.why" in empty(rpkd(tmp_path, "kemendagri:72"))


@pytest.mark.parametrize("rule", ["lokasi_prioritas", "penandaan_aturan", "masalah_strategi", "belanja_penunjang"])
def test_the_source_of_a_rule_that_a_plan_prints_is_told_in_indonesian(rule: str) -> None:
    for one in loader.packaged().by_name[rule]:
        assert not re.search(r"\b(our|the|of|and|chosen|seen)\b", f"{one.source.title} {one.source.place}".casefold())
