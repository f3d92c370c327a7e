"""What reading a YAML text gave, as plain data: noted while it is read, handed out again where it was kept."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from agreementkit.source.positions import Loc, Positions, Span
from agreementkit.source.text import SourceText

_LATE = frozenset({"values", "keys", "written", "quoted"})


class KeptPositions(Positions):
    """Places that were kept as rows of plain data; they are laid out when the first place is asked for.

    Args:
        source: The text.
        first_line: Number of its first line in the whole file.
        rows: What `rows_of` returned, as JSON.
    """

    __slots__ = ("_rows",)

    def __init__(self, source: SourceText, first_line: int, rows: bytes) -> None:
        self.source = source
        self.first_line = first_line
        self._rows = rows

    def __getattr__(self, name: str) -> Any:
        if name not in _LATE:  # a slot that is empty has a late value; anything else is a mistake of the caller
            raise AttributeError(name)
        self.values, self.keys, self.written, self.quoted = {}, {}, {}, set()
        for path, line, column, length, written, quoted, *key in json.loads(self._rows):
            loc: Loc = tuple(path)
            self.values[loc] = Span(line, column, length)
            if key:
                self.keys[loc] = Span(*key)
            if written is not None:
                self.written[loc] = written
            if quoted:
                self.quoted.add(loc)
        return object.__getattribute__(self, name)


def rows_of(positions: Positions) -> list[Any]:
    """Return places as rows of plain data: path, span, how it was written, whether in quotes, span of the key."""
    rows: list[Any] = []
    for loc, span in positions.values.items():
        row = [loc, span.line, span.column, span.length, positions.written.get(loc), int(loc in positions.quoted)]
        key = positions.keys.get(loc)
        rows.append([*row, key.line, key.column, key.length] if key else row)
    return rows


@dataclass(slots=True)
class Reading:
    """What reading one text gave.

    Attributes:
        data: A line of JSON with the value, and one with the places; None for a text that is not read yet.
        value: What was read, when it was read in this run.
        positions: Where it stands, likewise.
    """

    data: bytes | None = None
    value: object = None
    positions: Positions | None = None

    def note(self, value: object, positions: Positions) -> None:
        """Take what a text without a fault gave."""
        self.value, self.positions = value, positions

    def given(self, source: SourceText, first_line: int) -> tuple[object, Positions]:
        """Return what was kept of a text.

        Args:
            source: The text.
            first_line: Number of its first line in the whole file.
        """
        value, _, rows = (self.data or b"").partition(b"\n")
        return json.loads(value), KeptPositions(source, first_line, rows)

    def as_data(self) -> bytes:
        """Return it as JSON, to be kept; nothing for a text that was never read as YAML."""
        if self.data is None and self.positions is not None:
            told = (self.value, rows_of(self.positions))
            lines = (json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in told)
            self.data = "\n".join(lines).encode()
            self.value = self.positions = None
        return self.data or b""
