"""The table of all checks, in the order of their codes."""

from __future__ import annotations

from agreementkit.checks import arrangement, blanks, figures, law, lifecycle, structure, terms, wording
from agreementkit.checks.kinds import Check, Family

FAMILIES = (lifecycle, blanks, terms, structure, figures, wording, arrangement, law)
CHECKS: tuple[Check, ...] = tuple(sorted((c for one in FAMILIES for c in one.CHECKS), key=lambda check: check.code))
"""Every check. A new one needs a case in `docs/checks/`; a test says so."""

CODES = frozenset(check.code for check in CHECKS)
LAW = frozenset(check.code for check in CHECKS if check.family is Family.LAW)
