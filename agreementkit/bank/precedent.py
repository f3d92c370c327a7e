"""A precedent: the ordered outline of one type of agreement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from agreementkit.bank.faults import model_faults
from agreementkit.bank.opening import Identifier
from agreementkit.diagnostics import Diagnostic
from agreementkit.errors import AgreementKitError
from agreementkit.source import Positions, SourceText, load_yaml


class PartOutline(BaseModel):
    """A headed group of clauses."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    part: str = Field(min_length=1, description="Heading of the group")
    clauses: tuple[Identifier, ...] = Field(min_length=1, description="Clause ids in order")


class Precedent(BaseModel):
    """The outline of one agreement type, read from `precedents/<id>.yaml`."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    id: Identifier = Field(description="Permanent id; what a configuration's `agreements` names")
    version: str = Field(pattern=r"^\d+\.\d+$", description="Version of the outline, quoted")
    title: str = Field(min_length=1, description="Title on the cover")
    short: str = Field(min_length=1, description="How the agreement is called in running text")
    stem: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", description="File name without its ending")
    definition: Identifier | None = Field(
        default=None, description="Definition that other agreements of the set use to name this one"
    )
    subtitle: tuple[str, ...] = Field(default=(), description="Lines under the title on the cover")
    opening: tuple[str, ...] = Field(default=(), description="Paragraphs before the parties")
    parties: tuple[Identifier, ...] = Field(default=(), description="Ids of party files")
    background: tuple[Identifier, ...] = Field(default=(), description="Ids of recital files")
    body: tuple[Annotated[Identifier | PartOutline, Field(union_mode="left_to_right")], ...] = Field(
        min_length=1, description="Clause ids, or parts with clause ids, in order"
    )
    schedules: tuple[Identifier, ...] = Field(default=(), description="Ids of schedules in order")
    execution: tuple[Identifier, ...] = Field(default=(), description="Ids of execution blocks")
    replaces: str | None = Field(default=None, description="Version of the outline below that this one replaces")

    @property
    def clauses(self) -> tuple[str, ...]:
        """Clause ids of the body in order, parts opened up."""
        out: list[str] = []
        for entry in self.body:
            out.extend(entry.clauses if isinstance(entry, PartOutline) else (entry,))
        return tuple(out)


class Insertion(BaseModel):
    """Ids that go into a precedent: before or after one that stands there, or at the end of a list."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    after: Identifier | None = Field(default=None, description="Id after which they go")
    before: Identifier | None = Field(default=None, description="Id before which they go")
    end: Literal["parties", "background", "body", "schedules", "execution"] | None = Field(
        default=None, description="List at whose end they go"
    )
    ids: tuple[Identifier, ...] = Field(min_length=1, description="Ids in order")

    @model_validator(mode="after")
    def _one_place(self) -> Insertion:
        if sum(x is not None for x in (self.after, self.before, self.end)) != 1:
            raise ValueError("an insertion needs one of `after`, `before` and `end`")
        return self


class PrecedentAmendment(BaseModel):
    """Changes of a pack to the outline of an agreement below it."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    amends: Identifier = Field(description="Id of the precedent that is changed")
    base: str = Field(pattern=r"^\d+\.\d+$", description="Version of the outline it was written against, quoted")
    over: tuple[Identifier, ...] = Field(default=(), description="Packs whose changes to the outline this one knows of")
    because: str = Field(default="", max_length=500, description="Why the outline is changed")
    title: str = Field(default="", description="Another title on the cover")
    subtitle: tuple[str, ...] = Field(default=(), description="Other lines under the title")
    insert: tuple[Insertion, ...] = Field(default=(), description="What goes in")
    remove: tuple[Identifier, ...] = Field(default=(), description="Ids that go out")


@dataclass(frozen=True, slots=True, eq=False)
class PlacedPrecedentAmendment:
    """Changes to a precedent with the places of their values."""

    change: PrecedentAmendment
    positions: Positions
    pack: str


@dataclass(frozen=True, slots=True, eq=False)
class PlacedPrecedent:
    """A precedent with the places of its values."""

    outline: Precedent
    positions: Positions
    pack: str
    amended_by: tuple[PlacedPrecedentAmendment, ...] = ()


def read_precedent(
    source: SourceText, pack: str, found: list[Diagnostic]
) -> PlacedPrecedent | PlacedPrecedentAmendment | None:
    """Read a precedent file, or one that amends a precedent.

    Returns:
        What was read; None, with faults in `found` (AK203, AK250), when it cannot be used.
    """
    try:
        data, positions = load_yaml(source)
    except AgreementKitError as error:
        found.extend(error.diagnostics)
        return None
    if isinstance(data, Mapping) and "amends" in data:
        try:
            change = PrecedentAmendment.model_validate(data)
        except ValidationError as error:
            found.extend(model_faults(error, positions, "AK250", PrecedentAmendment, page="packs.md"))
            return None
        return PlacedPrecedentAmendment(change=change, positions=positions, pack=pack)
    try:
        outline = Precedent.model_validate(data if data is not None else {})
    except ValidationError as error:
        found.extend(model_faults(error, positions, "AK203", Precedent))
        return None
    return PlacedPrecedent(outline=outline, positions=positions, pack=pack)
