"""Checks: they look at resolved agreements and report; they change nothing."""

from agreementkit.checks.kinds import Check, Family
from agreementkit.checks.registry import CHECKS
from agreementkit.checks.run import check_set
from agreementkit.checks.scene import Scene

__all__ = ["CHECKS", "Check", "Family", "Scene", "check_set"]
