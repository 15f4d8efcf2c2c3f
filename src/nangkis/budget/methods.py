"""How a figure of the budget is computed. Their formulas in words stand in the catalogue under ``method.<name>``."""

from __future__ import annotations

from nangkis.vocabulary.figures import Method


SUM = Method("budget-sum", 1)
CLASS_SUM = Method("budget-class-sum", 1)
BLUD_SUM = Method("budget-blud-sum", 1)
# Version 2 of these: the rules hold what serves everyone or a place unless a list names it, so other lines are counted.
TAG_SUM = Method("budget-tag-sum", 3)  # decisions, lists and official tags go before the rules; parts of a line count
LINES = Method("budget-lines", 2)
SHARE = Method("budget-share", 2)
EMPTY_LINES = Method("budget-empty-lines", 1)
ROWS_REFUSED = Method("rows-refused", 1)
PRINTED_TOTAL = Method("budget-printed-total", 1)
COMPARED_SUM = Method("budget-compared-sum", 1)
COMPARED_GAP = Method("budget-compared-gap", 1)
COMPARED_COUNT = Method("budget-compared-count", 1)
SCORE = Method("budget-incentive-score", 1)
SCORE_GAIN = Method("budget-incentive-gain", 1)
