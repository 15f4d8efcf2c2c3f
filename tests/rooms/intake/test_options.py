"""What was said of a file and does not fit it is told, or refused: never ignored in silence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from nangkis.budget.schema import Stage
from nangkis.content.catalogue import LANGUAGES
from nangkis.content.messages import finding_words, refusal_words
from nangkis.indicators.schema import Period
from nangkis.intake.layouts.register import LAYOUTS
from nangkis.vocabulary.codes import CodeSystem, Region
from nangkis.vocabulary.findings import Severity
from tests.rooms.intake.files import accepted, codes, read_text, refusal


LINES = "Kabupaten/Kota;Garis Kemiskinan 2020\nKab. Morowali;400000\nKota Palu;500000\n"
FICTION = "Kabupaten/Kota;Garis Kemiskinan 2020\nContoh Barat;410000\nKota Contoh Raya;500000\n"
PAGU = "OPD;Sub Kegiatan;Pagu\n1.01 Dinas;1.01.02.2.01.0001 Sekolah;5\n"
MOROWALI = Region.parse("kemendagri:72.06")
SAID: dict[str, Any] = {"region": MOROWALI, "year": 2021, "stage": Stage.RKPD}


@pytest.mark.parametrize(
    ("text", "said", "idle"),
    [
        (LINES, {"stage": Stage.APBD}, ["stage"]),
        (PAGU, {**SAID, "codes": CodeSystem.parse("bps")}, ["codes"]),
        (PAGU, {**SAID, "indicator": "POV.P0", "period": Period.MARCH}, ["indicator", "period"]),
        (PAGU, SAID, []),
        (PAGU, {**SAID, "codes": CodeSystem.parse("kemendagri")}, []),
        (LINES, {"year": 2020, "period": Period.MARCH, "indicator": "POV.GK"}, []),
    ],
)
def test_an_option_that_does_not_apply_is_told(
    tmp_path: Path, text: str, said: dict[str, Any], idle: list[str]
) -> None:
    outcome = read_text(tmp_path, text, **said)
    accepted(outcome)
    found = [finding for finding in outcome.findings if finding.code == "option-not-used"]
    assert [finding.values["what"] for finding in found] == idle
    assert all(finding.severity is Severity.NOTE for finding in found)
    assert all(finding_words(finding, language) for finding in found for language in LANGUAGES)


@pytest.mark.parametrize(
    ("text", "region"), [(FICTION, "kemendagri:72.06"), (FICTION, "bps-2020:7203"), (LINES, "contoh:90.05")]
)
def test_a_real_region_said_of_a_fictional_table_is_refused(tmp_path: Path, text: str, region: str) -> None:
    outcome = read_text(tmp_path, text, region=Region.parse(region))
    assert refusal(outcome) == "request-contradicts"
    assert outcome.refusal is not None
    assert outcome.refusal.values["what"] == "region"


@pytest.mark.parametrize(
    ("region", "told"),
    [
        ("kemendagri:72.06", 0),
        ("bps-2020:7203", 0),
        ("kemendagri:72", 0),
        ("kemendagri:00", 0),
        ("kemendagri:11.01", 1),
    ],
)
def test_a_region_that_the_table_does_not_touch_is_told(tmp_path: Path, region: str, told: int) -> None:
    outcome = read_text(tmp_path, LINES, region=Region.parse(region))
    accepted(outcome)
    assert codes(outcome).count("region-said-absent") == told


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("said", [{}, {"indicator": "POV.P0"}, SAID])
@pytest.mark.parametrize("text", ["nama;kode\nKab. Morowali;7206\nKota Palu;7271\n", "a;b;c;d\n1;2;3;4\n"])
def test_a_layout_that_was_said_of_another_file_refuses_it(
    tmp_path: Path, text: str, said: dict[str, Any], layout: str
) -> None:
    outcome = read_text(tmp_path, text, layout=layout, **said)

    assert outcome.refusal is not None
    assert all(refusal_words(outcome.refusal, language) for language in LANGUAGES)
