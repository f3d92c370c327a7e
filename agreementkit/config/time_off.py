"""Time off for representatives: how much, how it is asked for, paid, recorded and covered."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from agreementkit.config.fields import Flag, Line, Section, Whole, choice, entries, flag, number


class ReleasePost(Section):
    """A post released from ordinary work for a fixed part of the week."""

    role: Line = Field(description="The role, such as 'Staff Side chair'.")
    hours_a_week: Whole = Field(
        description="Hours released in a week.", ge=1, le=48, json_schema_extra={"unit": "hours a week"}
    )
    union: Line | None = Field(default=None, description="Id of the union, where the post belongs to one.")


class TimeOff(Section):
    """Time off for duties, training and activities."""

    basis: Literal["reasonable", "pool", "release"] = choice("reasonable", "How the amount of time is set.")
    pool_hours: Whole | None = number(
        None, "Hours of the pool in a year, for all unions together.", "hours a year", least=1, most=500_000
    )
    pool_hours_per_member: Whole | None = number(
        None, "Hours of the pool in a year for each member.", "hours a year", least=1, most=100
    )
    pool_shared_by: Literal["membership", "equally", "staff-side-decides"] = choice(
        "staff-side-decides", "How the pool is shared."
    )
    release_posts: tuple[ReleasePost, ...] = entries((), "Posts released for a part of the week.", most=30)
    notice_days: Whole = number(5, "Notice of time off for duties, where practicable.", "working days", most=30)
    answer_days: Whole = number(2, "Time to answer a request.", "working days", least=1, most=20)
    training_notice_days: Whole = number(28, "Notice of time off for training.", "calendar days", most=90)
    training_days_first_year: Whole | None = number(
        10, "Guide to training in the first year; null for no figure.", "days", least=1, most=60
    )
    activities_paid_days: Whole = number(
        0, "Paid days for union activities in a year, for each union.", "days a year", most=60
    )
    partnership_work: Flag = flag(True, "Whether partnership work is counted apart from duties and always paid.")
    preparation: Flag = flag(True, "Whether preparation, travel and reporting back count as paid time.")
    refusal_reasons_days: Whole = number(
        5, "Time to give written reasons for a refusal.", "working days", least=1, most=20
    )
    refusal_review: Literal["hr-then-forum", "hr", "grievance"] = choice(
        "hr-then-forum", "Who looks at a refusal again."
    )
    recording: Literal["none", "monthly", "quarterly", "yearly"] = choice(
        "quarterly", "How often time is recorded and reported to the forum."
    )
    recorded_by: Literal["representative", "manager", "hr-system"] = choice("representative", "Who records the time.")
    publish_yearly: Flag = flag(False, "Whether the totals are published once a year, by agreement.")
    cover: Literal["none", "manager-arranges", "central-budget"] = choice(
        "manager-arranges", "How the work of a released representative is covered."
    )
    workload_adjusted: Flag = flag(True, "Whether workload is adjusted to the time released.")
    outside_hours: Literal["time-in-lieu", "plain-time-pay"] = choice(
        "time-in-lieu", "What is given for joint business outside working hours."
    )
    travel: Flag = flag(True, "Whether travel on joint business is reimbursed.")
    yearly_review: Flag = flag(True, "Whether the forum reviews time off once a year.")
