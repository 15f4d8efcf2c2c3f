"""The classifier learns from what is placed, says by which words it speaks, and is silent where it is not sure."""

from __future__ import annotations

from datetime import date
from itertools import product

import polars as pl
import pytest

from nangkis.budget.tagging.classifier import (
    Calibration,
    Thresholds,
    calibrated,
    features,
    is_installed,
    proposals,
    thresholds_on,
)
from nangkis.parameters.loader import packaged


needs_library = pytest.mark.skipif(not is_installed(), reason="scikit-learn is not installed: make setup")
SCHEMA = dict.fromkeys(("sub_kegiatan_code", "sub_kegiatan_name", "program_code", "label"), pl.String())
THRESHOLDS = Thresholds(accuracy=0.8, folds=5, least=20, words=2)
# Ten programmes, in each of which the poor receive aid (strategy 1) and offices hold meetings.
AID = ("Penyediaan Bantuan Keluarga Miskin", "Pemberian Bantuan Sosial Lansia", "Bantuan Perlengkapan Murid Miskin")
OFFICE = ("Koordinasi Rapat Perangkat Daerah", "Penyusunan Laporan Kinerja Kantor", "Rapat Evaluasi Laporan Kantor")


def learned(*, mixed: bool = False) -> pl.DataFrame:
    """Lines of ten programmes; ``mixed`` gives every second programme the opposite labels."""
    rows = []
    for program, place in product(range(2, 12), range(3)):
        code = f"1.{program:02}.02"
        turned = mixed and program % 2
        rows.append((f"{code}.2.01.{place:02}", AID[place], code, "tidak" if turned else "1"))
        rows.append((f"{code}.2.02.{place:02}", OFFICE[place], code, "1" if turned else "tidak"))
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def test_a_line_is_seen_by_its_words_their_pairs_and_the_beginnings_of_its_code() -> None:
    assert features("1.06.05.2.02.01", "Bantuan bagi Keluarga Miskin") == [
        "1.06", "1.06.05", "1.06.05.2.02", "bantuan", "keluarga", "miskin", "bantuan keluarga", "keluarga miskin",
    ]  # fmt: skip


@needs_library
def test_it_proposes_with_the_words_that_speak_for_it() -> None:
    line = ("9.99.02.2.01.01", "Bantuan Beras Keluarga Miskin")
    found, calibration = proposals([line], learned(), THRESHOLDS)

    assert found[line].label == "1"
    assert found[line].words == ("bantuan", "miskin")
    assert calibration.threshold is not None
    assert calibration.right >= THRESHOLDS.accuracy * calibration.asked


@needs_library
def test_the_same_lines_give_the_same_proposals() -> None:
    line = ("9.99.02.2.01.01", "Bantuan Beras Keluarga Miskin")

    assert proposals([line], learned(), THRESHOLDS) == proposals([line], learned(), THRESHOLDS)


@needs_library
def test_it_abstains_always_where_programmes_held_out_contradict() -> None:
    line = ("9.99.02.2.01.01", "Bantuan Beras Keluarga Miskin")
    found, calibration = proposals([line], learned(mixed=True), THRESHOLDS)

    assert found == {}
    assert calibration.threshold is None
    assert calibration.curve[0][1] > 0  # it was asked, and wrong


@needs_library
def test_it_abstains_on_a_line_of_which_it_knows_nothing() -> None:
    found, calibration = proposals([("9.99.02.2.01.01", "Qwerty Asdfgh")], learned(), THRESHOLDS)

    assert calibration.threshold is not None
    assert found == {}


def test_too_little_to_learn_from_is_no_model() -> None:
    few = learned().head(10)

    assert proposals([("1.01", "x")], few, THRESHOLDS) == ({}, Calibration(None, 0, 0, ()))
    assert proposals([("1.01", "x")], learned().filter(pl.col("label") == "1"), THRESHOLDS)[0] == {}


@needs_library
def test_whole_programmes_are_held_out() -> None:
    """Each programme's aid is told by a word of its own: nothing learned elsewhere can know it."""
    rows = [
        (
            f"1.{program:02}.02.2.01.{place:02}",
            f"Kata{'abcdefghij'[program - 2] * 3} Kegiatan",
            f"1.{program:02}.02",
            str(1 + program % 3),
        )
        for program, place in product(range(2, 12), range(4))
    ]
    calibration = calibrated(pl.DataFrame(rows, schema=SCHEMA, orient="row"), THRESHOLDS)

    assert calibration.threshold is None  # within its programme every line would be known


def test_the_thresholds_are_those_of_the_parameter_file() -> None:
    assert thresholds_on(packaged(), date(2026, 11, 1)) == Thresholds(accuracy=0.8, folds=5, least=30, words=3)
