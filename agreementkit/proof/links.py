"""References and uses of terms: wherever one stands, what it points at has to stand too.

For each reference the conditions around it and those around its target are looked at together, in every world that
they tell apart and in every usual set of agreements. Conditions on the entries of a repetition are taken as met: that
can only raise a false alarm, and an alarm is tried on the whole set before it is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from agreementkit.assemble.compile import CompiledClause
from agreementkit.assemble.expressions import present_ids
from agreementkit.assemble.scope import SPECIAL
from agreementkit.assemble.values import Evaluator, Names
from agreementkit.bank import Bank
from agreementkit.config.paths import resolve_type
from agreementkit.proof.expressions import Asked, used
from agreementkit.proof.variables import key_of
from agreementkit.reader.template import (
    BlockTemplate,
    Condition,
    ItemTemplate,
    SpanTemplate,
    TableTemplate,
    TemplateInline,
)
from agreementkit.reader.visit import block_runs
from agreementkit.tree.nodes import CrossReference, Emphasis, Phrase, Strong, TermUse

Guard = tuple[str, ...]
"""Conditions that all have to hold."""


@dataclass(frozen=True, slots=True)
class Link:
    """A reference or a use of a term.

    Attributes:
        clause: The clause or definition it stands in; see `variables.key_of`.
        target: What it points at, as written; a term begins with `{`, the mark of a note with `^`.
        guard: Conditions around it.
        line: Line in the file.
    """

    clause: str
    target: str
    guard: Guard
    line: int


def links(clause: CompiledClause) -> Iterator[Link]:
    """Yield every reference and use of a term in the text of a clause file, notes included, each with its guard."""
    front = clause.source.front
    for section in clause.body.sections:
        gate = tuple(one for one in (front.when, front.variants.get(section.variant)) if one)
        yield from _pointing(_in_blocks(clause, section.blocks, gate))
        yield from _pointing(_in_items(clause, section.items, gate))
    for note in clause.body.notes:
        gate = tuple(one for one in (front.when, front.variants.get(note.variant), _text(note.when)) if one)
        yield from _pointing(_in_blocks(clause, note.blocks, gate))


def standing(clause: CompiledClause) -> Mapping[str, tuple[Guard, ...]]:
    """Return the guards under which the clause ("") and each of its named items stand; one of them has to hold."""
    front = clause.source.front
    base = (front.when,) if front.when else ()
    found: dict[str, list[Guard]] = {"": [base]}

    def follow(items: Iterable[ItemTemplate], gate: Guard) -> None:
        for item in items:
            own = (*gate, item.when.expression) if item.when and not item.each else gate
            if item.id:
                found.setdefault(item.id, []).append(own)
            follow(item.children, own)

    for section in clause.body.sections:
        variant = front.variants.get(section.variant)
        follow(section.items, (*base, variant) if variant else base)
    return {id_: tuple(guards) for id_, guards in found.items()}


def marks(clause: CompiledClause) -> Mapping[str, tuple[Guard, ...]]:
    """Return the guards of the words that each note stands on; none for a note on a heading or a whole clause."""
    found: dict[str, list[Guard]] = {}
    for section in clause.body.sections:
        variant = clause.source.front.variants.get(section.variant)
        gate = (variant,) if variant else ()
        for spans in (_in_blocks(clause, section.blocks, gate), _in_items(clause, section.items, gate)):
            for link in spans:
                if link.target.startswith("^"):
                    found.setdefault(link.target[1:], []).append(link.guard)
    places = standing(clause)
    for note in clause.body.notes:
        if note.on in places and note.on:
            found.setdefault(note.key, []).extend(places[note.on])
    return {key: tuple(guards) for key, guards in found.items()}


def asked(guards: Iterable[Guard]) -> tuple[Asked, ...]:
    """Return the conditions of guards as expressions."""
    return tuple(Asked(text, {}) for text in dict.fromkeys(t for guard in guards for t in guard) if askable(text))


def mentions(guards: Iterable[Guard]) -> tuple[str, ...]:
    """Return the clauses whose presence guards ask for."""
    return tuple(dict.fromkeys(id_ for guard in guards for text in guard for id_ in present_ids(text)))


def holds(guard: Guard, names: Names) -> bool:
    """Return whether all conditions of a guard hold.

    A condition on the entry of a repetition cannot be asked outside of it and is taken as met; one that fails is told
    elsewhere and does not hold.
    """
    evaluator = Evaluator([])
    return all(not askable(text) or evaluator.evaluate(text, names, None)[0] for text in guard)


@cache
def askable(text: str) -> bool:
    """Return whether a condition asks only for settings, and for nothing that a repetition binds."""
    return all(resolve_type((path.split(".")[0],)) or path in SPECIAL for path in used((Asked(text, {}),)).settings)


class Targets:
    """Where references and terms lead, for the clauses of a bank.

    Args:
        bank: The bank.
        compiled: Its clauses and definitions, compiled, by id.
        homes: Precedents that hold each clause.
    """

    def __init__(self, bank: Bank, compiled: Mapping[str, CompiledClause], homes: Mapping[str, Sequence[str]]) -> None:
        self.bank = bank
        self.homes = homes
        self._standing = {id_: standing(clause) for id_, clause in compiled.items()}
        self._terms = bank.term_keys()

    def guards(self, link: Link) -> tuple[Guard, ...] | None:
        """Return the guards of a link's target; None for one that is told when the bank is read, or that is sure."""
        if link.target.startswith("{"):
            found = self._terms.get(_slug(link.target[1:])) or self._terms.get(_slug(link.target[1:]).rstrip("s"))
            guards = self._standing[f"{{{found}"][""] if found else ((),)
            return guards if any(guards) else None
        clause, _, item = self._id(link).partition("/")
        below = self._standing.get(clause)
        if below is None:
            return None
        return below.get(item.rpartition("/")[2] if item else "")

    def resolves(self, link: Link, precedent: str, made: Sequence[str], names: Mapping[str, Names]) -> bool:
        """Return whether a link leads somewhere in a world.

        Args:
            link: The link.
            precedent: The agreement it stands in.
            made: The agreements of the set.
            names: What expressions see in each of them.
        """
        guards = self.guards(link) or ((),)
        if link.target.startswith("{"):
            return any(holds(guard, names[precedent]) for guard in guards)
        clause = self._id(link).partition("/")[0]
        return any(
            one in self.homes.get(clause, ()) and any(holds(guard, names[one]) for guard in guards) for one in made
        )

    def _id(self, link: Link) -> str:
        target = link.target.rpartition(":")[2]
        return f"{link.clause}{target}" if target.startswith("/") else target


