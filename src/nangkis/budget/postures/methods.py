"""How a figure of postures is computed. Their formulas in words stand in the catalogue under ``method.<name>``."""

from __future__ import annotations

from nangkis.vocabulary.figures import Method


AMOUNT = Method("posture-amount", 1)
SHARE = Method("posture-share", 1)
GROWTH = Method("posture-growth", 1)
PER_HEAD = Method("posture-per-head", 1)
FISCAL_SPACE = Method("posture-fiscal-space", 1)
SUM_GAP = Method("posture-sum-gap", 1)
LEFT_OVER = Method("posture-left-over", 1)
LEFT_OVER_GAP = Method("posture-left-over-gap", 1)
MANDATORY = Method("posture-mandatory-share", 1)
LIMIT = Method("posture-mandatory-limit", 1)
CHANGE = Method("posture-change-of-account", 1)
