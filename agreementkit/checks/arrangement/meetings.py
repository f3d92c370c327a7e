"""Meetings of the forum: whether the times around them can be kept."""

from __future__ import annotations

from collections.abc import Iterator

from agreementkit.checks.arrangement.ground import count, day, standing, stands
from agreementkit.checks.kinds import Check, Family, Found, at
from agreementkit.checks.scene import Scene
from agreementkit.diagnostics import Severity

_WEEKS = 52
_SATURDAY = 5


def around_one_meeting(scene: Scene) -> Iterator[Found]:
    """Yield times before one meeting that cannot both be kept."""
    forum, disputes = scene.config.forum, scene.config.disputes
    if forum.agenda_days < forum.papers_days and stands(scene, "forum-constitution/papers"):
        passage = standing(scene, "forum-constitution/items")
        if passage:
            yield at(
                passage,
                f"takes items until {count(forum.agenda_days, 'working day')} before a meeting, when the agenda and "
                f"papers have been sent out ({count(forum.papers_days, 'working day')} before)",
                f"set forum.agenda_days to more than {forum.papers_days}, or forum.papers_days to less than "
                f"{forum.agenda_days}",
                path="forum.agenda_days",
            )
    if forum.special_notice_days > forum.special_meeting_days:
        passage = standing(scene, "forum-constitution/special-notice")
        if passage:
            yield at(
                passage,
                f"gives members notice of {count(forum.special_notice_days, 'working day')} before a special meeting, "
                f"which has to be held within {count(forum.special_meeting_days, 'working day')} of the request",
                f"set forum.special_notice_days to less than {forum.special_meeting_days}, or allow more time with "
                "forum.special_meeting_days",
                path="forum.special_notice_days",
            )
    for index, stage in enumerate(disputes.stages):
        late = stage.days < forum.special_meeting_days and "special meeting" in stage.body.casefold()
        if late and stands(scene, "forum-constitution/special"):
            passage = standing(scene, "disputes/stages", "framework-disputes/stages")
            if passage:
                yield at(
                    passage,
                    f"gives the stage '{stage.name}' {count(stage.days, 'working day')}, and a special meeting need "
                    f"only be held within {forum.special_meeting_days}",
                    f"give the stage at least {forum.special_meeting_days} days, or lower forum.special_meeting_days",
                    path=f"disputes.stages[{index}].days",
                )


def between_meetings(scene: Scene) -> Iterator[Found]:
    """Yield times that are longer than the time from one ordinary meeting to the next."""
    forum = scene.config.forum
    if forum.meetings_held not in ("on-dates", "every-weeks"):
        return  # nobody knows how far apart they are
    weeks = forum.meeting_weeks if forum.meetings_held == "every-weeks" else _WEEKS / forum.meetings_a_year
    apart = int(weeks * 5)
    most = len(range(0, _WEEKS, forum.meeting_weeks))
    frequency = standing(scene, "forum-constitution/frequency")
    if frequency is None:
        return
    if forum.meetings_held == "every-weeks" and forum.meetings_a_year > most:
        yield at(
            frequency,
            f"has a meeting every {count(forum.meeting_weeks, 'week')}, which is {count(most, 'meeting')} a year at "
            f"most, and at least {forum.meetings_a_year} meetings a year",
            f"set forum.meetings_a_year to {most} or less, or forum.meeting_weeks to "
            f"{max(1, _WEEKS // forum.meetings_a_year)} or less",
            path="forum.meetings_a_year",
        )
        return  # the time between meetings is not settled yet
    for id_, name, days, least, says in (
        ("forum-constitution/record", "minutes_days", forum.minutes_days, apart,
         "sends the draft record within {} after a meeting, by which time the next has come"),
        ("forum-constitution/items", "agenda_days", forum.agenda_days, apart + 1,
         "asks for items {} before a meeting, when the one before it has not been held"),
        ("forum-constitution/failure", "reconvene_days", forum.reconvene_days, apart,
         "calls a meeting without a quorum again within {}, by which time the next has come"),
    ):  # fmt: skip
        passage = standing(scene, id_) if days >= least else None
        if passage:
            yield at(
                passage,
                f"{says.format(count(days, 'working day'))}: ordinary meetings are about "
                f"{count(apart, 'working day')} apart",
                f"set forum.{name} to less than {apart}, or hold fewer ordinary meetings",
                path=f"forum.{name}",
            )


def nobody_at_work(scene: Scene) -> Iterator[Found]:
    """Yield a meeting that the agreements place on a Saturday or Sunday."""
    forum = scene.config.forum
    for id_, date, path, what in (
        ("meeting-calendar", forum.first_meeting, "forum.first_meeting", "the first meeting, and so each of them,"),
        (
            "shadow-forum/frequency",
            forum.shadow.starts if forum.shadow else None,
            "forum.shadow.starts",
            "the first meeting of the shadow forum",
        ),
    ):
        passage = standing(scene, id_) if date and date.weekday() >= _SATURDAY else None
        if passage and date:
            yield at(
                passage,
                f"places {what} on a {date:%A} ({day(date)}), which is no working day",
                f"give {path} a date from Monday to Friday",
                path=path,
            )


CHECKS = (
    Check(
        "AK535",
        "times before a meeting that cannot both be kept",
        "Papers that go out before items are due, or a notice longer than the time in which the meeting has to be "
        "held, put whoever prepares the meeting in breach whatever they do.",
        Family.ARRANGEMENT,
        Severity.WARNING,
        around_one_meeting,
    ),
    Check(
        "AK536",
        "times longer than those between meetings",
        "A record that is due after the next meeting cannot be agreed there, and a meeting every twelve weeks is not "
        "six meetings a year.",
        Family.ARRANGEMENT,
        Severity.WARNING,
        between_meetings,
    ),
    Check(
        "AK537",
        "a meeting at the weekend",
        "The calendar counts on in whole weeks, so a first meeting on a Saturday puts every meeting on one.",
        Family.ARRANGEMENT,
        Severity.WARNING,
        nobody_at_work,
    ),
)
