"""Time off for representatives: how much, how it is asked for, paid, recorded and covered."""

from typing import Literal

from pydantic import Field

from agreementkit.config.fields import Flag, Line, Section, Whole, choice, entries, flag, number, text

PaidActivity = Literal["representative-elections", "branch-meeting", "pay-offer-meeting", "conference-delegates"]

PublishedFigure = Literal["representatives", "share-of-time", "cost", "activities"]


class ReleasePost(Section):
    """A post released from ordinary work for a fixed part of the week."""

    role: Line = Field(description="The role, such as 'Staff Side chair'.")
    hours_a_week: Whole = Field(
        description="Hours released in a week.", ge=1, le=48, json_schema_extra={"unit": "hours a week"}
    )
    union: Line | None = Field(default=None, description="Id of the union, where the post belongs to one.")


class Allowance(Section):
    """A fixed amount of time for everybody who holds a role."""

    role: Line = Field(description="The role, such as 'branch secretary'.")
    amount: Whole = Field(
        description="Hours or days of time off.", ge=1, le=2000, json_schema_extra={"unit": "hours or days"}
    )
    unit: Literal["hours", "days"] = Field(default="hours", description="Whether the amount is in hours or in days.")
    per: Literal["week", "month", "year"] = Field(default="week", description="For how long the amount is meant.")


