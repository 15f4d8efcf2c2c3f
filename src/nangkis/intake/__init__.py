"""Files as they are: cells with addresses, safe repairs, checks, and the layouts that give cells a meaning.

Knows file formats, number styles and what real sheets look like. Must not judge what a number means for a region.
"""
