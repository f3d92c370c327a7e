"""How findings speak of law: what is confirmed is law, and everything else says that it is not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from agreementkit.assemble.filters import format_date
from agreementkit.bank.law import Floor, LawEntry
from agreementkit.checks.scene import Scene

UNSURE = {
    "general-knowledge": "general knowledge, not confirmed in a source",
    "pending": "planned or enacted, but not confirmed in force",
}
"""Marks of entries that are not stated as law, by status."""
_SHOWN = 4


def marked(entry: LawEntry) -> str:
    """Return the short form of an entry, with its mark if it is not confirmed."""
    mark = UNSURE.get(entry.status)
    return f"{entry.short} ({mark})" if mark else entry.short


def day(value: dt.date) -> str:
    """Return a date in words."""
    return format_date(value)


def amount(value: object, unit: str) -> str:
    """Return a number with its unit: `30 days`, `1 month`, `4 per year`."""
    if isinstance(value, int) and not isinstance(value, bool):
        if value == 1 and unit.endswith("s"):
            unit = unit[:-1]
        return f"{value:,} {unit}"
    return f"{value} {unit}"


def bound(floor: Floor) -> str:
    """Return the limit of a floor in words: `at least 30 days`."""
    least = {">=": "at least ", "<=": "at most "}.get(floor.comparator, "")
    return f"{least}{amount(floor.value, floor.unit)}"


def where(scene: Scene, agreement: str, division: str) -> str:
    """Return where a division stands: "clause 7 of the Recognition Agreement"; its id where it has no number."""
    document = scene.document(agreement)
    title = (document.short or document.title) if document else agreement
    return f"{label(scene, agreement, division)} of the {title}"


def label(scene: Scene, agreement: str, division: str) -> str:
    """Return the number of a division as a reference says it, that of its clause, or its id."""
    labels = scene.labels
    return labels.get((agreement, division)) or labels.get((agreement, division.split("/")[0])) or f"{division!r}"


def some(words: Sequence[str]) -> str:
    """Return a list in words, cut short when it is long: `a, b, c, d and 3 more`."""
    if len(words) > _SHOWN + 1:
        return f"{', '.join(words[:_SHOWN])} and {len(words) - _SHOWN} more"
    return " and ".join((", ".join(words[:-1]), words[-1]) if len(words) > 1 else words)
