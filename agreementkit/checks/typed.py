"""Who wrote which words of a passage: the drafter of the clause, or whoever filled in the configuration.

Checks of wording look at what was typed in a clause; a name that happens to contain a word to avoid is left alone.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import TypeVar
from weakref import WeakKeyDictionary

from agreementkit.checks.scene import Passage, Scene
from agreementkit.tree.nodes import Reference, Text, Value

T = TypeVar("T")
MASK = "ª"
"""Stands for each character that was not typed in the clause; a letter, so that whatever it hides is one word."""

_WORD = re.compile(r"[a-z]+")
_QUOTED = re.compile(r"“[^”]*”?")
# A title runs from a word with a capital over words with capitals and small joining words to "Act" and the like.
_TITLE = re.compile(
    r"\b[A-Z][\w’-]*(?:,? (?:[A-Z][\w’-]*|\([^()]*\)|and|of|for|the|to|in|at|etc\.?))*? "
    r"(?:Act|Regulations|Order|Rules|Code|Directive)\b"
)


@dataclass(frozen=True, slots=True, eq=False)
class Typed:
    """A passage with its pieces told apart.

    Attributes:
        passage: The passage.
        text: Its words with everything masked that was not typed in the clause, letter for letter.
        words: The words of `text` in small letters, to see quickly whether one of them is there.
        given: The values among its pieces.
    """

    passage: Passage
    text: str
    words: frozenset[str]
    given: tuple[tuple[int, Value], ...]

    def values(self, start: int, end: int) -> Iterator[Value]:
        """Yield the values that a stretch of the words of the passage touches."""
        for begin, piece in self.given:
            if begin >= end:
                return
            if begin + len(piece.text) > start:
                yield piece

    def own_words(self) -> str:
        """Return `text` with quotations and titles of statutes masked as well."""
        return _masked(_TITLE, _masked(_QUOTED, self.text))

    def words_with_values_as_one(self) -> str:
        """Return the words of the passage with each value and each reference made one word."""
        out = self.passage.words
        for begin, piece in self.passage.pieces:
            if isinstance(piece, Value | Reference):
                out = out[:begin] + MASK * len(piece.text) + out[begin + len(piece.text) :]
        return out


def once(work: Callable[[Scene], T]) -> Callable[[Scene], T]:
    """Make a function of a scene work out its result once for each scene, and keep it as long as the scene is kept."""
    known: WeakKeyDictionary[Scene, T] = WeakKeyDictionary()

    @wraps(work)
    def looked_up(scene: Scene) -> T:
        if scene not in known:
            known[scene] = work(scene)
        return known[scene]

    return looked_up


@once
def typed(scene: Scene) -> tuple[Typed, ...]:
    """Return every passage of a scene with its pieces told apart."""
    return tuple(_told_apart(passage) for passage in scene.passages)


@once
def _joined(scene: Scene) -> tuple[str, str, list[int]]:
    """Return the words of all passages as one text, that in small letters, and where each passage begins in it."""
    starts: list[int] = []
    length = 0
    for one in scene.passages:
        starts.append(length)
        length += len(one.words) + 1
    text = "\n".join([one.words for one in scene.passages])
    return text, text.lower(), starts


def having(scene: Scene, *signs: re.Pattern[str] | str, small: bool = False) -> Collection[int]:
    """Return the numbers of the passages that have one of some signs, sooner found in one text than in a thousand.

    Args:
        scene: The set.
        signs: Words, or patterns that match in no passage what they would not match in a longer text.
        small: Whether they are looked for in small letters.
    """
    text, lowered, starts = _joined(scene)
    if small:
        if len(lowered) != len(text):
            return range(len(starts))  # a letter that has no single small one: places would not agree
        text = lowered
    found: set[int] = set()
    for sign in signs:
        place = _next(text, sign, 0)
        while place >= 0:
            number = bisect_right(starts, place) - 1
            found.add(number)
            place = _next(text, sign, starts[number + 1]) if number + 1 < len(starts) else -1
    return found


def _next(text: str, sign: re.Pattern[str] | str, start: int) -> int:
    if isinstance(sign, str):
        return text.find(sign, start)
    match = sign.search(text, start)
    return match.start() if match else -1


@once
def all_words(scene: Scene) -> frozenset[str]:
    """Return the words that were typed anywhere in a set, in small letters."""
    return frozenset().union(*[one.words for one in typed(scene)])


def quoted(words: str, most: int = 60) -> str:
    """Return words in quotation marks for a message, shortened at a space where they are long."""
    line = " ".join(words.split())
    if len(line) > most:
        line = f"{line[:most].rsplit(' ', 1)[0].rstrip(',;:')} …"
    return f"“{line}”"


def _told_apart(passage: Passage) -> Typed:
    words, pieces = passage.words, passage.pieces
    if len(pieces) == 1 and type(pieces[0][1]) is Text:  # every other passage
        return Typed(passage, words, _words_of(words), ())
    text: list[str] = []
    given: list[tuple[int, Value]] = []
    ends = [begin for begin, _ in pieces[1:]]
    ends.append(len(words))
    for (begin, piece), end in zip(pieces, ends, strict=False):
        kind = type(piece)
        said = words[begin:end]
        text.append(said if kind is Text or said == " " else MASK * len(said))
        if kind is Value:
            given.append((begin, piece))  # type: ignore[arg-type]  # asked by `type`
    typed_text = "".join(text)
    return Typed(passage, typed_text, _words_of(typed_text), tuple(given))


@lru_cache(maxsize=4000)
def _words_of(text: str) -> frozenset[str]:
    """Return the words of a text in small letters.

    Most texts are the bank's own and come again in every set, so those of the last few sets are kept.
    """
    return frozenset(_WORD.findall(text.lower()))


def _masked(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda match: MASK * len(match[0]), text)
