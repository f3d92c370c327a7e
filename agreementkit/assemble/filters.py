"""Filters that clause expressions may use: dates, quantities, lists and small grammar, all in UK English.

Every filter gives `None` for `None`: a value not yet given stays a blank, whatever is done to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sized
from dataclasses import dataclass
from datetime import date
from typing import Any

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_WORDS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
_ORDINALS = (
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
)


class IsoDate(str):
    """A date as expressions see it: it compares with ISO strings, and prints as a date."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with a unit that is a defined term: `5 Working Days`."""

    number: str
    term: str
    plural: bool


def format_date(value: str | date) -> str:
    """Return `1 April 2013` for a date or an ISO string."""
    day = value if isinstance(value, date) else date.fromisoformat(value)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _unit(one: str, many: str) -> Callable[[int], str]:
    def unit(value: int) -> str:
        return f"{value:,} {one if value == 1 else many}"

    return unit


def working_days(value: int) -> Quantity:
    """Return a number of days as a use of the defined term Working Day."""
    return Quantity(f"{value:,}", "working day", value != 1)


def times(value: int) -> str:
    """Return `once`, `twice`, `4 times`."""
    return {1: "once", 2: "twice"}.get(value, f"{value:,} times")


def words(value: int) -> str:
    """Return a number in words up to twelve, in digits above."""
    return _WORDS[value] if 0 <= value < len(_WORDS) else f"{value:,}"


def ordinal(value: int) -> str:
    """Return `first` to `twelfth`, then `13th`."""
    if 1 <= value <= len(_ORDINALS):
        return _ORDINALS[value - 1]
    suffix = "th" if value % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value:,}{suffix}"


def joined(conjunction: str) -> Callable[[Iterable[Any]], str | None]:
    """Return a filter that gives `A, B and C` with this conjunction."""

    def join(values: Iterable[Any]) -> str | None:
        items = [None if value is None else str(value) for value in values]
        if not items or any(item is None for item in items):
            return None
        known = [item for item in items if item is not None]
        if len(known) == 1:
            return known[0]
        return f"{', '.join(known[:-1])} {conjunction} {known[-1]}"

    return join


def plural(value: int | Sized, one: str, many: str) -> str:
    """Return `one` for 1 or for a list of one, else `many`."""
    count = value if isinstance(value, int) else len(value)
    return one if count == 1 else many


def article(value: str) -> str:
    """Return the text with "a" or "an" before it, judged by its first sound as far as spelling tells."""
    word = value.split()[0] if value.split() else ""
    if word.isupper() and len(word) > 1:
        vowel = word[0] in "AEFHILMNORSX"  # letters whose names begin with a vowel sound
    else:
        low = word.lower()
        vowel = low[:1] in ("a", "e", "i", "o", "u") and not low.startswith(("uni", "eu", "one", "use"))
        vowel = vowel or low.startswith(("hour", "honest", "honour"))
    return f"{'an' if vowel else 'a'} {value}"


def possessive(value: str) -> str:
    """Return the possessive: `Trust’s`, `Unions’`."""
    return f"{value}’" if value.endswith("s") else f"{value}’s"


def cap(value: str | Quantity) -> str | Quantity:
    """Return the text with its first letter a capital; a quantity begins with a digit and stays."""
    if isinstance(value, Quantity):
        return value
    return value[:1].upper() + value[1:]


def lower(value: str) -> str:
    """Return the text with its first letter small, unless it begins with an abbreviation."""
    return value if value[:2].isupper() else value[:1].lower() + value[1:]


def title(value: str) -> str:
    """Return the text with a capital on each word that is not a small joining word."""
    small = {"a", "an", "and", "for", "in", "of", "on", "or", "the", "to"}
    return " ".join(w if i and w in small else w[:1].upper() + w[1:] for i, w in enumerate(value.split(" ")))


def length(value: Sized) -> int:
    """Return how many there are."""
    return len(value)


def first(value: Iterable[Any]) -> Any:
    """Return the first entry, or None when there is none."""
    return next(iter(value), None)


FILTERS: dict[str, Callable[..., Any]] = {
    "date": format_date,
    "days": _unit("day", "days"),
    "weeks": _unit("week", "weeks"),
    "months": _unit("month", "months"),
    "years": _unit("year", "years"),
    "hours": _unit("hour", "hours"),
    "minutes": _unit("minute", "minutes"),
    "working_days": working_days,
    "times": times,
    "words": words,
    "ordinal": ordinal,
    "and_list": joined("and"),
    "or_list": joined("or"),
    "plural": plural,
    "article": article,
    "possessive": possessive,
    "cap": cap,
    "lower": lower,
    "title": title,
    "length": length,
    "first": first,
}
"""The whole vocabulary, but for Jinja's own `map`, `selectattr` and `rejectattr`, which keep lists lists."""
