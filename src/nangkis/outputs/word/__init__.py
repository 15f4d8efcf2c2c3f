"""Word documents: written from a content tree, and read back after people edited them.

Knows OOXML and what Word and LibreOffice do to it. Must not know what the numbers mean.
"""
