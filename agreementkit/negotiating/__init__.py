"""Rounds of a negotiation: what each reviewer wants, what was decided, and what became of every point."""
