"""Hanging notes on the words they explain: comment ranges, or paragraphs of their own for inline notes.

A note on a phrase stands on exactly the phrase's runs. Any other note stands on the heading or, where there
is none, on the first paragraph with words; a note on a whole division runs to its last paragraph. The text is
finished before anything is hung on it, so a range can never be lost to a later change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from agreementkit.diagnostics import Diagnostic
from agreementkit.errors import OutputError
from agreementkit.tree.nodes import Note
from agreementkit.writers.word.allocate import Allocator
from agreementkit.writers.word.markup import run
from agreementkit.writers.word.notes.comments import Comment, note_paragraphs, range_end, range_start
from agreementkit.writers.word.styles.roles import Role, Styles
from agreementkit.writers.word.text.inlines import InlineWriter
from agreementkit.writers.word.text.sheet import Paragraph, Piece, paragraphs

Mode = Literal["comments", "inline", "none"]


@dataclass(slots=True)
class Anchors:
    """The notes of one document while its body is being written.

    Attributes:
        notes: All notes of the document.
        mode: How they are shown.
        styles: Styles of the house file.
        allocator: Ids of the document.
        writer: Writes the inlines inside a note.
        comments: The comments placed so far are those of this list; one a note, in the order of the notes.
    """

    notes: tuple[Note, ...]
    mode: Mode
    styles: Styles
    allocator: Allocator
    writer: InlineWriter
    comments: list[Comment] = field(default_factory=list)
    _phrases: defaultdict[tuple[str, str], list[Comment]] = field(default_factory=lambda: defaultdict(list))
    _divisions: defaultdict[str, list[Comment]] = field(default_factory=lambda: defaultdict(list))
    _placed: set[int] = field(default_factory=set)
    _pending: list[Comment] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.mode == "none":
            return
        for note in self.notes:
            comment = Comment(self.allocator.next("comment") - 1, note)
            if not note_paragraphs(note, self.writer):
                continue
            self.comments.append(comment)
            if note.anchor.phrase:
                self._phrases[note.anchor.division, note.anchor.phrase].append(comment)
            self._divisions[note.anchor.division].append(comment)

    def phrase(self, key: str, runs: str, divisions: Iterable[str]) -> str:
        """Return the runs of a phrase with the notes of any of `divisions` that point at it."""
        found = [c for division in divisions for c in self._phrases.get((division, key), ())]
        found = [c for c in found if c.id not in self._placed]
        if not found or not runs:
            return runs
        self._placed.update(c.id for c in found)
        if self.mode == "inline":
            self._pending += found
            return runs
        starts = "".join(range_start(c) for c in found)
        return starts + runs + "".join(range_end(c, self.styles) for c in found)

    def after_block(self, indent: int) -> list[Piece]:
        """Return the inline notes that wait for the block just written to end."""
        waiting, self._pending = self._pending, []
        return [piece for comment in waiting for piece in self._inline(comment, indent)]

    def hang(self, division: str, pieces: list[Piece], start: int, indent: int) -> None:
        """Hang the notes of a division, which fills `pieces` from `start`, on its words."""
        waiting = [c for c in self._divisions.get(division, ()) if c.id not in self._placed]
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
            pieces[at:at] = [piece for comment in waiting for piece in self._inline(comment, indent)]
            return
        for comment in waiting:
            last = worded[-1] if comment.note.anchor.whole else worded[0]
            worded[0].opening.append(range_start(comment))
            last.closing.append(range_end(comment, self.styles))

    def finish(self) -> None:
        """Make sure that no note was lost."""
        lost = [c.note for c in self.comments if c.id not in self._placed]
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

    def _inline(self, comment: Comment, indent: int) -> list[Piece]:
        note = comment.note
        out: list[Piece] = []
        for order, (runs, bullet) in enumerate(note_paragraphs(note, self.writer)):
            voice = run(f"{note.author or note.voice.value}: ", "<w:b/><w:bCs/>") if order == 0 else ""
            point = run("• ") if bullet else ""
            left = indent + 187 + (284 if bullet else 0)
            out.append(
                Paragraph(
                    self.styles[Role.NOTE],
                    voice + point + runs,
                    text=False,  # a note is no text of the agreement, and no other note stands on it
                    indent=f'w:left="{left}"' + (' w:hanging="284"' if bullet else ""),
                )
            )
        return out


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
