"""Words to avoid: gendered and legalistic ones, "and/or", and two words for one duty."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from agreementkit.bank import Bank
from agreementkit.checks.kinds import Found, at
from agreementkit.checks.scene import Scene
from agreementkit.checks.typed import Typed, all_words, typed
from agreementkit.checks.wording.vocabulary import GENDERED, LEGALISTIC, Vocabulary
from agreementkit.diagnostics import Severity

_AND_OR = re.compile(r"\band ?/ ?or\b", re.IGNORECASE)
_SHALL = re.compile(r"\bshall\b", re.IGNORECASE)
# "will" says what comes, and no duty, in a part of a sentence that says who, when or what; and a will is a document.
_WILL = re.compile(
    r"(?<!\bwho )(?<!\bthat )(?<!\bwhich )(?<!\bif )(?<!\bwhen )(?<!\bwhat )(?<!\bhow )(?<!\bit )(?<!\bthere )"
    r"(?<!\bthis )(?<!\ba )(?<!\bgood )(?<!\bwhose )(?<!\bthey )\bwill\b(?! be (?:no|a|an|the|taken|deemed)\b)",
    re.IGNORECASE,
)


def gendered_words(scene: Scene) -> Iterator[Found]:
    """Yield each passage with words that speak of men or of women where everybody is meant."""
    return _avoided(scene, GENDERED, ("speaks of men or women only", "speak of men or women only"))


def legalistic_words(scene: Scene) -> Iterator[Found]:
    """Yield each passage with words that only lawyers use."""
    return _avoided(scene, LEGALISTIC, ("is not plain English", "are not plain English"))


def _avoided(scene: Scene, vocabulary: Vocabulary, why: tuple[str, str]) -> Iterator[Found]:
    keys = vocabulary.keys & all_words(scene)
    for one in typed(scene):
        passage = one.passage
        found = [] if keys.isdisjoint(one.words) else list(_found_in(vocabulary, one.own_words()))
        if passage.term:
            found += _of_term(scene, one, vocabulary)
        if found:
            said = _listed([f"“{word}”" for word, _ in found])
            yield at(passage, f"says {said}, which {why[len(found) > 1]}", *(hint for _, hint in found))


def _of_term(scene: Scene, one: Typed, vocabulary: Vocabulary) -> list[tuple[str, str]]:
    """Return the words to avoid in the defined term itself, if it was typed in the definition."""
    term = one.passage.term
    return list(_found_in(vocabulary, term)) if term in _bank_terms(scene.bank) else []


@lru_cache(maxsize=1000)
def _found_in(vocabulary: Vocabulary, text: str) -> tuple[tuple[str, str], ...]:
    """Return what a vocabulary finds in words that were typed in the bank, which come again in every set."""
    return tuple(vocabulary.found(text))


@lru_cache(maxsize=4)
def _bank_terms(bank: Bank) -> frozenset[str]:
    """Return the terms of a bank as their files say them."""
    return frozenset([source.front.term for source in bank.terms.values()])


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def and_or(scene: Scene) -> Iterator[Found]:
    """Yield each passage, and each setting, that says "and/or"."""
    settings: set[str] = set()
    for one in typed(scene):
        if "/" not in one.passage.words:
            continue
        match = _AND_OR.search(one.passage.words)
        if match:
            value = next(one.values(*match.span()), None)
            path = value.path if value else ""
            if path in settings:
                continue
            settings.update({path} - {""})
            yield at(
                one.passage,
                f"says “{match[0]}”, which leaves open what is meant",
                "say “A or B, or both” where both may be meant, else “and” or “or” alone",
                *((f"the words come from the setting `{path}`",) if path else ()),
                path=path,
            )


def duties_in_two_words(scene: Scene) -> Iterator[Found]:
    """Yield each clause that says duties with the word that its agreement mostly does not use, "shall" or "will"."""
    shall: dict[str, list[Typed]] = {}
    will: dict[str, list[Typed]] = {}
    for one in typed(scene):
        if "shall" in one.words and _SHALL.search(one.own_words()):
            shall.setdefault(one.passage.agreement, []).append(one)
        if "will" in one.words:
            will.setdefault(one.passage.agreement, []).append(one)
    for agreement, shalls in shall.items():
        wills = will.get(agreement, [])
        if len(wills) >= len(shalls):
            yield from _other_word(shalls, "shall", "will", Severity.WARNING)
        else:
            # What only comes about cannot always be told from a duty, so this direction is less certain.
            duties = [one for one in wills if _WILL.search(one.own_words())]
            yield from _other_word(duties, "will", "shall", Severity.INFO)


def _other_word(passages: list[Typed], word: str, usual: str, severity: Severity) -> Iterator[Found]:
    clauses: dict[str, list[Typed]] = {}
    for one in passages:
        clauses.setdefault(one.passage.division.split("/")[0], []).append(one)
    for places in clauses.values():
        more = len(places) - 1
        others = f" (and so do {more} other places of the clause)" if more > 1 else ""
        others = " (and so does another place of the clause)" if more == 1 else others
        found = at(
            places[0].passage,
            f"says “{word}”{others}, where the agreement otherwise says “{usual}” for duties",
            f"use “{usual}” for a duty here too, or one word for duties throughout",
        )
        yield replace(found, severity=severity)
