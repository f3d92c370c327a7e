"""Finds the clauses of a Word file: its headings, and the paragraphs that belong to the one that is meant."""

from __future__ import annotations

import re
from collections import Counter as Tally
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from agreementkit.authoring.importing.labels import Mark, Rank, bare, take_mark
from agreementkit.authoring.importing.paragraphs import Paragraph, Piece, Reader, Run
from agreementkit.authoring.importing.wordfile import WordFile
from agreementkit.diagnostics import Diagnostic, Place, nearest
from agreementkit.errors import SourceError
from agreementkit.writers.word.styles.stylesheet import BODY_LEVEL

_LONG = 14
"""Words above which a paragraph is no heading, unless its style says so."""
_CONTENTS = re.compile(r"(toc|contents) ?\d?\b", re.IGNORECASE)
_LOWEST = 30
_SHOWN = 12


@dataclass(slots=True)
class Line:
    """A piece of the file with what is known about its place.

    Attributes:
        piece: The paragraph or table.
        mark: Its number.
        runs: Its words without a typed number.
        depth: How far down it stands among headings and numbers, from 0; None for what has no number and is no heading.
        heading: Whether it is a heading.
        lost: What was left out of it.
    """

    piece: Piece
    mark: Mark | None = None
    runs: list[Run] = field(default_factory=list)
    depth: int | None = None
    heading: bool = False
    lost: Tally[str] = field(default_factory=Tally)

    @property
    def text(self) -> str:
        """Its words on one line."""
        return " ".join("".join(run.text for run in self.runs).split())

    @property
    def label(self) -> str:
        """Its number."""
        return self.mark.label if self.mark else ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A heading of a Word file.

    Attributes:
        number: Its number as printed, or nothing.
        text: Its words.
        depth: How far down it stands.
    """

    number: str
    text: str
    depth: int

    def __str__(self) -> str:
        return " ".join(filter(None, (self.number, self.text)))


@dataclass(frozen=True, slots=True)
class Section:
    """What was asked for: its heading, if it has one, and the pieces below it."""

    heading: Line | None
    lines: tuple[Line, ...]


def read_lines(file: WordFile) -> list[Line]:
    """Return every paragraph and table of a file with its number and its depth; contents are left out."""
    out: list[Line] = []
    before: Mark | None = None
    for piece, lost in Reader(file).pieces():
        if not isinstance(piece, Paragraph):
            out.append(Line(piece, lost=lost))
            continue
        if _CONTENTS.match(piece.style) and piece.outline == BODY_LEVEL:
            continue
        if not piece.text:
            if lost:
                out.append(Line(piece, lost=lost))
            continue
        mark, runs = take_mark(piece, before)
        if mark is not None and not mark.family and not mark.is_bullet:
            before = mark
        line = Line(piece, mark, runs, lost=lost)
        line.heading, line.depth = _rank(line, piece)
        out.append(line)
    return out


def _rank(line: Line, piece: Paragraph) -> tuple[bool, int | None]:
    """Return whether a paragraph is a heading, and how far down it stands."""
    short = len(line.text.split()) <= _LONG and not line.text.endswith((".", ";", ":", ","))
    top = line.mark is not None and line.mark.rank == 0 and not line.mark.is_bullet
    if piece.outline < BODY_LEVEL and short:
        return True, piece.outline
    if top and short:
        return True, 0
    if line.mark is None and short and all(run.bold for run in line.runs if run.text.strip()):
        return True, _LOWEST
    if line.mark is not None and not line.mark.is_bullet:
        return False, line.mark.rank
    return False, None


def candidates(file: WordFile) -> tuple[Candidate, ...]:
    """Return the headings of a file in their order."""
    return tuple(_candidate(line) for line in read_lines(file) if line.heading)


def _candidate(line: Line) -> Candidate:
    text = line.text if len(line.text) <= 80 else f"{line.text[:79]}…"
    return Candidate(line.label, text, line.depth or 0)


def find_section(file: WordFile, wanted: str) -> Section:
    """Return the clause that is meant by a number, the words of its heading, or words of it.

    Raises:
        SourceError: AK290 when nothing is found, or several things are; with the nearest headings.
    """
    lines = read_lines(file)
    found = _matching(lines, wanted)
    if len(found) != 1:
        raise SourceError(_unclear(file, lines, wanted, [lines[at] for at in found]))
    at = found[0]
    start = lines[at]
    if start.depth is None:  # words of a paragraph without a number: that paragraph alone
        return Section(None, (start,))
    end = next((n for n in range(at + 1, len(lines)) if _ends(lines[n], start)), len(lines))
    return Section(start, tuple(lines[at + 1 : end])) if start.heading else Section(None, tuple(lines[at:end]))


def _ends(line: Line, start: Line) -> bool:
    """Whether a line no longer belongs to what `start` begins."""
    if line.depth is None or start.depth is None:
        return False
    if start.heading:
        return line.heading and line.depth <= start.depth
    return line.depth <= start.depth or line.heading


def _matching(lines: Sequence[Line], wanted: str) -> list[int]:
    """Return the places of what is meant, by the first way of looking that finds anything.

    Headings come first, and of those the ones furthest out: "7" is clause 7, though a schedule may have a paragraph 7.
    """
    number, words = bare(wanted).casefold(), " ".join(wanted.split()).casefold()
    stages: tuple[Callable[[Line], bool], ...] = (
        lambda line: bool(line.label) and bare(line.label).casefold() == number,
        lambda line: line.heading and line.text.casefold() == words,
        lambda line: (
            line.heading and words in (f"{one} {line.text}".casefold() for one in (line.label, bare(line.label)))
        ),
        lambda line: line.heading and words in line.text.casefold(),
        lambda line: words in line.text.casefold(),
    )
    for holds in stages if words else ():
        found = [at for at, line in enumerate(lines) if isinstance(line.piece, Paragraph) and holds(line)]
        headings = [at for at in found if lines[at].heading]
        if headings:
            outer = min(_depth(lines[at]) for at in headings)
            return [at for at in headings if _depth(lines[at]) == outer]
        if found:
            return found
    return []


def _depth(line: Line) -> int:
    return _LOWEST if line.depth is None else line.depth


def _unclear(file: WordFile, lines: Sequence[Line], wanted: str, found: Sequence[Line]) -> Diagnostic:
    headings = [_candidate(line) for line in lines if line.heading]
    if found:
        said = "; ".join(f"“{_candidate(line)}”" for line in found[:_SHOWN])
        hint = f"name one of them by its number, or by more of its words: {said}"
        return Diagnostic("AK290", f"{wanted!r} means {len(found)} places of {file.name}", hints=(hint,))
    near = nearest(wanted.casefold(), [one.text.casefold() for one in headings])
    meant = next((one for one in headings if one.text.casefold() == near), None)
    hints: tuple[str, ...] = (f"did you mean “{meant}”?",) if meant else ()
    if not meant and 0 < len(headings) <= _SHOWN:
        hints = ("its headings are: " + "; ".join(f"“{one}”" for one in headings),)
    listing = "`--list` prints its headings" if headings else "no heading was found in it; name words of the paragraph"
    message = f"there is no heading, number or text {wanted!r} in {file.name}"
    return Diagnostic("AK290", message, place=Place(file.name), hints=(*hints, listing))


def is_bullet(line: Line) -> bool:
    """Return whether a line is a bullet."""
    return line.mark is not None and line.mark.rank == Rank.BULLET
