"""The tree of headings, sentences, tables and chart descriptions as plain values, and the sentences in two languages.

Knows how a thing is said. Must not know how it was computed, nor how a file is drawn.
"""
