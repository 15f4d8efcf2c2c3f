"""The marked workbook: a new one written from the cells as read, with every finding at its cell.

Knows findings, cells and the xlsx format. Must not judge anything: what is a flaw was decided before.
"""
