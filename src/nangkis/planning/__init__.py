"""From problems to programmes: what the region will do about what was found, and what has no answer yet.

Knows problems, tagged sub kegiatan and strategies. Must not measure, nor know files and documents.
"""
