"""To whom a region reports, and what the annex tells of the rules: by kind of region, and in the reader's language."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from nangkis.content.catalogue import Language
from nangkis.content.sentences import sentence, spoken
from nangkis.content.tree import Document, Paragraph, Table
from nangkis.documents.annex import rules_used
from nangkis.documents.materials import gather
from nangkis.lake.store import Lake
from nangkis.parameters import loader
from nangkis.parameters.dated import Parameters
from nangkis.vocabulary.codes import Region
from nangkis.vocabulary.figures import Figure, Label, Method, Origin
from nangkis.vocabulary.units import Unit
from tests.rooms.documents.test_rpkd import TODAY, rpkd


# What figures of a plan stand by, as the annex lists it.
PRINTED = (
    "belanja_blud", "belanja_penunjang", "belanja_transfer_desa", "bulan_survei_pasti", "daftar_wilayah",
    "diagnosis_confidence_level", "diagnosis_fewest", "diagnosis_stale_years", "lokasi_prioritas", "masalah_strategi",
    "penandaan_aturan", "sampling_design_effect", "sampling_households_nation", "sampling_households_regency",
    "sasaran_kemiskinan_nasional", "source_preference", "sumber_pendanaan",
)  # fmt: skip


def used_rule(folder: Path, rule: str, language: Language) -> str:
    """Return what the annex tells of the source of one rule."""
    parameters, region = loader.packaged(), Region.parse("kemendagri:72.06")
    materials = gather(Lake(folder).snapshot(), region, year=None, stage=None, parameters=parameters, on=TODAY)
    figure = Figure("x", 1, Unit.COUNT, 0, Origin(Method("x", 1), (), (parameters.on(rule, TODAY).use,)))
    used = rules_used(materials, [Paragraph((sentence("rpkd.population.implied", year=Label("2025"), people=figure),))])
    (table,) = (block for block in used if isinstance(block, Table))
    return spoken(table.rows[0].cells[2], language)  # type: ignore[arg-type]


def calendar_of(document: Document) -> Table:
    tables = (block for block in document.blocks if isinstance(block, Table))
    return next(one for one in tables if one.title.code == "rpkd.reporting.table")


@pytest.mark.parametrize("rule", PRINTED)
def test_the_source_of_a_rule_is_told_in_the_language_of_the_plan(tmp_path: Path, rule: str) -> None:
    """Names of laws, statistical offices and kinds of budget line stay as they are."""
    english, indonesian = (used_rule(tmp_path, rule, language) for language in ("en", "id"))

    assert not re.search(r"\b(dan|yang|dari|pilihan|kami|dibaca|adalah|menurut)\b", english.casefold())
    assert re.search(r"\b(the|of|and|our|by)\b", english.casefold())
    assert not re.search(r"\b(the|of|and|our)\b", indonesian.casefold())


@pytest.mark.parametrize(
    ("region", "reporters", "adviser"),
    [
        ("kemendagri:72.06", {"bupati", "TKPK kabupaten/kota"}, "pastikan dengan provinsi"),
        ("kemendagri:72", {"gubernur", "TKPK provinsi"}, "pastikan dengan Kementerian Dalam Negeri"),
    ],
)
def test_a_province_reports_elsewhere_than_its_regions(
    tmp_path: Path, region: str, reporters: set[str], adviser: str
) -> None:
    table = calendar_of(rpkd(tmp_path, region))
    told = [spoken(row.cells[2], "id") for row in table.rows]  # type: ignore[arg-type]

    assert {next(one for one in reporters if text.startswith(one)) for text in told} == reporters
    assert adviser in spoken(table.notes[0], "id")


def test_a_calendar_of_a_regions_own_may_leave_the_kinds_of_region_out(tmp_path: Path) -> None:
    packaged = loader.packaged().on("pelaporan_tkpk", TODAY)
    plain = [{key: told for key, told in report.items() if key != "levels"} for report in packaged.value]
    parameters = loader.packaged().with_overrides(Parameters({"pelaporan_tkpk": (replace(packaged, value=plain),)}))

    assert len(calendar_of(rpkd(tmp_path, "kemendagri:72", parameters=parameters)).rows) == len(plain)
