"""Verification of a written file, read back from its bytes before anybody gets it."""
