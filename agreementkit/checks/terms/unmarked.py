"""Checks of typed words that are, or look like, the use of a defined term that nobody marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from pydantic import BaseModel

from agreementkit.bank import Bank
from agreementkit.checks.kinds import Found, at
from agreementkit.checks.scene import Passage, Scene
from agreementkit.checks.terms.definitions import setting_of
from agreementkit.checks.terms.script import TERM, Capitals, Entry, Script, defines, forms_of, key_of, scripts
from agreementkit.tree.nodes import Text
from agreementkit.tree.walk import flatten, plain_text

_LAW = re.compile(r"\b(?:law|laws|legal|statut\w+|Act|Regulations?|regulations?|Code|Handbook|tribunal)\b")
_GOES_ON = re.compile(r"\w| of ")
_GOES_BACK = re.compile(r"[\w-]$|\band $")
_TAKEN = re.compile(r"\bdefined in\b[^\n.]*\bsame meaning\b", re.IGNORECASE)
_DETERMINER = r"(?:(?:the|an?|each|every|any|all|both|its|their) )?"
_RUN = rf"(?<!{TERM})({TERM}++)"
"""A term from its beginning: to begin anew at each of its characters would take as long again as there are."""
_TWO_TERMS = re.compile(rf"{_RUN}(?: with)? {_DETERMINER}({TERM}+)")


def undefined(scene: Scene) -> Iterator[Found]:
    """Yield terms that an agreement uses, marked or with their capitals, and does not define or take from another."""
    if not defines(scene):
        return
    everywhere = scripts(scene)
    of_bank = _bank_terms(scene.bank)
    for script in everywhere:
        others = [other for other in everywhere if other is not script]
        taken = _TAKEN.search(script.typed) is not None
        told: set[str] = set()
        for id_, uses in script.uses.items():
            if id_ not in script.printed and not (taken and any(id_ in other.printed for other in others)):
                told.add(key_of(uses[0].text))
                yield _missing(uses[0].passage, uses[0].text, others, id_)
        here = {key_of(entry.term) for entry in script.entries}
        there = {key_of(entry.term): entry.id for other in others for entry in other.entries}
        for found in script.capitals:
            key = key_of(found.text)
            if key in here or key in told or not _alone(found):
                continue
            id_ = "" if taken and key in there else there.get(key) or of_bank.get(key, "")
            if id_:
                told.add(key)
                yield _missing(found.passage, found.text, others, id_)


def _missing(passage: Passage, text: str, others: list[Script], id_: str) -> Found:
    holder = next((other.document.short for other in others if id_ in other.printed), "")
    where = f"; only the {holder} explains them" if holder else ""
    return at(
        passage,
        f"uses “{text}” like a defined term, but this agreement does not say what the words mean{where}",
        f"mark the words in the clause as `{{{id_.replace('-', ' ')}}}`, so that the definition is printed",
        "or write them in small letters, if the defined meaning is not meant",
    )


def unmarked(scene: Scene) -> Iterator[Found]:
    """Yield typed words that mean a term which the agreement defines: with its capitals, or plainly in small letters.

    Small letters count only where the ordinary meaning is hardly possible: a term of several words that its own
    definition does not use in small letters, "the" before the only thing of its kind, and a defined verb whose object
    the agreement names as a defined term. Sentences about the law keep the words of the law.
    """
    if not defines(scene):
        return
    for script in scripts(scene):
        told: set[tuple[str, str]] = set()
        for passage, entry, words in (
            *_with_capitals(script),
            *_in_small_letters(scene, script),
            *_verbs(script),
        ):
            if (passage.division, entry.id) not in told and passage.term != entry.term:
                told.add((passage.division, entry.id))
                yield at(
                    passage,
                    f"says “{words}” in plain words, although “{entry.term}” is a defined term of this agreement",
                    f"mark the words in the clause: `{_marking(entry, words)}`",
                    "choose other words if the defined meaning is not meant",
                )


def _marking(entry: Entry, words: str) -> str:
    term = entry.id.replace("-", " ")
    return f"{{{term}}}" if key_of(words) == key_of(entry.term) else f"{{{term}|{words[:1].upper()}{words[1:]}}}"


def _with_capitals(script: Script) -> Iterator[tuple[Passage, Entry, str]]:
    entries = {key_of(entry.term): entry for entry in script.entries}
    for found in script.capitals:
        entry = entries.get(key_of(found.text))
        if entry and _alone(found):
            yield found.passage, entry, found.text


def _in_small_letters(scene: Scene, script: Script) -> Iterator[tuple[Passage, Entry, str]]:
    small = script.typed.casefold()
    if len(small) != len(script.typed):
        return  # a letter that has no single small letter: positions would not agree
    for entry in script.entries:
        before = "" if " " in entry.term.removeprefix("The ") else "the "
        if before and not _is_only_one(entry):
            continue
        if all(use.bare for use in script.uses.get(entry.id, ())) or not _is_usual(scene, entry):
            continue
        meaning = plain_text(entry.meaning)
        plain = [form.casefold() for form in forms_of(entry.term)]
        if any(form in meaning for form in plain):
            continue  # the definition narrows a word that keeps its ordinary meaning elsewhere
        stem = before + plain[-1][:-1]  # what singular and plural begin with
        place = small.find(stem)
        while place >= 0:
            start = place + len(before)
            form = next((form for form in plain if small.startswith(form, start)), "")
            end = start + len(form)
            if (
                form
                and script.typed[start:end] not in forms_of(entry.term)
                and not _GOES_ON.match(small, end)
                and not _GOES_BACK.search(script.typed[max(0, place - 5) : place])
                and not _LAW.search(script.sentence(place))
            ):
                passage, offset = script.at(start)
                yield passage, entry, passage.words[offset : offset + len(form)].replace("\u00a0", " ")
            place = small.find(stem, start + 1)


def _is_only_one(entry: Entry) -> bool:
    """Whether a definition says that there is one such thing: "means the body …", but not "means the people …"."""
    first = next((one for one in flatten(entry.meaning) if not hasattr(one, "inlines")), None)
    return isinstance(first, Text) and first.text.startswith("means the ") and "means the people" not in first.text


def _is_usual(scene: Scene, entry: Entry) -> bool:
    """Whether a term is as the bank words it: the clauses may use other words that a setting puts there plainly."""
    source = scene.bank.terms.get(entry.id)
    path = setting_of(source) if source else ""
    section: object = scene.config
    default: object = None
    for name in path.split(".") if path else ():
        field = type(section).model_fields.get(name) if isinstance(section, BaseModel) else None
        default = field.default if field else None
        section = getattr(section, name, None)
    return section == default if path else source is None or "{{" not in source.front.term


def _verbs(script: Script) -> Iterator[tuple[Passage, Entry, str]]:
    """Yield defined verbs in small letters whose object is one that a defined verb has elsewhere in the agreement."""
    verbs = [entry for entry in script.entries if plain_text(entry.meaning).startswith("means to ")]
    if not verbs:
        return
    entries = {form: entry for entry in verbs for form in _verb_forms(entry.term.casefold())}
    either = "|".join(entries)
    objects = _objects(script, verbs)
    active = re.compile(rf"\b({either})(?: with)? {_DETERMINER}({TERM}+)")
    passive = re.compile(rf"{_RUN} (?:is|are|was|were|be|been|(?:will|must) be|ha(?:s|ve) been) ({either})\b")
    # Neither pattern goes beyond a passage, and few passages have a verb: a plain search finds them in no time.
    lines = script.lines_saying({_stem(entry.term.casefold()) for entry in verbs})
    for verb, term, pattern in ((1, 2, active), (2, 1, passive)):
        for match in _matches(pattern, script, lines):
            passage, offset = script.at(match.start(term))
            words = passage.words[offset : offset + len(match[term])]
            if key_of(words) in objects and not _LAW.search(script.sentence(match.start())):
                yield passage, entries[match[verb]], match[verb]


def _matches(pattern: re.Pattern[str], script: Script, lines: Iterable[tuple[int, int]]) -> Iterator[re.Match[str]]:
    return (match for start, end in lines for match in pattern.finditer(script.typed, start, end))


def _objects(script: Script, verbs: list[Entry]) -> set[str]:
    """Return the keys of the terms that follow a marked verb: whom this agreement consults and informs."""
    shown = {use.text for entry in verbs for use in script.uses.get(entry.id, ())}
    objects: set[str] = set()
    for match in _matches(_TWO_TERMS, script, script.lines_printing(shown)):
        passage, offset = script.at(match.start())
        if passage.words[offset : offset + len(match[1])] in shown:
            start = offset + match.start(2) - match.start()
            objects.add(key_of(passage.words[start : start + len(match[2])]))
    return objects


def _verb_forms(verb: str) -> tuple[str, ...]:
    stem = _stem(verb)
    return f"{stem}ing", f"{stem}ed", f"{verb}s", verb


def _stem(verb: str) -> str:
    return verb.removesuffix("e")


def _alone(found: Capitals) -> bool:
    """Whether words with capitals stand for themselves: in no longer expression, and not only to begin a sentence."""
    return not (found.named or found.before or found.after or (found.opens and " " not in found.text))


@lru_cache(maxsize=4)
def _bank_terms(bank: Bank) -> Mapping[str, str]:
    """Return the ids of the bank's definitions by the key of their term, where no setting words the term."""
    return {key_of(s.front.term): s.id for s in bank.terms.values() if "{{" not in s.front.term}
