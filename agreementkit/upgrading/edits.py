"""Changes to the text of a file of a pack, each at its place; all are made at once, from the end to the front."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from agreementkit.source import Positions
from agreementkit.source.positions import Loc


@dataclass(frozen=True, slots=True)
class Edit:
    """Puts a text in the place of another.

    Attributes:
        start: Where the old text begins, counted in characters of the file.
        stop: Where it ends; the same as `start` for an insertion.
        text: The new text.
    """

    start: int
    stop: int
    text: str


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Return the text with all edits made; edits at one place are made once."""
    for edit in sorted(dict.fromkeys(edits), key=lambda one: one.start, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.stop :]
    return text


def value(text: str, positions: Positions, loc: Loc, new: str) -> Edit | None:
    """Return the edit that gives a YAML value another text, in quotes; None when the value is not written there."""
    span = positions.values.get(loc)
    if span is None or loc not in positions.written:
        return None
    start = _offset(text, span.line + positions.first_line) + span.column
    stop = start + span.length
    return Edit(start, stop, f'"{new}"')


def lines(text: str, first: int, last: int, new: Iterable[str]) -> Edit:
    """Return the edit that puts other lines in the place of the lines `first` to `last`, counted from 1."""
    start, stop = _offset(text, first), _offset(text, last + 1)
    return Edit(start, stop, "".join(f"{line}\n" for line in new))


def _offset(text: str, line: int) -> int:
    """Return where a line begins."""
    at = 0
    for _ in range(line - 1):
        found = text.find("\n", at)
        if found < 0:
            return len(text)
        at = found + 1
    return at
