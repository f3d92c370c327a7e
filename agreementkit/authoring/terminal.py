"""A preview for a terminal: wrapped text behind its numbers, values and blanks marked, notes dimmed by voice."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text as Words

from agreementkit.tree.nodes import (
    Blank,
    Block,
    DefinitionEntry,
    Division,
    Emphasis,
    Inline,
    List,
    Note,
    Para,
    Paragraph,
    Phrase,
    Schedule,
    SignatureLines,
    Strong,
    SubParagraph,
    Table,
    Term,
    Value,
    Voice,
)
from agreementkit.tree.walk import plain_text
from agreementkit.writers.outline import author_of, definition_gap, sources_of

if TYPE_CHECKING:
    from agreementkit.authoring.preview import Excerpt, Preview

PLAIN_WIDTH = 100
"""Columns of a preview that goes into a file."""
_NUMBER = 8
_VOICES = {
    Voice.DRAFTER: "dim",
    Voice.EMPLOYER: "dim blue",
    Voice.STAFF_SIDE: "dim red",
    Voice.JOINT: "dim green",
    Voice.LAW: "dim magenta",
}


def plain(preview: Preview) -> str:
    """Return a preview as text without colour."""
    out = io.StringIO()
    Console(file=out, width=PLAIN_WIDTH, color_system=None, highlight=False).print(rendered(preview))
    return "\n".join(line.rstrip() for line in out.getvalue().split("\n"))


def rendered(preview: Preview) -> Group:
    """Return a preview as something that rich prints."""
    parts: list[RenderableType] = []
    for excerpt in preview.excerpts:
        parts += [*_excerpt(excerpt), ""]
    return Group(*parts[:-1])


def _excerpt(excerpt: Excerpt) -> Iterator[RenderableType]:
    document = excerpt.document
    yield Words(document.title, style="bold reverse")
    for remark in excerpt.remarks:
        yield Words(remark, style="dim")
    notes: dict[str, list[Note]] = {}
    for note in document.notes:
        notes.setdefault(note.anchor.division, []).append(note)
    for tops in (document.parties, document.background, document.body, document.schedules, document.execution):
        for top in tops:
            yield from _division(top, notes)


def _division(division: Division, notes: dict[str, list[Note]]) -> Iterator[RenderableType]:
    number = division.number.own if division.number else ""
    blocks = division.blocks
    indent = {Paragraph: 1, SubParagraph: 2}.get(type(division), 0) * _NUMBER
    yield ""
    if division.heading or isinstance(division, Schedule):
        yield _row(number, Words.assemble(_words(division.heading), style="bold"), indent)
    elif blocks and isinstance(blocks[0], Para):
        yield _row(number, _words(blocks[0].inlines), indent)
        blocks = blocks[1:]
    elif number:
        yield _row(number, Words(), indent)
    for block in blocks:
        yield _row("", _block(block), indent)
    for note in notes.get(division.id, ()):
        yield Padding(_note(note), (0, 0, 0, indent + _NUMBER))
    for child in division.children:
        yield from _division(child, notes)


def _row(number: str, words: RenderableType, indent: int) -> RenderableType:
    if number and len(number) >= _NUMBER:  # "Schedule 1" stands on the line of its heading
        return Padding(Words.assemble((f"{number}  ", "bold"), words if isinstance(words, Words) else ""), (0, 0))
    grid = Grid.grid(padding=0)
    grid.add_column(width=_NUMBER)
    grid.add_column(ratio=1)
    grid.add_row(Words(number, style="bold"), words)
    return Padding(grid, (0, 0, 0, indent))


def _note(note: Note) -> RenderableType:
    parts: list[RenderableType] = []
    for at, block in enumerate(note.blocks):
        words = _block(block)
        if not at and isinstance(words, Words):
            words = Words.assemble((f"{author_of(note)}: ", "bold"), words)
        parts.append(words)
    if note.cites:
        parts.append(Words(sources_of(note), style="italic"))
    grid = Grid.grid(padding=0)
    grid.add_column(width=2)
    grid.add_column(ratio=1)
    grid.add_row("│", Group(*parts), style=_VOICES[note.voice])
    return grid


def _block(block: Block) -> RenderableType:
    match block:
        case Para(inlines):
            return _words(inlines)
        case List(items):
            return _lines(Words.assemble("• ", _words(item)) for item in items)
        case Table(header, rows):
            return _table(header, rows)
        case DefinitionEntry(_, term, inlines):
            return Words.assemble((term, "bold"), definition_gap(inlines), _words(inlines))
        case SignatureLines(lead, lines):
            return _lines([_words(lead), *(Words.assemble(f"{one.label}: ", _words(one.inlines)) for one in lines)])
        case _:
            raise TypeError(f"{type(block).__name__} is a stand-in and cannot be printed")


def _lines(lines: Iterable[Words]) -> Group:
    return Group(*lines)


def _table(header: Sequence[tuple[Inline, ...]], rows: Sequence[Sequence[tuple[Inline, ...]]]) -> Grid:
    table = Grid(show_lines=True)
    for cell in header:
        table.add_column(_words(cell))
    for row in rows:
        table.add_row(*(_words(cell) for cell in row))
    return table


def _words(inlines: Iterable[Inline]) -> Words:
    words = Words()
    for inline in inlines:
        match inline:
            case Strong(inner):
                words.append_text(_styled(inner, "bold"))
            case Emphasis(inner):
                words.append_text(_styled(inner, "italic"))
            case Phrase(_, inner):
                words.append_text(_styled(inner, "underline"))
            case Value(_, text):
                words.append(text, style="cyan")
            case Blank():
                words.append(plain_text((inline,)), style="bold yellow")
            case Term(_, text):
                words.append(text, style="bold")
            case _:
                words.append(plain_text((inline,)))
    return words


def _styled(inlines: Iterable[Inline], style: str) -> Words:
    words = _words(inlines)
    words.stylize(style)
    return words
