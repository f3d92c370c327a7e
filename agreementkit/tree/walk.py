"""Going through a tree: find every node of a kind, or rebuild a tree with some nodes changed.

Passes and checks are small functions given to one of these. Rebuilding keeps every part that did not change,
so an untouched division stays the very same object.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from agreementkit.tree.nodes import (
    Blank,
    Block,
    CrossReference,
    DefinitionEntry,
    DefinitionsHere,
    Division,
    Document,
    Emphasis,
    Field,
    Inline,
    LineBreak,
    List,
    Note,
    Para,
    Phrase,
    Reference,
    SignatureLine,
    SignatureLines,
    Strong,
    Table,
    Term,
    TermUse,
    Text,
    Value,
)

_HOLDERS = (Emphasis, Strong, Phrase)
BLANK = "[●]"
"""How a value that is not yet given is printed in every output."""

InlineMap = Callable[[tuple[Inline, ...]], tuple[Inline, ...]]
D = TypeVar("D", bound=Division)


def top_divisions(document: Document) -> Iterator[Division]:
    """Yield the divisions directly under the document in printing order."""
    yield from document.parties
    yield from document.background
    yield from document.body
    yield from document.schedules
    yield from document.execution


def divisions(document: Document) -> Iterator[Division]:
    """Yield every division of the document, each before its children, in printing order."""
    for top in top_divisions(document):
        yield from subtree(top)


def subtree(division: Division) -> Iterator[Division]:
    """Yield `division` and everything below it."""
    yield division
    for child in division.children:
        yield from subtree(child)


def block_inlines(block: Block) -> Iterator[tuple[Inline, ...]]:
    """Yield each run of inlines in a block, in printing order."""
    match block:
        case Para(inlines) | DefinitionEntry(_, _, inlines):
            yield inlines
        case List(items):
            yield from items
        case Table(header, rows):
            yield from header
            for row in rows:
                yield from row
        case SignatureLines(lead, lines):
            yield lead
            for line in lines:
                yield line.inlines
        case DefinitionsHere():
            pass


def flatten(inlines: Iterable[Inline]) -> Iterator[Inline]:
    """Yield every inline, containers before their contents."""
    for inline in inlines:
        yield inline
        if isinstance(inline, _HOLDERS):
            yield from flatten(inline.inlines)


def division_inlines(division: Division) -> Iterator[Inline]:
    """Yield every inline of one division itself, heading first, without its children."""
    yield from flatten(division.heading)
    for block in division.blocks:
        for run in block_inlines(block):
            yield from flatten(run)


def note_inlines(note: Note) -> Iterator[Inline]:
    """Yield every inline of a note."""
    for block in note.blocks:
        for run in block_inlines(block):
            yield from flatten(run)


def map_inlines(inlines: tuple[Inline, ...], change: Callable[[Inline], Inline]) -> tuple[Inline, ...]:
    """Return `inlines` with `change` applied to each, contents of containers first."""
    out: list[Inline] = []
    for inline in inlines:
        new = inline
        if isinstance(inline, _HOLDERS):
            inner = map_inlines(inline.inlines, change)
            if inner is not inline.inlines:
                new = replace(inline, inlines=inner)
        out.append(change(new))
    return inlines if all(a is b for a, b in zip(inlines, out, strict=True)) else tuple(out)


def map_block(block: Block, change: InlineMap) -> Block:
    """Return `block` with `change` applied to each of its runs of inlines."""
    match block:
        case Para(inlines) | DefinitionEntry(_, _, inlines):
            new = change(inlines)
            return block if new is inlines else replace(block, inlines=new)
        case List(items):
            changed = _map_each(items, change)
            return block if changed is items else replace(block, items=changed)
        case Table(header, rows):
            new_header = _map_each(header, change)
            new_rows = tuple(_map_each(row, change) for row in rows)
            if new_header is header and all(a is b for a, b in zip(rows, new_rows, strict=True)):
                return block
            return replace(block, header=new_header, rows=new_rows)
        case SignatureLines(lead, lines):
            new_lines = tuple(SignatureLine(line.label, change(line.inlines)) for line in lines)
            return SignatureLines(change(lead), lines if new_lines == lines else new_lines)
        case DefinitionsHere():
            return block


def _map_each(runs: tuple[tuple[Inline, ...], ...], change: InlineMap) -> tuple[tuple[Inline, ...], ...]:
    out = tuple(change(run) for run in runs)
    return runs if all(a is b for a, b in zip(runs, out, strict=True)) else out


def map_division(division: D, change: Callable[[Division], Division]) -> D:
    """Return `division` with `change` applied to it and to everything below it, children first."""
    children = tuple(map_division(child, change) for child in division.children)
    if any(a is not b for a, b in zip(children, division.children, strict=True)):
        division = replace(division, children=children)
    return change(division)  # type: ignore[return-value]  # `change` keeps the kind of the division


def map_document(document: Document, change: Callable[[Division], Division]) -> Document:
    """Return `document` with `change` applied to every division, children first."""

    def each(tops: tuple[D, ...]) -> tuple[D, ...]:
        return tuple(map_division(top, change) for top in tops)

    return replace(
        document,
        parties=each(document.parties),
        background=each(document.background),
        body=each(document.body),
        schedules=each(document.schedules),
        execution=each(document.execution),
    )


def rewrite_inlines(division: Division, change: InlineMap) -> Division:
    """Return `division` with `change` applied to its heading and to every run of its own blocks."""
    heading = change(division.heading) if division.heading else division.heading
    blocks = tuple(map_block(block, change) for block in division.blocks)
    if heading is division.heading and all(a is b for a, b in zip(blocks, division.blocks, strict=True)):
        return division
    return replace(division, heading=heading, blocks=blocks)


def note_text(note: Note) -> str:
    """Return the words of a note as plain text, its paragraphs one behind the other."""
    return " ".join(plain_text(run) for block in note.blocks for run in block_inlines(block))


def plain_text(inlines: Iterable[Inline]) -> str:
    """Return the words of resolved inlines without any markup. A blank reads `[●]`."""
    return "".join(_plain(inline) for inline in inlines)


def _plain(inline: Inline) -> str:
    match inline:
        case Emphasis(inlines) | Strong(inlines) | Phrase(_, inlines):
            return plain_text(inlines)
        case Text() | Value() | Term() | Reference():
            return inline.text
        case Blank():
            return BLANK
        case LineBreak():
            return " "
        case Field() | TermUse() | CrossReference():
            raise TypeError(f"{type(inline).__name__} is a stand-in and has no text yet")
