"""Checks of expressions: terms that are easily taken for each other, and capitals that promise a definition."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any
from weakref import ref

from agreementkit.bank import Bank
from agreementkit.checks.kinds import Found, at
from agreementkit.checks.scene import Scene
from agreementkit.checks.terms.bank_text import bank_text, small_word
from agreementkit.checks.terms.script import Capitals, Entry, Script, defines, forms_of, key_of, scripts, singular_of
from agreementkit.checks.typed import once
from agreementkit.config.options import option_values

_CALENDAR = {*calendar.month_name, *calendar.day_name, *(f"{day}s" for day in calendar.day_name)} - {""}
_STRUCTURE = {"Schedule", "Part", "Clause", "Paragraph", "Appendix", "Annex", "Section", "Recital", "Table"}
_OFFICES = {"Chair", "Vice-Chair", "Secretary", "Treasurer", "Director", "Manager", "Executive", "Officer", "Minister"}
_CAPITAL = re.compile(r"[A-Z]\w*(?:-\w+)*(?: [A-Z]\w*(?:-\w+)*)*")
_LETTERS = re.compile(r"[^a-z0-9]")


class _Names:
    """Tells words that are, or belong to, the name of somebody or something from words that are only capitalised."""

    def __init__(self, scene: Scene) -> None:
        self._to_scene = ref(scene)  # what is kept as long as the scene is must not keep the scene
        self._known: set[str] | None = None
        self._common: dict[str, bool] = {}

    @property
    def _scene(self) -> Scene:
        scene = self._to_scene()
        assert scene is not None  # noqa: S101 - it is the scene of the check that asks
        return scene

    def common(self, expression: str) -> bool:
        """Whether every word of an expression also occurs in small letters, so that it is no name by itself."""
        return all(self._is_common(word) for word in expression.split())

    def known(self, expression: str) -> bool:
        """Whether an expression is a name that the configuration, the law register or a title of the set has.

        Titles of offices count as names: people write them with capitals, and nobody looks for a definition.
        """
        if singular_of(expression.split()[-1]) in _OFFICES:
            return True
        if self._known is None:
            self._known = set(self._names())
        return expression in self._known or singular_of(expression) in self._known

    def _is_common(self, word: str) -> bool:
        if word not in self._common:
            proper = word in _CALENDAR or word in _STRUCTURE or not any(letter.islower() for letter in word)
            self._common[word] = not proper and self._is_written_small(singular_of(word).lower())
        return self._common[word]

    def _is_written_small(self, stem: str) -> bool:
        texts = [script.typed for script in scripts(self._scene)]
        # To look for the letters first is far quicker where they are not there; and the bank is asked last.
        if any(stem in text and small_word(stem).search(text) for text in texts):
            return True
        return bank_text(self._scene.bank).writes_small(stem)

    def _names(self) -> Iterator[str]:
        scene = self._scene
        yield from _names_of_law(scene.bank)
        yield from _capitals(_strings(scene.config.model_dump(mode="json")))
        yield from _capitals(_strings(option_values(scene.config, scene.bank.options).model_dump(mode="json")))
        for document in scene.documents:
            yield from (document.title, document.short)


_names = once(_Names)
"""What is a name in a set; worked out once for all checks."""


def _capitals(texts: Iterable[str]) -> Iterator[str]:
    """Yield the runs of words with capitals in texts, and each word of them."""
    for text in texts:
        for match in _CAPITAL.findall(text):
            yield match
            yield from match.split()


@lru_cache(maxsize=4)
def _names_of_law(bank: Bank) -> frozenset[str]:
    """Return the names in the law register of a bank."""
    texts = [text for entry in bank.law for text in (entry.cite, entry.short)]
    texts += [summary for entry in bank.law for summary in re.findall(r"(?<=[a-z,] )[A-Z][^.]*", entry.summary)]
    return frozenset(_capitals(texts))


def _strings(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for value in data.values():
            yield from _strings(value)
    elif isinstance(data, list):
        for value in data:
            yield from _strings(value)


def alike(scene: Scene) -> Iterator[Found]:
    """Yield terms that differ only in hyphens or spaces, and longer expressions that are made with a defined term."""
    if not defines(scene):
        return
    names = _names(scene)
    for script in scripts(scene):
        by_letters: dict[str, Entry] = {}
        for entry in script.entries:
            twin = by_letters.setdefault(_LETTERS.sub("", key_of(entry.term)), entry)
            if key_of(twin.term) != key_of(entry.term):
                yield at(
                    entry.passage,
                    f"stands beside a definition of “{twin.term}”, which reads the same as “{entry.term}”",
                    "keep one of the two, or give one of them words that cannot be taken for the other",
                )
        told: set[str] = set()
        for found, expression, term in _longer(script, names):
            if key_of(expression) not in told:
                told.add(key_of(expression))
                yield at(
                    found.passage,
                    f"writes “{expression}”, which contains the defined term “{term}” but has no definition of its own",
                    f"define “{expression}”, or write the words that are not “{term}” in small letters",
                )


def _longer(script: Script, names: _Names) -> Iterator[tuple[Capitals, str, str]]:
    """Yield words with capitals that make a longer expression of a term, with the expression and the term."""
    forms = {form: entry.term for entry in script.entries for form in forms_of(entry.term)}
    printed = {key_of(entry.term) for entry in script.entries}
    for found in script.capitals:
        if found.opens or found.named:
            continue
        if found.before or found.after:
            expression = " ".join(filter(None, (found.before, found.text, found.after)))
            term = found.before or found.after
            if key_of(expression) not in printed and not names.known(expression) and names.common(found.text):
                yield found, expression, term
        elif " " in found.text and key_of(found.text) not in printed:
            term = next((form for form in _parts(found.text) if form in forms), "")
            if term and not names.known(found.text) and names.common(found.text):
                yield found, found.text, term


def _parts(expression: str) -> Iterator[str]:
    """Yield the parts of an expression that have at least two words and are shorter than it is."""
    words = expression.split()
    for length in range(len(words) - 1, 1, -1):
        for start in range(len(words) - length + 1):
            yield " ".join(words[start : start + length])


def promised(scene: Scene) -> Iterator[Found]:
    """Yield words with capitals in the middle of sentences, twice or more, that no definition explains."""
    if not defines(scene):
        return
    names = _names(scene)
    everywhere = scripts(scene)
    explained = {key_of(entry.term) for script in everywhere for entry in script.entries}
    explained.update(key_of(source.front.term) for source in scene.bank.terms.values())
    for script in everywhere:
        for key, places in _repeated(script, explained).items():
            first = places[0]
            if key and not names.known(first.text) and names.common(first.text) and not _inline(script, first.text):
                yield at(
                    first.passage,
                    f"writes “{first.text}” like a defined term, as {len(places)} places of this agreement do, but "
                    "nothing says what it means",
                    f"add a definition of “{first.text}” and mark its uses, or write it in small letters",
                )


def _repeated(script: Script, explained: set[str]) -> Mapping[str, Sequence[Capitals]]:
    places: dict[str, list[Capitals]] = {}
    for found in script.capitals:
        key = key_of(found.text)
        if key not in explained and not (found.opens or found.named or found.before or found.after):
            places.setdefault(key, []).append(found)
    return {key: found for key, found in places.items() if len(found) > 1}


def _inline(script: Script, expression: str) -> bool:
    """Whether the text itself says what an expression means: (the “Panel”), called “Panel” in this agreement."""
    return any(f"“{form}”" in p.words for form in forms_of(expression) for p in script.passages if "“" in p.words)
