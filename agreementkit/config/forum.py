"""The joint forum: sides, chair, quorum, meetings, papers, sub-groups and the shadow forum before it."""

from typing import Literal, Self

from pydantic import Field, model_validator

from agreementkit.config.fields import (
    Day,
    Flag,
    Line,
    Prose,
    Section,
    Whole,
    choice,
    day,
    entries,
    fault,
    flag,
    number,
    text,
)

SeatsBasis = Literal["equal-sides", "per-union", "proportional", "all-unions"]
StandingGroup = Literal["policy", "equality", "job-evaluation", "change"]


class SubGroup(Section):
    """A standing group that works under the forum."""

    name: Line = Field(description="Name of the sub-group.")
    purpose: Line = Field(description="What it is for, as a phrase.")


class ShadowForum(Section):
    """The forum that works for a future employer until the permanent one takes over."""

    name: Line = text("Shadow Partnership Forum", "Name of the shadow forum.")
    starts: Day | None = day("Date of its first meeting.")
    ends: Day | None = day("Date on which the permanent forum takes over.")
    meetings_a_year: Whole = number(12, "Meetings in a year.", "meetings a year", least=1, most=52)
    employer_seats: Whole | None = number(None, "Interim seats of the employer side.", "seats", least=1, most=50)
    staff_side_seats: Whole | None = number(None, "Interim seats of the staff side.", "seats", least=1, most=50)
    successor: Line | None = text(None, "Name of the permanent forum, where it differs from the forum's name.")
    tasks: tuple[Line, ...] = entries(
        (
            "to consult in partnership on the move of people to the new employer, on behalf of that employer",
            "to agree arrangements for the transfer of functions and staff in line with national policies",
            "to develop and agree harmonised employment policies",
            "to agree the constitution of the permanent forum",
        ),
        "What the shadow forum does.",
    )

    @model_validator(mode="after")
    def _order(self) -> Self:
        if self.starts and self.ends and self.ends <= self.starts:
            raise fault(
                "date_order",
                "the shadow forum ends before it starts",
                ("ends",),
                "give an end after the start",
            )
        return self


