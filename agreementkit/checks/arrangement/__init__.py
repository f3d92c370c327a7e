"""Whether the configured arrangement fits together: what cannot be kept, and what says two things at once.

What is impossible whatever is made of it is refused when the configuration is read (`config/cross.py`). Here is what
contradicts itself in the set that was made, so every check first looks whether the words concerned stand in it.
"""

from agreementkit.checks.arrangement import (
    dates,
    disputes,
    forum,
    meetings,
    names,
    parties,
    people,
    recognition,
    settings,
    unions,
    whole,
)
from agreementkit.checks.kinds import Check

CHECKS: tuple[Check, ...] = (
    *forum.CHECKS,
    *meetings.CHECKS,
    *disputes.CHECKS,
    *dates.CHECKS,
    *recognition.CHECKS,
    *unions.CHECKS,
    *parties.CHECKS,
    *people.CHECKS,
    *whole.CHECKS,
    *names.CHECKS,
    *settings.CHECKS,
)

__all__ = ["CHECKS"]
