"""Organisational change, job security and the harmonisation of terms and policies."""

from typing import Literal, Self

from pydantic import Field, model_validator

from agreementkit.config.fields import (
    Day,
    Flag,
    Line,
    Section,
    Whole,
    choice,
    day,
    entries,
    fault,
    flag,
    number,
    section,
    text,
)


class PolicyItem(Section):
    """One policy of the harmonisation programme. Leads are named by role, never by name."""

    name: Line = Field(description="Name of the policy.")
    hr_lead: Line | None = text(None, "Role of the HR lead.")
    union_lead: Line | None = text(None, "Role of the trade union lead.")
    stage_one_ends: Day | None = day("End of the first stage of consultation.")
    stage_two_ends: Day | None = day("End of the second stage of consultation.")

    @model_validator(mode="after")
    def _order(self) -> Self:
        if self.stage_one_ends and self.stage_two_ends and self.stage_two_ends < self.stage_one_ends:
            raise fault(
                "date_order",
                "stage two ends before stage one",
                ("stage_two_ends",),
                "give the later date to stage two",
            )
        return self


class Harmonisation(Section):
    """Bringing the arrangements of several predecessors together."""

    enabled: Flag = flag(
        False,
        "Whether there is a harmonisation programme.",
        question="Is there a programme that brings the terms of several predecessors together?",
    )
    principle: Literal["upwards", "best-practice", "no-less-favourable"] = choice(
        "upwards", "The principle that guides it.", question="Which principle guides the harmonisation?"
    )
    policies: tuple[PolicyItem, ...] = entries((), "Priority policies.", most=200)
    legacy_policies: Whole | None = number(None, "Legacy policies in all.", "policies", least=1, most=10_000)
    complete_by: Day | None = day("Date by which the priority policies are to be agreed.")
    review_sessions: Flag = flag(True, "Whether joint review sessions are held on each draft.")
    shared_portal: Flag = flag(True, "Whether drafts are reviewed on a shared portal.")


class Change(Section):
    """Organisational change."""

    depth: Literal["full", "principles"] = choice(
        "full",
        "Whether the rules on change are in the agreements, or only principles that point to a policy.",
        question="Are the rules on organisational change in the agreements, or in a policy of their own?",
    )
    policy: Line | None = text(
        None,
        "Name of the change policy, without an article, where only principles stand.",
        question="What is the change policy called?",
    )
    joint_oversight: Flag = flag(False, "Whether a joint group oversees a merger, a transfer or a hosting.")

    early_notice_days: Whole = number(
        5,
        "Notice to the staff side before staff are told of a proposal.",
        "working days",
        most=60,
        question="How long before staff are told does the staff side hear of a proposal?",
    )
    business_case: Flag = flag(True, "Whether a business case with the effect on staff is shared.")
    no_compulsory_redundancy_aim: Flag = flag(
        True,
        "Whether avoiding compulsory redundancies is a shared aim.",
        question="Is avoiding compulsory redundancies a shared aim?",
    )
    redeployment_first: Flag = flag(True, "Whether redeployment is tried before redundancy.")
    voluntary_first: Flag = flag(True, "Whether volunteers are sought first.")
    trial_weeks: Whole = number(4, "Trial period in alternative work.", "weeks", least=1, most=26)
    pay_protection: Literal["none", "national", "local"] = choice(
        "local",
        "Whether pay is protected on redeployment, and by whose terms.",
        question="Is pay protected on redeployment, and by whose terms?",
    )
    pay_protection_months: Whole | None = number(
        None, "Length of local pay protection.", "months", least=1, most=120, question="How long is pay protected?"
    )
    outsourcing: Flag = flag(True, "Whether outsourcing is consulted on before a decision in principle.")
    transfers: Flag = flag(True, "Whether recognition is sought to continue for staff who transfer out.")
    review_after_months: Whole = number(
        6, "Time after which a change is reviewed together.", "months", least=1, most=36
    )
    harmonisation: Harmonisation = section("Harmonisation of terms and policies.")
