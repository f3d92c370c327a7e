"""The documents themselves: labels, principles and values, house style, notes, document control."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from agreementkit.config.fields import (
    Day,
    Flag,
    Line,
    Prose,
    Section,
    choice,
    day,
    entries,
    fault,
    flag,
    mapping_from_text,
    section,
    text,
)  # fmt: skip

Voice = Literal["drafter", "employer", "staff-side", "joint", "law"]
Audience = Literal["everyone", "employer", "staff-side", "drafter"]

Form = Literal[
    "representatives-register",
    "time-off-request",
    "refusal-record",
    "time-record",
    "course-request",
    "dispute-form",
    "meeting-calendar",
    "change-timetable",
    "predecessor-comparison",
    "legal-summary",
]
"""A form or working sheet that is printed as a schedule when it is asked for."""


class Labels(Section):
    """What things are called in the text."""

    staff_side: Line = text(
        "Staff Side", "Name of the unions acting together.", question="What are the unions acting together called?"
    )
    employer_side: Line = text(
        "Management Side",
        "Name of the employer's members of the forum.",
        question="What are the employer's members of the forum called?",
    )
    staff: Line = text("staff", "Word for the people who work there: staff, employees, colleagues.")
    employer: Line | None = text(None, "Defined word for one employer, such as 'CCG'; 'Employer' when not given.")
    unions: Line | None = text(
        None, "Defined word for one union, such as 'Trade Union'; 'Recognised Union' when not given."
    )
    representative: Line = text("accredited representative", "Word for a union representative.")
    full_time_officer: Line = text("full-time officer", "Word for an officer employed by a union.")
    chief_executive: Line = text(
        "chief executive", "Word for the most senior manager.", question="What is the most senior manager called?"
    )
    hr_lead: Line = text(
        "HR director",
        "Word for the most senior manager for people.",
        question="What is the most senior manager for people called?",
    )


class Principle(Section):
    """One principle of partnership in the parties' own words."""

    name: Line = Field(description="Name of the principle.")
    text: Prose | None = Field(default=None, description="What the parties mean by it.")


class Principles(Section):
    """Principles of partnership working."""

    set: Literal["spf", "tuc", "staff-governance", "own", "short"] = choice(
        "spf", "Which set of principles is used.", question="Which set of principles of partnership is used?"
    )
    own: tuple[Annotated[Principle, mapping_from_text("name")], ...] = entries(
        (),
        "Own principles; in addition to the set, or alone.",
        most=20,
        question="Which principles of your own are there?",
    )
    placement: Literal["body", "schedule"] = choice(
        "body", "Where the principles stand.", question="Where do the principles stand?"
    )
    no_surprises: Flag = flag(True, "Whether 'no surprises' is a rule.")
    service_aim: Flag = flag(True, "Whether better services are an aim of the agreement.")
    job_security: Flag = flag(True, "Whether employment security is among the aims.")
    joint_success: Flag = flag(False, "Whether the joint success of the organisation is an aim of the agreement.")
    equal_opportunity: Flag = flag(False, "Whether equal opportunity is an aim of the agreement.")
    saving_sentence: Flag = flag(
        True, "Whether management's responsibility to manage is tied to the duty to consult and negotiate."
    )

    @model_validator(mode="after")
    def _own_are_given(self) -> Self:
        if self.set == "own" and not self.own:
            raise fault(
                "nothing_of_its_own",
                "the set of principles is your own, but there is none",
                ("set",),
                "add your principles under principles.own, or choose another set",
            )
        return self


class Value(Section):
    """One of the parties' shared values."""

    name: Line = Field(description="The value, such as 'honesty'.")
    meaning: Prose | None = text(None, "What the parties mean by it.")


class Equality(Section):
    """Equality in joint work."""

    statement: Flag = flag(True, "Whether the text has an equality statement.")
    representatives: Flag = flag(True, "Whether equality representatives are recognised by agreement.")
    public_duty: Flag = flag(False, "Whether joint work is tied to the public sector equality duty.")
    balanced_sides: Flag = flag(True, "Whether both sides aim at balanced membership of the forum.")


class HouseStyle(Section):
    """How the documents look."""

    template: Line = text(
        "neutral",
        "Name of a shipped house style, of one of a pack (`pack-id:name`), or path of your own: a .docx or .dotx file, "
        "or a house style (.yaml). A path is relative to this file.",
    )


class NoteAuthors(Section):
    """Names shown as authors of notes. They stand for a voice, not a person."""

    drafter: Line = text("Drafter", "Label of the drafter's voice.")
    employer: Line = text("Employer", "Label of the employer's voice.")
    staff_side: Line = text("Staff Side", "Label of the staff side's voice.")
    joint: Line = text("Both sides", "Label of the joint voice.")
    law: Line = text("Law", "Label of the law's voice.")


