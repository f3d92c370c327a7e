"""Runs all checks over a set of agreements."""

from __future__ import annotations

from agreementkit.checks.judge import judge
from agreementkit.checks.registry import CHECKS, CODES, LAW
from agreementkit.checks.scene import Scene
from agreementkit.diagnostics import Diagnostic


def check_set(scene: Scene) -> list[Diagnostic]:
    """Return what every check finds in a set, judged as its configuration and its clauses say."""
    return judge(scene, (found for check in CHECKS for found in check.findings(scene)), CODES, LAW)
