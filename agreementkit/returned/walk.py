"""The one walk over the XML of a part that makes a story of it.

Only the elements that matter are met, each once. A file may say anything: what is not closed is closed where its
paragraph ends, and a list of contents ends where a provision of ours begins.
"""

from __future__ import annotations

import re

from lxml import etree

from agreementkit.returned.fields import Fields
from agreementkit.returned.looks import look_of_paragraph, look_of_run
from agreementkit.returned.story import BOOKMARK, Mark, Paragraph, Piece, Spot, Story
from agreementkit.writers.word.markup import MC, w

_MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_SHOWN = {w("tab"): "\t", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "\u2011", w("ptab"): "\t"}
_TEXTS = frozenset({w("t"), w("delText"), f"{{{_MATH}}}t"})
_PICTURES = {w("drawing"): "[picture]", w("pict"): "[picture]", w("object"): "[object]", w("altChunk"): "[document]"}
_CHANGES = frozenset({w("ins"), w("del"), w("moveFrom"), w("moveTo")})
_RANGES = frozenset({w("moveFromRangeStart"), w("moveToRangeStart"), w("moveFromRangeEnd"), w("moveToRangeEnd")})
_FALLBACK, _BOX = f"{{{MC}}}Fallback", w("txbxContent")
_TAGS = (
    w("p"), w("tbl"), w("tr"), w("tc"), w("sdt"), w("bookmarkStart"), w("fldChar"), w("instrText"), w("delInstrText"),
    w("fldSimple"),
    w("commentRangeStart"), w("commentRangeEnd"), w("commentReference"), w("footnoteReference"), w("sym"),
    w("footnote"), w("endnote"), w("cellIns"), w("cellDel"), w("rPrChange"), w("pPrChange"),
    _FALLBACK, _BOX, *_TEXTS, *_SHOWN, *_PICTURES, *_CHANGES, *_RANGES,
)  # fmt: skip
_VAL, _NAME, _ID, _AUTHOR, _DATE, _KIND = map(w, ("val", "name", "id", "author", "date", "fldCharType"))
_SDT, _TAG, _ROW, _PARTS = w("sdtPr"), w("tag"), w("trPr"), w("docPartObj")
_GALLERY = f"{_PARTS}/{w('docPartGallery')}"
_MOST_OPEN = 500
_PLAIN: tuple[object, ...] = (None, None, "", "", 0, "", "", None)
_LABEL = re.compile(
    r"\s*(?:Error[!:].*|(?:(?:Schedule|Part)\s*)?(?:[(]?(?:\d{1,3}|[ivxlc]{1,6}|[A-Za-z])?[).]?)*\s*)", re.DOTALL
)
_NO_RUNS = frozenset({w("rPr"), w("trPr"), w("numPr"), w("ctrlPr"), f"{{{_MATH}}}ctrlPr"})


