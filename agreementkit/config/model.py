"""The root of the configuration: everything the set of agreements is made from."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, Protocol

from pydantic import Field, computed_field, model_validator

from agreementkit.config.calendar import Meeting, meeting_calendar
from agreementkit.config.change import Change
from agreementkit.config.checks import Checks
from agreementkit.config.closing import (
    Dates,
    LegalStatus,
    Review,
    Signatories,
    SigningEmployer,
    SigningUnion,
    Termination,
    Variation,
)
from agreementkit.config.consultation import Consultation, Information, Policies
from agreementkit.config.cross import (
    cross_faults,
    raise_together,
    with_default_signatories,
    with_fitting_quorum,
    with_fitting_stages,
)
from agreementkit.config.disputes import Disputes
from agreementkit.config.document import Document, Equality, Form, HouseStyle, Labels, Notes, Principles, Value
from agreementkit.config.facilities import Access, Facilities
from agreementkit.config.fields import (
    FOLDER,
    READ_FROM,
    Identifier,
    Line,
    Section,
    Whole,
    choice,
    entries,
    mapping_from_text,
    number,
    section,
    text,
)
from agreementkit.config.forum import Forum
from agreementkit.config.lnc import Lnc
from agreementkit.config.parties import (
    Employer,
    Establishment,
    Hosting,
    Predecessor,
    PredecessorRecord,
    Shadow,
    SupportingParty,
)
from agreementkit.config.paths import in_file
from agreementkit.config.recognition import Recognition
from agreementkit.config.representatives import Representatives
from agreementkit.config.time_off import TimeOff
from agreementkit.config.unions import Union, shipped_unions
from agreementkit.diagnostics import Place
from agreementkit.source import Positions

if TYPE_CHECKING:
    from agreementkit.config.options import Declarations
    from agreementkit.table import Table

_STEPS = re.compile(r"[^.\[\]]+")


class Declaring(Protocol):
    """Whatever knows what options packs declare, such as a bank."""

    @property
    def options(self) -> Declarations:
        """Options by the id of their pack and by name."""


class Config(Section):
    """A complete configuration. Only `employers` and `unions` have to be given."""

    title: Line | None = text(None, "A short name for this set of agreements, for lists and file properties.")
    agreements: tuple[Identifier, ...] = entries(
        ("partnership", "recognition"),
        "The agreements to make, each by the id of its precedent.",
        least=1,
        most=20,
        question="Which agreements are to be made?",
    )
    nation: Literal["england", "scotland", "wales"] = choice(
        "england", "Nation whose arrangements apply.", question="In which nation do the staff work?"
    )
    employers: tuple[Employer, ...] = Field(
        description="The employers.",
        min_length=1,
        max_length=20,
        json_schema_extra={"question": "Which employers are parties?"},
    )
    headcount: Whole | None = number(
        None, "Number of staff of all employers together, if known only so.", "staff", most=5_000_000
    )
    hosting: Hosting | None = Field(default=None, description="Hosting of a shared team, if there is one.")
    predecessors: tuple[Predecessor, ...] = entries(
        (),
        "Bodies that came before.",
        most=100,
        question="Which bodies came before, whose staff or arrangements pass to the employer?",
    )
    establishment: Establishment = section("How the employer came about.")
    shadow: Shadow | None = Field(default=None, description="The shadow period, if there is one.")
    unions: tuple[Union, ...] = Field(
        description="The unions that are recognised; a listed union may be written as its id.",
        min_length=1,
        max_length=60,
        json_schema_extra={"question": "Which trade unions are recognised?"},
    )
    supporting_parties: tuple[SupportingParty, ...] = entries(
        (), "Bodies that join besides employers and unions, such as a government department.", most=6
    )
    recognition: Recognition = section("Recognition.")
    forum: Forum = section("The joint forum.")
    lnc: Lnc = section("The local negotiating committee of doctors and dentists, where it is separate.")
    consultation: Consultation = section("Consultation.")
    information: Information = section("Information and disclosure.")
    policies: Policies = section("Joint development of policies.")
    representatives: Representatives = section("Representatives.")
    time_off: TimeOff = section("Time off.")
    facilities: Facilities = section("Facilities.")
    access: Access = section("Access to staff.")
    equality: Equality = section("Equality.")
    change: Change = section("Organisational change.")
    disputes: Disputes = section("Disputes.")
    review: Review = section("Review.")
    variation: Variation = section("Variation.")
    termination: Termination = section("Termination.")
    legal_status: LegalStatus = choice(
        "not-binding", "Whether the agreements are legally binding.", question="Are the agreements legally binding?"
    )
    dates: Dates = section("Dates.")
    signatories: Signatories = section("Who signs.")
    labels: Labels = section("What things are called.")
    principles: Principles = section("Principles of partnership.")
    values: tuple[Annotated[Value, mapping_from_text("name")], ...] = entries(
        (), "Values the parties share.", most=30, question="Which values do the parties share?"
    )
    forms: tuple[Form, ...] = entries(
        (),
        "Forms and working sheets to print as schedules.",
        most=20,
        question="Which forms and working sheets are printed as schedules?",
    )
    house_style: HouseStyle = section("How the documents look.")
    notes: Notes = section("Notes.")
    checks: Checks = section("How findings are judged.")
    packs: tuple[Line, ...] = entries((), "Paths or names of packs to lay over the core, in order.", most=20)
    options: dict[str, dict[str, Any]] = Field(
        default_factory=dict, description="Options that packs declare: by id of the pack, then by name."
    )
    document: Document = section("Document control.")

    @property
    def positions(self) -> Positions | None:
        """Where each setting stands in the file this was read from; None when it came from no file."""
        found: Positions | None = self.__dict__.get(READ_FROM)
        return found

    @property
    def folder(self) -> Path | None:
        """Folder of the file this was read from, to which the paths of packs are relative; None without a file."""
        found: Path | None = self.__dict__.get(FOLDER)
        return found

    def place(self, path: str) -> Place | None:
        """Return where a setting stands in the file this was read from: its own line, or that of what it belongs to.

        Only the file for a setting that it does not mention; None for a configuration that came from no file.
        """
        positions = self.positions
        if positions is None:
            return None
        loc = tuple(int(step) if step.isdecimal() else step for step in _STEPS.findall(in_file(path)))
        known = any(loc[:end] in positions.values for end in range(1, len(loc) + 1))
        return positions.place(loc) if known else Place(positions.source.file)

    @model_validator(mode="after")
    def _fits_together(self) -> Config:
        raise_together(cross_faults(self))
        # The model is frozen for its users; here it is still being made.
        object.__setattr__(self, "signatories", with_default_signatories(self))
        object.__setattr__(self, "forum", with_fitting_quorum(self))
        object.__setattr__(self, "disputes", with_fitting_stages(self))
        return self

    @computed_field(description="Whether any employer is an NHS employer.")  # type: ignore[prop-decorator]
    @property
    def is_nhs(self) -> bool:
        """Whether any employer is an NHS employer."""
        return any(employer.is_nhs for employer in self.employers)

    @computed_field(description="Whether there is more than one employer.")  # type: ignore[prop-decorator]
    @property
    def several_employers(self) -> bool:
        """Whether there is more than one employer."""
        return len(self.employers) > 1

    @computed_field(description="Whether there is more than one union.")  # type: ignore[prop-decorator]
    @property
    def several_unions(self) -> bool:
        """Whether there is more than one union."""
        return len(self.unions) > 1

    @computed_field(description="Unions marked as partners; all if none is marked.")  # type: ignore[prop-decorator]
    @property
    def partner_unions(self) -> tuple[Union, ...]:
        """The partner unions; all unions if none is marked."""
        return tuple(union for union in self.unions if union.partner) or self.unions

    @computed_field(description="Joint unions, which have parent unions.")  # type: ignore[prop-decorator]
    @property
    def joint_unions(self) -> tuple[Union, ...]:
        """The joint unions."""
        return tuple(union for union in self.unions if union.joint)

    @computed_field(description="Unions named for the local negotiating committee.")  # type: ignore[prop-decorator]
    @property
    def lnc_unions(self) -> tuple[Union, ...]:
        """The unions named for the local negotiating committee."""
        return tuple(union for union in self.unions if union.id in self.lnc.unions)

    @computed_field(description="Unions without local representatives.")  # type: ignore[prop-decorator]
    @property
    def unions_without_representatives(self) -> tuple[Union, ...]:
        """The unions without local representatives."""
        return tuple(union for union in self.unions if not union.local_representatives)

    @computed_field(description="Who signs for the employers, each with its employer.")  # type: ignore[prop-decorator]
    @property
    def signing_employers(self) -> tuple[SigningEmployer, ...]:
        """The signatories of the employer side with their employers."""
        by_short = {employer.short: employer for employer in self.employers}
        return tuple(
            SigningEmployer(employer=by_short[s.employer], role=s.role, name=s.name) for s in self.signatories.employer
        )

    @computed_field(description="Who signs for the unions, each with its union.")  # type: ignore[prop-decorator]
    @property
    def signing_unions(self) -> tuple[SigningUnion, ...]:
        """The signatories of the staff side with their unions."""
        by_id = {union.id: union for union in self.unions}
        return tuple(SigningUnion(union=by_id[s.union], role=s.role, name=s.name) for s in self.signatories.staff_side)

    @computed_field(description="Staff of all employers together, if known.")  # type: ignore[prop-decorator]
    @property
    def total_headcount(self) -> int | None:
        """Staff of all employers together: as given, or added up when every employer has a number."""
        if self.headcount is not None:
            return self.headcount
        counts = [employer.headcount for employer in self.employers]
        known = [count for count in counts if count is not None]
        return sum(known) if len(known) == len(counts) else None

    @computed_field(description="The employer that hosts the shared team, if there is one.")  # type: ignore[prop-decorator]
    @property
    def host_employer(self) -> Employer | None:
        """The host employer, if there is one."""
        if self.hosting is None:
            return None
        return next((employer for employer in self.employers if employer.short == self.hosting.host), None)

    @computed_field(description="Name of the body the forum reports to.")  # type: ignore[prop-decorator]
    @property
    def board(self) -> str:
        """Name of the body the forum reports to: as given, or the governing body of the first employer."""
        return self.forum.reports_to or self.employers[0].board

    @computed_field(description="Ordinary meetings of the forum in twelve months, each with its dates.")  # type: ignore[prop-decorator]
    @property
    def meeting_calendar(self) -> tuple[Meeting, ...]:
        """The ordinary meetings of twelve months from `forum.first_meeting`; without dates when that is not given."""
        return meeting_calendar(self.forum)

    @computed_field(description="The predecessors, with their unions by the names used in the text.")  # type: ignore[prop-decorator]
    @property
    def predecessor_records(self) -> tuple[PredecessorRecord, ...]:
        """The predecessors; a union that was given by its id is shown by its short name."""
        shorts = {union.id: union.short for union in shipped_unions().values()}
        shorts |= {union.id: union.short for union in self.unions}
        return tuple(
            PredecessorRecord(name=p.name, recognised=tuple(shorts.get(u, u) for u in p.recognised), note=p.note)
            for p in self.predecessors
        )

    @classmethod
    def load(cls, path: str | Path) -> Config:
        """Read a configuration file.

        Args:
            path: A YAML file.

        Raises:
            ConfigError: With every fault found, each with its place and a hint.
        """
        from agreementkit.config.load import load_file  # the loader needs the finished model

        return load_file(cls, Path(path))

    @classmethod
    def from_yaml(cls, text: str, file: str = "agreement.yaml") -> Config:
        """Read a configuration from text.

        Args:
            text: YAML text.
            file: Name shown in messages.

        Raises:
            ConfigError: With every fault found, each with its place and a hint.
        """
        from agreementkit.config.load import load_text

        return load_text(cls, text, file)

    def table(self, *, given_only: bool = False) -> Table:
        """Return the settings with their values and meanings, as rows; `given_only` leaves the defaults out."""
        from agreementkit.config.overview import overview

        return overview(self, given_only=given_only)

    def _repr_html_(self) -> str:
        table = self.table(given_only=True)
        table.caption = f"{self.title or self.employers[0].name}: what this configuration says; the rest are defaults"
        return table._repr_html_()

    def as_input(self) -> dict[str, Any]:
        """Return plain data from which an equal configuration can be made again."""
        return self.model_dump(mode="json", round_trip=True)

    @property
    def digest(self) -> str:
        """Hash of what is configured, defaults included; how the file is written has no part in it."""
        data = json.dumps(self.as_input(), sort_keys=True, ensure_ascii=False)
        return hashlib.blake2b(data.encode(), digest_size=16).hexdigest()

    @classmethod
    def json_schema(cls, bank: Declaring | None = None) -> dict[str, Any]:
        """Return the JSON schema of the configuration file, for editors.

        Args:
            bank: A bank whose packs declare options, which the schema then has too; without it, or without any, it
                only says that `options` are settings below the ids of packs.
        """
        from agreementkit.config.options import with_options

        schema = with_options(bank.options if bank else {}).model_json_schema(mode="validation")
        # A union may be written as its id alone and a value or principle as its name alone.
        for name, title in (
            ("Union", "Id of a shipped union."),
            ("Value", "The value."),
            ("Principle", "The principle."),
        ):
            model = schema["$defs"][name]
            schema["$defs"][name] = {"anyOf": [{"type": "string", "description": title}, model]}
            model["required"] = []
        schema["$defs"]["Employer"]["required"] = ["name"]
        schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
        return schema
