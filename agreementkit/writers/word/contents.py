"""The list of contents: its rows, and the field that shows them without asking the reader to update anything.

The rows are what Word would collect itself: every section heading, part, clause heading and schedule. Page
numbers are shown when somebody has laid the document out (`paginate`); otherwise rows have none, rather than
wrong ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from agreementkit.tree.nodes import Clause, Document, Part, Schedule
from agreementkit.tree.walk import plain_text
from agreementkit.writers.word.allocate import Allocator
from agreementkit.writers.word.fields import page_reference
from agreementkit.writers.word.markup import escape, run
from agreementkit.writers.word.sheet import Paragraph, Piece
from agreementkit.writers.word.styles import Role, Styles

PARTIES, BACKGROUND, AGREED, EXECUTION = "#parties", "#background", "#agreed", "#execution"
"""Stand for the ids of the fixed sections, which are no divisions. `#` cannot begin a division's id."""

LISTED = (Role.SECTION, Role.PART, Role.CLAUSE, Role.SCHEDULE)
NUMBER_TAB = 567
SCHEDULE_TAB = 1474


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the id of the division (or of a fixed section), its number and its heading."""

    id: str
    number: str
    heading: str
    schedule: bool = False


def rows(document: Document) -> Iterator[Row]:
    """Yield the rows of a document in printing order."""
    headings = document.headings
    if document.parties and headings.parties:
        yield Row(PARTIES, "", headings.parties)
    if document.background and headings.background:
        yield Row(BACKGROUND, "", headings.background)
    if document.body and headings.agreed:
        yield Row(AGREED, "", headings.agreed)
    for top in document.body:
        if isinstance(top, Part) and top.heading:
            yield Row(top.id, "", plain_text(top.heading))
        for division in top.children if isinstance(top, Part) else (top,):
            if isinstance(division, Clause) and division.heading:
                yield Row(division.id, division.number.own if division.number else "", plain_text(division.heading))
    for schedule in document.schedules:
        yield _schedule(schedule)
    if document.execution and headings.execution:
        yield Row(EXECUTION, "", headings.execution)


def _schedule(schedule: Schedule) -> Row:
    return Row(
        schedule.id,
        schedule.number.own if schedule.number else "",
        plain_text(schedule.heading),
        schedule=True,
    )


def toc_bookmarks(document: Document) -> dict[str, str]:
    """Return the `_Toc` bookmark of each row by its id; like Word's own, the name says only the order."""
    return {row.id: f"_Toc{100_000_000 + order}" for order, row in enumerate(rows(document), start=1)}


def contents_pieces(
    document: Document, styles: Styles, allocator: Allocator, pages: Mapping[str, int] | None, width: int
) -> list[Piece]:
    """Return the contents: heading, field and cached rows, in the content control Word knows as contents."""
    found = list(rows(document))
    if not found:
        return []
    bookmarks = toc_bookmarks(document)
    names = ",".join(f"{role.value},1" for role in LISTED)
    out: list[Piece] = [
        f'<w:sdt><w:sdtPr><w:id w:val="{1_000_000 + allocator.next("sdt")}"/><w:docPartObj>'
        '<w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj></w:sdtPr>'
        "<w:sdtContent>",
        Paragraph(styles[Role.TOC_HEADING], run(document.headings.contents or "Contents")),
    ]
    for order, row in enumerate(found):
        paragraph = _row(row, bookmarks[row.id], styles, (pages or {}).get(row.id), width)
        if order == 0:
            paragraph.opening.append(
                '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">'
                f" TOC \\h \\z \\t &quot;{escape(names)}&quot; </w:instrText></w:r>"
                '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
            )
        if order == len(found) - 1:
            # The field ends in its last row: a paragraph of its own would open an empty page after a full one.
            paragraph.closing.append('<w:r><w:fldChar w:fldCharType="end"/></w:r>')
        out.append(paragraph)
    return [*out, "</w:sdtContent></w:sdt>"]


def _row(row: Row, bookmark: str, styles: Styles, page: int | None, width: int) -> Paragraph:
    tab = "<w:r><w:tab/></w:r>"
    stop = SCHEDULE_TAB if row.schedule else NUMBER_TAB
    words = run(row.number) + (tab if row.number and row.heading else "") + run(row.heading)
    number = f"{tab}{page_reference(bookmark, page)}" if page is not None else ""
    left = f'<w:tab w:val="left" w:pos="{stop}"/>' if row.number else ""
    return Paragraph(
        styles[Role.TOC_1],
        f'<w:hyperlink w:anchor="{bookmark}" w:history="1">{words}{number}</w:hyperlink>',
        tabs=f'{left}<w:tab w:val="right" w:leader="dot" w:pos="{width}"/>',
        indent=f'w:left="{stop}" w:right="567" w:hanging="{stop}"' if row.number else "",
    )
