"""What every writer of text asks of a document: what are its headings, how is a place addressed.

Nothing here knows a format; `outline_lines` and `text_lines` are plain words for a terminal or a notebook.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from agreementkit.tree.nodes import (
    Block,
    DefinitionEntry,
    DefinitionsHere,
    Division,
    Document,
    Inline,
    List,
    Note,
    Para,
    Schedule,
    SignatureLines,
    Table,
)
from agreementkit.tree.walk import plain_text
from agreementkit.writers.survey import require_resolved

_KEPT = re.compile(r"[^A-Za-z0-9-]")
_TIGHT = " ,.;:)"
SIGNATURE_LINES_ACROSS = 4
"""Lines of a signature block that stand side by side, here and in Word; so both say them in the same order."""


class OutlineEntry(NamedTuple):
    """One heading: its level from 1, its number or "", its words."""

    level: int
    number: str
    heading: str


def author_of(note: Note) -> str:
    """Return the voice of a note in words."""
    return note.author or note.voice.value


def sources_of(note: Note) -> str:
    """Return the line that says what a note rests on."""
    return "Sources: " + "; ".join(cite.text or cite.id for cite in note.cites)


# ------------------------------------------------------------------------------------------------ addresses


@lru_cache(maxsize=10_000)  # asked for at each reference, and the ids of a bank are the same in every agreement
def slug(id_: str, prefix: str = "ak-") -> str:
    """Return the anchor name of a division: `ak-disputes.informal` for `disputes/informal`.

    Letters, digits and hyphens stay; `/` becomes `.`, `~` becomes `__`, anything else its code point between
    underscores (`_2b_`). Two ids never share a name, the name depends on nothing but the id, and the prefix
    keeps it apart from the anchors that Markdown readers derive from headings.
    """
    return prefix + _KEPT.sub(_spelt, id_)


def _spelt(found: re.Match[str]) -> str:
    char = found.group()
    return {"/": ".", "~": "__"}.get(char) or f"_{ord(char):x}_"


# ------------------------------------------------------------------------------------------------- headings


def write_outline(document: Document) -> list[OutlineEntry]:
    """Return every heading of a resolved document in printing order.

    Level 1 are the fixed parts of an agreement and its schedules, level 2 what stands directly in them, and so on.
    """
    require_resolved(document)
    heads = document.headings
    out: list[OutlineEntry] = []
    for heading, tops in (
        (heads.parties, document.parties),
        (heads.background, document.background),
        (heads.agreed, document.body),
        ("", document.schedules),
        (heads.execution, document.execution),
    ):
        if heading and tops:
            out.append(OutlineEntry(1, "", heading))
        for top in tops:
            out.extend(_entries(top, 1 if isinstance(top, Schedule) else 2))
    return out


def _entries(division: Division, level: int) -> Iterator[OutlineEntry]:
    own = division.number.own if division.number else ""
    named = bool(division.heading) or isinstance(division, Schedule)
    if named:
        yield OutlineEntry(level, own, plain_text(division.heading))
    for child in division.children:
        yield from _entries(child, level + named)


def outline_lines(document: Document) -> Iterator[str]:
    """Yield the headings of a resolved document as lines of text, indented by level."""
    for level, number, heading in write_outline(document):
        yield "  " * (level - 1) + " ".join(filter(None, (number, heading)))


# ---------------------------------------------------------------------------------------------------- words


def text_lines(division: Division) -> Iterator[str]:
    """Yield all words of a division as lines of text: each paragraph on its own, behind the number it carries."""
    out: list[str] = []
    _add_lines(division, out)
    return iter(out)


def _add_lines(division: Division, out: list[str]) -> None:
    number = division.number.own if division.number else ""
    if division.heading or (isinstance(division, Schedule) and number):
        out.append(" ".join(filter(None, (number, plain_text(division.heading)))))
        number = ""
    blocks = division.blocks
    if number:
        first = blocks[0] if blocks else None
        words = plain_text(first.inlines) if isinstance(first, Para) else ""
        blocks = blocks[1:] if isinstance(first, Para) else blocks
        out.append(f"{number} {words}".rstrip())
    for block in blocks:
        out += _block_lines(block)
    for child in division.children:
        _add_lines(child, out)


def _block_lines(block: Block) -> Iterator[str]:
    match block:
        case Para(inlines):
            yield plain_text(inlines)
        case List(items):
            yield from (f"• {plain_text(item)}" for item in items)
        case Table(header, rows):
            yield from (" | ".join(plain_text(cell) for cell in row) for row in (header, *rows))
        case DefinitionEntry(_, term, inlines):
            yield term + definition_gap(inlines) + plain_text(inlines)
        case SignatureLines(lead, lines):
            yield plain_text(lead)
            yield from (f"{line.label}: {plain_text(line.inlines)}".rstrip() for line in lines)
        case DefinitionsHere():
            raise TypeError("DefinitionsHere is a stand-in and has no text yet")


def definition_gap(inlines: Iterable[Inline]) -> str:
    """Return what stands between a defined term and its meaning: a space, unless the meaning has its own."""
    return "" if plain_text(inlines)[:1] in _TIGHT else " "
