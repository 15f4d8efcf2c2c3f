"""An opened folder, with one function per ability, called alike by the command line and the website.

Knows the lake, the region's own parameters and its runs. Must not ask or print anything, nor look at the clock.
"""
