"""Hypothesis strategies for trees: random resolved agreements with every node kind."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

from hypothesis import strategies as st

from agreementkit.diagnostics import Place
from agreementkit.tree import nodes as n
from agreementkit.tree.walk import divisions

AWKWARD = (
    'A*B & C <Ltd> "x"',
    "snake_case_name __init__",
    "a | b",
    "back\\slash \\begin{x} \\(",
    "`code` ~~struck~~ H~2~O x^2^ $5 and $6",
    "@smith2020 [@smith] user@example.com",
    "# heading #",
    "+ plus",
    "- minus",
    "1. one",
    "(a) item",
    "mix. roman",
    "[link](x) ![image](y) [^1] [^1]: note [ref]: z",
    "&amp; &copy; &#42; &copy",
    ": definition",
    "'single' \"double\" it's",
    "‘single’ “double” it’s",
    "wait... -- --- ....",
    ":smile: 10:30:15",
    "https://example.com/a_b_c?x=*y* www.example.com mailto:a@b.c",
    "<!-- comment --> <script>alert(1)</script> <b>",
    "  two  spaces  ",
    "\u200fעברית\u200e العربية",
    "👩‍⚖️🇬🇧 é e\u0301",
    "a\xa0b\u2003c\u2028d\u3000",
    "Mr. Smith vs. J. Bloggs e.g. this, No. 5",
    "=== --- ***",
    "{#id .class} {{ x }} {%",
    "line\nfeed\n\ntwice\ttab",
    "| a | b |\n| --- | --- |",
    "Hello!",
    "%%% :::",
    "> quote",
    "",
)
_ALPHABET = st.one_of(
    st.sampled_from("abzAMivx019 .,;:!?()[]{}<>*_-+=#~^$@|&'\"\\/`%‘’“”–…  \n"),
    st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co")),
)
texts = st.one_of(st.text(_ALPHABET, max_size=20), st.sampled_from(AWKWARD))
"""Text as a value may hold it: anything but control characters."""

words = st.text("abcdefghij ", min_size=1, max_size=12).filter(str.strip)
paths = st.sampled_from(("time_off.hours", "employers[0].name", 'odd "path" <x>'))


def inlines(*, phrases: st.SearchStrategy[str] | None = None, depth: int = 2) -> st.SearchStrategy[Any]:
    """Runs of inlines of every resolved kind."""
    leaves: list[st.SearchStrategy[Any]] = [
        st.builds(n.Text, texts),
        st.builds(n.Value, paths, texts),
        st.builds(n.Blank, paths, texts),
        st.builds(n.Term, st.just("staff"), texts),
        st.builds(
            n.Reference,
            st.sampled_from(("c1", "c1/~2", "s1", "nowhere")),
            st.lists(st.builds(n.ReferencePart, texts, st.sampled_from(("", "c1"))), max_size=2).map(tuple),
            st.sampled_from(("", "", "partnership", "unknown")),
        ),
        st.just(n.LineBreak()),
    ]
    if depth:
        inner = inlines(phrases=phrases, depth=depth - 1)
        leaves += [st.builds(n.Emphasis, inner), st.builds(n.Strong, inner)]
        if phrases is not None:
            leaves.append(st.builds(n.Phrase, phrases, inner))
    return st.lists(st.one_of(leaves), max_size=1 + depth).map(tuple)


runs = inlines(phrases=st.sampled_from(("p1", "p2")))


def _tables(columns: int) -> st.SearchStrategy[n.Table]:
    row = st.tuples(*[runs] * columns)
    rows = st.lists(row, max_size=2).map(tuple)
    return st.builds(n.Table, row, rows, texts, st.sampled_from(((), (1,) * columns)))


blocks = st.one_of(
    st.builds(n.Para, runs),
    st.builds(n.List, st.lists(runs, max_size=3).map(tuple)),
    _tables(1),
    _tables(3),
    st.builds(n.DefinitionEntry, st.just("staff"), texts, runs),
    st.builds(n.SignatureLines, runs, st.lists(st.builds(n.SignatureLine, texts, runs), max_size=2).map(tuple)),
)
_some_blocks = st.lists(blocks, max_size=2).map(tuple)
_places = st.builds(Place, words, st.integers(0, 9), st.integers(0, 9), st.integers(1, 9), texts)
_origins = st.none() | st.builds(n.Origin, words, words, words, words, st.none() | _places)
_below = {
    n.Part: n.Clause,
    n.Clause: n.SubClause,
    n.SubClause: n.Paragraph,
    n.Paragraph: n.SubParagraph,
    n.Schedule: n.SchedulePart,
    n.SchedulePart: n.Clause,
}
_LABELS: dict[type[n.Division], tuple[str, ...]] = {
    n.PartyEntry: ("(1)",),
    n.Recital: ("(A)",),
    n.Clause: ("7.",),
    n.SubClause: ("7.2", ""),
    n.Paragraph: ("(a)",),
    n.SubParagraph: ("(i)",),
    n.Schedule: ("Schedule 1",),
}


@cache
def division(kind: type[n.Division]) -> Any:
    """Divisions of a kind with what may stand below it; the ids are given later."""
    below = _below.get(kind)
    labels = _LABELS.get(kind)
    numbers = [n.Number((1, 2), label or "7", label) for label in labels or ()]
    return st.builds(
        kind,
        id=st.just("x"),
        heading=runs,
        number=st.sampled_from(numbers) if numbers else st.none(),
        blocks=_some_blocks,
        children=st.lists(division(below), max_size=1).map(tuple) if below else st.just(()),
        origin=_origins,
    )


def _several(*kinds: type[n.Division]) -> st.SearchStrategy[Any]:
    drawn = [division(kind) for kind in kinds]  # type: ignore[arg-type]  # a class can be hashed, whatever its objects can
    return st.lists(st.one_of(drawn), max_size=2 if len(kinds) > 1 else 1).map(tuple)


_parties, _background = _several(n.PartyEntry), _several(n.Recital)
_body, _schedules, _execution = _several(n.Part, n.Clause), _several(n.Schedule), _several(n.ExecutionBlock)
_lines = st.lists(runs, max_size=2).map(tuple)
_cites = st.lists(st.builds(n.Citation, words, texts), max_size=1).map(tuple)


@st.composite
def documents(draw: st.DrawFn) -> n.Document:
    """Resolved agreements with unique ids and notes on things that are there."""
    document = n.Document(
        precedent="recognition",
        title=draw(texts),
        short=draw(words),
        stem="recognition-agreement",
        subtitle=draw(_lines),
        opening=draw(_some_blocks),
        summary=draw(_some_blocks),
        parties=draw(_parties),
        background=draw(_background),
        body=draw(_body),
        schedules=draw(_schedules),
        execution=draw(_execution),
        headings=n.Headings(parties=draw(words)),
        meta=n.Meta(organisation=draw(texts), date="2027-03-01"),
        stage=n.Stage.RESOLVED,
    )
    document = _identified(document)
    ids = [one.id for one in divisions(document)]
    if not ids:
        return document
    anchors = st.builds(n.Anchor, st.sampled_from(ids), st.sampled_from(("", "p1", "p2")), st.booleans())
    notes = st.builds(
        n.Note,
        id=words,
        anchor=anchors,
        voice=st.sampled_from(n.Voice),
        blocks=_some_blocks,
        author=texts,
        initials=words,
        purpose=st.sampled_from(("explains", "warns")),
        audience=st.sampled_from(("everyone", "employer")),
        cites=_cites,
        origin=_origins,
        detail=st.sampled_from(("main", "more")),
    )
    return replace(document, notes=tuple(draw(st.lists(notes, max_size=4))))


def _identified(document: n.Document) -> n.Document:
    """Give the divisions ids of the forms that passes give."""

    def name(tops: tuple[Any, ...], letter: str) -> tuple[Any, ...]:
        return tuple(_named(top, f"{letter}{position}") for position, top in enumerate(tops, 1))

    return replace(
        document,
        parties=name(document.parties, "p"),
        background=name(document.background, "b"),
        body=name(document.body, "c"),
        schedules=name(document.schedules, "s"),
        execution=name(document.execution, "e"),
    )


def _named(one: n.Division, id_: str) -> n.Division:
    children = tuple(_named(child, f"{id_}/~{position}") for position, child in enumerate(one.children, 1))
    return replace(one, id=id_, children=children)
