from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from nangkis.content.messages import fill
from nangkis.parameters.dated import OverrideRefused, ParameterMissing, Parameters
from nangkis.parameters.loader import ParameterFileRefused, load


GOOD = """
title: {id: Efek rancangan, en: Design effect}
unit: ratio
values:
  2020-01-01:
    value: "2"
    until: 2024-01-01
    source: {title: A study, place: page 3, url: ~, published: ~, kept_copy: ~}
    confidence: chosen
    verified: ~
  2024-01-01:
    value: 2.50
    source: {title: A decree, place: article 4, url: "https://example.go.id/a", published: 2023-12-12, kept_copy: ~}
    confidence: seen
    verified: {by: Sri, at: 2024-02-01}
"""


def read(tmp_path: Path, text: str) -> Parameters:
    path = tmp_path / "design_effect.yaml"
    path.write_text(text, encoding="utf-8")
    return load([path])


def test_the_value_in_force_on_a_day_is_found_and_exact(tmp_path: Path) -> None:
    parameters = read(tmp_path, GOOD)

    assert str(parameters.on("design_effect", date(2023, 12, 31)).number) == "2"
    assert str(parameters.on("design_effect", date(2024, 1, 1)).number) == "2.50"


def test_a_day_before_any_value_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ParameterMissing):
        read(tmp_path, GOOD).on("design_effect", date(2019, 12, 31))


def test_a_day_before_any_value_has_none_in_force(tmp_path: Path) -> None:
    parameters = read(tmp_path, GOOD)

    assert parameters.in_force("design_effect", date(2019, 12, 31)) is None
    assert parameters.in_force("design_effect", date(2024, 1, 1)) == parameters.on("design_effect", date(2024, 1, 1))


def test_the_digest_follows_the_value_and_nothing_else(tmp_path: Path) -> None:
    first = read(tmp_path, GOOD).on("design_effect", date(2024, 1, 1))
    reworded = read(tmp_path, GOOD.replace("A decree", "Another decree")).on("design_effect", date(2024, 1, 1))
    changed = read(tmp_path, GOOD.replace("2.50", "2.51")).on("design_effect", date(2024, 1, 1))

    assert first.digest == reworded.digest != changed.digest


@pytest.mark.parametrize(
    ("wrong", "code", "day"),
    [
        (GOOD.replace("confidence: chosen", "confidense: chosen"), "parameter-keys-unknown", "2020-01-01"),
        (GOOD.replace("    confidence: chosen\n", ""), "parameter-keys-missing", "2020-01-01"),
        (GOOD.replace("place: page 3, ", ""), "parameter-keys-missing", "2020-01-01"),
        (GOOD.replace("place: page 3", "place: ''"), "parameter-without-source", "2020-01-01"),
        (GOOD.replace("confidence: seen", "confidence: sure"), "parameter-confidence", "2024-01-01"),
        (GOOD.replace("until: 2024-01-01", "until: 2024-06-01"), "parameter-dates-overlap", "2024-01-01"),
        (GOOD.replace("until: 2024-01-01", "until: soon"), "parameter-date", "2020-01-01"),
        (GOOD.replace("until: 2024-01-01", "until: 2019-01-01"), "parameter-until", "2020-01-01"),
        (GOOD.replace("unit: ratio\n", ""), "parameter-keys-missing", ""),
        (GOOD.replace("unit: ratio", "unit: ratio\nunti: 2"), "parameter-keys-unknown", ""),
        (GOOD.replace("  2024-01-01:\n", "  2020-01-01:\n"), "parameter-file-broken", None),
        ("title: {id: x, en: x}\nunit: y\nvalues: ~\n", "parameter-without-values", None),
        ("- a list\n", "parameter-keys-missing", ""),
    ],
)
def test_what_is_wrong_is_refused_with_file_and_date(tmp_path: Path, wrong: str, code: str, day: str | None) -> None:
    with pytest.raises(ParameterFileRefused) as refused:
        read(tmp_path, wrong)

    assert refused.value.code == code
    assert refused.value.values["file"] == "design_effect.yaml"
    assert day is None or refused.value.values["day"] == day
    for language in ("id", "en"):
        assert "design_effect.yaml" in fill(f"refusal.{code}", language, **refused.value.values)


def test_a_regions_own_file_stands_in_place_of_the_packaged_one(tmp_path: Path) -> None:
    packaged = read(tmp_path, GOOD)
    own = read(tmp_path, GOOD.replace("2.50", "3"))

    assert packaged.with_overrides(own).on("design_effect", date(2024, 1, 1)).number == 3


def test_a_day_after_the_end_of_the_last_value_is_refused(tmp_path: Path) -> None:
    ended = read(tmp_path, GOOD.replace("    value: 2.50\n", "    value: 2.50\n    until: 2025-01-01\n"))

    assert str(ended.on("design_effect", date(2024, 12, 31)).number) == "2.50"
    with pytest.raises(ParameterMissing):
        ended.on("design_effect", date(2025, 1, 1))


def own(tmp_path: Path, name: str, value: str) -> Parameters:
    path = tmp_path / f"{name}.yaml"
    text = GOOD.replace('value: "2"', f"value: {value}").replace("value: 2.50", f"value: {value}")
    path.write_text(text, encoding="utf-8")
    return load([path])


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("desain_effect", "3", "parameter-override-unknown"),
        ("design_effect", "dua", "parameter-override-kind"),
        ("design_effect", "[2]", "parameter-override-kind"),
    ],
)
def test_an_override_that_would_do_nothing_or_break_is_refused(
    tmp_path: Path, name: str, value: str, code: str
) -> None:
    packaged = read(tmp_path, GOOD)

    with pytest.raises(OverrideRefused) as refused:
        packaged.with_overrides(own(tmp_path, name, value))

    assert refused.value.code == code
    assert refused.value.values["file"] == f"{name}.yaml"


def test_an_override_of_named_numbers_needs_the_same_names(tmp_path: Path) -> None:
    limits = own(tmp_path, "limits", "{rows: 10, columns: 5}")

    for wrong in ("{rows: 10}", "{rows: 10, columns: 5, cells: 1}", "{rows: 10, columns: 6, pages: 1}"):
        with pytest.raises(OverrideRefused) as refused:
            limits.with_overrides(own(tmp_path, "limits", wrong))
        assert refused.value.code == "parameter-override-keys"
    assert limits.with_overrides(own(tmp_path, "limits", "{rows: 20, columns: 6}")) != limits
