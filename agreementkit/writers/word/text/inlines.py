"""Inlines as runs: words, emphasis, values, blanks, references and the ends of commented phrases.

One function a node kind, so that a kind can change its form in Word (a value becoming a content control, say)
without touching the others.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from agreementkit.tree.nodes import (
    Blank,
    CrossReference,
    Emphasis,
    Field,
    Inline,
    LineBreak,
    Phrase,
    Reference,
    Strong,
    Term,
    TermUse,
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
        """Return the runs of `inlines`."""
        look = (BOLD if bold else "") + (ITALIC if italic else "")
        out = []
        for inline in inlines:
            match inline:
                case Text(text):
                    out.append(run(text, look))
                case Term(_, text):
                    out.append(run(text, look))
                case Value():
                    out.append(self.value(inline, look))
                case Blank():
                    out.append(self.blank(inline, look))
                case Reference():
                    out.append(self.reference(inline, look))
                case Emphasis(inner):
                    out.append(self.runs(inner, bold=bold, italic=True))
                case Strong(inner):
                    out.append(self.runs(inner, bold=True, italic=italic))
                case Phrase(key, inner):
                    out.append(self.phrase(key, self.runs(inner, bold=bold, italic=italic)))
                case LineBreak():
                    out.append("<w:r><w:br/></w:r>")
                case Field() | TermUse() | CrossReference():
                    raise TypeError(f"{type(inline).__name__} is a stand-in and cannot be written")
        return "".join(out)

    def value(self, value: Value, look: str) -> str:
        """Return a filled-in value."""
        return self.controls.value(value, look) if self.controls else run(value.text, look)

    def blank(self, blank: Blank, look: str) -> str:
        """Return a value not yet given, marked so that nobody overlooks it."""
        return self.controls.blank(blank, look) if self.controls else run(BLANK, look + HIGHLIGHT)
