"""An agreement as HTML, for a notebook or a browser: text with numbers, values and blanks marked, notes by voice.

The fragment stands on its own: it brings its few rules of style, scoped by a class, fetches nothing and runs
nothing. Whatever comes from the document is escaped text. Colours say nothing that words do not say too.
"""

from __future__ import annotations

import html
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from agreementkit.tree.nodes import (
    Blank,
    Block,
    Clause,
    CrossReference,
    DefinitionEntry,
    Division,
    Document,
    Emphasis,
    ExecutionBlock,
    Field,
    Inline,
    LineBreak,
    List,
    Note,
    Para,
    Paragraph,
    Part,
    Phrase,
    Reference,
    Schedule,
    SchedulePart,
    SignatureLines,
    Strong,
    SubParagraph,
    Table,
    Term,
    TermUse,
    Text,
    Value,
)
from agreementkit.tree.walk import BLANK, divisions, plain_text
from agreementkit.writers.markdown.escape import require_fit
from agreementkit.writers.outline import author_of, definition_gap, require_resolved, slug, sources_of

COLOURS: Mapping[str, tuple[str, str]] = {
    "drafter": ("#f1f1f1", "#3c3c3c"),
    "employer": ("#e6effa", "#123f77"),
    "staff-side": ("#fbeaea", "#7a1620"),
    "joint": ("#e8f4ea", "#1c5128"),
    "law": ("#f3ecf8", "#55287a"),
}
"""Background and text of the notes of each voice; a test holds their contrast to WCAG AA."""

_STYLE = """
.ak-agreement { color: #1b1b1b; background: #fff; padding: 1em; line-height: 1.5; max-width: 46em; }
.ak-agreement .ak-number { font-weight: 600; margin-right: .5em; }
.ak-agreement .ak-step { margin-left: 2em; }
.ak-agreement .ak-value { background: #eaf3ff; border-bottom: 1px dotted #123f77; }
.ak-agreement .ak-blank { background: #fff2a8; color: #1b1b1b; font-weight: 600; }
.ak-agreement a { color: #0b4a8f; }
.ak-agreement table { border-collapse: collapse; margin: .5em 0; }
.ak-agreement th, .ak-agreement td { border: 1px solid #8a8a8a; padding: .25em .6em; text-align: left; }
.ak-agreement .ak-note { margin: .4em 0 .4em 2em; padding: .3em .8em; border-left: 4px solid; font-size: .9em; }
.ak-agreement .ak-note p { margin: .2em 0; }
"""
_HEADED = (Part, Clause, Schedule, SchedulePart, ExecutionBlock)


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
    require_resolved(document)
    return _Writer(document, notes, files or {}).fragment()


def write_html_page(document: Document, *, notes: bool = True, files: Mapping[str, str] | None = None) -> str:
    """Return a resolved document as a whole page of HTML around the fragment."""
    fragment = write_html_fragment(document, notes=notes, files=files)
    return (
        f'<!DOCTYPE html>\n<html lang="{_text(document.meta.language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_text(document.title)}</title>\n</head>\n<body>\n{fragment}\n</body>\n</html>\n"
    )


def _text(text: str) -> str:
    require_fit(text, "HTML")
    return html.escape(text).replace("\r", "&#13;")


