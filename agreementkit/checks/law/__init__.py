"""Checks of law and policy: floors, stale law, completeness; and the matrix of compliance."""

from agreementkit.checks.law import complete, floors, stale
from agreementkit.checks.law.matrix import MatrixRow, Provided, matrix

CHECKS = (*floors.CHECKS, *stale.CHECKS, *complete.CHECKS)
"""Every check of this family."""

__all__ = ["CHECKS", "MatrixRow", "Provided", "matrix"]
