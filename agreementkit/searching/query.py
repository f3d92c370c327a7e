"""What is searched for: the words, phrases and filters of a query, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from agreementkit.diagnostics import Diagnostic, Place, suggest
from agreementkit.errors import BankError
from agreementkit.searching.words import Word, words_in

FILTERS = ("topic", "law", "option", "kind", "pack", "voice")
_QUOTES = str.maketrans("“”„«»", '"""""')
_PIECE = re.compile(r'(?P<key>[^\W\d_]+):(?P<value>"[^"]*"|[^\s"]+)?|"(?P<phrase>[^"]*)"|(?P<open>")|(?P<word>[^\s"]+)')
_FILE = "search"
"""Stands for the file in the place of a fault of a query."""


@dataclass(frozen=True, slots=True)
class Filter:
    """One value of a filter, with the place where it was asked for."""

    value: str
    place: Place


@dataclass(frozen=True, slots=True)
class Query:
    """A query that was read.

    Attributes:
        text: The whole query as text, filters that were given apart included.
        run: Plain words in order, with the small ones.
        phrases: Quoted words in order.
        filters: What was asked for by each filter; of several values one is enough.
    """

    text: str
    run: tuple[Word, ...] = ()
    phrases: tuple[tuple[Word, ...], ...] = ()
    filters: Mapping[str, tuple[Filter, ...]] = field(default_factory=dict)

    @property
    def words(self) -> tuple[Word, ...]:
        """The plain words that count."""
        return tuple(word for word in self.run if not word.small)


def whole_text(text: str, filters: Mapping[str, str | None]) -> str:
    """Return a query in which the filters that were given apart are written out behind the words."""
    written = []
    for key, given in filters.items():
        if given is not None:
            value = " ".join(given.replace('"', " ").split())
            written.append(f'{key}:"{value}"' if not value or " " in value else f"{key}:{value}")
    return " ".join([*text.split(), *written])


def read_query(text: str) -> Query:
    """Read a query.

    Args:
        text: Plain words, "phrases in quotes" and `filter:value`, in any order.

    Raises:
        BankError: With every fault of the query (AK280).
    """
    found: list[Diagnostic] = []
    run: list[Word] = []
    phrases: list[tuple[Word, ...]] = []
    filters: dict[str, list[Filter]] = {}
    for piece in _PIECE.finditer(text.translate(_QUOTES)):
        place = Place(_FILE, 1, piece.start() + 1, len(piece[0]), text)
        if piece["open"]:
            found.append(_fault("this quotation mark is never closed", place, 'close it: "status quo"'))
        elif piece["key"]:
            found.extend(_filter(piece["key"].lower(), (piece["value"] or "").strip('" '), place, filters))
        elif piece["phrase"] is not None:
            phrases.append(words_in(piece["phrase"]))
        else:
            run.extend(words_in(piece["word"]))
    query = Query(text, tuple(run), tuple(p for p in phrases if p), {key: tuple(v) for key, v in filters.items()})
    if not found and not (query.words or query.phrases or query.filters):
        hint = 'name at least one word or a filter: `"status quo"`, `topic:6.1`, `law:tulrca-1992-s168`'
        message = "there is nothing to search for"
        if query.run:
            message, hint = "these words stand everywhere and do not count", "add another word, or put them in quotes"
        found.append(_fault(message, Place(_FILE, 1, 1, max(1, len(text)), text), hint))
    if found:
        raise BankError(*found)
    return query


def _filter(key: str, value: str, place: Place, filters: dict[str, list[Filter]]) -> Iterator[Diagnostic]:
    if key not in FILTERS:
        near = suggest(key, FILTERS, "filter")
        yield _fault(f"there is no filter {key!r}", place, *near, "put words with a colon in quotes")
    elif not value:
        yield _fault(f"the filter {key!r} has no value", place, f"write it without a space: `{key}:value`")
    else:
        filters.setdefault(key, []).append(Filter(value, place))


def _fault(message: str, place: Place, *hints: str) -> Diagnostic:
    return Diagnostic("AK280", message, place=place, hints=hints)


def runs_at(run: Sequence[Word], words: Sequence[Word]) -> Iterator[int]:
    """Yield each index at which `words` have the words of `run` one after the other; nothing for an empty run."""
    if run:
        for at in range(len(words) - len(run) + 1):
            if all(words[at + number].stem == word.stem for number, word in enumerate(run)):
                yield at
