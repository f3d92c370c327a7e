"""Runs all checks over the agreements of a set."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from agreementkit.checks.blanks import blanks
from agreementkit.diagnostics import Diagnostic
from agreementkit.tree.nodes import Document

Check = Callable[[Document], Iterable[Diagnostic]]

CHECKS: tuple[Check, ...] = (blanks,)
"""Every check of one agreement, in the order in which findings are listed."""


def check(document: Document) -> Iterator[Diagnostic]:
    """Yield what every check finds in a resolved agreement."""
    for one in CHECKS:
        yield from one(document)
