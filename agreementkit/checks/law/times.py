"""Days that the checks of law reckon with: months back and forth, and the first year of a set."""

from __future__ import annotations

import calendar
import datetime as dt

from agreementkit.bank.law import LawEntry
from agreementkit.checks.scene import Scene


def months_from(day: dt.date, months: int) -> dt.date:
    """Return the same day so many months later, or earlier if negative; the last of the month where there is none."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        return dt.date.max if months > 0 else dt.date.min
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def first_year_ends(scene: Scene) -> dt.date:
    """Return the day twelve months after the agreements start."""
    dates, shadow = scene.config.dates, scene.config.shadow
    start = dates.commencement
    if start is None and dates.commencement_mode == "vesting" and shadow:
        start = shadow.ends
    return months_from(start or scene.date, 12)


def may_come(scene: Scene, entry: LawEntry) -> bool:
    """Whether pending law could start in the first year of the agreements.

    It had not started when it was last checked, so it cannot have started in a year that was over by then.
    """
    return entry.status == "pending" and scene.nation in entry.extent and first_year_ends(scene) > entry.checked
