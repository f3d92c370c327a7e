"""Finds the words of a clause file behind a paragraph of an agreement.

The clause is filled once more, with a note of which item and which block each division and block was filled from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from agreementkit.assemble.fill import Filler
from agreementkit.assemble.select import Chosen, choose, select
from agreementkit.assemble.values import Evaluator, Names
from agreementkit.bank import Bank, ClauseSource
from agreementkit.bank.clause import Kind
from agreementkit.bank.precedent import Precedent
from agreementkit.config import Config
from agreementkit.diagnostics import Diagnostic
from agreementkit.reader.template import BlockTemplate, ItemTemplate, TableTemplate, TemplateInline
from agreementkit.tree.nodes import (
    Block,
    Clause,
    Division,
    List,
    Note,
    Para,
    Paragraph,
    SubClause,
    SubParagraph,
)
from agreementkit.tree.walk import subtree

ItemPath = tuple[int, ...]
"""The way to an item in a body: number of its section, then of the items from the top down."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where in the bank the words of a paragraph are written.

    Attributes:
        source: Id of the clause or definition.
        definition: Whether it is a definition.
        path: The item, or only the section for words of the clause itself; empty for its heading.
        block: Which block of the item or section, from 0; -1 for the heading.
        row: Which bullet, or which row of a table (0 is its header).
        cell: Which cell of that row.
    """

    source: str
    definition: bool = False
    path: ItemPath = ()
    block: int = 0
    row: int = 0
    cell: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """The words of a paragraph as they are written, and what its expressions see."""

    address: Address
    inlines: tuple[TemplateInline, ...]
    names: Names


@dataclass(slots=True)
class _Traced:
    """What a division was filled from: its item, and its blocks in order with the names their expressions see."""

    path: ItemPath = ()
    item: ItemTemplate | None = None
    names: Names | None = None
    blocks: list[tuple[ItemPath, int, BlockTemplate]] = field(default_factory=list)


class _Tracer(Filler):
    """Fills a clause and remembers from what."""

    def __init__(self, chosen: Chosen, names: Names, base: str, found: list[Diagnostic]) -> None:
        super().__init__(chosen, names, base, found)
        self.traced: dict[str, _Traced] = {base: _Traced(names=names)}
        self._paths: dict[int, ItemPath] = {}
        self._sections: dict[int, ItemPath] = {}
        for number, section in enumerate(chosen.clause.body.sections):
            self._sections[id(section.blocks)] = (number,)
            self._learn(section.items, (number,))

    def _learn(self, items: Sequence[ItemTemplate], above: ItemPath) -> None:
        for number, item in enumerate(items):
            self._paths[id(item)] = (*above, number)
            self._learn(item.children, (*above, number))

    def _item(self, item: ItemTemplate, names: Names, levels: Sequence[type[Division]], suffix: str) -> Division | None:
        self._open = (self._paths[id(item)], item, names)
        return super()._item(item, names, levels, suffix)

    def blocks(self, blocks: tuple[BlockTemplate, ...], names: Names, division: str) -> tuple[Block, ...]:
        """Return filled blocks, and remember the template of each."""
        if division != self.base:
            path, item, inner = self._open
            traced = self.traced[division] = _Traced(path, item, inner)
        else:
            traced = self.traced[division]
            path = self._sections.get(id(blocks), ())
        out: list[Block] = []
        for number, block in enumerate(blocks):
            filled = super().blocks((block,), names, division)
            traced.blocks += [(path, number, block)] * len(filled)
            out += filled
        return tuple(out)

    def notes(self) -> tuple[Note, ...]:
        """Return nothing: only the text is asked for."""
        return ()


@dataclass(frozen=True, slots=True)
class _Part:
    """A division as it stands, and what it was filled from."""

    division: Division
    traced: _Traced
    tracer: _Tracer


class Tracing:
    """The paragraphs of one agreement, and where they are written.

    Args:
        config: The configuration of the agreement.
        bank: The bank.
        outline: Outline of the agreement.
        tops: Its divisions at the top, parts opened up, as they were resolved.
        present: Ids of the clauses of all agreements of the set.
    """

    def __init__(
        self, config: Config, bank: Bank, outline: Precedent, tops: Iterable[Division], present: frozenset[str]
    ) -> None:
        self.bank = bank
        self.names = Names.of(config, outline.id, bank.options).choosing(present)
        self._found: list[Diagnostic] = []
        selection = select(bank, outline, self.names, self._found)
        self._chosen = {chosen.id: chosen for chosen in selection}
        self._tops: dict[str, list[Division]] = {}
        for top in tops:
            if top.origin is not None:
                self._tops.setdefault(top.origin.clause, []).append(top)
        self._parts: dict[str, dict[str, _Part]] = {}

    def chosen(self, clause: str) -> Chosen | None:
        """Return the clause with its variant, as this agreement has it."""
        return self._chosen.get(clause)

    def run(self, clause: str, division: str, block: int, row: int, cell: int = 0) -> Run | None:
        """Return the words behind a paragraph; None where it was put together by something else.

        Args:
            clause: Id of the clause file.
            division: Id of the division.
            block: Which block of it, from 0; -1 for its heading.
            row: Which bullet, row or line of it.
            cell: Which cell of the row.
        """
        part = self._of(clause).get(division)
        if part is None:
            return None
        traced = part.traced
        names = traced.names or part.tracer.names
        if block < 0:
            if traced.item is not None:
                return Run(Address(clause, path=traced.path, block=-1), traced.item.heading, names)
            return Run(Address(clause, block=-1), part.tracer.chosen.clause.title, names)
        if self._kind(clause) is Kind.EXECUTION:
            return _signature(clause, traced, row, names)
        if block >= len(traced.blocks):
            return None
        path, number, template = traced.blocks[block]
        at = Address(clause, False, path, number, row, cell)
        return _in_block(at, template, names, part.tracer, division)

    def definition(self, term: str) -> Run | None:
        """Return the words behind a definition."""
        source = self.bank.terms.get(term)
        chosen = choose(source, self.names, Evaluator(self._found)) if source else None
        if chosen is None:
            return None
        for number, section in enumerate(chosen.clause.body.sections):
            if section.variant in ("", chosen.variant):
                for index, block in enumerate(section.blocks):
                    if isinstance(block, Para):
                        return Run(Address(term, True, (number,), index), block.inlines, self.names)
        return None

    def path(self, clause: str, division: str) -> ItemPath:
        """Return the way to the item that a division was filled from; empty for the clause itself."""
        part = self._of(clause).get(division)
        return part.traced.path if part else ()

    def item(self, clause: str, division: str) -> ItemTemplate | None:
        """Return the item that a division was filled from."""
        part = self._of(clause).get(division)
        return part.traced.item if part else None

    def _kind(self, clause: str) -> Kind:
        source: ClauseSource = self._chosen[clause].clause.source
        return source.front.kind

    def _of(self, clause: str) -> dict[str, _Part]:
        """Return the divisions that a clause file made, by the ids that they have in the agreement."""
        if clause not in self._parts:
            chosen = self._chosen.get(clause)
            tops = self._tops.get(clause, []) if chosen else []
            parts: dict[str, _Part] = {}
            for top, tracer, made in zip(tops, *self._fill(chosen), strict=False) if chosen else ():
                for now, then in zip(subtree(top), subtree(made), strict=False):
                    traced = tracer.traced.get(then.id)
                    if traced is not None and type(now) is type(then):
                        parts[now.id] = _Part(now, traced, tracer)
            self._parts[clause] = parts
        return self._parts[clause]

    def _fill(self, chosen: Chosen) -> tuple[list[_Tracer], list[Division]]:
        kind = chosen.clause.source.front.kind
        levels: dict[Kind, tuple[type[Division], ...]] = {
            Kind.CLAUSE: (SubClause, Paragraph, SubParagraph),
            Kind.SCHEDULE: (Clause, Paragraph, SubParagraph),
        }
        tracers: list[_Tracer] = []
        made: list[Division] = []
        repeated = chosen.clause.each if kind not in levels else None
        for number, names in enumerate(Evaluator(self._found).repeat(repeated, self.names), 1):
            base = f"{chosen.id}-{number}" if repeated else chosen.id
            tracer = _Tracer(chosen, names, base, self._found)
            filled = tracer.fill(levels.get(kind, (SubClause, Paragraph, SubParagraph)))
            if filled.blocks or filled.children:
                tracers.append(tracer)
                top = next((one for one in self._tops.get(chosen.id, []) if one.id == base), None)
                made.append(type(top or Clause(id=base))(id=base, children=filled.children))
        return tracers, made


def _signature(clause: str, traced: _Traced, row: int, names: Names) -> Run | None:
    """Return the words behind the lead of a signature block (row 0), or behind one of its lines."""
    count = 0
    for path, number, block in traced.blocks:
        if row == 0 and isinstance(block, Para):
            return Run(Address(clause, False, path, number), block.inlines, names)
        if isinstance(block, List):
            if 0 < row - count <= len(block.items):
                at = row - count - 1
                return Run(Address(clause, False, path, number, at), block.items[at], names)
            count += len(block.items)
    return None


def _in_block(at: Address, template: BlockTemplate, names: Names, tracer: _Tracer, division: str) -> Run | None:
    match template:
        case Para(inlines):
            return Run(at, inlines, names)
        case List(items):
            kept = [number for number, item in enumerate(items) if tracer.inlines(item, names, division)]
            if at.row < len(kept):
                return Run(replace(at, row=kept[at.row]), items[kept[at.row]], names)
        case TableTemplate(header, rows):
            if at.row == 0 and at.cell < len(header):
                return Run(at, header[at.cell], names)
            turns = list(_rows(template, names, tracer))
            if 0 < at.row <= len(turns) and at.cell < len(header):
                number, inner = turns[at.row - 1]
                return Run(replace(at, row=number + 1), rows[number].cells[at.cell], inner)
    return None


def _rows(table: TableTemplate, names: Names, tracer: _Tracer) -> Iterator[tuple[int, Names]]:
    """Yield the rows of a table as they are printed: which row of the template, and what its expressions see."""
    for number, row in enumerate(table.rows):
        for inner in tracer.evaluator.repeat(row.each, names):
            if tracer.evaluator.holds(row.when, inner):
                yield number, inner
