"""Accepted tables: one immutable Parquet file each, with a manifest, and the engine that reads them.

Beside them the form in which answers of web services are kept as files, so that those who fetch and who read share it.

Knows files, hashes and who replaced what. Must not know what a table means.
"""
