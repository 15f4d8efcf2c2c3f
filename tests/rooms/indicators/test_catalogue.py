from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from nangkis.content.catalogue import LANGUAGES, Language, template
from nangkis.indicators.catalogue import (
    Aggregation,
    BpsVariable,
    Change,
    Direction,
    ErrorBasis,
    ErrorBy,
    IndicatorFileRefused,
    Survey,
    indicators,
    read_file,
)
from nangkis.vocabulary.units import Unit


ENTRY = {
    "unit": "percent",
    "direction": "lower",
    "level": "kabupaten-kota",
    "frequency": "yearly",
    "periods": ["maret"],
    "aggregation": "none",
    "counted_by": None,
    "weighted_by": None,
    "series": None,
    "not_better_beyond": None,
    "diagnosed": True,
    "plausible": {"low": 0.5, "high": 80},
    "largest_yearly_change": {"by": 5, "of": "points"},
    "smallest_meaningful_change": {"by": 0.1, "of": "points"},
    "places": 2,
    "sampling": True,
    "error": {"by": "proportion", "units_per_household": 1, "households": "susenas"},
    "aliases": ["p0"],
    "method_breaks": [],
    "source": {"title": "BPS", "place": "table 1", "url": None, "published": None, "kept_copy": None},
    "bps_variables": ["0000/192"],
    "confidence": "recalled",
    "because": "not read again",
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
    assert found.error == ErrorBasis(ErrorBy.PROPORTION, units_per_household=1.0, households=Survey.SUSENAS)
    assert found.bps_variables == (BpsVariable("0000", 192),)


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
        ({"sampling": False}, "indicator-value"),  # a register has no sampling error
        ({"error": None}, "indicator-value"),
        ({"error": {"by": "proportion"}}, "indicator-value"),
        ({"error": {"by": "proportion", "units_per_household": 0, "households": "susenas"}}, "indicator-value"),
        ({"error": {"by": "proportion", "units_per_household": 1, "households": "podes"}}, "indicator-value"),
        ({"error": {"by": "none", "percent": "POV.P0"}}, "indicator-value"),
        ({"error": {"by": "guess"}}, "indicator-value"),
        ({"unit": "years"}, "indicator-value"),  # no proportion
        ({"aggregation": "weighted-mean"}, "indicator-value"),
        ({"weighted_by": "DEM.POP"}, "indicator-value"),
        ({"aggregation": "share-of-population"}, "indicator-value"),
        ({"bps_variables": ["192"]}, "indicator-value"),
        ({"bps_variables": ["0000/P0"]}, "indicator-value"),
        ({"bps_variables": ["0000/192", "0000/192"]}, "indicator-value"),
        ({"because": ""}, "indicator-value"),
        ({"because": "left out"}, "indicator-keys-missing"),
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


# Domain note 2.2, by our codes: HLT.AHH is HLT.UHH, SOC.ADM two indicators, POV.CPI inflation and the price of rice.
WANTED = """
POV.P0 POV.N POV.GK POV.P1 POV.P2 POV.EX POV.EX.PPP2017 POV.GINI POV.B40 ECO.INFL ECO.BERAS
EMP.TPT EMP.TPAK EMP.INF EMP.UND EMP.BPJSTK
HLT.AKB HLT.AKABA HLT.AKI HLT.STU HLT.NAK HLT.FAS HLT.IMM HLT.K4 HLT.K6 HLT.MOR HLT.UHH HLT.JKN
EDU.APM.SD EDU.APM.SMP EDU.APM.SMA EDU.APK.SD EDU.APK.SMP EDU.APK.SMA EDU.APS712 EDU.APS1315 EDU.APS1618
EDU.AMH EDU.RLS EDU.HLS EDU.ATS EDU.ATSN EDU.APTS.SD EDU.APTS.SMP EDU.APTS.SMA
INF.WAT INF.SAN INF.ELE INF.RLH INF.RTLH INF.KUM INF.JAL
FOD.POU FOD.FIES FOD.IKP FOD.FSVA FOD.PPH
SOC.PKH SOC.BPNT SOC.PBI SOC.PIP SOC.INC SOC.EXC SOC.AKTA SOC.NIK
DEV.IPM DEV.IPG DEV.IDG DEV.IKG
POV.MPI POV.MPI.H POV.MPI.A
"""


def test_every_indicator_of_the_method_is_there() -> None:
    assert set(WANTED.split()) - set(indicators()) == set()


@pytest.mark.parametrize(
    "components",
    [
        "DEV.IPM.LAMA HLT.UHH.LAMA EDU.AMH EDU.RLS15 DEV.PKD.LAMA",
        "DEV.IPM.SP2010 HLT.UHH.SP2010 EDU.HLS EDU.RLS DEV.PKD",
        "DEV.IPM.LF HLT.UHH.LF EDU.HLS EDU.RLS DEV.PKD",
    ],
)
def test_the_components_of_the_index_are_there_by_each_of_its_methods(components: str) -> None:
    assert set(components.split()) <= set(indicators())


def test_every_indicator_has_a_source_and_a_reason_for_how_sure_it_is() -> None:
    assert all(one.source.title and one.source.place and one.because for one in indicators().values())


def test_every_sample_estimate_says_what_its_error_rests_on_and_nothing_else_does() -> None:
    for one in indicators().values():
        assert one.sampling == (one.error is not None), one.code


def test_a_counted_number_rests_on_a_percentage_with_an_error_of_its_own() -> None:
    for one in indicators().values():
        if one.error is not None and one.error.percent is not None:
            basis = indicators()[one.error.percent].error
            assert basis is not None, one.code
            assert basis.by is ErrorBy.PROPORTION, one.code


def test_what_can_pass_one_hundred_is_never_taken_for_a_proportion() -> None:
    proportions = [one for one in indicators().values() if one.error is not None and one.error.by is ErrorBy.PROPORTION]

    assert len(proportions) > 20
    assert all(one.plausible[0] >= 0 and one.plausible[1] <= 100 for one in proportions)


def test_a_mean_of_regions_is_weighted_by_a_number_that_adds_up() -> None:
    weights = {one.weighted_by for one in indicators().values()} - {None}

    assert weights
    assert all(indicators()[str(code)].aggregation is Aggregation.SUM for code in weights)


def test_progress_ends_within_the_range_and_a_meaningful_change_is_below_the_largest_one() -> None:
    for one in indicators().values():
        low, high = one.plausible
        assert one.not_better_beyond is None or low < one.not_better_beyond < high, one.code
        assert 0 < one.smallest_meaningful_change.at(high) < one.largest_yearly_change.at(high), one.code


def test_only_numbers_of_people_houses_and_hectares_are_added_up() -> None:
    added = {one.unit for one in indicators().values() if one.aggregation is Aggregation.SUM}

    assert added == {Unit.THOUSAND_PEOPLE, Unit.PEOPLE, Unit.HOUSES, Unit.HECTARES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_name_inside_a_sentence_is_that_which_opens_one_in_small_letters(language: Language) -> None:
    for code in indicators():
        opening, inline = (template(f"indicator.{code}.{part}", language) for part in ("opening", "inline"))
        acronym = opening.split()[0].isupper()

        assert opening[0].isupper(), code
        assert inline == (opening if acronym else opening[0].lower() + opening[1:]), code


def test_no_sentence_in_english_begins_with_many_that_then_was_one() -> None:
    # "Households with … in Kota Padang was 80 percent": a plural needs its percentage or number before it.
    plurals = ("Households", "People", "Children", "Workers", "Births", "Villages", "Houses", "Roads", "Infants")

    assert [code for code in indicators() if template(f"indicator.{code}.opening", "en").startswith(plurals)] == []
