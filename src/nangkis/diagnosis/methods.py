"""The methods of the diagnosis with their versions; ``method.<name>`` in the catalogue says each formula in words."""

from __future__ import annotations

from nangkis.vocabulary.figures import Method


ERROR_OF_PERCENT = Method("sampling-error-of-percent", 1)
ERROR_OF_GAP = Method("sampling-error-of-gap", 1)
PUBLISHED_ERROR = Method("published-standard-error", 1)
ERROR_OF_COUNT = Method("sampling-error-of-count", 1)
MARGIN = Method("sampling-margin", 1)
GAP = Method("gap-to-reference", 1)
PLACE_IN_ORDER = Method("rank-among-regions", 1)
RANGE_OF_PLACES = Method("rank-range-by-tests", 2)
NUMBER_OF_REGIONS = Method("regions-compared", 1)
SHARE_OF_TOTAL = Method("share-of-total", 1)
CHANGE = Method("change-between-years", 1)
YEARLY_CHANGE = Method("yearly-change", 1)
YEARLY_GROWTH = Method("yearly-growth", 1)
THEIL_SEN = Method("theil-sen-slope", 1)
THEIL_SEN_GROWTH = Method("theil-sen-growth", 1)
CONFIDENCE_LEVEL = Method("confidence-level", 1)
FEWEST_NEEDED = Method("fewest-needed", 1)
NATIONAL_TARGET = Method("national-target", 1)
IMPLIED_POPULATION = Method("implied-population", 1)
EXPECTED_BY_LINE = Method("expected-by-own-line", 1)
DISTANCE_FROM_LINE = Method("distance-from-own-line", 1)
PACE_NEEDED = Method("pace-needed", 1)
PACE_RANGE = Method("pace-range", 1)
ARRIVAL = Method("year-of-arrival", 1)
HORIZON_OF_ARRIVAL = Method("horizon-of-arrival", 1)
MEAN_OF_PEERS = Method("mean-of-peers", 1)
POVERTY_GAP = Method("yearly-poverty-gap", 1)
POVERTY_GAP_ROUNDING = Method("yearly-poverty-gap-rounding", 1)
POVERTY_GAP_RANGE = Method("yearly-poverty-gap-range", 1)
MEAN_OF_REGIONS = Method("mean-of-regions", 1)
REGIONS_UNTOLD = Method("regions-untold", 1)
REGIONS_OF_CLASS = Method("regions-of-class", 1)
