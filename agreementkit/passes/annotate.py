"""Last pass: notes get their author, their citations and their order. The text is not touched."""

from __future__ import annotations

from dataclasses import replace

from agreementkit.diagnostics import Diagnostic
from agreementkit.passes.context import Context
from agreementkit.tree.nodes import Citation, Document, Inline, Note, Phrase, Stage
from agreementkit.tree.walk import divisions, gather, gather_blocks

_PHRASES = frozenset({Phrase})


def annotate(document: Document, context: Context) -> Document:
    """Keep the notes of the chosen voices, audiences and detail, in the order of the words they point at.

    Faults: AK235 for a citation that the law register does not know, AK408 for a note whose words are missing.
    """
    order: dict[tuple[str, str], int] = {}
    for division in divisions(document):
        order.setdefault((division.id, ""), len(order))
        phrases: list[Inline] = []
        if division.heading:
            gather(division.heading, _PHRASES, phrases)
        gather_blocks(division.blocks, _PHRASES, phrases)
        for phrase in phrases:
            order.setdefault((division.id, phrase.id), len(order))  # type: ignore[union-attr]  # gathered by kind
    kept: list[tuple[int, int, Note]] = []
    for index, note in enumerate(document.notes):
        at = order.get((note.anchor.division, note.anchor.phrase))
        if at is None:
            context.found.append(
                Diagnostic(
                    "AK408",
                    f"note {note.id!r} points at words that are not in the {document.title}",
                    place=note.origin.place if note.origin else None,
                    path=note.id,
                    hints=("anchor it on words that stand whenever the note does",),
                )
            )
        elif (
            note.voice in context.voices
            and note.audience in context.audiences
            and (context.full or note.detail == "main")
        ):
            kept.append((at, index, note))
    kept.sort(key=lambda item: item[:2])
    return replace(document, notes=tuple([_spoken(note, context) for _, _, note in kept]), stage=Stage.RESOLVED)


def _spoken(note: Note, context: Context) -> Note:
    author, initials = context.authors[note.voice]
    cites = []
    for cite in note.cites:
        if cite.id in context.law:
            cites.append(Citation(cite.id, context.law[cite.id].cite))
        else:
            context.found.append(context.law.unknown(cite.id, note.origin.place if note.origin else None))
    # The constructor and not `replace`: three times as quick, and each note of the agreement comes by.
    return Note(
        note.id,
        note.anchor,
        note.voice,
        note.blocks,
        author,
        initials,
        note.purpose,
        note.audience,
        tuple(cites),
        note.origin,
        note.detail,
    )
