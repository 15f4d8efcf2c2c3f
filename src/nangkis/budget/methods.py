"""How a figure of the budget is computed. Their formulas in words stand in the catalogue under ``method.<name>``."""

from __future__ import annotations

from nangkis.vocabulary.figures import Method


SUM = Method("budget-sum", 1)
CLASS_SUM = Method("budget-class-sum", 1)
TAG_SUM = Method("budget-tag-sum", 1)
LINES = Method("budget-lines", 1)
EMPTY_LINES = Method("budget-empty-lines", 1)
SHARE = Method("budget-share", 1)
