"""Hanging notes on the words they explain: comment ranges, footnote marks, or paragraphs of their own in the text.

A note on a phrase stands on exactly the phrase's runs. Any other note stands on the heading or, where there
is none, on the first paragraph with words; a note on a whole division runs to its last paragraph. The text is
finished before anything is hung on it, so a range can never be lost to a later change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from agreementkit.diagnostics import Diagnostic
from agreementkit.errors import OutputError
from agreementkit.tree.nodes import Note
from agreementkit.writers.threads import Thread
from agreementkit.writers.word.allocate import Allocator
from agreementkit.writers.word.notes import footnotes
from agreementkit.writers.word.notes.comments import Hung, range_end, range_start
from agreementkit.writers.word.notes.spoken import BULLET_ROOM, Mode, Placed, note_paragraphs
from agreementkit.writers.word.notes.spots import hang_on, words_of
from agreementkit.writers.word.styles.numbering import Place
from agreementkit.writers.word.styles.roles import Role, Styles
from agreementkit.writers.word.text.inlines import InlineWriter
from agreementkit.writers.word.text.sheet import Paragraph, Piece, paragraphs

NOTE_STEP = 187
"""How far inside the text a note stands that is printed in it, in twips."""


@dataclass(slots=True)
class Anchors:
    """The notes of one document while its body is being written.

    Attributes:
        notes: All notes of the document.
        mode: How they are shown.
        styles: Styles of the house file.
        allocator: Ids of the document.
        writer: Writes the inlines inside a note.
        bullets: List and level of an item of a list inside a note.
        first: Id of the first note.
        threads: Comments of reviewers; they are Word comments however notes are shown.
        placed: The notes with the ids of their marks, in the order of the notes.
        hung: The threads with the ids of their marks.
    """

    notes: tuple[Note, ...]
    mode: Mode
    styles: Styles
    allocator: Allocator
    writer: InlineWriter
    bullets: Place | None = None
    first: int = 0
    threads: tuple[Thread, ...] = ()
    placed: list[Placed] = field(default_factory=list)
    hung: list[Hung] = field(default_factory=list)
    _phrases: dict[str, dict[str, list[Placed]]] = field(default_factory=dict)
    _divisions: defaultdict[str, list[Placed]] = field(default_factory=lambda: defaultdict(list))
    _placed: set[int] = field(default_factory=set)
    _pending: list[Placed] = field(default_factory=list)
    _waiting: defaultdict[str, list[Hung]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        self._take_notes()
        for thread in self.threads:
            numbers = range(1 + len(thread.replies))
            self.hung.append(Hung(tuple(self.first + self.allocator.next("note") - 1 for _ in numbers), thread))
            self._waiting[thread.division].append(self.hung[-1])

    def _take_notes(self) -> None:
        if self.mode == "none":
            return
        for note in self.notes:
            said = note_paragraphs(note, self.writer)
            if not said:
                continue
            comment = Placed(self.first + self.allocator.next("note") - 1, note, said)
            self.placed.append(comment)
            if note.anchor.phrase:
                by_division = self._phrases.setdefault(note.anchor.phrase, {})
                by_division.setdefault(note.anchor.division, []).append(comment)
            self._divisions[note.anchor.division].append(comment)

    def phrase(self, key: str, runs: str, divisions: Iterable[str]) -> str:
        """Return the runs of a phrase with the notes of any of `divisions` that point at it."""
        by_division = self._phrases.get(key)
        if by_division is None or not runs:
            return runs
        found = [c for division in divisions for c in by_division.get(division, ()) if c.id not in self._placed]
        if not found:
            return runs
        self._placed.update(c.id for c in found)
        if self.mode == "inline":
            self._pending += found
            return runs
        if self.mode == "footnotes":
            return runs + "".join(footnotes.reference(c, self.styles) for c in found)
        starts = "".join(range_start(c) for c in found)
        return starts + runs + "".join(range_end(c, self.styles) for c in found)

    def after_block(self, indent: int, *, keep_next: bool = False) -> list[Piece]:
        """Return the inline notes that wait for the block just written to end."""
        if not self._pending:
            return []
        waiting, self._pending = self._pending, []
        return [piece for comment in waiting for piece in self._inline(comment, indent, keep_next=keep_next)]

    def hang(self, division: str, pieces: list[Piece], start: int, indent: int) -> None:
        """Hang the notes and threads of a division, which fills `pieces` from `start`, on its words."""
        for hung in self._waiting.pop(division, ()):
            self._hang_thread(hung, paragraphs(pieces[start:]))
        here = self._divisions.get(division)
        if here is None:
            return
        waiting = [c for c in here if c.id not in self._placed]
        if not waiting:
            return
        worded = [paragraph for paragraph in paragraphs(pieces[start:]) if paragraph.text]
        if not worded:
            raise OutputError(
                Diagnostic(
                    "AK703",
                    f"A note on {division!r} has no words to stand on.",
                    hints=("point the note at a division that has text",),
                    path=division,
                )
            )
        self._placed.update(c.id for c in waiting)
        if self.mode == "inline":
            at = _end_of_block(pieces, pieces.index(worded[0], start))
            while at < len(pieces) and _is_note(pieces[at], self.styles):
                at += 1  # notes on phrases come first, as their footnote marks would
            pieces[at:at] = [
                piece for comment in waiting for piece in self._inline(comment, indent, keep_next=worded[0].keep_next)
            ]
            return
        if self.mode == "footnotes":
            worded[0].closing += [footnotes.reference(c, self.styles) for c in waiting]
            return
        for comment in waiting:
            last = worded[-1] if comment.note.anchor.whole else worded[0]
            worded[0].opening.append(range_start(comment))
            last.closing.append(range_end(comment, self.styles))

    def _hang_thread(self, hung: Hung, written: list[Paragraph]) -> None:
        """Hang a thread on its words, else on the paragraph that begins as it says, else on the first."""
        thread = hung.thread
        worded = [one for one in written if one.text]
        chosen = [one for one in worded if thread.opening and words_of(one.runs).startswith(thread.opening)] or worded
        quote = next((line for line in thread.quote.split("\n") if line.strip()), "")
        for one in chosen:
            marked = hang_on(one.runs, quote, hung.starts, hung.ends(self.styles)) if quote else None
            if marked is not None:
                one.runs = marked
                return
        if chosen:
            chosen[0].opening.append(hung.starts)
            chosen[0].closing.append(hung.ends(self.styles))
        else:
            self._waiting[""].append(hung)

    def finish(self, pieces: list[Piece]) -> None:
        """Make sure that no note and no thread was lost; a thread without a place goes to the first words."""
        homeless = [hung for listed in self._waiting.values() for hung in listed]
        self._waiting.clear()
        for hung in homeless:
            self._hang_thread(hung, paragraphs(pieces))
        lost = [c.note for c in self.placed if c.id not in self._placed]
        if lost:
            raise OutputError(
                *(
                    Diagnostic(
                        "AK704",
                        f"The note {note.id!r} points at {note.anchor.division!r}, which is not there.",
                        hints=("point the note at a division of this agreement",),
                        path=note.anchor.division,
                    )
                    for note in lost
                )
            )

    def _inline(self, placed: Placed, indent: int, *, keep_next: bool) -> list[Piece]:
        return [
            Paragraph(
                self.styles[Role.NOTE],
                one.runs,
                keep_next=keep_next,
                text=False,  # a note is no text of the agreement, and no other note stands on it
                place=self.bullets if one.bullet else None,
                indent=_bullet_indent(indent) if one.bullet else f'w:left="{indent + NOTE_STEP}"',
            )
            for one in placed.voiced()
        ]


def _bullet_indent(indent: int) -> str:
    return f'w:left="{indent + NOTE_STEP + BULLET_ROOM}" w:hanging="{BULLET_ROOM}"'


def _is_note(piece: Piece, styles: Styles) -> bool:
    return isinstance(piece, Paragraph) and piece.style == styles[Role.NOTE] and not piece.text


def _end_of_block(pieces: list[Piece], at: int) -> int:
    """Return the place after the paragraph at `at`, or after the table it stands in."""
    at += 1
    piece = pieces[at] if at < len(pieces) else ""
    if not (isinstance(piece, str) and piece.startswith("</w:tc>")):
        return at
    while not (isinstance(piece, str) and piece.endswith("</w:tbl>")):
        at += 1
        piece = pieces[at]
    return at + 1