class Forum(Section):
    """The constitution of the joint forum."""

    name: Line = text("Joint Partnership Forum", "Name of the forum.", question="What is the joint forum called?")
    short: Line = text("Forum", "Name used in the text.")
    kind: Literal["partnership-forum", "jncc", "jcc", "jnc"] = choice(
        "partnership-forum", "What kind of body it is.", question="What kind of body is the forum?"
    )
    negotiates: Flag = flag(
        True,
        "Whether the forum negotiates as well as informs and consults.",
        question="Does the forum negotiate, as well as inform and consult?",
    )
    negotiating_body: Line | None = text(
        None, "Name of the body that negotiates, without an article, where the forum does not and it has a name."
    )
    strategy: Flag = flag(True, "Whether strategy and services are on its agenda.")
    reports_to: Line | None = text(
        None, "Body it reports to, without an article; the governing body of the employer when not given."
    )
    seats_basis: SeatsBasis = choice(
        "equal-sides", "How seats are given.", question="How are the seats of the forum given?"
    )
    employer_seats: Whole = number(
        4,
        "Seats of the employer side.",
        "seats",
        least=1,
        most=50,
        question="How many seats does the employer side have?",
    )
    staff_side_seats: Whole = number(
        4,
        "Seats of the staff side, where it has a fixed number.",
        "seats",
        least=1,
        most=50,
        question="How many seats does the staff side have?",
    )
    seats_per_union: Whole = number(
        1,
        "Seats of each union, where seats are per union.",
        "seats",
        least=1,
        most=10,
        question="How many seats does each union have?",
    )
    employer_posts: tuple[Line, ...] = entries((), "Posts that sit on the employer side.", most=30)
    staff_director: Literal["none", "member", "in-attendance"] = choice(
        "none",
        "How a director elected by the staff takes part, where the governing body has one.",
        question="How does a director elected by the staff take part?",
    )
    full_time_officers: Literal["member", "in-attendance", "on-invitation"] = choice(
        "in-attendance", "How full-time officers take part.", question="How do full-time officers take part?"
    )
    chair: Literal["joint", "rotating-yearly", "alternating", "employer-with-staff-vice", "independent"] = choice(
        "joint", "Who takes the chair.", question="Who takes the chair?"
    )
    casting_vote: Flag = flag(
        False, "Whether the chair has a casting vote.", question="Does the chair have a casting vote?"
    )
    secretaries: Literal["joint", "employer"] = choice(
        "joint",
        "Whether there are joint secretaries or one provided by the employer.",
        question="Are there joint secretaries, or one provided by the employer?",
    )
    decisions: Literal["agreement-of-both-sides", "consensus"] = choice(
        "agreement-of-both-sides", "How the forum decides.", question="How does the forum decide?"
    )
    union_votes: Literal["none", "one-each", "by-membership"] = choice(
        "none",
        "Whether the text says what vote each union has when the staff side settles its own view.",
        question="What vote does each union have when the staff side settles its own view?",
    )
    quorum_basis: Literal["per-side", "more-than-half", "per-union", "total"] = choice(
        "per-side", "How the quorum is counted.", question="How is the quorum counted?"
    )
    quorum_employer: Whole = number(
        2,
        "Employer side members needed.",
        "members",
        least=1,
        most=50,
        question="How many members of the employer side make a quorum?",
    )
    quorum_staff_side: Whole = number(
        2,
        "Staff side members needed.",
        "members",
        least=1,
        most=50,
        question="How many members of the staff side make a quorum?",
    )
    quorum_total: Whole = number(6, "Members needed in all, where the quorum is a total.", "members", least=2, most=100)
    quorum_post: Line | None = text(
        None, "Senior post without which there is no quorum, as a phrase: 'the chief executive or the HR director'."
    )
    quorum_failure: Literal["reconvene", "informal-meeting", "defer-decisions"] = choice(
        "reconvene", "What happens without a quorum.", question="What happens at a meeting without a quorum?"
    )
    reconvene_days: Whole = number(
        10, "Time to meet again after a meeting without a quorum.", "working days", least=1, most=60
    )
    meetings_a_year: Whole = number(
        6,
        "Ordinary meetings in a year, at least.",
        "meetings a year",
        least=1,
        most=52,
        question="How often does the forum meet, at least?",
    )
    first_meeting: Day | None = day(
        "Date of the first ordinary meeting, from which a calendar is worked out.",
        question="When is the first ordinary meeting?",
    )
    meetings_held: Literal["on-dates", "each-term", "every-weeks", "as-needed"] = choice(
        "on-dates",
        "How ordinary meetings are placed in the year; their least number holds in every case.",
        question="How are the meetings placed in the year?",
    )
    meeting_weeks: Whole = number(
        12, "Time between ordinary meetings, where they are held every so many weeks.", "weeks", least=1, most=52
    )
    strategy_meeting: Flag = flag(False, "Whether there is a yearly meeting with the chief executive on strategy.")
    chief_executive_days: Whole | None = number(
        None, "Time within which the chief executive meets the leads of the staff side on request; null for no rule.",
        "working days", least=1, most=60,
    )  # fmt: skip
    agenda_days: Whole = number(10, "Notice of agenda items before a meeting.", "working days", least=1, most=40)
    papers_days: Whole = number(5, "Time before a meeting by which papers are sent.", "working days", least=1, most=40)
    minutes_days: Whole = number(
        10, "Time after a meeting by which minutes are sent.", "working days", least=1, most=60
    )
    minutes_agreed_days: Whole | None = number(
        None, "Time for both secretaries to agree a draft record; null for no fixed time.", "working days",
        least=1, most=60,
    )  # fmt: skip
    minutes_kind: Literal["minutes", "action-notes"] = choice(
        "minutes", "Full minutes or action notes.", question="Are there full minutes or action notes?"
    )
    publish_minutes: Flag = flag(True, "Whether agreed minutes are published to staff.")
    joint_statements: Flag = flag(True, "Whether joint statements to staff are made after meetings.")
    other_business: Literal["by-consent", "open", "none"] = choice(
        "by-consent", "Whether business outside the agenda is taken.", question="Is business outside the agenda taken?"
    )
    special_meeting_days: Whole = number(
        5, "Time within which a special meeting is held after a request.", "working days", least=1, most=30
    )
    special_meetings_by: Literal["either-side", "chair-or-secretary"] = choice(
        "either-side", "Who may call a special meeting.", question="Who may call a special meeting?"
    )
    special_notice_days: Whole = number(
        0, "Notice of a special meeting that members have at least; 0 for none.", "working days", most=30
    )
    pre_meeting_hours: Whole = number(1, "Paid time for the staff side to meet before a meeting.", "hours", most=8)
    deputies: Literal["any", "named", "none"] = choice(
        "any", "Whether members may send deputies.", question="May members send deputies?"
    )
    deputies_notice_days: Whole = number(1, "Notice of a deputy.", "working days", most=10)
    deputies_senior: Flag = flag(False, "Whether a manager's deputy must be of similar seniority.")
    advisers: Flag = flag(True, "Whether either side may bring an adviser.")
    observers: Flag = flag(False, "Whether observers may attend by consent.")
    term_years: Whole | None = number(
        None, "Term of office of members; null for until replaced.", "years", least=1, most=5
    )
    sub_groups: tuple[SubGroup, ...] = entries(
        (), "Standing sub-groups.", most=20, question="Which standing sub-groups are there?"
    )
    standing_groups: tuple[StandingGroup, ...] = entries(
        (), "Standing sub-groups whose purpose the text supplies; others go under sub_groups.", most=4
    )
    local_forums: tuple[Line, ...] = entries(
        (), "Parts of the organisation, such as localities or directorates, with a local forum.", most=40
    )
    local_forum_rules: Literal["ratified-by-forum", "same-rules"] = choice(
        "ratified-by-forum",
        "Whether local forums write constitutions for the forum to ratify, or follow its rules.",
        question="By whose rules do local forums work?",
    )
    wider_forum: Line | None = text(
        None, "Forum of a wider system or group in which the parties take part, with its article."
    )
    statutory_consultation: Literal["as-agreed", "in-forum", "outside"] = choice(
        "as-agreed",
        "Whether consultation required by statute takes place in the forum.",
        question="Does consultation that statute requires take place in the forum?",
    )
    health_safety_committee: Flag = flag(True, "Whether there is a health and safety committee under the forum.")
    medical_committee: Literal["none", "separate", "seat", "through-forum"] = choice(
        "none",
        "Whether doctors have a local negotiating committee.",
        question="Do doctors and dentists have a local negotiating committee?",
    )
    shadow: ShadowForum | None = Field(default=None, description="The shadow forum, if there is one.")
    annual_evaluation: Flag = flag(True, "Whether the forum looks at its own working once a year.")
    purpose: Prose | None = text(
        None, "Purpose of the forum in the parties' own words, in addition to the standard text."
    )

    @model_validator(mode="after")
    def _meetings_fit_weeks(self) -> Self:
        if self.meetings_held == "every-weeks" and "meetings_a_year" not in self.model_fields_set:
            object.__setattr__(self, "meetings_a_year", max(1, 52 // self.meeting_weeks))
            self.model_fields_set.discard("meetings_a_year")
        return self

    @model_validator(mode="after")
    def _quorum_fits_seats(self) -> Self:
        if self.quorum_basis == "total" and self.seats_basis in ("equal-sides", "proportional"):
            seats = self.employer_seats + self.staff_side_seats
            if self.quorum_total > seats and "quorum_total" in self.model_fields_set:
                raise fault(
                    "quorum_over_seats",
                    "a quorum of {quorum} is more than the {seats} seats of both sides",
                    ("quorum_total",),
                    "lower forum.quorum_total or raise the seats",
                    quorum=self.quorum_total,
                    seats=seats,
                )
            object.__setattr__(self, "quorum_total", min(self.quorum_total, seats))
        if self.quorum_basis != "per-side":
            return self
        sides = [("employer", self.quorum_employer, self.employer_seats)]
        if self.seats_basis == "equal-sides":
            sides.append(("staff_side", self.quorum_staff_side, self.staff_side_seats))
        for side, quorum, seats in sides:
            if quorum <= seats:
                continue
            if f"quorum_{side}" in self.model_fields_set:
                raise fault(
                    "quorum_over_seats",
                    "a quorum of {quorum} is more than the {seats} seats of that side",
                    (f"quorum_{side}",),
                    f"lower forum.quorum_{side} or raise forum.{side}_seats",
                    quorum=quorum,
                    seats=seats,
                )
            # A default gives way to a small side; only a quorum that somebody wrote can be wrong.
            object.__setattr__(self, f"quorum_{side}", seats)
        return self
