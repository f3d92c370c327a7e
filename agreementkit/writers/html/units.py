"""The text of a page in units: a paragraph, a heading, a definition or a table, with the notes that stand beside it.

A note on a phrase stands beside the unit that has the phrase, any other beside the first unit of its division. Notes
are numbered in the order in which their marks are printed. A mark is a link without words of its own: what is copied
or searched is the agreement and nothing else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from agreementkit.tree.nodes import (
    Blank,
    DefinitionEntry,
    Document,
    Inline,
    Note,
    Phrase,
    Reference,
    Term,
    Value,
)
from agreementkit.tree.walk import BLANK, divisions
from agreementkit.writers.html.words import Words, escaped
from agreementkit.writers.outline import author_of, definition_gap, slug, sources_of

_AUDIENCES = {"employer": "for the employer", "staff-side": "for the staff side", "drafter": "for the drafter"}
_PURPOSES = {"warns": "Warning", "alternative": "Alternative"}


class Units(Words):
    """Writes units and notes of one document.

    Args:
        document: The document.
        files: HTML file of each other agreement by its precedent id.
        notes: Whether to show the notes.
        plain: Whether values are plain words, as in a final copy.
    """

    def __init__(self, document: Document, files: Mapping[str, str], *, notes: bool, plain: bool) -> None:
        super().__init__(document, files)
        self.plain = plain
        self.values: dict[str, dict[str, str]] = {}
        """Texts of each configuration path, each with the id of the division that prints it first."""
        self.blanks: dict[tuple[str, str], str] = {}
        """Path and label of each blank, with the id of the division that prints it first."""
        self.shown: dict[int, Note] = {}
        """The notes printed so far by their number."""
        self._waiting: defaultdict[tuple[str, str], list[Note]] = defaultdict(list)
        blocks = [block for division in divisions(document) for block in division.blocks]
        self._defined = {block.id for block in blocks if isinstance(block, DefinitionEntry)}
        self._linked: set[str] = set()
        self._inside = ""
        self._here = ""
        self._fresh: list[int] = []
        self._in_note = False
        for note in document.notes if notes else ():
            self._waiting[note.anchor.division, note.anchor.phrase].append(note)
        for place in [one for one in self._waiting if one[1] and one not in self.survey.phrases]:
            if place[0] in self.known:  # the phrase is in none of its words, so these are notes on the division
                self._waiting[place[0], ""] += self._waiting.pop(place)

    # -------------------------------------------------------------------------------------------- units

    def begin(self, division: str) -> None:
        """Begin a division."""
        self._here = division

    def begin_clause(self) -> None:
        """Begin a clause: the first use of each term in it is a stop of the Tab key again."""
        self._linked.clear()

    def marks(self) -> str:
        """Return the marks of the notes on the division as a whole, to stand after its first words."""
        return self._marks(self._waiting.pop((self._here, ""), ()))

    def notes(self) -> list[str]:
        """Return the lines of the notes whose marks have been printed since this was asked last."""
        fresh, self._fresh = self._fresh, []
        return [line for number in fresh for line in self.note(number, self.shown[number])]

    def left(self) -> str:
        """Return the marks of notes that found no place at all."""
        places, self._waiting = self._waiting, defaultdict(list)
        return self._marks(note for notes in places.values() for note in notes)

    def _marks(self, notes: Iterable[Note]) -> str:
        out = []
        for note in notes:
            number = len(self.shown) + 1
            self.shown[number] = note
            self._fresh.append(number)
            label = f"Note {number}, {author_of(note)}"
            out.append(
                f'<a class="mark v-{note.voice.value}" id="w{number}" href="#n{number}" data-note="{number}"'
                f' aria-label="{escaped(label)}"></a>'
            )
        return "".join(out)

    # ------------------------------------------------------------------------------------------ inlines

    def phrase(self, phrase: Phrase) -> str:
        """Return words that notes point at, with the marks of these notes after them."""
        notes = [] if self._in_note else self._waiting.pop((self._here, phrase.id), [])
        if not notes:
            return self.inlines(phrase.inlines)
        first = len(self.shown) + 1
        numbers = " ".join(str(first + index) for index in range(len(notes)))
        marks = self._marks(notes)
        return f'<span class="phrase" data-notes="{numbers}">{self.inlines(phrase.inlines)}</span>{marks}'

    def term(self, term: Term) -> str:
        """Return a use of a defined term as a link to its definition; the first in a clause is a stop for Tab."""
        if term.id not in self._defined or term.id == self._inside or self._in_note:
            return escaped(term.text)
        stop = ' tabindex="-1"' if term.id in self._linked else ""
        self._linked.add(term.id)
        return f'<a class="term" href="#{definition_id(term.id)}"{stop}>{escaped(term.text)}</a>'

    def value(self, value: Value) -> str:
        """Return a filled-in value, marked with the setting it comes from."""
        if self.plain or self._in_note or not value.path:
            return escaped(value.text)
        self.values.setdefault(value.path, {}).setdefault(value.text, self._here)
        return f'<span class="value" data-path="{escaped(value.path)}">{escaped(value.text)}</span>'

    def inline(self, inline: Inline) -> str:
        """Return one inline; a blank says in words what belongs there."""
        if isinstance(inline, Blank):
            if not self._in_note:
                self.blanks.setdefault((inline.path, inline.label), self._here)
            about = escaped(inline.label or inline.path)
            return f'<mark class="blank" data-path="{escaped(inline.path)}" data-label="{about}">{BLANK}</mark>'
        return super().inline(inline)

    def reference(self, reference: Reference) -> str:
        """Return a cross-reference as a link, marked so that it can show where it leads."""
        target = self.destination(reference)
        words = escaped(reference.text)
        if reference.agreement and reference.agreement not in self.files:
            return words  # a page shows one agreement, and nothing says where the other is
        kind = "ref other" if reference.agreement else "ref"
        return f'<a class="{kind}" href="{escaped(target)}">{words}</a>' if target else words

    # ------------------------------------------------------------------------------------------- blocks

    def definition(self, entry: DefinitionEntry, mark: str = "") -> str:
        """Return one definition, which can be led to."""
        self._inside = entry.id
        words = self.inlines(entry.inlines)
        self._inside = ""
        term = f"<dfn><strong>{escaped(entry.term)}</strong></dfn>"
        return f'<p class="definition">{term}{definition_gap(entry.inlines)}{words}{mark}</p>'

    def note(self, number: int, note: Note) -> Iterator[str]:
        """Yield the lines of one note: number, voice, words, sources."""
        author = escaped(author_of(note))
        about = [_PURPOSES[note.purpose]] if note.purpose in _PURPOSES else []
        about += [_AUDIENCES[note.audience]] if note.audience in _AUDIENCES else []
        kind = f' <span class="about">{escaped(", ".join(about))}</span>' if about else ""
        words = "the words" if note.anchor.phrase else "the text"
        yield (
            f'<aside class="note v-{note.voice.value}" id="n{number}" role="note" aria-label="Note {number}: {author}"'
            f' data-voice="{note.voice.value}" data-detail="{note.detail}">'
        )
        yield (
            f'<p class="who"><a class="back" href="#w{number}" aria-label="Note {number}, back to {words}">{number}</a>'
            f" <strong>{author}</strong>{kind}</p>"
        )
        yield '<div class="said">'
        self._in_note = True
        for block in note.blocks:
            yield from self.block(block)
        self._in_note = False
        if note.cites:
            yield f'<p class="sources">{escaped(sources_of(note))}</p>'
        yield "</div></aside>"


def definition_id(term: str) -> str:
    """Return the id of a definition on the page."""
    return slug(term, "def-")
