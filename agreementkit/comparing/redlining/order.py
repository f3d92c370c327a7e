"""In which order two versions are read as one: what stays, what goes, what comes, and what has moved.

What stays keeps the order of both versions. Between two things that stay, what goes is read before what comes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from agreementkit.comparing.match import out_of_order
from agreementkit.comparing.redlining.items import Segment

MOVE = "move{}"
"""What a move is called in the file; both its places have the name."""


@dataclass(slots=True, eq=False)
class Step:
    """A segment in its place.

    Attributes:
        old: The old version, where it is read here.
        new: The new version, where it is read here; both where it stays.
        other: Of a segment that has moved: the version that is read in the other place.
        move: Name of the move it belongs to; "" where it has not moved.
    """

    old: Segment | None
    new: Segment | None
    other: Segment | None = None
    move: str = ""


def steps(
    old: Sequence[Segment], new: Sequence[Segment], mates: Mapping[str, str], *, moves: bool = True
) -> list[Step]:
    """Return the segments of two versions in the order in which they are read together.

    Args:
        old: The old version.
        new: The new version.
        mates: The id that each segment of the old version has in the new one, where it is there.
        moves: Whether what has moved is shown so; else it goes in one place and comes in another.
    """
    there = {one.of: one for one in new}
    before = [mates.get(one.of, "") if mates.get(one.of) in there else f"\0{at}" for at, one in enumerate(old)]
    shelf = dict(zip(before, old, strict=True))
    after = [one.of if one.of in shelf else f"\0new{at}" for at, one in enumerate(new)]
    moved = out_of_order([key for key in after if key in shelf], before)
    names = _names(moved, before, after, shelf, there) if moves else {}
    out: list[Step] = []
    at = 0

    def leave() -> None:
        """Take up what goes before the next that stays."""
        nonlocal at
        while at < len(old) and (before[at] not in there or before[at] in moved):
            name = names.get(before[at], "")
            out.append(Step(old[at], None, there[before[at]] if name else None, name))
            at += 1

    leave()
    for key, one in zip(after, new, strict=True):
        if key in shelf and key not in moved:
            out.append(Step(shelf[key], one))
            at += 1
            leave()
        else:
            name = names.get(key, "")
            out.append(Step(None, one, shelf[key] if name else None, name))
    return out


def _names(
    moved: set[str],
    before: Sequence[str],
    after: Sequence[str],
    shelf: Mapping[str, Segment],
    there: Mapping[str, Segment],
) -> dict[str, str]:
    """Return the name of the move that each segment belongs to: what has moved together has one."""
    place = {key: at for at, key in enumerate(before)}
    names: dict[str, str] = {}
    last, number = "", 0
    for key in after:
        if key in moved and any(shelf[key].texts) and any(there[key].texts):
            if not last or place[key] != place[last] + 1:
                number += 1
            names[key] = MOVE.format(number)
            last = key
        else:
            last = ""
    return names
