"""Two versions of a run of text, word by word: tokens, and the pieces that are the same, removed or added.

A token is a whole word, a number or a mark, with the space behind it. A cross-reference is one token that is known by
what it refers to: where only the number of its target has changed, it is the same. What is shown keeps together: a
word or two that happen to be the same between two changes are shown with them, since nobody can read confetti.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from agreementkit.tree.nodes import Emphasis, Inline, Phrase, Reference, Strong
from agreementkit.tree.walk import plain_text

Kind = Literal["same", "removed", "added"]

MOST = 1_000_000
"""Pairs of tokens up to which two texts are compared word by word; beyond it, all between their ends has changed."""

_TOKEN = re.compile(r"(\[●\]|\d+(?:[.,]\d+)*|\w+(?:[’'-]\w+)*|[^\w\s]|_)(\s*)")
"""A word, number or mark, and the space behind it; whatever is no space is one of them."""
_ISLAND = 2
"""Tokens in a row that may be the same between two changes and yet be shown as part of them."""
_UNLIKE = 0.25
"""Share of tokens in common below which two texts are shown whole, one after the other."""


class Token(NamedTuple):
    """A word, a mark or a cross-reference, by which two texts are compared, and the characters it is printed with."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text in two versions.

    The old pieces put together are the old text, the new pieces the new text. A piece that is the same may yet print
    another number, where a cross-reference has kept its target and the target has moved.

    Attributes:
        kind: `same`, `removed` or `added`.
        old: Its words in the old text; empty for what was added.
        new: Its words in the new text; empty for what was removed.
    """

    kind: Kind
    old: str
    new: str

    @property
    def text(self) -> str:
        """The words to show: the new ones, or the old ones of what was removed."""
        return self.new or self.old


def tokens(inlines: Iterable[Inline]) -> tuple[Token, ...]:
    """Return the tokens of resolved inlines; their texts put together are the plain text."""
    out: list[Token] = []
    waiting: list[str] = []

    def say() -> None:
        out.extend(tokens_of("".join(waiting)))
        waiting.clear()

    for inline in _opened(inlines):
        if isinstance(inline, Reference):
            say()
            words = "".join(part.text for part in inline.parts if not part.target)
            out.append(Token(f"\0{inline.agreement}:{inline.target}:{' '.join(words.split())}", inline.text))
        else:
            waiting.append(plain_text((inline,)))
    say()
    return tuple(out)


def tokens_of(text: str) -> list[Token]:
    """Return the tokens of plain text: what stands before the first word is one of its own."""
    # One search by the regular expression for the whole text takes a fifth of the time of one for each token.
    out = [Token(word, word + space) for word, space in _TOKEN.findall(text)]
    if text[:1].isspace():
        out.insert(0, Token("", text[: len(text) - len(text.lstrip())]))
    return out


def _opened(inlines: Iterable[Inline]) -> Iterator[Inline]:
    for inline in inlines:
        if isinstance(inline, Emphasis | Strong | Phrase):
            yield from _opened(inline.inlines)
        else:
            yield inline


def text_of(run: Iterable[Token]) -> str:
    """Return the text that tokens print."""
    return "".join(token.text for token in run)


def same_words(old: Sequence[Token], new: Sequence[Token]) -> bool:
    """Whether two texts say the same, whatever white space and numbers of cross-references they have."""
    return _keys(old) == _keys(new)


def likeness(old: Sequence[Token], new: Sequence[Token]) -> float:
    """Return how much two texts have in common, from 0 to 1; the same whichever of them is the old one."""
    one, other = sorted((_keys(old), _keys(new)))
    if one == other:
        return 1.0
    if len(one) * len(other) > MOST:
        return 0.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def word_pieces(old: Sequence[Token], new: Sequence[Token]) -> tuple[Piece, ...]:
    """Return what is the same, removed and added between two texts, in the order in which it is read."""
    if same_words(old, new):
        return _piece("same", old, new)
    return tuple(_pieces(stretches(old, new)))


Stretch = tuple[bool, Sequence[Token], Sequence[Token]]
"""Whether two stretches are the same, and their tokens."""


def stretches(old: Sequence[Token], new: Sequence[Token]) -> list[Stretch]:
    """Return two texts that differ as stretches that are the same and such that are not, fit to be read.

    Texts that have little in common are one stretch.
    """
    first = _in_common(old, new)
    last = _in_common(old[first:][::-1], new[first:][::-1])
    head, tail = (old[:first], new[:first]), (old[len(old) - last :], new[len(new) - last :])
    inner_old, inner_new = old[first : len(old) - last], new[first : len(new) - last]
    found = [(True, *head), *_stretches(inner_old, inner_new), (True, *tail)]
    kept = sum(len(one) for same, one, _ in found if same)
    if kept < _UNLIKE * min(len(old), len(new)):
        return [(False, old, new)]
    return _without_islands([one for one in found if one[1] or one[2]])


def _stretches(old: Sequence[Token], new: Sequence[Token]) -> Iterator[Stretch]:
    """Yield the stretches of two texts as they are found."""
    if not old or not new or len(old) * len(new) > MOST:
        yield False, old, new
        return
    matcher = SequenceMatcher(None, _keys(old), _keys(new), autojunk=False)
    for what, i1, i2, j1, j2 in matcher.get_opcodes():
        yield what == "equal", old[i1:i2], new[j1:j2]


def _without_islands(stretches: Sequence[Stretch]) -> list[Stretch]:
    """Join changes that are parted by a word or two only, where the changes are longer than what parts them."""
    out: list[Stretch] = []
    for number, (same, old, new) in enumerate(stretches):
        between = 0 < number < len(stretches) - 1
        if same and between and len(old) <= _ISLAND:
            beside = sum(max(len(one[1]), len(one[2])) for one in (stretches[number - 1], stretches[number + 1]))
            same = beside <= 2 * len(old)
        if not same and out and not out[-1][0]:
            _, before_old, before_new = out[-1]
            out[-1] = (False, (*before_old, *old), (*before_new, *new))
        else:
            out.append((same, old, new))
    return out


def _pieces(stretches: Iterable[Stretch]) -> Iterator[Piece]:
    for same, old, new in stretches:
        if same:
            yield from _piece("same", old, new)
        else:
            yield from _piece("removed", old, ())
            yield from _piece("added", (), new)


def _piece(kind: Kind, old: Sequence[Token], new: Sequence[Token]) -> tuple[Piece, ...]:
    return (Piece(kind, text_of(old), text_of(new)),) if old or new else ()


def _in_common(old: Sequence[Token], new: Sequence[Token]) -> int:
    """Return how many tokens two texts begin with alike."""
    count = 0
    for one, other in zip(old, new, strict=False):
        if one.key != other.key:
            break
        count += 1
    return count


def _keys(run: Sequence[Token]) -> list[str]:
    return [token.key for token in run]