class Walk:
    """Goes through a part once.

    Attributes:
        story: What was found.
    """

    def __init__(self) -> None:
        self.story = Story()
        self._stack: list[int] = []  # numbers of open paragraphs; a text box has some inside another
        self._here: Paragraph | None = None  # the innermost of them
        self._tables: list[list[int]] = []  # table, row, cell of each open table
        self._count = 0
        self._controls: list[tuple[str, int, bool]] = []
        self._changes: list[tuple[bool, Mark, bool]] = []
        self._move = {"From": "", "To": ""}
        self._fields = Fields()
        self._contents = 0
        self._skip = 0
        self._boxes = 0
        self._note = ""
        self._open: dict[str, Spot] = {}
        self._rows: list[tuple[Mark | None, Mark | None]] = []
        self._look: tuple[etree._Element, str, Mark | None] | None = None
        self._number = 0
        self._waiting = ""
        self._cell_marks: tuple[Mark | None, Mark | None] = (None, None)
        self._state: tuple[object, ...] = ()
        self._buffer: list[str] = []

    def read(self, root: etree._Element) -> None:
        """Go through a part. The tree is not changed."""
        starts = {w("p"): self._paragraph, w("tbl"): self._table, w("tr"): self._row, w("tc"): self._cell,
            w("sdt"): self._control, w("bookmarkStart"): self._bookmark, w("fldChar"): self._field,
            w("instrText"): self._code, w("delInstrText"): self._code, w("fldSimple"): self._simple,
            w("commentRangeStart"): self._begin,
            w("commentRangeEnd"): self._end, w("commentReference"): self._point, w("footnoteReference"): self._refer,
            w("sym"): self._symbol, w("footnote"): self._footnote, w("endnote"): self._footnote,
            w("cellIns"): self._cell_change, w("cellDel"): self._cell_change, w("rPrChange"): self._run_look,
            w("pPrChange"): self._paragraph_look, _FALLBACK: self._fallback, _BOX: self._box,
            **dict.fromkeys(_SHOWN, self._shown),
            **dict.fromkeys(_PICTURES, self._picture), **dict.fromkeys(_CHANGES, self._change),
            **dict.fromkeys(_RANGES, self._range)}  # fmt: skip
        ends = {w("p"): self._leave, w("tbl"): lambda _: self._tables.pop(), w("tr"): lambda _: self._rows.pop(),
            w("sdt"): self._controls_pop,
            w("fldSimple"): lambda _: self._fields.end(), _FALLBACK: self._fallback_end, _BOX: self._box_end,
            **dict.fromkeys(_CHANGES, self._change_end)}  # fmt: skip
        changes, controls, fields, opened = self._changes, self._controls, self._fields.open, self._open
        for event, element in etree.iterwalk(root, events=("start", "end"), tag=_TAGS):
            tag = element.tag
            if event == "end":
                act = ends.get(tag)
            elif tag in _TEXTS:  # half of what is met
                if not self._skip and (text := element.text):
                    if self._state is not _PLAIN or changes or controls or fields or opened or self._look is not None:
                        self._add(text, element)
                    else:  # words that nobody touched, behind others in the same paragraph
                        self._buffer.append(text)
                continue
            else:
                act = starts[tag]
            if act is not None and (not self._skip or tag == _FALLBACK):
                act(element)

    # ------------------------------------------------------------------------------------- paragraphs and tables

    def _paragraph(self, _: etree._Element) -> None:
        if self._buffer:
            self._flush()
        one = Paragraph(
            box=self._boxes > 0,
            note=self._note,
            contents=self._contents > 0 or bool(self._fields.open and self._fields.contents),
        )
        if self._tables:
            table, row, cell = self._tables[-1]
            one.cell = table, row, cell
            if self._rows:
                added, gone = self._rows[-1]
                one.row_ins, one.row_gone = added or self._cell_marks[0], gone or self._cell_marks[1]
        if self._waiting:
            one.bookmarks.append(self._waiting)
            self._waiting = ""
        self._stack.append(len(self.story.paragraphs))
        self.story.paragraphs.append(one)
        self._here = one
        if self._open:
            self._say("\n")

    def _leave(self, _: etree._Element) -> None:
        if self._buffer:
            self._flush()
        if self._stack:
            self._stack.pop()
            self._here = self.story.paragraphs[self._stack[-1]] if self._stack else None
        if self._fields.open:
            self._fields.leave(len(self._stack))

    def _table(self, _: etree._Element) -> None:
        self._count += 1
        self._tables.append([self._count, -1, -1])

    def _row(self, element: etree._Element) -> None:
        if self._tables:
            self._tables[-1][1] += 1
            self._tables[-1][2] = -1
        properties = next(element.iterchildren(_ROW), None)
        marks: list[Mark | None] = [None, None]
        if properties is not None:
            for at, name in enumerate(("ins", "del")):
                found = properties.find(w(name))
                marks[at] = _mark(found) if found is not None else None
        self._rows.append((marks[0], marks[1]))

    def _cell(self, _: etree._Element) -> None:
        self._cell_marks = (None, None)
        if self._tables:
            self._tables[-1][2] += 1

    def _cell_change(self, element: etree._Element) -> None:
        added = element.tag == w("cellIns")
        self._cell_marks = (_mark(element), None) if added else (None, _mark(element))

    def _bookmark(self, element: etree._Element) -> None:
        name = element.get(_NAME, "")
        if not name.startswith(BOOKMARK):
            return
        if self._contents or (
            self._fields.open and self._fields.contents
        ):  # ours never stand in a list of contents: it ended unsaid
            self._contents = 0
            self._fields.clear()
        one = self._here
        if one is None:  # between two paragraphs: it belongs to the next
            self._waiting = name
        elif name not in one.bookmarks:
            one.contents = False
            one.bookmarks.append(name)

    def _box(self, _: etree._Element) -> None:
        self._boxes += 1

    def _box_end(self, _: etree._Element) -> None:
        self._boxes -= 1

    def _fallback(self, _: etree._Element) -> None:
        self._skip += 1

    def _fallback_end(self, _: etree._Element) -> None:
        self._skip -= 1

    def _footnote(self, element: etree._Element) -> None:
        self._note = element.get(_ID, "") if not element.get(w("type")) else "-"

    def _refer(self, element: etree._Element) -> None:
        if self._stack:
            self.story.notes.setdefault(element.get(_ID, ""), self._stack[-1])

    # --------------------------------------------------------------------------------------------- changes

    def _change(self, element: etree._Element) -> None:
        above = element.getparent()
        if above is not None and above.tag in _NO_RUNS:
            one = self._here
            over = above.getparent()
            if one is not None and above.tag == w("rPr") and over is not None and over.tag == w("pPr"):
                added = element.tag in (w("ins"), w("moveTo"))
                one.moved = one.moved or element.tag in (w("moveTo"), w("moveFrom"))
                if added:
                    one.ins = _mark(element)
                else:
                    one.gone = _mark(element)
            return
        added = element.tag in (w("ins"), w("moveTo"))
        self._changes.append((added, _mark(element), element.tag in (w("moveFrom"), w("moveTo"))))

    def _change_end(self, element: etree._Element) -> None:
        above = element.getparent()
        if (above is None or above.tag not in _NO_RUNS) and self._changes:
            self._changes.pop()

    def _range(self, element: etree._Element) -> None:
        way = "From" if "From" in element.tag else "To"
        if element.tag.endswith("Start"):
            self._move[way] = element.get(_NAME, "")
        else:
            self._move[way] = ""

    def _run_look(self, element: etree._Element) -> None:
        above = element.getparent()
        run = above.getparent() if above is not None else None
        if above is not None and run is not None and run.tag == w("r"):
            self._look = (run, look_of_run(above, element), _mark(element))

    def _paragraph_look(self, element: etree._Element) -> None:
        one, above = self._here, element.getparent()
        if one is not None and above is not None and (said := look_of_paragraph(above, element)):
            one.look = (_mark(element), said)

    # --------------------------------------------------------------------------------- controls and fields

    def _control(self, element: etree._Element) -> None:
        properties = next(element.iterchildren(_SDT), None)  # `find` would read a path first, each time
        tag, contents = "", False
        if properties is not None:
            tagged = next(properties.iterchildren(_TAG), None)
            tag = tagged.get(_VAL, "") if tagged is not None else ""
            if next(properties.iterchildren(_PARTS), None) is not None:
                gallery = properties.find(_GALLERY)
                contents = gallery is not None and gallery.get(_VAL) == "Table of Contents"
        self._number += 1
        self._controls.append((tag, self._number, contents))
        self._contents += contents

    def _controls_pop(self, _: etree._Element) -> None:
        contents = self._controls.pop()[2]
        if contents and self._contents:
            self._contents -= 1

    def _field(self, element: etree._Element) -> None:
        kind = element.get(_KIND)
        if kind == "begin":
            self._fields.begin(len(self._stack))
        elif kind == "separate":
            self._fields.separate()
            if self._here is not None and self._fields.contents:
                self._here.contents = True
        elif kind == "end":
            self._fields.end()

    def _code(self, element: etree._Element) -> None:
        self._fields.code(element.text or "")

    def _simple(self, element: etree._Element) -> None:
        self._fields.begin(len(self._stack), element.get(w("instr"), ""))
        self._fields.separate()

    # ----------------------------------------------------------------------------------------------- words

    def _shown(self, element: etree._Element) -> None:
        above = element.getparent()
        if above is not None and above.tag == w("r"):  # a tab stop of a paragraph is no tab
            self._add(_SHOWN[element.tag], element)

    def _symbol(self, element: etree._Element) -> None:
        try:
            self._add(chr(int(element.get(w("char"), ""), 16)), element)
        except (ValueError, OverflowError):
            self._add("\ufffd", element)

    def _picture(self, element: etree._Element) -> None:
        if element.tag == w("altChunk"):
            self.story.embedded += 1
            return
        self._add(_PICTURES[element.tag], element)

    def _add(self, text: str, element: etree._Element) -> None:
        fields = self._fields.open
        if self._here is None or (fields and not fields[-1].result):  # words of an instruction are not shown
            return
        state = _PLAIN
        if self._changes or self._controls or fields or self._look is not None:
            state = self._stated(element)
        if state is not self._state and state != self._state:
            if self._buffer:
                self._flush()
            self._state = state
        self._buffer.append(text)
        if self._open and state[1] is None:
            self._say(text)

    def _stated(self, element: etree._Element) -> tuple[object, ...]:
        """Return the fate of words here: everything of a piece but its words."""
        ins = gone = None
        move = ""
        for added, mark, moved in self._changes:
            if added:
                ins = mark
            else:
                gone = mark
            if moved:
                move = self._move["To" if added else "From"] or "?"
        target = self._fields.target if self._fields.open else ""
        tag, control, _ = self._controls[-1] if self._controls else ("", 0, False)
        look, looked = "", None
        if self._look is not None:
            if element.getparent() is self._look[0]:
                _, look, looked = self._look
            else:
                self._look = None
        return ins, gone, move, tag, control, target, look, looked

    def _flush(self) -> None:
        """Put what was read so far into its paragraph as one piece."""
        here, buffer = self._here, self._buffer
        if not buffer:
            return
        if here is not None:
            said = buffer[0] if len(buffer) == 1 else "".join(buffer)
            if self._state is _PLAIN:
                here.pieces.append(Piece(said))
            else:
                piece = Piece(said, *self._state)  # type: ignore[arg-type]
                if piece.target and not _LABEL.fullmatch(piece.text):
                    piece = piece._replace(target="")  # whatever stands there, it is no number that Word computed
                here.pieces.append(piece)
                here.touched = here.touched or piece.ins is not None or piece.gone is not None or piece.look != ""
                here.numbered = here.numbered or piece.target != ""
        buffer.clear()
        self._state = ()

    # -------------------------------------------------------------------------------------------- comments

    def _begin(self, element: etree._Element) -> None:
        id_ = element.get(_ID, "")
        if id_ not in self.story.spots:
            spot = self._spot(id_)
            if len(self._open) < _MOST_OPEN:
                self._open[id_] = spot

    def _point(self, element: etree._Element) -> None:
        id_ = element.get(_ID, "")
        if id_ not in self.story.spots:
            self._spot(id_)

    def _spot(self, id_: str) -> Spot:
        at = self._stack[-1] if self._stack else len(self.story.paragraphs)
        spot = self.story.spots[id_] = Spot(at)
        return spot

    def _end(self, element: etree._Element) -> None:
        self._open.pop(element.get(_ID, ""), None)

    def _say(self, words: str) -> None:
        full = []
        blank = words.isspace()
        for id_, spot in self._open.items():
            if not blank or spot.words:
                spot.words.append(words)
                spot.room -= len(words)
                if spot.room <= 0:
                    full.append(id_)
        for id_ in full:
            del self._open[id_]


def _mark(element: etree._Element) -> Mark:
    return Mark(element.get(_AUTHOR, "")[:200], element.get(_DATE, "")[:40])
