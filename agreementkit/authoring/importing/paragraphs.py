"""Reads the body of a Word file: paragraphs with their labels, levels and words once changes are accepted.

What is not words (pictures, text boxes, footnotes, hidden text) is counted, so that it can be said what was left out.
"""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from agreementkit.authoring.importing.wordfile import WordFile
from agreementkit.writers.word.markup import w
from agreementkit.writers.word.styles.numbering import Counter, Level, Place
from agreementkit.writers.word.styles.stylesheet import BODY_LEVEL, Style, is_on, number_of, value_of

_WRAPPERS = frozenset({w(tag) for tag in ("ins", "moveTo", "sdt", "sdtContent", "smartTag", "customXml", "hyperlink",
                                          "fldSimple", "dir", "bdo")})  # fmt: skip
_GONE = frozenset({w("del"), w("moveFrom")})
_LOST = {
    w("drawing"): "picture or shape", w("pict"): "picture or shape", w("object"): "embedded object",
    w("footnoteReference"): "footnote", w("endnoteReference"): "endnote",
}  # fmt: skip
TRACKED = "tracked change"
HIDDEN = "hidden text"


@dataclass(frozen=True, slots=True)
class Run:
    """Words that look alike.

    Attributes:
        text: The words.
        bold: Whether they are bold.
        italic: Whether they are italic.
        comments: Ids of the comments on them.
    """

    text: str
    bold: bool = False
    italic: bool = False
    comments: tuple[str, ...] = ()


@dataclass(slots=True)
class Paragraph:
    """One paragraph.

    Attributes:
        runs: Its words.
        level: Level of the list it is numbered by, with the list's own definition; None without a number of Word's.
        family: The list that it counts in.
        at: Its level in that list, from 0.
        label: What the list prints in front of it.
        outline: Outline level, from 0; 9 for running text.
        style: Name of its style.
        indent: Where its text begins, in twips.
    """

    runs: list[Run]
    level: Level | None = None
    family: str = ""
    at: int = 0
    label: str = ""
    outline: int = BODY_LEVEL
    style: str = ""
    indent: int = 0

    @property
    def text(self) -> str:
        """Its words."""
        return " ".join("".join(run.text for run in self.runs).split())


@dataclass(slots=True)
class Grid:
    """A table: rows of cells, each as paragraphs; and what Word says it shows."""

    rows: list[list[list[Paragraph]]]
    caption: str = ""


Piece = Paragraph | Grid


