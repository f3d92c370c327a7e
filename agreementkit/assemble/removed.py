"""Finds references to what packs have taken out: withdrawn clauses and removed paragraphs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from agreementkit.assemble.compile import CompiledClause, check_source, compile_clause
from agreementkit.assemble.expressions import present_ids
from agreementkit.bank import Bank, ClauseSource
from agreementkit.diagnostics import Diagnostic
from agreementkit.errors import BankError
from agreementkit.reader import BodyTemplate, Condition, ItemTemplate, SpanTemplate, TableTemplate
from agreementkit.reader.template import BlockTemplate, TemplateInline
from agreementkit.reader.visit import block_runs
from agreementkit.tree.nodes import CrossReference, Emphasis, Phrase, Strong


@lru_cache(maxsize=64)
def overlay_faults(bank: Bank) -> tuple[Diagnostic, ...]:
    """Return every fault of the changes that packs lay over clauses, whether or not a configuration asks for those.

    Returns:
        The faults of every amended clause as `compile_clause` finds them, and AK255 for what refers to something gone.
    """
    found: list[Diagnostic] = []
    for source in bank:
        if source.amendments:
            found.extend(check_source(source))
    found.extend(_references_to_gone(bank))
    return tuple(found)


def _references_to_gone(bank: Bank) -> Iterator[Diagnostic]:
    """Yield a fault (AK255) for every reference to a clause or a paragraph that a pack has taken out.

    A reference to a clause is no fault where its words stand only when the clause is there (`'id' is present`).

    Files with faults of their own are passed over; compiling reports those.
    """
    if not bank.withdrawn and not any(source.amendments for source in bank):
        return
    compiled = [clause for source in (*bank, *bank.terms.values()) if (clause := _sound(source))]
    gone = {(clause.source.id, one.id): one for clause in compiled for one in clause.gone}
    for clause in compiled:
        source = clause.source
        for reference, guards in _references(clause.body):
            target = reference.target.split(":")[-1]
            id_, _, paragraph = target.partition("/")
            id_ = id_ or source.id
            withdrawn = bank.withdrawn.get(id_)
            if withdrawn and id_ not in guards:
                yield Diagnostic(
                    "AK255",
                    f"{source.id!r} refers to @{reference.target}, which pack {withdrawn.pack!r} has withdrawn",
                    place=reference.place,
                    path=source.id,
                    hints=(f"amend this paragraph of {source.id!r} too, or keep {id_!r}",),
                )
            elif (id_, paragraph) in gone:
                yield Diagnostic(
                    "AK255",
                    f"{source.id!r} refers to @{id_}/{paragraph}, which pack {gone[id_, paragraph].pack!r} removes",
                    place=reference.place,
                    path=source.id,
                    hints=(
                        f"use `## replace #{paragraph}` to keep its id, or amend this paragraph of {source.id!r} too",
                    ),
                )
    for source in bank:
        for needed in source.links.requires:
            if needed in bank.withdrawn:
                yield Diagnostic(
                    "AK255",
                    f"{source.id!r} requires {needed!r}, which pack {bank.withdrawn[needed].pack!r} has withdrawn",
                    place=source.place_of("requires", needed),
                    path=source.id,
                    hints=(f"replace or withdraw {source.id!r} too, or keep {needed!r}",),
                )


def _sound(source: ClauseSource) -> CompiledClause | None:
    try:
        return compile_clause(source)
    except BankError:
        return None


def _references(body: BodyTemplate) -> Iterator[tuple[CrossReference, frozenset[str]]]:
    """Yield every cross-reference of a body with the clauses whose presence it stands or falls with."""
    for section in body.sections:
        for block in section.blocks:
            yield from _in_block(block, frozenset())
        yield from _in_items(section.items, frozenset())
    for note in body.notes:
        for block in note.blocks:
            yield from _in_block(block, _guards(note.when))


def _in_items(items: Sequence[ItemTemplate], guards: frozenset[str]) -> Iterator[tuple[CrossReference, frozenset[str]]]:
    for item in items:
        inner = guards | _guards(item.when)
        yield from _in_run(item.heading, inner)
        for block in item.blocks:
            yield from _in_block(block, inner)
        yield from _in_items(item.children, inner)


def _in_block(block: BlockTemplate, guards: frozenset[str]) -> Iterator[tuple[CrossReference, frozenset[str]]]:
    if isinstance(block, TableTemplate):
        for row in block.rows:
            for cell in row.cells:
                yield from _in_run(cell, guards | _guards(row.when))
    else:
        for run in block_runs(block):
            yield from _in_run(run, guards)


def _in_run(
    inlines: Sequence[TemplateInline], guards: frozenset[str]
) -> Iterator[tuple[CrossReference, frozenset[str]]]:
    for inline in inlines:
        if isinstance(inline, CrossReference):
            yield inline, guards
        elif isinstance(inline, SpanTemplate):
            yield from _in_run(inline.inlines, guards | _guards(inline.when))
        elif isinstance(inline, Emphasis | Strong | Phrase):
            yield from _in_run(inline.inlines, guards)


def _guards(condition: Condition | None) -> frozenset[str]:
    return frozenset(present_ids(condition.expression)) if condition else frozenset()
