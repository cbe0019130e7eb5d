"""Codes that are read aloud and written by hand."""

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that are read as each other: i and l and 1, o and 0."""
LENGTH = 6
