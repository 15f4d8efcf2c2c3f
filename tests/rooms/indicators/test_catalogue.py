from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from nangkis.indicators.catalogue import Change, Direction, IndicatorFileRefused, indicators, read_file


ENTRY = {
    "unit": "percent",
    "direction": "lower",
    "level": "kabupaten-kota",
    "frequency": "yearly",
    "periods": ["maret"],
    "aggregation": "none",
    "counted_by": None,
    "series": None,
    "not_better_beyond": None,
    "diagnosed": True,
    "plausible": {"low": 0.5, "high": 80},
    "largest_yearly_change": {"by": 5, "of": "points"},
    "smallest_meaningful_change": {"by": 0.1, "of": "points"},
    "places": 2,
    "sampling": True,
    "aliases": ["p0"],
    "method_breaks": [],
    "source": {"title": "BPS", "place": "table 1", "url": None, "published": None, "kept_copy": None},
    "confidence": "recalled",
}


def written(folder: Path, **changes: object) -> Path:
    file = folder / "konsumsi.yaml"
    entry = {key: value for key, value in {**ENTRY, **changes}.items() if value != "left out"}
    file.write_text(yaml.safe_dump({"POV.P0": entry}), encoding="utf-8")
    return file


def test_a_whole_entry_is_read(tmp_path: Path) -> None:
    found = read_file(written(tmp_path))["POV.P0"]

    assert found.direction is Direction.LOWER
    assert found.plausible == (0.5, 80.0)
    assert found.name["id"] == "Persentase penduduk miskin"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"colour": "blue"}, "indicator-keys-unknown"),
        ({"source": "left out"}, "indicator-keys-missing"),
        ({"source": {"title": "BPS"}}, "indicator-value"),
        ({"source": {**ENTRY["source"], "place": ""}}, "indicator-value"),  # type: ignore[dict-item]
        ({"direction": "down"}, "indicator-value"),
        ({"plausible": {"low": 80, "high": 0.5}}, "indicator-value"),
        ({"smallest_meaningful_change": {"by": "a little", "of": "points"}}, "indicator-value"),
        ({"aliases": ["p0", "p0"]}, "indicator-value"),
        ({"periods": ["juni"]}, "indicator-value"),
        ({"series": {"measure": "IPM"}}, "indicator-value"),
        ({"not_better_beyond": "much"}, "indicator-value"),
        ({"sampling": "yes"}, "indicator-value"),
        ({"method_breaks": [{"year": 2010, "reason": "no-such-sentence"}]}, "indicator-value"),
    ],
)
def test_an_entry_that_is_not_as_it_must_be_is_refused_with_its_file(
    tmp_path: Path, changes: dict[str, object], code: str
) -> None:
    with pytest.raises(IndicatorFileRefused) as refused:
        read_file(written(tmp_path, **changes))

    assert refused.value.code == code
    assert refused.value.values["file"] == "konsumsi.yaml"
    assert refused.value.values["indicator"] == "POV.P0"


def test_an_entry_written_twice_is_refused(tmp_path: Path) -> None:
    file = written(tmp_path)
    file.write_text(file.read_text(encoding="utf-8") * 2, encoding="utf-8")

    with pytest.raises(IndicatorFileRefused) as refused:
        read_file(file)

    assert refused.value.code == "indicator-file-broken"


def test_an_entry_without_words_is_refused(tmp_path: Path) -> None:
    file = written(tmp_path)
    file.write_text(file.read_text(encoding="utf-8").replace("POV.P0", "POV.P9"), encoding="utf-8")

    with pytest.raises(IndicatorFileRefused) as refused:
        read_file(file)

    assert refused.value.code == "indicator-without-words"


def test_no_name_in_real_headers_means_two_indicators() -> None:
    names = [alias for indicator in indicators().values() for alias in indicator.aliases]

    assert len(set(names)) == len(names)
    assert all(name == name.lower() for name in names)


def test_a_share_names_an_indicator_that_counts_the_same_people() -> None:
    counted = {indicator.counted_by for indicator in indicators().values()} - {None}

    assert counted <= set(indicators())


def test_a_change_is_in_points_or_a_share_of_where_it_starts() -> None:
    assert Change(by=5, relative=False).at(20) == 5
    assert Change(by=0.4, relative=True).at(20) == 0.4 * 20


def test_series_of_one_measure_are_told_apart_by_their_method() -> None:
    told = [(one.series.measure, one.series.method) for one in indicators().values() if one.series is not None]

    assert len(set(told)) == len(told)
    assert {method for measure, method in told if measure == "IPM"} >= {"lama", "baru-sp2010", "baru-lf-sp2020"}


def test_more_is_not_better_for_gross_enrolment_above_one_hundred() -> None:
    assert indicators()["EDU.APK.SD"].not_better_beyond == 100


def test_there_are_at_least_twenty_five_indicators_each_with_a_source() -> None:
    assert len(indicators()) >= 25
    assert all(one.source.title and one.source.place for one in indicators().values())
