"""Templates as Markdown: what is written reads as it was, for every clause and for words that look like marks."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

import agreementkit as ak
from agreementkit.assemble.compile import compile_clause
from agreementkit.diagnostics import Diagnostic
from agreementkit.proposing.writing import block_lines, escaped, readable, section_lines
from agreementkit.reader import read_body
from agreementkit.tree.nodes import Para, Text


def bare(thing: Any) -> Any:
    """Return a template without places."""
    if isinstance(thing, tuple):
        return tuple(bare(one) for one in thing)
    if dataclasses.is_dataclass(thing):
        names = [one.name for one in dataclasses.fields(thing) if one.name not in ("place", "layer")]
        return (type(thing).__name__, *(bare(getattr(thing, name)) for name in names))
    return thing


def test_every_clause_of_the_bank_is_written_as_it_was_read() -> None:
    bank = ak.Bank.load()
    sources = [*bank.clauses.values(), *bank.terms.values()]
    for source in sources:
        body = compile_clause(source).body
        lines: list[str] = []
        for section in body.sections:
            lines += [f"## {section.variant or 'every variant'}", "", *section_lines(section), ""]
        found: list[Diagnostic] = []
        again = read_body(source.file, lines, 1, tuple(source.front.variants), found)
        assert bare(again.sections) == bare(body.sections), source.id
    assert len(sources) > 150


@pytest.mark.parametrize(
    "words",
    [
        "1. A number at the front",
        "- a dash at the front",
        "# a hash",
        "a {brace}, a [bracket] and [a mark][^note]",
        "{{ config }} and {% block %}",
        "write to hr@example.org or @disputes/informal",
        "5 * 3 * 2 and **not strong** and `code` and a \\ stroke",
        "less < more, <b>bold</b> and <!-- nothing -->",
        "a | b | c",
        "[[definitions]]",
        "| not | a table |",
    ],
)
def test_words_are_words_whatever_they_look_like(words: str) -> None:
    found: list[Diagnostic] = []
    first, *more = block_lines(Para((Text(words),)))
    assert not more
    body = read_body("clause.md", [f"1.  {first}", "", f"    {first}"], 1, (), found)
    assert found == []
    assert bare(body.sections[0].items[0].blocks) == bare((Para((Text(words),)),) * 2)


def test_what_no_clause_file_can_hold_is_taken_out() -> None:
    assert readable("a\tb\x00c  d\ue000e\u2028f") == "a b c d e f"
    assert readable('the Trust\'s "rule"') == "the Trust’s “rule”"
    assert escaped("plain words, and more.") == "plain words, and more."
