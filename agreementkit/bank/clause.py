"""One clause file: its front matter, typed, and its body, unread."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from html import escape
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from agreementkit.bank.amend import Amendment
from agreementkit.bank.faults import model_faults
from agreementkit.bank.lifecycle import UNSAID, Life, LifecycleKeys
from agreementkit.bank.opening import HASH, Expression, Identifier, Opened, content_hash
from agreementkit.bank.option import Options
from agreementkit.diagnostics import Diagnostic, Place
from agreementkit.source import Positions
from agreementkit.table import Row, Table


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

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    code: str = Field(pattern=r"^AK[0-9]{3}$")
    at: str = Field(default="", max_length=200)
    reason: str = Field(min_length=1, max_length=300)


class FrontMatter(LifecycleKeys):
    """The front matter of a clause file. See `docs/reference/clause-format.md`."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    id: Identifier = Field(description="Permanent id")
    formerly: tuple[Identifier, ...] = Field(default=(), description="Ids it had before; they go on leading here")
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
    base_hash: str = Field(default="", pattern=HASH, description="With `replaces`: content hash of the clause below")
    over: tuple[Identifier, ...] = Field(default=(), description="Packs whose changes to the clause this one knows of")
    because: str = Field(default="", max_length=500, description="With `replaces`: why the wording below will not do")
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


class Links(NamedTuple):
    """What a clause leads to, as its front matter says.

    Attributes:
        requires: Clauses needed in the same agreement.
        cites: Law the wording rests on.
        also: Of a definition, further keys that mean its term.
    """

    requires: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
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
        amendments: What packs laid over it change, in the order in which they are laid.
        below: The clause whose place it has taken, if it has.
        written: The front matter as it stands in the file, when changes are laid over it.
        options: Options that it may ask for: those of its packs and of the packs below, by pack and by name.
        life: How far its own words have come, and who agreed them; changes have lives of their own.
        former: Present ids of clauses by their former ones, as far as the file says a former one.
    """

    front: FrontMatter
    body: tuple[str, ...]
    body_line: int
    pack: str
    file: str
    digest: str
    positions: Positions
    amendments: tuple[Amendment, ...] = ()
    below: ClauseSource | None = None
    written: FrontMatter | None = None
    options: Mapping[str, Options] = field(default_factory=dict)
    life: Life = UNSAID
    former: Mapping[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The clause's permanent id."""
        return self.front.id

    @property
    def kind(self) -> Kind:
        """What it makes."""
        return self.front.kind

    @property
    def is_definition(self) -> bool:
        """Whether it is a definition."""
        return self.kind is Kind.DEFINITION

    @property
    def replaces(self) -> str | None:
        """The version of the clause below that it says it replaces."""
        return self.front.replaces

    @property
    def formerly(self) -> tuple[str, ...]:
        """Ids that the clause had before."""
        return self.front.formerly

    @property
    def links(self) -> Links:
        """What it leads to."""
        return Links(self.front.requires, self.front.cites, self.front.also)

    @property
    def stated(self) -> str:
        """Hash of what its front matter says of its words: compiling it depends on that too."""
        front = self.front
        said = [front.id, front.kind, front.title, front.when, front.each, front.number, front.term, front.plural]
        return content_hash(json.dumps([*said, dict(front.variants)]))

    @property
    def wording(self) -> str:
        """Hash of the words as packs have left them: that of the file, or of the file and the changes over it."""
        changes = [one.digest for one in self.amendments if one.changes_words]
        if not changes:
            return self.digest
        return hashlib.blake2b("\n".join((self.digest, *changes)).encode(), digest_size=16).hexdigest()

    def place_of(self, key: str, name: str) -> Place:
        """Return where one of the `variants`, `requires` or `cites` stands: here, or in the change that adds it."""
        for change in self.amendments:
            added = getattr(change.front, key)
            if name in added:
                return change.place(key, name if isinstance(added, Mapping) else added.index(name))
        own = getattr(self.written or self.front, key)
        if isinstance(own, Mapping):
            return self.place(key, name)
        return self.place(key, own.index(name)) if name in own else self.place(key)

    def seeing(self, options: Mapping[str, Options]) -> ClauseSource:
        """Return the clause with the options that it may ask for."""
        return replace(self, options=options)

    def living(self, life: Life) -> ClauseSource:
        """Return the clause with what is known of its lifecycle."""
        return self if life == self.life else replace(self, life=life)

    def amended(self, amendment: Amendment) -> ClauseSource:
        """Return the clause with a change laid over it.

        A further wording comes first: the others are chosen only where its condition is not true. A clause that had
        no variants keeps its wording as the variant `core`.
        """
        front, change = self.front, amendment.front
        first = " or ".join(f"({condition})" for condition in change.variants.values())
        variants = dict(front.variants)
        if first:
            variants = {name: f"not ({first}) and ({condition})" for name, condition in front.variants.items()}
            variants = {**change.variants, **(variants or {"core": f"not ({first})"})}
        update = {
            "variants": variants,
            "title": change.title or front.title,
            "requires": tuple(dict.fromkeys((*front.requires, *change.requires))),
            "cites": tuple(dict.fromkeys((*front.cites, *change.cites))),
        }
        changed = front.model_copy(update=update)
        written = self.written or front
        return replace(self, front=changed, amendments=(*self.amendments, amendment), written=written)

    def as_row(self) -> Row:
        """Return what it is, for a table."""
        front = self.front
        return {
            "id": front.id,
            "kind": front.kind.value,
            "title": front.title or front.term,
            "topic": front.topic,
            "version": front.version,
            "variants": list(front.variants),
            "when": front.when or "",
            "packs": list(dict.fromkeys((self.pack, *(one.pack for one in self.amendments)))),
            "file": self.file,
        }

    def __repr__(self) -> str:
        return f"<{self.front.kind.value} {self.id} {self.front.version} of {self.pack}>"

    def _repr_html_(self) -> str:
        facts = Table(
            ({"": key, "is": value} for key, value in self.as_row().items() if value),
            self.front.title or self.front.term,
        )
        text = escape("\n".join(self.body).strip())
        return f'{facts._repr_html_()}<pre style="white-space:pre-wrap;max-width:50em">{text}</pre>'

    def place(self, *path: str | int) -> Place:
        """Return the place of a front matter value, or of the front matter itself."""
        return self.positions.place(path)


def read_clause(opened: Opened, pack: str, found: list[Diagnostic]) -> ClauseSource | None:
    """Read a clause file; None, with faults (AK202) in `found`, when it cannot be used."""
    try:
        front = FrontMatter.model_validate(opened.data if opened.data is not None else {})
    except ValidationError as error:
        found.extend(model_faults(error, opened.positions, "AK202", FrontMatter))
        return None
    return ClauseSource(front, opened.body, opened.body_line, pack, opened.file, opened.digest, opened.positions)
