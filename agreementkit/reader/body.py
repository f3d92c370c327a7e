"""Reads a whole clause body: sections for variants, items, and notes.

The structure is read line by line, strictly: a wrong indent is a fault with a place, never a guess.
Running text goes to `inlines`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from agreementkit.diagnostics import Diagnostic, Place, suggest
from agreementkit.reader.cursor import Line
from agreementkit.reader.items import read_items
from agreementkit.reader.notes import read_note
from agreementkit.reader.template import (
    BodyTemplate,
    NoteTemplate,
    SectionTemplate,
    SpanTemplate,
)
from agreementkit.reader.visit import items_in, note_inlines, spans_in

EVERY = "every variant"
_NOTE_START = re.compile(r"\[\^([^\]\s]+)\]:")
_VARIANT = re.compile(r"##\s+(.*?)\s*\Z")


def read_body(
    file: str, lines: Sequence[str], first_line: int, variants: Sequence[str], found: list[Diagnostic]
) -> BodyTemplate:
    """Read the body of a clause file.

    Args:
        file: Name for diagnostics.
        lines: The body's lines, without the front matter.
        first_line: Line number of the first of them in the file.
        variants: Names of the variants the front matter declares.
        found: Takes every fault (codes AK210 to AK219).

    Returns:
        The template; usable only when `found` stayed empty.
    """
    source = _lines(file, lines, first_line, found)
    sections: list[SectionTemplate] = []
    notes: list[NoteTemplate] = []
    for variant, part in _split_variants(file, source, variants, found):
        text, note_lines = _split_notes(part)
        blocks, items = read_items(file, text, found)
        if blocks or items:
            sections.append(SectionTemplate(variant, blocks, items))
        for group in note_lines:
            note = read_note(file, group, variant, found)
            if note:
                notes.append(note)
    body = BodyTemplate(tuple(sections), tuple(notes))
    _check_notes(body, found)
    _check_ids(body, found)
    return body


def read_changes(
    file: str,
    lines: Sequence[str],
    first_line: int,
    headings: Mapping[str, str],
    ids: Collection[str],
    found: list[Diagnostic],
    keys: Collection[str] = (),
) -> tuple[Mapping[str, SectionTemplate], tuple[NoteTemplate, ...]]:
    """Read the body of a file that changes a clause: a section for each heading, and its notes.

    Args:
        file: Name for diagnostics.
        lines: The body's lines, without the front matter.
        first_line: Line number of the first of them in the file.
        headings: The words of its headings, each with the variant that its text belongs to, or "".
        ids: Ids of the clause's items, on which notes may stand.
        found: Takes every fault, as `read_body` does.
        keys: Keys of the clause's notes, whose marks a new wording may keep.

    Returns:
        Sections by heading ("" for what stands before the first one), and the notes; usable only when `found` stayed
        empty.
    """
    source = _lines(file, lines, first_line, found)
    sections: dict[str, SectionTemplate] = {}
    notes: list[NoteTemplate] = []
    for heading, part in _split_variants(file, source, tuple(headings), found):
        text, note_lines = _split_notes(part)
        blocks, items = read_items(file, text, found)
        variant = headings.get(heading, "")
        if blocks or items:
            sections[heading] = SectionTemplate(variant, blocks, items)
        notes += [note for group in note_lines if (note := read_note(file, group, variant, found))]
    body = BodyTemplate(tuple(sections.values()), tuple(notes))
    _check_notes(body, found, ids, keys)
    _check_ids(body, found)
    return sections, body.notes


def _lines(file: str, lines: Sequence[str], first_line: int, found: list[Diagnostic]) -> list[Line]:
    source = [Line(first_line + i, 0, text.rstrip("\r\n"), text.rstrip("\r\n")) for i, text in enumerate(lines)]
    return _refuse_tabs_and_private(file, source, found)


def _refuse_tabs_and_private(file: str, source: list[Line], found: list[Diagnostic]) -> list[Line]:
    """Report tabs and private-use characters, once a line, and return the lines without them."""
    clean: list[Line] = []
    for line in source:
        text = "".join("\ufffd" if 0xE000 <= ord(c) <= 0xF8FF else " " if c == "\t" else c for c in line.text)
        clean.append(Line(line.number, line.start, text, line.full))
        for column, char in enumerate(line.full, 1):
            if char == "\t" or 0xE000 <= ord(char) <= 0xF8FF:
                what = "a tab" if char == "\t" else f"the private-use character U+{ord(char):04X}"
                found.append(
                    Diagnostic(
                        "AK210",
                        f"{what} is not allowed in a clause file",
                        place=Place(file, line.number, column, 1, line.full),
                        hints=(
                            "indent with spaces, four for each level" if char == "\t" else "delete it, or write it out",
                        ),
                    )
                )
                break
    return clean


def _split_variants(
    file: str, source: list[Line], variants: Sequence[str], found: list[Diagnostic]
) -> list[tuple[str, list[Line]]]:
    """Return the lines in stretches, each with its variant ("" for every variant)."""
    parts: list[tuple[str, list[Line]]] = [("", [])]
    seen: set[str] = set()
    for line in source:
        match = _VARIANT.match(line.text)
        if not match or line.text.startswith("###"):
            parts[-1][1].append(line)
            continue
        name = match[1]
        if name != EVERY and name not in variants:
            known = [*variants, EVERY]
            found.append(
                Diagnostic(
                    "AK215",
                    f"the front matter declares no variant {name!r}",
                    place=Place(file, line.number, 1, len(line.full), line.full),
                    hints=suggest(name, known, "variant"),
                )
            )
        seen.add(name)
        parts.append(("" if name == EVERY else name, []))
    found.extend(
        Diagnostic(
            "AK215",
            f"variant {name!r} has no section",
            place=Place(file, source[0].number if source else 1),
            hints=(f"add a heading `## {name}` with its wording",),
        )
        for name in variants
        if name not in seen
    )
    return parts


def _split_notes(lines: list[Line]) -> tuple[list[Line], list[list[Line]]]:
    """Return the lines of the text, and each note's lines."""
    text: list[Line] = []
    notes: list[list[Line]] = []
    current: list[Line] | None = None
    for line in lines:
        if _NOTE_START.match(line.text):
            current = [line]
            notes.append(current)
        elif current is not None and (line.blank or line.indent >= 4):
            current.append(line)
        else:
            current = None
            text.append(line)
    return text, notes