class Notes(Section):
    """Notes printed with the documents."""

    voices: tuple[Voice, ...] = entries(
        ("drafter", "employer", "staff-side", "joint", "law"), "Voices to print.", most=5
    )
    audiences: tuple[Audience, ...] = entries(
        ("everyone", "employer", "staff-side", "drafter"), "Whose notes to print: a note says for whom it is.", most=4
    )
    detail: Literal["main", "full"] = choice(
        "main", "Only the main notes, or all of them.", question="Are only the main notes printed, or all of them?"
    )
    authors: NoteAuthors = section("Names shown as authors.")
    date: Day | None = day("Date shown on notes; the date of the agreements when not given.")


FurtherTerm = Literal[
    "branch-officer",
    "safety-representative",
    "learning-representative",
    "equality-representative",
    "facility-time",
    "national-level",
    "local-level",
]

Statute = Literal[
    "tulrca-1992",
    "era-1996",
    "era-1999",
    "hswa-1974",
    "srsc-1977",
    "ice-2004",
    "tupe-2006",
    "equality-2010",
    "trade-union-act-2016",
    "facility-time-2017",
    "era-2025",
    "data-protection",
    "acas-codes",
]
STATUTES = (
    "tulrca-1992", "era-1996", "era-1999", "hswa-1974", "srsc-1977", "tupe-2006", "equality-2010", "era-2025",
)  # fmt: skip

Framework = Literal["nhs-handbook", "nhs-partnership", "nhs-change", "staff-governance", "social-partnership-wales"]


class Consulted(Section):
    """One step of the consultation on the text itself."""

    body: Line = Field(description="Who was consulted.")
    date: Day | None = day("Date on which it was consulted or answered.")
    outcome: Line | None = text(None, "What came of it, as a phrase.")


class Finding(Section):
    """One finding of the impact assessment of the text."""

    group: Line = Field(description="Group of staff, or characteristic, that was looked at.")
    effect: Line = Field(description="Effect that was found, as a phrase.")
    action: Line | None = text(None, "What is done about it, as a phrase.")


class Standard(Section):
    """One external standard that the text helps to meet."""

    standard: Line = Field(description="The standard and its number.")
    provision: Line = Field(description="What in the agreement meets it, as a phrase.")


class MonitoringLine(Section):
    """One line of the monitoring matrix."""

    what: Line = Field(description="What is watched.")
    how: Line = Field(description="How it is measured.")
    who: Line = Field(description="Who does it, by role.")
    when: Line = Field(description="How often.")


class Document(Section):
    """Document control."""

    definitions: Literal["used", "none"] = choice(
        "used",
        "Whether the terms that the text uses are defined, or it uses plain words without definitions.",
        question="Are the terms of the text defined?",
    )
    further_terms: tuple[FurtherTerm, ...] = entries(
        (), "Terms defined besides those that the text uses, for papers and records.", most=7
    )
    legal_basis: Literal["none", "law-and-code", "statutes"] = choice(
        "none",
        "Whether the text names the law behind it: not at all, in one sentence, or by a list.",
        question="Does the text name the law behind it?",
    )
    statutes: tuple[Statute, ...] = entries(STATUTES, "Laws that the list names, where they apply.", most=13)
    national_framework: tuple[Framework, ...] = entries((), "National arrangements that the text is tied to.", most=5)
    issued: Day | None = day("Date on which this version was issued.")
    consulted: tuple[Consulted, ...] = entries((), "Who was consulted on the text, in order.", most=40)
    impact_assessment: Literal["unmentioned", "attached", "separate"] = choice(
        "unmentioned",
        "Whether an equality impact assessment of the text is attached, kept apart or not mentioned.",
        question="Is an equality impact assessment of the text attached?",
    )
    impact_findings: tuple[Finding, ...] = entries((), "Findings of the assessment that is attached.")
    standards: tuple[Standard, ...] = entries((), "External standards that the text helps to meet.", most=40)
    monitoring: tuple[MonitoringLine, ...] = entries((), "Lines of the monitoring matrix.", most=40)

    form: Literal["agreement", "policy"] = choice(
        "agreement",
        "Whether the text calls itself an agreement or a policy.",
        question="Does the text call itself an agreement or a policy?",
    )
    version: Line = text("1.0", "Version of the documents.")
    reference: Line | None = text(None, "Reference number.")
    status: Literal["draft", "consultation", "final"] = choice("draft", "Status of the documents.")
    owner: Line | None = text(
        None,
        "Who looks after the documents, by role, without an article.",
        question="Who looks after the documents, by role?",
    )
    approved_by: tuple[Line, ...] = entries(
        (),
        "Bodies that approve the documents, in order.",
        most=10,
        question="Which bodies approve the documents, in order?",
    )
    joint_ownership: Flag = flag(True, "Whether nobody may edit the text without the other side's consent.")
    control_sheet: Flag = flag(False, "Whether there is a document control table.")
    key_terms: Flag = flag(False, "Whether a page of key terms stands before the contents. It is not part of the text.")
