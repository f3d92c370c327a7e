"""The documents themselves: labels, principles and values, house style, notes, document control."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from agreementkit.config.fields import (
    Day,
    Flag,
    Line,
    Prose,
    Section,
    choice,
    day,
    entries,
    flag,
    mapping_from_text,
    section,
    text,
)  # fmt: skip

Voice = Literal["drafter", "employer", "staff-side", "joint", "law"]

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

    staff_side: Line = text("Staff Side", "Name of the unions acting together.")
    employer_side: Line = text("Management Side", "Name of the employer's members of the forum.")
    staff: Line = text("staff", "Word for the people who work there: staff, employees, colleagues.")
    employer: Line | None = text(None, "Defined word for one employer, such as 'CCG'; 'Employer' when not given.")
    unions: Line | None = text(
        None, "Defined word for one union, such as 'Trade Union'; 'Recognised Union' when not given."
    )
    representative: Line = text("accredited representative", "Word for a union representative.")
    full_time_officer: Line = text("full-time officer", "Word for an officer employed by a union.")
    chief_executive: Line = text("chief executive", "Word for the most senior manager.")
    hr_lead: Line = text("HR director", "Word for the most senior manager for people.")


class Principle(Section):
    """One principle of partnership in the parties' own words."""

    name: Line = Field(description="Name of the principle.")
    text: Prose | None = Field(default=None, description="What the parties mean by it.")


class Principles(Section):
    """Principles of partnership working."""

    set: Literal["spf", "tuc", "staff-governance", "own"] = choice("spf", "Which set of principles is used.")
    own: tuple[Annotated[Principle, mapping_from_text("name")], ...] = entries(
        (), "Own principles; in addition to the set, or alone.", most=20
    )
    placement: Literal["body", "schedule"] = choice("body", "Where the principles stand.")
    no_surprises: Flag = flag(True, "Whether 'no surprises' is a rule.")
    service_aim: Flag = flag(True, "Whether better services are an aim of the agreement.")
    job_security: Flag = flag(True, "Whether employment security is among the aims.")
    saving_sentence: Flag = flag(
        True, "Whether management's responsibility to manage is tied to the duty to consult and negotiate."
    )


class Value(Section):
    """One of the parties' shared values."""

    name: Line = Field(description="The value, such as 'honesty'.")
    meaning: Prose | None = text(None, "What the parties mean by it.")


class Equality(Section):
    """Equality in joint work."""

    statement: Flag = flag(True, "Whether the text has an equality statement.")
    representatives: Flag = flag(True, "Whether equality representatives are recognised by agreement.")
    balanced_sides: Flag = flag(True, "Whether both sides aim at balanced membership of the forum.")


class HouseStyle(Section):
    """How the documents look."""

    template: Line = text("neutral", "Name of a shipped Word template, or path of your own.")


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
    detail: Literal["main", "full"] = choice("main", "Only the main notes, or all of them.")
    authors: NoteAuthors = section(NoteAuthors, "Names shown as authors.")
    date: Day | None = day("Date shown on notes; the date of the agreements when not given.")


class Document(Section):
    """Document control."""

    form: Literal["agreement", "policy"] = choice(
        "agreement", "Whether the text calls itself an agreement or a policy."
    )
    version: Line = text("1.0", "Version of the documents.")
    reference: Line | None = text(None, "Reference number.")
    status: Literal["draft", "consultation", "final"] = choice("draft", "Status of the documents.")
    owner: Line | None = text(None, "Who looks after the documents, by role, without an article.")
    approved_by: tuple[Line, ...] = entries((), "Bodies that approve the documents, in order.", most=10)
    joint_ownership: Flag = flag(True, "Whether nobody may edit the text without the other side's consent.")
    control_sheet: Flag = flag(False, "Whether there is a document control table.")
