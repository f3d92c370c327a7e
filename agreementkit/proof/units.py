"""Units: the pieces of a clause file that stand or fall by conditions of their own.

What stands in one item of a clause does not hang on what stands in the next, so that the items can be looked at one
by one, each in all worlds that its own conditions tell apart. Only two things concern the clause as a whole: which
variant is chosen, and that something is left of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from agreementkit.assemble.compile import CompiledClause
from agreementkit.assemble.expressions import present_ids
from agreementkit.assemble.fill import Filler
from agreementkit.assemble.select import Chosen, choose
from agreementkit.assemble.values import Evaluator, Names
from agreementkit.bank.clause import Kind
from agreementkit.diagnostics import Diagnostic
from agreementkit.proof.expressions import Asked, expressions, in_blocks, in_inlines, in_items, inside, used
from agreementkit.proof.links import Guard, askable, holds, marks
from agreementkit.reader.template import BlockTemplate, ItemTemplate, NoteTemplate, SectionTemplate
from agreementkit.tree.nodes import Clause, DefinitionsHere, Division, Para, Paragraph, SubClause, SubParagraph, Text

WHOLE = "whole"
"""Name of the unit that looks at a clause file as one."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One piece of a clause file.

    Attributes:
        clause: The clause.
        name: What it is: `choice`, `heading`, `text`, `item 3`, `note paid`, `whole`.
        asked: Its expressions, and those that decide whether it is looked at at all.
        look: What is wrong with it in a world.
    """

    clause: CompiledClause
    name: str
    asked: tuple[Asked, ...]
    look: Callable[[Names], list[Diagnostic]]

    @property
    def heads(self) -> frozenset[str]:
        """First names that may be asked for while it is looked at, without those that a repetition binds."""
        return frozenset(path.split(".")[0] for path in used(self.answering).settings)

    @property
    def answering(self) -> tuple[Asked, ...]:
        """Every expression that may be asked while it is looked at."""
        return tuple(expressions(self.clause)) if self.name == WHOLE else self.asked

    @property
    def mentions(self) -> tuple[str, ...]:
        """Clauses whose presence it asks for."""
        return tuple(dict.fromkeys(id_ for one in self.asked for id_ in present_ids(one.text)))


def units(clause: CompiledClause) -> Iterator[Unit]:
    """Yield the units of a clause file."""
    front = clause.source.front
    bound: dict[str, str] = {}
    choice = tuple(Asked(text, bound) for text in (front.when, *front.variants.values()) if text)
    yield Unit(clause, "choice", choice, lambda names: _choice(clause, names))
    gate = choice
    if clause.each:
        gate = (*gate, Asked(clause.each.path, bound, repeats=True))
        bound = inside(clause.each, bound)
    yield Unit(clause, "heading", (*gate, *in_inlines(clause.title, bound)), _filled(clause, "", lambda f: f.title()))
    for section in clause.body.sections:
        if section.blocks:
            yield Unit(clause, "text", (*gate, *in_blocks(section.blocks, bound)), _blocks(clause, section))
        for number, item in enumerate(section.items, start=1):
            name = f"item {item.id or number}"
            yield Unit(clause, name, (*gate, *in_items((item,), bound)), _item(clause, section, item))
    on = marks(clause)
    for note in clause.body.notes:
        words = on.get(note.key, ((),))
        when = (Asked(note.when.expression, bound),) if note.when else ()
        around = (*gate, *(Asked(text, bound) for guard in words for text in guard if askable(text)), *when)
        yield Unit(clause, f"note {note.key}", (*around, *in_blocks(note.blocks, bound)), _note(clause, note, words))
    yield from _whole(clause, gate, bound)


def _choice(clause: CompiledClause, names: Names) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    choose(clause.source, names, Evaluator(found))
    return found


def _filled(
    clause: CompiledClause, variant: str, look: Callable[[Filler], object]
) -> Callable[[Names], list[Diagnostic]]:
    """Return a look at one piece, in each turn of the clause's repetition; nothing where it is not chosen."""

    def find(names: Names) -> list[Diagnostic]:
        found: list[Diagnostic] = []
        chosen = choose(clause.source, names, Evaluator([]))
        if chosen is None or (variant and chosen.variant != variant):
            return []
        for turn in Evaluator(found).repeat(clause.each, names):
            look(Filler(chosen, turn, clause.source.id, found))
        return found

    return find


