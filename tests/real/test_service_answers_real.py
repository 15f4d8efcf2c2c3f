"""Real tables that others fetched from BPS' WebAPI read alike as the answer that they came from."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from nangkis.lake.answers import KeptAnswer, write_answer
from tests.rooms.intake.files import accepted, codes, read
from tests.rooms.intake.test_service_answers import AT


KEY = ("indicator", "region", "year", "period")


def answer_of(rows: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    """The answer of the service, put together again from the long table that was made of it."""

    def ids(part: str) -> list[dict[str, Any]]:
        pairs = dict.fromkeys((int(row[f"bps_{part}_id"]), row[f"bps_{part}_label"]) for row in rows)
        return [{"val": val, "label": label} for val, label in pairs]

    first = rows[0]
    said = {"unit": first["bps_var_unit"], "decimal": first["bps_var_decimal"], "note": first["bps_var_note"]}
    return {
        "status": "OK",
        "data-availability": "available",
        "last_update": first["bps_last_update"],
        "vervar": ids("vervar"),
        "var": [entry | said for entry in ids("var")],
        "turvar": ids("turvar"),
        "tahun": ids("th"),
        "turtahun": ids("turth"),
        "datacontent": {row["source_key"]: float(row["value"]) for row in rows if row["value"]},
    }


@pytest.mark.parametrize(("name", "variable"), [("var-192-long.csv", "192"), ("var-98-long.csv", "98")])
def test_an_answer_reads_like_the_long_table_that_was_made_of_it(
    shared_data: Path, tmp_path: Path, name: str, variable: str
) -> None:
    path = shared_data / "02_indikator" / "provinsi" / name
    with path.open(encoding="utf-8", newline="") as file:
        answer = answer_of(list(csv.DictReader(file)))
    request = {"model": "data", "domain": "0000", "var": variable}
    write_answer(tmp_path / "jawaban.json", KeptAnswer("bps", request, AT, (json.dumps(answer).encode(),)))

    (outcome,) = read(tmp_path / "jawaban.json")
    (long,) = read(path)

    wanted = accepted(long).frame.drop_nulls("value").select(*KEY, "value").sort(KEY)
    assert accepted(outcome).frame.select(*KEY, "value").sort(KEY).equals(wanted)
    assert outcome.layout == "bps_webapi_data"
    assert not {"answer-key-unknown", "answer-key-ambiguous", "region-code-contradicts-name"} & set(codes(outcome))
