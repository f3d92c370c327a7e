"""The words of the whole bank, unfilled: every clause in every variant, values and terms as stand-in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from agreementkit.assemble.compile import compile_clause
from agreementkit.bank import Bank, ClauseSource
from agreementkit.reader.template import NoteTemplate, SpanTemplate, TemplateInline
from agreementkit.reader.visit import block_runs, items_in
from agreementkit.tree.nodes import CrossReference, Emphasis, Field, Strong, TermUse, Text

SENTENCE = re.compile(r"(?<=[.?!;:])\s+")


@dataclass(frozen=True, slots=True)
class Passage:
    """One run of operative text or of a note, as plain words."""

    clause: ClauseSource
    line: int
    text: str
    note: NoteTemplate | None = None


def plain(inlines: Iterable[TemplateInline]) -> str:
    out = []
    for inline in inlines:
        match inline:
            case Text(text):
                out.append(text)
            case Field():
                out.append("Value")
            case TermUse(key, shown, by_number):
                out.append(shown or key + ("s" if by_number else ""))
            case CrossReference():
                out.append("clause 1")
            case SpanTemplate(inner) | Emphasis(inner) | Strong(inner):
                out.append(plain(inner))
    return "".join(out)


def passages(bank: Bank) -> Iterator[Passage]:
    """Yield the operative text of the bank, one passage for each run of words."""
    for source in (*bank.clauses.values(), *bank.terms.values()):
        for section in compile_clause(source).body.sections:
            for block in section.blocks:
                for run in block_runs(block):
                    yield Passage(source, source.body_line, plain(run))
            for item in items_in(section.items):
                for block in item.blocks:
                    for run in block_runs(block):
                        yield Passage(source, item.place.line, plain(run))


def notes(bank: Bank) -> Iterator[Passage]:
    """Yield every note of the bank as one passage."""
    for source in (*bank.clauses.values(), *bank.terms.values()):
        for note in compile_clause(source).body.notes:
            text = " ".join(plain(run) for block in note.blocks for run in block_runs(block))
            yield Passage(source, note.place.line, text, note)


def sentences(text: str) -> list[str]:
    return [part for part in SENTENCE.split(text.strip()) if re.search(r"\w", part)]


def count_words(text: str) -> int:
    return len(re.findall(r"[\w’'-]+", text))