class TimeOff(Section):
    """Time off for duties, training and activities."""

    basis: Literal["reasonable", "pool", "release", "allowance"] = choice(
        "reasonable", "How the amount of time is set.", question="How is the amount of time off for union duties set?"
    )
    duties: Literal["statutory", "extended"] = choice(
        "extended",
        "Whether only the duties in the statute are counted, or joint work and preparation too.",
        question="Which duties are counted?",
    )
    tribunals: Flag = flag(False, "Whether employment tribunals are counted as duties.")
    staff_side_meetings: Flag = flag(False, "Whether meetings of the staff side are counted as duties.")
    allowances: tuple[Allowance, ...] = entries(
        (),
        "Fixed amounts of time for roles.",
        most=30,
        question="Which roles have a fixed amount of time, and how much?",
    )
    cap_percent: Whole | None = number(
        None,
        "Largest share of one representative's working hours; null for no cap.",
        "per cent",
        least=5,
        most=100,
        question="What is the largest share of working hours that one representative may spend?",
    )
    cap_exception_years: Whole = number(3, "Longest time of an exception from the cap.", "years", least=1, most=10)
    project_allocation: Flag = flag(False, "Whether further time is agreed for projects before they begin.")
    set_yearly: Flag = flag(False, "Whether the forum sets the amounts for each year before it begins.")
    paybill_guide: Whole | None = number(
        None,
        "Guide to the cost of paid time, in pounds for every £1,000 of the pay bill; null for none.",
        "pounds in £1,000",
        least=1,
        most=50,
    )
    pool_hours: Whole | None = number(
        None,
        "Hours of the pool in a year, for all unions together.",
        "hours a year",
        least=1,
        most=500_000,
        question="How many hours a year are in the pool, for all unions together?",
    )
    pool_hours_per_member: Whole | None = number(
        None, "Hours of the pool in a year for each member.", "hours a year", least=1, most=100
    )
    pool_hours_per_union: Whole | None = number(
        None,
        "Hours of the pool in a year for each union, before any for members.",
        "hours a year",
        least=1,
        most=50_000,
    )
    members_counted_on: Line | None = text(
        None, "Day on which members are counted, such as '1 May'; the first day of the pool's year when not given."
    )
    members_paid_up_months: Whole | None = number(
        None,
        "Months for which members who are counted have paid their subscriptions; null for no such test.",
        "months",
        least=1,
        most=12,
    )
    pool_carry_over: Literal["lapses", "by-forum", "carried-over"] = choice(
        "by-forum",
        "What happens to unused hours of the pool.",
        question="What happens to hours of the pool that are not used?",
    )
    pool_shared_by: Literal["membership", "equally", "staff-side-decides", "by-formula"] = choice(
        "staff-side-decides",
        "How the pool is shared; by formula, each union has the hours counted for it.",
        question="How is the pool shared among the unions?",
    )
    release_posts: tuple[ReleasePost, ...] = entries(
        (),
        "Posts released for a part of the week.",
        most=30,
        question="Which posts are released, and for how many hours a week?",
    )
    notice_days: Whole = number(
        5,
        "Notice of time off for duties, where practicable.",
        "working days",
        most=30,
        question="How much notice of time off for duties is asked for, where practicable?",
    )
    answer_days: Whole = number(2, "Time to answer a request.", "working days", least=1, most=20)
    training_notice_days: Whole = number(
        28,
        "Notice of time off for training.",
        "calendar days",
        most=90,
        question="How much notice of time off for training is asked for?",
    )
    training_days_first_year: Whole | None = number(
        10, "Guide to training in the first year; null for no figure.", "days", least=1, most=60
    )
    first_course_months: Whole | None = number(
        None, "Time from appointment to the first course; null for no figure.", "months", least=1, most=24
    )
    activities_paid_days: Whole = number(
        0, "Paid days for union activities in a year, for each union.", "days a year", most=60
    )
    paid_activities: tuple[PaidActivity, ...] = entries(
        ("representative-elections",),
        "Union activities that are paid beside meetings in working time.",
        most=4,
        question="Which union activities are paid, beside meetings in working time?",
    )
    activities_pay_authority: Literal["none", "hr-lead", "chief-executive"] = choice(
        "none",
        "Whose written authority pay for any other activity needs.",
        question="Whose written authority does pay for other union activities need?",
    )
    demonstrations_unpaid: Flag = flag(False, "Whether the text says that demonstrations are never paid.")
    partnership_work: Flag = flag(True, "Whether partnership work is counted apart from duties and always paid.")
    preparation: Flag = flag(True, "Whether preparation, travel and reporting back count as paid time.")
    request_form: Literal["any-writing", "form", "hr-system"] = choice(
        "any-writing", "How a request for time off is made.", question="How is a request for time off made?"
    )
    refusal_grounds: Literal["not-unreasonably", "unreasonable-or-service", "service-or-safety"] = choice(
        "unreasonable-or-service",
        "On what grounds a manager may refuse time off.",
        question="On what grounds may a manager refuse time off?",
    )
    refusal_reasons_days: Whole = number(
        5, "Time to give written reasons for a refusal.", "working days", least=1, most=20
    )
    refusal_review: Literal["hr-then-forum", "hr", "grievance"] = choice(
        "hr-then-forum", "Who looks at a refusal again.", question="Who looks at a refusal again?"
    )
    recording: Literal["none", "monthly", "quarterly", "yearly"] = choice(
        "quarterly",
        "How often time is recorded and reported to the forum.",
        question="How often is time off recorded and reported to the forum?",
    )
    recorded_by: Literal["representative", "branch-secretary", "manager", "hr-system"] = choice(
        "representative", "Who records the time.", question="Who records the time?"
    )
    publish_yearly: Flag = flag(
        False,
        "Whether the totals are published once a year, by agreement.",
        question="Are the totals published once a year?",
    )
    publish_contents: tuple[PublishedFigure, ...] = entries((), "Figures that are published by name.", most=4)
    publish_year_ends: Line | None = text(
        None, "Day on which the year of the published figures ends, such as '31 March'."
    )
    publish_by: Line | None = text(None, "Day of each year by which the figures are published, such as '31 July'.")
    publish_as_law_required: Flag = flag(
        False, "Whether a text of the years 2017 to 2026 refers to the duty to publish that was then in force."
    )
    cover: Literal["none", "manager-arranges", "central-budget", "paid-in-advance", "pooled"] = choice(
        "manager-arranges",
        "How the work of a released representative is covered.",
        question="How is the work of a released representative covered?",
    )
    cover_monitored: Flag = flag(False, "Whether the forum checks once a year that cover is shared fairly.")
    workload_adjusted: Flag = flag(True, "Whether workload is adjusted to the time released.")
    pay_basis: Literal["as-worked", "average", "no-gain-no-loss"] = choice(
        "as-worked", "How pay for time off is worked out.", question="How is pay for time off worked out?"
    )
    outside_hours: Literal["time-in-lieu", "plain-time-pay"] = choice(
        "time-in-lieu",
        "What is given for joint business outside working hours.",
        question="What is given for joint business outside working hours?",
    )
    travel: Flag = flag(True, "Whether travel on joint business is reimbursed.")
    written_case: Flag = flag(
        False, "Whether regular time for the running of a branch is given on a written case, decided by the HR lead."
    )
    yearly_review: Flag = flag(True, "Whether the forum reviews time off once a year.")
