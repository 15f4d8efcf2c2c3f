"""Accepted tables: one immutable Parquet file each, with a manifest, and the engine that reads them.

Knows files, hashes and who replaced what. Must not know what a table means.
"""
