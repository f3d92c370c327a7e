"""Tries changes by assembling with them: what the agreement says then, paragraph by paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

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

_SHOWN = 200
_END = re.compile(r"(?:[;,] (?:and|or)|[;,.])\s*\Z")
_MARKS = ("", ";", ".", "; and", "; or")

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
        changes: The changes to clause files.
        precedent: Id of the agreement.
        at: The paragraph that is changed, or behind which a new one comes.
        kind: `words`, `gone` (with everything below, and what else is listed), `new`, `moved`.
        text: The words that are to stand there.
        gone: The paragraphs that go; of a move, those that move.
        to: Of a move, the paragraph behind which it goes.
        more: Of a paragraph that is cut up, the paragraphs that come behind it.
    """

    changes: tuple[Change, ...]
    precedent: str
    at: Key
    kind: str
    text: str = ""
    gone: tuple[Key, ...] = ()
    to: Key | None = None
    more: tuple[str, ...] = ()


Line = tuple[str, ...] | str
Source = tuple[bool, str]
"""Whether it is a definition, and the id of the clause or definition."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of changes that were tried.

    Attributes:
        why: Why the agreements cannot be made with them, or what else would change; empty where neither is so.
        by_source: The clauses and definitions that would not read as wanted, each with the reason.
        punctuated: The clauses in which a list gets other marks at the ends of its items, and no other words.
    """

    why: str = ""
    by_source: Mapping[Source, str] = field(default_factory=dict)
    punctuated: frozenset[Source] = frozenset()

    @property
    def reason(self) -> str:
        """The first reason; empty where the agreements say exactly what is wanted."""
        return self.why or next(iter(self.by_source.values()), "")


class Trial:
    """Tries changes to the agreements of a set.

    Args:
        agreements: The set as it is.
    """

    def __init__(self, agreements: AgreementSet) -> None:
        self.agreements = agreements
        self.now = {one.precedent: paragraphs(one.document) for one in agreements}

    def outcome(self, wanted: Sequence[Wanted]) -> Outcome:
        """Return whether the agreements would say exactly what is wanted, and where they would not."""
        changes = [change for one in wanted for change in one.changes]
        try:
            texts = pack_texts(self.agreements.bank, changes)
        except CannotBeWritten as error:
            return Outcome(str(error))
        bank, faults = bank_with(self.agreements.bank, texts)
        if faults:
            return Outcome(f"it cannot be written as a clause: {faults[0].message}")
        made = self.made(self.agreements.config, bank)
        return Outcome(made) if isinstance(made, str) else self.compared(made, wanted)

    def compared(self, made: AgreementSet, wanted: Sequence[Wanted]) -> Outcome:
        """Return whether other agreements say exactly what is wanted of the present ones."""
        changed = {source_of(change) for one in wanted for change in one.changes}
        differing: dict[Source, str] = {}
        punctuated: set[Source] = set()
        for agreement in made:
            own = [one for one in wanted if one.precedent == agreement.precedent]
            free = changed - {source_of(change) for one in own for change in one.changes}
            now, got = self.now[agreement.precedent], paragraphs(agreement.document)
            for source, why in _differing(_expected(now, own), [(one, one.said) for one in got]):
                if not why:
                    punctuated.add(source)
                elif source not in free:  # where a clause stands in another agreement too, it changes there as well
                    differing.setdefault(source, why)
        other = next((why for source, why in differing.items() if source not in changed), "")
        return Outcome(other, differing, frozenset(punctuated))

    def made(self, config: Config, bank: Bank) -> AgreementSet | str:
        """Return the set of a configuration and a bank, or why there is none."""
        try:
            made = assemble(config, bank)
        except AgreementKitError as error:
            return f"the agreement cannot be made then: {error.diagnostics[0].message}"
        return replace(made, day=self.agreements.day)


def _differing(
    expected: Sequence[tuple[Paragraph, Line]], got: Sequence[tuple[Paragraph, Line]]
) -> Iterator[tuple[Source, str]]:
    """Yield the clauses that are not as they should be, each with the reason; none where only lists end otherwise."""
    ours, theirs = _by_source(expected), _by_source(got)
    for source in dict.fromkeys((*ours, *theirs)):
        was, now = ours.get(source, []), theirs.get(source, [])
        if source[0] and not (was and now):
            continue  # a definition is printed when its term is used, and only then
        for (one, line), (other, _) in zip(was, now, strict=False):
            same = other.reads(line) if isinstance(line, str) else other.said == line
            if not same and _alike_but_for_its_end(other, line):
                yield source, ""
            elif not same:
                own = isinstance(line, str) and one.division.id == other.division.id
                yield source, f"{'it would read' if own else 'something else would change too'}: {_short(other.text)}"
                break
        else:
            if len(was) != len(now):
                yield source, "more paragraphs would come or go than were changed"


def _alike_but_for_its_end(paragraph: Paragraph, line: Line) -> bool:
    """Whether an item of a list says what it is to say but for the mark at its end, which belongs to the list."""
    if paragraph.unit.kind != "text" or "/" not in paragraph.division.id:
        return False
    if isinstance(line, str):
        bare = _END.sub("", readable(line))
        return any(paragraph.reads(f"{bare}{mark}") for mark in _MARKS)
    return _bare(paragraph.said) == _bare(line)


def _bare(said: Sequence[str]) -> Sequence[str]:
    end = len(said)
    while end and said[end - 1] in (";", ".", ",", "and", "or"):
        end -= 1
    return said[:end]


def _short(text: str) -> str:
    return f"“{text}”" if len(text) <= _SHOWN else f"“{text[:_SHOWN]}…”"


def _by_source(lines: Iterable[tuple[Paragraph, Line]]) -> dict[Source, list[tuple[Paragraph, Line]]]:
    out: dict[Source, list[tuple[Paragraph, Line]]] = {}
    for one, line in lines:
        definition = one.unit.kind == "definition"
        out.setdefault((definition, one.unit.key if definition else one.clause), []).append((one, line))
    return out


def _expected(now: Sequence[Paragraph], wanted: Sequence[Wanted]) -> list[tuple[Paragraph, Line]]:
    """Return the paragraphs as they are to be: what each was, or what a new one stands behind, and its words."""
    words = {one.at: one.text for one in wanted if one.kind == "words"}
    gone = {key for one in wanted for key in one.gone}
    new: dict[Key, list[tuple[Paragraph, Line]]] = {}
    by_key: Mapping[Key, Paragraph] = {one.key: one for one in now}
    for one in wanted:
        if one.more:
            new.setdefault(one.at, []).extend((by_key[one.at], text) for text in one.more)
        if one.kind == "new":
            new.setdefault(one.at, []).append((by_key[one.at], one.text))
        elif one.kind == "moved" and one.to is not None:
            new.setdefault(one.to, []).extend((by_key[key], by_key[key].said) for key in one.gone)
    out: list[tuple[Paragraph, Line]] = []
    for paragraph in now:
        if paragraph.key not in gone:
            out.append((paragraph, words.get(paragraph.key, paragraph.said)))
        out += new.get(paragraph.key, ())
    return out
