"""What a written body consists of: paragraphs and tables, grouped by the division they belong to.

The Word writer gives a list of paragraphs and of the walls of tables. Here the walls become tables again, with rows and
cells, so that rows can be compared with rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby

from agreementkit.comparing.words import Token, tokens_of
from agreementkit.writers.word.revisions.atoms import Atom, atoms
from agreementkit.writers.word.text.sheet import Paragraph as Sheet
from agreementkit.writers.word.text.sheet import Piece

LINK_END = "</w:hyperlink>"


def words_of(text: str) -> list[str]:
    """Return a text as words, each with the space behind it."""
    return [token.text for token in tokens_of(text)]


@dataclass(eq=False)
class Text:
    """A paragraph.

    Attributes:
        sheet: The paragraph as it was written.
        first: Whether it is the first of its division, which has the number.
    """

    sheet: Sheet
    first: bool = False

    @cached_property
    def link(self) -> str:
        """The start of the link that all its runs stand in, as in the contents; "" for none."""
        runs = self.sheet.runs
        whole = runs.startswith("<w:hyperlink") and runs.endswith(LINK_END)
        return runs[: runs.index(">") + 1] if whole else ""

    @cached_property
    def atoms(self) -> list[Atom]:
        """Its runs, taken apart."""
        runs = self.sheet.runs
        return atoms(runs[len(self.link) : -len(LINK_END)] if self.link else runs, words_of)

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """Its words, to see how much it has in common with another."""
        return tuple(tokens_of("".join(atom.text for atom in self.atoms)))

    @cached_property
    def key(self) -> object:
        """What makes two of them the same."""
        return (self.shape, tuple(token.key for token in self.tokens))

    @property
    def shape(self) -> object:
        """What two of them must have alike to be one paragraph: style, list and level, the definition it is."""
        return ("text", self.sheet.style, self.sheet.place, self.sheet.key)


@dataclass(eq=False)
class Cell:
    """A cell: its opening, and its paragraphs."""

    opening: str
    texts: list[Text] = field(default_factory=list)


@dataclass(eq=False)
class Row:
    """A row: its opening, and its cells."""

    opening: str
    cells: list[Cell] = field(default_factory=list)

    @property
    def head(self) -> bool:
        """Whether it is repeated on each page."""
        return "<w:tblHeader/>" in self.opening

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """Its words."""
        return tuple(token for cell in self.cells for text in cell.texts for token in text.tokens)

    @cached_property
    def key(self) -> object:
        """What makes two of them the same."""
        return (self.head, tuple(tuple(text.key for text in cell.texts) for cell in self.cells))


@dataclass(eq=False)
class Grid:
    """A table: its opening, and its rows."""

    opening: str
    rows: list[Row] = field(default_factory=list)

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """Its words."""
        return tuple(token for row in self.rows for token in row.tokens)

    @cached_property
    def key(self) -> object:
        """What makes two of them the same."""
        return (self.shape, tuple(row.key for row in self.rows))

    @property
    def shape(self) -> object:
        """What two of them must have alike to be one table: its style and the number of its columns."""
        return ("table", self.opening.split("/>", 1)[0], self.opening.count("<w:gridCol "))


Item = Text | Grid


@dataclass(slots=True, eq=False)
class Segment:
    """What belongs to one division, or to one fixed section.

    Attributes:
        of: Its id; "" for what belongs to none.
        items: Its own paragraphs and tables, without those of the divisions below it.
    """

    of: str
    items: list[Item]

    @property
    def texts(self) -> Iterator[Text]:
        """Its paragraphs outside tables."""
        return (item for item in self.items if isinstance(item, Text))


def segments(pieces: Sequence[Piece]) -> list[Segment]:
    """Return a written body as segments, in the order in which it is read."""
    out = [Segment(of, list(found)) for of, found in groupby(_items(pieces), key=_of)]
    for segment in out:
        if isinstance(segment.items[0], Text):
            segment.items[0].first = True
    return out


def _of(item: Item) -> str:
    sheet = item.sheet if isinstance(item, Text) else item.rows[0].cells[0].texts[0].sheet
    return sheet.of


def _items(pieces: Iterable[Piece]) -> Iterator[Item]:
    table: Grid | None = None
    for piece in pieces:
        if isinstance(piece, Sheet):
            if table is None:
                yield Text(piece)
            else:
                table.rows[-1].cells[-1].texts.append(Text(piece))
        elif piece.startswith("<w:tbl>"):
            table = Grid(piece)
        elif table is None:
            raise ValueError(f"not known in a body: {piece[:80]!r}")
        elif piece.startswith("<w:tr>"):
            table.rows.append(Row(piece))
        elif piece.startswith("<w:tc>"):
            table.rows[-1].cells.append(Cell(piece))
        elif piece == "</w:tbl>":
            yield table
            table = None
        elif piece not in ("</w:tc>", "</w:tr>"):
            raise ValueError(f"not known in a table: {piece[:80]!r}")
