"""The body of an agreement: each division as paragraphs in the style of its role, numbered by Word itself.

Writes from the title's successor to the last signature. It types no number: it counts along as Word will and
refuses to write a document whose own numbers would differ from what the reader sees.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from agreementkit.diagnostics import Diagnostic
from agreementkit.errors import OutputError
from agreementkit.tree.nodes import (
    Block,
    Clause,
    DefinitionEntry,
    Division,
    Document,
    ExecutionBlock,
    List,
    Para,
    Paragraph,
    Part,
    PartyEntry,
    Recital,
    Schedule,
    SchedulePart,
    SignatureLines,
    SubClause,
    SubParagraph,
    Table,
)
from agreementkit.tree.walk import plain_text
from agreementkit.writers.word.allocate import Allocator
from agreementkit.writers.word.body import contents
from agreementkit.writers.word.body.tables import signature_pieces, table_pieces
from agreementkit.writers.word.house.casting import Casting
from agreementkit.writers.word.house.filling import BODY_TOKEN, CONTENTS_TOKEN
from agreementkit.writers.word.house.house import House
from agreementkit.writers.word.markup import run
from agreementkit.writers.word.notes.anchors import Anchors
from agreementkit.writers.word.styles.numbering import Counter
from agreementkit.writers.word.styles.roles import Role
from agreementkit.writers.word.text.fields import References
from agreementkit.writers.word.text.inlines import InlineWriter
from agreementkit.writers.word.text.sheet import Paragraph as Sheet
from agreementkit.writers.word.text.sheet import Piece, paragraphs
from agreementkit.writers.word.text.wording import leads_on, shows_words
from agreementkit.writers.word.values.controls import Controls

_DEFINED_CLOSE = " ,.;:)"
_LAST_TOGETHER = 3


@dataclass(frozen=True, slots=True)
class Shape:
    """How a kind of division looks: role with a heading, role without, steps its further text is indented."""

    headed: Role
    plain: Role
    steps: int


MAIN: Mapping[type[Division], Shape] = {
    PartyEntry: Shape(Role.PARTY, Role.PARTY, 1),
    Recital: Shape(Role.RECITAL, Role.RECITAL, 1),
    Part: Shape(Role.PART, Role.TEXT, 0),
    Clause: Shape(Role.CLAUSE, Role.CLAUSE_TEXT, 1),
    SubClause: Shape(Role.SUB_CLAUSE, Role.SUB_CLAUSE, 1),
    Paragraph: Shape(Role.PARAGRAPH, Role.PARAGRAPH, 2),
    SubParagraph: Shape(Role.SUB_PARAGRAPH, Role.SUB_PARAGRAPH, 3),
    Schedule: Shape(Role.SCHEDULE, Role.SCHEDULE, 0),
    SchedulePart: Shape(Role.SCHEDULE_PART, Role.TEXT, 0),
    ExecutionBlock: Shape(Role.SIGNATORY, Role.TEXT, 0),
}
IN_SCHEDULE: Mapping[type[Division], Shape] = {
    **MAIN,
    Clause: Shape(Role.SCHEDULE_HEADING, Role.SCHEDULE_TEXT, 1),
    SubClause: Shape(Role.SCHEDULE_PARAGRAPH, Role.SCHEDULE_PARAGRAPH, 1),
    Paragraph: Shape(Role.SCHEDULE_ITEM, Role.SCHEDULE_ITEM, 2),
    SubParagraph: Shape(Role.SCHEDULE_SUB_ITEM, Role.SCHEDULE_SUB_ITEM, 3),
}
HEADINGS = frozenset({Role.PART, Role.CLAUSE, Role.SCHEDULE, Role.SCHEDULE_PART, Role.SCHEDULE_HEADING, Role.SIGNATORY})
TEXTS = (Role.TEXT, Role.BODY, Role.BODY_2, Role.BODY_3)
BULLETS = (Role.BULLET, Role.BULLET_2, Role.BULLET_3, Role.BULLET_4)


@dataclass(slots=True)
class BodyWriter:
    """Writes the body of one document into a house file's terms.

    `toc` gives the bookmarks of the rows of the contents by id, where they cannot be those that they usually are.
    """

    document: Document
    house: House
    allocator: Allocator
    anchors: Anchors
    pages: Mapping[str, int] | None = None
    controls: Controls | None = None
    toc: Mapping[str, str] | None = None
    pieces: list[Piece] = field(default_factory=list)
    _counter: Counter = field(init=False)
    _inlines: InlineWriter = field(init=False)
    _cells: InlineWriter = field(init=False)
    _toc: Mapping[str, str] = field(init=False)
    _above: list[str] = field(default_factory=list)
    _marked: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._counter = Counter(self.house.lists)
        references = References(self.document, self.allocator)
        self._inlines, self._cells = (
            InlineWriter(runs, lambda key, runs: self.anchors.phrase(key, runs, self._above), self.controls)
            for runs in (references.runs, references.breakable_runs)
        )
        self._toc = self.toc or contents.toc_bookmarks(self.document)

    # ------------------------------------------------------------------------------------------ the parts

    def cover(self) -> list[Piece]:
        """Return the lines of the cover: who the agreement is between, and the opening words."""
        self.pieces = []
        if not self.house.has_title:
            title = " ".join(self.document.title.split())
            self._add(Role.TITLE, run(title), bool(title))
        for line in self.document.subtitle:
            self._add(Role.COVER_PARTY, self._inlines.runs(line), shows_words(line))
        for block in self.document.opening:
            if isinstance(block, Para):
                self._add(Role.COVER_LINE, self._inlines.runs(block.inlines), shows_words(block.inlines))
            else:
                self._block(block, 0)
        return self.pieces

    def summary(self) -> list[Piece]:
        """Return the page of key terms; nothing where there is none."""
        self.pieces = []
        document = self.document
        if document.summary:
            heading = document.headings.summary
            paragraph = self._add(Role.TOC_HEADING, run(heading), bool(heading.strip()), keep_next=True)
            self._mark(paragraph, self.allocator.bookmark(contents.SUMMARY))
            if self._contents_page_is_fresh:
                paragraph.page_break = False
            for block in document.summary:
                self._block(block, 0)
            self._belongs(contents.SUMMARY)
        return self.pieces

    @property
    def _contents_page_is_fresh(self) -> bool:
        """Whether the house file begins a page where the contents stand."""
        house = self.house
        return house.has_cover and (CONTENTS_TOKEN if house.has_contents else BODY_TOKEN) in house.fresh

    def contents(self) -> list[Piece]:
        """Return the list of contents."""
        house = self.house
        step = house.indents[1]
        pieces = contents.contents_pieces(
            self.document, house.styles, self.allocator, self.pages, self._toc, step=step, width=house.text_width
        )
        written = paragraphs(pieces)
        if written:
            fit(written[0], house.cast[Role.TOC_HEADING])
            if self.document.summary:
                written[0].page_break = True
            elif self._contents_page_is_fresh:
                written[0].page_break = False
        for row in written:
            stale = (stop for stop in house.stops.get(row.style, ()) if f'w:pos="{stop}"' not in row.tabs)
            row.tabs = "".join(f'<w:tab w:val="clear" w:pos="{stop}"/>' for stop in stale) + row.tabs
        return pieces

    def body(self) -> list[Piece]:
        """Return everything after the contents."""
        document = self.document
        self.pieces = []
        first = not (self.house.has_contents and BODY_TOKEN in self.house.fresh)
        sections: tuple[tuple[str, str, tuple[Division, ...]], ...] = (
            (contents.PARTIES, document.headings.parties, document.parties),
            (contents.BACKGROUND, document.headings.background, document.background),
            (contents.AGREED, document.headings.agreed, document.body),
            ("", "", document.schedules),
            (contents.EXECUTION, document.headings.execution, document.execution),
        )
        for key, heading, divisions in sections:
            if not divisions:
                continue
            if heading:
                new_page = first or key == contents.EXECUTION  # a page that is signed is a page of its own
                if new_page:
                    self._end_page()
                paragraph = self._add(Role.SECTION, run(heading), bool(heading.strip()), page_break=new_page)
                self._mark(paragraph, self._toc[key])
                paragraph.of = key
            first = False
            for division in divisions:
                self._division(division, MAIN)
        if not self.pieces or isinstance(self.pieces[-1], str):
            self.pieces.append(Sheet(self.house.styles[Role.TABLE_SPACE], text=False))
        self.anchors.finish(self.pieces)
        return self.pieces

    # ---------------------------------------------------------------------------------------- divisions

    def _division(self, division: Division, shapes: Mapping[type[Division], Shape]) -> None:
        if isinstance(division, Schedule):
            shapes = IN_SCHEDULE
            self._end_page()  # a schedule begins on a new page
        shape = shapes[type(division)]
        start = len(self.pieces)
        self._above.append(division.id)
        blocks = self._head(division, shape)
        for order, block in enumerate(blocks):
            if isinstance(block, Table | List) and (order or not division.heading):
                self._keep_last()  # words that lead to a table or a list stay with it
            self._block(block, shape.steps, leads=bool(division.children) and block is division.blocks[-1])
        self._belongs(division.id, start)
        for child in division.children:
            self._division(child, shapes)
        self.anchors.hang(division.id, self.pieces, start, self.house.indents[shape.steps])
        self._above.pop()

    def _head(self, division: Division, shape: Shape) -> tuple[Block, ...]:
        """Write the first paragraph of a division and return the blocks still to be written."""
        blocks = division.blocks
        first = blocks[0] if blocks else None
        if division.heading or isinstance(division, Schedule):
            role, inlines = shape.headed, division.heading
            bold = role not in HEADINGS
        elif isinstance(first, Para):
            plain = _plain_role(division, shape)
            role, inlines, bold, blocks = plain, first.inlines, False, blocks[1:]
        elif isinstance(division, Part | SchedulePart | ExecutionBlock):
            return blocks
        else:
            role, inlines, bold = shape.plain, (), False
        leads = bool(division.heading) or (bool(blocks or division.children) and leads_on(inlines))
        paragraph = self._add(
            role,
            self._inlines.runs(inlines, bold=bold),
            shows_words(inlines),
            keep_next=leads and role not in HEADINGS,
        )
        self._number(division, role)
        if division.number is not None or division.heading:
            self._mark(paragraph, self.allocator.bookmark(division.id))
        if division.id in self._toc:
            self._mark(paragraph, self._toc[division.id])
        self.pieces += self.anchors.after_block(self.house.indents[shape.steps])
        return blocks

    def _number(self, division: Division, role: Role) -> None:
        casting = self.house.cast[role]
        if casting.place is None:
            return
        shown = self._counter.next(casting.place)
        if division.number is not None and shown.removesuffix(".") != division.number.own.removesuffix("."):
            raise OutputError(
                Diagnostic(
                    "AK705",
                    f"Word would print {shown!r} in front of {division.id!r},"
                    f" the agreement says {division.number.own!r}.",
                    hints=(f"make the list level of style {casting.name!r} print numbers as the agreement does",),
                    path=division.id,
                )
            )

    # ------------------------------------------------------------------------------------------- blocks

    def _block(self, block: Block, steps: int, *, leads: bool = False) -> None:
        styles, width = self.house.styles, self.house.text_width
        match block:
            case Para(inlines):
                keep = leads and leads_on(inlines)
                self._add(TEXTS[min(steps, 3)], self._inlines.runs(inlines), shows_words(inlines), keep_next=keep)
            case List(items):
                for number, item in enumerate(items):
                    role = BULLETS[min(steps, 3)]
                    self._add(
                        role,
                        self._inlines.runs(item),
                        shows_words(item),
                        keep_next=number == 0 and len(items) > 1,
                    )
            case DefinitionEntry(id_, term, inlines):
                meaning = plain_text(inlines)
                gap = "" if meaning[:1] in _DEFINED_CLOSE else " "
                runs = run(term, "<w:b/><w:bCs/>") + run(gap) + self._inlines.runs(inlines)
                self._add(Role.DEFINITION, runs, bool(term.strip())).key = id_
            case Table():
                indent, size = self.house.indents[steps], self.house.table_size
                self.pieces += table_pieces(block, styles, self._cells.runs, indent=indent, width=width, size=size)
                self.pieces.append(Sheet(styles[Role.TABLE_SPACE], text=False))
            case SignatureLines():
                lead, *lines = signature_pieces(block, styles, self._inlines.runs, width=width)
                self._mark_place(lead)
                # Notes on the lead stand under it, and do not part it from its lines.
                notes = self.anchors.after_block(self.house.indents[steps], keep_next=bool(lines))
                self.pieces += [lead, *notes, *lines, Sheet(styles[Role.TABLE_SPACE], text=False)]
            case _:
                raise TypeError(f"{type(block).__name__} is a stand-in and cannot be written")
        self.pieces += self.anchors.after_block(self.house.indents[steps])

    def _add(self, role: Role, runs: str, text: bool, *, keep_next: bool = False, page_break: bool = False) -> Sheet:
        casting = self.house.cast[role]
        paragraph = Sheet(casting.style, runs, text, keep_next=keep_next)
        fit(paragraph, casting)
        if page_break:
            paragraph.page_break = True
        self.pieces.append(paragraph)
        return paragraph

    def _keep_last(self) -> None:
        """Keep the paragraph just written, and notes printed below it, on the page of what follows."""
        for piece in reversed(self.pieces):
            if not isinstance(piece, Sheet) or piece.style == self.house.styles[Role.TABLE_SPACE]:
                return
            piece.keep_next = True
            if piece.text:
                return

    def _end_page(self) -> None:
        """Make ready for a new page.

        The space after a table goes: on a full page it would make an empty one. And the last paragraphs stay
        together, so that no page holds a line or two alone.
        """
        last = self.pieces[-1] if self.pieces else None
        if (
            isinstance(last, Sheet)
            and last.style == self.house.styles[Role.TABLE_SPACE]
            and not (last.text or last.opening)
        ):
            self.pieces.pop()
        if self.pieces and isinstance(self.pieces[-1], Sheet):
            for piece in self.pieces[-2 : -_LAST_TOGETHER - 1 : -1]:
                if not isinstance(piece, Sheet):
                    break
                piece.keep_next = True

    def _belongs(self, key: str, start: int = 0) -> None:
        """Note what the paragraphs from `start` belong to."""
        for piece in self.pieces[start:]:
            if isinstance(piece, Sheet):
                piece.of = key

    def _mark_place(self, piece: Piece) -> None:
        """Bookmark a division that has neither number nor heading by its first words, for when the file comes back."""
        name = self.allocator.bookmark(self._above[-1]) if self._above else ""
        if name and name not in self._marked and isinstance(piece, Sheet):
            self._mark(piece, name)

    def _mark(self, paragraph: Sheet, name: str) -> None:
        """Bookmark the whole text of a paragraph."""
        self._marked.add(name)
        number = self.allocator.next("bookmark")
        paragraph.opening.insert(0, f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>')
        paragraph.closing.append(f'<w:bookmarkEnd w:id="{number}"/>')


def _plain_role(division: Division, shape: Shape) -> Role:
    """Return the role of words without a heading.

    A division that is alone has a number, but prints none: its words stand as those of the division above it.
    """
    if division.number is None or division.number.own:
        return shape.plain
    return TEXTS[shape.steps - (0 if isinstance(division, SubClause) else 1)]


def fit(paragraph: Sheet, casting: Casting) -> None:
    """Let a paragraph say what its role needs and its style does not."""
    paragraph.place = casting.direct
    paragraph.indent = casting.indent
    paragraph.outline = casting.outline
    paragraph.page_break = casting.page_break
    paragraph.keep_next = paragraph.keep_next or casting.keep_next