def _slug(text: str) -> str:
    return "-".join(text.lower().split())


def _pointing(found: Iterable[Link]) -> Iterator[Link]:
    return (link for link in found if not link.target.startswith("^"))


def _text(condition: Condition | None) -> str:
    return condition.expression if condition else ""


def _in_items(clause: CompiledClause, items: Iterable[ItemTemplate], gate: Guard) -> Iterator[Link]:
    for item in items:
        inner = (*gate, item.when.expression) if item.when and not item.each else gate
        yield from _in_inlines(clause, item.heading, inner)
        yield from _in_blocks(clause, item.blocks, inner)
        yield from _in_items(clause, item.children, inner)


def _in_blocks(clause: CompiledClause, blocks: Iterable[BlockTemplate], gate: Guard) -> Iterator[Link]:
    for block in blocks:
        if not isinstance(block, TableTemplate):
            for run in block_runs(block):
                yield from _in_inlines(clause, run, gate)
            continue
        for cell in block.header:
            yield from _in_inlines(clause, cell, gate)
        for row in block.rows:
            inner = (*gate, row.when.expression) if row.when and not row.each else gate
            for cell in row.cells:
                yield from _in_inlines(clause, cell, inner)


def _in_inlines(clause: CompiledClause, inlines: Iterable[TemplateInline], gate: Guard) -> Iterator[Link]:
    for inline in inlines:
        match inline:
            case SpanTemplate(inner, when, notes, place):
                own = (*gate, when.expression) if when else gate
                yield from (Link(key_of(clause.source), f"^{key}", own, place.line) for key in notes)
                yield from _in_inlines(clause, inner, own)
            case Emphasis(inner) | Strong(inner) | Phrase(_, inner):
                yield from _in_inlines(clause, inner, gate)
            case CrossReference(target, place):
                yield Link(key_of(clause.source), target, gate, place.line if place else 0)
            case TermUse(key, place=place):
                yield Link(key_of(clause.source), "{" + key, gate, place.line if place else 0)
