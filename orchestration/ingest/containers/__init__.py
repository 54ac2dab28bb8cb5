"""How bytes become sheets of raw cells: kinds of file, limits, and the marks that say which cells not to trust.

What belongs here: everything that depends on how a file is packed. What does not: what a sheet is about.
"""
