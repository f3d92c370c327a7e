"""Lines with their places, so that every fault can name line and column."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from agreementkit.diagnostics import Place


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file.

    Attributes:
        number: Line number in the file, from 1.
        start: Column (from 0) at which `text` begins in the file's line.
        text: The part of the line still to be read.
        full: The whole line, for display.
    """

    number: int
    start: int
    text: str
    full: str

    @property
    def blank(self) -> bool:
        """Whether nothing but spaces is left."""
        return not self.text.strip()

    @property
    def indent(self) -> int:
        """Number of leading spaces of `text`."""
        return len(self.text) - len(self.text.lstrip(" "))

    def cut(self, count: int) -> Line:
        """Return the line without its first `count` characters."""
        return Line(self.number, self.start + count, self.text[count:], self.full)


class Passage:
    """A run of lines read as one text, with the place of every character in it."""

    __slots__ = ("_lines", "_starts", "file", "text")

    def __init__(self, file: str, lines: Sequence[Line]) -> None:
        self.file = file
        self._lines = tuple(lines)
        starts, offset, texts = [], 0, []
        for line in self._lines:
            starts.append(offset)
            texts.append(line.text.rstrip())
            offset += len(texts[-1]) + 1
        self._starts = starts
        self.text = "\n".join(texts)

    def place(self, offset: int, length: int = 1) -> Place:
        """Return the place of the character at `offset` of `text`."""
        index = max(0, bisect_right(self._starts, offset) - 1)
        line = self._lines[index]
        column = line.start + (offset - self._starts[index]) + 1
        return Place(self.file, line.number, column, length, line.full)
