"""Small modules that recognise one kind of sheet each and give its cells a meaning.

Knows one step of the way from file to reading. Must not know the steps after it.
"""
