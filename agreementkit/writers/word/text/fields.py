r"""Cross-references and page references as fields, with the result Word would compute already in place.

Which switch: `\w` prints the whole number of a clause (`7.2(a)`) from anywhere. Inside a schedule it would
join the words of the list ("Schedule 21.1"), so there each part of the number is a field of its own with
`\n`, which prints just that paragraph's own label; the same serves for a bare "(a)".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from agreementkit.diagnostics import Diagnostic
from agreementkit.errors import OutputError
from agreementkit.tree.nodes import Division, Document, Reference, ReferencePart, Schedule
from agreementkit.tree.walk import divisions, plain_text
from agreementkit.writers.word.allocate import Allocator
from agreementkit.writers.word.markup import field as complex_field
from agreementkit.writers.word.markup import run


@dataclass(slots=True)
class References:
    """Writes the cross-references of one document.

    Attributes:
        document: The document.
        allocator: Its ids.
    """

    document: Document
    allocator: Allocator
    _divisions: Mapping[str, Division] = field(init=False)
    _above: Mapping[str, Division] = field(init=False)

    def __post_init__(self) -> None:
        self._divisions = {division.id: division for division in divisions(self.document)}
        self._above = {child.id: division for division in self._divisions.values() for child in division.children}

    def _chain(self, target: str) -> list[Division]:
        """Return a division with all that it stands in, the outermost first; nothing when it is not there.

        Few divisions are referred to, so that no chain is made for the others.
        """
        chain: list[Division] = []
        one = self._divisions.get(target)
        while one is not None:
            chain.append(one)
            one = self._above.get(one.id)
        return chain[::-1]

    def runs(self, reference: Reference, look: str) -> str:
        """Return a reference: words as they are, each number as a field on its target, both on one line."""
        return self._runs(reference, look, unbroken=True)

    def breakable_runs(self, reference: Reference, look: str) -> str:
        """Return a reference for a column of a table, whose width sees to it that "clause" and number are together."""
        return self._runs(reference, look, unbroken=False)

    def _runs(self, reference: Reference, look: str, *, unbroken: bool) -> str:
        if reference.agreement and reference.agreement != self.document.precedent:
            return run(reference.text, look)
        return "".join(
            self._part(part, look) if part.target else run(_words(reference.parts, order, unbroken=unbroken), look)
            for order, part in enumerate(reference.parts)
        )

    def _part(self, part: ReferencePart, look: str) -> str:
        chain = self._chain(part.target)
        if not chain:
            raise OutputError(
                Diagnostic(
                    "AK701",
                    f"A reference to {part.target!r} has no target in this agreement.",
                    hints=("check the reference; the division may have been left out of this agreement",),
                    path=part.target,
                )
            )
        division = chain[-1]
        if division.number is None:
            if part.text == plain_text(division.heading):
                return complex_field(f"REF {self.allocator.bookmark(division.id)} \\h", part.text, look)
            return run(part.text, look)
        numbered = [(one, one.number.own.rstrip(".")) for one in chain if one.number is not None]
        if not isinstance(chain[0], Schedule) and part.text == division.number.label.rstrip("."):
            return complex_field(f"REF {self.allocator.bookmark(division.id)} \\w \\h", part.text, look)
        for first in range(len(numbered) - 1, -1, -1):
            pieces = _without_repeats(numbered[first:])
            if "".join(label for _, label in pieces) == part.text:
                return "".join(
                    complex_field(f"REF {self.allocator.bookmark(one.id)} \\n \\h", label, look)
                    for one, label in pieces
                )
        raise OutputError(
            Diagnostic(
                "AK702",
                f"A reference prints {part.text!r} for {part.target!r}, whose number is {division.number.label!r}.",
                hints=("this is a fault in the numbering of the agreement; please report it",),
                path=part.target,
            )
        )


def _words(parts: Sequence[ReferencePart], at: int, *, unbroken: bool) -> str:
    """Return words of a reference; the space before a number is one at which no line ends."""
    words, before_number = parts[at].text, at + 1 < len(parts) and parts[at + 1].target
    if unbroken and before_number and words.endswith(" "):
        return f"{words[:-1]}\N{NO-BREAK SPACE}"
    return words


def _without_repeats(chain: list[tuple[Division, str]]) -> list[tuple[Division, str]]:
    """Leave out every label that the next one repeats: `1.` before `1.2`."""
    kept = []
    for at, (division, label) in enumerate(chain):
        following = chain[at + 1][1] if at + 1 < len(chain) else ""
        if not following.startswith(f"{label}."):
            kept.append((division, label))
    return kept


def page_reference(bookmark: str, page: int) -> str:
    """Return the page number of a bookmark as a field."""
    return complex_field(f"PAGEREF {bookmark} \\h", str(page))
