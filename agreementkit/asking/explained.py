"""A question explained: what the setting means, what may be chosen, and what each side says about it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

from agreementkit.asking.question import PARTIES, Kind, Question
from agreementkit.asking.reading import show_answer
from agreementkit.asking.reasons import Reason, reasons_about, reasons_for
from agreementkit.asking.relevance import Relevance
from agreementkit.config import shipped_unions
from agreementkit.tree.nodes import Voice

WIDTH = 88
SAYS = {Voice.EMPLOYER: "Employer", Voice.STAFF_SIDE: "Staff side"}
_INDENT = " " * 4


def wrapped(text: str, indent: str = "") -> list[str]:
    """Return a text in lines that fit a terminal."""
    return textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent) or [""]


def listed(question: Question) -> list[str]:
    """Return what may be chosen, one a line; of unions, their ids."""
    if question.kind is Kind.UNIONS:
        return wrapped(f"Known: {', '.join(question.choices)}.", "  ")
    if question.kind not in (Kind.CHOICE, Kind.SEVERAL):
        return []
    width = max(len(choice) for choice in question.choices)
    lines = (
        f"  {number:>2}  {choice:{width}}  {'' if words.casefold() == choice.replace('-', ' ') else words}"
        for number, (choice, words) in enumerate(question.choices.items(), 1)
    )
    return [line.rstrip() for line in lines]


def choice_reasons(question: Question, relevance: Relevance) -> Iterator[tuple[Any, str, tuple[Reason, ...]]]:
    """Yield each value that may be chosen, in words, with what both sides say about it.

    Only of choices and of yes-or-no questions; where the bank says nothing about a value, there are no reasons.
    """
    values: Sequence[Any] = ()
    if question.kind is Kind.YES_NO:
        values = (True, False)
    elif question.kind is Kind.CHOICE and relevance.as_read(question.path) == question.path:
        values = tuple(question.choices)
    found = relevance.what(question.path)
    if found is None or not (found.choices or question.kind is Kind.YES_NO):
        return
    for value in values:
        words = {True: "yes", False: "no"}.get(value) or question.choices[value]
        yield value, words, reasons_for(relevance, question.path, value, [one for one in values if one != value])


def explained(question: Question, relevance: Relevance) -> Iterator[str]:
    """Yield the lines that explain a question."""
    yield from wrapped(question.help, "  ")
    if question.kind is Kind.UNIONS:
        listed_ = shipped_unions()
        width = max(len(id_) for id_ in listed_)
        yield from (f"{_INDENT}{id_:{width}}  {union.name} ({union.short})" for id_, union in listed_.items())
    default = show_answer(question, question.default)
    if default:
        yield from wrapped(f"Without an answer: {default}.", "  ")
    spoke = False
    for _, words, reasons in choice_reasons(question, relevance):
        if reasons:
            spoke = True
            yield f"  {words}"
            yield from _quoted(reasons)
    if question.kind not in (Kind.CHOICE, Kind.YES_NO, *PARTIES):
        about = reasons_about(relevance, question.path)
        spoke = bool(about)
        yield from _quoted(about)
    if spoke:
        yield "  These are notes of the clauses named; they stand in full beside the text of the draft."


def _quoted(reasons: Sequence[Reason]) -> Iterator[str]:
    for one in reasons:
        yield from wrapped(f"{SAYS[one.voice]}: {in_quotes(one.text)}", _INDENT)
    if reasons:
        clauses = dict.fromkeys(f"{one.clause} ({one.id})" for one in reasons)
        yield from wrapped(f"From: {'; '.join(clauses)}", _INDENT)


def in_quotes(text: str) -> str:
    """Return a text in quotation marks; quotation marks in it become single ones."""
    return f"“{text.replace('“', '‘').replace('”', '’')}”"
