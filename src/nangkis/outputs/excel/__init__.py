"""Excel workbooks: written from a content tree, and read back after people edited them.

Knows XLSX and what Excel and LibreOffice do to it. Must not know what the numbers mean.
"""
