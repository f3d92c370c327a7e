"""The calendar of ordinary meetings of the forum, worked out from the date of the first one."""

from datetime import date, timedelta

from pydantic import Field

from agreementkit.config.fields import Day, Section, Whole
from agreementkit.config.forum import Forum

_WEEKS = 52
_SATURDAY = 5


class Meeting(Section):
    """One ordinary meeting and the days that follow from its date. Without a first meeting there are no dates yet."""

    number: Whole = Field(description="Which meeting of the twelve months it is, from 1.")
    date: Day | None = Field(default=None, description="Date of the meeting.")
    agenda_by: Day | None = Field(default=None, description="Last day to name an item for the agenda.")
    papers_by: Day | None = Field(default=None, description="Last day to send the agenda and papers.")
    minutes_by: Day | None = Field(default=None, description="Last day to send the record.")


def meeting_calendar(forum: Forum) -> tuple[Meeting, ...]:
    """Return the meetings of twelve months: all on the weekday of the first.

    They are evenly spread, or so many weeks apart where the forum meets at an interval.

    The days for agenda, papers and record are counted from Monday to Friday. Bank holidays are not known here.
    """
    return tuple(_meeting(forum, turn, week) for turn, week in enumerate(_weeks(forum), 1))


def _weeks(forum: Forum) -> list[int]:
    """Return how many weeks after the first meeting each one is. Whole weeks keep the weekday."""
    if forum.meetings_held == "every-weeks":
        return list(range(0, _WEEKS, forum.meeting_weeks))
    count = forum.meetings_a_year
    return [(2 * _WEEKS * turn + count) // (2 * count) for turn in range(count)]  # halves go up


def _meeting(forum: Forum, number: int, week: int) -> Meeting:
    if forum.first_meeting is None:
        return Meeting(number=number)
    try:
        day = forum.first_meeting + timedelta(weeks=week)
        return Meeting(
            number=number,
            date=day,
            agenda_by=weekdays_from(day, -forum.agenda_days),
            papers_by=weekdays_from(day, -forum.papers_days),
            minutes_by=weekdays_from(day, forum.minutes_days),
        )
    except OverflowError:  # before the first or after the last date there is
        return Meeting(number=number)


def weekdays_from(day: date, number: int) -> date:
    """Return the date that lies `number` days from Monday to Friday after `day`, or before it if negative.

    Args:
        day: Where to count from; it is not counted itself.
        number: How many such days.
    """
    step = timedelta(days=1 if number > 0 else -1)
    for _ in range(abs(number)):
        day += step
        while day.weekday() >= _SATURDAY:
            day += step
    return day
