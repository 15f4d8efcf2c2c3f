"""Postures of all regions and years at once: what they consist of, which shares they have, which rules they meet.

Knows accounts and dated rules. Must not know budget lines, nor outcomes (that is diagnosis).
"""