def _blocks(clause: CompiledClause, section: SectionTemplate) -> Callable[[Names], list[Diagnostic]]:
    return _filled(clause, section.variant, lambda f: f.blocks(section.blocks, f.names, f.base))


def _item(clause: CompiledClause, section: SectionTemplate, item: ItemTemplate) -> Callable[[Names], list[Diagnostic]]:
    return _filled(clause, section.variant, lambda f: f.items((item,), f.names, levels(clause)))


def _note(clause: CompiledClause, note: NoteTemplate, words: tuple[Guard, ...]) -> Callable[[Names], list[Diagnostic]]:
    def look(filler: Filler) -> None:
        stands = any(holds(guard, filler.names) for guard in words)
        if filler.evaluator.holds(note.when, filler.names) and stands:
            filler.blocks(note.blocks, filler.names, filler.base)

    return _filled(clause, note.variant, look)


def levels(clause: CompiledClause) -> Sequence[type[Division]]:
    """Return the kinds of division that the items of a clause file become, from the top."""
    if clause.source.front.kind is Kind.SCHEDULE:
        return (Clause, Paragraph, SubParagraph)
    return (SubClause, Paragraph, SubParagraph)


# ------------------------------------------------------------------------------------------------ the whole clause


def _whole(clause: CompiledClause, gate: tuple[Asked, ...], bound: dict[str, str]) -> Iterator[Unit]:
    """Yield what must be looked at together so that something is left of the clause; nothing where that is sure."""
    variants = tuple(clause.source.front.variants) or ("",)
    open_ = [name for name in variants if not _always(clause, name)]
    if open_:
        sections = [s for s in clause.body.sections if s.variant in ("", *open_)]
        asked = [a for s in sections for a in (*in_blocks(s.blocks, bound), *in_items(s.items, bound)) if a.decides]
        yield Unit(clause, WHOLE, (*gate, *asked), lambda names: _left(clause, names))


def _always(clause: CompiledClause, variant: str) -> bool:
    """Whether words stand in a variant whatever is configured."""
    return any(
        any(map(_worded, section.blocks)) or any(map(_stands, section.items))
        for section in clause.body.sections
        if section.variant in ("", variant)
    )


def _stands(item: ItemTemplate) -> bool:
    """Whether an item stands whatever is configured: its own words, or those of an item below it, always do."""
    if item.when or item.each:
        return False
    if any(map(_stands, item.children)):
        return True
    return any(map(_worded, item.blocks)) and (not item.children or not _opens(item))


def _worded(block: BlockTemplate) -> bool:
    match block:
        case Para(inlines):
            return any(isinstance(one, Text) and any(c.isalnum() for c in one.text) for one in inlines)
        case DefinitionsHere():
            return True
    return False


def _opens(item: ItemTemplate) -> bool:
    """Whether an item may say nothing without the items below it: it does not end in plain words and a full stop."""
    last = item.blocks[-1] if item.blocks else None
    end = last.inlines[-1] if isinstance(last, Para) and last.inlines else None
    return not isinstance(end, Text) or not end.text.rstrip().endswith(".")


def _left(clause: CompiledClause, names: Names) -> list[Diagnostic]:
    chosen: Chosen | None = choose(clause.source, names, Evaluator([]))
    if chosen is None:
        return []
    filled = Filler(chosen, names, clause.source.id, []).fill(levels(clause))
    if filled.blocks or filled.children:
        return []
    return [Diagnostic("AK308", f"clause {clause.source.id!r} is empty", path=clause.source.id)]