def _check_notes(
    body: BodyTemplate, found: list[Diagnostic], elsewhere: Collection[str] = (), keys: Collection[str] = ()
) -> None:
    """Every marker has its note, every note one anchor, every `on` its item, each within its variant."""
    defined: dict[tuple[str, str], NoteTemplate] = {}
    for note in body.notes:
        if (note.variant, note.key) in defined:
            found.append(
                Diagnostic(
                    "AK216",
                    f"note [^{note.key}] is written twice",
                    place=note.place,
                    hints=("give the second one a key of its own",),
                )
            )
        elif note.variant and ("", note.key) in defined:
            found.append(
                Diagnostic(
                    "AK216",
                    f"note [^{note.key}] is written for every variant and for {note.variant!r}",
                    place=note.place,
                    hints=("give the second one a key of its own",),
                )
            )
        found.extend(
            Diagnostic(
                "AK216",
                f"note [^{note.key}] carries a note itself",
                place=inline.place,
                hints=("write the second note beside the first, on the same words",),
            )
            for inline in note_inlines(note)
            if isinstance(inline, SpanTemplate) and inline.notes
        )
        defined[note.variant, note.key] = note
    ids = {item.id for section in body.sections for item in items_in(section.items) if item.id} | set(elsewhere)
    marked: dict[tuple[str, str], SpanTemplate] = {}
    for section in body.sections:
        for span in spans_in(section):
            for key in span.notes:
                owner = (section.variant, key) if (section.variant, key) in defined else ("", key)
                if owner not in defined and key in keys:
                    pass  # a note of the clause below, which stays on words that the change keeps
                elif owner not in defined:
                    found.append(
                        Diagnostic(
                            "AK216",
                            f"there is no note [^{key}]",
                            place=span.place,
                            hints=suggest(key, [k for _, k in defined], "note"),
                        )
                    )
                elif (section.variant, key) in marked:
                    found.append(
                        Diagnostic(
                            "AK216",
                            f"note [^{key}] is anchored twice",
                            place=span.place,
                            hints=("a note has one place; write a second note for the second",),
                        )
                    )
                elif defined[owner].on:
                    found.append(
                        Diagnostic(
                            "AK216",
                            f"note [^{key}] has both a marker and `on=`",
                            place=span.place,
                            hints=("keep one of the two",),
                        )
                    )
                marked[section.variant, key] = span
    found.extend(
        Diagnostic(
            "AK216",
            f"note [^{note.key}] stands on #{note.on}, which is not in this file",
            place=note.place,
            hints=suggest(note.on, ids, "item"),
        )
        for note in body.notes
        if note.on and note.on != "all" and note.on not in ids
    )


def _check_ids(body: BodyTemplate, found: list[Diagnostic]) -> None:
    """An id stands once in what any one variant prints."""
    seen: dict[str, set[str]] = {}
    for section in body.sections:
        for item in items_in(section.items):
            if not item.id:
                continue
            variants = seen.setdefault(item.id, set())
            if section.variant in variants or "" in variants or (variants and not section.variant):
                found.append(
                    Diagnostic(
                        "AK212",
                        f"id #{item.id} is used twice",
                        place=item.place,
                        hints=("ids are permanent names; choose another for the newer item",),
                    )
                )
            variants.add(section.variant)
