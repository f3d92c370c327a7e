"""Closing provisions: review, variation, termination, legal status, dates and who signs."""

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
    text,
)
from agreementkit.config.parties import Employer
from agreementkit.config.unions import Union

LegalStatus = Literal["not-binding", "binding-in-honour", "silent", "binding"]


class Check(Section):
    """One line of the table of checks."""

    what: Line = Field(description="What is checked.")
    by: Line = Field(description="Who checks it, by role.")
    how_often: Line = Field(description="How often, such as 'every quarter'.")


class Review(Section):
    """When the agreements are reviewed."""

    interval_months: Whole = number(
        24, "Time between reviews.", "months", least=1, most=120, question="How often are the agreements reviewed?"
    )
    first_review_months: Whole = number(12, "Time to the first review.", "months", least=1, most=120)
    on_change_of_law: Flag = flag(True, "Whether a change of law or a merger brings a review.")
    stays_in_force: Flag = flag(
        True,
        "Whether the agreements stay in force past a missed review.",
        question="Do the agreements stay in force past a missed review?",
    )
    archive_months: Whole | None = number(
        None,
        "Time after a missed review at which the agreement ends unless extended, where it does not stay in force.",
        "months",
        least=1,
        most=36,
    )
    yearly_report: Flag = flag(True, "Whether there is a joint yearly report.")
    measures: tuple[Line, ...] = entries(
        ("staff survey results", "time off given and refused", "disputes registered and settled",
         "number of representatives", "policies agreed in time"),
        "What the parties look at to see how well partnership works.",
    )  # fmt: skip

    checks: tuple[Check, ...] = entries((), "Table of checks: what, by whom, how often.", most=30)
    managers_certificate: Flag = flag(False, "Whether managers confirm once a year that they know the agreements.")


class Variation(Section):
    """How the agreements are changed."""

    mode: Literal["all-parties", "forum-both-sides", "notice"] = choice(
        "all-parties", "Who must agree to a change.", question="Who must agree to a change of the agreements?"
    )
    notice_weeks: Whole = number(6, "Notice of a proposed change.", "weeks", least=1, most=52)
    schedules_by_forum: Flag = flag(True, "Whether the forum may change schedules by itself.")
    national_changes_automatic: Flag = flag(True, "Whether changes of national terms take effect by themselves.")
    employers_may_join: Flag = flag(False, "Whether another employer may become a party by accepting the agreement.")


class Termination(Section):
    """How the agreements end."""

    included: Flag = flag(True, "Whether the texts have a clause on how they end.")
    statutory_recognition: Flag = flag(
        False, "Whether recognition came about under the statutory procedure, so that it is protected for a time."
    )
    notice_months: Whole = number(
        6, "Notice to end the agreement.", "months", least=1, most=36, question="How much notice ends the agreements?"
    )
    after_talks: Flag = flag(True, "Whether notice may only be given after talks.")
    talks_weeks: Whole = number(6, "Time for those talks.", "weeks", least=1, most=52)
    acas_first: Flag = flag(True, "Whether Acas is asked to help before notice ends.")
    single_union_exit: Flag = flag(True, "Whether one union may leave while the agreement goes on for the others.")
    facilities_continue: Flag = flag(True, "Whether facilities go on during notice.")


class Dates(Section):
    """Dates of the agreements."""

    agreement: Day | None = day("Date of the agreements.", question="What is the date of the agreements?")
    commencement: Day | None = day(
        "Date from which they take effect, where it is fixed.",
        question="From which date do the agreements take effect?",
    )
    commencement_mode: Literal["fixed", "on-signature", "vesting"] = choice(
        "fixed", "From when the agreements take effect.", question="When do the agreements take effect?"
    )
    supersedes: Literal["all", "listed", "all-unless-agreed", "none"] = choice(
        "all", "Which earlier agreements they replace.", question="Which earlier agreements do they replace?"
    )
    superseded: tuple[Line, ...] = entries(
        (), "Earlier agreements that are replaced by name.", question="Which earlier agreements are replaced by name?"
    )
    approved: Day | None = day("Date of approval.")

    @model_validator(mode="after")
    def _order(self) -> Self:
        if self.approved and self.agreement and self.agreement < self.approved:
            raise fault(
                "date_order",
                "the agreement is dated before its approval",
                ("approved",),
                "give an approval date not after dates.agreement",
            )
        return self


class EmployerSignatory(Section):
    """Who signs for an employer."""

    employer: Line = Field(description="Short name of the employer.")
    role: Line = text("Chief Executive", "Role of the person who signs.")
    name: Line | None = text(None, "Name of the person who signs; left blank when not given.")


class UnionSignatory(Section):
    """Who signs for a union."""

    union: Line = Field(description="Id of the union.")
    role: Line = text("Full-time Officer", "Role of the person who signs.")
    name: Line | None = text(None, "Name of the person who signs; left blank when not given.")


class SigningEmployer(Section):
    """One signature on the employer side, with the employer itself."""

    employer: Employer = Field(description="The employer.")
    role: Line = Field(description="Role of the person who signs.")
    name: Line | None = text(None, "Name of the person who signs.")


class SigningUnion(Section):
    """One signature on the staff side, with the union itself."""

    union: Union = Field(description="The union.")
    role: Line = Field(description="Role of the person who signs.")
    name: Line | None = text(None, "Name of the person who signs.")


class Signatories(Section):
    """Who signs. Parties without an entry get one: chief executive, full-time officer."""

    employer: tuple[EmployerSignatory, ...] = entries((), "Who signs for the employers.", most=60)
    staff_side: tuple[UnionSignatory, ...] = entries((), "Who signs for the unions.", most=120)
    unions: Literal["each-union", "staff-side-chair"] = choice(
        "each-union",
        "Whether each union signs, or the chair of the staff side for all with their authority.",
        question="Does each union sign, or the chair of the staff side for all?",
    )
    staff_side_chair: Flag = flag(False, "Whether the chair of the staff side signs too.")
    form: Literal["under-hand", "deed"] = choice(
        "under-hand",
        "Whether the parties sign under hand or as a deed.",
        question="Do the parties sign under hand or as a deed?",
    )
    witnesses: Flag = flag(False, "Whether signatures are witnessed.")
