"""The fields that are open at a point of a part: which reference prints the words, and whether Word lists contents.

Fields need not be closed, or may be closed twice: one that prints words ends with its paragraph at the latest.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

MOST_OPEN = 60
"""Fields that may be open at once; what goes deeper is not looked at."""

_LONGEST = 400
_REFERENCE = re.compile(r"\s*(?:REF|PAGEREF|NOTEREF)\s+\"?([\w.-]{1,80})")
_CONTENTS = re.compile(r"\s*TOC\b")


@dataclass(slots=True)
class Field:
    """A field that is open: how deep inside paragraphs, its instruction, whether its result has begun."""

    depth: int
    code: str = ""
    result: bool = False

    @property
    def contents(self) -> bool:
        """Whether it prints a list of contents here."""
        return self.result and _CONTENTS.match(self.code) is not None


@dataclass(slots=True)
class Fields:
    """The open fields, innermost last.

    Attributes:
        open: The fields, for those who ask at every word.
    """

    open: list[Field] = field(default_factory=list)

    def begin(self, depth: int, code: str = "") -> None:
        """Open a field in a paragraph that is so deep inside others."""
        if len(self.open) < MOST_OPEN:
            self.open.append(Field(depth, code[:_LONGEST]))

    def code(self, text: str) -> None:
        """Add to the instruction of the innermost field."""
        if self.open and not self.open[-1].result and len(self.open[-1].code) < _LONGEST:
            self.open[-1].code += text[:_LONGEST]

    def separate(self) -> None:
        """Go from the instruction of the innermost field to what it prints."""
        if self.open:
            self.open[-1].result = True

    def end(self) -> None:
        """Close the innermost field."""
        if self.open:
            self.open.pop()

    def leave(self, depth: int) -> None:
        """Close what is open in paragraphs deeper than this; a list of contents runs on."""
        while self.open and self.open[-1].depth > depth and not self.open[-1].contents:
            self.open.pop()

    def clear(self) -> None:
        """Close all."""
        self.open.clear()

    @property
    def contents(self) -> bool:
        """Whether words here are printed by a list of contents."""
        return any(one.contents for one in self.open)

    @property
    def target(self) -> str:
        """Bookmark, in small letters, of the cross-reference that prints words here, or ""."""
        found = next((hit for one in reversed(self.open) if (hit := _REFERENCE.match(one.code))), None)
        return found[1].lower() if found else ""
