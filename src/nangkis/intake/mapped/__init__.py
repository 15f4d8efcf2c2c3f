"""Mappings: what the user said once about the columns of an unknown sheet, applied, remembered and recognised."""
