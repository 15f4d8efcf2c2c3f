"""Where a region stands and which way it goes, as far as the data can tell, and what in it is a problem.

Knows differences, errors, ranks, series and their breaks. Must not know money, programmes, nor how a page is laid out.
"""