@dataclass(slots=True)
class _Writer:
    """Writes one document."""

    whole: Document
    show_notes: bool
    files: Mapping[str, str]
    out: list[str] = field(default_factory=list)
    _known: frozenset[str] = field(init=False)
    _notes: defaultdict[str, list[Note]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        self._known = frozenset(division.id for division in divisions(self.whole))
        if self.show_notes:
            for note in self.whole.notes:
                self._notes[note.anchor.division].append(note)

    # -------------------------------------------------------------------------------------- the document

    def fragment(self) -> str:
        """Return the whole document."""
        document = self.whole
        colours = "".join(
            f".ak-agreement .ak-{voice} {{ background: {back}; color: {ink}; border-color: {ink}; }}\n"
            for voice, (back, ink) in COLOURS.items()
        )
        self._line(
            f'<article class="ak-agreement" lang="{_text(document.meta.language)}"'
            f' aria-label="{_text(document.title)}">'
        )
        self._line(f"<style>{_STYLE}{colours}</style>")
        self._line(f"<h2>{_text(document.title)}</h2>")
        for line in document.subtitle:
            self._line(f"<p>{self._inlines(line)}</p>")
        for block in document.opening:
            self._block(block)
        heads = document.headings
        if document.summary:
            self._line(f"<h3>{_text(heads.summary)}</h3>")
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
                self._line(f"<h3>{_text(heading)}</h3>")
            for top in tops:
                self._division(top, 4 if heading else 3)
        lost = [note for note in document.notes if self.show_notes and note.anchor.division not in self._known]
        self._print(lost)
        self._line("</article>")
        return "\n".join(self.out)

    def _division(self, division: Division, level: int) -> None:
        step = ' class="ak-step"' if isinstance(division, Paragraph | SubParagraph) else ""
        self._line(f'<div id="{self._address(division.id)}"{step}>')
        number = division.number.own if division.number else ""
        label = f'<span class="ak-number">{_text(number)}</span> ' if number else ""
        blocks = division.blocks
        named = bool(division.heading) or isinstance(division, Schedule)
        if named and isinstance(division, _HEADED):
            tag = f"h{min(level, 6)}"
            self._line(f"<{tag}>{label}{self._inlines(division.heading)}</{tag}>")
            level += 1
        elif named:
            self._line(f"<p>{label}<strong>{self._inlines(division.heading)}</strong></p>")
        elif blocks and isinstance(blocks[0], Para):
            self._line(f"<p>{label}{self._inlines(blocks[0].inlines)}</p>")
            blocks = blocks[1:]
        elif label:
            self._line(f"<p>{label}</p>")
        for block in blocks:
            self._block(block)
        self._print(self._notes.get(division.id, ()))
        for child in division.children:
            self._division(child, level)
        self._line("</div>")

    def _line(self, line: str) -> None:
        self.out.append(line)

    # ------------------------------------------------------------------------------------------- notes

    def _print(self, notes: Iterable[Note]) -> None:
        for note in notes:
            author = _text(author_of(note))
            self._line(f'<aside class="ak-note ak-{note.voice.value}" role="note" aria-label="Note: {author}">')
            label = f"<strong>{author}:</strong> "
            blocks = note.blocks
            if blocks and isinstance(blocks[0], Para):
                self._line(f"<p>{label}{self._inlines(blocks[0].inlines)}</p>")
                blocks = blocks[1:]
            else:
                self._line(f"<p>{label}</p>")
            for block in blocks:
                self._block(block)
            if note.cites:
                self._line(f"<p>{_text(sources_of(note))}</p>")
            self._line("</aside>")

    # ------------------------------------------------------------------------------------------- blocks

    def _block(self, block: Block) -> None:
        match block:
            case Para(inlines):
                self._line(f"<p>{self._inlines(inlines)}</p>")
            case List(items):
                self._line("<ul>" + "".join(f"<li>{self._inlines(item)}</li>" for item in items) + "</ul>")
            case Table(header, rows, caption):
                label = _text(caption or plain_text(header[0] if header else ()))
                self._line(f'<table aria-label="{label}"><thead><tr>')
                self._line("".join(f'<th scope="col">{self._inlines(cell)}</th>' for cell in header))
                self._line("</tr></thead><tbody>")
                for row in rows:
                    self._line("<tr>" + "".join(f"<td>{self._inlines(cell)}</td>" for cell in row) + "</tr>")
                self._line("</tbody></table>")
            case DefinitionEntry(_, term, inlines):
                gap = definition_gap(inlines)
                self._line(f"<p><dfn><strong>{_text(term)}</strong></dfn>{gap}{self._inlines(inlines)}</p>")
            case SignatureLines(lead, lines):
                self._line(f"<p>{self._inlines(lead)}</p>")
                self._line(f'<table aria-label="Signature block: {_text(plain_text(lead))}"><tbody>')
                for line in lines:
                    known = self._inlines(line.inlines)
                    self._line(f'<tr><th scope="row">{_text(line.label)}</th><td>{known}</td></tr>')
                self._line("</tbody></table>")

    # ------------------------------------------------------------------------------------------ inlines

    def _inlines(self, inlines: Iterable[Inline]) -> str:
        return "".join(self._inline(inline) for inline in inlines)

    def _inline(self, inline: Inline) -> str:
        match inline:
            case Text(text) | Term(_, text):
                return _text(text)
            case Value(path, text):
                return f'<span class="ak-value" title="{_text(path)}">{_text(text)}</span>'
            case Blank(path, label):
                return f'<mark class="ak-blank" title="{_text(label or path)}">{BLANK}</mark>'
            case Emphasis(inner):
                return f"<em>{self._inlines(inner)}</em>"
            case Strong(inner):
                return f"<strong>{self._inlines(inner)}</strong>"
            case Phrase(_, inner):
                return self._inlines(inner)
            case LineBreak():
                return "<br>"
            case Reference():
                address = self._destination(inline)
                words = _text(inline.text)
                return f'<a href="{_text(address)}">{words}</a>' if address else words
            case Field() | TermUse() | CrossReference():
                raise TypeError(f"{type(inline).__name__} is a stand-in and cannot be written")

    def _destination(self, reference: Reference) -> str:
        if not reference.agreement:
            return f"#{self._address(reference.target)}" if reference.target in self._known else ""
        file = self.files.get(reference.agreement)
        return (quote(file) if file else "") + f"#{_address(reference.agreement, reference.target)}"

    def _address(self, division: str) -> str:
        return _address(self.whole.precedent, division)


def _address(precedent: str, division: str) -> str:
    """Return the id of a division on a page that may show several agreements."""
    return slug(f"{precedent}:{division}")
