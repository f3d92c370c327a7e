"""What the clauses of a bank say, read only as far as somebody asks.

A bank may have thirty thousand clauses, and nearly every question is answered by the first of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache

from agreementkit.bank import Bank, ClauseSource
from agreementkit.checks.terms.script import key_of

_USED = re.compile(r"(?<![{\]])\{([A-Za-z][A-Za-z0-9 -]*)(?:\(s\))?(?:\|[^{}]*)?\}|\|\s*(working_days)\b")
_MOST_KEPT = 4000


class BankText:
    """The uses of definitions, and the words in small letters, in the files of a bank.

    Args:
        bank: The bank.
    """

    def __init__(self, bank: Bank) -> None:
        self._bank = bank
        homes = {source.pack for source in bank.terms.values()}
        # Definitions are used where they are written, before all by each other.
        near = sorted(bank.clauses.values(), key=lambda source: source.pack not in homes)
        self._sources = (*bank.terms.values(), *near)
        self._uses: list[tuple[str, ...] | None] = [None] * len(self._sources)
        self._once: dict[str, bool] = {}
        self._small: dict[str, bool] = {}

    @cached_property
    def unreached(self) -> tuple[ClauseSource, ...]:
        """Definitions that no clause can come to use, neither itself nor over another definition."""
        terms = self._bank.terms
        within = {id_: self._used_by(number) for number, id_ in enumerate(terms)}
        missing = set(terms)
        for used in self._used_outside():
            waiting = [id_ for id_ in used if id_ in missing]
            missing.difference_update(waiting)
            while waiting:
                found = [id_ for id_ in within[waiting.pop()] if id_ in missing]
                missing.difference_update(found)
                waiting += found
            if not missing:
                break
        return tuple([source for id_, source in terms.items() if id_ in missing])

    def used_once(self, id_: str) -> bool:
        """Whether a definition is used in one place of the whole bank, not counting itself."""
        known = self._once.get(id_)
        if known is None:
            known = self._once[id_] = self._count(id_) == 1
        return known

    def writes_small(self, stem: str) -> bool:
        """Whether a file has a word in small letters, in the singular or the plural.

        Args:
            stem: The word in the singular.
        """
        known = self._small.get(stem)
        if known is None:
            if len(self._small) >= _MOST_KEPT:
                self._small.clear()
            texts = ("\n".join(source.body) for source in self._sources)
            known = self._small[stem] = any(stem in text and small_word(stem).search(text) for text in texts)
        return known

    def _used_outside(self) -> Iterator[tuple[str, ...]]:
        """Yield what is used outside definitions: by precedents, then by each clause."""
        for placed in self._bank.precedents.values():
            yield (placed.outline.definition or "", *self._used_in_precedents)
        yield from map(self._used_by, range(len(self._bank.terms), len(self._sources)))

    def _count(self, id_: str) -> int:
        """Return how often a definition is used; of many uses, only that they are more than one."""
        times = self._used_in_precedents.count(id_)
        for number in range(len(self._sources)):
            if times > 1:
                break
            times += self._used_by(number).count(id_)
        return times

    def _used_by(self, number: int) -> tuple[str, ...]:
        """Return the ids of the definitions that a file uses, each as often as it does."""
        uses = self._uses[number]
        if uses is None:
            source = self._sources[number]
            lines = (source.front.title, source.front.term, source.front.plural, *printing(source))
            uses = self._found("\n".join(lines))
            if source.front.term:  # what explains itself does not use itself
                uses = tuple([id_ for id_ in uses if id_ != source.id])
            self._uses[number] = uses
        return uses

    @cached_property
    def _used_in_precedents(self) -> tuple[str, ...]:
        placed = self._bank.precedents.values()
        return self._found("\n".join(line for one in placed for line in (*one.outline.subtitle, *one.outline.opening)))

    def _found(self, text: str) -> tuple[str, ...]:
        keys = (key_of("working-day" if days else "-".join(key.lower().split())) for key, days in _USED.findall(text))
        return tuple([self._keys[key] for key in keys if key in self._keys])

    @cached_property
    def _keys(self) -> dict[str, str]:
        """The ids of definitions by the keys that mean them."""
        keys: dict[str, str] = {}
        for source in self._bank.terms.values():
            for key in (source.id, *("-".join(one.lower().split()) for one in source.front.also)):
                keys[key_of(key)] = source.id
        return keys


@lru_cache(maxsize=4)
def bank_text(bank: Bank) -> BankText:
    """Return the text of a bank, with what was asked of it before."""
    return BankText(bank)


@lru_cache(maxsize=1000)
def small_word(stem: str) -> re.Pattern[str]:
    """Return a pattern of a word in the singular and the plural."""
    return re.compile(rf"\b{re.escape(stem)}(?:s|es)?\b")


def printing(source: ClauseSource) -> Iterator[str]:
    """Yield the lines of a clause file that are not notes."""
    note = False
    for line in source.body:
        if line.startswith("[^"):
            note = True
        elif line.strip() and not line.startswith(" "):
            note = False
        if not note:
            yield line
