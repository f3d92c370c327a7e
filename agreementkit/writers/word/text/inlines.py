"""Inlines as runs: words, emphasis, values, blanks, references and the ends of commented phrases.

One function a node kind, so that a kind can change its form in Word (a value becoming a content control, say)
without touching the others.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from agreementkit.tree.nodes import (
    Blank,
    Emphasis,
    Inline,
    LineBreak,
    Phrase,
    Reference,
    Strong,
    Term,
    Text,
    Value,
)
from agreementkit.tree.walk import BLANK
from agreementkit.writers.word.markup import run
from agreementkit.writers.word.values.controls import Controls
from agreementkit.writers.word.values.store import HIGHLIGHT

BOLD = "<w:b/><w:bCs/>"
ITALIC = "<w:i/><w:iCs/>"


@dataclass(frozen=True, slots=True)
class InlineWriter:
    """Turns inlines into runs.

    Attributes:
        reference: Gives the runs of a cross-reference in a look.
        phrase: Wraps the runs of a phrase, for notes that point at it.
        controls: Makes values and blanks content controls; None for plain runs, as in notes and in a final copy.
    """

    reference: Callable[[Reference, str], str]
    phrase: Callable[[str, str], str]
    controls: Controls | None = None

    def runs(self, inlines: tuple[Inline, ...], *, bold: bool = False, italic: bool = False) -> str:
        """Return the runs of `inlines`.

        Raises:
            TypeError: One of them is a stand-in.
        """
        look = (BOLD if bold else "") + (ITALIC if italic else "")
        out = []
        for inline in inlines:
            # In the order of how many there are: a `match` on kinds takes thrice as long.
            if isinstance(inline, Text) or isinstance(inline, Term):  # noqa: SIM101  one by one is quicker
                out.append(run(inline.text, look))
            elif isinstance(inline, Phrase):
                out.append(self.phrase(inline.id, self.runs(inline.inlines, bold=bold, italic=italic)))
            elif isinstance(inline, Value):
                out.append(self.value(inline, look))
            elif isinstance(inline, Reference):
                out.append(self.reference(inline, look))
            elif isinstance(inline, Strong):
                out.append(self.runs(inline.inlines, bold=True, italic=italic))
            elif isinstance(inline, Emphasis):
                out.append(self.runs(inline.inlines, bold=bold, italic=True))
            elif isinstance(inline, Blank):
                out.append(self.blank(inline, look))
            elif isinstance(inline, LineBreak):
                out.append("<w:r><w:br/></w:r>")
            else:
                raise TypeError(f"{type(inline).__name__} is a stand-in and cannot be written")
        return "".join(out)

    def value(self, value: Value, look: str) -> str:
        """Return a filled-in value."""
        return self.controls.value(value, look) if self.controls else run(value.text, look)

    def blank(self, blank: Blank, look: str) -> str:
        """Return a value not yet given, marked so that nobody overlooks it."""
        return self.controls.blank(blank, look) if self.controls else run(BLANK, look + HIGHLIGHT)
