"""One part of a Word file as the paragraphs somebody reads.

A piece is a stretch of words that all have the same fate: put in, struck out or moved by somebody, in a content
control, printed by a field. The same pieces are read in two views: as it was before the tracked changes, and as it is
with all of them accepted. Text of a list of contents is kept apart, since Word writes it anew whenever it likes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from lxml import etree

BOOKMARK = "ak_"
"""How the names of our bookmarks begin."""

MOST_QUOTED = 400
"""Characters of the words under a comment that are kept."""

MOST_JOINED = 200
"""Paragraphs of the file that may be one in a view; nobody joins more."""

View = Literal["original", "final"]
VIEWS: tuple[View, ...] = ("original", "final")


class Mark(NamedTuple):
    """Who did something, and when as the file has it."""

    author: str
    when: str


class Piece(NamedTuple):
    """A stretch of words with one fate.

    Attributes:
        text: The words.
        ins: Who put it in, if somebody did.
        gone: Who struck it out, if somebody did.
        move: Name of the move it is part of, or "".
        tag: Tag of the content control it stands in, or "".
        control: Which control of the file that is, from 1; 0 for none.
        target: Bookmark of the cross-reference that prints it, or "".
        look: What somebody did to its look, or "".
        looked: Who did that.
    """

    text: str
    ins: Mark | None = None
    gone: Mark | None = None
    move: str = ""
    tag: str = ""
    control: int = 0
    target: str = ""
    look: str = ""
    looked: Mark | None = None

    def seen(self, view: View) -> bool:
        """Whether it is there before the tracked changes, or with all of them accepted."""
        return self.ins is None if view == "original" else self.gone is None


@dataclass(slots=True, eq=False)
class Paragraph:
    """One paragraph as it stands in the file. Once its words were asked for, its pieces stay as they are.

    Attributes:
        pieces: Its words.
        bookmarks: Names of our bookmarks that begin in it.
        ins: Who put in its end, so that without the change it goes on in the next paragraph.
        gone: Who struck out its end.
        moved: Whether its end was put in or struck out by a move.
        look: What was done to its look, and who did it.
        cell: Table, row and cell it stands in, counted over the file.
        row_ins: Who put in the row or cell.
        row_gone: Who struck out the row or cell.
        contents: Whether it is part of a list of contents.
        box: Whether it stands in a text box.
        note: Id of the footnote or endnote that it is part of, or "".
        touched: Whether somebody put words in, struck some out or changed the look of some.
        numbered: Whether a cross-reference prints some of its words.
    """

    pieces: list[Piece] = field(default_factory=list)
    bookmarks: list[str] = field(default_factory=list)
    ins: Mark | None = None
    gone: Mark | None = None
    moved: bool = False
    look: tuple[Mark, str] | None = None
    cell: tuple[int, int, int] | None = None
    row_ins: Mark | None = None
    row_gone: Mark | None = None
    contents: bool = False
    box: bool = False
    note: str = ""
    touched: bool = False
    numbered: bool = False
    _original: str | None = None
    _final: str | None = None

    def text(self, view: View) -> str:
        """Return its words in one view."""
        known = self._original if view == "original" else self._final
        if known is None:  # each view is asked for half a dozen times
            self._original = "".join([one.text for one in self.pieces if one.ins is None])
            self._final = "".join([one.text for one in self.pieces if one.gone is None])
            known = self._original if view == "original" else self._final
        return known


@dataclass(slots=True, eq=False)
class Spot:
    """Where a comment stands: in which paragraph of the story, and on which words; -1 for nowhere."""

    paragraph: int = -1
    words: list[str] = field(default_factory=list)
    room: int = MOST_QUOTED


@dataclass(slots=True, eq=False)
class Story:
    """The paragraphs of one part, where its comments stand, and where its footnotes are referred to."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    spots: dict[str, Spot] = field(default_factory=dict)
    notes: dict[str, int] = field(default_factory=dict)
    embedded: int = 0

    @classmethod
    def read(cls, root: etree._Element) -> Story:
        """Return the story of a part. The tree is not changed."""
        from agreementkit.returned.walk import Walk

        walk = Walk()
        walk.read(root)
        return walk.story

    def chains(self, view: View) -> Iterator[list[int]]:
        """Yield the paragraphs of a view: each a run of paragraphs of the file whose ends are not there in it."""
        run: list[int] = []
        for number, one in enumerate(self.paragraphs):
            if run and (len(run) >= MOST_JOINED or self._apart(run[-1], number)):
                yield run
                run = []
            run.append(number)
            if (one.ins if view == "original" else one.gone) is None:
                yield run
                run = []
        if run:
            yield run

    def _apart(self, one: int, other: int) -> bool:
        before, after = self.paragraphs[one], self.paragraphs[other]
        return (before.cell, before.box, before.note) != (after.cell, after.box, after.note)
