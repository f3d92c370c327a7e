"""Recognition: which unions, how far, for whom, and what is negotiated, consulted on and informed."""

from typing import Literal

from pydantic import Field

from agreementkit.config.fields import (
    Flag,
    Line,
    Section,
    Whole,
    choice,
    entries,
    flag,
    number,
    section,
    text,
)

Degree = Literal["representation", "consultation", "full-bargaining"]

NEGOTIATED = (
    "terms and conditions of employment that are not settled nationally",
    "local pay arrangements, allowances and on-call payments",
    "hours of work, working patterns and leave",
    "pay protection and redeployment terms",
    "the procedures for grievances, discipline, capability and sickness absence",
    "job evaluation and re-grading arrangements",
    "facilities and time off for representatives",
    "the machinery for negotiation, consultation and settling disputes",
)
CONSULTED = (
    "organisational change and its effect on staff",
    "proposed redundancies and ways to avoid them",
    "transfers of staff and hosting arrangements",
    "employment policies and changes to them",
    "health, safety and wellbeing at work",
    "equality, diversity and inclusion",
    "training, learning and staff development",
    "accommodation, relocation and changes in ways of working",
    "staffing levels and workload",
)
INFORMED = (
    "strategy, plans and performance",
    "the financial position and budget",
    "the workforce profile, vacancies, turnover and use of agency staff",
    "results of staff surveys and action taken on them",
    "board decisions that affect staff",
)


class Scope(Section):
    """Which staff the agreements cover."""

    basis: Literal["all-staff", "pay-framework", "named-groups"] = choice(
        "all-staff", "How the staff covered are described.", question="Which staff do the agreements cover?"
    )
    frameworks: tuple[Line, ...] = entries(
        (), "Pay frameworks covered, where the basis is pay-framework.", question="Which pay frameworks are covered?"
    )
    groups: tuple[Line, ...] = entries(
        (), "Groups covered, where the basis is named-groups.", question="Which groups of staff are covered?"
    )
    exclusions: tuple[Line, ...] = entries(
        (), "Posts and groups that are left out.", question="Which posts and groups are left out?"
    )
    payroll_test: Flag = flag(False, "Whether only people paid through the employer's own payroll are covered.")
    grade_ceiling: Line | None = text(None, "Highest grade or band covered, as a phrase: 'band 9'.")
    contract_types_named: Flag = flag(
        True, "Whether the text says that full-time, part-time, permanent and fixed-term contracts count alike."
    )
    bank_staff: Flag = flag(True, "Whether bank, casual and temporary staff are covered.")
    hosted_staff: Flag = flag(True, "Whether hosted and seconded staff are covered.")
    transferred_staff: Flag = flag(True, "Whether staff who transfer in are covered from the day of transfer.")


class BargainingGroup(Section):
    """A group with its own union or its own degree of recognition."""

    group: Line = Field(description="Name of the group of staff.")
    unions: tuple[Line, ...] = entries((), "Ids of the unions that bargain for it; empty for all.", most=40)
    degree: Degree | None = choice(None, "Degree of recognition for it, where it differs.")


