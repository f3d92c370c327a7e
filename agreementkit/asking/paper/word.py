"""The questionnaire as a Word file, in the house style: boxes that can be ticked and fields that can be typed into.

Every answer stands in a content control whose tag is the setting and the column, and in a table whose first cell names
the setting, so that the answer is found again even where an editor has thrown the controls away.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from agreementkit.asking.explained import SAYS, in_quotes
from agreementkit.asking.paper.sheet import COLUMNS, HOW_TO, TITLE, Entry, Option, Sheet
from agreementkit.asking.question import Kind
from agreementkit.asking.reasons import Reason
from agreementkit.tree.nodes import Document, Meta
from agreementkit.writers.word.allocate import Allocator
from agreementkit.writers.word.house.filling import BODY_TOKEN
from agreementkit.writers.word.house.house import House
from agreementkit.writers.word.house.load import load_house
from agreementkit.writers.word.house.mapping import HouseStyle
from agreementkit.writers.word.markup import escape, run
from agreementkit.writers.word.package import properties
from agreementkit.writers.word.package.archive import write_package
from agreementkit.writers.word.styles.roles import Role
from agreementkit.writers.word.text.sheet import Paragraph, Piece, to_xml
from agreementkit.writers.word.values.controls import tag
from agreementkit.writers.word.values.item import Attachment
from agreementkit.writers.word.writer import field_values, package_parts, splice

WRITE_HERE = "Write here"
"""What stands in a field until it is written into; it is no answer."""

MARKS = ("e", "s", "a")
"""How tags tell the columns apart."""

EMPTY, TICKED = "☐", "☒"
_SHARES = (55, 15, 15, 15)
_WRITING = (28, 24, 24, 24)
_BOX_FONT = (
    '<w:rFonts w:ascii="MS Gothic" w:eastAsia="MS Gothic" w:hAnsi="MS Gothic" w:hint="eastAsia"/><w:sz w:val="26"/>'
)
_QUIET = '<w:color w:val="595959"/><w:sz w:val="16"/><w:szCs w:val="16"/>'
_CENTRE = '<w:jc w:val="center"/>'
_MIDDLE = '<w:vAlign w:val="center"/>'
_TOGETHER = 10
"""Rows without reasons that stay on one page."""

_ROOM = 567  # 1 cm: room for handwriting, too
_DATE = (
    '<w:date><w:dateFormat w:val="d MMMM yyyy"/><w:lid w:val="en-GB"/><w:storeMappedDataAs w:val="date"/>'
    '<w:calendar w:val="gregorian"/></w:date>'
)


def column_tag(path: str, column: int, row: int | None = None) -> str:
    """Return the tag of the control for a setting in a column, and for a box in a row."""
    return tag(f"{path}#{MARKS[column]}{'' if row is None else row}")


def sheet_word(sheet: Sheet, template: Path | HouseStyle | None = None) -> bytes:
    """Return a questionnaire as a Word file. The same questionnaire gives the same bytes.

    Args:
        sheet: The questionnaire.
        template: House template; None for the shipped neutral one.

    Raises:
        TemplateError: The house template cannot be used.
    """
    house = load_house(template)
    meta = Meta(organisation=sheet.parties[0] if sheet.parties else "", status="")
    document = Document("questionnaire", TITLE, "Questionnaire", "questionnaire", meta=meta)
    filled = house.fill(field_values(document, draft=False))
    allocator = Allocator()
    writer = _Writer(house, allocator)
    cover = to_xml(Paragraph(house.styles[Role.COVER_PARTY], run(name)) for name in sheet.parties)
    main = splice(filled.pop(house.main), cover, "", to_xml(writer.body(sheet)), house)
    fresh = {house.main: main.encode(), **{name: text.encode() for name, text in filled.items()}}
    fresh["docProps/core.xml"] = properties.core_xml(document, "")
    fresh["docProps/custom.xml"] = properties.custom_xml(document)
    fresh["docProps/app.xml"] = properties.app_xml()
    return write_package(package_parts(house, fresh, Attachment({}, {}, {})))


class _Writer:
    def __init__(self, house: House, allocator: Allocator) -> None:
        self.house = house
        self.allocator = allocator
        self.styles = house.styles

    def body(self, sheet: Sheet) -> Iterator[Piece]:
        """Yield how to fill the paper in, then its parts."""
        yield self.line(Role.SECTION, "How to fill this in", page_break=BODY_TOKEN not in self.house.fresh or None)
        for paragraph in HOW_TO:
            yield self.line(Role.TEXT, paragraph)
        for part in sheet.parts:
            yield self.line(Role.SECTION, part.title, keep_next=True)
            for entry in part.entries:
                yield from self.entry(entry)

    def line(
        self, role: Role, words: str, *, look: str = "", keep_next: bool = False, page_break: bool | None = None,
        outline: int | None = None,
    ) -> Paragraph:  # fmt: skip
        return Paragraph(
            self.styles[role], run(words, look), keep_next=keep_next, page_break=page_break, outline=outline
        )

    def entry(self, entry: Entry) -> Iterator[Piece]:
        """Yield one question: its words, what it means, and the table for the answers."""
        question = f"{entry.number}. {entry.question.text}"
        yield self.line(Role.TEXT, question, look="<w:b/><w:bCs/>", keep_next=True, outline=1)
        if entry.help:
            yield self.line(Role.TEXT, entry.help, keep_next=True)
        for runs in _reasons(entry.reasons):
            yield Paragraph(self.styles[Role.TABLE_TEXT], runs, keep_next=True)
        widths = _split(_SHARES if entry.options else _WRITING, self.house.text_width)
        yield _table_start(
            self.styles[Role.TABLE], widths, f"Answers to question {entry.number}: {entry.question.text}"
        )
        yield from self.head(entry, widths)
        if entry.options:
            settled = set(entry.agreed.split(", ")) if entry.agreed else set()
            short = len(entry.options) <= _TOGETHER and not any(option.reasons for option in entry.options)
            for row, option in enumerate(entry.options):
                yield from self.option(entry, option, row, widths, settled, keep=short and row < len(entry.options) - 1)
        else:
            yield from self.writing(entry, widths)
        yield "</w:tbl>"
        yield Paragraph(self.styles[Role.TABLE_SPACE], text=False)

    def head(self, entry: Entry, widths: Sequence[int]) -> Iterator[Piece]:
        yield "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
        small = '<w:b w:val="0"/><w:bCs w:val="0"/><w:sz w:val="16"/><w:szCs w:val="16"/>'
        cells = [run(entry.question.path, small), *(run(column) for column in COLUMNS)]
        for number, (runs, width) in enumerate(zip(cells, widths, strict=True)):
            style = self.styles[Role.TABLE_HEAD]
            yield _cell_start(width)
            yield (
                _centred(style, runs, keep=True) if number and entry.options else Paragraph(style, runs, keep_next=True)
            )
            yield "</w:tc>"
        yield "</w:tr>"

    def option(
        self, entry: Entry, option: Option, row: int, widths: Sequence[int], settled: set[str], *, keep: bool
    ) -> Iterator[Piece]:
        """Yield the row of one choice: its words and both sides' reasons, and a box in each column."""
        style = self.styles[Role.TABLE_TEXT]
        yield "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        yield _cell_start(widths[0])
        yield Paragraph(style, run(option.words, "<w:b/><w:bCs/>"), keep_next=keep)
        for runs in _reasons(option.reasons):
            yield Paragraph(style, runs)
        yield "</w:tc>"
        for column, width in enumerate(widths[1:]):
            ticked = column == len(COLUMNS) - 1 and bool({str(option.value), option.words} & settled)
            control = self.box(
                f"{COLUMNS[column]}: {option.words}", column_tag(entry.question.path, column, row), ticked
            )
            yield _cell_start(width, middle=True)
            yield _centred(style, control, keep=keep)
            yield "</w:tc>"
        yield "</w:tr>"

    def writing(self, entry: Entry, widths: Sequence[int]) -> Iterator[Piece]:
        """Yield the row of an answer that is written."""
        style = self.styles[Role.TABLE_TEXT]
        unit = entry.question.unit
        yield f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{_ROOM}" w:hRule="atLeast"/></w:trPr>'
        yield _cell_start(widths[0], middle=True)
        yield Paragraph(style, run(f"Answer in {unit}" if unit else "Answer"))
        yield "</w:tc>"
        for column, width in enumerate(widths[1:]):
            given = entry.agreed if column == len(COLUMNS) - 1 else ""
            kind = _DATE if entry.question.kind is Kind.DATE else '<w:text w:multiLine="1"/>'
            name = f"{COLUMNS[column]}: question {entry.number}"
            yield _cell_start(width, middle=True)
            yield Paragraph(style, self.field(name, column_tag(entry.question.path, column), kind, given))
            yield "</w:tc>"
        yield "</w:tr>"

    def box(self, name: str, mark: str, ticked: bool) -> str:
        """Return a box that can be ticked."""
        state = (
            f'<w14:checkbox><w14:checked w14:val="{int(ticked)}"/>'
            '<w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
            '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox>'
        )
        return self.control(name, mark, state, run(TICKED if ticked else EMPTY, _BOX_FONT))

    def field(self, name: str, mark: str, kind: str, given: str) -> str:
        """Return a field that can be written into."""
        if given:
            return self.control(name, mark, kind, run(given))
        style = f'<w:rStyle w:val="{self.styles[Role.PLACEHOLDER]}"/>'
        return self.control(name, mark, f"<w:showingPlcHdr/>{kind}", run(WRITE_HERE, f"{style}{_QUIET}"))

    def control(self, name: str, mark: str, kind: str, runs: str) -> str:
        shown = name if len(name) <= 64 else f"{name[:63].rstrip()}…"
        return (
            f'<w:sdt><w:sdtPr><w:alias w:val="{escape(shown)}"/><w:tag w:val="{escape(mark)}"/>'
            f'<w:id w:val="{self.allocator.control()}"/>{kind}</w:sdtPr><w:sdtContent>{runs}</w:sdtContent></w:sdt>'
        )


