"""What belongs to the key terms, subject by subject, worked out from a configuration."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from agreementkit.assemble.filters import joined, times, words
from agreementkit.config import Config
from agreementkit.keyterms.said import Statement, counted, period, statement, value
from agreementkit.tree.nodes import Inline, Text

_DEGREES = {
    "representation": "representation of members as individuals",
    "consultation": "representation and consultation",
    "full-bargaining": "representation, consultation and negotiation",
}
_CHAIRS = {
    "joint": "a joint chair from each side",
    "rotating-yearly": "each side in turn, for a year at a time",
    "alternating": "each side in turn, from meeting to meeting",
    "employer-with-staff-vice": "the employer’s side, with a vice-chair from the staff side",
    "independent": "an independent chair",
}
_OFFICES = {"shared": "shared office", "dedicated": "own office", "none": "no office"}
_STATUS_QUO = {
    "full": "goes on until the procedure ends",
    "full-with-urgent-exception": "goes on until the procedure ends, except for urgent changes",
    "by-consent": "goes on only where both sides agree",
    "none": "does not go on: a change is not delayed by a dispute",
}
_STARTS = {
    "on-signature": "when it has been signed",
    "vesting": "on vesting day",
}
_BOARD = "forum-constitution"
_and_list = joined("and")

Term = tuple[str, tuple[Statement, ...]]
"""A subject, and what is agreed on it."""


def catalogue(config: Config) -> Iterator[Term]:
    """Yield every subject with its statements, in the order in which they are printed."""
    for subject, statements in (
        ("Employer" if len(config.employers) == 1 else "Employers", _employers(config)),
        ("Union" if len(config.unions) == 1 else "Unions", _unions(config)),
        ("Recognition", _recognition(config)),
        ("Forum", _forum(config)),
        ("Seats", _seats(config)),
        ("Chair", _chair(config)),
        ("Quorum", _quorum(config)),
        ("Meetings", _meetings(config)),
        ("Committee of doctors and dentists", _committee(config)),
        ("Consultation", _consultation(config)),
        ("Time off", _time_off(config)),
        ("Facilities", _facilities(config)),
        ("Disputes", _disputes(config)),
        ("Status quo", _status_quo(config)),
        ("Start", _start(config)),
        ("Review", _review(config)),
        ("Changes", _changes(config)),
        ("Ending", _ending(config)),
    ):
        yield subject, tuple(statements)


def _listed(entries: list[Inline]) -> list[Inline]:
    out: list[Inline] = []
    for number, entry in enumerate(entries):
        out += [Text("; "), entry] if number else [entry]
    return out


def _employers(config: Config) -> Iterator[Statement]:
    yield statement(*_listed([value(f"employers[{n}].name", e.name) for n, e in enumerate(config.employers)]))


def _unions(config: Config) -> Iterator[Statement]:
    yield statement(*_listed([value(f"unions[{n}].short", union.short) for n, union in enumerate(config.unions)]))


def _recognition(config: Config) -> Iterator[Statement]:
    ids = ("recognition-degree/extent", "recognition-degree", "framework-recognition/recognised")
    less = ", less for some groups" if config.recognition.limited_groups else ""
    yield statement(f"For {_DEGREES[config.recognition.degree]}{less}", ids=ids)


def _forum(config: Config) -> Iterator[Statement]:
    forum = config.forum
    yield statement(value("forum.name", forum.name), ids=("forum/maintain", "framework-forum/maintain", _BOARD))


def _seats(config: Config) -> Iterator[Statement]:
    forum = config.forum
    seats = value("forum.employer_seats", forum.employer_seats, words(forum.employer_seats))
    yield statement(
        f"{config.labels.employer_side}: ", seats, ids=(f"{_BOARD}/management-side", "framework-forum/sides")
    )
    side = f"{config.labels.staff_side}: "
    if forum.seats_basis in ("equal-sides", "proportional"):
        shared = ", in proportion to members" if forum.seats_basis == "proportional" else ""
        seats = value("forum.staff_side_seats", forum.staff_side_seats, words(forum.staff_side_seats))
        yield statement(side, seats, shared, ids=(f"{_BOARD}/{forum.seats_basis}",))
        return
    each = value("forum.seats_per_union", forum.seats_per_union, words(forum.seats_per_union))
    if forum.seats_basis == "per-union":
        others = any(u.seats is not None and u.seats != forum.seats_per_union for u in config.unions)
        usual = ", with exceptions" if others else ""
        yield statement(side, each, f" for each union{usual}", ids=(f"{_BOARD}/per-union",))
    else:
        yield statement(side, "every union, with up to ", each, " each", ids=(f"{_BOARD}/all-unions",))


def _chair(config: Config) -> Iterator[Statement]:
    yield statement(_capital(_CHAIRS[config.forum.chair]), ids=(f"{_BOARD}/appointment",))


def _quorum(config: Config) -> Iterator[Statement]:
    forum, ids = config.forum, (f"{_BOARD}/count",)
    match forum.quorum_basis:
        case "per-side":
            employer = value("forum.quorum_employer", forum.quorum_employer, words(forum.quorum_employer))
            staff = value("forum.quorum_staff_side", forum.quorum_staff_side, words(forum.quorum_staff_side))
            sides = (config.labels.employer_side, config.labels.staff_side)
            yield statement(f"{sides[0]}: ", employer, f"; {sides[1]}: ", staff, ids=ids)
        case "more-than-half":
            yield statement("More than half of the members of each side", ids=ids)
        case "per-union":
            employer = value("forum.quorum_employer", forum.quorum_employer, words(forum.quorum_employer))
            yield statement(f"{config.labels.employer_side}: ", employer, "; each union: one", ids=ids)
        case "total":
            total = value("forum.quorum_total", forum.quorum_total, words(forum.quorum_total))
            yield statement(total, " members in all", ids=ids)


def _meetings(config: Config) -> Iterator[Statement]:
    forum = config.forum
    held: Mapping[str, str] = {"each-term": "in each term, ", "as-needed": "when either side asks, "}
    often = held.get(forum.meetings_held, "")
    yield statement(
        _capital(f"{often}at least "),
        value("forum.meetings_a_year", forum.meetings_a_year, times(forum.meetings_a_year)),
        " a year",
        ids=(f"{_BOARD}/frequency", "framework-forum/maintain"),
    )
    yield statement(
        "Items for the agenda ",
        *counted("forum.agenda_days", forum.agenda_days, "working day"),
        " before",
        ids=(f"{_BOARD}/items",),
    )
    yield statement(
        "Agenda and papers ",
        *counted("forum.papers_days", forum.papers_days, "working day"),
        " before",
        ids=(f"{_BOARD}/papers",),
    )
    yield statement(
        "Draft record within ",
        *counted("forum.minutes_days", forum.minutes_days, "working day"),
        " after",
        ids=(f"{_BOARD}/record",),
    )


def _committee(config: Config) -> Iterator[Statement]:
    lnc, board = config.lnc, "lnc-constitution"
    seats = sum(group.seats for group in lnc.seats)
    side = _capital(words(lnc.employer_seats))
    yield statement(f"{side} from the employer, {words(seats)} elected", ids=(f"{board}/seats",))
    yield statement(
        "At least ",
        value("lnc.meetings_a_year", lnc.meetings_a_year, times(lnc.meetings_a_year)),
        " a year",
        ids=(f"{board}/frequency",),
    )
    yield statement(
        f"Quorum: {words(lnc.quorum_employer)} from the employer, {words(lnc.quorum_elected)} elected",
        ids=(f"{board}/quorum",),
    )


def _consultation(config: Config) -> Iterator[Statement]:
    found = config.consultation
    for name, days, lead, ids in (
        ("days", found.days, "Usual period: ", ("consultation/period", "framework-consultation/consultation")),
        ("change_days", found.change_days, "Organisational change: ", ("organisational-change/period",)),
        ("policy_days", found.policy_days, "Policies: ", ("policy-development/comments",)),
    ):
        yield statement(lead, period(f"consultation.{name}", days, "day"), ids=ids)
    yield statement(
        "Redundancies: ",
        period("consultation.redundancy_days_small", found.redundancy_days_small, "day"),
        " for 20 to 99, ",
        period("consultation.redundancy_days_large", found.redundancy_days_large, "day"),
        " for 100 or more",
        ids=("redundancy-consultation/periods", "framework-consultation/redundancies"),
    )


def _time_off(config: Config) -> Iterator[Statement]:
    time, asking = config.time_off, "facilities-and-time-off"
    short = ("framework-representatives/time-off",) if time.basis == "reasonable" else ()
    yield statement(*_amount(config), ids=(*(f"time-off/{name}" for name in _AMOUNTS[time.basis]), *short))
    yield statement(
        "Notice for duties: ",
        *counted("time_off.notice_days", time.notice_days, "working day"),
        "; answer within ",
        *counted("time_off.answer_days", time.answer_days, "working day"),
        ids=(f"{asking}/notice",),
    )
    yield statement(
        "Notice for training: ",
        period("time_off.training_notice_days", time.training_notice_days, "day"),
        ids=("training-time/notice", f"{asking}/training-request"),
    )


_AMOUNTS = {
    "reasonable": ("amount",),
    "pool": ("pool", "pool-formula"),
    "release": ("release", "release-open"),
    "allowance": ("allowance", "allowance-open"),
}


def _amount(config: Config) -> tuple[str | Inline, ...]:
    time = config.time_off
    if time.basis == "reasonable":
        return ("A reasonable amount, paid, for union duties",)
    if time.basis == "pool":
        if time.pool_hours_per_member is not None or time.pool_hours_per_union is not None:
            return ("A pool of paid hours, counted by members and unions",)
        return ("A pool of ", period("time_off.pool_hours", time.pool_hours, "hour"), " a year, paid")
    if time.basis == "release":
        posts = [f"{post.role} {post.hours_a_week} hours" for post in time.release_posts]
        return (f"Release in each week: {_and_list(posts)}" if posts else "Release of posts to be agreed",)
    roles = [f"{one.role} {one.amount:,} {one.unit} a {one.per}" for one in time.allowances]
    return (f"Fixed amounts: {_and_list(roles)}" if roles else "Fixed amounts to be agreed",)


def _facilities(config: Config) -> Iterator[Statement]:
    found = config.facilities
    room = _OFFICES[found.office]
    cost = {"free": "free of charge", "shared": "at shared cost", "recharged": "recharged"}[found.costs]
    yield statement(_capital(f"{room}; {cost}"), ids=("facilities/cost",))
    if found.check_off != "none":
        how = "free of charge" if found.check_off == "free" else "at cost"
        yield statement(f"Subscriptions deducted from pay, {how}", ids=("check-off/deduction",))


def _disputes(config: Config) -> Iterator[Statement]:
    found, ids = config.disputes, ("disputes/stages", "framework-disputes/stages")
    stages: list[str | Inline] = []
    for number, stage in enumerate(found.stages):
        at = f"disputes.stages[{number}]"
        days = counted(f"{at}.days", stage.days, "working day")
        stages += ["; " if number else "", value(f"{at}.name", stage.name), ": ", *days]
    yield statement(*stages, ids=ids)
    yield statement(
        "All stages: ",
        *counted("disputes.overall_days", found.overall_days, "working day"),
        ids=("disputes/progress", "framework-disputes/stages"),
    )


def _status_quo(config: Config) -> Iterator[Statement]:
    found = config.disputes
    ids = ("status-quo/continues", "status-quo", "framework-disputes/status-quo")
    if found.status_quo == "time-limited":
        days = counted("disputes.status_quo_days", found.status_quo_days, "working day")
        yield statement("The position before a disputed change goes on for ", *days, " at most", ids=ids)
    else:
        yield statement(f"The position before a disputed change {_STATUS_QUO[found.status_quo]}", ids=ids)


def _start(config: Config) -> Iterator[Statement]:
    ids = ("commencement/start", "framework-agreement/start")
    if config.dates.commencement_mode == "fixed":
        yield statement(value("dates.commencement", config.dates.commencement), ids=ids)
    else:
        yield statement(_capital(_STARTS[config.dates.commencement_mode]), ids=ids)


def _review(config: Config) -> Iterator[Statement]:
    found = config.review
    yield statement(
        "First within ",
        period("review.first_review_months", found.first_review_months, "month"),
        " of the start, then once in every ",
        period("review.interval_months", found.interval_months, "month"),
        ids=("review/interval", "framework-agreement/review"),
    )


def _changes(config: Config) -> Iterator[Statement]:
    yield statement(
        "Notice of a proposal: ",
        period("variation.notice_weeks", config.variation.notice_weeks, "week"),
        ids=("variation/proposal", "variation/how", "framework-agreement/variation"),
    )


def _ending(config: Config) -> Iterator[Statement]:
    found = config.termination
    yield statement(
        "Notice: ",
        period("termination.notice_months", found.notice_months, "month"),
        ids=("termination/notice", "framework-agreement/termination"),
    )
    if found.after_talks:
        yield statement(
            "Talks before notice: ",
            period("termination.talks_weeks", found.talks_weeks, "week"),
            ids=("termination/talks",),
        )


def _capital(words_: str) -> str:
    return words_[:1].upper() + words_[1:]
