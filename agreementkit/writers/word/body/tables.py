"""Tables and signature blocks.

Widths come from the house file's text width, colours from its table styles. Every row stays whole, the first row is
marked as heading, every cell ends with a paragraph, and a small paragraph follows each table: two tables in a row
would grow together, and a body that ends with a table makes LibreOffice's text export hang.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from agreementkit.tree.nodes import Inline, LineBreak, SignatureLines, Table
from agreementkit.tree.walk import plain_text
from agreementkit.writers.outline import SIGNATURE_LINES_ACROSS
from agreementkit.writers.word.markup import escape, run
from agreementkit.writers.word.styles.roles import Role, Styles
from agreementkit.writers.word.text.sheet import Paragraph, Piece

Runs = Callable[[tuple[Inline, ...]], str]
Words = Sequence[Sequence[str]]

WRITING_HEIGHT = 482  # 0.85 cm: a row that is filled in by hand
SIGNATURE_COLUMNS = (10, 9, 10, 6)  # signature, name, position, date
NARROW = 7200  # 12.7 cm: two fields of a signature block side by side, not four
CELL_MARGINS = 260
LONGEST_CAPTION = 250
WIDEST_WORD = 0.4  # of the table; what is longer is an address or a path, and may break
WHOLE_TABLE = 14  # lines: about a third of a page
FIRST_TOGETHER, LAST_TOGETHER = 1, 3
SIDE_RULE = '<w:tcBorders><w:left w:val="single" w:sz="4" w:space="0" w:color="808080"/></w:tcBorders>'
FLUSH = '<w:tcMar><w:right w:w="0" w:type="dxa"/></w:tcMar>'  # the last line reaches to the margin
MIDDLE = '<w:vAlign w:val="center"/>'
BOTTOM = '<w:vAlign w:val="bottom"/>'


def table_pieces(table: Table, styles: Styles, runs: Runs, *, indent: int, width: int, size: int) -> list[Piece]:
    """Return a table with one heading row, `indent` from the margin and reaching to the right margin.

    `size` is that of its text, in half points.
    """
    words = [[plain_text(cell) for cell in row] for row in (table.header, *table.rows)]  # joined once for all questions
    widths = column_widths(words, table.widths, width - indent, size)
    caption = escape((table.caption or words[0][0])[:LONGEST_CAPTION])
    out: list[Piece] = [_start(styles[Role.TABLE], indent, widths, caption)]
    out += _row(table.header, words[0], widths, styles[Role.TABLE_HEAD], runs, head=True, keep=True)
    form = any(_open(said) for row in words[1:] for said in row)
    last = len(table.rows) - 1
    whole = _lines(table, words, widths, size) <= WHOLE_TABLE
    for number, row in enumerate(table.rows):
        # A short table is one piece; of a long one no row stands alone at the foot of a page, nor two on the next.
        keep = number < last and (whole or number < FIRST_TOGETHER or number >= last - LAST_TOGETHER + 1)
        style = styles[Role.TABLE_TEXT]
        out += _row(row, words[number + 1], widths, style, runs, head=False, keep=keep, form=form)
    out.append("</w:tbl>")
    return out


def _lines(table: Table, words: Words, widths: Sequence[int], size: int) -> int:
    """Return about how many lines of text a table is high."""
    count = 0
    for number, row in enumerate((table.header, *table.rows)):
        high = 1
        for cell, said, width in zip(row, words[number], widths, strict=True):
            full = _width(said.strip(), size, bold=number == 0) / max(width - CELL_MARGINS, 1)
            high = max(high, math.ceil(full) + sum(isinstance(one, LineBreak) for one in cell))
        count += high
    return count


def signature_pieces(block: SignatureLines, styles: Styles, runs: Runs, *, width: int) -> list[Piece]:
    """Return a signature block: the words that say who signs, then a table of ruled lines, four side by side.

    What goes on the lines stands above them in a row of its own, so that labels and lines are each level however
    long an entry is. All keeps together: nobody signs on a page that does not say for whom.
    """
    lead = Paragraph(
        styles[Role.SIGNATURE_LEAD], runs(block.lead), bool(plain_text(block.lead).strip()), keep_next=bool(block.lines)
    )
    if not block.lines:
        return [lead]
    across = SIGNATURE_LINES_ACROSS if width >= NARROW else SIGNATURE_LINES_ACROSS // 2
    widths = _shares(SIGNATURE_COLUMNS[: min(across, len(block.lines))], width)
    caption = escape(f"Signature block: {plain_text(block.lead)}"[:LONGEST_CAPTION])
    out: list[Piece] = [lead, _start(styles[Role.SIGNATURE_TABLE], 0, widths, caption)]
    rows = [block.lines[at : at + len(widths)] for at in range(0, len(block.lines), len(widths))]
    for number, row in enumerate(rows):
        last = number == len(rows) - 1
        labels = [
            Paragraph(styles[Role.SIGNATURE_LABEL], run(line.label), bool(line.label.strip()), keep_next=True)
            for line in row
        ]
        lines = [
            Paragraph(styles[Role.SIGNATURE_LINE], runs(line.inlines), bool(line.inlines), keep_next=not last)
            for line in row
        ]
        out += _signature_row(labels, widths, styles, head=number == 0)
        out += _signature_row(lines, widths, styles, last=last)
    out.append("</w:tbl>")
    return out


def _signature_row(
    cells: Sequence[Paragraph], widths: Sequence[int], styles: Styles, *, head: bool = False, last: bool = False
) -> list[Piece]:
    """Return one row of a signature block; a cell is empty where a row has fewer lines than the one above."""
    out: list[Piece] = [f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>"]
    for column, width in enumerate(widths):
        last_column = FLUSH if column == len(widths) - 1 else ""
        out.append(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{last_column}{BOTTOM}</w:tcPr>')
        empty = Paragraph(styles[Role.TABLE_TEXT], text=False, keep_next=not last)
        out += [cells[column] if column < len(cells) else empty, "</w:tc>"]
    return [*out, "</w:tr>"]


# ----------------------------------------------------------------------------------------------- columns


def column_widths(words: Words, asked: Sequence[int], total: int, size: int) -> list[int]:
    """Return column widths in twips that add up to `total`.

    Each column has the share the table asks for, but is no narrower than what must not be broken in it (a word, a
    date, a clause and its number), and no wider than its longest entry on one line as long as another column needs
    the room. A column with empty cells is room to write in and can be as wide as it likes.

    Args:
        words: Those of the cells, row by row, the heading first.
        asked: The shares that the table asks for.
        total: Width of the table.
        size: Size of its text, in half points.
    """
    columns = len(words[0])
    asked = asked if len(asked) == columns and all(one > 0 for one in asked) else (1,) * columns
    shares = _shares(asked, total)
    least, most = [], []
    for column in range(columns):
        cells = [(row[column], number == 0) for number, row in enumerate(words)]
        least.append(max(_width(_longest(said), size, bold=head) for said, head in cells) + CELL_MARGINS)
        open_ = any(_open(said) for said, head in cells if not head)
        most.append(
            total if open_ else max(_width(said.strip(), size, bold=head) for said, head in cells) + CELL_MARGINS
        )
    least = [min(one, round(total * WIDEST_WORD)) for one in least]
    if sum(least) >= total:
        return _shares(least, total)
    widths = [max(low, min(share, high)) for share, low, high in zip(shares, least, most, strict=True)]
    for _ in range(columns):  # each round fills at least one column, or all of them
        spare = total - sum(widths)
        if spare > 0:
            hungry = [at for at in range(columns) if widths[at] < most[at]] or list(range(columns))
            given = _shares([shares[at] for at in hungry], spare)
            for at, more in zip(hungry, given, strict=True):
                widths[at] = min(widths[at] + more, most[at]) if widths[at] < most[at] else widths[at] + more
        elif spare < 0:
            room = [one - low for one, low in zip(widths, least, strict=True)]
            widths = [one + spare * free // sum(room) for one, free in zip(widths, room, strict=True)]
    widths[widths.index(max(widths))] += total - sum(widths)
    return widths


def _shares(weights: Sequence[int], total: int) -> list[int]:
    widths = [total * weight // sum(weights) for weight in weights]
    widths[-1] += total - sum(widths)
    return widths


_THIN, _WIDE = frozenset("ijlt.,:;'’|!()[]/-Ifr "), frozenset("mwMW@%●☐")


_WHOLE = re.compile(
    r"\d{1,2} [A-Z][a-z]+ \d{4}|(?:[Cc]lause|[Pp]aragraph|Schedule|[Rr]ecital) [\w().]+|☐\s\S+|\S+", re.ASCII
)
"""What must not be broken: a date, a reference, a box with the first word of its answer, a word."""


@lru_cache(maxsize=4096)  # most cells say what they say in every agreement, or say only "yes" or a date
def _longest(said: str) -> str:
    return max(_WHOLE.findall(said), key=_ems_of, default="")


def _width(words: str, size: int, *, bold: bool) -> int:
    """Return about how wide words are on one line, in twips, in a font of usual width."""
    return round(_ems_of(words) * size * 10 * (1.08 if bold else 1))


@lru_cache(maxsize=8192)
def _ems_of(words: str) -> float:
    return sum(map(_ems, words))


@lru_cache(maxsize=1024)
def _ems(letter: str) -> float:
    if letter in _THIN:
        return 0.32
    if letter in _WIDE:
        return 0.92
    return 0.7 if letter.isupper() else 0.57


# ------------------------------------------------------------------------------------------------- markup


def _start(style: str, indent: int, widths: list[int], caption: str) -> str:
    grid = "".join(f'<w:gridCol w:w="{one}"/>' for one in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblInd w:w="{indent}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"'
        ' w:noHBand="0" w:noVBand="0"/>'
        f'<w:tblCaption w:val="{caption}"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
    )


def _row(
    cells: tuple[tuple[Inline, ...], ...],
    words: Sequence[str],
    widths: list[int],
    style: str,
    runs: Runs,
    *,
    head: bool,
    keep: bool,
    form: bool = False,
) -> list[Piece]:
    # A pen needs more room than a line of print, and a line between one answer and the next.
    room = form and any(map(_open, words))
    height = f'<w:trHeight w:val="{WRITING_HEIGHT}" w:hRule="atLeast"/>' if room else ""
    out: list[Piece] = [f"<w:tr><w:trPr><w:cantSplit/>{height}" + ("<w:tblHeader/>" if head else "") + "</w:trPr>"]
    for column, (cell, said, width) in enumerate(zip(cells, words, widths, strict=True)):
        look = BOTTOM if head else (SIDE_RULE if column else "") + MIDDLE if form else ""
        out.append(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{look}</w:tcPr>')
        out.append(Paragraph(style, runs(cell), not _open(said), keep_next=keep))
        out.append("</w:tc>")
    out.append("</w:tr>")
    return out


def _open(said: str) -> bool:
    """Whether a cell is empty: a space to fill in."""
    return not said.strip()
