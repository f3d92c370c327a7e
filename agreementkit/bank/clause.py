"""One clause file: its front matter, typed, and its body, unread."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from agreementkit.bank.faults import model_faults
from agreementkit.bank.option import Options
from agreementkit.diagnostics import Diagnostic, Place
from agreementkit.errors import AgreementKitError
from agreementkit.source import Positions, SourceText, load_yaml

ID_PATTERN = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"
Identifier = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=60)]
Expression = Annotated[str, StringConstraints(min_length=1, max_length=500)]
_RULE = re.compile(r"---\s*\Z")


class Kind(StrEnum):
    """What a clause file makes."""

    CLAUSE = "clause"
    PARTY = "party"
    RECITAL = "recital"
    SCHEDULE = "schedule"
    EXECUTION = "execution"
    DEFINITION = "definition"


class Acceptance(BaseModel):
    """A finding about the clause that stays as it is.

    Attributes:
        code: Code of the finding.
        at: Paragraph of the clause, such as `stages`; the whole clause when empty.
        reason: Why it is accepted.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str = Field(pattern=r"^AK[0-9]{3}$")
    at: str = Field(default="", max_length=200)
    reason: str = Field(min_length=1, max_length=300)


class FrontMatter(BaseModel):
    """The front matter of a clause file. See `docs/reference/clause-format.md`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Identifier = Field(description="Permanent id")
    kind: Kind = Field(default=Kind.CLAUSE, description="What the file makes")
    version: str = Field(pattern=r"^\d+\.\d+$", description="Version of the wording, quoted")
    title: str = Field(default="", max_length=200, description="Heading")
    topic: str = Field(default="", max_length=60, description="Topic, for search")
    when: Expression | None = Field(default=None, description="Left out when false")
    each: str | None = Field(default=None, description="`name in path`: repeat the division")
    requires: tuple[Identifier, ...] = Field(default=(), description="Clauses needed in the same agreement")
    cites: tuple[Identifier, ...] = Field(default=(), description="Law the wording rests on")
    sources: tuple[str, ...] = Field(default=(), description="Where the idea comes from")
    variants: Mapping[Identifier, Expression] = Field(default_factory=dict, description="Wordings and conditions")
    accepts: tuple[Acceptance, ...] = Field(default=(), description="Findings that stay as they are, with reasons")
    replaces: str | None = Field(default=None, description="Version of the clause below that this one replaces")
    term: str = Field(default="", max_length=120, description="Definitions: the defined term")
    plural: str = Field(default="", max_length=120, description="Definitions: its plural")
    number: str | None = Field(default=None, description="Definitions: path whose length decides the number")
    also: tuple[str, ...] = Field(default=(), description="Definitions: further keys that mean this term")

    @model_validator(mode="after")
    def _fits_its_kind(self) -> FrontMatter:
        if self.kind is Kind.DEFINITION:
            if not self.term:
                raise ValueError("a definition needs `term`")
        elif self.term or self.plural or self.number or self.also:
            raise ValueError("`term`, `plural`, `number` and `also` belong to definitions only")
        if self.kind in (Kind.CLAUSE, Kind.SCHEDULE) and not self.title:
            raise ValueError(f"a {self.kind.value} needs a `title`")
        if self.each and self.kind not in (Kind.PARTY, Kind.RECITAL, Kind.EXECUTION):
            raise ValueError("`each` in the front matter is for parties, recitals and execution blocks")
        return self


@dataclass(frozen=True, slots=True, eq=False)
class ClauseSource:
    """A clause file as it stands in a pack.

    Attributes:
        front: Its front matter.
        body: Lines of the body.
        body_line: Line number of the first body line in the file.
        pack: Id of the pack it came from.
        file: Path for diagnostics.
        digest: Hash of the whole file, for caches and manifests.
        positions: Places of the front matter's values.
        options: Options that it may ask for: those of its pack and of the packs below, by pack and by name.
    """

    front: FrontMatter
    body: tuple[str, ...]
    body_line: int
    pack: str
    file: str
    digest: str
    positions: Positions
    options: Mapping[str, Options] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The clause's permanent id."""
        return self.front.id

    def place(self, *path: str | int) -> Place:
        """Return the place of a front matter value, or of the front matter itself."""
        return self.positions.place(path)


def slug(text: str) -> str:
    """Return a key of a definition in the form in which keys are compared."""
    return "-".join(text.lower().split())


def read_clause(source: SourceText, pack: str, found: list[Diagnostic]) -> ClauseSource | None:
    """Read a clause file; None, with faults in `found`, when it cannot be used.

    Diagnostics: AK201 for a missing or open front matter, AK202 for a fault in it.
    """
    lines = source.text.split("\n")
    if not lines or not _RULE.match(lines[0]):
        found.append(
            Diagnostic(
                "AK201",
                "the file has no front matter",
                place=Place(source.file, 1, 1, 1, lines[0]),
                hints=("begin the file with `---`, then `id:`, `version:`, `title:`, then `---`",),
            )
        )
        return None
    end = next((i for i, line in enumerate(lines[1:], 1) if _RULE.match(line)), None)
    if end is None:
        found.append(
            Diagnostic(
                "AK201",
                "the front matter is never closed",
                place=Place(source.file, 1, 1, 3, lines[0]),
                hints=("close it with a line `---`",),
            )
        )
        return None
    head = SourceText(source.file, "\n".join(lines[1:end]) + "\n", tuple(lines[1:end]))
    try:
        data, positions = load_yaml(head, first_line=2)
    except AgreementKitError as error:
        found.extend(error.diagnostics)
        return None
    try:
        front = FrontMatter.model_validate(data if data is not None else {})
    except ValidationError as error:
        found.extend(model_faults(error, positions, "AK202", FrontMatter))
        return None
    digest = hashlib.blake2b(source.text.encode(), digest_size=16).hexdigest()
    return ClauseSource(front, tuple(lines[end + 1 :]), end + 2, pack, source.file, digest, positions)
