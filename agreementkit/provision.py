"""What people ask of one agreement: a provision with its number, words and notes, and a defined term with its uses."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from agreementkit.tree.nodes import Division, Note, Number
from agreementkit.tree.walk import note_text, plain_text


@dataclass(frozen=True)
class Provision:
    """A division of an agreement as people ask for it: its number, its words, its notes."""

    division: Division
    notes: tuple[Note, ...]

    @property
    def id(self) -> str:
        """Permanent id."""
        return self.division.id

    @property
    def number(self) -> str:
        """Number as a reference says it: `7`, `7.2(a)`, `Schedule 1`; empty when it has none."""
        return self.division.number.label if isinstance(self.division.number, Number) else ""

    @property
    def heading(self) -> str:
        """Heading in plain words."""
        return plain_text(self.division.heading)

    @property
    def text(self) -> str:
        """All its words with the numbers of its parts, one line for each numbered part."""
        from agreementkit.writers.outline import text_lines

        return "\n".join(text_lines(self.division))

    def _repr_html_(self) -> str:
        words = "<br>".join(escape(line) for line in self.text.split("\n"))
        notes = "".join(
            f"<blockquote><strong>{escape(note.author)}.</strong> {escape(note_text(note))}</blockquote>"
            for note in self.notes
        )
        return f'<div style="max-width:46em"><p>{words}</p>{notes}</div>'

    def __repr__(self) -> str:
        return f"<Provision {self.number or '-'} {self.heading or self.id}>"


@dataclass(frozen=True)
class DefinedTerm:
    """A definition in an agreement and where it is used.

    Attributes:
        id: Id of the definition.
        term: The term as printed.
        meaning: The words after the term.
        uses: Ids of the divisions that use it, in order, each once.
    """

    id: str
    term: str
    meaning: str
    uses: tuple[str, ...]
