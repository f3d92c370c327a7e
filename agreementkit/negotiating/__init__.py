"""Rounds of a negotiation: what each reviewer wants, issue by issue, what was decided, and what became of every point."""
