"""The nomenclature of the budget in its versions: lists of codes, what changed between two, and what matches what.

Knows codes, decrees, proposals and a person's decisions. Must not know how lists are read, nor apply a match that
nobody decided.
"""
