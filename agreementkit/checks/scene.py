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

Pieces = tuple[tuple[int, Inline], ...]
"""Undivided inlines, each with where it begins in their words."""

_SENTENCE = re.compile(r"(?<=[.?!:;])\s+(?=[A-Z“(])")
_HOLDERS = frozenset({Emphasis, Strong, Phrase})
_GIVEN = frozenset({Value, Blank, Reference})


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
        pieces: Its undivided inlines in order, each with where it begins in `words`.
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
    pieces: Pieces
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
        return tuple([one for here in self._by_agreement.values() for one in here])

    def passages_of(self, precedent: str) -> Iterator[Passage]:
        """Yield the passages of one agreement."""
        return iter(self._by_agreement.get(precedent, ()))

    @cached_property
    def given(self) -> Mapping[str, tuple[tuple[str, Value | Blank | Reference], ...]]:
        """Every value, blank and reference by agreement, in printing order, with its division; "" on the cover."""
        return {one.precedent: _given(one, self._by_agreement[one.precedent]) for one in self.documents}

    @cached_property
    def ids(self) -> Mapping[str, frozenset[str]]:
        """Ids of all divisions by agreement."""
        return {document.precedent: frozenset(d.id for d in divisions(document)) for document in self.documents}

    @cached_property
    def _by_agreement(self) -> Mapping[str, Sequence[Passage]]:
        return {document.precedent: self._passages(document) for document in self.documents}

    def _passages(self, document: Document) -> Sequence[Passage]:
        precedent, short = document.precedent, document.short or document.title
        found: list[Passage] = []
        for top in top_divisions(document):
            schedule = top.id if isinstance(top, Schedule) else ""
            for division in subtree(top):
                id_, heading = division.id, division.heading
                label = self.labels[precedent, id_]
                place = division.origin.place if division.origin else None
                runs = [("heading", heading, "")] if heading else []
                for block in division.blocks:
                    runs += _runs(block)
                for kind, inlines, term in runs:
                    if inlines or term:
                        words, pieces = _told_apart(inlines)
                        found.append(
                            Passage(
                                precedent, short, id_, label, kind, inlines, words, pieces, term, schedule, place
                            )
                        )  # fmt: skip
        return found


def _given(document: Document, passages: Sequence[Passage]) -> tuple[tuple[str, Value | Blank | Reference], ...]:
    cover = [*document.subtitle, *(run for block in document.opening for run in block_inlines(block))]
    runs = [("", one) for run in cover for one in flatten(run)]
    runs += [(passage.division, one) for passage in passages for _, one in passage.pieces]
    return tuple([(id_, one) for id_, one in runs if type(one) in _GIVEN])  # type: ignore[misc]  # asked by `type`


def _told_apart(inlines: tuple[Inline, ...]) -> tuple[str, Pieces]:
    """Return the words of inlines, as `plain_text` does, and what they consist of."""
    if len(inlines) == 1 and type(inlines[0]) is Text:  # every other passage
        return inlines[0].text, ((0, inlines[0]),)
    if not _HOLDERS.isdisjoint(map(type, inlines)):
        inlines = tuple([one for one in flatten(inlines) if type(one) not in _HOLDERS])
    words: list[str] = []
    pieces: list[tuple[int, Inline]] = []
    begin = 0
    for one in inlines:
        kind = type(one)
        said = one.text if kind is Text or kind is Term else plain_text((one,))  # type: ignore[union-attr]
        words.append(said)
        pieces.append((begin, one))
        begin += len(said)
    return "".join(words), tuple(pieces)


def _title(top: Division) -> str:
    """Return what a division without a number is called."""
    if isinstance(top, ExecutionBlock):
        return "the signature block"
    words = plain_text(top.heading)
    return f"the part “{words}”" if words else repr(top.id)


def _runs(block: Block) -> Sequence[tuple[str, tuple[Inline, ...], str]]:
    """Return the runs of words in a block, each with the kind of passage and the term that it makes."""
    if type(block) is Para:  # nearly every block
        return (("text", block.inlines, ""),)
    match block:
        case List(items):
            return [("item", item, "") for item in items]
        case DefinitionEntry(_, term, inlines):
            return (("definition", inlines, term),)
        case Table(header, rows):
            return [("cell", cell, "") for row in (header, *rows) for cell in row]
        case SignatureLines(lead, lines):
            return [("signature", lead, ""), *(("signature", line.inlines, "") for line in lines)]
    return ()
