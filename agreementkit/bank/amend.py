"""Amendments: files of a pack that change a clause below it by paragraph, and add notes and variants to it.

What an amendment changes is known from its front matter and its headings; its text is read by `reader/` later, as the
text of clauses is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from pydantic import ConfigDict, Field, ValidationError, field_validator

from agreementkit.bank.faults import model_faults
from agreementkit.bank.lifecycle import UNSAID, Life, LifecycleKeys
from agreementkit.bank.opening import HASH, Expression, Identifier, Opened
from agreementkit.diagnostics import Diagnostic, Place, suggest
from agreementkit.source import Positions

PAGE = "packs.md"
_HEADING = re.compile(r"##[ ]+(.*?)\s*\Z")
_OPERATION = re.compile(r"(?P<verb>[a-z]+)(?:[ ]+(?P<target>[#^]?[^\s#^]+))?\Z")


class Verb(StrEnum):
    """What an operation does."""

    AFTER = "after"
    BEFORE = "before"
    REPLACE = "replace"
    REMOVE = "remove"
    VARIANT = "variant"
    NOTES = "notes"


class AmendmentFront(LifecycleKeys):
    """Front matter of an amendment. See `docs/reference/packs.md`."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    amends: Identifier = Field(description="Id of the clause that is changed")
    version: str = Field(pattern=r"^\d+\.\d+$", description="Version of the change, quoted")
    base: str = Field(pattern=r"^\d+\.\d+$", description="Version of the clause it was written against, quoted")
    base_hash: str = Field(default="", pattern=HASH, description="Content hash of that clause")
    over: tuple[Identifier, ...] = Field(default=(), description="Packs whose changes to the clause this one knows of")
    because: str = Field(default="", max_length=500, description="Why the clause is changed")
    title: str = Field(default="", max_length=200, description="Another heading")
    requires: tuple[Identifier, ...] = Field(default=(), description="Further clauses needed in the same agreement")
    cites: tuple[Identifier, ...] = Field(default=(), description="Further law that the wording rests on")
    variants: Mapping[Identifier, Expression] = Field(
        default_factory=dict, description="Further wordings, each with the condition that chooses it"
    )

    @field_validator("variants")
    @classmethod
    def _names(cls, value: Mapping[str, str]) -> Mapping[str, str]:
        if "core" in value:
            raise ValueError("the name `core` means the wording of the clause itself; choose another")
        return value


@dataclass(frozen=True, slots=True)
class Operation:
    """One change, from a heading such as `## after #duties`.

    Attributes:
        heading: The words of the heading.
        verb: What it does.
        target: Id of the paragraph, key of the note (`^key`) or name of the variant; empty for notes.
        place: Where the heading stands.
    """

    heading: str
    verb: Verb
    target: str
    place: Place


@dataclass(frozen=True, slots=True, eq=False)
class Amendment:
    """An amendment as it stands in a pack; its text is unread.

    Attributes:
        front: Its front matter.
        operations: What it does, in order.
        body: Lines of the body.
        body_line: Line number of the first body line in the file.
        pack: Id of the pack it came from.
        file: Path for diagnostics.
        digest: Hash of the whole file.
        positions: Places of the front matter's values.
        life: How far the change has come, and who agreed it.
    """

    front: AmendmentFront
    operations: tuple[Operation, ...]
    body: tuple[str, ...]
    body_line: int
    pack: str
    file: str
    digest: str
    positions: Positions
    life: Life = UNSAID

    @property
    def changes_words(self) -> bool:
        """Whether it changes what an agreement says, and does not only explain it."""
        notes = (one.verb is Verb.NOTES or one.target.startswith("^") for one in self.operations)
        return bool(self.front.title) or not all(notes)

    @property
    def touched(self) -> Mapping[str, Operation]:
        """The paragraphs that it changes or stands beside, each with the first operation there."""
        out: dict[str, Operation] = {}
        for operation in self.operations:
            if operation.verb not in (Verb.NOTES, Verb.VARIANT):
                out.setdefault(operation.target, operation)
        return out

    def place(self, *path: str | int) -> Place:
        """Return the place of a front matter value, or of the front matter itself."""
        return self.positions.place(path)


def is_amendment(opened: Opened) -> bool:
    """Whether a file changes a clause of another pack instead of holding one."""
    return isinstance(opened.data, Mapping) and "amends" in opened.data


def read_amendment(opened: Opened, pack: str, found: list[Diagnostic]) -> Amendment | None:
    """Read an amendment; None, with faults (AK250, AK251) in `found`, when it cannot be used."""
    try:
        front = AmendmentFront.model_validate(opened.data)
    except ValidationError as error:
        found.extend(model_faults(error, opened.positions, "AK250", AmendmentFront, page=PAGE))
        return None
    before = len(found)
    operations = tuple(_operations(opened, front, found))
    if len(found) > before:
        return None
    return Amendment(
        front, operations, opened.body, opened.body_line, pack, opened.file, opened.digest, opened.positions
    )


def _operations(opened: Opened, front: AmendmentFront, found: list[Diagnostic]) -> Iterator[Operation]:
    seen: set[str] = set()
    for number, line in enumerate(opened.body, opened.body_line):
        match = _HEADING.match(line)
        if not match:
            continue
        place = Place(opened.file, number, 1, len(line), line)
        operation = _operation(match[1], place, front, found)
        if operation is None:
            continue
        if operation.heading in seen:
            found.append(
                Diagnostic(
                    "AK251",
                    f"the heading `## {operation.heading}` stands twice",
                    place=place,
                    hints=("write what belongs there under one heading",),
                )
            )
        seen.add(operation.heading)
        yield operation
    done = {heading.removeprefix("variant ") for heading in seen}
    found.extend(
        Diagnostic(
            "AK251",
            f"the variant {name!r} has no wording",
            place=opened.positions.place(("variants", name)),
            hints=(f"add a heading `## variant {name}` with its wording",),
        )
        for name in front.variants
        if name not in done
    )


def _operation(words: str, place: Place, front: AmendmentFront, found: list[Diagnostic]) -> Operation | None:
    match = _OPERATION.match(words)
    verb = match["verb"] if match else words.split(" ")[0]
    target = (match["target"] or "") if match else ""
    if verb not in tuple(Verb) or match is None:
        hints = suggest(verb, tuple(Verb), "operation") if verb not in tuple(Verb) else ()
        how = (
            "write `## after #id`, `## before #id`, `## replace #id`, `## remove #id`, `## variant name` or `## notes`"
        )
        found.append(Diagnostic("AK251", f"`{words}` is no change", place=place, hints=(*hints, how)))
        return None
    fault = ""
    match Verb(verb):
        case Verb.NOTES:
            fault = "`notes` stands alone" if target else ""
        case Verb.VARIANT:
            if target not in front.variants:
                fault = f"the front matter declares no variant {target!r}"
        case Verb.REMOVE:
            fault = "" if target[:1] in ("#", "^") and target[1:] else "`remove` names a paragraph or a note"
        case _:
            fault = "" if target.startswith("#") and target[1:] else f"`{verb}` names a paragraph"
    if fault:
        hint = "name it as in `## remove #paragraph` or `## remove ^note`; variants are declared in the front matter"
        found.append(Diagnostic("AK251", fault, place=place, hints=(hint,)))
        return None
    return Operation(words, Verb(verb), target.removeprefix("#"), place)
