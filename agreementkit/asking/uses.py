"""Where clauses use a setting, and what has to be true for the words around it to stand.

The bank says by its own conditions which settings matter when: nobody has to keep a list of it. A *use* is one
expression of a clause file together with the conditions and repetitions that stand around it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from agreementkit.assemble.compile import CompiledClause, compile_clause, template_text
from agreementkit.assemble.expressions import parse
from agreementkit.assemble.values import Names
from agreementkit.bank import Bank
from agreementkit.bank.clause import ClauseSource
from agreementkit.bank.precedent import PlacedPrecedent
from agreementkit.proof.expressions import Asked, Bound, in_blocks, inside, used
from agreementkit.reader.template import (
    BlockTemplate,
    Condition,
    ItemTemplate,
    NoteTemplate,
    Repetition,
    SpanTemplate,
    TableTemplate,
    TemplateInline,
)
from agreementkit.reader.visit import block_runs
from agreementkit.tree.nodes import Emphasis, Field, Phrase, Strong

Guard = Condition | Repetition
GONE = object()
"""What a use comes to where the words around it do not stand."""


@dataclass(frozen=True, slots=True, eq=False)
class Use:
    """One expression of a clause, and what stands around it.

    Attributes:
        clause: Id of the clause or definition; empty for the outline of an agreement.
        text: The expression.
        guards: Conditions and repetitions around it, the outermost first.
        settings: Settings that the expression itself looks at.
        constants: What it compares each of them with.
    """

    clause: str
    text: str
    guards: tuple[Guard, ...]
    settings: frozenset[str]
    constants: dict[str, set[Any]]

    def comes_to(self, names: Names) -> object:
        """Return what the expression comes to: its value, a tuple inside a repetition, or `GONE`."""
        return _worked_out(self.guards, names, self.text)


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """A note, and what has to be true for it to stand.

    Attributes:
        clause: The clause that it belongs to.
        note: The note.
        guards: Conditions around the words that it points at, and its own.
        settings: Settings in the words that it points at, the closest words that have any.
        close: Whether these are the very words, and not the paragraph or the clause around them.
        asks: Every setting on which it hangs: in the conditions around it, and in its own words.
    """

    clause: CompiledClause
    note: NoteTemplate
    guards: tuple[Guard, ...]
    settings: frozenset[str]
    close: bool
    asks: frozenset[str]

    def stands(self, names: Names, *, unless: str = "") -> bool:
        """Return whether the note stands; inside a repetition, whether it does for any entry.

        Args:
            names: What expressions see.
            unless: A setting whose follow-ups, settings of the same section, may still be open: what stands only
                where there are released posts is then taken to stand.
        """
        guards = tuple(guard for guard in self.guards if not (unless and _follows(guard, unless)))
        return _any(_worked_out(guards, names, ""))


def _follows(guard: Guard, path: str) -> bool:
    text = guard.path if isinstance(guard, Repetition) else guard.expression
    settings = used([Asked(text, {})]).settings
    section = path.rpartition(".")[0]
    return bool(section) and path not in settings and all(one.rpartition(".")[0] == section for one in settings)


@dataclass(slots=True)
class _Walk:
    """Goes through one clause file and notes every use, and where each note points."""

    clause: CompiledClause
    uses: list[Use] = field(default_factory=list)
    anchors: dict[tuple[str, str], tuple[tuple[Guard, ...], frozenset[str], bool]] = field(default_factory=dict)

    def go(self) -> None:
        front, source = self.clause.source.front, self.clause.source
        guards: tuple[Guard, ...] = ()
        bound: Bound = {}
        if front.when:
            guards += self.condition(Condition(front.when, source.place("when")), guards, bound)
        outer = guards
        variants = {
            name: outer + self.condition(Condition(text, source.place_of("variants", name)), outer, bound)
            for name, text in front.variants.items()
        }
        if self.clause.each:
            guards += self.repetition(self.clause.each, guards, bound)
            bound = inside(self.clause.each, bound)
        self.inlines(self.clause.title, guards, bound, "")
        for key in ("term", "plural"):
            self.inlines(template_text(getattr(front, key), source.place(key), []), guards, bound, "")
        for section in self.clause.body.sections:
            around = variants.get(section.variant, guards)
            self.blocks(section.blocks, around, bound, section.variant)
            self.items(section.items, around, bound, section.variant)
        self.anchors[("", "")] = (guards, frozenset(), False)
        for name, around in variants.items():
            self.anchors[(name, "")] = (around, self.settings(front.variants[name], {}), False)

    def settings(self, text: str, bound: Bound) -> frozenset[str]:
        return frozenset(used([Asked(text, bound)]).settings)

    def note(self, text: str, guards: tuple[Guard, ...], bound: Bound) -> None:
        found = used([Asked(text, bound)])
        self.uses.append(Use(self.clause.source.id, text, guards, frozenset(found.settings), found.constants))

    def condition(self, when: Condition, guards: tuple[Guard, ...], bound: Bound) -> tuple[Guard, ...]:
        self.note(when.expression, guards, bound)
        return (when,)

    def repetition(self, each: Repetition, guards: tuple[Guard, ...], bound: Bound) -> tuple[Guard, ...]:
        self.note(each.path, guards, bound)
        return (each,)

    def items(
        self, items: Iterable[ItemTemplate], guards: tuple[Guard, ...], bound: Bound, variant: str
    ) -> frozenset[str]:
        whole: frozenset[str] = frozenset()
        for item in items:
            inner, names = guards, bound
            if item.each:
                inner += self.repetition(item.each, inner, names)
                names = inside(item.each, names)
            seen = frozenset[str]()
            if item.when:
                inner += self.condition(item.when, inner, names)
                seen |= self.settings(item.when.expression, names)
            seen |= self.inlines(item.heading, inner, names, variant)
            seen |= self.blocks(item.blocks, inner, names, variant)
            if item.id:
                self.anchors[(variant, f"#{item.id}")] = (inner, seen, False)
            whole |= seen | self.items(item.children, inner, names, variant)
        return whole

    def blocks(
        self, blocks: Iterable[BlockTemplate], guards: tuple[Guard, ...], bound: Bound, variant: str
    ) -> frozenset[str]:
        seen: frozenset[str] = frozenset()
        for block in blocks:
            if not isinstance(block, TableTemplate):
                for run in block_runs(block):
                    seen |= self.inlines(run, guards, bound, variant)
                continue
            for cell in block.header:
                seen |= self.inlines(cell, guards, bound, variant)
            for row in block.rows:
                inner, names = guards, bound
                if row.each:
                    inner += self.repetition(row.each, inner, names)
                    names = inside(row.each, names)
                if row.when:
                    inner += self.condition(row.when, inner, names)
                for cell in row.cells:
                    seen |= self.inlines(cell, inner, names, variant)
        return seen

    def inlines(
        self, inlines: Iterable[TemplateInline], guards: tuple[Guard, ...], bound: Bound, variant: str
    ) -> frozenset[str]:
        seen: frozenset[str] = frozenset()
        for inline in inlines:
            match inline:
                case Field(expression):
                    self.note(expression, guards, bound)
                    seen |= self.settings(expression, bound)
                case SpanTemplate(inner, when, notes):
                    around, own = guards, frozenset[str]()
                    if when:
                        around += self.condition(when, guards, bound)
                        own = self.settings(when.expression, bound)
                    own |= self.inlines(inner, around, bound, variant)
                    for key in notes:
                        self.anchors[(variant, key)] = (around, own, True)
                    seen |= own
                case Emphasis(inner) | Strong(inner) | Phrase(inlines=inner):
                    seen |= self.inlines(inner, guards, bound, variant)
        return seen

    def notes(self) -> Iterator[Placed]:
        for one in self.clause.body.notes:
            keys = (one.key, f"#{one.on}" if one.on else "", "")
            sections = (
                one.variant,
                *(name for name in ("", *self.clause.source.front.variants) if name != one.variant),
            )
            places = ((variant, key) for key in keys if key or not one.on for variant in sections)
            place = next((place for place in places if place in self.anchors), (one.variant, ""))
            guards, settings, close = self.anchors.get(place, ((), frozenset(), False))
            if one.variant and one.variant != place[0]:
                guards += self.anchors[(one.variant, "")][0]
            if one.when:
                guards += (one.when,)
            asked = [Asked(guard.path if isinstance(guard, Repetition) else guard.expression, {}) for guard in guards]
            asks = frozenset(used([*asked, *in_blocks(one.blocks, {})]).settings)
            yield Placed(self.clause, one, guards, settings, close, asks)


@lru_cache(maxsize=2_000)
def _walked(source: ClauseSource) -> tuple[tuple[Use, ...], tuple[Placed, ...]]:
    # By the source, of which a bank has one: what is compiled is a new object each time.
    walk = _Walk(compile_clause(source))
    walk.go()
    return tuple(walk.uses), tuple(walk.notes())


def clause_ids(placed: PlacedPrecedent) -> tuple[str, ...]:
    """Return the ids of everything that the outline of an agreement names, in order."""
    outline = placed.outline
    return (*outline.parties, *outline.background, *outline.clauses, *outline.schedules, *outline.execution)


def uses_in(bank: Bank, precedent: str) -> Iterator[Use]:
    """Yield the uses of settings in an agreement: in its outline, its clauses, and all definitions of the bank."""
    placed = bank.precedents[precedent]
    for number, line in enumerate((*placed.outline.subtitle, *placed.outline.opening)):
        for inline in template_text(line, placed.positions.place(("opening", number)), []):
            if isinstance(inline, Field):
                found = used([Asked(inline.expression, {})])
                yield Use("", inline.expression, (), frozenset(found.settings), found.constants)
    for id_ in clause_ids(placed):
        yield from _walked(bank[id_])[0]
    for source in bank.terms.values():
        yield from _walked(source)[0]


def notes_in(bank: Bank, precedents: Sequence[str]) -> Iterator[Placed]:
    """Yield the notes of the clauses of agreements, each clause once, in the order of the agreements."""
    ids = dict.fromkeys(id_ for one in precedents for id_ in clause_ids(bank.precedents[one]))
    for id_ in ids:
        yield from _walked(bank[id_])[1]


def _worked_out(guards: Sequence[Guard], names: Names, text: str) -> object:
    for number, guard in enumerate(guards):
        if isinstance(guard, Condition):
            if not value_of(guard.expression, names):
                return GONE
            continue
        found = value_of(guard.path, names)
        entries = found if isinstance(found, list | tuple) else ()
        bound = (names.bind(guard.name, entry, guard.path) for entry in entries)
        return tuple(_worked_out(guards[number + 1 :], inner, text) for inner in bound)
    return value_of(text, names) if text else True


def _any(found: object) -> bool:
    return any(_any(one) for one in found) if isinstance(found, tuple) else found is not GONE


def value_of(text: str, names: Names) -> Any:
    """Return the value of an expression, or None where it fails with these settings."""
    expression = parse(text)
    if isinstance(expression, str):
        return None
    try:
        return expression.evaluate(names.seen)
    except (TypeError, ValueError, AttributeError):
        return None
