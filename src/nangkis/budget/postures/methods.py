"""How a figure of postures is computed. Their formulas in words stand in the catalogue under ``method.<name>``."""

from __future__ import annotations

from nangkis.vocabulary.figures import Method


AMOUNT = Method("posture-amount", 1)
SHARE = Method("posture-share", 1)
FISCAL_SPACE = Method("posture-fiscal-space", 1)
LEFT_OVER = Method("posture-left-over", 1)
MANDATORY = Method("posture-mandatory-share", 1)
