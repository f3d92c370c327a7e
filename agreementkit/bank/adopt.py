"""Adoptions: decisions of a body that agrees texts of packs below as they are, read from `adopted.yaml`.

An adoption is about exact words, so it names version and content hash of each text. When the words below change, it
lapses: the text stands as before and counts as not agreed, which is reported and stops nothing but a build that asks
for agreed texts only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from agreementkit.bank.clause import ClauseSource
from agreementkit.bank.entries import read_entries
from agreementkit.bank.faults import model_faults
from agreementkit.bank.lifecycle import Approval, Lapsed, Life, Status
from agreementkit.bank.opening import Identifier
from agreementkit.diagnostics import Diagnostic, Place, suggest
from agreementkit.source import Positions, SourceText
from agreementkit.source.typed import Day

_KEY = "adopted"
NAME = "adopted.yaml"
"""Name of the file in a pack."""
SHORT = 12
"""How many characters of a content hash we write."""


class AdoptedText(BaseModel):
    """The exact text that was agreed."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    base: str = Field(pattern=r"^\d+\.\d+$", description="Version of the text, quoted")
    base_hash: str = Field(pattern=r"^[0-9a-f]{12,32}$", description="Content hash of the text, quoted")


class Adoption(BaseModel):
    """One decision about texts of packs below."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    approved: tuple[Approval, ...] = Field(
        max_length=20, description="The bodies that agreed the texts, each with the date"
    )
    review_by: Day | None = Field(default=None, description="Day by which the texts are looked at again")
    clauses: Mapping[Identifier, AdoptedText] = Field(
        default_factory=dict, description="Clauses of every kind, by id, each with version and hash"
    )
    definitions: Mapping[Identifier, AdoptedText] = Field(
        default_factory=dict, description="Definitions, by id, each with version and hash"
    )

    @model_validator(mode="after")
    def _about_something(self) -> Adoption:
        if not self.approved:
            raise ValueError("an adoption says in `approved` which body agreed the texts, and when")
        if not self.clauses and not self.definitions:
            raise ValueError("an adoption names `clauses` or `definitions`")
        return self


@dataclass(frozen=True, slots=True, eq=False)
class PlacedAdoption:
    """An adoption with the places of its values.

    Attributes:
        adoption: The adoption.
        positions: Places of the file.
        number: Which of the file's adoptions it is, from 0.
        pack: Id of the pack it came from.
    """

    adoption: Adoption
    positions: Positions
    number: int
    pack: str

    def place(self, *path: str | int) -> Place:
        """Return where a value of the adoption stands."""
        return self.positions.place((_KEY, self.number, *path), of="key")


def read_adoptions(source: SourceText, pack: str, found: list[Diagnostic]) -> list[PlacedAdoption]:
    """Read an `adopted.yaml`; faults (AK270) go to `found`."""
    items, positions = read_entries(source, _KEY, "AK270", "a decision, `- approved: …`", found)
    if positions is None:
        return []
    placed: list[PlacedAdoption] = []
    for number, item in enumerate(items):
        try:
            adoption = Adoption.model_validate(item)
        except ValidationError as error:
            found.extend(model_faults(error, positions, "AK270", Adoption, under=(_KEY, number), page="packs.md"))
            continue
        placed.append(PlacedAdoption(adoption, positions, number, pack))
    return placed


def adopt(
    adoptions: Iterable[PlacedAdoption],
    clauses: dict[str, ClauseSource],
    terms: dict[str, ClauseSource],
    found: list[Diagnostic],
) -> None:
    """Mark the texts that lie below a pack as its `adopted.yaml` says.

    Args:
        adoptions: The adoptions of the pack, before anything else of it is laid.
        clauses: Clauses that lie there by id; those adopted are put in the place of the others.
        terms: Definitions that lie there by id, likewise.
        found: Takes faults: AK270 for a text that is not there.
    """
    for placed in adoptions:
        for key, shelf in (("clauses", clauses), ("definitions", terms)):
            texts: Mapping[str, AdoptedText] = getattr(placed.adoption, key)
            for id_, text in texts.items():
                below = shelf.get(id_)
                if below is None:
                    what = f"{id_!r} is adopted here and does not lie below this pack"
                    hints = suggest(id_, shelf, key.removesuffix("s"))
                    hint = "texts of this pack itself say `status` and `approved` in their own front matter"
                    found.append(Diagnostic("AK270", what, place=placed.place(key, id_), hints=(*hints, hint)))
                else:
                    shelf[id_] = _adopted(below, text, placed, placed.place(key, id_))


def _adopted(below: ClauseSource, text: AdoptedText, placed: PlacedAdoption, place: Place) -> ClauseSource:
    adoption = placed.adoption
    if text.base == below.front.version and below.wording.startswith(text.base_hash):

        def life(old: Life) -> Life:
            status = Status.SUPERSEDED if old.status is Status.SUPERSEDED else Status.AGREED
            return Life(status, adoption.approved, adoption.review_by or old.review_by, place, placed.pack)

        amendments = tuple(replace(one, life=life(one.life)) for one in below.amendments)
        return replace(below, life=life(below.life), amendments=amendments)
    if below.life.adopted_by == placed.pack:  # an earlier decision of this pack is about the words that lie there
        return below
    lapsed = Lapsed(adoption.approved, text.base, placed.pack, place)
    return replace(below, life=replace(below.life, lapsed=lapsed))
