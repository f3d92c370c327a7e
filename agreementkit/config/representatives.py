"""Accredited representatives: how they are named, how many, what kinds, and their protection."""

from typing import Literal

from pydantic import Field

from agreementkit.config.fields import Flag, Line, Section, Whole, choice, entries, flag, number

RepresentativeKind = Literal[
    "workplace",
    "branch-officer",
    "staff-side-chair",
    "staff-side-secretary",
    "staff-side-lead",
    "health-and-safety",
    "learning",
    "equality",
    "environmental",
    "pension",
    "companion",
]


class Constituency(Section):
    """A group of staff or a place of work that has representatives of its own."""

    name: Line = Field(description="Name of the constituency: a place of work, a directorate, a group of staff.")
    representatives: Whole = number(
        1, "Representatives that each union may have there.", "representatives", least=1, most=50
    )


class Representatives(Section):
    """Accreditation and standing of representatives."""

    notify: Literal["within-days", "as-soon-as-possible"] = choice(
        "within-days",
        "Whether a union notifies an election or a change within a fixed time.",
        question="How soon does a union notify an election or a change of representatives?",
    )
    notify_days: Whole = number(
        10, "Time for a union to notify an election or a change.", "working days", least=1, most=60
    )
    candidates_tell_manager: Flag = flag(
        False, "Whether an employee who means to stand for election tells the line manager beforehand."
    )
    credentials: Flag = flag(False, "Whether the employer gives each representative a card or letter of credentials.")
    list_yearly: Flag = flag(True, "Whether each union confirms its list once a year.")
    effective: Literal["on-notification", "on-acknowledgement"] = choice(
        "on-notification", "When accreditation takes effect.", question="When does an accreditation take effect?"
    )
    acknowledge_days: Whole = number(
        5, "Time for the employer to acknowledge a notification.", "working days", least=1, most=30
    )
    employees_only: Flag = flag(True, "Whether a representative must be employed by an employer that is a party.")
    kinds: tuple[RepresentativeKind, ...] = entries(
        ("workplace", "health-and-safety", "learning", "equality"),
        "Kinds of representatives.",
        least=1,
        most=11,
        question="Which kinds of representatives are there?",
    )
    numbers_basis: Literal["union-decides", "by-agreement", "ratio", "constituency"] = choice(
        "by-agreement",
        "How the number of representatives is settled.",
        question="How is the number of representatives settled?",
    )
    constituencies: tuple[Constituency, ...] = entries(
        (), "The constituencies, where numbers go by them; every place of work if none is given.", most=60
    )
    ratio_members: Whole | None = number(
        None,
        "Members for each representative, where a ratio is used.",
        "members",
        least=5,
        most=1000,
        question="How many members are there for each representative?",
    )
    fallback: Literal["regional-officer", "other-employer"] = choice(
        "regional-officer",
        "Who acts for members of a union without local representatives.",
        question="Who acts for members of a union without local representatives?",
    )
    objections: Flag = flag(
        True, "Whether the employer may raise a concern about an accreditation with the full-time officer."
    )
    objection_route: Literal["dispute", "grievance"] = choice(
        "dispute",
        "Where a concern about an accreditation goes when talks have not settled it.",
        question="Where does a concern about an accreditation go when talks have not settled it?",
    )
    ends_on_leaving: Flag = flag(True, "Whether accreditation ends with employment or office.")
    discipline: Literal["discuss-first", "beyond-oral-warning", "formal-action-discuss-first"] = choice(
        "formal-action-discuss-first",
        "Whether any step, one beyond an oral warning, or only a formal one waits until the full-time officer has been "
        "contacted.",
        question="Which steps against a representative wait until the full-time officer has been contacted?",
    )
    discussion_days: Whole | None = number(
        None, "Time to reach the full-time officer before a step may be taken; null for no limit.", "working days",
        least=1, most=20,
    )  # fmt: skip
    suspension: Literal["contact-by-next-day", "contact-first"] = choice(
        "contact-by-next-day",
        "Whether the full-time officer is contacted after a suspension or, where practicable, before.",
        question="When is the full-time officer told of the suspension of a representative?",
    )
    no_detriment: Flag = flag(True, "Whether the text protects representatives' careers against detriment.")
    joint_training: Flag = flag(True, "Whether managers and representatives are trained together.")
    course_list: Flag = flag(False, "Whether the two sides keep a list of acceptable courses.")
    learning_for_all: Flag = flag(False, "Whether staff who are not union members may use a learning representative.")
    managers_guide: Flag = flag(False, "Whether the two sides write a guide to the agreement for managers.")
    reschedule_days: Whole = number(
        5, "Time a hearing is put off when the companion is not available.", "working days", least=1, most=40
    )
    accompany_informal: Flag = flag(True, "Whether members may be accompanied at meetings beyond the statutory right.")
    accompany_first_talks: Flag = flag(
        False, "Whether members may be accompanied at an informal talk that may lead to formal action."
    )
    companion_certified: Flag = flag(False, "Whether unions certify lay companions in writing.")
