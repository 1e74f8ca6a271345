"""Faults brought about on purpose, on a site of its own: what readers and writers then see.

`make faults` runs them all and prints a table; a short round of each is a test.
"""
