"""Redlines: two versions of an agreement as one Word file with tracked changes."""
