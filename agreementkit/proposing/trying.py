"""Tries changes by assembling with them: what the agreement says then, paragraph by paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from agreementkit.agreement import AgreementSet, assemble
from agreementkit.assemble.compile import check_source
from agreementkit.bank import Bank
from agreementkit.bank.amend import is_amendment, read_amendment
from agreementkit.bank.clause import read_clause
from agreementkit.bank.opening import open_file
from agreementkit.comparing.units import Unit, units
from agreementkit.config import Config
from agreementkit.diagnostics import Diagnostic
from agreementkit.errors import AgreementKitError
from agreementkit.proposing.amending import CannotBeWritten, PackText, pack_texts
from agreementkit.proposing.changes import Change, source_of
from agreementkit.proposing.writing import readable
from agreementkit.source import SourceText
from agreementkit.tree.nodes import Division, Document, Inline, Part, Reference
from agreementkit.tree.walk import flatten, subtree, top_divisions

TRIED = "tried"
"""Name of a pack that is only tried."""

Key = tuple[str, str, int, int]
"""A paragraph: id of its division, id of the definition, number of the block, row."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of an agreement.

    Attributes:
        division: The division that it stands in.
        clause: Id of the clause file.
        top: Id of the division at the top.
        unit: Its words.
    """

    division: Division
    clause: str
    top: Division
    unit: Unit

    @property
    def key(self) -> Key:
        """What it is known by."""
        if self.unit.kind == "definition":
            return self.division.id, self.unit.key, 0, 0
        return self.division.id, "", self.unit.block, self.unit.row

    @property
    def text(self) -> str:
        """Its words."""
        return self.unit.text

    @property
    def inlines(self) -> tuple[Inline, ...]:
        """Its inlines, those of all cells of a row."""
        return tuple(inline for cell in self.unit.cells for inline in cell)

    @property
    def said(self) -> tuple[str, ...]:
        """Its words, with references known by what they refer to."""
        return tuple(token.key for token in self.unit.tokens)

    def reads(self, text: str) -> bool:
        """Whether it says a text, whatever the numbers of its references are."""
        if readable(self.text) == readable(text):
            return True
        pattern = re.escape(readable(self.text))
        for one in flatten(self.inlines):
            if isinstance(one, Reference):
                loose = "".join(r"[\w().]+" if part.target else re.escape(part.text) for part in one.parts)
                pattern = pattern.replace(re.escape(readable(one.text)), loose)
        return re.fullmatch(pattern, readable(text)) is not None


def paragraphs(document: Document) -> list[Paragraph]:
    """Return the paragraphs of an agreement in order."""
    return [
        Paragraph(division, top.origin.clause if top.origin else "", top, unit)
        for top in opened(top_divisions(document))
        for division in subtree(top)
        for unit in units(division)
    ]


def opened(tops: Iterable[Division]) -> Iterable[Division]:
    """Yield the divisions at the top, those of parts one by one."""
    for top in tops:
        if isinstance(top, Part):
            yield from opened(top.children)
        else:
            yield top


def bank_with(bank: Bank, texts: Iterable[PackText]) -> tuple[Bank, list[Diagnostic]]:
    """Return a bank with files of a pack laid over it, and their faults."""
    found: list[Diagnostic] = []
    clauses, terms = dict(bank.clauses), dict(bank.terms)
    for text in texts:
        shelf = terms if text.definition else clauses
        below = shelf[text.source]
        file = open_file(SourceText.of(text.text, f"{text.source}.md"), found)
        if file is None:
            continue
        if is_amendment(file):
            amendment = read_amendment(file, TRIED, found)
            made = below.amended(amendment) if amendment else None
        else:
            clause = read_clause(file, TRIED, found)
            made = replace(clause, below=below, options=below.options, former=below.former) if clause else None
        if made is not None:
            shelf[text.source] = made
            found += check_source(made)
    return replace(bank, clauses=clauses, terms=terms), found


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one change is to do to the paragraphs of an agreement.

    Attributes:
        change: The change; None where there is none that could do it.
        precedent: Id of the agreement.
        at: The paragraph that is changed, or behind which a new one comes.
        kind: `words`, `gone` (with everything below, and what else is listed), `new`, `moved`.
        text: The words that are to stand there.
        gone: The paragraphs that go; of a move, those that move.
        to: Of a move, the paragraph behind which it goes.
    """

    changes: tuple[Change, ...]
    precedent: str
    at: Key
    kind: str
    text: str = ""
    gone: tuple[Key, ...] = ()
    to: Key | None = None


