"""Chart descriptions as Vega-Lite: what is drawn where, in points of paper.

Knows the look of each kind of chart. Must not know how a picture gets into a file.
"""
