"""Consultation, information and joint policies: how long, how early, and by what route."""

from typing import Literal

from agreementkit.config.fields import Flag, Line, Section, Whole, choice, entries, flag, number, text


class Consultation(Section):
    """Consultation periods and how consultation is carried out."""

    days: Whole = number(
        30,
        "Usual consultation period.",
        "calendar days",
        least=1,
        most=365,
        question="How long is the usual consultation?",
    )
    key_appointments: Flag = flag(
        False, "Whether the staff side takes part in filling posts that matter to the work between the two sides."
    )
    response_days: Whole = number(
        10, "Time for the employer to answer proposals in writing.", "working days", least=1, most=60
    )
    policy_days: Whole = number(
        28,
        "Period for comments on a policy.",
        "calendar days",
        least=1,
        most=365,
        question="How long is there for comments on a policy?",
    )
    change_days: Whole = number(
        30,
        "Period for organisational change without redundancies.",
        "calendar days",
        least=1,
        most=365,
        question="How long is consultation on a change without redundancies?",
    )
    redundancy_days_small: Whole = number(
        45,
        "Period where 20 to 99 redundancies are proposed.",
        "calendar days",
        least=1,
        most=365,
        question="How long is consultation where 20 to 99 redundancies are proposed?",
    )
    redundancy_days_large: Whole = number(
        60,
        "Period where 100 or more redundancies are proposed.",
        "calendar days",
        least=1,
        most=365,
        question="How long is consultation where 100 or more redundancies are proposed?",
    )
    redundancy_days_few: Whole = number(
        30, "Period where fewer than 20 redundancies are proposed.", "calendar days", least=1, most=365
    )
    view_to_agreement: Flag = flag(
        True,
        "Whether consultation is carried on with a view to reaching agreement.",
        question="Is consultation carried on with a view to reaching agreement?",
    )
    starts: Literal["formative", "before-decision"] = choice(
        "formative", "When consultation starts.", question="When does consultation start?"
    )
    counter_proposals: Flag = flag(True, "Whether counter-proposals get a written answer with reasons.")
    extends_over_holidays: Flag = flag(True, "Whether a period is extended when it runs over a main holiday.")
    two_stage: Flag = flag(
        False,
        "Whether consultation has two stages: the forum first, then members.",
        question="Does consultation have two stages: the forum first, then members?",
    )
    second_stage_days: Whole = number(14, "Length of the second stage.", "calendar days", least=1, most=365)
    longer_than_law: Flag = flag(True, "Whether the text says that the periods go beyond the legal minimum.")


class Information(Section):
    """Information and disclosure."""

    data_pack: Literal["none", "quarterly", "half-yearly", "yearly"] = choice(
        "quarterly",
        "How often a workforce and finance pack is shared.",
        question="How often is a pack of workforce and finance data shared?",
    )
    data_pack_contents: tuple[Line, ...] = entries(
        ("headcount, vacancies and turnover", "sickness absence", "use of agency and bank staff",
         "cases under employment procedures, without names", "the financial position"),
        "What the pack contains.",
    )  # fmt: skip
    board_papers: Flag = flag(False, "Whether board papers that affect staff are shared before publication.")
    request_days: Whole = number(10, "Time to answer a request for information.", "working days", least=1, most=60)
    confidential_months: Whole | None = number(
        6,
        "Longest time an item stays confidential without review; null for no limit.",
        "months",
        least=1,
        most=60,
        question="How long may an item stay confidential before it is looked at again?",
    )
    data_sharing_note: Flag = flag(False, "Whether a written note is made before data on union membership is shared.")
    withheld_route: Flag = flag(True, "Whether there is a route for complaints about withheld information.")


class Policies(Section):
    """Joint development of employment policies."""

    status: Literal["agreed-jointly", "negotiated", "consulted"] = choice(
        "agreed-jointly", "How policies are settled.", question="How are employment policies settled?"
    )
    route: Literal["forum", "sub-group-then-forum", "forum-then-board"] = choice(
        "sub-group-then-forum", "Route to approval.", question="By which route is a policy approved?"
    )
    sub_group_chair: Literal["unmentioned", "rotating", "joint"] = choice(
        "unmentioned",
        "Whether the chair of the policy sub-group rotates between HR and staff lead, or is shared.",
        question="Who chairs the policy sub-group?",
    )
    ratified_by: Line | None = text(None, "Body that ratifies a policy after the forum, if any, without an article.")
    review_months: Whole = number(36, "Time between reviews of a policy.", "months", least=6, most=120)
    silence_is_consent: Flag = flag(
        False,
        "Whether no comment in time counts as consent.",
        question="Does no comment in time count as consent to a policy?",
    )
    impact_assessment: Flag = flag(True, "Whether every policy has an equality impact assessment.")
    legacy_apply: Flag = flag(True, "Whether legacy policies apply to transferred staff until replaced.")
