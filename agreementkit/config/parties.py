"""Who the employers are: parties, hosting, bodies that came before, and how a new body begins."""

from collections.abc import Mapping
from typing import Any, Literal, Self

from pydantic import Field, computed_field, model_validator

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

EmployerKind = Literal[
    "ccg",
    "icb",
    "trust",
    "foundation-trust",
    "national-body",
    "health-board",
    "council",
    "university",
    "college",
    "academy-trust",
    "fire-service",
    "police",
    "charity",
    "company",
    "other",
]

KIND_NAMES: dict[str, str] = {
    "ccg": "Clinical Commissioning Group",
    "icb": "Integrated Care Board",
    "trust": "NHS Trust",
    "foundation-trust": "NHS Foundation Trust",
    "national-body": "national body",
    "health-board": "Health Board",
    "council": "Council",
    "university": "University",
    "college": "College",
    "academy-trust": "academy trust",
    "fire-service": "fire and rescue service",
    "police": "police force",
    "charity": "charity",
    "company": "company",
    "other": "employer",
}
NHS_KINDS = frozenset({"ccg", "icb", "trust", "foundation-trust", "health-board"})
GOVERNING_BODIES: dict[str, str] = {
    "ccg": "Governing Body",
    "council": "Council",
    "university": "governing body",
    "college": "governing body",
    "academy-trust": "board of trustees",
    "charity": "board of trustees",
    "fire-service": "fire authority",
}


class Employer(Section):
    """One employer that is a party."""

    name: Line = Field(
        description="Full legal name of the employer.",
        json_schema_extra={"question": "What is the full legal name of the employer, or of each employer?"},
    )
    short: Line = text(
        "",
        "Name used in the text; the full name unless another is given.",
        question="What is {employer} called in the text?",
    )
    kind: EmployerKind = choice(
        "other", "What kind of body the employer is.", question="What kind of body is {employer}?"
    )
    nhs: Flag | None = Field(default=None, description="Whether it is an NHS employer, where its kind does not tell.")
    established: Day | None = day("Date on which the employer was established.")
    address: Line | None = text(None, "Principal address.")
    headcount: Whole | None = number(None, "Number of staff employed.", "staff", most=5_000_000)
    serves: Line | None = text(None, "Whom it serves, as a phrase: 'a population of about 730,000'.")
    governing_body: Line | None = text(None, "Name of its governing body; derived from the kind when not given.")
    sites: tuple[Line, ...] = entries((), "Places of work.", most=200)
    number_of_sites: Whole | None = number(None, "Number of places of work.", "sites", least=1, most=20_000)
    predecessors: tuple[Line, ...] = entries((), "Names of the bodies whose staff it took over.", most=100)

    @model_validator(mode="before")
    @classmethod
    def _short_name(cls, data: Any) -> Any:
        if isinstance(data, Mapping) and isinstance(data.get("name"), str) and data.get("short") is None:
            return {**data, "short": data["name"]}
        return data

    @computed_field(description="Whether this is an NHS employer.")  # type: ignore[prop-decorator]
    @property
    def is_nhs(self) -> bool:
        """Whether this is an NHS employer: as said, or by its kind."""
        return self.kind in NHS_KINDS if self.nhs is None else self.nhs

    @computed_field(description="The kind in words, such as 'Clinical Commissioning Group'.")  # type: ignore[prop-decorator]
    @property
    def kind_name(self) -> str:
        """The kind in words."""
        return KIND_NAMES[self.kind]

    @computed_field(description="Name of the governing body: as given, or usual for the kind.")  # type: ignore[prop-decorator]
    @property
    def board(self) -> str:
        """Name of the governing body."""
        return self.governing_body or GOVERNING_BODIES.get(self.kind, "Board")


class Hosting(Section):
    """One employer holds a shared team on behalf of several."""

    host: Line = Field(
        description="Short name of the employer that holds the shared team.",
        json_schema_extra={"question": "Which employer holds the shared team?"},
    )
    team: Line = text("the shared team", "Name of the shared team.", question="What is the shared team called?")
    staff_named: Flag = flag(False, "Whether the posts in the shared team are listed in a schedule.")


class SupportingParty(Section):
    """A body that joins the agreement besides employers and unions, such as a government department."""

    name: Line = Field(description="Full name of the body.")
    short: Line = text("", "Name used in the text; the full name unless another is given.")
    address: Line | None = text(None, "Principal address.")
    decides: Line = Field(description="What it decides or funds, as a phrase: 'the funding of the service'.")
    role: Line = text("Authorised signatory", "Role of the person who signs for it.")
    signatory: Line | None = text(None, "Name of the person who signs; left blank when not given.")

    @model_validator(mode="before")
    @classmethod
    def _short_name(cls, data: Any) -> Any:
        if isinstance(data, Mapping) and isinstance(data.get("name"), str) and data.get("short") is None:
            return {**data, "short": data["name"]}
        return data


class Predecessor(Section):
    """A body whose staff and arrangements pass to the employer."""

    name: Line = Field(description="Name of the predecessor.")
    recognised: tuple[Line, ...] = entries((), "Ids or names of the unions it recognised; empty for none.", most=60)
    note: Prose | None = text(None, "What should be known about its arrangements.")


class PredecessorRecord(Section):
    """What is known of a predecessor, with the unions by the names used in the text."""

    name: Line = Field(description="Name of the predecessor.")
    recognised: tuple[Line, ...] = entries((), "Names of the unions it recognised.", most=60)
    note: Prose | None = text(None, "What should be known about its arrangements.")


class Shadow(Section):
    """The time before a new body has its powers."""

    starts: Day | None = day("Date on which the shadow period starts.", question="When does the shadow period start?")
    ends: Day | None = day(
        "Vesting day: the date on which the new body has its powers.",
        question="When is vesting day, on which the new body has its powers?",
    )
    body: Line | None = text(
        None,
        "Who acts for the future employer in the shadow period.",
        question="Who acts for the future employer in the shadow period?",
    )

    @model_validator(mode="after")
    def _order(self) -> Self:
        if self.starts and self.ends and self.ends <= self.starts:
            raise fault(
                "date_order",
                "the shadow period ends before it starts",
                ("ends",),
                "give a vesting day after the start, or leave one of the two out",
            )
        return self


EstablishmentMode = Literal["existing", "new-body", "merger", "transfer"]


class Establishment(Section):
    """How the employer came about, as far as the agreements must say it."""

    mode: EstablishmentMode = choice(
        "existing",
        "Whether the employer exists already, is new, or comes from a merger or transfer.",
        question="How did the employer come about?",
    )
    date: Day | None = day(
        "Date of establishment, merger or transfer.",
        question="On which date was the employer established, merged or given the staff?",
    )
    carry_over: Flag = flag(
        True,
        "Whether recognition and representatives carry over from the predecessors.",
        question="Do recognition and representatives carry over from the predecessors?",
    )
    agreement_months: Whole = number(
        6,
        "Time after establishment to make the permanent agreement.",
        "months",
        least=1,
        most=24,
        question="How soon after that date is the permanent agreement to be made?",
    )
    best_of_predecessors: Flag = flag(True, "Whether no better local arrangement of a predecessor is to be lost.")
    sunset_months: Whole | None = number(None, "Time after which interim arrangements end.", "months", least=1, most=60)
