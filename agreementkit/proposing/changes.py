"""What a proposal does to a clause file: other words, a paragraph less, more or elsewhere; and the body after it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from agreementkit.diagnostics import Place
from agreementkit.proposing.tracing import Address, ItemPath
from agreementkit.reader.template import (
    BlockTemplate,
    BodyTemplate,
    ItemTemplate,
    Level,
    SectionTemplate,
    TableTemplate,
    TemplateInline,
)
from agreementkit.tree.nodes import List, Para, Text

_WORDS = re.compile(r"[a-z][a-z0-9]*")
_LONGEST = 40
NOWHERE = Place("")


@dataclass(frozen=True, slots=True)
class Reworded:
    """Other words for a paragraph, a heading, a bullet or a cell; none to take it out of its item."""

    at: Address
    inlines: tuple[TemplateInline, ...]


@dataclass(frozen=True, slots=True)
class Removed:
    """An item, with everything below it, that goes."""

    source: str
    path: ItemPath


@dataclass(frozen=True, slots=True)
class Added:
    """A new item before or after another, on its level, or a bullet after another."""

    source: str
    path: ItemPath
    where: Literal["before", "after"]
    inlines: tuple[TemplateInline, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """An item, with everything below it, that goes before or after another of its clause."""

    source: str
    path: ItemPath
    where: Literal["before", "after"]
    to: ItemPath


Change = Reworded | Removed | Added | Moved


def source_of(change: Change) -> tuple[bool, str]:
    """Return whether a change is of a definition, and the id of the clause or definition."""
    return (change.at.definition, change.at.source) if isinstance(change, Reworded) else (False, change.source)


@dataclass(slots=True)
class Plan:
    """The changes to one clause, by item.

    Attributes:
        title: Another heading of the clause, or None.
        words: Other words, by item and by block; `-1` is a heading.
        removed: Items that go.
        before: New items before others.
        after: New items after others.
    """

    title: tuple[TemplateInline, ...] | None = None
    words: dict[ItemPath, list[Reworded]] = field(default_factory=dict)
    removed: set[ItemPath] = field(default_factory=set)
    before: dict[ItemPath, list[ItemTemplate]] = field(default_factory=dict)
    after: dict[ItemPath, list[ItemTemplate]] = field(default_factory=dict)

    @classmethod
    def of(cls, body: BodyTemplate, changes: Iterable[Change]) -> Plan:
        """Return the plan for the changes to a body; new items get an id made of their first words."""
        plan = cls()
        taken = {item.id for section in body.sections for item in _all(section.items)}
        for change in changes:
            match change:
                case Reworded(at, inlines) if not at.path:
                    plan.title = inlines
                case Reworded(at):
                    plan.words.setdefault(at.path, []).append(change)
                case Removed(_, path):
                    plan.removed.add(path)
                case Added(_, path, where, inlines):
                    id_ = id_for(inlines, taken)
                    taken.add(id_)
                    level = Level.ITEM
                    item = ItemTemplate(level, id_, (), (Para(inlines),), (), None, None, NOWHERE)  # type: ignore[arg-type]
                    getattr(plan, where).setdefault(path, []).append(item)
                case Moved(_, path, where, to):
                    plan.removed.add(path)
                    getattr(plan, where).setdefault(to, []).append(item_at(body, path))
        return plan

    def touches(self, path: ItemPath) -> bool:
        """Whether something below an item, or beside one below it, is changed."""
        every = (*self.words, *self.removed, *self.before, *self.after)
        return any(len(one) > len(path) and one[: len(path)] == path for one in every)


def id_for(inlines: Sequence[TemplateInline], taken: Iterable[str]) -> str:
    """Return an id for a new paragraph, made of its first words, that no other has."""
    words = _WORDS.findall(" ".join(one.text for one in inlines if isinstance(one, Text)).lower())[:5]
    while len("-".join(words)) > _LONGEST and len(words) > 1:
        words.pop()
    stem = "-".join(words)[:_LONGEST] or "added"
    known, number, id_ = set(taken), 1, stem
    while id_ in known:
        number += 1
        id_ = f"{stem}-{number}"
    return id_


def _all(items: Iterable[ItemTemplate]) -> Iterable[ItemTemplate]:
    for item in items:
        yield item
        yield from _all(item.children)


def item_at(body: BodyTemplate, path: ItemPath) -> ItemTemplate:
    """Return the item at a path."""
    items, item = body.sections[path[0]].items, None
    for number in path[1:]:
        item = items[number]
        items = item.children
    assert item is not None  # noqa: S101 - told to the type checker; a path to an item has two numbers at least
    return item


def changed_items(items: Sequence[ItemTemplate], above: ItemPath, plan: Plan) -> tuple[ItemTemplate, ...]:
    """Return items after the changes."""
    out: list[ItemTemplate] = []
    for number, item in enumerate(items):
        path = (*above, number)
        out += plan.before.get(path, ())
        if path not in plan.removed:
            out.append(changed_item(item, path, plan))
        out += plan.after.get(path, ())
    return tuple(out)


def changed_item(item: ItemTemplate, path: ItemPath, plan: Plan) -> ItemTemplate:
    """Return an item after the changes to it and to what is below it."""
    words = plan.words.get(path, ())
    heading = next((one.inlines for one in words if one.at.block < 0), item.heading)
    return replace(
        item,
        heading=heading,
        blocks=changed_blocks(item.blocks, words),
        children=changed_items(item.children, path, plan),
    )


def changed_section(section: SectionTemplate, number: int, plan: Plan) -> SectionTemplate:
    """Return a section after the changes."""
    blocks = changed_blocks(section.blocks, plan.words.get((number,), ()))
    return replace(section, blocks=blocks, items=changed_items(section.items, (number,), plan))


def changed_blocks(blocks: Sequence[BlockTemplate], words: Iterable[Reworded]) -> tuple[BlockTemplate, ...]:
    """Return blocks with other words; a block that has none left goes."""
    given = list(words)
    out: list[BlockTemplate] = []
    for number, block in enumerate(blocks):
        own = [one for one in given if one.at.block == number]
        new = _changed_block(block, own) if own else block
        if new is not None:
            out.append(new)
    return tuple(out)


def _changed_block(block: BlockTemplate, words: Sequence[Reworded]) -> BlockTemplate | None:
    match block:
        case Para():
            inlines = words[-1].inlines
            return Para(inlines) if inlines else None  # type: ignore[arg-type]  # templates hold template inlines
        case List(items):
            by_row = {one.at.row: one.inlines for one in words}
            kept = tuple(by_row.get(row, item) for row, item in enumerate(items))
            kept = tuple(item for item in kept if item)
            return List(kept) if kept else None  # type: ignore[arg-type]
        case TableTemplate(header, rows):
            cells = {(one.at.row, one.at.cell): one.inlines for one in words}
            header = tuple(cells.get((0, number), cell) for number, cell in enumerate(header))
            rows = tuple(
                replace(row, cells=tuple(cells.get((at, number), cell) for number, cell in enumerate(row.cells)))
                for at, row in enumerate(rows, 1)
            )
            return replace(block, header=header, rows=rows)
    return block
