"""Cuts one clause out of a resolved agreement, so that its numbers and references are those of the whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from agreementkit.bank import ClauseSource, Kind
from agreementkit.tree.nodes import (
    Blank,
    Clause,
    DefinitionEntry,
    Division,
    Document,
    Headings,
    Inline,
    Part,
    Phrase,
    Reference,
    Text,
)
from agreementkit.tree.walk import division_inlines, divisions, map_block, map_document, map_inlines, rewrite_inlines

_NO_HEADINGS = Headings("", "", "", "", "")
_LISTS = ("parties", "background", "body", "schedules", "execution")


def is_there(document: Document, source: ClauseSource) -> bool:
    """Return whether a clause, or a definition, is printed in an agreement."""
    if source.front.kind is Kind.DEFINITION:
        return any(_defined(document, source))
    return any(True for list_ in _LISTS for _ in _made(getattr(document, list_), source))


def cut(
    document: Document,
    source: ClauseSource,
    *,
    title: str = "",
    lines: Sequence[str] = (),
    name: str = "",
) -> Document:
    """Return the part of an agreement that one clause file made, with its notes, as a document of its own.

    Args:
        document: The resolved agreement.
        source: The clause file.
        title: What stands above it.
        lines: What stands between the title and the clause, a paragraph each.
        name: Tells several excerpts on one page apart.

    Returns:
        The excerpt. References to what is not in it are words: they keep the number that they have in the agreement.
    """
    kinds: dict[str, Any] = {list_: tuple(_made(getattr(document, list_), source)) for list_ in _LISTS}
    if source.front.kind is Kind.DEFINITION:
        kinds["body"] = tuple(_defined(document, source))
    excerpt = replace(
        document,
        precedent=f"{document.precedent}{f'--{name}' if name else ''}",
        title=title,
        subtitle=tuple((Text(line),) for line in lines),
        opening=(),
        headings=_NO_HEADINGS,
        **kinds,
    )
    known = {division.id for division in divisions(excerpt)}
    phrases = {i.id for one in divisions(excerpt) for i in division_inlines(one) if isinstance(i, Phrase)}

    def words(run: tuple[Inline, ...]) -> tuple[Inline, ...]:
        return map_inlines(run, lambda one: _unlinked(one, known))

    excerpt = map_document(excerpt, lambda division: rewrite_inlines(division, words))
    notes = tuple(
        replace(note, blocks=tuple(map_block(block, words) for block in note.blocks))
        for note in document.notes
        if note.anchor.division in known and (source.front.kind is not Kind.DEFINITION or note.anchor.phrase in phrases)
    )
    return replace(excerpt, notes=notes)


def blanks(document: Document) -> list[str]:
    """Return the paths of the values that are blank in a document, each once."""
    inlines = (inline for division in divisions(document) for inline in division_inlines(division))
    return list(dict.fromkeys(inline.path for inline in inlines if isinstance(inline, Blank) and inline.path))


def _made(tops: Sequence[Division], source: ClauseSource) -> Iterator[Division]:
    """Yield the divisions that a clause file made; parts are opened up."""
    for top in tops:
        if isinstance(top, Part):
            yield from _made(top.children, source)
        elif top.origin is not None and top.origin.clause == source.id:
            yield top


def _defined(document: Document, source: ClauseSource) -> Iterator[Clause]:
    """Yield the entry of a definition as a division of its own."""
    for division in divisions(document):
        for block in division.blocks:
            if isinstance(block, DefinitionEntry) and block.id == source.id:
                yield Clause(id=division.id, blocks=(block,), origin=division.origin)


def _unlinked(inline: Inline, known: set[str]) -> Inline:
    if isinstance(inline, Reference) and (inline.agreement or inline.target not in known):
        return Text(inline.text)
    return inline
