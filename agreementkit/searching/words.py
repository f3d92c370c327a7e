"""Words of a text as search compares them: cut at anything that is no letter or digit, without their endings.

The rule for endings is short, so that it can be explained, and knows English only. It takes off a possessive, a plural,
and then one ending of verbs or of the nouns made from them: `ed`, `ing`, `ate`, `ion`, `ation`. So "ballots" is
"ballot", and "negotiated" and "negotiation" are both "negoti". It leaves words of other meaning apart that libraries of
stems throw together: employer and employment, office and officer, informal and information.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

SMALL_WORDS = frozenset((
    "a", "an", "and", "are", "as", "at", "be", "been", "by", "for", "from", "had", "has", "have", "if", "in", "into",
    "is", "it", "its", "of", "on", "or", "that", "the", "their", "them", "then", "there", "these", "they", "this",
    "those", "to", "was", "were", "which", "who", "will", "with",
))  # fmt: skip
"""Words that do not count in a query, unless they stand in quotes."""

BREAK = "·"
"""Stands between pieces of a text that do not read on. It counts as a word, so that no phrase goes across it."""

_WORD = re.compile(rf"[^\W_]+(?:[’'][^\W_]+)*|{BREAK}")
_OF_VERBS = ("ations", "ation", "ating", "ated", "ates", "ate", "ions", "ion")
_LEAST = 4
"""Letters that an ending of `_OF_VERBS` must leave."""
_SHORT = re.compile(r"[^aeiou]?[aeiouy][^aeiouwxy]")
"""What `ed` and `ing` leave of a short word that had an `e`: `tim`, `us`."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word where it stands.

    Attributes:
        stem: The word without its endings, in small letters.
        plain: The word as written, in small letters.
        start: Where it begins in the text.
        end: Where it ends.
    """

    stem: str
    plain: str
    start: int
    end: int

    @property
    def small(self) -> bool:
        """Whether it is one of the words that do not count."""
        return self.plain in SMALL_WORDS


def words_in(text: str) -> tuple[Word, ...]:
    """Return the words of a text in order."""
    found = ((match[0].casefold().replace("’", "'"), match) for match in _WORD.finditer(text))
    return tuple(Word(stem(plain), plain, match.start(), match.end()) for plain, match in found)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return a word, in small letters, without its endings."""
    word = _without_verbal(_singular(word.removesuffix("'s")))
    if len(word) > _LEAST:
        word = word.removesuffix("e")
    return word[:-1] if word.endswith("ll") else word


def _singular(word: str) -> str:
    if len(word) < _LEAST or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > _LEAST:
        return f"{word[:-3]}y"
    if word.endswith(("sses", "xes", "ches", "shes", "zes")):
        return word[:-2]
    return word.removesuffix("s")


def _without_verbal(word: str) -> str:
    for ending in _OF_VERBS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST:
            return word.removesuffix(ending)
    if word.endswith("ied") and len(word) > _LEAST:
        return f"{word[:-3]}y"
    left = word.removesuffix("ing") if word.endswith("ing") else word.removesuffix("ed")
    if left == word:
        return word
    if _SHORT.fullmatch(left):
        return f"{left}e"
    if len(left) < 3 or not re.search("[aeiouy]", left):
        return word
    doubled = len(left) > 3 and left[-1] == left[-2] and left[-1] not in "aeiousz"
    return left[:-1] if doubled else left
