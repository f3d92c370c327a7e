"""The agreement as it was sent, paragraph by paragraph as Word shows it, each with its place.

What comes back is laid beside these. Words that Word computes are masked on both sides: the number that a
cross-reference prints is known by what it refers to, so that a renumbered file has no edits.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from agreementkit.agreement import Agreement
from agreementkit.comparing.words import Token, tokens_of
from agreementkit.returned.edit import Location
from agreementkit.returned.known import Known
from agreementkit.tree.nodes import (
    Blank,
    Block,
    DefinitionEntry,
    Division,
    Emphasis,
    ExecutionBlock,
    Inline,
    List,
    Note,
    Para,
    Part,
    Phrase,
    Reference,
    Schedule,
    SchedulePart,
    SignatureLines,
    Strong,
    Table,
    Term,
    Text,
    Value,
)
from agreementkit.tree.walk import block_inlines, plain_text
from agreementkit.writers.html.text import number_in_print
from agreementkit.writers.outline import SIGNATURE_LINES_ACROSS, author_of, definition_gap, sources_of
from agreementkit.writers.word.values.controls import tag

NOTE = -2
"""Block of a place that is a note printed in the text, which is no part of the agreement."""

SentKind = Literal["heading", "text", "item", "row", "definition", "signature", "note", "cover", "section"]

_WORDS, _HOLDERS, _VALUES = (Text, Term), (Emphasis, Strong, Phrase), (Value, Blank)

Masked = tuple[int, int, str]
"""Words of a text that are known by a key: where they begin and end, and the key."""


@dataclass(frozen=True, slots=True)
class Span:
    r"""Words that are more than words: a value, or the number of a cross-reference.

    Attributes:
        start: Where they begin in the text of the paragraph.
        end: Where they end.
        key: What they are known by: `\0v:` and the tag of a control, `\0r:` and the bookmark referred to.
        path: Path of the value, or "".
    """

    start: int
    end: int
    key: str
    path: str = ""


@dataclass(frozen=True, slots=True)
class SentParagraph:
    """One paragraph as it was sent.

    Attributes:
        place: Where it stands.
        kind: What it is.
        text: Its words.
        spans: Its values and numbers of cross-references, in order.
        bookmark: Name of the bookmark that begins in it, in small letters, or "".
        row: Number of the row of a table that it is a cell of, over the whole agreement; 0 for none.
        column: Which cell of the row, from 0.
        optional: Whether a file need not have it: notes, the cover, the page of key terms.
    """

    place: Location
    kind: SentKind
    text: str
    spans: tuple[Span, ...] = ()
    bookmark: str = ""
    row: int = 0
    column: int = 0
    optional: bool = False

    def masked(self, tags: frozenset[str] = frozenset()) -> tuple[Masked, ...]:
        """Return its words that are masked; of the values only those of these tags."""
        if not self.spans:
            return ()
        return tuple((one.start, one.end, one.key) for one in self.spans if not one.path or one.key in tags)

    def tokens(self, tags: frozenset[str] = frozenset()) -> list[Token]:
        """Return its words by which it is compared; of the values only those of these tags are masked."""
        return masked_tokens(self.text, self.masked(tags))


def masked_tokens(text: str, spans: Sequence[Masked]) -> list[Token]:
    """Return the tokens of a text in which each span is one token of its own, known by its key."""
    out: list[Token] = []
    at = 0
    for start, end, key in spans:
        if start < at:
            continue
        out += tokens_of(text[at:start])
        if out and out[-1].key == key and start == at and key.startswith("\0r:"):
            out[-1] = Token(key, out[-1].text + text[start:end])
        else:
            out.append(Token(key, text[start:end]))
        at = end
    out += tokens_of(text[at:])
    return out


def sent_paragraphs(agreement: Agreement, known: Known) -> list[SentParagraph]:
    """Return the agreement as paragraphs in the order in which Word shows them."""
    return _Sender(agreement, known).send()


@dataclass(slots=True)
class _Sender:
    agreement: Agreement
    known: Known
    out: list[SentParagraph] = field(default_factory=list)
    _row: int = 0
    _bookmark: str = ""  # of the division whose first paragraph is still to come
    _signed: bool = False  # whether only a line to sign on can be that
    _notes: defaultdict[str, list[Note]] = field(default_factory=lambda: defaultdict(list))

    def send(self) -> list[SentParagraph]:
        document = self.agreement.document
        for note in document.notes:
            self._notes[note.anchor.division].append(note)
        cover = Location(heading="Cover")
        self._optional(cover, [document.title, document.short, document.meta.organisation, document.meta.reference])
        self._optional(cover, (plain_text(line) for line in document.subtitle))
        for block in (*document.opening, *document.summary):
            self._block(block, cover, "cover", optional=True)
        self._optional(cover, [document.headings.summary, document.headings.contents])
        for heading, divisions in (
            (document.headings.parties, document.parties),
            (document.headings.background, document.background),
            (document.headings.agreed, document.body),
            ("", document.schedules),
            (document.headings.execution, document.execution),
        ):
            if divisions and heading:
                top = divisions[0]
                place = Location(top.id, top.id, "", heading, by="neighbour", confidence=0.5)
                self.out.append(SentParagraph(place, "section", heading))
            for division in divisions:
                self._division(division, None)
        return self.out

    def _optional(self, place: Location, texts: Iterable[str], kind: SentKind = "cover") -> None:
        self.out += [SentParagraph(place, kind, " ".join(text.split()), optional=True) for text in texts if text]

    # ---------------------------------------------------------------------------------------- divisions

    def _division(self, division: Division, top: Division | None) -> None:
        if top is None or isinstance(top, Part | SchedulePart):
            top = division
        place = self._place(division, top)
        self._bookmark = self.known.bookmarks[division.id]
        self._signed = division.number is None and not division.heading  # only where somebody signs, and then there
        if _empty_head(division):
            self._put(place, "heading", "", optional=True)
        if division.heading:
            self._say(place, "heading", division.heading)
        for number, block in enumerate(division.blocks):
            self._provision(block, place, number)
        self._bookmark = ""
        for note in self._notes.get(division.id, ()):
            where = _at(place, NOTE)
            at = len(self.out)
            for block in note.blocks:
                self._block(block, where, "note", optional=True)
            if at < len(self.out):  # printed in the text, a note says first who speaks
                self.out[at] = replace(self.out[at], text=f"{author_of(note)}: {self.out[at].text}", spans=())
            self._optional(where, [sources_of(note)] if note.cites else [], "note")
        for child in division.children:
            self._division(child, top)

    def _place(self, division: Division, top: Division) -> Location:
        schedule = top.number.label if isinstance(top, Schedule) and top.number else ""
        number = number_in_print(division, schedule)
        return Location(division.id, top.id, number, plain_text(top.heading), by="bookmark", confidence=1.0)

    # ------------------------------------------------------------------------------------------- blocks

    def _provision(self, block: Block, place: Location, number: int) -> None:
        """Put down a block of a provision, which has a place for each of its paragraphs."""
        match block:
            case Para(inlines):
                self._say(_at(place, number), "text", inlines)
            case List(items):
                for row, item in enumerate(items):
                    self._say(_at(place, number, row), "item", item)
            case DefinitionEntry(id_, term, inlines):
                where = _at(place, number, term=id_)
                self._say(where, "definition", inlines, term + definition_gap(inlines))
            case Table():
                self._block(block, _at(place, number), "row")
            case SignatureLines():
                self._block(block, _at(place, number), "signature")

    def _block(self, block: Block, place: Location, kind: SentKind, *, optional: bool = False) -> None:
        match block:
            case Table(header, rows):
                for row, cells in enumerate((header, *rows)):
                    self._row += 1
                    for column, cell in enumerate(cells):
                        self._say(_at(place, place.block, row), kind, cell, column=column, optional=optional)
            case SignatureLines(lead, lines):
                self._say(place, kind, lead, optional=optional)
                for at in range(0, len(lines), SIGNATURE_LINES_ACROSS):
                    across = lines[at : at + SIGNATURE_LINES_ACROSS]
                    self._row += 1
                    for column, line in enumerate(across):
                        self._say(_at(place, place.block, at + column + 1), kind, (), line.label, column=column)
                    self._row += 1
                    for column, line in enumerate(across):
                        self._say(_at(place, place.block, at + column + 1), kind, line.inlines, column=column)
            case DefinitionEntry(_, term, inlines):
                self._say(place, kind, inlines, term + definition_gap(inlines), optional=optional)
            case _:
                for row, run in enumerate(block_inlines(block)):
                    self._say(_at(place, place.block, row), kind, run, optional=optional)

    def _say(
        self,
        place: Location,
        kind: SentKind,
        inlines: tuple[Inline, ...],
        before: str = "",
        *,
        column: int = -1,
        optional: bool = False,
    ) -> None:
        texts: list[str] = [before]
        spans: list[Span] = []
        self._read(inlines, texts, spans, len(before))
        row = self._row if column >= 0 else 0
        said = "".join(texts)
        self._put(place, kind, said, tuple(spans), row, max(column, 0), optional=optional or (not said and not row))

    def _put(
        self,
        place: Location,
        kind: SentKind,
        text: str,
        spans: tuple[Span, ...] = (),
        row: int = 0,
        column: int = 0,
        *,
        optional: bool,
    ) -> None:
        bookmark = ""
        if self._bookmark and (kind == "signature" or not self._signed):
            bookmark, self._bookmark = self._bookmark, ""
        self.out.append(SentParagraph(place, kind, text, spans, bookmark, row, column, optional))

    def _read(self, inlines: Iterable[Inline], texts: list[str], spans: list[Span], at: int) -> int:
        """Add the words of inlines, and what is masked of them; return where they end."""
        for inline in inlines:
            if isinstance(inline, _WORDS):
                texts.append(inline.text)
                at += len(inline.text)
            elif isinstance(inline, _HOLDERS):
                at = self._read(inline.inlines, texts, spans, at)
            elif isinstance(inline, Reference) and inline.agreement in ("", self.agreement.precedent):
                for part in inline.parts:
                    at = _add(texts, spans, at, part.text, self._number(part.target))
            else:
                path = inline.path if isinstance(inline, _VALUES) else ""
                at = _add(texts, spans, at, plain_text((inline,)), f"\0v:{tag(path)}" if path else "", path)
        return at

    def _number(self, target: str) -> str:
        """Return the key of the number of a division; "" where it has none."""
        found = self.known.divisions.get(target) if target else None
        return f"\0r:{self.known.bookmarks[found.id]}" if found is not None and found.number is not None else ""


def _add(texts: list[str], spans: list[Span], at: int, words: str, key: str = "", path: str = "") -> int:
    """Add words, masked where they have a key; return where they end."""
    end = at + len(words)
    texts.append(words)
    if key:
        spans.append(Span(at, end, key, path))
    return end


def _at(place: Location, block: int, row: int = 0, *, term: str = "") -> Location:
    """Return a place in the division of another."""
    # The constructor takes a third of the time of `replace`, and every paragraph of an agreement has a place.
    return Location(place.id, place.clause, place.number, place.heading, term, block, row, place.by, place.confidence)


def _empty_head(division: Division) -> bool:
    """Whether Word has a paragraph for the number of a division alone."""
    if division.heading or (division.blocks and isinstance(division.blocks[0], Para)):
        return isinstance(division, Schedule) and not division.heading
    return not isinstance(division, Part | SchedulePart | ExecutionBlock)
