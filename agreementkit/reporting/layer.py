"""Findings as a layer of notes over a draft, so that they stand in Word as comments on the words they are about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from agreementkit.diagnostics import Diagnostic
from agreementkit.tree.nodes import Anchor, Division, Document, Inline, Note, Para, Strong, Text, Value, Voice
from agreementkit.tree.walk import block_inlines, division_inlines, divisions, plain_text

AUTHOR, INITIALS = "Check", "CHK"
QUIET = frozenset({"AK501"})
"""Findings that the page shows already: a blank is highlighted where it stands."""


def with_findings(document: Document, findings: Iterable[Diagnostic]) -> Document:
    """Return a document with a note for each finding that is about it, beside its own notes.

    A finding about a setting stands where the setting's value is printed first, else on the first words of the
    agreement. Notes on one division stay in the order: its own, then findings.
    """
    order = {division.id: at for at, division in enumerate(divisions(document))}
    worded = [d.id for d in divisions(document) if any(plain_text(words).strip() for words in _runs(d))]
    if not worded:
        return document
    printed: dict[str, str] = {}
    for division in divisions(document):
        for inline in division_inlines(division):
            if isinstance(inline, Value):
                printed.setdefault(inline.path, division.id)
    notes = list(document.notes)
    for number, one in enumerate(findings):
        if one.code not in QUIET and one.agreement in ("", document.precedent):
            place = one.division if one.division in worded else printed.get(one.path, worded[0])
            notes.append(_note(number, place, one))
    notes.sort(key=lambda note: order.get(note.anchor.division, 0))  # stable: what stood in order stays so
    return replace(document, notes=tuple(notes))


def _note(number: int, division: str, one: Diagnostic) -> Note:
    lines = [one.message[:1].upper() + one.message[1:] + "."]
    lines += [f"Law: {cite}." for cite in one.cites]
    lines += [f"Next: {hint}." for hint in one.hints]
    head, *rest = lines
    label: tuple[Inline, ...] = (Strong((Text(f"{one.severity.value.capitalize()} {one.code}."),)), Text(f" {head}"))
    return Note(
        f"finding-{number}",
        Anchor(division),
        Voice.DRAFTER,
        (Para(label), *(Para((Text(line),)) for line in rest)),
        AUTHOR,
        INITIALS,
        purpose="warns",
    )


def _runs(division: Division) -> Iterator[tuple[Inline, ...]]:
    if division.heading:
        yield division.heading
    for block in division.blocks:
        yield from block_inlines(block)
