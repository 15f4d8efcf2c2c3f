"""The documents that the law asks of a TKPK: which content stands in them, and in which order.

Knows outlines and what a reader needs first. Must not compute a number, nor know how a file is drawn.
"""
