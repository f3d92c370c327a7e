"""From a resolved document to Markdown, top to bottom.

Numbers are text, never Markdown list numbers, which readers count anew. Paragraphs of deeper levels are not
indented: GitHub has no paragraphs inside paragraphs. Every division that is numbered or referred to has an anchor.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import quote

from agreementkit.tree.nodes import (
    Block,
    Clause,
    DefinitionEntry,
    Division,
    Document,
    ExecutionBlock,
    Inline,
    List,
    Note,
    Para,
    Part,
    Reference,
    Schedule,
    SchedulePart,
    SignatureLines,
    Strong,
    Table,
    Text,
)
from agreementkit.writers.markdown.inlines import Row
from agreementkit.writers.markdown.notes import Placing
from agreementkit.writers.markdown.options import MarkdownOptions
from agreementkit.writers.outline import (
    SIGNATURE_LINES_ACROSS,
    author_of,
    definition_gap,
    slug,
    sources_of,
)
from agreementkit.writers.survey import survey, worded

_HEADED = (Part, Clause, Schedule, SchedulePart, ExecutionBlock)
_FURTHER_LINE = re.compile(r"\n(?!\n|\Z)")
_LIST_END = "<!-- -->"


def write_markdown(document: Document, options: MarkdownOptions | None = None) -> str:
    """Return a resolved document as Markdown. The same document and options give the same text.

    Raises:
        TypeError: The document is not resolved.
        OutputError: A text holds a control character (AK700), or a note points nowhere (AK704).
    """
    options, known = options or MarkdownOptions(), survey(document)
    anchored = known.numbered | known.targets & known.divisions
    silent = Placing(document, known, "none")
    writer = _Writer(document, options, Placing(document, known, options.notes), anchored, silent)
    writer.document()
    footnotes = [_footnote(writer, number, notes) for number, notes in enumerate(writer.placing.printed, start=1)]
    return "\n\n".join([*writer.chunks, *footnotes]) + "\n"


def _footnote(writer: _Writer, number: int, notes: Iterable[Note]) -> str:
    text = "\n\n".join([chunk for note in notes for chunk in writer.note(note)])
    return f"[^{number}]: " + _FURTHER_LINE.sub("\n    ", text)


@dataclass(slots=True)
class _Writer:
    """Writes one document, or one note of it.

    Attributes:
        whole: The document.
        options: The choices of the caller.
        placing: Where notes stand.
        anchored: Ids of the divisions that get an anchor.
        silent: The placing for words that no notes stand on, as those of a note.
        chunks: What has been written, by block.
    """

    whole: Document
    options: MarkdownOptions
    placing: Placing
    anchored: frozenset[str]
    silent: Placing
    chunks: list[str] = field(default_factory=list)
    _here: str = ""
    _anchors: list[str] = field(default_factory=list)
    _after_list: bool = False

    # -------------------------------------------------------------------------------------- the document

    def document(self) -> None:
        """Write everything but the footnotes."""
        document = self.whole
        self._heading(1, (Text(document.title),))
        for line in document.subtitle:
            self._paragraph(line)
        for block in document.opening:
            self._block(block)
        heads = document.headings
        if document.summary:
            self._heading(2, (Text(heads.summary),))
            for block in document.summary:
                self._block(block)
        sections: tuple[tuple[str, tuple[Division, ...]], ...] = (
            (heads.parties, document.parties),
            (heads.background, document.background),
            (heads.agreed, document.body),
            ("", document.schedules),
            (heads.execution, document.execution),
        )
        for heading, tops in sections:
            if heading and tops:
                self._heading(2, (Text(heading),))
            for division in tops:
                self._division(division, 3 if heading and isinstance(division, ExecutionBlock) else 2)

    def _division(self, division: Division, level: int) -> None:
        """Write a division; `level` is that of its heading, should it have one."""
        outer, self._here = self._here, division.id
        if division.id in self.anchored:
            self._anchors.append(slug(division.id))
        self.placing.enter(division.id)
        for block in self._head(division, level):
            self._block(block)
        below = level + 1 if isinstance(division, Schedule) or _named(division, SchedulePart) else level
        for child in division.children:
            self._division(child, below)
        if self._anchors or self.placing.waiting:
            self._add_words(self._take_anchors() + self.placing.on_words(touching=False))  # no words to stand on
        self._here = outer

    def _head(self, division: Division, level: int) -> tuple[Block, ...]:
        """Write the first paragraph of a division and return the blocks still to be written."""
        number = division.number.own if division.number else ""
        blocks = division.blocks
        if isinstance(division, _HEADED) and (division.heading or isinstance(division, Schedule)):
            self._heading(level, division.heading, number)
        elif division.heading:
            self._paragraph((Strong(division.heading),), number)
        elif blocks and isinstance(blocks[0], Para):
            self._paragraph(blocks[0].inlines, number)
            blocks = blocks[1:]
        elif number:
            self._paragraph((), number)
        return blocks

    # --------------------------------------------------------------------------------------------- notes

    def note(self, note: Note) -> list[str]:
        """Return the paragraphs of a note: the voice and its words, then its sources."""
        inner = _Writer(self.whole, self.options, self.silent, self.anchored, self.silent)
        voice: tuple[Inline, ...] = (Strong((Text(f"{author_of(note)}:"),)),)
        blocks = note.blocks
        if blocks and isinstance(blocks[0], Para):
            voice, blocks = (*voice, Text(" "), *blocks[0].inlines), blocks[1:]
        inner._paragraph(voice)
        for block in blocks:
            inner._block(block)
        if note.cites:
            inner._paragraph((Text(sources_of(note)),))
        return inner.chunks

    def _print_notes(self) -> None:
        for note in self.placing.in_full():
            text = "\n\n".join(self.note(note))
            self.chunks.append("\n".join(f"> {line}" if line else ">" for line in text.split("\n")))

    # -------------------------------------------------------------------------------------------- blocks

    def _block(self, block: Block) -> None:
        match block:
            case Para(inlines):
                self._paragraph(inlines)
            case List(items):
                self._list(items)
            case Table(header, rows):
                if header:
                    self._table([header, *rows])
            case DefinitionEntry(_, term, inlines):
                self._paragraph((Strong((Text(term),)), Text(definition_gap(inlines)), *inlines))
            case SignatureLines(lead, lines):
                self._paragraph(lead)
                for at in range(0, len(lines), SIGNATURE_LINES_ACROSS):
                    row = lines[at : at + SIGNATURE_LINES_ACROSS]
                    self._table([tuple((Text(line.label),) for line in row), tuple(line.inlines for line in row)])

    def _heading(self, level: int, inlines: tuple[Inline, ...], number: str = "") -> None:
        words = self._words(inlines, number, flat=True, heading=True)
        self._add(f"{'#' * level} {words}".rstrip())

    def _paragraph(self, inlines: tuple[Inline, ...], number: str = "") -> None:
        self._add_words(self._words(inlines, number))

    def _list(self, items: tuple[tuple[Inline, ...], ...]) -> None:
        rows = [self._words(item, flat=True) for item in items]
        lines = [f"- {words}" for words in rows if words]
        if lines:
            if self._after_list:
                self._add(_LIST_END)  # two lists in a row would be read as one
            self._add("\n".join(lines), is_list=True)

    def _table(self, rows: list[tuple[tuple[Inline, ...], ...]]) -> None:
        cells = [[self._words(cell, flat=True) for cell in row] for row in rows]
        lines = ["| " + " | ".join(row) + " |" for row in cells]
        lines.insert(1, "| " + " | ".join("---" for _ in cells[0]) + " |")
        self._add("\n".join(lines))

    def _add_words(self, words: str) -> None:
        if words:
            self._add(words)
        else:
            self._print_notes()

    def _add(self, chunk: str, *, is_list: bool = False) -> None:
        self.chunks.append(chunk)
        self._after_list = is_list
        if self.placing.after:
            self._print_notes()

    # ------------------------------------------------------------------------------------------- inlines

    def _words(
        self, inlines: tuple[Inline, ...], number: str = "", *, flat: bool = False, heading: bool = False
    ) -> str:
        """Return a run with its number; the first words of a division also carry its anchor and its notes.

        Both stand at an end, where no character needs escaping because of them, so they are just put there.
        """
        row = Row(self._link, self._mark)
        has_words = worded(inlines)
        if number:
            row.text(number)
            if has_words:
                row.text(" ")
        row.inlines(inlines)
        words = row.markdown(flat=flat, heading=heading)
        if not (number or has_words):
            return words
        if self._anchors:
            words = self._take_anchors() + words
        return words + self.placing.on_words(touching=row.marked) if self.placing.waiting else words

    def _take_anchors(self) -> str:
        anchors = "".join([f'<a id="{anchor}"></a>' for anchor in self._anchors])
        self._anchors.clear()
        return anchors

    def _mark(self, phrase: str, touching: bool) -> str:
        return self.placing.on_phrase(self._here, phrase, touching=touching)

    def _link(self, reference: Reference) -> str:
        if not reference.agreement:
            return f"#{slug(reference.target)}" if reference.target in self.anchored else ""
        file = self.options.files.get(reference.agreement)
        return f"{quote(file)}#{slug(reference.target)}" if file else ""


def _named(division: Division, kind: type[Division]) -> bool:
    return isinstance(division, kind) and bool(division.heading)
