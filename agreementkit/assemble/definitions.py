"""Fills the definitions of the bank for one agreement. Which of them are printed is decided later, by use."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from agreementkit.assemble.compile import template_text
from agreementkit.assemble.fill import Filler
from agreementkit.assemble.learnt import expressions_of, make_known
from agreementkit.assemble.select import choose, unknown_mentions
from agreementkit.assemble.values import Evaluator, Names
from agreementkit.bank import Bank
from agreementkit.diagnostics import Diagnostic
from agreementkit.tree.nodes import Anchor, Inline, Note, Origin, Para, Phrase
from agreementkit.tree.walk import plain_text

CONFIGURED_NAME = re.compile(r"\{\{(?!.*\| *(?:title|cap)\b)")
"""A term that the configuration words and no filter raises to capitals: the name of a party, a side or a body."""


_PLAIN_WORDS = re.compile(r"[A-Za-z]+(?: [A-Za-z]+)*")
"""Words that read as they are written, whatever is configured."""


@dataclass(frozen=True, slots=True)
class Definition:
    """A definition filled for one agreement.

    Attributes:
        id: Its id.
        term: The term in the singular, as configured.
        plural: The term in the plural.
        many: Whether the things it stands for are several here; decides what `{term(s)}` prints.
        inlines: The meaning: what follows the term.
        notes: Its notes, anchored on phrases of `inlines`; their division is set where the entry is printed.
        origin: Where it came from.
    """

    id: str
    term: str
    plural: str
    many: bool
    inlines: tuple[Inline, ...]
    notes: tuple[Note, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Terms:
    """All definitions that may be used in one agreement, and the keys they are used by.

    Attributes:
        definitions: By id.
        keys: Slug of every key, with the definition's id and whether the key is a plural.
        listed: Whether the agreement defines its terms; if not, they are plain words in the text.
        names: Ids of the definitions whose terms are names, which keep their capitals as plain words.
    """

    definitions: Mapping[str, Definition]
    keys: Mapping[str, tuple[str, bool]]
    listed: bool = True
    names: frozenset[str] = frozenset()

    def find(self, key: str) -> tuple[Definition, bool] | None:
        """Return the definition used by `key` and whether the key is its plural; None when there is none."""
        found = self.keys.get(slug_of(key))
        return (self.definitions[found[0]], found[1]) if found else None


def fill_definitions(bank: Bank, names: Names, found: list[Diagnostic]) -> Terms:
    """Return every definition whose condition holds, filled; faults go to `found`."""
    evaluator = Evaluator(found)
    definitions: dict[str, Definition] = {}
    keys: dict[str, tuple[str, bool]] = {}
    make_known(_expressions(bank))
    for source in bank.terms.values():
        chosen = choose(source, names, evaluator)
        if chosen is None:
            continue
        found.extend(unknown_mentions(chosen, bank))
        filler = Filler(chosen, names, f"definition-{source.id}", found, share=True)
        term = _line(filler, "term")
        plural = _line(filler, "plural") or plural_of(term)
        many = False
        if source.front.number:
            value, _ = evaluator.evaluate(source.front.number, names, source.place("number"))
            many = (value if isinstance(value, int) else len(value or ())) != 1
        filled = filler.fill()
        inlines = _meaning(filled.blocks)
        if not inlines or filled.children:
            found.append(
                Diagnostic(
                    "AK308",
                    f"definition {source.id!r} must be one paragraph of text",
                    place=source.place("id"),
                    hints=("write the meaning as a single paragraph that begins with `means`",),
                )
            )
        phrase = f"definition-{source.id}~all"
        notes = tuple(
            replace(note, anchor=Anchor(note.anchor.division, note.anchor.phrase or phrase)) for note in filled.notes
        )
        if any(note.anchor.phrase == phrase for note in notes):
            inlines = (Phrase(phrase, inlines),)
        definitions[source.id] = Definition(source.id, term, plural, many, inlines, notes, filler.own_origin())
        for key in (source.id, *source.front.also):
            slug = slug_of(key)
            keys[slug] = (source.id, False)
            keys.setdefault(plural_of(slug), (source.id, True))
            if term == plural and slug.endswith("s"):  # a term in the plural only is used in the singular too
                keys.setdefault(slug[:-1], (source.id, False))
    configured = {id_ for id_, source in bank.terms.items() if CONFIGURED_NAME.search(source.front.term or "")}
    titles = {placed.outline.definition or "" for placed in bank.precedents.values()}
    listed = names.values["document"].definitions != "none"
    return Terms(definitions, keys, listed, frozenset(configured | titles))


@lru_cache(maxsize=10_000)
def slug_of(key: str) -> str:
    """Return a key as it is looked up: `Working  Day` and `working day` are `working-day`."""
    return "-".join(key.lower().split())


def plural_of(word: str) -> str:
    """Return the regular English plural of a word or a term's last word."""
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return f"{word[:-1]}ies"
    if word.endswith(("s", "x", "ch", "sh")):
        return f"{word}es"
    return f"{word}s"


def _expressions(bank: Bank) -> Iterator[str]:
    """Yield the expressions in the terms of a bank."""
    for source in bank.terms.values():
        for key, text in (("term", source.front.term), ("plural", source.front.plural)):
            if "{{" in text:
                yield from expressions_of(template_text(text, source.place(key), []))


def _line(filler: Filler, key: Literal["term", "plural"]) -> str:
    """Return what a line of the front matter reads here."""
    text, budget = getattr(filler.source.front, key), filler.names.budget
    if not text:
        return ""
    if _PLAIN_WORDS.fullmatch(text) and budget.has(len(text)):  # most: not to read and fill them saves a fifth
        budget.letters -= len(text)
        return str(text)
    found: list[Diagnostic] = []
    template = template_text(text, filler.source.place(key), found)
    return plain_text(filler.inlines(template, filler.names, filler.base))


def _meaning(blocks: tuple[object, ...]) -> tuple[Inline, ...]:
    return blocks[0].inlines if len(blocks) == 1 and isinstance(blocks[0], Para) else ()
