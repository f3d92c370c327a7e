"""Where every key and value of a YAML text stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from agreementkit.diagnostics import Place
from agreementkit.source.text import SourceText

Loc = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """Where a value stands: line and column counted from 0, and its length on that line."""

    line: int
    column: int
    length: int


@dataclass(slots=True)
class Positions:
    """Where every value and key of a YAML text stands.

    Attributes:
        source: The text.
        first_line: Number of its first line in the whole file.
        values: Span of each value by its path.
        keys: Span of each key by the path of its value.
        written: How a plain or quoted value was written, by path.
        quoted: Paths of the values in quotes.
    """

    source: SourceText
    first_line: int = 1
    values: dict[Loc, Span] = field(default_factory=dict)
    keys: dict[Loc, Span] = field(default_factory=dict)
    written: dict[Loc, str] = field(default_factory=dict)
    quoted: set[Loc] = field(default_factory=set)

    def place(self, loc: Loc, of: Literal["value", "key"] = "value") -> Place:
        """Return where `loc` stands; where there is no such path, where its nearest ancestor stands."""
        loc = tuple(loc)
        while True:
            span = (self.keys.get(loc) if of == "key" else None) or self.values.get(loc)
            # The value of a section starts on the line after its name; the name is what one looks for.
            if span is not None and loc not in self.written and loc in self.keys:
                span = self.keys[loc]
            if span is not None:
                return self.at(span)
            if not loc:
                return Place(self.source.file)
            loc, of = loc[:-1], "key"

    def at(self, span: Span) -> Place:
        """Return the place of `span` in the whole file."""
        lines = self.source.lines
        shown = lines[span.line] if span.line < len(lines) else ""
        return Place(self.source.file, span.line + self.first_line, span.column + 1, max(1, span.length), shown)
