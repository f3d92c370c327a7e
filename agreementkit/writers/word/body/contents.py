"""The list of contents: its rows, and the field that shows them without asking the reader to update anything.

The rows are what Word would collect itself: every section heading, part and schedule at the first level, and every
clause heading at the second. Page numbers are shown when somebody has laid the document out (`paginate`); otherwise
rows have none, rather than wrong ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from agreementkit.tree.nodes import Clause, Document, Part, Schedule
from agreementkit.tree.walk import plain_text
from agreementkit.writers.word.allocate import Allocator
from agreementkit.writers.word.markup import escape, run
from agreementkit.writers.word.styles.roles import Role, Styles
from agreementkit.writers.word.text.fields import page_reference
from agreementkit.writers.word.text.sheet import Paragraph, Piece

PARTIES, BACKGROUND, AGREED, EXECUTION = "#parties", "#background", "#agreed", "#execution"
"""Stand for the ids of the fixed sections, which are no divisions. `#` cannot begin a division's id."""
SUMMARY = "#summary"
"""Stands for the page of key terms, which is not listed: it stands before the list."""

LISTED: Mapping[Role, int] = {Role.SECTION: 1, Role.PART: 1, Role.CLAUSE: 2, Role.SCHEDULE: 1}
"""Roles whose paragraphs are listed, and the level at which they are."""

ROWS: Mapping[int, Role] = {1: Role.TOC_1, 2: Role.TOC_2}
NUMBER_TAB = 567
SCHEDULE_TAB = 1440


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the id of the division (or of a fixed section), its number, its heading and what it is."""

    id: str
    number: str
    heading: str
    role: Role = Role.SECTION


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
            yield Row(top.id, "", plain_text(top.heading), Role.PART)
        for division in top.children if isinstance(top, Part) else (top,):
            if isinstance(division, Clause) and division.heading:
                number = division.number.own if division.number else ""
                yield Row(division.id, number, plain_text(division.heading), Role.CLAUSE)
    for schedule in document.schedules:
        yield _schedule(schedule)
    if document.execution and headings.execution:
        yield Row(EXECUTION, "", headings.execution)


def _schedule(schedule: Schedule) -> Row:
    return Row(
        schedule.id,
        schedule.number.own if schedule.number else "",
        plain_text(schedule.heading),
        Role.SCHEDULE,
    )


def toc_bookmarks(document: Document) -> dict[str, str]:
    """Return the `_Toc` bookmark of each row by its id; like Word's own, the name says only the order."""
    return {row.id: f"_Toc{100_000_000 + order}" for order, row in enumerate(rows(document), start=1)}


def contents_pieces(
    document: Document,
    styles: Styles,
    allocator: Allocator,
    pages: Mapping[str, int] | None,
    bookmarks: Mapping[str, str],
    *,
    step: int,
    width: int,
) -> list[Piece]:
    """Return the contents: heading, field and cached rows, in the content control Word knows as contents.

    `bookmarks` are those of the rows by id; `step` is the room that the number of a clause has in the text.
    """
    found = list(rows(document))
    if not found:
        return []
    levels: dict[str, int] = {}
    for role, level in LISTED.items():
        levels.setdefault(styles.name(role), level)  # where one style plays two roles, Word knows one level for both
    names = ",".join(f"{name},{level}" for name, level in levels.items())
    out: list[Piece] = [
        f'<w:sdt><w:sdtPr><w:id w:val="{allocator.control()}"/><w:docPartObj>'
        '<w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj></w:sdtPr>'
        "<w:sdtContent>",
        Paragraph(styles[Role.TOC_HEADING], run(document.headings.contents or "Contents")),
    ]
    for order, row in enumerate(found):
        style = styles[ROWS[levels[styles.name(row.role)]]]
        paragraph = _row(row, style, bookmarks[row.id], (pages or {}).get(row.id), step, width)
        if order == 0:
            paragraph.opening.append(
                '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">'
                f" TOC \\h \\z \\t &quot;{escape(names)}&quot; </w:instrText></w:r>"
                '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
            )
        if order == len(found) - 1:
            # The field ends in its last row: a paragraph of its own would open an empty page after a full one.
            paragraph.closing.append('<w:r><w:fldChar w:fldCharType="end"/></w:r>')
        paragraph.of = row.id
        out.append(paragraph)
    return [*out, "</w:sdtContent></w:sdt>"]


def _row(row: Row, style: str, bookmark: str, page: int | None, step: int, width: int) -> Paragraph:
    tab = "<w:r><w:tab/></w:r>"
    step = max(step, NUMBER_TAB)
    stop = max(2 * step, SCHEDULE_TAB) if row.role is Role.SCHEDULE else step
    words = run(row.number) + (tab if row.number and row.heading else "") + run(row.heading)
    number = f"{tab}{page_reference(bookmark, page)}" if page is not None else ""
    left = f'<w:tab w:val="left" w:pos="{stop}"/>' if row.number else ""
    return Paragraph(
        style,
        f'<w:hyperlink w:anchor="{bookmark}" w:history="1">{words}{number}</w:hyperlink>',
        tabs=f'{left}<w:tab w:val="right" w:leader="dot" w:pos="{width}"/>',
        indent=f'w:left="{stop}" w:right="{step}" w:hanging="{stop}"' if row.number else "",
    )
