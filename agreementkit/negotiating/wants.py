"""What points ask for: which words of a paragraph they touch, what they make of them, and whether two want the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from agreementkit.comparing.words import Piece, tokens_of, word_pieces
from agreementkit.negotiating.model import POINT_KINDS, Point

Stand = Literal["one view", "agree", "conflict"]
STANDS: Mapping[Stand, str] = {"one view": "", "agree": "Same wish", "conflict": "In conflict"}
"""How those who said something stand to each other, and how it is printed."""

NOBODY = "Untracked"
"""Who stands as the author of a change that nobody signed."""

Key = tuple[str, ...]
AS_IT_STANDS: Key = ("as it stands",)
_WHOLE = 0.8
"""Share of a paragraph from which on a quotation is of the whole of it."""
_LOOKS = frozenset({"moved", "split", "merged", "formatted"})


@dataclass(frozen=True, slots=True)
class View:
    """One thing that is wanted, and by whom.

    Attributes:
        key: What makes two of them the same.
        points: Those who want it.
    """

    key: Key
    points: tuple[Point, ...]

    @property
    def authors(self) -> tuple[str, ...]:
        """Who wants it, each once."""
        return tuple(dict.fromkeys(point.author for point in self.points))


def flat(text: str) -> str:
    """Return a text by which two are compared: white space and the shape of quotation marks make no difference."""
    return " ".join(text.translate(_SHAPES).split())


_SHAPES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"', "\u00a0": " ", "\u202f": " "})


def pieces(point: Point) -> tuple[Piece, ...]:
    """Return what a point makes of its words, as what is the same, removed and added."""
    if point.kind == "wording":
        return _pieces(point.old, point.new)
    return _pieces(point.before, point.after)


def in_context(point: Point) -> tuple[Piece, ...]:
    """Return what a point makes of its words, with the paragraph around them as far as that is known."""
    alone = pieces(point)
    if point.kind == "wording" or not point.old:
        return alone
    if point.before and point.old.count(point.before) == 1:
        head, _, tail = point.old.partition(point.before)
        around = (Piece("same", head, head), *alone, Piece("same", tail, tail))
        return tuple(piece for piece in around if piece.text)
    whole = _pieces(point.old, point.new)
    changes = [piece for piece in whole if piece.kind != "same"]
    fits = len(changes) == 1 and flat(changes[0].text) == flat(point.after or point.before)
    return whole if fits else alone


@lru_cache(maxsize=4096)
def _pieces(old: str, new: str) -> tuple[Piece, ...]:
    return word_pieces(tuple(tokens_of(old)), tuple(tokens_of(new)))


def want(point: Point) -> Key:
    """Return what a point asks for; () for a remark, which asks for no particular text."""
    if point.kind == "agreement":
        return AS_IT_STANDS
    if not point.asks:
        return ()
    if point.path:
        return "value", point.path, flat(point.after)
    if point.kind in _LOOKS:
        return point.kind, flat(point.before or point.old), flat(point.text or point.after or point.new)
    changes: list[str] = []
    removed = added = ""
    for piece in (*pieces(point), Piece("same", "", "")):
        if piece.kind == "same":
            if removed or added:
                changes += (flat(removed), flat(added))
            removed = added = ""
        removed += piece.old if piece.kind == "removed" else ""
        added += piece.new if piece.kind == "added" else ""
    return ("words", *changes)


def touched(point: Point) -> tuple[tuple[int, int], ...]:
    """Return which characters of the paragraph as it was sent a point is about; () for all of it.

    An insertion touches the place between two characters.
    """
    if not point.asks:
        at = point.old.find(point.quote) if point.quote else -1
        whole = at < 0 or len(point.quote) > _WHOLE * len(point.old)
        return () if whole else ((at, at + len(point.quote)),)
    if point.before and point.old.count(point.before) == 1:
        at = point.old.find(point.before)
        return ((at, at + len(point.before)),)
    if not (point.old and point.new):
        return ()
    out: list[tuple[int, int]] = []
    here = 0
    for piece in _pieces(point.old, point.new):
        added = piece.kind == "added"
        mine = point.kind == "wording" or flat(point.after if added else point.before) in flat(piece.text)
        if piece.kind != "same" and mine:
            out.append((here, here + len(piece.old)))
        here += len(piece.old)
    return tuple(out)


class Wishes:
    """What the points of a negotiation ask for, each worked out once."""

    def __init__(self) -> None:
        self._wants: dict[str, Key] = {}
        self._touched: dict[str, tuple[tuple[int, int], ...]] = {}
        self._words: dict[str, tuple[str, str]] = {}

    def want(self, point: Point) -> Key:
        """Return what a point asks for."""
        if point.id not in self._wants:
            self._wants[point.id] = want(point)
        return self._wants[point.id]

    def touched(self, point: Point) -> tuple[tuple[int, int], ...]:
        """Return which characters of its paragraph a point is about."""
        if point.id not in self._touched:
            self._touched[point.id] = touched(point)
        return self._touched[point.id]

    def meet(self, one: Point, other: Point) -> bool:
        """Whether two points of one place are about the same words, so that they have to be decided together."""
        if other.id == one.answers or one.id == other.answers:
            return True
        (old, before), (other_old, other_before) = self._texts(one), self._texts(other)
        both_ask = one.asks and other.asks
        if both_ask and (self.want(one) == self.want(other) or (before and before == other_before)):
            return True
        neither = not (one.asks or other.asks)
        if not (old and old == other_old):
            return neither
        spans, others = self.touched(one), self.touched(other)
        if not (spans and others):
            # Two remarks on the whole of it belong together, and so does a change of the whole with any other.
            return both_ask or (neither and not (spans or others))
        return any(a <= d and c <= b for a, b in spans for c, d in others)

    def _texts(self, point: Point) -> tuple[str, str]:
        if point.id not in self._words:
            self._words[point.id] = flat(point.old), flat(point.before)
        return self._words[point.id]


def remark_text(point: Point) -> str:
    """Return a point as a comment in the next draft says it: the very words of a remark, a change spelt out."""
    if not point.asks:
        return point.text or POINT_KINDS[point.kind]
    said = [point.text] if point.text else []
    label = f"{POINT_KINDS[point.kind]}{f' ({point.path})' if point.path else ''}"
    if point.kind == "wording":
        return "\n".join((*said, f"{label}: {point.new}"))
    words = [f"“{one}”" for one in (point.before, point.after) if one]
    return "\n".join((f"{label}: {' → '.join(words)}" if words else label, *said))


def views(points: Iterable[Point]) -> tuple[View, ...]:
    """Return what is wanted by whom; each remark that asks for no text is a view of its own."""
    found: dict[Key, list[Point]] = {}
    for point in points:
        found.setdefault(want(point) or ("remark", point.id), []).append(point)
    return tuple(View(key, tuple(listed)) for key, listed in found.items())


def stand(points: Iterable[Point]) -> Stand:
    """Return whether those who said something want one thing or several."""
    points = tuple(points)
    wanted = [one for one in views(points) if one.key[0] != "remark"]
    against = any(point.kind == "objection" for point in points)
    pleased = any(one.key == AS_IT_STANDS for one in wanted)
    if len(wanted) > 1 and len({author for one in wanted for author in one.authors}) > 1:
        return "conflict"
    if against and pleased:
        return "conflict"
    return "agree" if any(len(one.authors) > 1 for one in wanted) else "one view"
