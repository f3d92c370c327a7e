"""Templates: what a clause file says before any value is known.

Templates use the inlines of the tree, stand-ins included, plus the few things only a template has:
conditions, repetition and spans. Filling a template (`assemble/fill`) gives tree nodes.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from agreementkit.diagnostics import Place
from agreementkit.tree.nodes import DefinitionsHere, Inline, List, Para, Voice


@dataclass(frozen=True, slots=True)
class Layer:
    """The pack that an item or a note came with, if not the clause's own, and the version of its change."""

    pack: str
    version: str


@dataclass(frozen=True, slots=True)
class Condition:
    """An expression that decides whether something stands, and where it was written."""

    expression: str
    place: Place


@dataclass(frozen=True, slots=True)
class Repetition:
    """`each="name in path"`: repeat for every entry of `path`, binding it to `name`."""

    name: str
    path: str
    place: Place


@dataclass(frozen=True, slots=True)
class SpanTemplate:
    """Bracketed words: conditional, or the anchor of notes, or both.

    Attributes:
        inlines: The words.
        when: The words stand only when this is true.
        notes: Keys of the notes that point at these words.
        place: Where the bracket opens.
    """

    inlines: tuple[TemplateInline, ...]
    when: Condition | None
    notes: tuple[str, ...]
    place: Place


TemplateInline = Inline | SpanTemplate


@dataclass(frozen=True, slots=True)
class RowTemplate:
    """One row of a table."""

    cells: tuple[tuple[TemplateInline, ...], ...]
    when: Condition | None = None
    each: Repetition | None = None


@dataclass(frozen=True, slots=True)
class TableTemplate:
    """A table whose rows may be conditional or repeated."""

    header: tuple[tuple[TemplateInline, ...], ...]
    rows: tuple[RowTemplate, ...]
    caption: str
    widths: tuple[int, ...]
    place: Place


BlockTemplate = Para | List | TableTemplate | DefinitionsHere


class Level(StrEnum):
    """What an item is in its file: a schedule's part or headed paragraph, or a numbered item."""

    PART = "part"
    HEADED = "headed"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class ItemTemplate:
    """A numbered item (or a heading inside a schedule) with everything below it.

    Attributes:
        level: Heading of a schedule or numbered item.
        id: The author's id, or "".
        heading: Heading words, for schedule parts and headed paragraphs.
        blocks: Its own text.
        children: Items one level down.
        when: The item stands only when this is true.
        each: The item is repeated.
        place: Where it starts.
        layer: The pack that put it there, if another than the clause's own.
    """

    level: Level
    id: str
    heading: tuple[TemplateInline, ...]
    blocks: tuple[BlockTemplate, ...]
    children: tuple[ItemTemplate, ...]
    when: Condition | None
    each: Repetition | None
    place: Place
    layer: Layer | None = None


@dataclass(frozen=True, slots=True)
class NoteTemplate:
    """A note before it is filled.

    `on` is "" (marker in the text, else the heading), "all", or the id of an item without its `#`.
    """

    key: str
    voice: Voice
    on: str
    cites: tuple[str, ...]
    purpose: str
    audience: str
    detail: str
    when: Condition | None
    blocks: tuple[BlockTemplate, ...]
    variant: str
    place: Place
    layer: Layer | None = None


@dataclass(frozen=True, slots=True)
class SectionTemplate:
    """A stretch of the body: for one variant, or for every variant when `variant` is ""."""

    variant: str
    blocks: tuple[BlockTemplate, ...]
    items: tuple[ItemTemplate, ...]


@dataclass(frozen=True, slots=True)
class BodyTemplate:
    """The whole body of a clause file: its sections in order, and its notes in order."""

    sections: tuple[SectionTemplate, ...]
    notes: tuple[NoteTemplate, ...]
