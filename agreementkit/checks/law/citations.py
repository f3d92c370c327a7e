"""What a set cites: the entries behind the wording of its clauses, and those that its notes name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from agreementkit.bank.law import LawEntry
from agreementkit.checks.scene import Scene
from agreementkit.checks.typed import once
from agreementkit.diagnostics import Place
from agreementkit.tree.walk import top_divisions


@dataclass(frozen=True, slots=True)
class Cited:
    """One citation.

    Attributes:
        entry: The entry.
        agreement: Precedent id.
        clause: Id of the clause, schedule, party or recital it belongs to.
        division: Id of the division it stands on.
        by_note: Whether a printed note names it; else the clause's own wording rests on it.
        place: Where in the clause's file.
    """

    entry: LawEntry
    agreement: str
    clause: str
    division: str
    by_note: bool
    place: Place | None


@once
def citations(scene: Scene) -> tuple[Cited, ...]:
    """Return every citation of the set: first those of the clauses, then those of the notes that are printed."""
    return tuple(_citations(scene))


def _citations(scene: Scene) -> Iterator[Cited]:
    law, bank = scene.law, scene.bank
    for document in scene.documents:
        tops = [part for top in top_divisions(document) for part in ((top,) if top.origin else top.children)]
        for clause in tops:
            source = bank.clauses.get(clause.origin.clause) if clause.origin else None
            for number, id_ in enumerate(source.front.cites if source else ()):
                if id_ in law:
                    place = source.place("cites", number) if source else None
                    yield Cited(law[id_], document.precedent, clause.id, clause.id, False, place)
        for note in document.notes:
            for cite in note.cites:
                if cite.id in law:
                    division = note.anchor.division
                    place = note.origin.place if note.origin else None
                    yield Cited(law[cite.id], document.precedent, division.split("/")[0], division, True, place)
