"""The fragment for notebooks: text with numbers, values and blanks marked, and notes by voice below it.

It stands on its own: it brings its few rules of style, scoped by a class, fetches nothing and runs nothing. Colours
say nothing that words do not say too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from agreementkit.tree.nodes import (
    Clause,
    Division,
    Document,
    ExecutionBlock,
    Note,
    Para,
    Paragraph,
    Part,
    Schedule,
    SchedulePart,
    SubParagraph,
)
from agreementkit.writers.html.words import Words, escaped
from agreementkit.writers.outline import author_of, sources_of

COLOURS: Mapping[str, tuple[str, str]] = {
    "drafter": ("#f1f1f1", "#3c3c3c"),
    "employer": ("#e6effa", "#123f77"),
    "staff-side": ("#fbeaea", "#7a1620"),
    "joint": ("#e8f4ea", "#1c5128"),
    "law": ("#f3ecf8", "#55287a"),
}
"""Background and text of the notes of each voice; a test holds their contrast to WCAG AA."""

HEADED = (Part, Clause, Schedule, SchedulePart, ExecutionBlock)
"""Divisions whose heading is a heading of the page; that of any other stands in bold before its text."""

_STYLE = """
.ak-agreement { color: #1b1b1b; background: #fff; padding: 1em; line-height: 1.5; max-width: 46em; }
.ak-agreement :is(h5, h6) { font-size: 1em; margin: 1.2em 0 .4em; }
.ak-agreement .ak-number { font-weight: 600; margin-right: .5em; }
.ak-agreement .ak-step { margin-left: 2em; }
.ak-agreement .ak-value { background: #eaf3ff; border-bottom: 1px dotted #123f77; }
.ak-agreement .ak-blank { background: #fff2a8; color: #1b1b1b; font-weight: 600; }
.ak-agreement a { color: #0b4a8f; }
.ak-agreement table { border-collapse: collapse; margin: .5em 0; }
.ak-agreement th, .ak-agreement td { border: 1px solid #8a8a8a; padding: .25em .6em; text-align: left; }
.ak-agreement .ak-note { margin: .4em 0 .4em 2em; padding: .3em .8em; border-left: 4px solid; font-size: .9em; }
.ak-agreement .ak-note p { margin: .2em 0; }
@media (min-width: 75em) {
  .ak-agreement { padding-right: 25em; }
  .ak-agreement .ak-note { float: right; clear: right; box-sizing: border-box; width: 22em; margin: 0 -24em .4em 1em; }
  .ak-agreement article, .ak-agreement::after { content: ""; display: block; clear: both; }
}
"""
"""Rules of style; where there is room, notes stand in the margin beside what they are about."""


def write_html_fragment(document: Document, *, notes: bool = True, files: Mapping[str, str] | None = None) -> str:
    """Return a resolved document as a fragment of HTML.

    Args:
        document: The document.
        notes: Whether to show the notes.
        files: HTML file of each other agreement by its precedent id. A reference into an agreement that is not here
            leads to that agreement on the same page, as in a notebook that shows the set.

    Raises:
        TypeError: The document is not resolved.
        OutputError: A text holds a control character (AK700).
    """
    return _Fragment(document, notes, files or {}).write()


def write_html_fragments(title: str, documents: Sequence[Document], *, notes: bool = True) -> str:
    """Return resolved documents one below the other, as a plain page of HTML that fetches nothing and runs nothing."""
    language = documents[0].meta.language if documents else "en-GB"
    body = "\n".join(write_html_fragment(document, notes=notes) for document in documents)
    return (
        f'<!DOCTYPE html>\n<html lang="{escaped(language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escaped(title)}</title>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


class _Fragment(Words):
    """Writes one document."""

    def __init__(self, document: Document, notes: bool, files: Mapping[str, str]) -> None:
        super().__init__(document, files)
        self.out: list[str] = []
        self.show_notes = notes
        self._notes: defaultdict[str, list[Note]] = defaultdict(list)
        for note in document.notes if notes else ():
            self._notes[note.anchor.division].append(note)

    def write(self) -> str:
        """Return the whole document."""
        document = self.whole
        colours = "".join(
            f".ak-agreement .ak-{voice} {{ background: {back}; color: {ink}; border-color: {ink}; }}\n"
            for voice, (back, ink) in COLOURS.items()
        )
        self._line(
            f'<article class="ak-agreement" lang="{escaped(document.meta.language)}"'
            f' aria-label="{escaped(document.title)}">'
        )
        self._line(f"<style>{_STYLE}{colours}</style>")
        self._line(f"<h2>{escaped(document.title)}</h2>")
        for line in document.subtitle:
            self._line(f"<p>{self.inlines(line)}</p>")
        for block in document.opening:
            self.out += self.block(block)
        heads = document.headings
        if document.summary:
            self._line(f"<h3>{escaped(heads.summary)}</h3>")
            for block in document.summary:
                self.out += self.block(block)
        sections: tuple[tuple[str, tuple[Division, ...]], ...] = (
            (heads.parties, document.parties),
            (heads.background, document.background),
            (heads.agreed, document.body),
            ("", document.schedules),
            (heads.execution, document.execution),
        )
        for heading, tops in sections:
            if heading and tops:
                self._line(f"<h3>{escaped(heading)}</h3>")
            for top in tops:
                self._division(top, 4 if heading else 3)
        lost = [note for note in document.notes if self.show_notes and note.anchor.division not in self.known]
        self._print(lost)
        self._line("</article>")
        return "\n".join(self.out)

    def _division(self, division: Division, level: int) -> None:
        step = ' class="ak-step"' if isinstance(division, Paragraph | SubParagraph) else ""
        self._line(f'<div id="{self.address(division.id)}"{step}>')
        number = division.number.own if division.number else ""
        label = f'<span class="ak-number">{escaped(number)}</span> ' if number else ""
        blocks = division.blocks
        named = bool(division.heading) or isinstance(division, Schedule)
        if named and isinstance(division, HEADED):
            tag = f"h{min(level, 6)}"
            self._line(f"<{tag}>{label}{self.inlines(division.heading)}</{tag}>")
            level += 1
        elif named:
            self._line(f"<p>{label}<strong>{self.inlines(division.heading)}</strong></p>")
        elif blocks and isinstance(blocks[0], Para):
            self._line(f"<p>{label}{self.inlines(blocks[0].inlines)}</p>")
            blocks = blocks[1:]
        elif label:
            self._line(f"<p>{label}</p>")
        for block in blocks:
            self.out += self.block(block)
        self._print(self._notes.get(division.id, ()))
        for child in division.children:
            self._division(child, level)
        self._line("</div>")

    def _line(self, line: str) -> None:
        self.out.append(line)

    def _print(self, notes: Iterable[Note]) -> None:
        for note in notes:
            author = escaped(author_of(note))
            self._line(f'<aside class="ak-note ak-{note.voice.value}" role="note" aria-label="Note: {author}">')
            label = f"<strong>{author}:</strong> "
            blocks = note.blocks
            if blocks and isinstance(blocks[0], Para):
                self._line(f"<p>{label}{self.inlines(blocks[0].inlines)}</p>")
                blocks = blocks[1:]
            else:
                self._line(f"<p>{label}</p>")
            for block in blocks:
                self.out += self.block(block)
            if note.cites:
                self._line(f"<p>{escaped(sources_of(note))}</p>")
            self._line("</aside>")
