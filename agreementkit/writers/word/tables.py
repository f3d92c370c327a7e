"""Tables and signature blocks.

Widths come from the house file's text width. Every row stays whole, the first row is marked as heading, every
cell ends with a paragraph, and a small paragraph follows each table: two tables in a row would grow together,
and a body that ends with a table makes LibreOffice's text export hang.
"""

from __future__ import annotations

from collections.abc import Callable

from agreementkit.tree.nodes import Inline, SignatureLines, Table
from agreementkit.tree.walk import plain_text
from agreementkit.writers.word.markup import escape, run
from agreementkit.writers.word.sheet import Paragraph, Piece
from agreementkit.writers.word.styles import Role, Styles

Runs = Callable[[tuple[Inline, ...]], str]

LABEL_WIDTH = 2268  # 4 cm
LINE_HEIGHT = 624  # 1.1 cm: room for a signature
SIGNATURE_HEIGHT = 964  # 1.7 cm: the first line, where the name is signed
WRITING_HEIGHT = 482  # 0.85 cm: a row that is filled in by hand
LONGEST_CAPTION = 250
RULE = '<w:tcBorders><w:bottom w:val="single" w:sz="6" w:space="0" w:color="5B6770"/></w:tcBorders>'
SIDE_RULE = '<w:tcBorders><w:left w:val="single" w:sz="4" w:space="0" w:color="A9B4BA"/></w:tcBorders>'
HEAD_FILL = '<w:shd w:val="clear" w:color="auto" w:fill="E9F0F2"/>'


def column_widths(weights: tuple[int, ...], columns: int, total: int) -> list[int]:
    """Return column widths in twips that add up to `total`, in proportion to `weights`."""
    parts = list(weights) if len(weights) == columns and all(one > 0 for one in weights) else [1] * columns
    widths = [total * part // sum(parts) for part in parts]
    widths[-1] += total - sum(widths)
    return widths


def table_pieces(table: Table, styles: Styles, runs: Runs, *, indent: int, width: int) -> list[Piece]:
    """Return a table with one heading row, `indent` from the margin and reaching to the right margin."""
    widths = column_widths(table.widths, len(table.header), width - indent)
    caption = escape(table.caption or plain_text(table.header[0]))[:LONGEST_CAPTION]
    out: list[Piece] = [_start(styles[Role.TABLE], indent, widths, caption)]
    out += _row(table.header, widths, styles[Role.TABLE_HEAD], runs, head=True, keep=True)
    form = any(_open(cell) for row in table.rows for cell in row)
    last = len(table.rows) - 1
    for number, row in enumerate(table.rows):
        out += _row(row, widths, styles[Role.TABLE_TEXT], runs, head=False, keep=number == 0 and last > 0, form=form)
    out.append("</w:tbl>")
    return out


def signature_pieces(block: SignatureLines, styles: Styles, runs: Runs, *, width: int) -> list[Piece]:
    """Return a signature block: the lead words as heading row, then one ruled line a label.

    All rows keep together, so that nobody signs on a page that says nothing.
    """
    widths = [LABEL_WIDTH, width - LABEL_WIDTH]
    caption = escape(f"Signature block: {plain_text(block.lead)}")[:LONGEST_CAPTION]
    out: list[Piece] = [_start(styles[Role.SIGNATURE_TABLE], 0, widths, caption)]
    lead = Paragraph(
        styles[Role.SIGNATURE_LEAD], runs(block.lead), bool(plain_text(block.lead).strip()), keep_next=True
    )
    out += [
        "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:gridSpan w:val="2"/></w:tcPr>',
        lead,
        "</w:tc></w:tr>",
    ]
    for number, line in enumerate(block.lines):
        keep = number < len(block.lines) - 1
        height = SIGNATURE_HEIGHT if number == 0 else LINE_HEIGHT
        label = Paragraph(styles[Role.SIGNATURE_LABEL], run(line.label), bool(line.label.strip()), keep_next=keep)
        known = Paragraph(styles[Role.TABLE_TEXT], runs(line.inlines), bool(line.inlines), keep_next=keep)
        out += [
            f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{height}" w:hRule="atLeast"/></w:trPr>'
            f'<w:tc><w:tcPr><w:tcW w:w="{widths[0]}" w:type="dxa"/><w:vAlign w:val="bottom"/></w:tcPr>',
            label,
            f'</w:tc><w:tc><w:tcPr><w:tcW w:w="{widths[1]}" w:type="dxa"/>{RULE}<w:vAlign w:val="bottom"/></w:tcPr>',
            known,
            "</w:tc></w:tr>",
        ]
    out.append("</w:tbl>")
    return out


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
    widths: list[int],
    style: str,
    runs: Runs,
    *,
    head: bool,
    keep: bool,
    form: bool = False,
) -> list[Piece]:
    # A pen needs more room than a line of print, and a line between one answer and the next.
    room = form and any(_open(cell) for cell in cells)
    height = f'<w:trHeight w:val="{WRITING_HEIGHT}" w:hRule="atLeast"/>' if room else ""
    out: list[Piece] = [f"<w:tr><w:trPr><w:cantSplit/>{height}" + ("<w:tblHeader/>" if head else "") + "</w:trPr>"]
    for column, (cell, width) in enumerate(zip(cells, widths, strict=True)):
        look = HEAD_FILL if head else SIDE_RULE if form and column else ""
        out.append(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{look}</w:tcPr>')
        out.append(Paragraph(style, runs(cell), bool(plain_text(cell).strip()), keep_next=keep))
        out.append("</w:tc>")
    out.append("</w:tr>")
    return out


def _open(cell: tuple[Inline, ...]) -> bool:
    """Whether a cell is empty: a space to fill in."""
    return not plain_text(cell).strip()
