"""Going through a tree: find every node of a kind, or rebuild a tree with some nodes changed.

Passes and checks are small functions given to one of these. Rebuilding keeps every part that did not change,
so an untouched division stays the very same object.

Everything here is run over every word of an agreement many times, so it is written plainly for speed: lists are
gathered and not yielded through generators inside generators, and a kind is asked by `type`, for no kind of inline or
block has kinds below it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import replace
from typing import Any, TypeVar

from agreementkit.tree.nodes import (
    Blank,
    Block,
    DefinitionEntry,
    Division,
    Document,
    Emphasis,
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
    Text,
    Value,
)
from agreementkit.tree.remake import Run, holding, same_or, with_children, with_text

_HOLDERS = frozenset({Emphasis, Strong, Phrase})
_WORDED = frozenset({Text, Value, Term, Reference})
BLANK = "[●]"
"""How a value that is not yet given is printed in every output."""

Kinds = Set[type[Inline]]
"""Kinds of inlines, to gather those."""
InlineMap = Callable[[tuple[Inline, ...]], tuple[Inline, ...]]
D = TypeVar("D", bound=Division)
K = TypeVar("K", bound=Inline)


def top_divisions(document: Document) -> Iterator[Division]:
    """Yield the divisions directly under the document in printing order."""
    yield from document.parties
    yield from document.background
    yield from document.body
    yield from document.schedules
    yield from document.execution


def divisions(document: Document) -> Iterator[Division]:
    """Yield every division of the document, each before its children, in printing order."""
    found: list[Division] = []
    _gather(top_divisions(document), found)
    return iter(found)


def subtree(division: Division) -> Iterator[Division]:
    """Yield `division` and everything below it."""
    found = [division]
    _gather(division.children, found)
    return iter(found)


def _gather(siblings: Iterable[Division], found: list[Division]) -> None:
    for division in siblings:
        found.append(division)
        if division.children:
            _gather(division.children, found)


def block_inlines(block: Block) -> Iterator[Run]:
    """Yield each run of inlines in a block, in printing order."""
    return iter(_runs(block))


def _runs(block: Block) -> Sequence[Run]:
    kind = type(block)
    if kind is Para or kind is DefinitionEntry:
        return (block.inlines,)  # type: ignore[union-attr]  # asked by `type`
    match block:
        case List(items):
            return items
        case Table(header, rows):
            return [*header, *(cell for row in rows for cell in row)]
        case SignatureLines(lead, lines):
            return [lead, *(line.inlines for line in lines)]
    return ()


def flatten(inlines: Iterable[Inline]) -> Iterator[Inline]:
    """Yield every inline, containers before their contents."""
    found: list[Inline] = []
    _flatten(inlines, found)
    return iter(found)


def _flatten(inlines: Iterable[Inline], found: list[Inline]) -> None:
    for inline in inlines:
        found.append(inline)
        if type(inline) in _HOLDERS:
            _flatten(inline.inlines, found)  # type: ignore[union-attr]  # asked by `type`


def division_inlines(division: Division) -> Iterator[Inline]:
    """Yield every inline of one division itself, heading first, without its children."""
    found: list[Inline] = []
    _flatten(division.heading, found)
    _flatten_blocks(division.blocks, found)
    return iter(found)


def note_inlines(note: Note) -> Iterator[Inline]:
    """Yield every inline of a note."""
    found: list[Inline] = []
    _flatten_blocks(note.blocks, found)
    return iter(found)


def _flatten_blocks(blocks: Iterable[Block], found: list[Inline]) -> None:
    for block in blocks:
        if type(block) is Para:  # nearly every block
            _flatten(block.inlines, found)
        else:
            for run in _runs(block):
                _flatten(run, found)


def gather(inlines: Run, kinds: Kinds, found: list[Inline]) -> None:
    """Add every inline of some kinds to `found`, containers before their contents."""
    for inline in inlines:
        kind = type(inline)
        if kind in kinds:
            found.append(inline)
        if kind in _HOLDERS:
            gather(inline.inlines, kinds, found)  # type: ignore[union-attr]  # asked by `type`


def gather_blocks(blocks: tuple[Block, ...], kinds: Kinds, found: list[Inline]) -> None:
    """Add every inline of some kinds in blocks to `found`, in printing order."""
    for block in blocks:
        if type(block) is Para:  # nearly every block
            gather(block.inlines, kinds, found)
        else:
            for run in _runs(block):
                gather(run, kinds, found)


def map_inlines(inlines: Run, change: Callable[[Inline], Inline]) -> Run:
    """Return `inlines` with `change` applied to each, contents of containers first."""
    out: list[Inline] = []
    changed = False
    for inline in inlines:
        new = inline
        if type(inline) in _HOLDERS:
            new = holding(inline, map_inlines(inline.inlines, change))  # type: ignore[arg-type,union-attr]
        new = change(new)
        changed = changed or new is not inline
        out.append(new)
    return tuple(out) if changed else inlines


def map_kind(inlines: Run, kind: type[K], change: Callable[[K], Inline]) -> Run:
    """Return `inlines` with `change` applied to those of one kind only, wherever in the run they stand.

    Says what `map_inlines` says with a `change` that leaves all other kinds alone; but it calls nothing for those.
    """
    out: list[Inline] | None = None
    for at, inline in enumerate(inlines):
        if type(inline) is kind:
            new = change(inline)
        elif type(inline) in _HOLDERS:
            new = holding(inline, map_kind(inline.inlines, kind, change))  # type: ignore[arg-type,union-attr]
        else:
            continue
        if new is not inline:
            out = list(inlines) if out is None else out
            out[at] = new
    return inlines if out is None else tuple(out)


def map_block(block: Block, change: InlineMap) -> Block:
    """Return `block` with `change` applied to each of its runs of inlines."""
    kind = type(block)
    if kind is Para:
        new = change(block.inlines)  # type: ignore[union-attr]  # asked by `type`
        return block if new is block.inlines else Para(new)  # type: ignore[union-attr]
    match block:
        case DefinitionEntry(id_, term, inlines):
            new = change(inlines)
            return block if new is inlines else DefinitionEntry(id_, term, new)
        case List(items):
            changed = _map_each(items, change)
            return block if changed is items else List(changed)
        case Table(header, rows):
            new_header = _map_each(header, change)
            new_rows = same_or(rows, tuple([_map_each(row, change) for row in rows]))
            if new_header is header and new_rows is rows:
                return block
            return Table(new_header, new_rows, block.caption, block.widths)
        case SignatureLines(lead, lines):
            said = [(line, change(line.inlines)) for line in lines]
            new_lines = tuple([line if new is line.inlines else SignatureLine(line.label, new) for line, new in said])
            new_lead = change(lead)
            if new_lead is lead and same_or(lines, new_lines) is lines:
                return block
            return SignatureLines(new_lead, new_lines)
    return block


def _map_each(runs: tuple[Run, ...], change: InlineMap) -> tuple[Run, ...]:
    return same_or(runs, tuple([change(run) for run in runs]))


def map_division(division: D, change: Callable[[Division], Division]) -> D:
    """Return `division` with `change` applied to it and to everything below it, children first."""
    below = division.children
    if below:
        children = same_or(below, tuple([map_division(child, change) for child in below]))
        if children is not below:
            division = with_children(division, children)
    return change(division)  # type: ignore[return-value]  # `change` keeps the kind of the division


def map_tops(document: Document, change: Callable[[Any], Any]) -> Document:
    """Return `document` with `change` applied to each division directly under it; it keeps the kind of each."""
    return replace(
        document,
        parties=tuple([change(top) for top in document.parties]),
        background=tuple([change(top) for top in document.background]),
        body=tuple([change(top) for top in document.body]),
        schedules=tuple([change(top) for top in document.schedules]),
        execution=tuple([change(top) for top in document.execution]),
    )


def map_document(document: Document, change: Callable[[Division], Division]) -> Document:
    """Return `document` with `change` applied to every division, children first."""
    return map_tops(document, lambda top: map_division(top, change))


def rewrite_inlines(division: Division, change: InlineMap) -> Division:
    """Return `division` with `change` applied to its heading and to every run of its own blocks."""
    heading = change(division.heading) if division.heading else division.heading
    blocks = map_blocks(division.blocks, change)
    if heading is division.heading and blocks is division.blocks:
        return division
    return with_text(division, heading, blocks)


def map_words(document: Document, change: Callable[[Run, Division], Run]) -> Document:
    """Return `document` with `change` applied to every run of inlines in its divisions, in no other part of it.

    Says what `map_document` with `rewrite_inlines` says, in a third of the calls.

    Args:
        document: The document.
        change: Gets a run, and the division that it stands in as that was before.
    """
    return map_tops(document, lambda top: _map_words(top, change))


def _map_words(division: D, change: Callable[[Run, Division], Run]) -> D:
    children, heading, blocks = division.children, division.heading, division.blocks
    if children:
        children = same_or(children, tuple([_map_words(child, change) for child in children]))
    if heading:
        heading = change(heading, division)
    if blocks:
        blocks = map_blocks(blocks, lambda run: change(run, division))
    if children is division.children and heading is division.heading and blocks is division.blocks:
        return division
    return type(division)(
        id=division.id,
        heading=heading,
        number=division.number,
        blocks=blocks,
        children=children,
        origin=division.origin,
    )


def map_blocks(blocks: tuple[Block, ...], change: InlineMap) -> tuple[Block, ...]:
    """Return `blocks` with `change` applied to every run of inlines; the very same when nothing changed."""
    out: list[Block] | None = None
    for at, block in enumerate(blocks):
        new = block
        if type(block) is not Para:
            new = map_block(block, change)
        elif (run := change(block.inlines)) is not block.inlines:  # nearly every block: saves a call for each
            new = Para(run)
        if new is not block:
            out = list(blocks) if out is None else out
            out[at] = new
    return blocks if out is None else tuple(out)


def note_text(note: Note) -> str:
    """Return the words of a note as plain text, its paragraphs one behind the other."""
    return " ".join([plain_text(run) for block in note.blocks for run in _runs(block)])


def plain_text(inlines: Iterable[Inline]) -> str:
    """Return the words of resolved inlines without any markup. A blank reads `[●]`."""
    words: list[str] = []
    for inline in inlines:
        kind = type(inline)
        if kind in _WORDED:
            words.append(inline.text)  # type: ignore[union-attr]  # asked by `type`
        elif kind in _HOLDERS:
            words.append(plain_text(inline.inlines))  # type: ignore[union-attr]
        elif kind is Blank:
            words.append(BLANK)
        elif kind is LineBreak:
            words.append(" ")
        else:
            raise TypeError(f"{kind.__name__} is a stand-in and has no text yet")
    return "".join(words)
