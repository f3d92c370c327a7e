"""Sheets of a negotiation as Word files: A4 across, tables whose first row comes back on every page.

What was to go is struck out and what was to come is underlined, with the signs that comparisons print, so that nothing
hangs on a look. They are words and no tracked changes: these are papers about a text, and there is nothing to accept.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from agreementkit.comparing.paper import Grid, Paper, Words, marked, signed
from agreementkit.writers.word.markup import W, escape, field, run
from agreementkit.writers.word.package.archive import write_package

_MARGIN, _WIDTH, _HEIGHT = 18, 297, 210  # mm
_TWIPS = 56.69
_INK = RGBColor(0x1F, 0x3A, 0x5F)
_LOOKS = {
    "same": "",
    "removed": '<w:strike/><w:color w:val="8A1C1C"/>',
    "added": '<w:color w:val="14532D"/><w:u w:val="single"/>',
}
_SHARES: Mapping[str, int] = {
    "Issue": 6, "Clause": 13, "What is wanted, and by whom": 38, "Views": 8, "Status": 9, "Owner and due": 11,
    "Response": 22, "Who": 12, "What was asked": 32, "What became of it": 15, "Point": 32, "Outcome": 12, "Round": 9,
    "Began": 9, "Sent": 24, "Came back from": 28, "Points": 9, "Closed": 9,
}  # fmt: skip
"""How wide columns are, relative to each other."""


def paper_word(paper: Paper, date: str = "") -> bytes:
    """Return a sheet as a Word file. The same sheet and date give the same bytes.

    Args:
        paper: The sheet.
        date: Day of the file in ISO form; "" for none that says anything.
    """
    document = docx.Document()
    _set_up(document, paper, date)
    body = document.element.body
    document.add_heading(paper.title, level=1)
    document.add_paragraph(paper.summary)
    for section in paper.sections:
        document.add_heading(section.title, level=2)
        for remark in section.remarks:
            document.add_paragraph(remark)
        if section.grid:
            table = parse_xml("".join(_table(section.grid, section.title)))
            body.insert(len(body) - 1, table)  # before the properties of the section
            document.add_paragraph().paragraph_format.space_after = Pt(2)
    out = io.BytesIO()
    document.save(out)
    with zipfile.ZipFile(out) as archive:
        return write_package({name: archive.read(name) for name in archive.namelist()})


def _set_up(document: docx.document.Document, paper: Paper, date: str) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(_WIDTH), Mm(_HEIGHT)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(_MARGIN)
    for name, size in (("Normal", 10), ("Heading 1", 20), ("Heading 2", 13)):
        style = document.styles[name]
        style.font.name, style.font.size = "Arial", Pt(size)
        fonts = style.element.rPr.rFonts
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        if name != "Normal":
            style.font.color.rgb = _INK
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    footer = section.footer.paragraphs[0]
    footer.text = f"{paper.title}, page "
    for element in parse_xml(f'<w:p xmlns:w="{W}">{field("PAGE", "1")}</w:p>'):
        footer._p.append(element)
    try:
        when = dt.datetime.fromisoformat(date or "2000-01-01")
    except ValueError:
        when = dt.datetime(2000, 1, 1)
    links = document.part.package.rels
    for key in [key for key, link in links.items() if link.reltype.endswith("/thumbnail")]:
        links.pop(key)  # a picture of the empty file that this one began as
    core = document.core_properties
    core.title, core.author, core.language = paper.title, "agreementkit", "en-GB"
    core.last_modified_by, core.comments = "agreementkit", ""
    core.created = core.modified = when
    core.revision = 1


def _table(grid: Grid, title: str) -> Iterator[str]:
    shares = [_SHARES.get(name, 12) for name in grid.header]
    width = int((_WIDTH - 2 * _MARGIN) * _TWIPS)
    widths = [width * share // sum(shares) for share in shares]
    widths[-1] += width - sum(widths)
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="8A94A3"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    margins = "".join(f'<w:{side} w:w="85" w:type="dxa"/>' for side in ("top", "left", "bottom", "right"))
    yield (
        f'<w:tbl xmlns:w="{W}"><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{width}" w:type="dxa"/>'
        f'<w:tblBorders>{lines}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar>'
        '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1"'
        f' w:noVBand="1"/><w:tblCaption w:val="{escape(title[:250])}"/>'
        f'<w:tblDescription w:val="{escape(", ".join(grid.header)[:250])}"/></w:tblPr>'
        f"<w:tblGrid>{''.join(f'<w:gridCol w:w={chr(34)}{one}{chr(34)}/>' for one in widths)}</w:tblGrid>"
    )
    yield "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
    for name, one in zip(grid.header, widths, strict=True):
        yield _cell(one, [_paragraph(run(name, _size('<w:b/><w:bCs/><w:color w:val="1F3A5F"/>')))], shade="E4EAF2")
    yield "</w:tr>"
    for row in grid.rows:
        # A row of a page or more has to be able to break.
        whole = "<w:cantSplit/>" if sum(len(marked(line)) for cell in row for line in cell) < 1_500 else ""
        yield f"<w:tr>{f'<w:trPr>{whole}</w:trPr>' if whole else ''}"
        for cell, one in zip(row, widths, strict=True):
            yield _cell(one, [_paragraph(_runs(words)) for words in cell])
        yield "</w:tr>"
    yield "</w:tbl>"


def _cell(width: int, paragraphs: Sequence[str], shade: str = "") -> str:
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else ""
    words = "".join(paragraphs) or _paragraph("")
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{fill}</w:tcPr>{words}</w:tc>'


def _paragraph(runs: str) -> str:
    return f'<w:p><w:pPr><w:spacing w:before="0" w:after="40"/></w:pPr>{runs}</w:p>'


def _runs(words: Words) -> str:
    return "".join(run(text, _size(_LOOKS[kind])) for kind, text in signed(words))


def _size(look: str) -> str:
    """Return a look in the size of a table, in the order that the schema asks for."""
    head, mark, tail = look.partition('<w:u w:val="single"/>')
    return f'{head}<w:sz w:val="17"/><w:szCs w:val="17"/>{mark}{tail}'
