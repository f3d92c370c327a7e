"""Excerpts: where in a passage the hits are, and the words around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from agreementkit.searching.passages import Passage
from agreementkit.searching.query import Query, runs_at
from agreementkit.searching.words import Word

Span = tuple[int, int]
_BEFORE, _LENGTH = 60, 180
"""Letters of an excerpt before the first hit, and in all."""
_DOTS = "… "


def together(query: Query, passage: Passage) -> bool:
    """Whether the plain words of a query stand in a passage one after the other, as they were typed."""
    return not query.words or any(True for _ in runs_at(query.run, passage.words))


def marks_in(query: Query, passage: Passage, options: Iterable[str]) -> tuple[Span, ...]:
    """Return where in the text of a passage the words, phrases and settings of a query are, in order.

    Args:
        query: The query.
        passage: The passage.
        options: Settings that were asked for and that the passage uses.
    """
    words = passage.words
    spans = [span for phrase in query.phrases for span in _runs(phrase, words)]
    if len(query.words) > 1 and together(query, passage):
        spans += _runs(query.run, words)
    else:
        stems = {word.stem for word in query.words}
        spans += [(word.start, word.end) for word in words if word.stem in stems]
    for option in options:
        spans += [match.span() for match in re.finditer(rf"(?<![\w.]){re.escape(option)}(?![\w.]?\w)", passage.text)]
    return tuple(_joined(sorted(spans)))


def _runs(run: tuple[Word, ...], words: tuple[Word, ...]) -> list[Span]:
    return [(words[at].start, words[at + len(run) - 1].end) for at in runs_at(run, words)]


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    """Yield the spans, those that touch made one."""
    last: Span | None = None
    for start, end in spans:
        if last and start <= last[1]:
            last = (last[0], max(last[1], end))
            continue
        if last:
            yield last
        last = (start, end)
    if last:
        yield last


def cut(text: str, marks: tuple[Span, ...]) -> tuple[str, tuple[Span, ...]]:
    """Return the words of a text where most of its marks are, cut between words, with the marks that are in them."""
    first, after = max(marks, key=lambda mark: (_near(mark, marks), -mark[0]), default=(0, 0))
    start = 0 if first <= _BEFORE else first - _BEFORE
    if start:
        start = text.find(" ", start, first) + 1 or first
    end = len(text)
    if end - start > _LENGTH:
        end = max(text.rfind(" ", after, start + _LENGTH), after)
        end = end if end > start else start + _LENGTH  # one word that is longer than an excerpt
    head = _DOTS if start else ""
    tail = _DOTS.rstrip() if end < len(text) else ""
    moved = len(head) - start
    inside = tuple((a + moved, min(b, end) + moved) for a, b in marks if start <= a < end)
    return f"{head}{text[start:end]}{' ' if tail else ''}{tail}", inside


def _near(mark: Span, marks: tuple[Span, ...]) -> int:
    """Return how many marks an excerpt shows that has `mark` as its first."""
    return sum(mark[0] <= start < mark[0] + _LENGTH - _BEFORE for start, _ in marks)
