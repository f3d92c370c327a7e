"""The dated duties that follow from a configuration: each date, what is due, and the clauses that ask for it.

Only dates that the configuration gives, or that the agreement works out from them, are here. What is due "once a year"
without a day has no date.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from agreementkit.assemble.filters import format_date, ordinal
from agreementkit.checks.arrangement.ground import months_after, start, vesting
from agreementkit.config import Config
from agreementkit.config.calendar import Meeting

_DAY = re.compile(r"(\d{1,2}) ([A-Z][a-z]+)")
_PROTECTED_MONTHS = 36  # as the text says: no notice within three years
_REMINDER_MONTHS = 3  # as the text says: a reminder three months ahead
_BOARD = "forum-constitution"
_WEEKDAYS = "Counted from Monday to Friday; bank holidays are not taken into account."


@dataclass(frozen=True, slots=True)
class Due:
    """Something that is due on a day, before it is known where it is said.

    Attributes:
        date: The day.
        kind: `meeting`, `paper`, `review`, `notice`, `start`, `end` or `programme`.
        summary: What it is, in a few words.
        remark: What else should be known.
        ids: Divisions that ask for it, the best first.
        key: What it is, so that it is known again when its date has changed.
    """

    date: dt.date
    kind: str
    summary: str
    remark: str
    ids: tuple[str, ...]
    key: str


def dues(config: Config, years: int) -> Iterator[Due]:
    """Yield what is due, subject by subject.

    Args:
        config: The configuration.
        years: For how many years after the start to go on with what comes back.
    """
    yield from _start(config)
    yield from _meetings(config)
    yield from _shadow(config)
    yield from _programme(config)
    begins = start(config)
    if begins is not None:
        until = months_after(begins, 12 * years)
        yield from _reviews(config, begins, until)
        yield from _early_months(config, begins)
        yield from _anniversaries(begins, years)
        yield from _notice(config, begins)
        yield from _published(config, begins, until)


def _start(config: Config) -> Iterator[Due]:
    begins = start(config)
    if begins:
        ids = ("commencement/start", "framework-agreement/start")
        what = "The agreement takes effect" if len(config.agreements) == 1 else "The agreements take effect"
        yield Due(begins, "start", what, "", ids, "start")


def _meetings(config: Config) -> Iterator[Due]:
    first = config.forum.first_meeting
    for meeting in config.meeting_calendar if first else ():
        yield from _meeting(config, meeting, first.year if first else 0)


def _meeting(config: Config, meeting: Meeting, year: int) -> Iterator[Due]:
    forum = config.forum
    if meeting.date is None:
        return
    name, on = forum.name, format_date(meeting.date)
    which = f"The {ordinal(meeting.number)} ordinary meeting of the twelve months."
    key = f"meeting-{year}-{meeting.number}"
    frequency = (f"{_BOARD}/frequency", "framework-forum/maintain")
    yield Due(meeting.date, "meeting", f"Meeting of the {name}", which, frequency, key)
    for day, what, id_ in (
        (meeting.agenda_by, "Last day for agenda items", "items"),
        (meeting.papers_by, "Last day to send agenda and papers", "papers"),
        (meeting.minutes_by, "Last day to send the draft record", "record"),
    ):
        if day:
            summary = f"{what}: {name}"
            remark = f"For the meeting on {on}. {_WEEKDAYS}"
            yield Due(day, "paper", summary, remark, (f"{_BOARD}/{id_}",), f"{key}-{id_}")


def _reviews(config: Config, begins: dt.date, until: dt.date) -> Iterator[Due]:
    review, ids = config.review, ("review/interval", "framework-agreement/review")
    due = months_after(begins, review.first_review_months)
    yield Due(due, "review", "Latest date of the first review", "", ids, "review-1")
    archive = None if review.stays_in_force else review.archive_months
    if archive:
        ends = months_after(due, archive)
        lapse = "If the first review has not been completed by then and the forum has not extended it."
        yield Due(ends, "end", "The agreement is archived and ends", lapse, ("review/in-force",), "archive")
        told = f"Both sides are reminded that the agreement ends on {format_date(ends)} without a review."
        reminder = months_after(ends, -_REMINDER_MONTHS)
        yield Due(reminder, "review", "Reminder of the missed review", told, ("review/in-force",), "archive-reminder")
    number = 2
    while (due := months_after(due, review.interval_months)) <= until and due < dt.date.max:
        remark = "If the review before it was held on its latest date."
        yield Due(due, "review", f"Latest date of the {ordinal(number)} review", remark, ids, f"review-{number}")
        number += 1


def _early_months(config: Config, begins: dt.date) -> Iterator[Due]:
    found = config.establishment
    settled = months_after(begins, found.agreement_months)
    best = "Last day to name a better local arrangement of a predecessor"
    yield Due(settled, "programme", best, "", ("commencement/best",), "better-arrangements")
    done = "The comparison with the predecessors is complete"
    yield Due(settled, "programme", done, "", ("commencement/comparison",), "comparison")
    if found.sunset_months:
        ends = months_after(begins, found.sunset_months)
        remark = "Unless the forum decides otherwise."
        ids = ("commencement/sunset",)
        yield Due(ends, "end", "Interim arrangements of the predecessors end", remark, ids, "sunset")


def _anniversaries(begins: dt.date, years: int) -> Iterator[Due]:
    for year in range(1, years + 1):
        again = months_after(begins, 12 * year)
        if again == dt.date.max:
            return
        before = again - dt.timedelta(days=1)
        summary = "Last day for the unions’ yearly lists of representatives"
        yield Due(before, "notice", summary, "", ("accreditation/list",), f"list-{year}")
        yield Due(again, "start", "A new year of the pool of paid time", "", ("time-off/pool-year",), f"pool-{year}")


def _notice(config: Config, begins: dt.date) -> Iterator[Due]:
    """Yield the days before which recognition is protected, and from which notice may be given."""
    protected = months_after(begins, _PROTECTED_MONTHS)
    earliest = months_after(protected, -config.termination.notice_months)
    remark = "Recognition came about under the statutory procedure, so that it is protected for three years."
    ids = ("termination/statutory",)
    yield Due(protected, "end", "First day on which the employer may end recognition", remark, ids, "protected")
    told = f"So that the notice does not run out before {format_date(protected)}."
    yield Due(earliest, "notice", "First day for notice by the employer to end recognition", told, ids, "first-notice")


def _published(config: Config, begins: dt.date, until: dt.date) -> Iterator[Due]:
    found = _DAY.fullmatch(config.time_off.publish_by or "")
    months = list(calendar.month_name)
    if not found or found[2] not in months:
        return
    for year in range(begins.year, until.year + 1):
        try:
            due = dt.date(year, months.index(found[2]), int(found[1]))
        except ValueError:
            continue
        if begins <= due <= until:
            summary = "Yearly totals of time off are published"
            yield Due(due, "notice", summary, "", ("facilities-and-time-off/publish",), f"publish-{year}")


def _shadow(config: Config) -> Iterator[Due]:
    shadow, forum, vested = config.shadow, config.forum.shadow, vesting(config)
    period = ("shadow-period/period",)
    if shadow and shadow.starts:
        yield Due(shadow.starts, "start", "The shadow period begins", "", period, "shadow-starts")
    if vested:
        yield Due(vested, "end", "Vesting day: the shadow period ends", "", period, "vesting")
        settled = months_after(vested, config.establishment.agreement_months)
        what = "Permanent arrangements are settled"
        yield Due(settled, "programme", what, "", ("shadow-period/permanent",), "permanent")
        what = "The permanent forum has reviewed the arrangements of the shadow forum"
        yield Due(settled, "review", what, "", ("shadow-forum/review",), "shadow-review")
    if forum and forum.starts:
        name = f"First meeting of the {forum.name}"
        yield Due(forum.starts, "meeting", name, "", ("shadow-forum/frequency",), "shadow-forum-starts")
    if forum and forum.ends:
        remark = "Or when the permanent forum first meets, if that is later."
        yield Due(forum.ends, "end", f"The {forum.name} ends", remark, ("shadow-forum/end",), "shadow-forum-ends")


def _programme(config: Config) -> Iterator[Due]:
    found = config.change.harmonisation
    if not found.enabled:
        return
    ids = ("harmonisation-programme/complete-by", "harmonisation-programme")
    if found.complete_by:
        yield Due(found.complete_by, "programme", "Priority policies are agreed", "", ids[:1], "harmonisation")
    for number, policy in enumerate(found.policies, 1):
        for stage, ends in (("first", policy.stage_one_ends), ("second", policy.stage_two_ends)):
            if ends:
                summary = f"End of the {stage} stage of consultation: {policy.name}"
                yield Due(ends, "programme", summary, "", ids[1:], f"policy-{number}-{stage}")
