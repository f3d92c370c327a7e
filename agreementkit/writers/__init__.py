"""The writers: one table of every output format, after Pandoc's.

A writer takes a resolved document and `WriteOptions`, which all formats share; what a format cannot show it shows
in its nearest way. A format is loaded when it is first written, so that a reader of the table needs no Word library.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from agreementkit.tree.nodes import Document
from agreementkit.writers.threads import Thread

if TYPE_CHECKING:
    from agreementkit.writers.word.house.mapping import HouseStyle

__all__ = ["WRITERS", "BytesWriter", "NotesAs", "TextWriter", "WriteOptions", "Writer"]

NotesAs = Literal["comments", "footnotes", "inline", "none"]


@dataclass(frozen=True, slots=True)
class WriteOptions:
    """Choices that every format understands.

    Attributes:
        notes: How notes are shown; None for the format's own way, which is comments in Word and footnotes in PDF and
            Markdown. Markdown shows `comments` as footnotes, HTML shows all beside the text, JSON holds them or not.
        final: Whether this is a final copy, without draft marks.
        files: File name of each agreement of the set in this format by its precedent id, for links between them.
        pages: Page of each heading by division id, for Word's list of contents.
        template: The organisation's own Word file or house style, or one that a pack brings.
        threads: Comments of reviewers with our answers, of each agreement by its precedent id; only Word shows them.
    """

    notes: NotesAs | None = None
    final: bool = False
    files: Mapping[str, str] = field(default_factory=dict)
    pages: Mapping[str, int] | None = None
    template: Path | HouseStyle | None = None
    threads: Mapping[str, tuple[Thread, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TextWriter:
    """A format that is text.

    Attributes:
        extension: Ending of its files, without the dot.
        function: Writes a document as text.
    """

    extension: str
    function: Callable[[Document, WriteOptions], str]

    @property
    def suffix(self) -> str:
        """Ending of its files, with the dot."""
        return f".{self.extension}"

    def write(self, document: Document, options: WriteOptions) -> bytes:
        """Return the file: the text in UTF-8."""
        return self.function(document, options).encode()


@dataclass(frozen=True, slots=True)
class BytesWriter:
    """A format that is bytes.

    Attributes:
        extension: Ending of its files, without the dot.
        function: Writes a document as bytes.
    """

    extension: str
    function: Callable[[Document, WriteOptions], bytes]

    @property
    def suffix(self) -> str:
        """Ending of its files, with the dot."""
        return f".{self.extension}"

    def write(self, document: Document, options: WriteOptions) -> bytes:
        """Return the file."""
        return self.function(document, options)


Writer = TextWriter | BytesWriter


def _docx(document: Document, options: WriteOptions) -> bytes:
    from agreementkit.writers.word import WordOptions, write_word

    choices = WordOptions(
        notes=options.notes or "comments",
        template=options.template,
        pages=options.pages,
        draft=not options.final,
        threads=options.threads.get(document.precedent, ()),
    )
    return write_word(document, choices)


def _md(document: Document, options: WriteOptions) -> str:
    from agreementkit.writers.markdown import MarkdownOptions, write_markdown

    notes: Literal["footnotes", "inline", "none"] = "footnotes"
    if options.notes in ("inline", "none"):
        notes = options.notes
    return write_markdown(document, MarkdownOptions(notes=notes, files=options.files))


def _json(document: Document, options: WriteOptions) -> str:
    from agreementkit.writers.json import without_notes, write_json

    return write_json(without_notes(document) if options.notes == "none" else document)


def _html(document: Document, options: WriteOptions) -> str:
    from agreementkit.writers.html import write_html_page

    return write_html_page(document, notes=options.notes != "none", files=options.files, final=options.final)


def _pdf(document: Document, options: WriteOptions) -> bytes:
    from agreementkit.writers.word.layout.pdf import pdf_files

    word = _docx(document, replace(options, notes=options.notes or "footnotes", threads={}))
    return pdf_files({"": word}, notes=options.notes == "comments")[""]


WRITERS: Mapping[str, Writer] = MappingProxyType(
    {
        "docx": BytesWriter("docx", _docx),
        "pdf": BytesWriter("pdf", _pdf),
        "md": TextWriter("md", _md),
        "json": TextWriter("json", _json),
        "html": TextWriter("html", _html),
    }
)
"""Every output format by its name."""
