"""The calendar of meetings, the records of predecessors and the list of forms."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from agreementkit.config import Config
from agreementkit.config.calendar import meeting_calendar, weekdays_from
from agreementkit.config.document import Form
from agreementkit.config.forum import Forum

Data = dict[str, Any]


def test_meetings_are_spread_over_twelve_months_on_one_weekday() -> None:
    tuesday = date(2026, 5, 12)
    meetings = meeting_calendar(Forum(first_meeting=tuesday, meetings_a_year=6))
    assert [m.number for m in meetings] == [1, 2, 3, 4, 5, 6]
    assert [m.date for m in meetings] == [
        date(2026, 5, 12), date(2026, 7, 14), date(2026, 9, 8), date(2026, 11, 10), date(2027, 1, 12), date(2027, 3, 9),
    ]  # fmt: skip
    first = meetings[0]
    assert (first.agenda_by, first.papers_by, first.minutes_by) == (
        date(2026, 4, 28),
        date(2026, 5, 5),
        date(2026, 5, 26),
    )


@given(
    first=st.dates(date(1990, 1, 1), date(2100, 1, 1)),
    count=st.integers(1, 52),
    days=st.tuples(st.integers(1, 40), st.integers(1, 40), st.integers(1, 60)),
)
def test_a_calendar_keeps_its_promises(first: date, count: int, days: tuple[int, int, int]) -> None:
    agenda, papers, minutes = days
    forum = Forum(
        first_meeting=first, meetings_a_year=count, agenda_days=agenda, papers_days=papers, minutes_days=minutes
    )
    meetings = meeting_calendar(forum)
    dates = [m.date for m in meetings if m.date]
    assert len(dates) == len(meetings) == count
    assert dates[0] == first
    assert {day.weekday() for day in dates} == {first.weekday()}
    assert dates[-1] < first + timedelta(days=364)
    gaps = {(later - earlier).days for earlier, later in pairwise(dates)}
    assert not gaps or max(gaps) - min(gaps) <= 7
    for meeting in meetings:
        assert meeting.date
        assert meeting.agenda_by
        assert meeting.papers_by
        assert meeting.minutes_by
        assert meeting.agenda_by < meeting.date < meeting.minutes_by
        assert {meeting.agenda_by.weekday(), meeting.papers_by.weekday(), meeting.minutes_by.weekday()} <= set(range(5))
        assert (meeting.agenda_by <= meeting.papers_by) == (agenda >= papers)


def test_an_interval_sets_the_dates_where_the_forum_meets_at_one() -> None:
    forum = Forum(first_meeting=date(2026, 1, 5), meetings_held="every-weeks", meeting_weeks=13)
    assert [m.date for m in meeting_calendar(forum)] == [
        date(2026, 1, 5), date(2026, 4, 6), date(2026, 7, 6), date(2026, 10, 5),
    ]  # fmt: skip


def test_without_a_first_meeting_the_calendar_has_lines_and_no_dates() -> None:
    meetings = meeting_calendar(Forum(meetings_a_year=4))
    assert [(m.number, m.date, m.agenda_by) for m in meetings] == [(n, None, None) for n in (1, 2, 3, 4)]


@pytest.mark.parametrize("edge", [date.min, date.max])
def test_the_ends_of_the_calendar_do_no_harm(edge: date) -> None:
    assert len(meeting_calendar(Forum(first_meeting=edge))) == 6


def test_days_are_counted_from_monday_to_friday() -> None:
    friday = date(2026, 5, 15)
    assert weekdays_from(friday, 1) == date(2026, 5, 18)
    assert weekdays_from(friday, -5) == date(2026, 5, 8)
    assert weekdays_from(date(2026, 5, 16), -1) == friday  # from a Saturday
    assert weekdays_from(friday, 0) == friday


def test_predecessors_are_shown_with_the_names_of_their_unions(least: Data) -> None:
    least["unions"] = [{"id": "unison", "short": "UNISON Branch"}, "mip"]
    least["predecessors"] = [
        {"name": "Northtown CCG", "recognised": ["unison", "gmb", "Staff Association"], "note": "Met monthly."},
        {"name": "Southtown CCG"},
    ]
    north, south = Config.model_validate(least).predecessor_records
    assert north.recognised == ("UNISON Branch", "GMB", "Staff Association")
    assert (north.note, south.recognised, south.note) == ("Met monthly.", (), None)


def test_forms_are_asked_for_by_name(least: Data) -> None:
    assert Config.model_validate(least).forms == ()
    least["forms"] = list(get_args(Form))
    assert len(Config.model_validate(least).forms) == 10
    least["forms"] = ["time-of-request"]
    with pytest.raises(ValidationError):
        Config.model_validate(least)
