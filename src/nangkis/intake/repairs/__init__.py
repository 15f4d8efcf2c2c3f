"""Text into numbers and missing marks: what can be read safely is read and recorded, the rest becomes a finding.

Knows one step of the way from file to reading. Must not know the steps after it.
"""
