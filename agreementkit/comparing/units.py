"""A division as the paragraphs it is read in, and the paragraphs of two divisions side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal, TypeVar

from agreementkit.comparing.words import (
    MOST,
    Piece,
    Token,
    likeness,
    same_words,
    text_of,
    tokens,
    tokens_of,
    word_pieces,
)
from agreementkit.tree.nodes import (
    Block,
    DefinitionEntry,
    Division,
    Inline,
    List,
    Note,
    Para,
    SignatureLines,
    Table,
)
from agreementkit.writers.outline import definition_gap

UnitKind = Literal["heading", "text", "item", "row", "definition", "signature", "note"]

_CELL = Token("\0cell", " | ")
_LIKE = 0.5
"""How much two paragraphs must have in common to be two versions of one."""
_MOST = 40_000
"""Pairs of paragraphs up to which the most similar are looked for; beyond it, none is another's other version."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Unit:
    """A paragraph: a heading, running text, a bullet, a row of a table, a definition, a line to sign on.

    Attributes:
        kind: What it is.
        tokens: Its words.
        key: Id of a definition; empty otherwise.
        block: Which block of the division it stands in, from 0; -1 for the heading.
        row: Which item, row or line of the block it is, from 0.
        cells: The inlines of it: those of each cell of a row, else one run.
    """

    kind: UnitKind
    tokens: tuple[Token, ...]
    key: str = ""
    block: int = -1
    row: int = 0
    cells: tuple[tuple[Inline, ...], ...] = ()

    @property
    def text(self) -> str:
        """Its words, without any markup."""
        return text_of(self.tokens)


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph in two versions.

    Attributes:
        kind: What it is.
        old: The old version; None where it was added.
        new: The new version; None where it was removed.
        pieces: What is the same, removed and added in it.
    """

    kind: UnitKind
    old: Unit | None
    new: Unit | None
    pieces: tuple[Piece, ...]

    @property
    def changed(self) -> bool:
        """Whether its words differ."""
        return any(piece.kind != "same" for piece in self.pieces)


def units(division: Division) -> Iterator[Unit]:
    """Yield the paragraphs of a division itself, heading first, without its children."""
    if division.heading:
        yield Unit("heading", tokens(division.heading), cells=(division.heading,))
    for number, block in enumerate(division.blocks):
        yield from _in_block(block, number)


def _in_block(block: Block, number: int) -> Iterator[Unit]:
    match block:
        case Para(inlines):
            yield Unit("text", tokens(inlines), block=number, cells=(inlines,))
        case List(items):
            for row, item in enumerate(items):
                yield Unit("item", tokens(item), block=number, row=row, cells=(item,))
        case Table(header, rows):
            for row, cells in enumerate((header, *rows)):
                parts = [tokens(cell) for cell in cells]
                words = [token for part in parts for token in (*part, _CELL)][:-1]
                yield Unit("row", tuple(words), block=number, row=row, cells=cells)
        case DefinitionEntry(id_, term, inlines):
            words = [*tokens_of(term + definition_gap(inlines)), *tokens(inlines)]
            yield Unit("definition", tuple(words), id_, number, cells=(inlines,))
        case SignatureLines(lead, lines):
            yield Unit("signature", tokens(lead), block=number, cells=(lead,))
            for row, line in enumerate(lines, 1):
                words = [*tokens_of(f"{line.label}: "), *tokens(line.inlines)]
                yield Unit("signature", tuple(words), block=number, row=row, cells=(line.inlines,))


def note_unit(note: Note) -> Unit:
    """Return a note as one paragraph: who speaks, and what is said."""
    words = list(tokens_of(f"{note.author or note.voice.value}: "))
    runs: list[tuple[Inline, ...]] = []
    for number, block in enumerate(note.blocks):
        for unit in _in_block(block, number):
            words += [*([Token("\0line", " ")] if runs else ()), *unit.tokens]
            runs.extend(unit.cells)
    return Unit("note", tuple(words), note.id, cells=tuple(runs))


def side_by_side(old: Sequence[Unit], new: Sequence[Unit]) -> tuple[Line, ...]:
    """Return the paragraphs of two versions of a division, each with its other version where it has one."""
    pairs = align(old, new, lambda one: (one.kind, one.key, tuple(token.key for token in one.tokens)), _likeness)
    return tuple(line(one, other) for one, other in pairs)


def line(old: Unit | None, new: Unit | None) -> Line:
    """Return a paragraph in two versions, of which one may be missing."""
    kind = new.kind if new else old.kind if old else "text"
    return Line(kind, old, new, word_pieces(old.tokens if old else (), new.tokens if new else ()))


def _likeness(old: Unit, new: Unit) -> float:
    if old.kind != new.kind or old.key != new.key:
        return 0.0
    if old.kind in ("heading", "definition") or same_words(old.tokens, new.tokens):
        return 1.0
    return likeness(old.tokens, new.tokens)


def align(
    old: Sequence[T], new: Sequence[T], key: Callable[[T], object], like: Callable[[T, T], float]
) -> list[tuple[T | None, T | None]]:
    """Return the things of two lists in pairs, in the order of the new list, with what was removed in its place.

    Args:
        old: The old list.
        new: The new list.
        key: What makes two of them the same.
        like: How much two of them that are not the same have in common; from a half on they are a pair.
    """
    out: list[tuple[T | None, T | None]] = []
    one, other = [key(it) for it in old], [key(it) for it in new]
    if one == other:
        return list(zip(old, new, strict=True))
    if len(one) * len(other) > MOST:
        return [(a, None) for a in old] + [(None, b) for b in new]
    for what, i1, i2, j1, j2 in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if what == "equal":
            out += zip(old[i1:i2], new[j1:j2], strict=True)
        else:
            out += [(a, b) for a, b in _paired(old[i1:i2], new[j1:j2], like)]
    return out


def _paired(old: Sequence[T], new: Sequence[T], like: Callable[[T, T], float]) -> Iterator[tuple[T | None, T | None]]:
    """Yield two stretches in pairs that do not cross: the most alike first, then what is left over."""
    mates: dict[int, int] = {}
    if len(old) * len(new) <= _MOST:
        scores = [(like(a, b), -i, -j) for i, a in enumerate(old) for j, b in enumerate(new)]
        for score, i, j in sorted(scores, reverse=True):
            if score < _LIKE:
                break
            free = -i not in mates and -j not in mates.values()
            if free and all((-i < a) == (-j < b) for a, b in mates.items()):
                mates[-i] = -j
    done_old = done_new = 0
    for i, j in [*sorted(mates.items()), (len(old), len(new))]:
        yield from ((one, None) for one in old[done_old:i])
        yield from ((None, other) for other in new[done_new:j])
        if i < len(old):
            yield old[i], new[j]
        done_old, done_new = i + 1, j + 1
