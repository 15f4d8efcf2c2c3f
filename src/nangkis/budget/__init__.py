"""Lines of the regional budget: what is spent, by whom, under which code, and which of it is meant for the poor.

Knows stages, codes and tags. Must not know outcomes (that is diagnosis), nor files.
"""
