"""Paragraphs on their way into the file, while notes can still be hung on them.

A body is a list of ready XML strings (table walls) and `Paragraph` objects. A paragraph becomes XML only at
the end, when the ranges of comments that start or stop in it are known.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from agreementkit.writers.word.styles.numbering import Place


@dataclass(slots=True, eq=False)
class Paragraph:
    """One paragraph.

    Attributes:
        style: Style id.
        runs: Its runs, as XML.
        text: Whether it shows any words, so that a comment can stand on it.
        keep_next: Keep on the page of the next paragraph.
        page_break: Start a page, or not, only where the style says otherwise.
        place: List and level, only where the style does not say it.
        tabs: Tab stops as XML, only where the style does not say them.
        indent: Left and right indent and hanging as XML attributes, only where the style does not say them.
        outline: Outline level, only where the style says another; 9 for running text.
        opening: What starts before the first run: bookmarks, comment ranges.
        closing: What ends after the last run.
        of: What it belongs to: the id of a division or of a fixed section; "" where there is none.
        key: Id of the definition that it is; "" for anything else.
    """

    style: str
    runs: str = ""
    text: bool = True
    keep_next: bool = False
    page_break: bool | None = None
    place: Place | None = None
    tabs: str = ""
    indent: str = ""
    outline: int | None = None
    opening: list[str] = field(default_factory=list)
    closing: list[str] = field(default_factory=list)
    of: str = ""
    key: str = ""

    def properties(self) -> str:
        """Return its properties, in the order the schema asks for."""
        properties = f'<w:pStyle w:val="{self.style}"/>'
        if self.keep_next:
            properties += "<w:keepNext/>"
        if self.page_break is not None:
            properties += "<w:pageBreakBefore/>" if self.page_break else '<w:pageBreakBefore w:val="0"/>'
        if self.place:
            level = f'<w:ilvl w:val="{self.place.level}"/>'
            properties += f'<w:numPr>{level}<w:numId w:val="{self.place.list_id}"/></w:numPr>'
        if self.tabs:
            properties += f"<w:tabs>{self.tabs}</w:tabs>"
        if self.indent:
            properties += f"<w:ind {self.indent}/>"
        if self.outline is not None:
            properties += f'<w:outlineLvl w:val="{self.outline}"/>'
        return properties

    def xml(self) -> str:
        """Return the paragraph."""
        opening, closing = "".join(self.opening), "".join(self.closing)
        return f"<w:p><w:pPr>{self.properties()}</w:pPr>{opening}{self.runs}{closing}</w:p>"


Piece = str | Paragraph


def to_xml(pieces: Iterable[Piece]) -> str:
    """Return the pieces as XML, in order."""
    return "".join([piece if isinstance(piece, str) else piece.xml() for piece in pieces])


def paragraphs(pieces: Iterable[Piece]) -> list[Paragraph]:
    """Return just the paragraphs of `pieces`."""
    return [piece for piece in pieces if isinstance(piece, Paragraph)]
