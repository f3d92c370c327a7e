"""Merges two changes of one clause: what one side alone changed is taken, what both changed is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

_NUMBER = re.compile(r"(\s*)\d+\.\s+")
_START = re.compile(r" *\d{1,3}\.(?: |\Z)|#{1,3}\s|\[\^[^\]\s]+\]:")
_NOTE = re.compile(r"\[(\^[^\]\s]+)\]:")
_ID = re.compile(r"\{(#[a-z0-9][a-z0-9-]*)")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of lines between places where all three texts agree, or such a place.

    Attributes:
        base: Lines of the text that both sides began with.
        ours: Lines of the pack.
        now: Lines of what lies below it now.
    """

    base: tuple[str, ...]
    ours: tuple[str, ...]
    now: tuple[str, ...]

    @property
    def merged(self) -> tuple[str, ...] | None:
        """The lines that stand after the merge; None when both sides changed them, each in its own way."""
        base, ours, now = _plain(self.base), _plain(self.ours), _plain(self.now)
        if ours == base:
            return self.now
        if now in (base, ours):
            return self.ours
        return None

    @property
    def narrowed(self) -> Stretch:
        """The same without the lines at either end that have not changed below: they are not what is asked about."""
        front = 0
        while front < min(len(self.base), len(self.now)) and self.base[front] == self.now[front]:
            front += 1
        back = 0
        most = min(len(self.base), len(self.now)) - front
        while back < most and self.base[len(self.base) - 1 - back] == self.now[len(self.now) - 1 - back]:
            back += 1
        ends = slice(front, len(self.base) - back), slice(front, len(self.now) - back)
        return Stretch(self.base[ends[0]], self.ours, self.now[ends[1]])


def merge(base: Sequence[str], ours: Sequence[str], now: Sequence[str]) -> list[Stretch]:
    """Return the bodies of three wordings in stretches, as `diff3` does, but by paragraphs and notes instead of lines.

    A paragraph or a note that all three have is a stretch of its own, known by its id, so that changes of neighbours do
    not clash. The number of an item says nothing: an item that was put in would otherwise change all that follow.
    """
    units = [list(_units(lines)) for lines in (base, ours, now)]
    keys = [[key for key, _ in one] for one in units]
    ours_at, now_at = _matches(keys[0], keys[1]), _matches(keys[0], keys[2])
    # One unit beyond the end of each agrees with its like and closes the last stretch.
    anchors = [(-1, -1, -1)]
    anchors += [(at, ours_at[at], now_at[at]) for at in range(len(keys[0])) if at in ours_at and at in now_at]
    anchors.append((len(keys[0]), len(keys[1]), len(keys[2])))
    out: list[Stretch] = []
    for one, other in pairwise(anchors):
        if one[0] >= 0:
            out.append(Stretch(*(tuple(units[side][at][1]) for side, at in enumerate(one))))
        between = Stretch(
            *(
                tuple(line for _, lines in units[side][one[side] + 1 : other[side]] for line in lines)
                for side in range(3)
            )
        )
        if between.base or between.ours or between.now:
            out.append(between)
    return out


def marked(ours: Sequence[str], base: Sequence[str], now: Sequence[str], names: tuple[str, str, str]) -> list[str]:
    """Return lines of three wordings between the marks of `diff3`, for a person to choose.

    Args:
        ours: Lines of the pack.
        base: Lines of what it was written against.
        now: Lines of what lies below it now.
        names: What the three are called, in this order.
    """
    return [
        f"<<<<<<< {names[0]}",
        *ours,
        f"||||||| {names[1]}",
        *base,
        "=======",
        *now,
        f">>>>>>> {names[2]}",
    ]


def _units(lines: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield the paragraphs, notes and headings of a body, each with the key by which it is known."""
    unit: list[str] = []
    within = ""
    for line in lines:
        if unit and _START.match(line):
            yield _key(unit, within), unit
            unit = []
        if line.startswith("## "):
            within = line.strip()
        unit.append(line)
    if unit:
        yield _key(unit, within), unit


def _key(unit: Sequence[str], within: str) -> str:
    text = "\n".join(unit)
    named = _NOTE.match(text) or _ID.search(text)
    return f"{within} {named[1] if named else _unnumbered(' '.join(text.split()))}"


def _matches(base: Sequence[str], other: Sequence[str]) -> dict[int, int]:
    matcher = SequenceMatcher(None, base, other, autojunk=False)
    return {block.a + step: block.b + step for block in matcher.get_matching_blocks() for step in range(block.size)}


def _plain(lines: Sequence[str]) -> list[str]:
    """Return lines without what says nothing: numbers of items, and empty lines around."""
    return [_unnumbered(line) for line in lines if line.strip()]


def _unnumbered(line: str) -> str:
    return _NUMBER.sub(r"\1#. ", line.rstrip(), count=1)
