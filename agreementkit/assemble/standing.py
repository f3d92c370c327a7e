"""Standing text: the parts of a clause that say the same in every agreement, whatever is configured.

Most of a clause bank is such text. It is filled once, and all agreements that have the clause share it. What is kept
here depends on nothing but the clause's file; what has a value, a condition or a repetition in it is filled anew
each time (`fill.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from agreementkit.assemble.budget import Budget
from agreementkit.assemble.punctuate import ListStyle
from agreementkit.reader.template import BlockTemplate, ItemTemplate, SpanTemplate, TableTemplate, TemplateInline
from agreementkit.reader.visit import block_runs, inlines_in, items_in
from agreementkit.tree.nodes import Anchor, Division, Field, Note, Origin

T = TypeVar("T")
Part = ItemTemplate | tuple[BlockTemplate, ...]
"""A part of a clause that may be standing text: an item with all below it, or the blocks of something."""


@dataclass(frozen=True, slots=True)
class Once:
    """What came of a part, and what was learnt while it was filled.

    Attributes:
        made: What came of it.
        where: Tells apart the places where the part may stand.
        letters: Characters in it.
        anchors: Where the notes that are marked in it point, by their keys.
        ids: Ids of the divisions in it, by the ids that the author gave them.
    """

    made: Any
    where: str
    letters: int
    anchors: Mapping[str, Anchor]
    ids: Mapping[str, str]

    def fits(self, where: str, marked: Mapping[str, Anchor]) -> bool:
        """Whether it comes out the same again at a place, after the notes in `marked` have had their marks."""
        return self.where == where and not (self.anchors and any(key in marked for key in self.anchors))


VARIES = Once(None, "", 0, {}, {})
"""Stands for a part that is not the same in every agreement."""


@dataclass(slots=True)
class Standing:
    """What came of the standing text of one clause in one of its variants.

    It is looked up by the `id()` of a part of the template, for templates are large and have no quick hash. That is
    safe as long as this goes with the template, as the `standing` of a compiled clause does.

    Attributes:
        parts: Blocks and items.
        notes: Notes, each with the number of characters in it.
        origins: Origins of items and notes.
        styles: How lists are punctuated.
    """

    parts: dict[int, Once] = field(default_factory=dict)
    notes: dict[int, tuple[Note, int]] = field(default_factory=dict)
    origins: dict[int, Origin] = field(default_factory=dict)
    styles: dict[int, ListStyle] = field(default_factory=dict)


Shelf = dict[tuple[str, str, Sequence[type[Division]]], Standing]
"""The standing text of one clause by base id, variant and kinds of division."""


def stands(part: Part) -> bool:
    """Whether a part says the same in every agreement: no value, no condition and no repetition is in it."""
    if isinstance(part, tuple):
        return all(_block_stands(block) for block in part)
    return all(
        item.when is None and item.each is None and _run_stands(item.heading) and stands(item.blocks)
        for item in items_in((part,))
    )


def _block_stands(block: BlockTemplate) -> bool:
    if isinstance(block, TableTemplate) and any(row.when or row.each for row in block.rows):
        return False
    return all(map(_run_stands, block_runs(block)))


def _run_stands(run: Iterable[TemplateInline]) -> bool:
    return not any(
        isinstance(inline, Field) or (isinstance(inline, SpanTemplate) and inline.when is not None)
        for inline in inlines_in(run)
    )


def marks_in(part: Part) -> frozenset[str]:
    """Return the keys of the notes that have a mark in a part."""
    items = () if isinstance(part, tuple) else tuple(items_in((part,)))
    runs = [item.heading for item in items]
    for blocks in [part] if isinstance(part, tuple) else [item.blocks for item in items]:
        runs += [run for block in blocks for run in block_runs(block)]
    spans = [inline for run in runs for inline in inlines_in(run) if isinstance(inline, SpanTemplate)]
    return frozenset(key for span in spans for key in span.notes)


def ids_in(part: Part) -> tuple[str, ...]:
    """Return the ids that the author gave to items in a part."""
    return () if isinstance(part, tuple) else tuple(item.id for item in items_in((part,)))


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

    def shared(self, part: Part, where: str, budget: Budget, fill: Callable[[], T]) -> T:
        """Return what comes of a part of the clause; of standing text, what came of it in an earlier agreement.

        Args:
            part: The item, or the blocks.
            where: Tells apart the places where the part may stand: the division, or the turn of a repetition.
            budget: What is left for the agreement.
            fill: Fills it.
        """
        if not self.share:
            return fill()
        once = self.standing.parts.get(id(part))
        if once is None:
            return self._first(part, where, budget, fill)
        if once is VARIES or not once.fits(where, self.phrases) or not budget.has(once.letters):
            return fill()
        budget.letters -= once.letters
        self.phrases.update(once.anchors)
        for key, id_ in once.ids.items():
            self.division_ids.setdefault(key, id_)
        made: T = once.made
        return made

    def _first(self, part: Part, where: str, budget: Budget, fill: Callable[[], T]) -> T:
        """Return what comes of a part of the clause, and keep it if it is standing text."""
        parts = self.standing.parts
        if not stands(part):
            parts[id(part)] = VARIES
            return fill()
        marks, letters = marks_in(part), budget.letters
        fresh = self.phrases.keys().isdisjoint(marks)  # a mark that came before is passed over when it comes again
        made = fill()
        if fresh and made and budget.has(0):
            anchors = {key: self.phrases[key] for key in marks if key in self.phrases}
            ids = {key: self.division_ids[key] for key in ids_in(part) if key in self.division_ids}
            parts[id(part)] = Once(made, where, letters - budget.letters, anchors, ids)
        return made
