"""Where notes stand in a Markdown file, and their numbers.

A note on a phrase stands directly after it; any other note stands after the heading of its division or, where
there is none, after its first words. Footnotes are numbered in the order in which they are printed. Notes whose
marks would touch share a footnote, for "31" and "32" side by side read 3132.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Literal

from agreementkit.diagnostics import Diagnostic
from agreementkit.errors import OutputError
from agreementkit.tree.nodes import Document, Note
from agreementkit.writers.survey import Survey


class Placing:
    """The notes of one document while it is being written.

    Args:
        document: The document.
        known: Which divisions and phrases it has.
        mode: How notes are shown.

    Attributes:
        printed: The notes of each mark, in the order in which the marks were printed.
        after: Notes to be printed in full after the block being written.

    Raises:
        OutputError: AK704, a note points at a division that is not there.
    """

    def __init__(self, document: Document, known: Survey, mode: Literal["footnotes", "inline", "none"]) -> None:
        self.mode = mode
        self.printed: list[list[Note]] = []
        self.after: list[Note] = []
        self._by_place: defaultdict[tuple[str, str], list[Note]] = defaultdict(list)
        self._waiting: list[Note] = []
        if mode == "none":
            return
        lost = [note for note in document.notes if note.anchor.division not in known.divisions]
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
        for note in document.notes:
            place = (note.anchor.division, note.anchor.phrase)
            self._by_place[place if place in known.phrases else (place[0], "")].append(note)

    def enter(self, division: str) -> None:
        """Let the notes on a division wait for its first words."""
        self._waiting += self._by_place.pop((division, ""), ())

    @property
    def waiting(self) -> bool:
        """Whether notes wait for words to stand on."""
        return bool(self._waiting)

    def on_words(self, *, touching: bool) -> str:
        """Return the mark of the notes that have been waiting; none where it would touch another."""
        waiting, self._waiting = self._waiting, []
        return self._mark(waiting, touching=touching)

    def on_phrase(self, division: str, phrase: str, *, touching: bool) -> str:
        """Return the mark of the notes on a phrase, none where it would touch another; each note is printed once."""
        return self._mark(self._by_place.pop((division, phrase), ()), touching=touching)

    def _mark(self, notes: Sequence[Note], *, touching: bool) -> str:
        if not notes:
            return ""
        if self.mode == "inline":
            self.after += notes
            return ""
        if touching:
            self.printed[-1] += notes
            return ""
        self.printed.append(list(notes))
        return f"[^{len(self.printed)}]"

    def in_full(self) -> list[Note]:
        """Return the notes to print after the block just written, and forget them."""
        after, self.after = self.after, []
        return after
