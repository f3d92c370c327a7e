"""Search: which passages of a bank have what a query asks for, and in which order they come.

A clause is found when everything asked for is somewhere in it. Its passages that have all of it are the hits; where
none has, the one passage that has most of it is.

The order: passages that have everything before those that have a part; then titles, text, notes, front matter; then the
plain words one after the other before the same words apart; then by id.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from agreementkit.bank import Bank
from agreementkit.diagnostics import Diagnostic
from agreementkit.errors import BankError
from agreementkit.searching.excerpt import cut, marks_in, together
from agreementkit.searching.names import has_topic, is_law, is_option, unknown_names
from agreementkit.searching.passages import Passage, Where, passages_of
from agreementkit.searching.query import Query, read_query, runs_at, whole_text
from agreementkit.searching.result import Hit, SearchResult
from agreementkit.searching.words import Word

_ORDER = {Where.TITLE: 0, Where.TEXT: 1, Where.ITEM: 1, Where.DEFINITION: 1, Where.NOTE: 2}
_LAST = 3
_NAMED = 3
"""How many settings or entries of the law register the reason of a hit names."""
_Test = Callable[[Passage], bool]


def search(
    bank: Bank,
    text: str = "",
    *,
    topic: str | None = None,
    law: str | None = None,
    option: str | None = None,
    kind: str | None = None,
    pack: str | None = None,
    voice: str | None = None,
) -> SearchResult:
    """Search the clauses and definitions of a bank, with their notes.

    Args:
        bank: The bank, with its packs.
        text: Plain words, of which all must occur; "phrases in quotes"; and filters such as `topic:6.1` or `voice:law`.
        topic: Number or words of the topic of a clause.
        law: Id of the law register that is cited, or the beginning of one.
        option: Setting that an expression uses, or the section it is in.
        kind: Kind of the clause: clause, party, recital, schedule, execution, definition.
        pack: Id of the pack that the words come from.
        voice: Only notes in this voice.

    Returns:
        The hits, the best first; none when nothing was found.

    Raises:
        BankError: With every fault of the query (AK280 to AK284), or of the clauses of the bank.
    """
    filters = {"topic": topic, "law": law, "option": option, "kind": kind, "pack": pack, "voice": voice}
    query = read_query(whole_text(text, filters))
    groups = _all_passages(bank)
    unknown = list(unknown_names(query, bank, (passage for group in groups for passage in group)))
    if unknown:
        raise BankError(*unknown)
    found = [one for group in groups if _chosen(query, group[0]) for one in _in_clause(query, group)]
    found.sort(key=lambda one: one.rank)
    return SearchResult(query.text, tuple(_hit(query, one) for one in found))


@dataclass(frozen=True, slots=True)
class _Found:
    """A passage that is a hit: whether it has everything asked for, and the plain words together."""

    passage: Passage
    number: int
    title: str
    whole: bool
    together: bool

    @property
    def rank(self) -> tuple[object, ...]:
        """What hits are sorted by; see the top of the file."""
        part = _ORDER.get(self.passage.where, _LAST)
        return (not self.whole, part, not self.together, self.passage.source.id, self.number)


def _all_passages(bank: Bank) -> list[tuple[Passage, ...]]:
    """Return the passages of each clause file; all faults of all files are reported at once."""
    groups: list[tuple[Passage, ...]] = []
    faults: list[Diagnostic] = []
    for source in (*bank.clauses.values(), *bank.terms.values()):
        try:
            groups.append(passages_of(source))
        except BankError as error:
            faults.extend(error.diagnostics)
    if faults:
        raise BankError(*faults)
    return [group for group in groups if group]


def _chosen(query: Query, passage: Passage) -> bool:
    """Whether the clause of a passage is one of those that may be found."""
    front = passage.source.front
    topics, kinds = query.filters.get("topic", ()), query.filters.get("kind", ())
    return (not topics or any(has_topic(one.value, front.topic) for one in topics)) and (
        not kinds or any(one.value == front.kind.value for one in kinds)
    )


def _in_clause(query: Query, group: Sequence[Passage]) -> Iterator[_Found]:
    """Yield what is found in one clause."""
    title = group[0].text if group[0].where is Where.TITLE else group[0].source.id
    voices = {one.value for one in query.filters.get("voice", ())}
    packs = {one.value for one in query.filters.get("pack", ())}
    looked = [
        (number, passage)
        for number, passage in enumerate(group)
        if (not voices or passage.voice in voices) and (not packs or passage.pack in packs)
    ]
    tests = list(_tests(query))
    if not tests and not voices:
        looked = looked[:1]  # a clause that was chosen as a whole is named once
    met = [[test(passage) for test in tests] for _, passage in looked]
    if not looked or not all(map(any, zip(*met, strict=True))):
        return
    whole = [one for one, answers in zip(looked, met, strict=True) if all(answers)]
    for number, passage in whole:
        yield _Found(passage, number, title, True, together(query, passage))
    if not whole:
        most = max(range(len(looked)), key=lambda at: (sum(met[at]), -_ORDER.get(looked[at][1].where, _LAST), -at))
        number, passage = looked[most]
        yield _Found(passage, number, title, False, False)


def _tests(query: Query) -> Iterator[_Test]:
    """Yield a test for each thing that must be found in a clause."""
    for word in {word.stem: word for word in query.words}.values():
        yield partial(_has, (word,))
    for phrase in query.phrases:
        yield partial(_has, phrase)
    if "law" in query.filters:
        yield lambda passage: bool(_cited(query, passage))
    if "option" in query.filters:
        yield lambda passage: bool(_used(query, passage))


def _has(run: tuple[Word, ...], passage: Passage) -> bool:
    return any(True for _ in runs_at(run, passage.words))


def _cited(query: Query, passage: Passage) -> list[str]:
    return [id_ for id_ in passage.cites if any(is_law(one.value, id_) for one in query.filters.get("law", ()))]


def _used(query: Query, passage: Passage) -> list[str]:
    wanted = query.filters.get("option", ())
    return sorted(path for path in passage.options if any(is_option(one.value, path) for one in wanted))


def _hit(query: Query, found: _Found) -> Hit:
    passage = found.passage
    front = passage.source.front
    words, marks = cut(passage.text, marks_in(query, passage, _used(query, passage)))
    return Hit(
        id=front.id,
        kind=front.kind.value,
        title=found.title,
        pack=passage.pack,
        version=passage.version,
        where=passage.where,
        key=passage.key,
        voice=passage.voice,
        variant=passage.variant,
        file=passage.place.file,
        line=passage.place.line,
        words=words,
        marks=marks,
        why="; ".join(_reasons(query, found)),
    )


def _reasons(query: Query, found: _Found) -> Iterator[str]:
    """Yield why a passage is a hit, in words."""
    if not found.whole:
        yield "has a part of it, the clause has the rest"
    elif len(query.words) > 1:
        yield "the words together" if found.together else "all the words"
    elif len(query.words) + len(query.phrases) > 1:
        yield "the words"
    elif query.words or query.phrases:
        yield "the word" if query.words else "the phrase"
    for verb, names in (("cites", _cited(query, found.passage)), ("uses", _used(query, found.passage))):
        if names:
            more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
            yield f"{verb} {', '.join(names[:_NAMED])}{more}"
    if "topic" in query.filters:
        yield f"topic {found.passage.source.front.topic}"
