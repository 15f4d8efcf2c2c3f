"""Nangkis: regional planning for the reduction of poverty, from messy files to the documents that the law asks for."""

__version__ = "2026.11.0"
