"""The companion of an agreement: a guide of its own that quotes the words explained and gives the notes on them.

The guide is a document like any other and is written by the same writers, so that Word, Markdown, HTML and JSON of
it say the same. Its clauses have the numbers and headings of the agreement's. It is no part of the agreement:
it has no parties and nobody signs it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from agreementkit.passes.refer import names
from agreementkit.tree.nodes import (
    Block,
    Clause,
    DefinitionEntry,
    Division,
    Document,
    Emphasis,
    ExecutionBlock,
    Headings,
    Inline,
    Note,
    Para,
    Part,
    Phrase,
    Reference,
    Strong,
    Text,
    Value,
)
from agreementkit.tree.walk import block_inlines, flatten, map_block, map_inlines, plain_text, subtree
from agreementkit.writers.outline import author_of, definition_gap, sources_of

SUFFIX = "-guide"
"""What the precedent and the file name of a guide add to those of its agreement."""

NOTES = "Notes"
NOTHING = "There are no notes on this clause."
LONGEST_WORDS = 60
"""Characters of a phrase that a note on it repeats."""


def guide(document: Document) -> Document:
    """Return the guide to a resolved agreement.

    Every clause and schedule of the agreement is in it, in order; parties, background and signatures only where there
    are notes on them. Values become plain words, and references lead into the agreement.
    """
    return _Guide(document).document()


class _Guide:
    """Makes the guide to one agreement."""

    def __init__(self, document: Document) -> None:
        self.agreement = document
        self.names = names(document)
        self.notes: dict[str, list[Note]] = {}
        for note in document.notes:
            self.notes.setdefault(note.anchor.division, []).append(note)

    def document(self) -> Document:
        agreement = self.agreement
        heads = agreement.headings
        return replace(
            agreement,
            precedent=f"{agreement.precedent}{SUFFIX}",
            title=f"Guide to the {agreement.title}",
            short=f"Guide to the {agreement.short or agreement.title}",
            stem=f"{agreement.stem}{SUFFIX}",
            opening=(Para((Text(self._purpose()),)),),
            parties=(),
            background=(),
            body=tuple(self._body()),
            schedules=tuple(
                replace(schedule, heading=self._words(schedule.heading), blocks=self._on(schedule), children=())
                for schedule in agreement.schedules
            ),
            execution=tuple(self._execution()),
            notes=(),
            headings=replace(heads, parties="", background="", agreed=NOTES),
        )

    def _purpose(self) -> str:
        return (
            f"This guide explains the {self.agreement.title} and is no part of it. It quotes the words that are"
            " explained. Each note says in whose voice it speaks."
        )

    # --------------------------------------------------------------------------------------- the divisions

    def _body(self) -> Iterator[Part | Clause]:
        agreement, heads = self.agreement, self.agreement.headings
        for key, heading, tops in (
            ("parties", heads.parties, agreement.parties),
            ("background", heads.background, agreement.background),
        ):
            blocks = tuple(block for top in tops for block in self._on(top))
            if blocks:
                yield Part(id=f"guide-{key}", heading=(Text(heading or key.capitalize()),), blocks=blocks)
        clauses: list[Clause] = []
        for top in agreement.body:
            if isinstance(top, Clause):
                clauses.append(self._clause(top))
                continue
            yield from self._loose(clauses)
            clauses = []
            yield replace(
                top,
                heading=self._words(top.heading),
                blocks=tuple(self._own(top)),
                children=tuple(self._clause(child) for child in top.children),
            )
        yield from self._loose(clauses)

    def _loose(self, clauses: Sequence[Clause]) -> Iterator[Part]:
        """Clauses that stand in no part get one, for a heading of background stands before them."""
        if clauses:
            heading = self.agreement.headings.agreed or Headings().agreed
            yield Part(id=f"guide-{clauses[0].id}", heading=(Text(heading),), children=tuple(clauses))

    def _clause(self, clause: Division) -> Clause:
        heading = self._words(clause.heading) or (Text(self.names.get(clause.id, clause.id)),)
        blocks = self._on(clause) or (Para((Text(NOTHING),)),)
        return Clause(id=clause.id, heading=heading, number=clause.number, blocks=blocks, origin=clause.origin)

    def _execution(self) -> Iterator[ExecutionBlock]:
        for block in self.agreement.execution:
            blocks = self._on(block)
            if blocks:
                yield replace(block, heading=self._words(block.heading), blocks=blocks, children=())

    # ------------------------------------------------------------------------------------------- the notes

    def _on(self, top: Division) -> tuple[Block, ...]:
        """Return the notes on a division and on all below it."""
        return tuple(block for division in subtree(top) for block in self._own(division, top))

    def _own(self, division: Division, top: Division | None = None) -> Iterator[Block]:
        """Return the notes on one division itself, each group below the words that it explains."""
        waiting = self.notes.get(division.id, [])
        for order, words in enumerate(_texts(division)):
            here = {inline.id for inline in flatten(words) if isinstance(inline, Phrase)}
            found = [note for note in waiting if note.anchor.phrase in here or (order == 0 and not note.anchor.phrase)]
            waiting = [note for note in waiting if note not in found]
            if found:
                # The heading of a clause stands above its notes already, in the guide as in the agreement.
                if not (words is division.heading and division is (top or division)):
                    yield self._quote(division, words, {note.anchor.phrase for note in found})
                yield from self._printed(found, words)
        yield from self._printed(waiting, ())

    def _quote(self, division: Division, words: tuple[Inline, ...], noted: set[str]) -> Para:
        name = self.names.get(division.id, "")
        label = (Strong((Text(f"{name[:1].upper()}{name[1:]}"),)), Text(": ")) if name else ()
        return Para((*label, Emphasis(self._words(words, noted))))

    def _printed(self, notes: Iterable[Note], words: tuple[Inline, ...]) -> Iterator[Block]:
        phrases = {inline.id: plain_text(inline.inlines) for inline in flatten(words) if isinstance(inline, Phrase)}
        for note in notes:
            author = author_of(note)
            on = phrases.get(note.anchor.phrase, "")
            label = f"{author} on “{_shortened(on)}”:" if on and on != plain_text(words) else f"{author}:"
            lead: tuple[Inline, ...] = (Strong((Text(label),)),)
            blocks = [map_block(block, self._words) for block in note.blocks]
            first = blocks[0] if blocks else None
            if isinstance(first, Para):
                lead, blocks = (*lead, Text(" "), *first.inlines), blocks[1:]
            yield Para(lead)
            yield from blocks
            if note.cites:
                yield Para((Text(sources_of(note)),))

    def _words(self, inlines: tuple[Inline, ...], noted: Iterable[str] = ()) -> tuple[Inline, ...]:
        """Return words as the guide prints them: the phrases explained are strong, and nothing is a setting."""
        marked = frozenset(noted)

        def plain(inline: Inline) -> Inline:
            match inline:
                case Value(_, text):
                    return Text(text)
                case Phrase(id_, inner):
                    return Strong(inner) if id_ in marked else Phrase(id_, inner)
                case Reference(_, _, ""):
                    return replace(inline, agreement=self.agreement.precedent)
                case _:
                    return inline

        return map_inlines(inlines, plain)


def _texts(division: Division) -> Iterator[tuple[Inline, ...]]:
    """Yield the runs of a division that notes can point into, its heading first."""
    if division.heading:
        yield division.heading
    for block in division.blocks:
        for words in block_inlines(block):
            if isinstance(block, DefinitionEntry):
                yield (Strong((Text(block.term),)), Text(definition_gap(words)), *words)
            elif words:
                yield words


def _shortened(words: str) -> str:
    if len(words) <= LONGEST_WORDS:
        return words
    return words[:LONGEST_WORDS].rsplit(" ", 1)[0].rstrip(",;") + " …"
