"""Ratios measured in one run against what a user would pick instead, and against the bare engine."""
