"""Diagnostics: what was found, where, and what to do next. Creating one and drawing one stay apart.

A diagnostic is a value. It has a stable code (`AK` and three digits), a severity, a sentence, a place and
hints. `Diagnostic.render` gives the plain text used everywhere; the command line adds colour.

Code ranges: 1xx configuration, 2xx clause bank and packs, 3xx expressions and assembly, 4xx references,
definitions and notes, 5xx drafting and law, 6xx templates, 7xx output.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from html import escape

from agreementkit.table import Table

MAX_SHOWN = 240
"""How many characters of a source line a message shows."""


class Severity(StrEnum):
    """How serious a finding is. `error` stops a build, `warning` does not, `info` only tells."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Place:
    """A position in a source file.

    Attributes:
        file: Path as the user gave it, or the path inside a pack.
        line: Line, counted from 1. 0 when only the file is known.
        column: Column in characters, counted from 1. 0 when only the line is known.
        length: Number of characters the caret underlines, at least 1.
        source: The text of that line, for display; empty when not at hand.
    """

    file: str
    line: int = 0
    column: int = 0
    length: int = 1
    source: str = ""

    def window(self) -> tuple[str, int]:
        """Return the source line and the column in it; of a very long line only what stands around the column.

        A file may be one line of two megabytes with a thousand faults in it, and each of them shows its line.
        """
        if len(self.source) <= MAX_SHOWN:
            return self.source, self.column
        start = max(0, min(self.column - 1 - MAX_SHOWN // 3, len(self.source) - MAX_SHOWN))
        end = start + MAX_SHOWN
        before, after = "…" if start else "", "…" if end < len(self.source) else ""
        return f"{before}{self.source[start:end]}{after}", self.column and self.column - start + len(before)

    def __str__(self) -> str:
        parts = [self.file]
        if self.line:
            parts.append(str(self.line))
            if self.column:
                parts.append(str(self.column))
        return ":".join(parts)


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding.

    Attributes:
        code: Stable code such as `AK101`; documented in `docs/reference/diagnostics.md`.
        message: One sentence that says what is wrong.
        severity: How serious it is.
        place: Where in which source file, if it has a place.
        hints: Next steps, most useful first.
        path: Configuration path or clause id concerned, if any.
        agreement: Precedent id of the agreement it is about, if it is about one.
        division: Id of the division of that agreement it is about, if it is about one.
        cites: Law and policy it rests on, in words, each with its register id.
    """

    code: str
    message: str
    severity: Severity = Severity.ERROR
    place: Place | None = None
    hints: tuple[str, ...] = ()
    path: str = ""
    agreement: str = ""
    division: str = ""
    cites: tuple[str, ...] = ()

    def at(self, place: Place | None) -> Diagnostic:
        """Return the same finding at `place`."""
        return replace(self, place=place)

    def render(self) -> str:
        """Return the finding as plain text: place, code, sentence, source line with caret, law, hints."""
        where = f"{self.place}: " if self.place else ""
        lines = [f"{where}{self.severity.value}[{self.code}]: {self.message}"]
        if self.place and self.place.source.strip():
            gutter = str(self.place.line)
            shown, column = self.place.window()
            lines.append(f"  {gutter} | {shown.rstrip()}")
            if column:
                pad = "".join("\t" if c == "\t" else " " for c in shown[: column - 1])
                length = min(self.place.length, len(shown) - column + 1)
                lines.append(f"  {' ' * len(gutter)} | {pad}{'^' * max(1, length)}")
        lines.extend(f"  law: {cite}" for cite in self.cites)
        lines.extend(f"  hint: {hint}" for hint in self.hints)
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.render()

    def as_dict(self) -> dict[str, object]:
        """Return the finding as plain data for JSON output."""
        place = self.place
        return {
            "code": self.code,
            "severity": self.severity.value,
            "message": self.message,
            "file": place.file if place else None,
            "line": place.line if place and place.line else None,
            "column": place.column if place and place.column else None,
            "hints": list(self.hints),
            "path": self.path or None,
            "agreement": self.agreement or None,
            "division": self.division or None,
            "cites": list(self.cites),
        }


@dataclass(slots=True)
class Report:
    """All findings about one thing, in the order found, each once."""

    diagnostics: list[Diagnostic] = field(default_factory=list)

    def add(self, *found: Diagnostic) -> None:
        """Add findings, leaving out those already there."""
        for diagnostic in found:
            if diagnostic not in self.diagnostics:
                self.diagnostics.append(diagnostic)

    def extend(self, found: Iterable[Diagnostic]) -> None:
        """Add every finding of `found`."""
        self.add(*found)

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """The findings that stop a build."""
        return tuple(d for d in self.diagnostics if d.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Diagnostic, ...]:
        """The findings that should be looked at."""
        return tuple(d for d in self.diagnostics if d.severity is Severity.WARNING)

    @property
    def ok(self) -> bool:
        """Whether there is no error."""
        return not self.errors

    def render(self) -> str:
        """Return all findings as plain text with a blank line between them."""
        return "\n\n".join(d.render() for d in self.diagnostics)

    def table(self) -> Table:
        """Return a row for each finding."""
        return Table(one.as_dict() for one in self.diagnostics)

    def _repr_html_(self) -> str:
        if not self.diagnostics:
            return "<p>Nothing was found.</p>"
        rows = ["<tr><th>Finding</th><th></th><th>Next</th></tr>"]
        for one in self.diagnostics:
            said = "<br>".join(escape(line) for line in (one.message, *(f"Law: {cite}" for cite in one.cites)))
            where = f"<br><code>{escape(str(one.place))}</code>" if one.place else ""
            cells = (f"{one.severity.value} {one.code}", said + where, "<br>".join(escape(hint) for hint in one.hints))
            rows.append("<tr>" + "".join(f'<td style="text-align:left">{cell}</td>' for cell in cells) + "</tr>")
        return f"<table>{''.join(rows)}</table>"

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(self.diagnostics)

    def __len__(self) -> int:
        return len(self.diagnostics)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word closest to `word`, or None when nothing is close enough to be meant."""
    found = difflib.get_close_matches(word, sorted(set(known)), n=1, cutoff=0.6)
    return found[0] if found else None


def suggest(word: str, known: Iterable[str], what: str = "one") -> tuple[str, ...]:
    """Return a hint that names the closest known word, or that lists the known words when they are few."""
    choices = sorted(set(known))
    near = nearest(word, choices)
    if near:
        return (f"did you mean {near!r}?",)
    if 0 < len(choices) <= 12:
        return (f"known: {', '.join(choices)}",)
    return (f"there is no {what} of that name",) if choices else (f"there is no {what} at all yet",)
