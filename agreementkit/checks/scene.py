"""What every check may look at: the resolved set, worked out once.

Reading the trees again in each check would cost more than the checks themselves, and each would do it in its own way.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from agreementkit.bank import Bank
from agreementkit.bank.law import LawRegister
from agreementkit.config import Config
from agreementkit.diagnostics import Place
from agreementkit.passes.refer import names as called
from agreementkit.tree.nodes import (
    Blank,
    Block,
    DefinitionEntry,
    Division,
    Document,
    Emphasis,
    ExecutionBlock,
    Inline,
    List,
    Para,
    Phrase,
    Reference,
    Schedule,
    SignatureLines,
    Strong,
    Table,
    Term,
    Text,
    Value,
)
from agreementkit.tree.walk import block_inlines, divisions, flatten, plain_text, subtree, top_divisions

_SENTENCE = re.compile(r"(?<=[.?!:;])\s+(?=[A-Z“(])")


@dataclass(frozen=True, slots=True)
class Passage:
    """One run of words in an agreement: a heading, a paragraph, an item, a cell, a definition.

    Attributes:
        agreement: Precedent id.
        title: How the agreement is called in running text.
        division: Id of the division it stands in.
        label: Where it stands as a reference would say, such as "clause 7.2"; the id in quotes without a number.
        kind: `heading`, `text`, `item`, `cell`, `definition` or `signature`.
        inlines: The words as nodes.
        words: The words as text.
        term: The term that is defined, of a definition.
        schedule: Id of the schedule it stands in, if it does.
        place: Where the clause stands in its file.
    """

    agreement: str
    title: str
    division: str
    label: str
    kind: str
    inlines: tuple[Inline, ...]
    words: str
    term: str = ""
    schedule: str = ""
    place: Place | None = None

    @property
    def where(self) -> str:
        """Where it stands, for the beginning of a message."""
        what = f"the definition of {self.term}" if self.term else self.label
        return f"{what[:1].upper()}{what[1:]} of the {self.title}"

    @property
    def sentences(self) -> tuple[str, ...]:
        """Its sentences, as far as punctuation tells."""
        return tuple(one for one in _SENTENCE.split(self.words) if one.strip())


class Scene:
    """The set that is looked at.

    Args:
        config: The configuration.
        bank: The bank it was made from.
        documents: The resolved agreements.
        today: The day on which somebody looks; only for how long ago the law was checked.
    """

    def __init__(self, config: Config, bank: Bank, documents: Sequence[Document], today: dt.date) -> None:
        self.config = config
        self.bank = bank
        self.documents = tuple(documents)
        self.today = today

    @property
    def law(self) -> LawRegister:
        """The law register of the bank."""
        return self.bank.law

    @cached_property
    def date(self) -> dt.date:
        """The day whose law counts: that of the agreements, else of their start, else the register's own."""
        dates = self.config.dates
        return dates.agreement or dates.commencement or self.law.checked or self.today

    @property
    def nation(self) -> str:
        """The nation whose law counts."""
        return self.config.nation

    def document(self, precedent: str) -> Document | None:
        """Return the agreement of that precedent, if the set has it."""
        return next((one for one in self.documents if one.precedent == precedent), None)

    def cited(self, entry: str) -> str:
        """Return a law entry as findings cite it: with its id, and with its status unless it is confirmed law."""
        if entry not in self.law:
            return entry
        found = self.law[entry]
        status = "" if found.status == "confirmed" else f", {found.status.replace('-', ' ')}"
        return f"{found.cite} [{entry}{status}]"

    @cached_property
    def labels(self) -> Mapping[tuple[str, str], str]:
        """What each division is called, by agreement and id: as a reference would, else by what it stands in."""
        found: dict[tuple[str, str], str] = {}
        for document in self.documents:
            numbered = called(document)
            for top in top_divisions(document):
                label = _title(top)
                for division in subtree(top):
                    # A part of a form, say, has no number and is told by the number before it.
                    label = numbered.get(division.id, label)
                    found[document.precedent, division.id] = label
        return found

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every passage of every agreement, in printing order. Notes are none of them."""
        return tuple(one for document in self.documents for one in self._passages(document))

    def passages_of(self, precedent: str) -> Iterator[Passage]:
        """Yield the passages of one agreement."""
        return (one for one in self.passages if one.agreement == precedent)

    @cached_property
    def given(self) -> Mapping[str, tuple[tuple[str, Value | Blank | Reference], ...]]:
        """Every value, blank and reference by agreement, in printing order, with its division; "" on the cover."""
        return {document.precedent: tuple(_given(document)) for document in self.documents}

    @cached_property
    def ids(self) -> Mapping[str, frozenset[str]]:
        """Ids of all divisions by agreement."""
        return {document.precedent: frozenset(d.id for d in divisions(document)) for document in self.documents}

    def _passages(self, document: Document) -> Iterator[Passage]:
        short = document.short or document.title
        for top in top_divisions(document):
            schedule = top.id if isinstance(top, Schedule) else ""
            for division in subtree(top):
                label = self.labels[document.precedent, division.id]
                place = division.origin.place if division.origin else None

                def passage(
                    kind: str, inlines: tuple[Inline, ...], term: str = "", *,
                    division: Division = division, label: str = label, place: Place | None = place,
                    schedule: str = schedule,
                ) -> Passage:  # fmt: skip
                    words = plain_text(inlines)
                    return Passage(
                        document.precedent, short, division.id, label, kind, inlines, words, term, schedule, place
                    )

                if division.heading:
                    yield passage("heading", division.heading)
                for block in division.blocks:
                    for kind, inlines, term in _runs(block):
                        if inlines or term:
                            yield passage(kind, inlines, term)


def _given(document: Document) -> Iterator[tuple[str, Value | Blank | Reference]]:
    cover = [*document.subtitle, *(run for block in document.opening for run in block_inlines(block))]
    runs = [("", run) for run in cover]
    for division in divisions(document):
        runs.append((division.id, division.heading))
        runs += [(division.id, run) for block in division.blocks for run in block_inlines(block)]
    for id_, run in runs:
        for inline in run:
            kind = type(inline)
            if kind is Text or kind is Term:  # most of them
                continue
            if kind is Value or kind is Blank or kind is Reference:
                yield id_, inline  # type: ignore[misc]  # the line above says so
            elif kind is Emphasis or kind is Strong or kind is Phrase:
                yield from ((id_, one) for one in flatten((inline,)) if isinstance(one, Value | Blank | Reference))


def _title(top: Division) -> str:
    """Return what a division without a number is called."""
    if isinstance(top, ExecutionBlock):
        return "the signature block"
    words = plain_text(top.heading)
    return f"the part “{words}”" if words else repr(top.id)


def _runs(block: Block) -> Iterator[tuple[str, tuple[Inline, ...], str]]:
    match block:
        case Para(inlines):
            yield "text", inlines, ""
        case List(items):
            yield from (("item", item, "") for item in items)
        case DefinitionEntry(_, term, inlines):
            yield "definition", inlines, term
        case Table(header, rows):
            yield from (("cell", cell, "") for row in (header, *rows) for cell in row)
        case SignatureLines(lead, lines):
            yield "signature", lead, ""
            yield from (("signature", line.inlines, "") for line in lines)
        case _:
            return
