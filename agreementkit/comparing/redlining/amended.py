"""An agreement with the words that a returned file has: what was sent, as the other side would have it.

Each paragraph of the file comes with its place in the agreement as it was sent. A paragraph that is there keeps its
references, terms and values where their words still stand; one that is not there is gone; one that is new stands behind
the one it stands behind in the file; one that stands in another order is taken from its place and put where it is now.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol, TypeVar

from agreementkit.comparing.match import out_of_order
from agreementkit.comparing.redlining.renumber import renumbered
from agreementkit.comparing.units import units
from agreementkit.comparing.words import Token, same_words, stretches, tokens_of
from agreementkit.tree.nodes import (
    Block,
    DefinitionEntry,
    Division,
    Document,
    Emphasis,
    Inline,
    List,
    Para,
    Phrase,
    SignatureLines,
    Strong,
    Table,
    Text,
)
from agreementkit.tree.walk import divisions, plain_text
from agreementkit.writers.outline import definition_gap

D = TypeVar("D", bound=Division)
Run = tuple[Inline, ...]
Key = tuple[str, int, int]
"""A paragraph of an agreement: id of the division, block (-1 for the heading), row."""


class Spot(Protocol):
    """A place in the agreement as it was sent; see `returned.edit.Location`."""

    @property
    def id(self) -> str:
        """Id of the division; "" for no place."""

    @property
    def block(self) -> int:
        """Which block of it, from 0; -1 for the heading."""

    @property
    def row(self) -> int:
        """Which item, row or line of the block, from 0."""

    @property
    def by(self) -> str:
        """How it was recognised; `neighbour` where it is only known what it stands behind."""


class Said(Protocol):
    """A paragraph of a returned file; see `returned.back.ReturnedParagraph`."""

    @property
    def place(self) -> Spot:
        """Where it stands; of a new one: behind what."""

    @property
    def final(self) -> str:
        """Its words with every change accepted."""


@dataclass(frozen=True, slots=True)
class Amended:
    """An agreement with the words of a returned file.

    Attributes:
        document: The agreement.
        left: Words of the file that are not in it: what has no place, cells that fit no row, lines to sign.
    """

    document: Document
    left: tuple[str, ...]


def amended(document: Document, paragraphs: Sequence[Said]) -> Amended:
    """Return an agreement as a returned file has it.

    Args:
        document: The agreement as it was sent.
        paragraphs: The paragraphs of the file in its order. Those of the cover and the contents have no place.
    """
    work = _Amender(document)
    work.place(paragraphs)
    made = replace(
        document,
        parties=work.in_place(work.divisions(document.parties)),
        background=work.in_place(work.divisions(document.background)),
        body=work.in_place(work.divisions(document.body)),
        schedules=work.in_place(work.divisions(document.schedules)),
        execution=work.in_place(work.divisions(document.execution)),
        notes=(),
    )
    return Amended(renumbered(document, made), tuple(work.left))


@dataclass(slots=True)
class _Amender:
    """Puts the words of a file into an agreement."""

    document: Document
    words: dict[Key, list[str]] = field(default_factory=dict)  # of a row: those of its cells
    behind: dict[Key, list[str]] = field(default_factory=dict)  # what is new, by what it stands behind
    moved: dict[str, str] = field(default_factory=dict)  # the division that each one that has moved stands behind
    left: list[str] = field(default_factory=list)

    def place(self, paragraphs: Sequence[Said]) -> None:
        """Note which words stand where."""
        sent = [(one.id, unit) for one in divisions(self.document) for unit in units(one)]
        kinds, said = (
            {(id_, unit.block, unit.row): getattr(unit, what) for id_, unit in sent} for what in ("kind", "text")
        )
        heads = self.document.headings
        fixed = {heads.parties, heads.background, heads.agreed, heads.execution}
        found = [(_key(one), one.place.by, one.final.strip()) for one in paragraphs if one.final.strip()]
        own = [key for key, by, _ in found if by != "neighbour" and key in kinds]
        astray = self._astray(own, list(kinds))
        last: Key | None = None
        for key, by, text in found:
            table = kinds.get(key) in ("row", "signature")
            if not key[0] or (text in fixed and text != said.get(key)):
                continue  # the cover, the contents, or a heading over parties and clauses
            if by != "neighbour" and key in kinds and (table or (key not in self.words and key not in astray)):
                self.words.setdefault(key, []).append(text)
                last = key
            elif last is not None:
                self.behind.setdefault(last, []).append(text)
            else:
                self.left.append(text)

    def _astray(self, own: Sequence[Key], order: Sequence[Key]) -> set[Key]:
        """Note which divisions have moved, and behind which; return what has moved inside a division."""
        above = {below.id: one.id for one in divisions(self.document) for below in one.children}
        ids = list(dict.fromkeys(key[0] for key in own))
        moved = out_of_order(ids, list(dict.fromkeys(key[0] for key in order)))
        last = ""
        for id_ in ids:
            if id_ in moved and above.get(id_) not in moved:
                self.moved[id_] = last
            last = id_
        found: set[Key] = set()
        for id_ in ids:
            inside = {repr(key): key for key in own if key[0] == id_}
            strays = out_of_order(list(inside), [repr(key) for key in order if key[0] == id_])
            found |= {inside[stray] for stray in strays}
        return found

    # ---------------------------------------------------------------------------------------- divisions

    def divisions(self, found: tuple[D, ...]) -> tuple[D, ...]:
        """Return divisions of one level; one of which nothing is left is gone."""
        made = (self._division(one) for one in found)
        return tuple(one for one in made if one.heading or one.blocks or one.children)

    def in_place(self, found: tuple[D, ...]) -> tuple[D, ...]:
        """Return the divisions of one section with those that have moved where they stand now."""
        for id_, behind in self.moved.items():
            chains = {one.id: chain for chain in _chains(found) for one in chain[-1:]}
            if id_ not in chains:
                continue
            one = chains[id_][-1]
            beside = [other for other in chains.get(behind, ()) if isinstance(other, type(one)) and other is not one]
            inside = chains[behind][-1] if behind in chains and not beside else None
            above = chains[id_][:-1]
            if beside:
                found = _put(_without(found, id_), beside[-1].id, one)
            elif inside is not None and above and isinstance(inside, type(above[-1])):
                found = _put(_without(found, id_), inside.id, one, first=True)
            elif behind not in chains and not above:
                found = (*(top for top in found if top.id == id_), *_without(found, id_))
        return found

    def _division(self, division: D) -> D:
        key = (division.id, -1, 0)
        said = self.words.get(key)
        heading = _amend(division.heading, said[0]) if said else ()
        blocks = [*self._new(key)]
        for number, block in enumerate(division.blocks):
            blocks += self._block(block, division.id, number)
        return replace(division, heading=heading, blocks=tuple(blocks), children=self.divisions(division.children))

    def _new(self, key: Key) -> Iterator[Block]:
        yield from (Para((Text(text),)) for text in self.behind.get(key, ()))

    def _block(self, block: Block, id_: str, number: int) -> Iterator[Block]:
        key = (id_, number, 0)
        said = self.words.get(key, [])
        match block:
            case Para(inlines):
                yield from (Para(_amend(inlines, text)) for text in said)
                yield from self._new(key)
            case DefinitionEntry(_, term, inlines):
                for text in said:
                    start = len(term) + len(definition_gap(inlines))
                    whole = text.startswith(term)
                    yield replace(block, inlines=_amend(inlines, text[start:])) if whole else Para((Text(text),))
                yield from self._new(key)
            case List(items):
                kept: list[Run] = []
                for row, item in enumerate(items):
                    at = (id_, number, row)
                    kept += [_amend(item, text) for text in self.words.get(at, ())]
                    kept += [(Text(text),) for text in self.behind.get(at, ())]
                yield from [List(tuple(kept))] if kept else []
            case Table(header, rows):
                yield from self._table(block, [header, *rows], id_, number)
            case SignatureLines(lead, lines):
                yield from [replace(block, lead=_amend(lead, said[0]))] if said else []
                for row, line in enumerate(lines, 1):
                    asked = [text for text in (line.label, plain_text(line.inlines)) if text.strip()]
                    self.left += [text for text in self.words.get((id_, number, row), ()) if text not in asked]
                for row in range(len(lines) + 1):
                    yield from self._new((id_, number, row))
            case _:
                yield block

    def _table(self, table: Table, rows: Sequence[tuple[Run, ...]], id_: str, number: int) -> Iterator[Block]:
        """Yield a table with the cells that the file has; of an empty cell the file says nothing."""
        kept: list[tuple[Run, ...]] = []
        for row, cells in enumerate(rows):
            said = self.words.get((id_, number, row), [])
            full = [at for at, cell in enumerate(cells) if plain_text(cell).strip()]
            if len(said) == len(full):
                new: Mapping[int, str] = dict(zip(full, said, strict=True))
            elif len(said) == len(cells):
                new = dict(enumerate(said))
            else:
                self.left += said
                new = {at: plain_text(cells[at]) for at in full} if said else {}
            if said or not full:
                kept.append(tuple(_amend(cell, new[at]) if at in new else cell for at, cell in enumerate(cells)))
        if len(kept) > 1 or (kept and len(rows) == 1):
            yield replace(table, header=kept[0], rows=tuple(kept[1:]))
        for row in range(len(rows)):
            yield from self._new((id_, number, row))


def _chains(found: Sequence[Division], above: tuple[Division, ...] = ()) -> Iterator[tuple[Division, ...]]:
    """Yield each division with those above it, the topmost first."""
    for one in found:
        yield (*above, one)
        yield from _chains(one.children, (*above, one))


def _without(found: tuple[D, ...], id_: str) -> tuple[D, ...]:
    return tuple(replace(one, children=_without(one.children, id_)) for one in found if one.id != id_)


def _put(found: tuple[D, ...], id_: str, moved: Division, *, first: bool = False) -> tuple[D, ...]:
    """Put a division behind another one, or first of those below it."""
    out: list[Division] = []
    for one in found:
        below = (moved, *one.children) if first and one.id == id_ else _put(one.children, id_, moved, first=first)
        out += [replace(one, children=below), *([moved] if one.id == id_ and not first else [])]
    return tuple(out)  # type: ignore[arg-type]  # what is put there is of the kind of what stands there


def _key(one: Said) -> Key:
    return one.place.id, one.place.block, one.place.row


# -------------------------------------------------------------------------------------------------- inlines


def _amend(inlines: Run, text: str) -> Run:
    """Return inlines that say a text: what still stands is what it was, anything else is plain words."""
    old, new = tuple(tokens_of(plain_text(inlines))), tuple(tokens_of(text))
    if same_words(old, new):
        return inlines
    out: list[Inline] = []
    at = 0
    for same, one, other in stretches(old, new):
        end = at + sum(len(token.text) for token in one)
        if same:
            out += _kept(inlines, at, one, other)
        else:
            out.append(Text("".join(token.text for token in other)))
        at = end
    return tuple(out)


def _kept(inlines: Run, at: int, old: Sequence[Token], new: Sequence[Token]) -> Iterator[Inline]:
    """Yield what stands from a place on and is still said; where words now touch, or no longer do, they do so here."""
    start = at
    for one, other in zip(old, new, strict=True):
        end = at + len(one.text.rstrip())
        at += len(one.text)
        gap = other.text[len(other.text.rstrip()) :]
        if bool(gap) != (end < at):
            yield from _cut(inlines, start, end)
            yield from ((Text(gap),) if gap else ())
            start = at
    yield from _cut(inlines, start, at)


def _cut(inlines: Run, start: int, end: int) -> Iterator[Inline]:
    """Yield what stands between two places of the text of inlines; half a value or a reference is words."""
    at = 0
    for inline in inlines:
        text = plain_text((inline,))
        first, last = max(start - at, 0), min(end - at, len(text))
        at += len(text)
        if first >= last:
            continue
        if (first, last) == (0, len(text)):
            yield inline
        elif isinstance(inline, Emphasis | Strong | Phrase):
            yield replace(inline, inlines=tuple(_cut(inline.inlines, first, last)))
        else:
            yield Text(text[first:last])
