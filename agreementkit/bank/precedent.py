"""A precedent: the ordered outline of one type of agreement."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from agreementkit.bank.clause import Identifier
from agreementkit.bank.faults import model_faults
from agreementkit.diagnostics import Diagnostic
from agreementkit.errors import AgreementKitError
from agreementkit.source import Positions, SourceText, load_yaml


class PartOutline(BaseModel):
    """A headed group of clauses."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    part: str = Field(min_length=1, description="Heading of the group")
    clauses: tuple[Identifier, ...] = Field(min_length=1, description="Clause ids in order")


class Precedent(BaseModel):
    """The outline of one agreement type, read from `precedents/<id>.yaml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

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


class PlacedPrecedent(BaseModel):
    """A precedent with the places of its values."""

    model_config = ConfigDict(arbitrary_types_allowed=True, frozen=True)

    outline: Precedent
    positions: Positions
    pack: str


def read_precedent(source: SourceText, pack: str, found: list[Diagnostic]) -> PlacedPrecedent | None:
    """Read a precedent file; None, with faults in `found` (AK203), when it cannot be used."""
    try:
        data, positions = load_yaml(source)
    except AgreementKitError as error:
        found.extend(error.diagnostics)
        return None
    try:
        outline = Precedent.model_validate(data if data is not None else {})
    except ValidationError as error:
        found.extend(model_faults(error, positions, "AK203", Precedent))
        return None
    return PlacedPrecedent(outline=outline, positions=positions, pack=pack)