class Recognition(Section):
    """Recognition of the unions."""

    basis: Literal["list", "national-reference"] = choice(
        "list",
        "Recognition of listed unions, or of any on a national list.",
        question="Which unions are recognised: those on a list, or any on a national list?",
    )
    national_list: Line = text(
        "the NHS Staff Council", "National body whose unions are meant, where recognition is by reference."
    )
    members_needed: Flag = flag(True, "Whether a nationally recognised union needs at least one member here.")
    list_in: Literal["body", "schedule"] = choice(
        "schedule",
        "Whether the unions are listed in the body or in a schedule.",
        question="Where does the list of unions stand?",
    )
    degree: Degree = choice("full-bargaining", "How far recognition goes.", question="How far does recognition go?")
    limited_groups: tuple[BargainingGroup, ...] = entries((), "Groups for which another degree of recognition applies.")
    voluntary: Flag = flag(True, "Whether the text states that recognition is voluntary.")
    pay: Literal["national", "local", "mixed"] = choice(
        "national", "At what level pay is settled.", question="At what level is pay settled?"
    )
    reserved_nationally: tuple[Line, ...] = entries((), "Matters reserved to national bargaining.")
    negotiated: tuple[Line, ...] = entries(NEGOTIATED, "What is negotiated.")
    consulted: tuple[Line, ...] = entries(CONSULTED, "What is consulted on.")
    informed: tuple[Line, ...] = entries(INFORMED, "What the unions are informed of.")
    scope: Scope = section("Which staff are covered.")
    bargaining_unit: Literal["whole-workforce", "by-group", "joint-table"] = choice(
        "whole-workforce",
        "Whether staff are one bargaining unit, several, or share a joint table.",
        question="Is the staff one bargaining unit, or several?",
    )
    groups: tuple[BargainingGroup, ...] = entries((), "The bargaining groups, where the unit is by group.")
    matters: Literal["lists", "statutory", "not-reserved"] = choice(
        "lists",
        "Whether matters for negotiation are listed, taken from the statute, or all that is not reserved.",
        question="How are the matters for negotiation described?",
    )
    professional_matters: Literal["unmentioned", "included", "excluded"] = choice(
        "unmentioned",
        "Whether professional and clinical standards are matters for the joint machinery.",
        question="Are professional and clinical standards matters for the joint machinery?",
    )
    negotiation: Literal["until-settled", "dialogue", "joint-decision"] = choice(
        "until-settled",
        "Whether negotiation holds a matter open until settled, is dialogue only, or joint decision.",
        question="What does negotiation mean here?",
    )
    regional_body: Line | None = text(
        None, "Regional body that settles matters for several employers, with its article: 'the regional council'."
    )
    contract_terms: tuple[Line, ...] = entries((), "Matters on which an agreement becomes part of contracts.")
    professional_bodies: Flag = flag(False, "Whether a professional organisation counts as a trade union.")
    exclusive: Flag = flag(False, "Whether the employer negotiates only with the recognised unions.")
    applications: Literal["open", "national-unions-only", "closed"] = choice(
        "open", "Whether other unions may ask for recognition.", question="May other unions ask for recognition?"
    )
    applications_decided_by: Literal["employer", "employer-after-consulting", "forum"] = choice(
        "employer-after-consulting",
        "Who decides on an application.",
        question="Who decides when another union asks for recognition?",
    )
    application_days: Whole = number(30, "Time to decide on an application.", "working days", least=5, most=120)
    membership_threshold: Whole = number(0, "Share of the staff concerned who must be members.", "per cent", most=50)
    membership_number: Whole = number(
        0, "Number of the staff concerned who must be members of a union that applies.", "members", most=1_000
    )
    lapse_months: Whole | None = number(
        12,
        "Time without members after which recognition lapses; null for never.",
        "months",
        least=1,
        most=60,
        question="After how long without members does recognition lapse?",
    )
    name_changes_automatic: Flag = flag(True, "Whether mergers and new names of unions take effect by themselves.")
    staff_side_is_party: Flag = flag(False, "Whether the staff side itself is a party beside its unions.")
    unsigned_union: Literal["does-not-prevent", "prevents"] = choice(
        "does-not-prevent",
        "Whether the agreement takes effect if one union does not sign.",
        question="Does the agreement take effect if one union does not sign?",
    )
    ratification: Literal["within-authority", "both-sides"] = choice(
        "within-authority",
        "Whether outcomes bind at once within authority, or after both sides ratify.",
        question="Do outcomes bind at once, or only when both sides have ratified them?",
    )
    own_terms: Flag = flag(
        False, "Whether the text says that agreements with other bodies do not limit negotiation here."
    )
    ice_agreement: Flag = flag(
        False,
        "Whether it is meant as a pre-existing agreement on information and consultation.",
    )
    ice_approval: Literal["as-required", "union-majority", "ballot", "petition"] = choice(
        "as-required",
        "How employees approve a pre-existing agreement.",
        question="How do employees approve it as a pre-existing agreement on information and consultation?",
    )
    ice_approval_percent: Whole = number(
        50, "Share of employees that approves it in a ballot or petition.", "per cent", least=40, most=100
    )