Line = tuple[str, ...] | str


class Trial:
    """Tries changes to the agreements of a set.

    Args:
        agreements: The set as it is.
    """

    def __init__(self, agreements: AgreementSet) -> None:
        self.agreements = agreements
        self.now = {one.precedent: paragraphs(one.document) for one in agreements}

    def outcome(self, wanted: Sequence[Wanted]) -> str:
        """Return why the agreements would not say exactly what is wanted; empty where they do."""
        changes = [change for one in wanted for change in one.changes]
        try:
            texts = pack_texts(self.agreements.bank, changes)
        except CannotBeWritten as error:
            return str(error)
        bank, faults = bank_with(self.agreements.bank, texts)
        if faults:
            return f"it cannot be written as a clause: {faults[0].message}"
        made = self.made(self.agreements.config, bank)
        if isinstance(made, str):
            return made
        changed = {source_of(change) for change in changes}
        for agreement in made:
            got = paragraphs(agreement.document)
            own = [one for one in wanted if one.precedent == agreement.precedent]
            why = _differs(self.now[agreement.precedent], got, own, changed)
            if why:
                return why
        return ""

    def made(self, config: Config, bank: Bank) -> AgreementSet | str:
        """Return the set of a configuration and a bank, or why there is none."""
        try:
            made = assemble(config, bank)
        except AgreementKitError as error:
            return f"the agreement cannot be made then: {error.diagnostics[0].message}"
        return replace(made, day=self.agreements.day)


def _differs(
    now: Sequence[Paragraph], got: Sequence[Paragraph], wanted: Sequence[Wanted], changed: set[tuple[bool, str]]
) -> str:
    """Return in words where an agreement is not what it should be."""
    expected = _expected(now, wanted)
    if not wanted:  # the clause may stand in this agreement too, and changes there as well
        free = {id_ for definition, id_ in changed if not definition}
        expected = [(one, line) for one, line in expected if one is None or one.clause not in free]
        got = [one for one in got if one.clause not in free]
    terms = {one.unit.key for one in got if one.unit.key} & {one.unit.key for one in now if one.unit.key}
    free_terms = {id_ for definition, id_ in changed if definition} if not wanted else set()
    expected = [(one, line) for one, line in expected if not one or _counts(one, terms - free_terms)]
    left = [one for one in got if _counts(one, terms - free_terms)]
    for (was, line), one in zip(expected, left, strict=False):
        same = one.reads(line) if isinstance(line, str) else one.said == line
        if not same:
            if isinstance(line, str) and (was is None or was.division.id == one.division.id):
                return f"it would read: {one.text!r}"
            return f"something else would change too: {one.text[:120]!r}"
    return "" if len(expected) == len(left) else "more paragraphs would come or go than were changed"


def _counts(one: Paragraph, terms: set[str]) -> bool:
    """Whether a paragraph is compared: a definition is printed when its term is used, and only then."""
    return one.unit.kind != "definition" or one.unit.key in terms


def _expected(now: Sequence[Paragraph], wanted: Sequence[Wanted]) -> list[tuple[Paragraph | None, Line]]:
    """Return the paragraphs as they are to be: what each was before, and its words."""
    words = {one.at: one.text for one in wanted if one.kind == "words"}
    gone = {key for one in wanted for key in one.gone}
    new: dict[Key, list[tuple[Paragraph | None, Line]]] = {}
    by_key: Mapping[Key, Paragraph] = {one.key: one for one in now}
    for one in wanted:
        if one.kind == "new":
            new.setdefault(one.at, []).append((None, one.text))
        elif one.kind == "moved" and one.to is not None:
            new.setdefault(one.to, []).extend((by_key[key], by_key[key].said) for key in one.gone)
    out: list[tuple[Paragraph | None, Line]] = []
    for paragraph in now:
        if paragraph.key not in gone:
            out.append((paragraph, words.get(paragraph.key, paragraph.said)))
        out += new.get(paragraph.key, ())
    return out
