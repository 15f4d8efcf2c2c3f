"""Regions: their codes in each system and edition, names, parents, borders, and how they split.

Knows which place a code or a name means, and refuses when it means more than one or none.
Must not know files, indicators, or what a region reports.
"""
