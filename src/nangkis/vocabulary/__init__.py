"""The words that every room uses: regions and codes, money, units, sources, origins, figures, findings, refusals.

Knows what a value is and where it came from. Must not know files, tables, languages or any rule of the domain.
"""
