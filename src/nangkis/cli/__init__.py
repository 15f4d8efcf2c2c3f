"""The command line: one thin command per ability, progress bars, an exit code per cause.

Knows how to ask and to print. Must not know a rule of the domain.
"""
