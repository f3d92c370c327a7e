"""Where an agreement says something: the clause, as a reference to it."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from agreementkit.passes.refer import reference_to
from agreementkit.tree.nodes import Blank, Document, Para, Reference, Value
from agreementkit.tree.walk import division_inlines, divisions, plain_text, subtree


class Places:
    """The divisions of one resolved agreement by their ids."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._known = {division.id: division for division in divisions(document)}

    def words(self, id_: str) -> str:
        """Return the first paragraph of a division; "" where it has none of its own."""
        blocks = self._known[id_].blocks if id_ in self._known else ()
        return plain_text(blocks[0].inlines) if blocks and isinstance(blocks[0], Para) else ""

    def find(self, ids: Iterable[str], paths: Collection[str] = ()) -> Reference | None:
        """Return a reference to the first of some divisions that is there; None where none is.

        Args:
            ids: Ids of divisions, the best first.
            paths: Settings. Where there are any, only a division that prints a value of one of them counts: another
                variant of a clause may keep an id and leave the figure out.
        """
        for id_ in ids:
            division = self._known.get(id_)
            if division is None:
                continue
            printed = {
                inline.path
                for one in subtree(division)
                for inline in division_inlines(one)
                if isinstance(inline, Value | Blank)
            }
            if not paths or printed.intersection(paths):
                return reference_to(self.document, id_)
        return None
