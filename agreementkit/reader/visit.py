"""Going through templates: every inline of a section, item, block or note, containers first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from agreementkit.reader.template import (
    BlockTemplate,
    ItemTemplate,
    NoteTemplate,
    SectionTemplate,
    SpanTemplate,
    TableTemplate,
    TemplateInline,
)
from agreementkit.tree.nodes import DefinitionsHere, Emphasis, List, Para, Phrase, Strong


def inlines_in(inlines: Iterable[TemplateInline]) -> Iterator[TemplateInline]:
    """Yield every inline of a run."""
    for inline in inlines:
        yield inline
        if isinstance(inline, Emphasis | Strong | Phrase | SpanTemplate):
            yield from inlines_in(inline.inlines)


def block_runs(block: BlockTemplate) -> Iterator[tuple[TemplateInline, ...]]:
    """Yield each run of inlines of a block."""
    match block:
        case Para(inlines):
            yield inlines
        case List(items):
            yield from items
        case TableTemplate(header, rows):
            yield from header
            for row in rows:
                yield from row.cells
        case DefinitionsHere():
            return


def items_in(items: Iterable[ItemTemplate]) -> Iterator[ItemTemplate]:
    """Yield every item, each before its children."""
    for item in items:
        yield item
        yield from items_in(item.children)


def section_inlines(section: SectionTemplate) -> Iterator[TemplateInline]:
    """Yield every inline of a section."""
    for block in section.blocks:
        for run in block_runs(block):
            yield from inlines_in(run)
    for item in items_in(section.items):
        yield from inlines_in(item.heading)
        for block in item.blocks:
            for run in block_runs(block):
                yield from inlines_in(run)


def note_inlines(note: NoteTemplate) -> Iterator[TemplateInline]:
    """Yield every inline of a note."""
    for block in note.blocks:
        for run in block_runs(block):
            yield from inlines_in(run)


def spans_in(section: SectionTemplate) -> Iterator[SpanTemplate]:
    """Yield every span of a section."""
    return (inline for inline in section_inlines(section) if isinstance(inline, SpanTemplate))
