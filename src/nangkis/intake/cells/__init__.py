"""The cells of a file, with true addresses, read within limits: xlsx in a child process, csv here.

Knows one step of the way from file to reading. Must not know the steps after it.
"""