@dataclass(slots=True)
class Reader:
    """Reads one file from its beginning to its end, so that numbers are counted as Word counts them.

    Attributes:
        file: The file.
        lost: What was met and is not words, by kind, for the pieces read since it was last emptied.
    """

    file: WordFile
    lost: Tally[str] = field(default_factory=Tally)
    _counter: Counter = field(init=False)
    _open: list[str] = field(default_factory=list)
    _field: list[bool] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._counter = Counter(self.file.lists)

    def pieces(self) -> Iterator[tuple[Piece, Tally[str]]]:
        """Yield every piece of the body with what was left out of it."""
        held: list[Run] = []
        for element in _blocks(self.file.body):
            if element.tag == w("tbl"):
                grid = self._grid(element)
                yield grid, self._taken()
                continue
            if _mark_is_gone(element):  # the paragraph goes on in the next one once the change is accepted
                self._runs(element, held)
                self.lost[TRACKED] += 1
                continue
            yield self._paragraph(element, held), self._taken()
            held = []
        if held:
            yield Paragraph(held), self._taken()

    def _taken(self) -> Tally[str]:
        taken, self.lost = self.lost, Tally()
        return taken

    # ------------------------------------------------------------------------------------------- paragraphs

    def _paragraph(self, element: etree._Element, held: Sequence[Run] = ()) -> Paragraph:
        properties = element.find(w("pPr"))
        style = self.file.sheet.by_id(value_of(properties, "pStyle")) or self.file.sheet.default("paragraph")
        paragraph = Paragraph(list(held), style=style.name if style else "")
        self._place(paragraph, properties, style)
        self._runs(element, paragraph.runs)
        if paragraph.level is not None:
            place = Place(paragraph.family, paragraph.at)
            paragraph.label = self._counter.next(place).strip()
            paragraph.family = self.file.lists.family.get(paragraph.family, paragraph.family)
        return paragraph

    def _place(self, paragraph: Paragraph, properties: etree._Element | None, style: Style | None) -> None:
        sheet = self.file.sheet
        own = properties.find(w("numPr")) if properties is not None else None
        number = value_of(own, "numId") or (sheet.list_of(style) if style else "")
        said = value_of(own, "ilvl")
        if not said and style:
            bound = self.file.lists.places.get(style.id)
            inherited = sheet.property(style, "pPr/numPr/ilvl")
            said = str(bound.level) if bound else (inherited.get(w("val")) or "" if inherited is not None else "")
        at = min(max(number_of(said), 0), 8)
        level = self.file.lists.levels.get(number, {}).get(at)
        if number != "0" and level is not None:
            paragraph.level, paragraph.family, paragraph.at, paragraph.indent = level, number, at, level.indent
        outline = properties.find(w("outlineLvl")) if properties is not None else None
        if outline is not None:
            paragraph.outline = number_of(outline.get(w("val")), BODY_LEVEL)
        elif style:
            paragraph.outline = sheet.outline(style)
        indent = properties.find(w("ind")) if properties is not None else None
        if indent is None and style and paragraph.level is None:
            indent = sheet.property(style, "pPr/ind")
        left = (indent.get(w("left")) or indent.get(w("start"))) if indent is not None else None
        if left:
            paragraph.indent = number_of(left)

    def _runs(self, parent: etree._Element, out: list[Run]) -> None:
        for element in parent:
            tag = element.tag
            if tag in _GONE:
                self.lost[TRACKED] += 1
            elif tag in _WRAPPERS:
                self.lost[TRACKED] += tag in (w("ins"), w("moveTo"))
                self._runs(element, out)
            elif tag == w("commentRangeStart"):
                self._open.append(element.get(w("id")) or "")
            elif tag == w("commentRangeEnd"):
                self._open = [one for one in self._open if one != element.get(w("id"))]
            elif tag == w("r"):
                self._run(element, out)

    def _run(self, element: etree._Element, out: list[Run]) -> None:
        properties = element.find(w("rPr"))
        if self._switch(properties, "vanish"):
            self.lost[HIDDEN] += 1
            return
        text = ""
        for child in element:
            if child.tag == w("commentReference"):  # the comment itself may cover no words
                out.append(Run("", comments=(child.get(w("id")) or "",)))
            elif child.tag == w("fldChar"):
                self._field_mark(child.get(w("fldCharType")) or "")
            elif child.tag in _LOST:
                self.lost[_LOST[child.tag]] += 1
            elif any(self._field):  # the instruction of a field; its result follows
                continue
            elif child.tag == w("t"):
                text += child.text or ""
            elif child.tag in (w("tab"), w("br"), w("cr"), w("ptab")):
                text += "\t" if child.tag == w("tab") else " "
            elif child.tag == w("noBreakHyphen"):
                text += "-"
            elif child.tag == w("sym"):
                self.lost["symbol"] += 1
            elif child.tag.endswith("}AlternateContent"):
                self.lost["picture or shape"] += 1
        if text:
            bold, italic = self._switch(properties, "b"), self._switch(properties, "i")
            out.append(Run(text, bold, italic, tuple(self._open)))

    def _field_mark(self, kind: str) -> None:
        if kind == "begin":
            self._field.append(True)
        elif kind == "separate" and self._field:
            self._field[-1] = False
        elif kind == "end" and self._field:
            self._field.pop()

    def _switch(self, properties: etree._Element | None, name: str) -> bool:
        if properties is None:
            return False
        said = properties.find(w(name))
        if said is not None:
            return is_on(said.get(w("val")) or "1")
        style = self.file.sheet.by_id(value_of(properties, "rStyle"))
        return style is not None and self.file.sheet.switch(style, f"rPr/{name}")

    # ----------------------------------------------------------------------------------------------- tables

    def _grid(self, table: etree._Element) -> Grid:
        properties = table.find(w("tblPr"))
        rows: list[list[list[Paragraph]]] = []
        for row in _children(table, "tr"):
            if row.find(f"{w('trPr')}/{w('del')}") is not None:
                self.lost[TRACKED] += 1
                continue
            cells: list[list[Paragraph]] = []
            for cell in _children(row, "tc"):
                look = cell.find(w("tcPr"))
                merged = look.find(w("vMerge")) if look is not None else None
                inside = [self._paragraph(one) for one in cell.iter(w("p"))]
                nested = cell.find(f".//{w('tbl')}") is not None
                self.lost["table inside a table"] += nested
                goes_on = merged is not None and (merged.get(w("val")) or "continue") == "continue"
                cells.append([] if goes_on else inside)
                span = min(max(number_of(value_of(look, "gridSpan"), 1), 1), 60)
                cells += [[] for _ in range(span - 1)]
            rows.append(cells[:60])
        caption = value_of(properties, "tblDescription") or value_of(properties, "tblCaption")
        return Grid(rows, caption)


def _mark_is_gone(paragraph: etree._Element) -> bool:
    return paragraph.find(f"{w('pPr')}/{w('rPr')}/{w('del')}") is not None


def _blocks(parent: etree._Element) -> Iterator[etree._Element]:
    """Yield the paragraphs and tables of a body, opening what is merely wrapped around them; not the contents."""
    for element in parent:
        if element.tag in (w("p"), w("tbl")):
            yield element
        elif element.tag in _WRAPPERS:
            gallery = element.find(f"{w('sdtPr')}/{w('docPartObj')}/{w('docPartGallery')}")
            if gallery is None or gallery.get(w("val")) != "Table of Contents":
                yield from _blocks(element)


def _children(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    for element in parent:
        if element.tag == w(tag):
            yield element
        elif element.tag in _WRAPPERS:
            yield from _children(element, tag)
