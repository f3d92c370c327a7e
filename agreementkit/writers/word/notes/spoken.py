"""What a note says, whichever way it is shown: its paragraphs as runs, its voice, its sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from agreementkit.tree.nodes import Block, DefinitionEntry, List, Note, Para, SignatureLines, Table
from agreementkit.tree.walk import block_inlines, plain_text
from agreementkit.writers.outline import author_of, sources_of
from agreementkit.writers.word.markup import run
from agreementkit.writers.word.text.inlines import BOLD, InlineWriter

Mode = Literal["comments", "footnotes", "inline", "none"]
"""The ways of showing notes in one file."""

BULLET_ROOM = 284
"""How far the text of a bullet in a note stands from its point, in twips."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A note with the id its mark in the body uses."""

    id: int
    note: Note


@dataclass(frozen=True, slots=True)
class NoteParagraph:
    """One paragraph of a note: its runs, and whether it is an item of a bulleted list."""

    runs: str
    bullet: bool = False


def note_paragraphs(note: Note, writer: InlineWriter, *, voice: bool = False) -> list[NoteParagraph]:
    """Return the paragraphs of a note; sources come last.

    Args:
        note: The note.
        writer: Writes the inlines inside it.
        voice: Whether the words begin with whose they are; a comment has an author instead.
    """
    out = [NoteParagraph(*entry) for block in note.blocks for entry in _block(block, writer)]
    if note.cites:
        out.append(NoteParagraph(run(sources_of(note))))
    out = [entry for entry in out if entry.runs]
    if not (voice and out):
        return out
    label = run(f"{author_of(note)}:", BOLD)
    if out[0].bullet:
        return [NoteParagraph(label), *out]
    return [NoteParagraph(label + run(" ") + out[0].runs), *out[1:]]


def _block(block: Block, writer: InlineWriter) -> list[tuple[str, bool]]:
    match block:
        case Para(inlines):
            return [(writer.runs(inlines), False)]
        case List(items):
            return [(writer.runs(item), True) for item in items]
        case DefinitionEntry(_, term, inlines):
            return [(run(f"{term} ") + writer.runs(inlines), False)]
        case Table(header, table_rows):
            return [(run(" · ".join(plain_text(cell) for cell in row)), False) for row in (header, *table_rows)]
        case SignatureLines():
            return [(run(" ".join(plain_text(part) for part in block_inlines(block))), False)]
        case _:
            return []
