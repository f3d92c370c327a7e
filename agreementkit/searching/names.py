"""The names that filters ask for: which topic, law, setting, kind, pack or voice is meant, and which is not there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from agreementkit.bank import Bank
from agreementkit.bank.clause import Kind
from agreementkit.config.options import with_options
from agreementkit.config.paths import all_paths
from agreementkit.diagnostics import Diagnostic, nearest, suggest
from agreementkit.searching.passages import Passage
from agreementkit.searching.query import Filter, Query
from agreementkit.searching.words import stem
from agreementkit.tree.nodes import Voice

_TOPIC_WORD = re.compile(r"\d+(?:\.\d+)*|[^\W\d_]+")
_SHOWN = 6


def unknown_names(query: Query, bank: Bank, passages: Iterable[Passage]) -> Iterator[Diagnostic]:
    """Yield a fault for each name in a filter that the bank does not have (AK281 to AK284).

    Args:
        query: The query.
        bank: The bank.
        passages: All passages of the bank.
    """
    topics = sorted({s.front.topic for s in (*bank.clauses.values(), *bank.terms.values()) if s.front.topic})
    for one in query.filters.get("topic", ()):
        if not any(has_topic(one.value, topic) for topic in topics):
            yield _unknown("AK281", "topic", one, _topic_hints(one.value, topics, bank))
    for one in query.filters.get("law", ()):
        if not any(is_law(one.value, id_) for id_ in bank.law.entries):
            yield _unknown("AK282", "law", one, suggest(one.value.lower(), bank.law.entries, "law entry"))
    if "option" in query.filters:
        paths = {path for path, _ in all_paths(with_options(bank.options))}.union(
            *(passage.options for passage in passages)
        )
        for one in query.filters["option"]:
            if not any(is_option(one.value, path) for path in paths):
                yield _unknown("AK283", "option", one, suggest(one.value, paths, "option"))
    for key, known in (("kind", list(Kind)), ("pack", [pack.id for pack in bank.packs]), ("voice", list(Voice))):
        for one in query.filters.get(key, ()):
            if one.value not in known:
                yield _unknown("AK284", key, one, suggest(one.value, map(str, known), key))


def has_topic(asked: str, topic: str) -> bool:
    """Whether a topic is the one asked for: it has the words asked for one after the other.

    A number stands for those below it too: `6` is the topic `6.1 duties`.
    """
    words, wanted = _topic_words(topic), _topic_words(asked)
    return bool(wanted) and any(all(map(_same, wanted, words[at:])) for at in range(len(words) - len(wanted) + 1))


def is_law(asked: str, id_: str) -> bool:
    """Whether an id of the law register is the one asked for, or begins with it: `tulrca-1992`."""
    return f"{id_}-".startswith(f"{asked.lower().rstrip('-')}-")


def is_option(asked: str, path: str) -> bool:
    """Whether a setting is the one asked for, or lies in it: `time_off`."""
    return f"{path}.".startswith(f"{asked.rstrip('.')}.")


def _topic_words(text: str) -> list[str]:
    return [stem(word) for word in _TOPIC_WORD.findall(text.casefold())]


def _same(asked: str, word: str) -> bool:
    return asked == word or (asked[0].isdigit() and word.startswith(f"{asked}."))


def _topic_hints(asked: str, topics: Sequence[str], bank: Bank) -> tuple[str, ...]:
    clause = bank.clauses.get(asked) or bank.terms.get(asked)
    if clause and clause.front.topic:
        return (f"the topic of {asked!r} is {clause.front.topic!r}",)
    spoken = {topic.lstrip("0123456789. "): topic for topic in topics}
    near = nearest(asked, topics) or spoken.get(nearest(asked.replace("-", " "), spoken) or "")
    if near:
        return (f"did you mean {near!r}?",)
    if len(topics) <= _SHOWN:
        return suggest(asked, topics, "topic")
    some = topics[:: len(topics) // _SHOWN][:_SHOWN]
    return (f"topics are, for example, {', '.join(map(repr, some))}",)


def _unknown(code: str, what: str, one: Filter, hints: tuple[str, ...]) -> Diagnostic:
    return Diagnostic(code, f"the bank has no {what} {one.value!r}", place=one.place, hints=hints)
