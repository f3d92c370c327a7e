"""One walk over a document before anything is written: is it resolved, where do references lead, what has words.

A writer asks all of this of every word of an agreement, so it is asked in one go and in one flat loop.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from agreementkit.tree.nodes import (
    Blank,
    Block,
    CrossReference,
    DefinitionsHere,
    Document,
    Emphasis,
    Field,
    Inline,
    LineBreak,
    Para,
    Phrase,
    Reference,
    Stage,
    Strong,
    Term,
    TermUse,
    Text,
    Value,
)
from agreementkit.tree.walk import block_inlines, divisions, flatten

_TEXTS = (Text, Value, Term)
_LEAVES = frozenset({Text, Value, Term, Blank, LineBreak})
_HOLDERS = (Emphasis, Strong, Phrase)
_STAND_INS = (Field, TermUse, CrossReference)


class Survey(NamedTuple):
    """What a writer must know of all words before it writes the first.

    Attributes:
        divisions: Id of each division.
        numbered: Id of each division that has a number.
        targets: Ids that references within this agreement lead to. What notes and the subtitle say does not count.
        phrases: Division and id of each phrase in a division that has a word to stand on.
    """

    divisions: frozenset[str]
    numbered: frozenset[str]
    targets: frozenset[str]
    phrases: frozenset[tuple[str, str]]


def require_resolved(document: Document) -> None:
    """Refuse a document that still has something to resolve.

    Raises:
        TypeError: The document has not been through all passes, or holds a stand-in, which is named.
    """
    survey(document)


def survey(document: Document) -> Survey:
    """Return what a writer must know of a document, which is refused if something in it is still to resolve.

    Raises:
        TypeError: The document has not been through all passes, or holds a stand-in, which is named.
    """
    if document.stage is not Stage.RESOLVED:
        raise TypeError(f"the {document.title} is {document.stage.value}, not resolved; run all passes over it first")
    every = list(divisions(document))
    said, beside = _Words(), _Words()
    said.read((*document.opening, *document.summary))
    for division in every:
        said.read(division.blocks, division.heading, division.id)
    for note in document.notes:
        beside.read(note.blocks)
    for line in document.subtitle:
        beside.read((), line)
    if said.stand_in or beside.stand_in:
        _refuse_stand_in(document)
    return Survey(
        frozenset([division.id for division in every]),
        frozenset([division.id for division in every if division.number is not None]),
        frozenset(said.targets),
        frozenset(said.phrases),
    )


def worded(inlines: Iterable[Inline]) -> bool:
    """Return whether resolved inlines hold anything but white space."""
    for inline in inlines:
        if isinstance(inline, _TEXTS):
            found = bool(inline.text) and not inline.text.isspace()
        elif isinstance(inline, _HOLDERS):
            found = worded(inline.inlines)
        elif isinstance(inline, Reference):
            found = bool(inline.text.strip())
        else:
            found = isinstance(inline, Blank)
        if found:
            return True
    return False


class _Words:
    """What was found in the words read so far."""

    __slots__ = ("phrases", "stand_in", "targets")

    def __init__(self) -> None:
        self.targets: set[str] = set()
        self.phrases: set[tuple[str, str]] = set()
        self.stand_in = False

    def read(self, blocks: Iterable[Block], heading: tuple[Inline, ...] = (), division: str = "") -> None:
        """Read all words of a division, a note or a part of the cover."""
        runs = [heading]
        for block in blocks:
            if isinstance(block, Para):  # as most are, so that no generator is made for them
                runs.append(block.inlines)
            else:
                runs += block_inlines(block)
                self.stand_in |= isinstance(block, DefinitionsHere)
        for run in runs:
            for inline in run:
                if type(inline) in _LEAVES:  # as most are; nothing more to ask
                    continue
                if isinstance(inline, _HOLDERS):
                    runs.append(inline.inlines)  # read by the outer loop, which so needs no recursion
                    if isinstance(inline, Phrase) and division and worded(inline.inlines):
                        self.phrases.add((division, inline.id))
                elif isinstance(inline, Reference):
                    if not inline.agreement:
                        self.targets.add(inline.target)
                elif isinstance(inline, _STAND_INS):
                    self.stand_in = True


# ------------------------------------------------------------------------------------------------ stand-ins


def _refuse_stand_in(document: Document) -> None:
    """Refuse the first stand-in of a document that holds one, and say where it is; slow, for it is seldom needed."""
    for where, block in _all_blocks(document):
        if isinstance(block, DefinitionsHere):
            raise TypeError(f"DefinitionsHere in {where} is a stand-in and cannot be written")
        for run in block_inlines(block):
            _refuse_any(run, where)
    for line in document.subtitle:
        _refuse_any(line, "the subtitle")
    for division in divisions(document):
        _refuse_any(division.heading, f"the heading of {division.id!r}")


def _all_blocks(document: Document) -> Iterator[tuple[str, Block]]:
    for block in document.opening:
        yield "the opening", block
    for block in document.summary:
        yield "the summary", block
    for division in divisions(document):
        for block in division.blocks:
            yield repr(division.id), block
    for note in document.notes:
        for block in note.blocks:
            yield f"the note {note.id!r}", block


def _refuse_any(inlines: Iterable[Inline], where: str) -> None:
    for inline in flatten(inlines):
        match inline:
            case Field(words) | TermUse(words) | CrossReference(words):
                raise TypeError(f"{type(inline).__name__} {words!r} in {where} is a stand-in and cannot be written")
