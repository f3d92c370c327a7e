"""The two sides of moves: what was taken away in one place and put in in another.

Word names each move, and other programs do not: what has no name, or a name with one side only, is known by its words.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from agreementkit.returned.beside import Group
from agreementkit.returned.known import squeezed
from agreementkit.returned.sent import SentParagraph
from agreementkit.returned.story import Mark


@dataclass(slots=True)
class Moved:
    """What one move took away from, or put into, one paragraph.

    Attributes:
        number: The paragraph of the file.
        text: The words.
        mark: Who moved them.
        whole: Whether they are all words of the paragraph.
    """

    number: int
    text: str
    mark: Mark
    whole: bool


def paired(
    gone: Mapping[str, list[Moved]], come: Mapping[str, list[Moved]]
) -> tuple[list[tuple[Moved, Moved]], list[Moved], list[Moved]]:
    """Return what was moved in pairs, by the names of the moves and else by the words, and what has no other side."""
    pairs: list[tuple[Moved, Moved]] = []
    left: list[Moved] = []
    right: list[Moved] = []
    for name in dict.fromkeys((*gone, *come)):
        some, others = _by_words(gone.get(name, []), come.get(name, []), pairs)
        if name != "?" and len(some) == len(others):
            pairs += zip(some, others, strict=True)
        else:
            left += some
            right += others
    left, right = _by_words(left, right, pairs)
    return pairs, left, right


def _by_words(
    gone: Sequence[Moved], come: Sequence[Moved], pairs: list[tuple[Moved, Moved]]
) -> tuple[list[Moved], list[Moved]]:
    waiting: defaultdict[str, list[Moved]] = defaultdict(list)
    for one in reversed(come):
        waiting[squeezed(one.text)].append(one)
    left = []
    for one in gone:
        found = waiting.get(squeezed(one.text))
        if found:
            pairs.append((one, found.pop()))
        else:
            left.append(one)
    used = {id(other) for _, other in pairs}
    return left, [one for one in come if id(one) not in used]


def out_of_order(groups: Sequence[Group], sent: Sequence[SentParagraph]) -> set[int]:
    """Return the fewest groups that must have been moved, for the others to stand in the order that was sent."""
    ends: list[int] = []
    at: list[int] = []
    behind: dict[int, int] = {}
    known = [number for number, one in enumerate(groups) if one.sent >= 0 and not sent[one.sent].optional]
    for number in known:
        length = bisect_left(ends, groups[number].sent)
        behind[number] = at[length - 1] if length else -1
        ends[length : length + 1] = [groups[number].sent]
        at[length : length + 1] = [number]
    kept: set[int] = set()
    number = at[-1] if at else -1
    while number >= 0:
        kept.add(number)
        number = behind[number]
    return set(known) - kept
