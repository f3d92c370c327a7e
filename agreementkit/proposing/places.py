"""The paragraphs of an agreement by the places that edits name, and where each is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from agreementkit.agreement import AgreementSet
from agreementkit.assemble.select import select
from agreementkit.assemble.values import Names
from agreementkit.proposing.changes import Added, Removed, Reworded
from agreementkit.proposing.rewording import Laid, lay
from agreementkit.proposing.tracing import Run, Tracing
from agreementkit.proposing.trying import Key, Paragraph, opened, paragraphs
from agreementkit.returned.edit import Location
from agreementkit.tree.nodes import Division, Value
from agreementkit.tree.walk import flatten, plain_text, subtree, top_divisions

CELL = " | "
"""What stands between the cells of a row, where it is one text."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Words that can be changed by themselves: a paragraph, or a cell of a row.

    Attributes:
        run: The words as they are written.
        laid: The printed words over them.
        before: What stands in front of them in the paragraph and is not theirs: the term of a definition.
    """

    run: Run
    laid: Laid
    before: str = ""


class Places:
    """The paragraphs of one agreement of a set."""

    def __init__(self, agreements: AgreementSet, precedent: str) -> None:
        self.agreements = agreements
        self.precedent = precedent
        self.document = agreements[precedent].document
        self.paragraphs = paragraphs(self.document)
        self.by_key = {one.key: one for one in self.paragraphs}
        self.own: dict[str, list[Paragraph]] = {}
        for one in self.paragraphs:
            self.own.setdefault(one.division.id, []).append(one)
        self._divisions = {one.id: one for top in opened(top_divisions(self.document)) for one in subtree(top)}

    @cached_property
    def tracing(self) -> Tracing:
        """Where the paragraphs are written."""
        config, bank = self.agreements.config, self.agreements.bank
        present: frozenset[str] = frozenset()
        for one in self.agreements:
            outline = bank.precedents[one.precedent].outline
            present |= select(bank, outline, Names.of(config, one.precedent, bank.options), []).ids
        tops = opened(top_divisions(self.document))
        return Tracing(config, bank, bank.precedents[self.precedent].outline, tops, present)

    def find(self, place: Location) -> Paragraph | None:
        """Return the paragraph that a place names; of a place that names a division only, its last paragraph."""
        if place.term:
            entries = [one for one in self.paragraphs if one.unit.key == place.term]
            return entries[0] if entries else None
        found = self.by_key.get((place.id, "", place.block, place.row))
        if found is None and place.id in self.own:
            return self.own[place.id][0 if place.block < 0 else -1]
        return found

    def division(self, id_: str) -> Division | None:
        """Return a division by its id."""
        return self._divisions.get(id_)

    def below(self, division: Division) -> list[Key]:
        """Return the paragraphs of a division and of everything below it."""
        return [one.key for part in subtree(division) for one in self.own.get(part.id, ())]

    def cells(self, paragraph: Paragraph) -> list[Cell] | None:
        """Return the words of a paragraph, those of each cell of a row; None where they are not in a clause file."""
        unit, division = paragraph.unit, paragraph.division.id
        if unit.kind == "definition":
            run = self.tracing.definition(unit.key)
            words = plain_text(unit.cells[0])
            laid = lay(run, words, unit.cells[0]) if run else None
            return [Cell(run, laid, unit.text[: len(unit.text) - len(words)])] if run and laid else None
        out: list[Cell] = []
        for number, cell in enumerate(unit.cells):
            run = self.tracing.run(paragraph.clause, division, unit.block, unit.row, number)
            printed = unit.text.rstrip() if unit.kind == "signature" else plain_text(cell)
            laid = lay(run, printed, cell) if run else None
            if run is None or laid is None:
                return None
            out.append(Cell(run, laid))
        return out

    def removal(self, division: Division, clause: str) -> Removed | None:
        """Return the change that takes out a division with everything below it."""
        path = self.tracing.path(clause, division.id)
        return Removed(clause, path) if len(path) > 1 else None

    def taking_out(self, paragraph: Paragraph) -> tuple[Reworded, ...] | None:
        """Return the change that takes a paragraph out of its division."""
        cells = self.cells(paragraph)
        if cells is None or len(cells) != 1 or paragraph.unit.kind not in ("text", "item"):
            return None
        return (Reworded(cells[0].run.address, ()),)

    def behind(self, paragraph: Paragraph) -> tuple[str, Added] | None:
        """Return the clause, and the change that puts a paragraph behind another, still without its words."""
        division, clause = paragraph.division, paragraph.clause
        last = self.own[division.id][-1].key == paragraph.key
        if not last or paragraph.unit.kind not in ("text", "heading"):
            return None
        if division.children:
            path = self.tracing.path(clause, division.children[0].id)
            return (clause, Added(clause, path, "before", ())) if len(path) > 1 else None
        path = self.tracing.path(clause, division.id)
        return (clause, Added(clause, path, "after", ())) if len(path) > 1 else None

    def printing(self, path: str) -> int:
        """Return how many paragraphs of all agreements print a value."""
        return sum(
            any(isinstance(inline, Value) and inline.path == path for inline in flatten(one.inlines))
            for agreement in self.agreements
            for one in (self.paragraphs if agreement.precedent == self.precedent else paragraphs(agreement.document))
        )


def values_in(paragraph: Paragraph, path: str) -> list[str]:
    """Return what a paragraph prints for a value, each time it does."""
    return [one.text for one in flatten(paragraph.inlines) if isinstance(one, Value) and one.path == path]


def with_words(paragraph: Paragraph, path: str, before: str, after: str) -> str:
    """Return the words of a paragraph with others where a value prints `before`."""
    lead = paragraph.text[: len(paragraph.text) - len(plain_text(paragraph.inlines))]
    return lead + "".join(_words(one, path, before, after) for one in _leaves(paragraph.inlines))


def _leaves(inlines: Iterable[object]) -> Iterable[object]:
    for one in inlines:
        inner = getattr(one, "inlines", None)
        if inner is None:
            yield one
        else:
            yield from _leaves(inner)


def _words(inline: object, path: str, before: str, after: str) -> str:
    if isinstance(inline, Value) and inline.path == path and inline.text == before:
        return after
    return plain_text((inline,))  # type: ignore[arg-type]  # leaves of resolved inlines are inlines
