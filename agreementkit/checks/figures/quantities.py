"""Figures with a unit, as agreements write them: "10 Working Days", "six (6) months", "twice a year"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
         "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
NUMBERS = {word: value for value, word in enumerate(_ONES, 1)} | {
    f"{ten}{one and f'-{one}'}": 10 * tens + ones
    for tens, ten in enumerate(_TENS, 2)
    for ones, one in enumerate(("", *_ONES[:9]))
}
"""Value of each number in words up to ninety-nine."""

IN_WORDS = rf"(?:{'|'.join(_TENS)})(?:-(?:{'|'.join(_ONES[:9])}))?|{'|'.join(sorted(_ONES, key=len, reverse=True))}"
"""Alternatives of a pattern: every number in words, the longest first."""

# Any word may stand for the number here: to look it up afterwards is far quicker than to try ninety-nine words.
_PER = r"(?:a|an|each|every|in each|in a|per) (?P<{}>year|quarter|month)\b"
FIGURE = re.compile(
    r"\b(?:(?:each|every) (?P<turn>year|quarter|month)\b"
    r"|(?P<number>\d{1,3}(?:,\d{3})+|\d+|[a-z]+(?:-[a-z]+)?)(?: \([\w-]+\))?[ \u00a0-]"
    r"(?:(?P<unit>working day|clear day|calendar day|day|week|month|year|hour|minute)s?\b"
    rf"|(?:times|meetings) {_PER.format('span')})"
    rf"|(?P<often>once|twice) {_PER.format('often_span')}"
    r"|(?P<adverb>annually|yearly|quarterly|monthly)\b)",
    re.IGNORECASE,
)
"""A duration, or how often something happens; unless its number is a word that is none."""

_SAME = {"calendar day": ("day", 1), "week": ("day", 7), "year": ("month", 12), "hour": ("minute", 60)}
_OFTEN = {"once": 1, "twice": 2}
_A_YEAR = {"year": 1, "quarter": 4, "month": 12, "annually": 1, "yearly": 1, "quarterly": 4, "monthly": 12}
TIMES = "times a year"
"""Unit of how often something happens."""

UNITS = ("day", "week", "month", "year", "hour", "minute", "quarter", "annually")
"""Small letters some of which stand in every figure."""

FREQUENCIES = frozenset({"once", "twice", "annually", "yearly", "quarterly", "monthly", "each", "every"})
"""Words one of which stands in every figure without a number."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """How much: years are counted as months, weeks as days, hours as minutes, so that equals are equal."""

    number: int
    unit: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity and the words that say it."""

    quantity: Quantity
    start: int
    end: int
    words: str


@lru_cache(maxsize=4000)
def figures(text: str) -> tuple[Figure, ...]:
    """Return every figure with a unit in a text.

    Most texts are the bank's own and come again in every set, so those of the last few sets are kept.
    """
    small = text.lower()
    if not any(unit in small for unit in UNITS):
        return ()
    return tuple([figure for match in FIGURE.finditer(text) if (figure := _figure(match))])


def figure_at(text: str, start: int) -> Figure | None:
    """Return the figure that begins at a place of a text, if one does."""
    match = FIGURE.match(text, start)
    return _figure(match) if match else None


def number(words: str) -> int | None:
    """Return the value of a number in figures or in words, or None for another word."""
    return int(words.replace(",", "")) if words[0].isdecimal() else NUMBERS.get(words.lower())


def _figure(match: re.Match[str]) -> Figure | None:
    count = number(match["number"]) if match["number"] else _OFTEN.get((match["often"] or "once").lower())
    if count is None:
        return None
    if match["unit"]:
        unit, factor = _SAME.get(match["unit"].lower(), (match["unit"].lower(), 1))
        quantity = Quantity(count * factor, unit)
    else:
        often = match["span"] or match["often_span"] or match["adverb"] or match["turn"]
        quantity = Quantity(count * _A_YEAR[often.lower()], TIMES)
    return Figure(quantity, match.start(), match.end(), match[0].replace("\u00a0", " "))