def _reasons(reasons: Sequence[Reason]) -> Iterator[str]:
    """Yield what each side says, as runs; a clause whose notes both are is named once."""
    for number, reason in enumerate(reasons):
        named = number == len(reasons) - 1 or reasons[number + 1].id != reason.id
        side = run(f"{SAYS[reason.voice]}: ", f"<w:b/><w:bCs/>{_QUIET}")
        words = run(in_quotes(reason.text), '<w:color w:val="262626"/><w:sz w:val="17"/><w:szCs w:val="17"/>')
        yield side + words + (run(f" ({reason.clause})", _QUIET) if named else "")


def _split(shares: Sequence[int], width: int) -> list[int]:
    widths = [width * share // sum(shares) for share in shares]
    widths[0] += width - sum(widths)
    return widths


def _table_start(style: str, widths: Sequence[int], caption: str) -> str:
    grid = "".join(f'<w:gridCol w:w="{one}"/>' for one in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0"'
        f' w:lastColumn="0" w:noHBand="0" w:noVBand="0"/><w:tblCaption w:val="{escape(caption[:250])}"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>"
    )


def _cell_start(width: int, *, middle: bool = False) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{_MIDDLE if middle else ""}</w:tcPr>'


def _centred(style: str, runs: str, *, keep: bool = False) -> str:
    together = "<w:keepNext/>" if keep else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{together}{_CENTRE}</w:pPr>{runs}</w:p>'
