"""Flaws in what was read, each a finding with its cell.

Knows one step of the way from file to reading. Must not know the steps after it.
"""
