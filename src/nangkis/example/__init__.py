"""The fictional province: raw files as they come in, with the flaws that real ones have, and large generated inputs.

Knows the layouts, the encodings and the mishaps of real files. Must not know how they are read, nor any real figure.
"""
