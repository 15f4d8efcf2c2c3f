"""The printed RKPD with any cells put anywhere: an answer, every row accounted for, no rupiah made or lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings, strategies as st

from nangkis.budget.schema import SCHEMA
from nangkis.content.catalogue import LANGUAGES
from nangkis.intake.reading import read_file
from nangkis.intake.report import as_plain, as_text
from nangkis.intake.request import Request
from nangkis.parameters.loader import packaged
from nangkis.vocabulary.codes import Region
from tests.rooms.intake import test_rkpd_print as printed
from tests.rooms.intake.files import DAY


CELLS = st.one_of(
    st.none(),
    st.integers(min_value=-3, max_value=30),
    st.sampled_from([2.1, 1.5, -0.0, 1e15, 1e300, 0.001]),
    st.sampled_from(
        ["2.01", "2.1", "0001", "1.01.02.2.01.0003", "1", "TOTAL", "Jumlah", "Kode", "Sumber: BPS", "Rp 1.000", "-",
         "#REF!", "Urusan/Program/Kegiatan", "Dinas", "1.06.0.00.0.00.01.0000 Dinas", "\u00a0",
         "Pagu 2021 (juta rupiah)"]
    ),
    st.text(max_size=6).filter(lambda text: not text.startswith(("=", "<"))),
)  # fmt: skip
PLACES = st.tuples(st.integers(0, len(printed.BODY)), st.integers(0, len(printed.HEADS) - 1))
REGION = Region.parse("contoh:90.05")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.dictionaries(PLACES, CELLS, max_size=8), drop=st.lists(st.integers(0, 7), max_size=3))
def test_any_cell_anywhere_gives_an_answer(
    tmp_path: Path, changes: dict[tuple[int, int], Any], drop: list[int]
) -> None:
    rows = [printed.changed(row) for row in (printed.HEADS, *printed.BODY)]
    for (row, column), cell in changes.items():
        rows[row][column] = cell  # type: ignore[index]
    kept = [row for index, row in enumerate(rows[1:]) if index not in drop]
    path = printed.book(tmp_path, kept, heads=[rows[0]])

    outcomes = read_file(path, Request(region=REGION), parameters=packaged(), on=DAY)

    for outcome in outcomes:
        assert outcome.rows_in == outcome.rows_frame + outcome.rows_accepted + outcome.rows_refused
        if outcome.reading is not None:
            frame = outcome.reading.frame
            assert (len(frame), frame.schema) == (outcome.rows_accepted, SCHEMA)
            assert frame["sub_kegiatan_code"].str.contains(r"^\d(?:\.\d\d){2}\.[12]\.\d\d\.\d{2}(?:\d\d)?$").all()
            assert (frame["office_code"].is_not_null() | frame["office_name"].is_not_null()).all()
    for language in LANGUAGES:
        assert as_text(outcomes, language, {})
        assert as_plain(outcomes, language, {})
