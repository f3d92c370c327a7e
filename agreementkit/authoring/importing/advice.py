"""Suggests what a clause from Word may become: figures that may be values, terms, and numbers that will move."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from functools import cache

from pydantic import BaseModel

from agreementkit.bank import Bank
from agreementkit.bank.opening import slug
from agreementkit.config import Config
from agreementkit.config.paths import members

_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_FIGURE = re.compile(
    rf"\b(\d{{1,4}}|{'|'.join(_WORDS)})\s+((?:working|calendar|clear)\s+)?(minute|hour|day|week|month|year)s?\b",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"\b(?:clauses?|paragraphs?|sections?|schedules?)\s+\d+(?:\.\d+)*(?:\([a-z]+\))*", re.IGNORECASE
)
_PHRASE = re.compile(r"\b[A-Z][\w’'-]+(?:\s+(?:(?:of|and|for)\s+)?[A-Z][\w’'-]+)*")
_ALIKE = 0.78
_MOST = 12


def advice(texts: Iterable[str], bank: Bank) -> Iterator[str]:
    """Yield suggestions about the words of a clause, each a line; nothing is changed by them."""
    texts = tuple(texts)
    for found in (_figures(texts), _references(texts), _terms(texts, bank)):
        lines = list(dict.fromkeys(found))
        yield from lines[:_MOST]
        if len(lines) > _MOST:
            yield f"and {len(lines) - _MOST} more like these"


def _figures(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        for match in _FIGURE.finditer(text):
            number = int(match[1]) if match[1].isdigit() else _WORDS.index(match[1].lower()) + 1
            unit = f"{'working_' if (match[2] or '').lower().startswith('working') else ''}{match[3].lower()}s"
            paths = [path for path, default in _settings(unit.rpartition("_")[2]) if default == number]
            like = f", as in {{{{ {paths[0]} | {unit} }}}}" if paths else ""
            yield f"“{' '.join(match[0].split())}” may be a value: {{{{ … | {unit} }}}}{like}"


@cache
def _settings(unit: str) -> tuple[tuple[str, int], ...]:
    """Return the settings that are numbers of a unit, each with its default."""
    return tuple(_walk(Config, "", unit))


def _walk(model: type[BaseModel], above: str, unit: str) -> Iterator[tuple[str, int]]:
    for name, member in members(model).items():
        if member.model is not None and not member.is_list and not member.computed:
            yield from _walk(member.model, f"{above}{name}.", unit)
        elif unit in member.unit and isinstance(member.default, int):
            yield f"{above}{name}", member.default


def _references(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        for match in _REFERENCE.finditer(text):
            yield f"“{' '.join(match[0].split())}” is a number that moves: write @ and the id of what it means"


def _terms(texts: Iterable[str], bank: Bank) -> Iterator[str]:
    keys = bank.term_keys()
    plurals = {f"{key}s": id_ for key, id_ in keys.items()}
    terms = {id_: source.front.term for id_, source in bank.terms.items()}
    printed = {slug(term): id_ for id_, term in terms.items() if "{" not in term}
    known = {**printed, **plurals, **keys}
    for text in texts:
        for match in _PHRASE.finditer(text):
            phrase = " ".join(match[0].split())
            first = not text[: match.start()].strip() or text[: match.start()].rstrip()[-1:] in ".:;"
            if slug(phrase) in known:
                yield f"“{phrase}” looks like a defined term of the bank: {{{phrase.lower()}}}"
            elif " " in phrase and not first:
                near = difflib.get_close_matches(slug(phrase), known, n=1, cutoff=_ALIKE)
                like = f"; {{{known[near[0]]}}} is like it" if near else ""
                yield f"“{phrase}” may be a defined term{like}"
