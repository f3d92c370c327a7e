"""Exit codes. They are a promise; see `docs/reference/command-line.md`."""

DONE = 0
FINDINGS = 1
WARNINGS = 3
BUG = 70
