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
class _Field:
    depth: int
    code: str = ""
    result: bool = False

    @property
    def contents(self) -> bool:
        return self.result and _CONTENTS.match(self.code) is not None


@dataclass(slots=True)
class Fields:
    """The open fields, innermost last."""

    _open: list[_Field] = field(default_factory=list)

    def begin(self, depth: int, code: str = "") -> None:
        """Open a field in a paragraph that is so deep inside others."""
        if len(self._open) < MOST_OPEN:
            self._open.append(_Field(depth, code[:_LONGEST]))

    def code(self, text: str) -> None:
        """Add to the instruction of the innermost field."""
        if self._open and not self._open[-1].result and len(self._open[-1].code) < _LONGEST:
            self._open[-1].code += text[:_LONGEST]

    def separate(self) -> None:
        """Go from the instruction of the innermost field to what it prints."""
        if self._open:
            self._open[-1].result = True

    def end(self) -> None:
        """Close the innermost field."""
        if self._open:
            self._open.pop()

    def leave(self, depth: int) -> None:
        """Close what is open in paragraphs deeper than this; a list of contents runs on."""
        while self._open and self._open[-1].depth > depth and not self._open[-1].contents:
            self._open.pop()

    def clear(self) -> None:
        """Close all."""
        self._open.clear()

    @property
    def silent(self) -> bool:
        """Whether words here are part of an instruction, and not shown."""
        return bool(self._open) and not self._open[-1].result

    @property
    def contents(self) -> bool:
        """Whether words here are printed by a list of contents."""
        return any(one.contents for one in self._open)

    @property
    def target(self) -> str:
        """Bookmark, in small letters, of the cross-reference that prints words here, or ""."""
        found = next((hit for one in reversed(self._open) if (hit := _REFERENCE.match(one.code))), None)
        return found[1].lower() if found else ""

    def __bool__(self) -> bool:
        return bool(self._open)
