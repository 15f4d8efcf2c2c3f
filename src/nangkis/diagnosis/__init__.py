"""Where regions stand and which way they go, as far as the data can tell, what is a problem, and what drives it.

Knows differences, errors, ranks, series and their breaks, peers, targets and whose authority a determinant is.
Must not know money, programmes, nor how a page is laid out.
"""
