"""Every column and measure of the real indicator files is in the catalogue, or stands here with the reason why not."""

from __future__ import annotations

from pathlib import Path

import pytest

from nangkis.indicators.catalogue import indicators
from nangkis.vocabulary.sources import column_letter
from tests.real.test_second_reading import BOOKS, FOLDER, Book, read, second_reading


KEYS = "says which region, year, month, unit or group its row is of"
PROVENANCE = "says where and how the row was collected"
NO_INDICATORS = {
    **dict.fromkeys(
        ("bps_2020", "bps_2025", "kemendagri_2025", "kode_sumber", "provinsi", "Provinsi", "nama", "tahun", "Tahun",
         "Kab/Kota", "District", "Code", "districtID", "district", "provinceID", "province", "islandID", "island",
         "District_name", "Province", "Region", "KDJ", "Regency_City", "X", "Y", "wilayah", "indicator_id",
         "geography_id", "geography_name", "bps_province_code", "year", "reference_period", "unit", "time_start",
         "time_end", "frequency", "semester", "geo_level", "variable_code", "bps_vertical_dimension", "bps_vervar_id",
         "bps_vervar_label", "bps_turvar_id", "bps_turvar_label", "bps_th_id", "bps_th_label", "bps_turth_id",
         "bps_turth_label", "price_basis"),
        KEYS,
    ),
    **dict.fromkeys(
        ("panel_observation_id", "observation_id", "claim_type", "source_series_id", "panel_provenance_id",
         "provenance_id", "comparability_regime", "methodology_version", "notes", "note", "suppressed", "comparable",
         "geographic_backcasting_performed", "imputation_performed", "source_id", "domain", "retrieved_at_utc",
         "bps_last_update", "bps_var_id", "bps_var_label", "bps_var_unit", "bps_var_decimal", "bps_var_definition",
         "bps_var_note", "bps_subject", "source_key", "source_file", "source_row", "validation_flag",
         "validation_note", "publication", "table", "pdf_page", "source_url"),
        PROVENANCE,
    ),
    **dict.fromkeys(
        ("island_group", "territory_class", "stable32_model_flag", "covid_2020_dummy", "hdi_method_break_2021plus",
         "sanitation_concept_break_2016plus", "papua_boundary_break_2023plus", "core_nonmissing_count",
         "core_complete_flag"),
        "a mark that the file's author set for a model",
    ),
    "Klasifikasi Kemiskinan": "a class that the file's author computed; nobody publishes it",
    **{f"RGDP{year}": "the whole product of a region, which no analysis uses: per head is read" for year in
       range(2000, 2018)},
}  # fmt: skip
NO_MEASURES = {
    "export_value": "of the province alone, and no analysis uses trade",
    "net_migration_rate": "of the census of 2020 alone: no series, and neither direction is better",
    "foreign_investment_realization": "swings by single projects; no analysis uses it",
    "domestic_investment_realization": "swings by single projects; no analysis uses it",
    "large_medium_industry_employment": "counts establishments' staff, not residents",
    "provincial_road_length": "roads of the province, which a kabupaten does not keep",
    "mobile_phone_use": "of no dimension of poverty in the method; internet is read",
}


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: f"{book.name}!{book.sheet}")
def test_every_column_is_read_or_is_no_indicator_for_a_reason(shared_data: Path, book: Book) -> None:
    rows = second_reading(shared_data / FOLDER / book.name, book.sheet, book.delimiter)
    reading = read(shared_data, book).reading
    assert reading is not None
    read_columns = set(reading.frame["_col"])

    left = {
        str(cell) for place, cell in enumerate(rows[book.head - 1]) if cell and column_letter(place) not in read_columns
    }

    assert left - NO_INDICATORS.keys() == set()


def test_every_measure_of_the_long_tables_is_read_or_is_no_indicator_for_a_reason(shared_data: Path) -> None:
    refused = {
        str(finding.values["seen"])
        for book in BOOKS
        for finding in read(shared_data, book).findings
        if finding.code == "row-indicator-unknown"
    }

    assert refused == NO_MEASURES.keys()


def test_the_files_call_for_more_than_twenty_five_indicators_and_the_catalogue_has_all(shared_data: Path) -> None:
    held: set[str] = set()
    for book in BOOKS:
        reading = read(shared_data, book).reading
        assert reading is not None
        held |= set(reading.frame["indicator"])

    assert len(held) > 25
    assert held <= indicators().keys()
