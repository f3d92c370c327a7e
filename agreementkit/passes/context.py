"""What the passes may look at besides the document itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from agreementkit.assemble.definitions import Terms
from agreementkit.bank import LawRegister
from agreementkit.diagnostics import Diagnostic
from agreementkit.tree.nodes import AUDIENCES, Document, Voice


@dataclass(frozen=True, slots=True)
class Context:
    """Surroundings of one document.

    Attributes:
        terms: The definitions it may use.
        law: The register that notes cite.
        authors: Label and initials of each voice.
        voices: The voices to keep.
        audiences: The audiences whose notes to keep.
        full: Whether to keep the notes that are marked `detail=more` as well.
        others: The other agreements of the set, numbered, by precedent id.
        other_terms: Definition ids by which other agreements are named, by precedent id.
        bank_ids: Ids of all clauses of the bank: tells a clause left out from one that never was.
        found: Takes what goes wrong.
    """

    terms: Terms
    law: LawRegister
    authors: Mapping[Voice, tuple[str, str]]
    voices: frozenset[Voice]
    audiences: frozenset[str] = frozenset(AUDIENCES)
    full: bool = False
    others: Mapping[str, Document] = field(default_factory=dict)
    other_terms: Mapping[str, str] = field(default_factory=dict)
    bank_ids: frozenset[str] = frozenset()
    found: list[Diagnostic] = field(default_factory=list)
