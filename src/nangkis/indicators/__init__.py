"""Published indicators: what each one means, and the values that the lake holds of it.

Knows units, directions, plausible ranges and methods. Must not judge a value, nor know files or budgets.
"""
