"""Words beside a value that was written over: told apart from it, and put back beside the value as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from agreementkit.proposing.places import Cell
from agreementkit.proposing.rewording import Laid, swaps


@dataclass(frozen=True, slots=True)
class Over:
    """A value that was written over: its path, its words before and after, and its paragraph with the new value."""

    path: str
    before: str
    after: str
    cells: tuple[Cell, ...]


def over_and_back(laid: Laid, values: Sequence[Over], number: int) -> tuple[Laid, Any]:
    """Return a paragraph with values written over, and what turns new words of it back to the values as they are."""
    leaves = []
    for at, leaf in enumerate(laid.leaves):
        shown = leaf.shown
        for one in values:
            made = one.cells[number].laid.leaves if number < len(one.cells) else ()
            if leaf.value == one.path and one.before in shown:
                alike = len(made) == len(laid.leaves) and one.after in made[at].shown
                shown = made[at].shown if alike else shown.replace(one.before, one.after, 1)
        leaves.append(replace(leaf, shown=shown))
    over = Laid(tuple(leaves), laid.containers)

    def back(new: str) -> str:
        changes = swaps(over.text, new)
        out: list[str] = []
        at = 0
        pieces = [(one.shown, other.shown) for one, other in zip(laid.leaves, over.leaves, strict=True)]
        for was, now in pieces:
            start, stop = at, at + len(now)
            at = stop
            touched = any(one.start < stop and one.stop > start for one in changes)
            out.append(was if was != now and not touched else now)
        # the changes, counted in the words with the values as they are
        shift, marks, at = 0, [], 0
        for (was, now), kept in zip(pieces, out, strict=True):
            at += len(now)
            if kept == was and was != now:
                shift += len(was) - len(now)
                marks.append((at, shift))
        text = "".join(out)
        for change in reversed(changes):
            moved = next((by for end, by in reversed(marks) if change.start >= end), 0)
            text = text[: change.start + moved] + change.words + text[change.stop + moved :]
        return text

    return over, back
