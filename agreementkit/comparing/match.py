"""Two documents division by division: by id, since ids are permanent, and by words where an id only counts.

An id that its author gave is a name: two of the same name are one provision, however much of it has changed and
wherever it has gone. `disputes/~2` and `party-unions-3` are no names but positions; such divisions are paired by what
they say.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from agreementkit.comparing.units import align, units
from agreementkit.comparing.words import Token, likeness
from agreementkit.tree.nodes import Division, Document, Part
from agreementkit.tree.walk import subtree

_COUNTED = re.compile(r"-\d+(?:-\d+)*\Z")
_ENOUGH = 300
"""Tokens of a division by which it is told from others."""

_SECTIONS = ("parties", "background", "body", "schedules", "execution")


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """A division in two versions.

    Attributes:
        old: The old version; None where it was added.
        new: The new version; None where it was removed.
        moved: Whether it stands in another place among those around it, or below another division.
        renumbered: Whether its own part of the number differs: `7.2(b)` that was `7.2(a)`, not `8.1` that was `7.1`.
        whole: Whether it was added or removed with the division above it.
        top: The clause, schedule or other division directly under the document or one of its parts to which it
            belongs; the new version where there is one.
    """

    old: Division | None
    new: Division | None
    moved: bool
    renumbered: bool
    whole: bool
    top: Division


def pairs(old: Document, new: Document) -> Iterator[Pair]:
    """Yield every division of two documents, in the order of the new one, with what was removed in its place."""
    yield from _Matcher(old, new).pairs()


@dataclass(slots=True, eq=False)
class _Matcher:
    """Pairs the divisions of two documents."""

    old: Document
    new: Document
    mates: dict[str, Division] = field(default_factory=dict)  # the new division, by the id of the old one
    back: dict[str, Division] = field(default_factory=dict)  # the old division, by the id of the new one
    above_old: dict[str, str] = field(default_factory=dict)
    above_new: dict[str, str] = field(default_factory=dict)
    own_old: dict[str, str] = field(default_factory=dict)
    own_new: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        known: dict[str, Division] = {}
        old_weak = self._register(self.old, self.above_old, self.own_old)
        new_weak = self._register(self.new, self.above_new, self.own_new)
        for section in _SECTIONS:
            known |= {one.id: one for top in getattr(self.new, section) for one in subtree(top)}
        for section in _SECTIONS:
            for top in getattr(self.old, section):
                for one in subtree(top):
                    if one.id in known and one.id not in old_weak and one.id not in new_weak:
                        self._mate(one, known[one.id])
        for section in _SECTIONS:
            self._by_words(getattr(self.old, section), getattr(self.new, section), old_weak, new_weak)

    def _register(self, document: Document, above: dict[str, str], own: dict[str, str]) -> set[str]:
        """Note what stands above each division and its own part of its number; return the ids that only count."""
        weak: set[str] = set()

        def go(divisions: Sequence[Division], parent: str, label: str) -> None:
            stems = Counter(_COUNTED.sub("", one.id) for one in divisions)
            for one in divisions:
                above[one.id] = parent
                number = one.number.label if one.number else ""
                own[one.id] = number.removeprefix(label) if number else ""
                counts = stems[_COUNTED.sub("", one.id)] > 1 and _COUNTED.search(one.id)
                if counts or one.id.rpartition("/")[2].startswith("~") or isinstance(one, Part):
                    weak.add(one.id)
                go(one.children, one.id, number or label)

        for section in _SECTIONS:
            go(getattr(document, section), f"#{section}", "")
        return weak

    def _mate(self, old: Division, new: Division) -> None:
        self.mates[old.id], self.back[new.id] = new, old

    def _by_words(
        self, old: Sequence[Division], new: Sequence[Division], old_weak: set[str], new_weak: set[str]
    ) -> None:
        """Pair what only has a position among the divisions below a pair, then go on below each."""
        left = [one for one in old if one.id in old_weak and one.id not in self.mates]
        right = [one for one in new if one.id in new_weak and one.id not in self.back]
        said = {id(one): _said(one) for one in (*left, *right)}
        keys = {at: (tuple(token.key for token in words)) for at, words in said.items()}
        for one, other in align(
            left,
            right,
            lambda d: (type(d), keys[id(d)]),
            lambda a, b: likeness(said[id(a)], said[id(b)]) if type(a) is type(b) else 0.0,
        ):
            if one is not None and other is not None:
                self._mate(one, other)
        for one in old:
            mate = self.mates.get(one.id)
            if mate is not None:
                self._by_words(one.children, mate.children, old_weak, new_weak)

    # ------------------------------------------------------------------------------------------- in order

    def pairs(self) -> Iterator[Pair]:
        for section in _SECTIONS:
            yield from self._merged(getattr(self.old, section), getattr(self.new, section), None)

    def _merged(
        self, old: Sequence[Division], new: Sequence[Division], top: Division | None, *, whole: bool = False
    ) -> Iterator[Pair]:
        """Yield the divisions of two lists: the new list in its order, what was removed after what it stood behind."""
        after: dict[str, list[Division]] = {}
        last = ""
        here = {one.id for one in new}
        for one in old:
            mate = self.mates.get(one.id)
            if mate is not None and mate.id in here:
                last = mate.id
            elif mate is None:
                after.setdefault(last, []).append(one)
        moved = out_of_order([self.back[one.id].id for one in new if one.id in self.back], [one.id for one in old])
        yield from self._removed(after.get("", ()), top, whole=whole)
        for one in new:
            yield from self._one(one, top or one, moved, whole=whole)
            yield from self._removed(after.get(one.id, ()), top, whole=whole)

    def _one(self, new: Division, top: Division, moved: set[str], *, whole: bool) -> Iterator[Pair]:
        old = self.back.get(new.id)
        if old is None:
            yield Pair(None, new, moved=False, renumbered=False, whole=whole, top=top)
            yield from self._merged((), new.children, _below(new, top), whole=True)
            return
        elsewhere = self._above(old) != self.above_new[new.id] or type(old) is not type(new)
        renumbered = self._renumbered(old, new, elsewhere=elsewhere)
        yield Pair(old, new, moved=elsewhere or old.id in moved, renumbered=renumbered, whole=False, top=top)
        yield from self._merged(old.children, new.children, _below(new, top))

    def _removed(self, old: Sequence[Division], top: Division | None, *, whole: bool) -> Iterator[Pair]:
        for one in old:
            yield Pair(one, None, moved=False, renumbered=False, whole=whole, top=top or one)
            left = [child for child in one.children if child.id not in self.mates]
            yield from self._removed(left, _below(one, top or one), whole=True)

    def _above(self, old: Division) -> str:
        """Return the id, in the new document, of what stood above a division of the old one."""
        above = self.above_old[old.id]
        mate = self.mates.get(above)
        return mate.id if mate is not None else above

    def _renumbered(self, old: Division, new: Division, *, elsewhere: bool) -> bool:
        before, now = (one.number.label if one.number else "" for one in (old, new))
        return before != now and (elsewhere or self.own_old[old.id] != self.own_new[new.id])


def _below(division: Division, top: Division) -> Division | None:
    """Return the top of what stands below a division: its own; a part is none, it only groups clauses."""
    return None if isinstance(division, Part) else top


def _said(division: Division) -> tuple[Token, ...]:
    """Return the first words of a division and of what stands below it."""
    out: list[Token] = []
    for one in subtree(division):
        for unit in units(one):
            out += unit.tokens
            if len(out) >= _ENOUGH:
                return tuple(out[:_ENOUGH])
    return tuple(out)


def out_of_order(ids: Sequence[str], before: Sequence[str]) -> set[str]:
    """Return the fewest of `ids` that have to be moved to make their order that of `before`."""
    position = {id_: number for number, id_ in enumerate(before)}
    known = [position[id_] for id_ in ids if id_ in position]
    ends: list[int] = []  # where the best row of each length so far ends: its position among `before`
    at: list[int] = []  # the same, as places in `known`
    behind: list[int] = []  # what comes before each in the best row that ends with it
    for place, one in enumerate(known):
        length = bisect_left(ends, one)
        behind.append(at[length - 1] if length else -1)
        ends[length : length + 1] = [one]
        at[length : length + 1] = [place]
    kept: set[int] = set()
    place = at[-1] if at else -1
    while place >= 0:
        kept.add(known[place])
        place = behind[place]
    return {before[one] for one in known if one not in kept}
