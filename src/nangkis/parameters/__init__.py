"""Dated rules and amounts, each with the text that set it: ``data/*.yaml``, read strictly.

Knows values, dates, clauses and how sure we are. Must not know what a rule is used for.
"""
