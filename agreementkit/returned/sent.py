"""The agreement as it was sent, paragraph by paragraph as Word shows it, each with its place.

What comes back is laid beside these. Words that Word computes are masked on both sides: the number that a
cross-reference prints is known by what it refers to, so that a renumbered file has no edits.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from agreementkit.agreement import Agreement
from agreementkit.comparing.units import Unit, units
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
    Value,
)
from agreementkit.tree.walk import block_inlines, plain_text
from agreementkit.writers.html.text import number_in_print
from agreementkit.writers.outline import SIGNATURE_LINES_ACROSS, author_of, definition_gap, sources_of
from agreementkit.writers.word.values.controls import tag

NOTE = -2
"""Block of a place that is a note printed in the text, which is no part of the agreement."""

SentKind = Literal["heading", "text", "item", "row", "definition", "signature", "note", "cover", "section"]


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

    def tokens(self, masked: frozenset[str] = frozenset()) -> list[Token]:
        """Return its words by which it is compared; of the values only those of these tags are masked."""
        spans = [one for one in self.spans if not one.path or one.key in masked]
        return masked_tokens(self.text, [(one.start, one.end, one.key) for one in spans])


def masked_tokens(text: str, spans: Sequence[tuple[int, int, str]]) -> list[Token]:
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
        start = len(self.out)
        if _empty_head(division):
            self.out.append(SentParagraph(replace(place, block=-1), "heading", "", optional=True))
        for unit in units(division):
            if unit.kind not in ("row", "signature"):
                self._unit(unit, place)
            elif unit.row == 0:
                self._block(division.blocks[unit.block], replace(place, block=unit.block), unit.kind)
        marked = start
        if division.number is None and not division.heading:  # only where somebody signs, and then there
            found = (at for at in range(start, len(self.out)) if self.out[at].kind == "signature")
            marked = next(found, len(self.out))
        if marked < len(self.out):
            self.out[marked] = replace(self.out[marked], bookmark=self.known.bookmarks[division.id])
        for note in self._notes.get(division.id, ()):
            where = replace(place, block=NOTE)
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

    def _unit(self, unit: Unit, place: Location) -> None:
        inlines = unit.cells[0] if unit.cells else ()
        before = ""
        if unit.kind == "definition":
            before = unit.text[: len(unit.text) - len(plain_text(inlines))]
        where = replace(place, block=unit.block, row=unit.row, term=unit.key)
        self._say(where, unit.kind, inlines, before)

    def _block(self, block: Block, place: Location, kind: SentKind, *, optional: bool = False) -> None:
        match block:
            case Table(header, rows):
                for row, cells in enumerate((header, *rows)):
                    self._row += 1
                    for column, cell in enumerate(cells):
                        self._say(replace(place, row=row), kind, cell, column=column, optional=optional)
            case SignatureLines(lead, lines):
                self._say(place, kind, lead, optional=optional)
                for at in range(0, len(lines), SIGNATURE_LINES_ACROSS):
                    across = lines[at : at + SIGNATURE_LINES_ACROSS]
                    self._row += 1
                    for column, line in enumerate(across):
                        self._say(replace(place, row=at + column + 1), kind, (), line.label, column=column)
                    self._row += 1
                    for column, line in enumerate(across):
                        self._say(replace(place, row=at + column + 1), kind, line.inlines, column=column)
            case DefinitionEntry(_, term, inlines):
                self._say(place, kind, inlines, term + definition_gap(inlines), optional=optional)
            case _:
                for row, run in enumerate(block_inlines(block)):
                    self._say(replace(place, row=row), kind, run, optional=optional)

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
        text, spans = [before], []
        at = len(before)
        for words, key, path in self._pieces(inlines):
            if key:
                spans.append(Span(at, at + len(words), key, path))
            text.append(words)
            at += len(words)
        row = self._row if column >= 0 else 0
        said = "".join(text)
        self.out.append(
            SentParagraph(place, kind, said, tuple(spans), "", row, max(column, 0), optional or (not said and not row))
        )

    def _pieces(self, inlines: Iterable[Inline]) -> Iterator[tuple[str, str, str]]:
        """Yield the words of inlines, each with its key and path where it is masked."""
        for inline in inlines:
            match inline:
                case Emphasis(inner) | Strong(inner) | Phrase(_, inner):
                    yield from self._pieces(inner)
                case Value(path, text) if path:
                    yield text, f"\0v:{tag(path)}", path
                case Blank(path) if path:
                    yield plain_text((inline,)), f"\0v:{tag(path)}", path
                case Reference(_, parts, agreement) if agreement in ("", self.agreement.precedent):
                    for part in parts:
                        target = self.known.divisions.get(part.target) if part.target else None
                        numbered = target is not None and target.number is not None
                        yield part.text, f"\0r:{self.known.bookmarks[part.target]}" if numbered else "", ""
                case _:
                    yield plain_text((inline,)), "", ""


def _empty_head(division: Division) -> bool:
    """Whether Word has a paragraph for the number of a division alone."""
    if division.heading or (division.blocks and isinstance(division.blocks[0], Para)):
        return isinstance(division, Schedule) and not division.heading
    return not isinstance(division, Part | SchedulePart | ExecutionBlock)
