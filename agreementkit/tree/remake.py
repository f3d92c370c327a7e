"""A node again with something in it changed. The rest of it stays the very same objects.

Each is the constructor written out, which takes a third of the time of `dataclasses.replace`; agreements make
thousands of nodes again on their way through the passes.
"""

from __future__ import annotations

from typing import TypeVar

from agreementkit.tree.nodes import Anchor, Block, Division, Emphasis, Inline, Note, Number, Phrase, Strong

Run = tuple[Inline, ...]
"""Inlines that stand in a row."""
Holder = Emphasis | Strong | Phrase
D = TypeVar("D", bound=Division)
S = TypeVar("S")


def same_or(old: tuple[S, ...], new: tuple[S, ...]) -> tuple[S, ...]:
    """Return `old` when `new`, which is as long, holds the very same objects; else `new`."""
    for one, other in zip(old, new, strict=True):
        if one is not other:
            return new
    return old


def holding(holder: Holder, inlines: Run) -> Holder:
    """Return a container with other contents; the container itself when they are its own."""
    if inlines is holder.inlines:
        return holder
    return Phrase(holder.id, inlines) if isinstance(holder, Phrase) else type(holder)(inlines)


def with_children(division: D, children: tuple[Division, ...]) -> D:
    """Return a division with other children."""
    return type(division)(
        id=division.id,
        heading=division.heading,
        number=division.number,
        blocks=division.blocks,
        children=children,
        origin=division.origin,
    )


def with_number(division: D, number: Number, children: tuple[Division, ...]) -> D:
    """Return a division with a number, and with other children."""
    return type(division)(
        id=division.id,
        heading=division.heading,
        number=number,
        blocks=division.blocks,
        children=children,
        origin=division.origin,
    )


def with_id(division: D, id_: str, children: tuple[Division, ...]) -> D:
    """Return a division with another id, and with other children."""
    return type(division)(
        id=id_,
        heading=division.heading,
        number=division.number,
        blocks=division.blocks,
        children=children,
        origin=division.origin,
    )


def with_text(division: D, heading: Run, blocks: tuple[Block, ...]) -> D:
    """Return a division with another heading and other blocks."""
    return type(division)(
        id=division.id,
        heading=heading,
        number=division.number,
        blocks=blocks,
        children=division.children,
        origin=division.origin,
    )


def note_with(
    note: Note,
    *,
    anchor: Anchor | None = None,
    blocks: tuple[Block, ...] | None = None,
) -> Note:
    """Return a note with another anchor or other blocks; the very same when they are its own."""
    anchor = note.anchor if anchor is None else anchor
    blocks = note.blocks if blocks is None else blocks
    if anchor is note.anchor and blocks is note.blocks:
        return note
    return Note(
        note.id,
        anchor,
        note.voice,
        blocks,
        note.author,
        note.initials,
        note.purpose,
        note.audience,
        note.cites,
        note.origin,
        note.detail,
    )
