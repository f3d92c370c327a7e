"""Dates: in an order in which things can happen, and no ending before what it should wait for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from agreementkit.checks.arrangement.ground import count, day, months_after, standing, stands, start, vesting
from agreementkit.checks.kinds import Check, Family, Found, at
from agreementkit.checks.scene import Scene
from agreementkit.config import Config
from agreementkit.diagnostics import Severity

_PROTECTED_MONTHS = 36  # as the text says: no notice within three years
_REMINDER_MONTHS = 3


def out_of_order(scene: Scene) -> Iterator[Found]:
    """Yield dates that stand in an order in which things cannot happen."""
    config = scene.config
    signed, begins = config.dates.agreement, start(config)
    passage = standing(scene, "commencement/start", "framework-agreement/start")
    if signed and begins and begins < signed and passage:
        vests = config.dates.commencement_mode == "vesting"
        yield at(
            passage,
            f"lets the agreement take effect on {day(begins)}, before its own date ({day(signed)})",
            "set dates.commencement_mode to 'fixed' and dates.commencement to a date not before that of the agreements"
            if vests
            else "set dates.commencement to a date not before dates.agreement",
            "if it is meant to reach back, say so in the text and accept this finding with the reason",
            path="dates.commencement_mode" if vests else "dates.commencement",
        )
    first = config.forum.first_meeting
    passage = standing(scene, "meeting-calendar")
    if first and begins and first < begins and passage:
        yield at(
            passage,
            f"begins with a meeting on {day(first)}, before the agreement takes effect ({day(begins)})",
            f"set forum.first_meeting to a date from {day(begins)} on",
            path="forum.first_meeting",
        )
    for index, step in enumerate(config.document.consulted):
        passage = standing(scene, "policy-record/trail") if step.date and signed and step.date > signed else None
        if passage and step.date and signed:
            yield at(
                passage,
                f"says that '{step.body}' was consulted before the text was agreed, on {day(step.date)}, and the "
                f"agreement is dated {day(signed)}",
                f"correct document.consulted[{index}].date or dates.agreement",
                path=f"document.consulted[{index}].date",
            )
    yield from _harmonisation(scene, begins)
    established, vested = config.establishment.date, config.shadow.ends if config.shadow else None
    passage = standing(scene, "recital-predecessors")
    if established and vested and established > vested and passage:
        yield at(
            passage,
            f"puts the beginning of the employer on {day(established)}, after vesting day, from which it has full "
            f"powers ({day(vested)})",
            "set establishment.date to shadow.ends, or correct the later of the two",
            path="establishment.date",
        )


def _harmonisation(scene: Scene, begins: dt.date | None) -> Iterator[Found]:
    """Yield dates of the harmonisation programme that its own last day does not allow."""
    programme = scene.config.change.harmonisation
    last = programme.complete_by
    passage = standing(scene, "harmonisation-programme/complete-by")
    if last is None or passage is None:
        return
    if begins and last < begins:
        yield at(
            passage,
            f"wants the priority policies agreed by {day(last)}, before the agreement takes effect ({day(begins)})",
            f"set change.harmonisation.complete_by to a date after {day(begins)}",
            path="change.harmonisation.complete_by",
        )
    for index, policy in enumerate(programme.policies):
        ends = policy.stage_two_ends or policy.stage_one_ends
        if ends and ends > last:
            name = "stage_two_ends" if policy.stage_two_ends else "stage_one_ends"
            yield at(
                passage,
                f"wants the priority policies agreed by {day(last)}, and consultation on '{policy.name}' ends on "
                f"{day(ends)}",
                "set change.harmonisation.complete_by to a date after the last stage, or let that stage end earlier",
                path=f"change.harmonisation.policies[{index}].{name}",
            )


# --------------------------------------------------------------------------------------- the time before vesting


def shadow_time(scene: Scene) -> Iterator[Found]:
    """Yield a shadow forum without a shadow period, or dates of the two that do not fit together."""
    config = scene.config
    forum, shadow, vested, begins = config.forum.shadow, config.shadow, vesting(config), start(config)
    if forum and shadow is None:
        passage = standing(scene, "shadow-forum", "shadow-period")
        if passage:
            yield at(
                passage,
                f"describes the {forum.name}, and no shadow period is configured in which it works",
                "add shadow.ends, the day on which the new body has its powers, and shadow.starts",
                "or leave forum.shadow out, if no new body is being made",
                path="forum.shadow",
            )
        return
    period = standing(scene, "shadow-period/period")
    if period and vested and begins and begins >= vested:
        on = "on vesting day" if begins == vested else f"on {day(begins)}, after vesting day ({day(vested)})"
        yield at(
            period,
            f"rules the time until vesting day, and the agreement takes effect only {on}, when that time is over",
            "set dates.commencement_mode to 'fixed' and dates.commencement to a date in the shadow period",
            "or leave shadow and forum.shadow out",
            path="dates.commencement",
        )
    passage = standing(scene, "shadow-forum/frequency")
    if forum and shadow and passage and forum.starts:
        if shadow.starts and forum.starts < shadow.starts:
            yield at(
                passage,
                f"lets the {forum.name} first meet on {day(forum.starts)}, before the shadow period starts "
                f"({day(shadow.starts)})",
                "set forum.shadow.starts to a date from shadow.starts on",
                path="forum.shadow.starts",
            )
        elif vested and forum.starts >= vested:
            yield at(
                passage,
                f"lets the {forum.name} first meet on {day(forum.starts)}, when the new body has its powers and the "
                f"shadow period is over ({day(vested)})",
                "set forum.shadow.starts to a date before shadow.ends",
                path="forum.shadow.starts",
            )
    yield from _handover(scene, config)


def _handover(scene: Scene, config: Config) -> Iterator[Found]:
    """Yield an end of the shadow forum that does not fit what comes after it."""
    forum, vested, first = config.forum.shadow, vesting(config), config.forum.first_meeting
    if forum is None or forum.ends is None:
        return
    passage = standing(scene, "shadow-forum/end")
    if passage and first and first < forum.ends:
        yield at(
            passage,
            f"keeps the {forum.name} until {day(forum.ends)}, and the {config.forum.name} first meets on {day(first)}, "
            "so that both do the same work for a time",
            "set forum.shadow.ends to forum.first_meeting, or the reverse",
            path="forum.shadow.ends",
        )
    if passage and vested and forum.ends < vested and (first is None or first < vested):
        yield at(
            passage,
            f"ends the {forum.name} on {day(forum.ends)}, before the new body has its powers ({day(vested)}), so that "
            "nobody speaks for it in between",
            "set forum.shadow.ends to shadow.ends or later",
            path="forum.shadow.ends",
        )
    passage = standing(scene, "shadow-forum/review")
    months = config.establishment.agreement_months
    if passage and vested and forum.ends > months_after(vested, months):
        yield at(
            passage,
            f"asks the permanent forum for a review within {count(months, 'month')} after vesting day, and it takes "
            f"over only on {day(forum.ends)}",
            "let forum.shadow.ends be earlier, or raise establishment.agreement_months",
            path="forum.shadow.ends",
        )


# ----------------------------------------------------------------------------------------------------- endings


def ends_too_soon(scene: Scene) -> Iterator[Found]:
    """Yield an agreement or arrangement that may end before what should come first."""
    config = scene.config
    review, establishment = config.review, config.establishment
    archive = None if review.stays_in_force else review.archive_months
    passage = standing(scene, "review/in-force")
    if archive and passage:
        if archive < _REMINDER_MONTHS:
            yield at(
                passage,
                f"ends the agreement {count(archive, 'month')} after a missed review, with a reminder three months "
                "ahead, when the review is not even due",
                f"set review.archive_months to more than {_REMINDER_MONTHS}, or review.stays_in_force to true",
                path="review.archive_months",
            )
        if (
            stands(scene, "termination/statutory")
            and passage.agreement == "recognition"
            and review.first_review_months + archive < _PROTECTED_MONTHS
        ):
            yield at(
                passage,
                f"may end recognition without notice {review.first_review_months + archive} months after the start, "
                "which another clause protects for three years",
                "set review.stays_in_force to true",
                path="review.stays_in_force",
            )
    sunset, months = establishment.sunset_months, establishment.agreement_months
    passage = standing(scene, "commencement/sunset")
    if sunset and passage:
        begins, vested = start(config), vesting(config)
        if sunset < months and stands(scene, "commencement/best", "commencement/comparison"):
            yield at(
                passage,
                f"ends interim arrangements {count(sunset, 'month')} after the start, and the parties have "
                f"{count(months, 'month')} to say which of them are kept",
                "set establishment.sunset_months to more than establishment.agreement_months",
                path="establishment.sunset_months",
            )
        elif begins and vested and stands(scene, "shadow-period/permanent"):
            ends, settled = months_after(begins, sunset), months_after(vested, months)
            if ends < settled:
                yield at(
                    passage,
                    f"ends interim arrangements on {day(ends)}, and the parties have until {day(settled)} to settle "
                    "what replaces them",
                    "raise establishment.sunset_months, or lower establishment.agreement_months",
                    path="establishment.sunset_months",
                )


CHECKS = (
    Check(
        "AK541",
        "dates out of order",
        "An agreement that takes effect before it is made, or a programme that ends before it begins, was given a "
        "wrong date somewhere; readers will not know which.",
        Family.ARRANGEMENT,
        Severity.WARNING,
        out_of_order,
    ),
    Check(
        "AK542",
        "a shadow forum outside a shadow period",
        "A shadow forum works for a body that has no powers yet. Without that time, or beside it, two bodies do the "
        "same work or none does it.",
        Family.ARRANGEMENT,
        Severity.WARNING,
        shadow_time,
    ),
    Check(
        "AK543",
        "an ending before what should come first",
        "If an agreement lapses before anybody is reminded, or an interim arrangement before its replacement is due, "
        "people lose it without a decision.",
        Family.ARRANGEMENT,
        Severity.WARNING,
        ends_too_soon,
    ),
)
