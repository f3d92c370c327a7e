"""Standing text: the parts of a clause that say the same in every agreement, whatever is configured.

Most of a clause bank is such text. It is filled once, and all agreements that have the clause share it. A part with
conditions in it, but no value and no repetition, is standing text for each way that its conditions turn out, and
organisations differ in few ways. What is kept here depends on nothing but the clause's file and those answers; what
has a value or a repetition in it is filled anew each time (`fill.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from agreementkit.assemble.budget import Budget
from agreementkit.assemble.punctuate import ListStyle
from agreementkit.assemble.values import Names, outcomes
from agreementkit.reader.template import BlockTemplate, ItemTemplate, SpanTemplate, TableTemplate, TemplateInline
from agreementkit.reader.visit import block_runs, inlines_in, items_in
from agreementkit.tree.nodes import Anchor, Division, Field, Note, Origin

T = TypeVar("T")
Part = ItemTemplate | tuple[BlockTemplate, ...]
"""A part of a clause that may be standing text: an item with all below it, or the blocks of something."""
Way = tuple[str, tuple[bool, ...]]
"""Where a part stands (the division, or the turn of a repetition), and how its conditions turned out."""
MAX_WAYS = 16
"""Most ways that are kept of one part, however many agreements are made."""


@dataclass(frozen=True, slots=True)
class Once:
    """What came of a part, and what was learnt while it was filled.

    Attributes:
        made: What came of it.
        letters: Characters in it.
        anchors: Where the notes that are marked in it point, by their keys.
        ids: Ids of the divisions in it, by the ids that the author gave them.
    """

    made: Any
    letters: int
    anchors: Mapping[str, Anchor]
    ids: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Ways:
    """A part without values and repetitions, and what came of it so far.

    Attributes:
        asked: The expressions of the conditions in it, each once; none in what says the same in every agreement.
        marks: Keys of the notes that have a mark in it.
        ids: The ids that the author gave to items in it.
        made: What came of it in each way.
    """

    asked: tuple[str, ...]
    marks: frozenset[str]
    ids: frozenset[str]
    made: dict[Way, Once] = field(default_factory=dict)


_UNSEEN = Ways((), frozenset(), frozenset())
"""Stands for a part that was not looked at yet."""


@dataclass(slots=True)
class Standing:
    """What came of the standing text of one clause in one of its variants.

    It is looked up by the `id()` of a part of the template, for templates are large and have no quick hash. That is
    safe as long as this goes with the template, as the `standing` of a compiled clause does.

    Attributes:
        parts: Blocks and items; None for those with a value or a repetition in them.
        notes: Notes, each with the number of characters in it.
        origins: Origins of items and notes.
        styles: How lists are punctuated.
    """

    parts: dict[int, Ways | None] = field(default_factory=dict)
    notes: dict[int, tuple[Note, int]] = field(default_factory=dict)
    origins: dict[int, Origin] = field(default_factory=dict)
    styles: dict[int, ListStyle] = field(default_factory=dict)

    def always(self, blocks: tuple[BlockTemplate, ...], where: str) -> Once | None:
        """Return what came of blocks at a place if they say the same in every agreement, and were filled there."""
        ways = self.parts.get(id(blocks))
        return ways.made.get((where, ())) if ways and not ways.asked else None


Shelf = dict[tuple[str, str, Sequence[type[Division]]], Standing]
"""The standing text of one clause by base id, variant and kinds of division."""


def ways_of(part: Part) -> Ways | None:
    """Return a part of which nothing is kept yet; None when a value or a repetition is in it."""
    items = () if isinstance(part, tuple) else tuple(items_in((part,)))
    blocks = part if isinstance(part, tuple) else tuple([block for item in items for block in item.blocks])
    rows = [row for block in blocks if isinstance(block, TableTemplate) for row in block.rows]
    if any(item.each for item in items) or any(row.each for row in rows):
        return None
    runs: list[Iterable[TemplateInline]] = [item.heading for item in items]
    runs += [run for block in blocks for run in block_runs(block)]
    inlines = [inline for run in runs for inline in inlines_in(run)]
    if any(isinstance(inline, Field) for inline in inlines):
        return None
    spans = [inline for inline in inlines if isinstance(inline, SpanTemplate)]
    conditions = [*[item.when for item in items], *[row.when for row in rows], *[span.when for span in spans]]
    return Ways(
        tuple(dict.fromkeys(condition.expression for condition in conditions if condition)),
        frozenset(key for span in spans for key in span.notes),
        frozenset(item.id for item in items if item.id),
    )


class Sharing:
    """Base of what fills one clause: standing text is filled once, and lent again.

    Args:
        share: Whether what comes of standing text is shared at all.
    """

    def __init__(self, *, share: bool) -> None:
        self.share = share
        self.standing = Standing()
        self.phrases: dict[str, Anchor] = {}
        self.division_ids: dict[str, str] = {}

    def shared(self, part: Part, where: str, names: Names, fill: Callable[[], T]) -> T:
        """Return what comes of a part of the clause; of standing text, what came of it in an earlier agreement.

        Args:
            part: The item, or the blocks.
            where: Tells apart the places where the part may stand: the division, or the turn of a repetition.
            names: What its conditions see.
            fill: Fills it.
        """
        if not self.share:
            return fill()
        parts = self.standing.parts
        ways = parts.get(id(part), _UNSEEN)
        if ways is _UNSEEN:
            ways = parts[id(part)] = ways_of(part)
        if ways is None or not self._fresh(ways):
            return fill()
        answers = outcomes(ways.asked, names) if ways.asked else ()
        if answers is None:
            return fill()
        once = ways.made.get((where, answers))
        budget = names.budget
        if once is None:
            return self._first(ways, (where, answers), budget, fill)
        if not budget.has(once.letters):
            return fill()
        budget.letters -= once.letters
        self.phrases.update(once.anchors)
        self.division_ids.update(once.ids)
        made: T = once.made
        return made

    def _fresh(self, ways: Ways) -> bool:
        """Whether nothing with the marks and ids of a part came before it: those count the first time only."""
        return self.phrases.keys().isdisjoint(ways.marks) and self.division_ids.keys().isdisjoint(ways.ids)

    def _first(self, ways: Ways, way: Way, budget: Budget, fill: Callable[[], T]) -> T:
        """Return what comes of a part in a way that is new, and keep it."""
        letters = budget.letters
        made = fill()
        if made and budget.has(0) and len(ways.made) < MAX_WAYS:
            anchors = {key: self.phrases[key] for key in ways.marks if key in self.phrases}
            ids = {key: self.division_ids[key] for key in ways.ids if key in self.division_ids}
            ways.made[way] = Once(made, letters - budget.letters, anchors, ids)
        return made
