"""How figures of the nomenclature are computed; the catalogue says it in words under ``method.<name>``."""

from __future__ import annotations

from nangkis.vocabulary.figures import Method


CHANGES = Method("nomenclature-changes", 1)
PROPOSALS = Method("nomenclature-proposals", 1)
COVERED_CODES = Method("nomenclature-covered-codes", 1)
COVERED_SUM = Method("nomenclature-covered-sum", 1)
COVERED_SHARE = Method("nomenclature-covered-share", 1)
