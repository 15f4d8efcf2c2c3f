"""Units of measure. How each is written on paper stands in the catalogue under ``unit.<name>``."""

from __future__ import annotations

from enum import StrEnum


class Unit(StrEnum):
    """What a number counts. The value is the unit's name in data files and manifests."""

    PERCENT = "percent"  # 10.38 means 10.38 %
    PERCENTAGE_POINTS = "percentage-points"
    PERCENTAGE_POINTS_PER_YEAR = "percentage-points-per-year"
    PERCENT_PER_YEAR = "percent-per-year"
    SHARE = "share"  # 0 to 1 inside, printed as percent
    THOUSAND_PEOPLE = "thousand-people"
    THOUSAND_PEOPLE_PER_YEAR = "thousand-people-per-year"
    RUPIAH = "rupiah"  # an integer of sen
    RUPIAH_PER_PERSON_MONTH = "rupiah-per-person-month"
    THOUSAND_RUPIAH_PER_PERSON_YEAR = "thousand-rupiah-per-person-year"
    PEOPLE = "people"
    INDEX = "index"  # a number on its own scale, such as 0 to 100
    RATIO = "ratio"  # such as the Gini ratio; printed as it is, never as percent
    YEARS = "years"
    PER_1000_LIVE_BIRTHS = "per-1000-live-births"
    DEPENDENTS_PER_100 = "dependents-per-100"  # per hundred people of working age
    BIRTHS_PER_WOMAN = "births-per-woman"
    TONNES_PER_HECTARE = "tonnes-per-hectare"
    COUNT = "count"
    RANK = "rank"  # 1 is best
