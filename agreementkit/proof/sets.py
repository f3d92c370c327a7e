"""Whole sets: assembled with all passes, and looked at as a reader would.

Where a proof says that something is wrong, this says whether it is; and rows of settings that no proof reaches are
tried here.
"""

from __future__ import annotations

from collections.abc import Iterator

from agreementkit.agreement import assemble
from agreementkit.bank import Bank
from agreementkit.config import Config
from agreementkit.diagnostics import Diagnostic
from agreementkit.errors import AssemblyError
from agreementkit.tree.nodes import Division, Document, Phrase, Reference
from agreementkit.tree.walk import division_inlines, divisions, plain_text


def faults(config: Config, bank: Bank) -> list[Diagnostic]:
    """Return what is wrong with the set that a configuration makes of a bank."""
    try:
        agreements = assemble(config, bank)
    except AssemblyError as error:
        return list(error.diagnostics)
    documents = agreements.documents
    ids = {document.precedent: {d.id for d in divisions(document)} for document in documents}
    return [one for document in documents for one in _look(document, ids)]


def _look(document: Document, ids: dict[str, set[str]]) -> Iterator[Diagnostic]:
    words: dict[str, set[str]] = {}
    for division in divisions(document):
        for inline in division_inlines(division):
            if isinstance(inline, Reference):
                home = inline.agreement or document.precedent
                if inline.target not in ids.get(home, set()):
                    yield _fault("AK404", document, division, f"refers to {inline.target!r}, which is not there")
            elif isinstance(inline, Phrase):
                words.setdefault(division.id, set()).add(inline.id)
        if not (plain_text(division.heading).strip() or division.blocks or division.children):
            yield _fault("AK308", document, division, "is empty")
    known = ids[document.precedent]
    for note in document.notes:
        anchor = note.anchor
        if anchor.division not in known or (anchor.phrase and anchor.phrase not in words.get(anchor.division, set())):
            yield Diagnostic("AK408", f"the note {note.id!r} has no words to stand on", path=note.id)
    yield from _gaps(document)


def _gaps(document: Document) -> Iterator[Diagnostic]:
    """Yield each place where numbers do not go on by one."""
    for tops in (document.parties, document.background, _clauses(document), document.schedules):
        yield from _counted(document, tops)
    for division in divisions(document):
        if division.number is not None:  # what has none is a part, and numbers go on through it
            yield from _counted(document, _below(division))


def _clauses(document: Document) -> tuple[Division, ...]:
    return tuple(d for top in document.body for d in (top.children if top.number is None else (top,)))


def _below(division: Division) -> tuple[Division, ...]:
    return tuple(d for child in division.children for d in (child.children if child.number is None else (child,)))


def _counted(document: Document, found: tuple[Division, ...]) -> Iterator[Diagnostic]:
    numbers = [d.number.path[-1] for d in found if d.number is not None]
    if numbers != list(range(1, len(numbers) + 1)):
        yield _fault("AK409", document, found[0], f"is counted {numbers}, with a gap or a number twice")


def _fault(code: str, document: Document, division: Division, what: str) -> Diagnostic:
    return Diagnostic(
        code, f"{division.id!r} of the {document.title} {what}", path=division.id, agreement=document.precedent,
        division=division.id,
    )  # fmt: skip
