"""What a clause file asks of the configuration: every expression in it, and which settings and values decide it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from jinja2 import nodes

from agreementkit.assemble.compile import CompiledClause
from agreementkit.assemble.expressions import parse
from agreementkit.reader.template import (
    BlockTemplate,
    ItemTemplate,
    Repetition,
    SpanTemplate,
    TableTemplate,
    TemplateInline,
)
from agreementkit.reader.visit import block_runs, inlines_in
from agreementkit.tree.nodes import Field

Bound = Mapping[str, str]
"""Names that `each` binds, with the path of the list they go through."""


@dataclass(frozen=True, slots=True)
class Asked:
    """An expression where it stands.

    Attributes:
        text: As written.
        bound: Names that are bound around it.
        decides: Whether it decides what stands: a condition, a variant, a repetition. Others only print a value.
        repeats: Whether it is the list of a repetition.
    """

    text: str
    bound: Bound
    decides: bool = True
    repeats: bool = False


@dataclass(slots=True)
class Used:
    """The settings that expressions look at.

    Attributes:
        settings: Dotted paths, entries of lists without their number: `unions.local_representatives`.
        constants: What each is compared with.
    """

    settings: set[str] = field(default_factory=set)
    constants: dict[str, set[Any]] = field(default_factory=dict)

    def add(self, other: Used) -> None:
        """Take in what other expressions look at."""
        self.settings |= other.settings
        for path, values in other.constants.items():
            self.constants.setdefault(path, set()).update(values)


def expressions(clause: CompiledClause) -> Iterator[Asked]:
    """Yield every expression of a clause file: front matter, text, conditions, repetitions, notes."""
    front = clause.source.front
    bound: dict[str, str] = {}
    for text in (front.when, *front.variants.values()):
        if text:
            yield Asked(text, bound)
    if front.number:
        yield Asked(front.number, bound, decides=False)
    if clause.each:
        yield Asked(clause.each.path, bound, repeats=True)
        bound = inside(clause.each, bound)
    yield from in_inlines(clause.title, bound)
    for section in clause.body.sections:
        yield from in_blocks(section.blocks, bound)
        yield from in_items(section.items, bound)
    for note in clause.body.notes:
        if note.when:
            yield Asked(note.when.expression, bound)
        yield from in_blocks(note.blocks, bound)


def inside(each: Repetition, bound: Bound) -> dict[str, str]:
    """Return what is bound inside a repetition."""
    head, *rest = each.path.split(".")
    return {**bound, each.name: ".".join((bound.get(head, head), *rest))}


def in_items(items: Iterable[ItemTemplate], bound: Bound) -> Iterator[Asked]:
    """Yield every expression of items and of what is below them."""
    for item in items:
        inner = bound
        if item.each:
            yield Asked(item.each.path, bound, repeats=True)
            inner = inside(item.each, bound)
        if item.when:
            yield Asked(item.when.expression, inner)
        yield from in_inlines(item.heading, inner)
        yield from in_blocks(item.blocks, inner)
        yield from in_items(item.children, inner)


def in_blocks(blocks: Iterable[BlockTemplate], bound: Bound) -> Iterator[Asked]:
    """Yield every expression of blocks."""
    for block in blocks:
        if not isinstance(block, TableTemplate):
            for run in block_runs(block):
                yield from in_inlines(run, bound)
            continue
        for cell in block.header:
            yield from in_inlines(cell, bound)
        for row in block.rows:
            inner = bound
            if row.each:
                yield Asked(row.each.path, bound, repeats=True)
                inner = inside(row.each, bound)
            if row.when:
                yield Asked(row.when.expression, inner)
            for cell in row.cells:
                yield from in_inlines(cell, inner)


def in_inlines(inlines: Iterable[TemplateInline], bound: Bound) -> Iterator[Asked]:
    """Yield every expression of running text."""
    for inline in inlines_in(inlines):
        if isinstance(inline, Field):
            yield Asked(inline.expression, bound, decides=False)
        elif isinstance(inline, SpanTemplate) and inline.when:
            yield Asked(inline.when.expression, bound)


# ----------------------------------------------------------------------------------------------- what they look at


def used(asked: Iterable[Asked]) -> Used:
    """Return the settings that expressions look at, with what they compare them with."""
    found = Used()
    for one in asked:
        found.add(_used(one.text, tuple(sorted(one.bound.items()))))
    return found


@cache
def _used(text: str, bound: tuple[tuple[str, str], ...]) -> Used:
    expression = parse(text)
    found = Used()
    if not isinstance(expression, str):
        _look(expression.node, dict(bound), found)
    return found


def _look(node: nodes.Node, bound: Bound, found: Used) -> str:
    """Note the settings below a node; return the path of the node itself when it is one."""
    match node:
        case nodes.Name():
            path = bound.get(node.name, node.name)
            found.settings.add(path)
            return path
        case nodes.Getattr():
            base = _look(node.node, bound, found)
            if base:
                found.settings.discard(base)
                found.settings.add(path := f"{base}.{node.attr}")
                return path
        case nodes.Compare():
            sides = [node.expr, *(operand.expr for operand in node.ops)]
            paths = [path for side in sides if (path := _measured(side, bound, found))]
            for path in paths:
                found.constants.setdefault(path, set()).update(
                    side.value for side in sides if isinstance(side, nodes.Const)
                )
        case nodes.Filter():
            base = _look(node.node, bound, found) if node.node else ""
            attributes = [a.value for a in node.args if isinstance(a, nodes.Const)] if "attr" in node.name else []
            attributes += [
                k.value.value for k in node.kwargs if k.key == "attribute" and isinstance(k.value, nodes.Const)
            ]
            for name in attributes[:1]:
                if base:
                    found.settings.add(f"{base}.{name}")
                    found.constants.setdefault(f"{base}.{name}", set()).update(attributes[2:])
            return base
        case _:
            for child in node.iter_child_nodes():
                _look(child, bound, found)
    return ""


def _measured(node: nodes.Node, bound: Bound, found: Used) -> str:
    """Return the path that one side of a comparison is about; for a length, the path marked as such."""
    path = _look(node, bound, found)
    if isinstance(node, nodes.Filter) and node.name == "length" and path:
        return f"{path}{LENGTH}"
    return path


LENGTH = "#"
"""Marks constants that the length of a list is compared with."""
