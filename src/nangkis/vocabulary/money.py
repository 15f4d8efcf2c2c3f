"""Money is exact: whole sen in an integer, never a float. Real realisation files carry sen."""

from __future__ import annotations


SEN_PER_RUPIAH = 100
