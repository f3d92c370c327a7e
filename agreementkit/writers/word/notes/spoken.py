"""What a note says, whichever way it is shown: its paragraphs as runs, its voice, its sources."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from agreementkit.tree.nodes import Block, DefinitionEntry, List, Note, Para, SignatureLines, Table
from agreementkit.tree.walk import block_inlines, plain_text
from agreementkit.writers.outline import author_of, sources_of
from agreementkit.writers.word.markup import run
from agreementkit.writers.word.text.inlines import BOLD, InlineWriter

Mode = Literal["comments", "footnotes", "inline", "none"]
"""The ways of showing notes in one file."""

BULLET_ROOM = 284
"""How far the text of a bullet in a note stands from its point, in twips."""


class NoteParagraph(NamedTuple):
    """One paragraph of a note: its runs, and whether it is an item of a bulleted list."""

    runs: str
    bullet: bool = False


class Placed(NamedTuple):
    """A note with the id its mark in the body uses, and what it says.

    Attributes:
        id: The id.
        note: The note.
        paragraphs: Its paragraphs; sources come last.
    """

    id: int
    note: Note
    paragraphs: Sequence[NoteParagraph]

    def voiced(self) -> Sequence[NoteParagraph]:
        """Return its paragraphs with whose words they are in front; a comment has an author instead."""
        label = run(f"{author_of(self.note)}:", BOLD)
        first, *others = self.paragraphs
        if first.bullet:
            return [NoteParagraph(label), first, *others]
        return [NoteParagraph(label + run(" ") + first.runs), *others]


def note_paragraphs(note: Note, writer: InlineWriter) -> list[NoteParagraph]:
    """Return the paragraphs of a note; sources come last.

    Args:
        note: The note.
        writer: Writes the inlines inside it.
    """
    out: list[NoteParagraph] = []
    for block in note.blocks:
        if isinstance(block, Para):  # nearly every one
            out.append(NoteParagraph(writer.runs(block.inlines)))
        else:
            out += (NoteParagraph(*entry) for entry in _block(block, writer))
    if note.cites:
        out.append(NoteParagraph(run(sources_of(note))))
    return [entry for entry in out if entry.runs]


def _block(block: Block, writer: InlineWriter) -> list[tuple[str, bool]]:
    match block:
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
