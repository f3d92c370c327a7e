"""Checks: they look at resolved agreements and report; they change nothing."""

from agreementkit.checks.blanks import blanks
from agreementkit.checks.run import CHECKS, check

__all__ = ["CHECKS", "blanks", "check"]
