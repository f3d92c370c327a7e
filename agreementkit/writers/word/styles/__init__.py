"""Styles and lists of a Word file: which roles there are, what a style inherits, what a list prints."""
