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
    MILLION_RUPIAH = "million-rupiah"  # an estimate that is not known to the rupiah
    BILLION_RUPIAH = "billion-rupiah"
    TRILLION_RUPIAH = "trillion-rupiah"
    RUPIAH_PER_MONTH = "rupiah-per-month"  # of one wage
    RUPIAH_PER_PERSON_MONTH = "rupiah-per-person-month"
    THOUSAND_RUPIAH_PER_PERSON_YEAR = "thousand-rupiah-per-person-year"
    PEOPLE = "people"
    INDEX = "index"  # a number on its own scale, such as 0 to 100
    RATIO = "ratio"  # such as the Gini ratio; printed as it is, never as percent
    INDEX_POINTS = "index-points"  # a difference of indices or ratios
    INDEX_POINTS_PER_YEAR = "index-points-per-year"
    YEARS = "years"
    CALENDAR_YEAR = "calendar-year"  # such as 2029; printed without a thousands mark
    YEARS_PER_YEAR = "years-per-year"
    PER_1000_LIVE_BIRTHS = "per-1000-live-births"
    PER_1000_LIVE_BIRTHS_PER_YEAR = "per-1000-live-births-per-year"
    PER_100000_LIVE_BIRTHS = "per-100000-live-births"
    PER_100000_LIVE_BIRTHS_PER_YEAR = "per-100000-live-births-per-year"
    DEPENDENTS_PER_100 = "dependents-per-100"  # per hundred people of working age
    DEPENDENTS_PER_100_PER_YEAR = "dependents-per-100-per-year"
    BIRTHS_PER_WOMAN = "births-per-woman"
    BIRTHS_PER_WOMAN_PER_YEAR = "births-per-woman-per-year"
    TONNES_PER_HECTARE = "tonnes-per-hectare"
    TONNES_PER_HECTARE_PER_YEAR = "tonnes-per-hectare-per-year"
    RUPIAH_PER_KILOGRAM = "rupiah-per-kilogram"
    PUPILS_PER_TEACHER = "pupils-per-teacher"
    PUPILS_PER_TEACHER_PER_YEAR = "pupils-per-teacher-per-year"
    HOUSES = "houses"
    HOUSES_PER_YEAR = "houses-per-year"
    HECTARES = "hectares"
    HECTARES_PER_YEAR = "hectares-per-year"
    PRIORITY_CLASS = "priority-class"  # of a map of food security: 1 is the most vulnerable, 6 the most secure
    CLASSES = "classes"  # a difference of priority classes
    CLASSES_PER_YEAR = "classes-per-year"
    COUNT = "count"
    RANK = "rank"  # 1 is best
