"""Where a reference leads: into the agreement it stands in, or into another agreement of the set."""

from __future__ import annotations

from collections.abc import Mapping

from agreementkit.tree.nodes import Document
from agreementkit.tree.walk import divisions


class Homes:
    """The ids of every agreement of a set, seen from one of them.

    A clause keeps its references when it moves to another agreement: a reference is looked for in the agreement it
    names, else in its own, then in the others of the set.

    Args:
        document: The agreement whose references are looked up.
        others: The other agreements by precedent id.
    """

    def __init__(self, document: Document, others: Mapping[str, Document]) -> None:
        self._own = document.precedent
        self._ids = {"": {d.id for d in divisions(document)}} | {
            precedent: {d.id for d in divisions(other)} for precedent, other in others.items()
        }

    def find(self, target: str) -> tuple[str, str]:
        """Return the precedent id ("" for the agreement itself) and the division id that a reference leads to.

        Args:
            target: As written after `@`, a leading `/` already replaced by the clause.

        Returns:
            Where nothing answers to the reference, the agreement it names.
        """
        named, _, id_ = target.rpartition(":")
        named = "" if named == self._own else named
        for precedent in (named, *self._ids):
            if id_ in self._ids.get(precedent, ()):
                return precedent, id_
        return named, id_
