"""What the law, codes and policy ask an agreement to deal with, read from `requirements.yaml` of a pack."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from agreementkit.bank.entries import read_entries
from agreementkit.bank.faults import model_faults
from agreementkit.bank.opening import ID_PATTERN, Expression, Identifier
from agreementkit.diagnostics import Diagnostic, Place, suggest
from agreementkit.source import Positions, SourceText

_PART = ID_PATTERN.strip("^$")
Division = Annotated[str, StringConstraints(pattern=rf"^{_PART}(/{_PART})?$", max_length=200)]
_KEY = "requirements"


class Requirement(BaseModel):
    """One thing that agreements of a kind are asked to deal with.

    Attributes:
        id: Permanent id; a later pack replaces a requirement by naming its id again.
        requires: What is asked, in plain words.
        kind: Who asks: `law`, a statutory `code`, `policy`, or `good-practice`.
        cites: Ids of the law register; the first decides from when and where the requirement stands.
        agreements: Ids of the precedents it concerns.
        when: For which configurations it matters; always without it.
        met_by: Clauses and paragraphs; one of them is enough.
        met_when: Expression that is true where it is met in another way.
        says: What would do, in short words, where the conditions of the clauses do not say it well.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    id: Identifier = Field(description="Permanent id")
    requires: str = Field(min_length=1, max_length=400, description="What is asked, in words")
    kind: Literal["law", "code", "policy", "good-practice"] = Field(description="Who asks")
    cites: tuple[Identifier, ...] = Field(min_length=1, description="Ids of the law register, the main one first")
    agreements: tuple[Identifier, ...] = Field(min_length=1, description="Ids of precedents")
    when: Expression | None = Field(default=None, description="When it matters")
    met_by: tuple[Division, ...] = Field(default=(), description="Clauses and paragraphs that meet it")
    met_when: Expression | None = Field(default=None, description="Expression that is true where it is met otherwise")
    says: str = Field(default="", max_length=300, description="What would do, in words")

    @model_validator(mode="after")
    def _can_be_met(self) -> Requirement:
        if not self.met_by and not self.met_when:
            raise ValueError("a requirement needs `met_by` or `met_when`")
        return self


@dataclass(frozen=True, slots=True, eq=False)
class PlacedRequirement:
    """A requirement with the places of its values.

    Attributes:
        requirement: The requirement.
        positions: Places of the file.
        number: Which of the file's requirements it is, from 0.
        pack: Id of the pack it came from.
    """

    requirement: Requirement
    positions: Positions
    number: int
    pack: str

    def place(self, *path: str | int) -> Place:
        """Return where a value of the requirement stands."""
        return self.positions.place((_KEY, self.number, *path))


def read_requirements(source: SourceText, pack: str, found: list[Diagnostic]) -> list[PlacedRequirement]:
    """Read a `requirements.yaml`; faults (AK239) go to `found`."""
    items, positions = read_entries(source, _KEY, "AK239", "a requirement, `- id: …`", found)
    if positions is None:
        return []
    placed: dict[str, PlacedRequirement] = {}
    for number, item in enumerate(items):
        try:
            requirement = Requirement.model_validate(item)
        except ValidationError as error:
            faults = model_faults(error, positions, "AK239", Requirement, under=(_KEY, number), page="law-files.md")
            found.extend(faults)
            continue
        one = PlacedRequirement(requirement, positions, number, pack)
        if requirement.id in placed:
            found.append(
                Diagnostic(
                    "AK239",
                    f"the id {requirement.id!r} is used twice in this file",
                    place=one.place("id"),
                    hints=("ids are permanent names; choose another for the newer requirement",),
                )
            )
        placed[requirement.id] = one
    return list(placed.values())


def unknown_names(
    placed: PlacedRequirement, precedents: Mapping[str, object], clauses: Mapping[str, object]
) -> Iterator[Diagnostic]:
    """Yield a fault (AK239) for each precedent or clause that a requirement names and the bank does not have."""
    requirement = placed.requirement
    named = [("agreements", n, id_, precedents, "precedent") for n, id_ in enumerate(requirement.agreements)]
    named += [("met_by", n, way.split("/")[0], clauses, "clause") for n, way in enumerate(requirement.met_by)]
    for key, number, id_, known, what in named:
        if id_ not in known:
            yield Diagnostic(
                "AK239",
                f"requirement {requirement.id!r} names the {what} {id_!r}, which is not in the bank",
                place=placed.place(key, number),
                hints=suggest(id_, known, what),
            )
