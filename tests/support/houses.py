"""House files as organisations have them, made for tests: a letterhead with its own styles and lists, and odder ones.

`riverside` is also the example that ships in `examples/house-styles`; run this file to make it again.
"""

from __future__ import annotations

import io
import math
import struct
import sys
import zipfile
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

import docx
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Inches, Mm, Pt, RGBColor

from agreementkit.writers.word.package.archive import write_package

GREEN = RGBColor(0x1B, 0x4D, 0x3E)
LEVELS = (
    ("Level 1 Heading", "decimal", "%1."),
    ("Level 2 Number", "decimal", "%1.%2"),
    ("Level 3 Number", "lowerLetter", "(%3)"),
    ("Level 4 Number", "lowerRoman", "(%4)"),
)
SIDE = 96


def riverside() -> bytes:
    """A letterhead of an invented organisation: A4, Georgia, dark green, its own clause styles and list."""
    document = letterhead()
    _small_heading(document)
    return saved(document)


def own_styles() -> bytes:
    """The same on Letter paper, with a gutter."""
    document = letterhead()
    section = document.sections[0]
    section.page_width, section.page_height, section.gutter = Inches(8.5), Inches(11), Mm(6)
    return saved(document)


def other_numbers() -> bytes:
    """A letterhead whose list prints "Clause 1" where agreements say "1."."""
    return saved(letterhead((("Level 1 Heading", "decimal", "Clause %1"), *LEVELS[1:])))


def three_levels() -> bytes:
    """A letterhead with styles for three levels of a list that has four."""
    document = letterhead()
    style = document.styles["Level 4 Number"]
    style.element.getparent().remove(style.element)
    for level in document.part.numbering_part.element.iter(qn("w:pStyle")):
        if level.get(qn("w:val")) == style.style_id:
            level.getparent().remove(level)
    return saved(document)


def numbered_headings() -> bytes:
    """A file whose own headings are numbered and start pages, and whose text says where the agreement goes."""
    document = docx.Document()
    number = _add_list(document, (("Heading 1", "decimal", "%1"), ("Heading 2", "decimal", "%1.%2")))
    assert number
    document.styles["Heading 1"].paragraph_format.page_break_before = True
    document.add_paragraph("Agreement template of the council")
    document.add_paragraph("AK_COVER")
    document.add_page_break()
    document.add_paragraph("AK_BODY")
    return saved(document)


def bare() -> bytes:
    """Nothing but what python-docx gives."""
    return saved(docx.Document())


def nearly_nothing() -> bytes:
    """A file with one style, no list and no words: the least that Word writes."""
    document = docx.Document()
    for style in list(document.styles.element.iterchildren(qn("w:style"))):
        if style.get(qn("w:default")) != "1":
            document.styles.element.remove(style)
    part = document.part.numbering_part
    link = next(r.rId for r in document.part.rels.values() if r._target is part)
    del document.part.rels[link]
    return saved(document)


def other_part_names() -> bytes:
    """A letterhead as Word in the browser saves it at times: `word/document2.xml` and `word/styles2.xml`."""
    with zipfile.ZipFile(io.BytesIO(riverside())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for old, new in (("document.xml", "document2.xml"), ("styles.xml", "styles2.xml")):
        parts = {
            name.replace(old, new): data.replace(old.encode(), new.encode())
            if name.endswith((".rels", "[Content_Types].xml"))
            else data
            for name, data in parts.items()
        }
    return write_package(parts)


HOUSES: dict[str, Callable[[], bytes]] = {
    "riverside": riverside,
    "own styles": own_styles,
    "other numbers": other_numbers,
    "three levels": three_levels,
    "numbered headings": numbered_headings,
    "bare": bare,
    "nearly nothing": nearly_nothing,
    "other part names": other_part_names,
}


# ------------------------------------------------------------------------------------------------- the parts


def letterhead(levels: Sequence[tuple[str, str, str]] = LEVELS) -> WordDocument:
    """A letterhead: logo and name on the first page, a running header, page numbers, styles and a list."""
    document = docx.Document()
    _plain_styles(document)
    _add_list(document, levels)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(27)
    section.top_margin, section.bottom_margin = Mm(32), Mm(25)
    section.different_first_page_header_footer = True
    head = section.first_page_header.paragraphs[0]
    picture = head.add_run().add_picture(io.BytesIO(logo()), width=Mm(14))
    properties = picture._inline.docPr
    properties.set("id", "1001")
    properties.set("name", "Logo")
    properties.set("descr", "Logo of Riverside Community Health: a white river on a green field")
    name = head.add_run("  Riverside Community Health")
    name.font.size, name.font.color.rgb, name.bold = Pt(16), GREEN, True
    section.header.paragraphs[0].add_run("Riverside Community Health\t\t{{ short }}")
    for footer in (section.footer, section.first_page_footer):
        line = footer.paragraphs[0]
        line.add_run("{{ facts | join(', ') }}\t\tPage ")
        _field(line, "PAGE")
    return document


def _plain_styles(document: WordDocument) -> None:
    """Keep of python-docx's styles what a letterhead has, and give it the look of the organisation."""
    kept = ("Normal", "Header", "Footer", "Heading 1", "Heading 2", "Title", "Body Text", "Table Grid", "List Bullet")
    for style in list(document.styles):
        if style.name not in kept and style.element.get(qn("w:default")) != "1":
            style.element.getparent().remove(style.element)
    for style in document.styles:
        for link in style.element.findall(qn("w:link")):
            style.element.remove(link)
    for fonts in document.styles.element.iter(qn("w:rFonts")):
        for key in list(fonts.attrib):
            del fonts.attrib[key]
        for key in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{key}"), "Georgia")
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    document.styles["Normal"].font.size = Pt(10.5)
    for name, size in (("Heading 1", 15), ("Heading 2", 12.5), ("Title", 28)):
        font = document.styles[name].font
        font.color.rgb, font.size = GREEN, Pt(size)
    document.styles["Title"].paragraph_format.space_before = Pt(96)
    document.styles["Title"].paragraph_format.space_after = Pt(22)
    for border in document.styles["Title"].element.iter(qn("w:bottom")):
        border.set(qn("w:color"), "1B4D3E")
        for key in ("themeColor", "themeTint", "themeShade"):
            border.attrib.pop(qn(f"w:{key}"), None)
    for name in ("Header", "Footer"):
        tabs = document.styles[name].paragraph_format.tab_stops
        while len(tabs):
            del tabs[0]
        tabs.add_tab_stop(Mm(78), WD_TAB_ALIGNMENT.CENTER)
        tabs.add_tab_stop(Mm(156), WD_TAB_ALIGNMENT.RIGHT)
        document.styles[name].font.size = Pt(8.5)
    for name, _, _ in LEVELS:
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        style.paragraph_format.space_after = Pt(7)
    heading = document.styles["Level 1 Heading"]
    heading.font.bold, heading.font.color.rgb, heading.font.size = True, GREEN, Pt(12)
    heading.paragraph_format.space_before = Pt(14)
    definition = document.styles.add_style("Definitions", WD_STYLE_TYPE.PARAGRAPH)
    definition.base_style = document.styles["Normal"]
    definition.paragraph_format.left_indent = Mm(15)
    definition.paragraph_format.space_after = Pt(6)


def _small_heading(document: WordDocument) -> None:
    """A style that nobody could guess the use of; the mapping of the example says it."""
    style = document.styles.add_style("Riverside Banner", WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Heading 1"]
    style.font.size, style.font.all_caps = Pt(13), True
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(22), Pt(8)


def _add_list(document: WordDocument, levels: Sequence[tuple[str, str, str]]) -> int:
    """Add a multilevel list bound to styles, both ways, and return its number."""
    root = document.part.numbering_part.element
    abstract = 1 + max(int(e.get(qn("w:abstractNumId"))) for e in root.findall(qn("w:abstractNum")))
    number = 1 + max(int(e.get(qn("w:numId"))) for e in root.findall(qn("w:num")))
    text = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{abstract}"><w:nsid w:val="5A5A0001"/>'
    text += '<w:multiLevelType w:val="multilevel"/><w:tmpl w:val="5A5A0002"/>'
    for at, (name, kind, label) in enumerate(levels):
        left = 851 * max(1, at)
        text += (
            f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
            f'<w:pStyle w:val="{document.styles[name].style_id}"/><w:suff w:val="tab"/><w:lvlText w:val="{label}"/>'
            f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{left}" w:hanging="851"/></w:pPr>'
            "<w:rPr>" + ('<w:b w:val="0"/>' if at else "") + "</w:rPr></w:lvl>"
        )
        numbers = OxmlElement("w:numPr")
        for tag, value in (("w:ilvl", at), ("w:numId", number)):
            child = OxmlElement(tag)
            child.set(qn("w:val"), str(value))
            numbers.append(child)
        document.styles[name].element.get_or_add_pPr()._insert_numPr(numbers)
    root.insert(0, parse_xml(f"{text}</w:abstractNum>"))
    root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{abstract}"/></w:num>'))
    return number


def _field(paragraph: object, code: str) -> None:
    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("text", "1"), ("end", "")):
        run = paragraph.add_run()  # type: ignore[attr-defined]
        if kind in ("begin", "separate", "end"):
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        elif kind == "text":
            run.text = text
        else:
            words = OxmlElement("w:instrText")
            words.set(qn("xml:space"), "preserve")
            words.text = f" {text} "
            run._r.append(words)


def logo() -> bytes:
    """A small picture: a white river winding through a green field, as a PNG."""
    rows = bytearray()
    for y in range(SIDE):
        rows.append(0)
        for x in range(SIDE):
            middle = SIDE * (0.5 + 0.2 * math.sin(y / SIDE * 2 * math.pi))
            rows += b"\xff\xff\xff" if abs(x - middle) < SIDE * (0.05 + 0.11 * y / SIDE) else b"\x1b\x4d\x3e"

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", SIDE, SIDE, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(bytes(rows), 9))
        + chunk(b"IEND", b"")
    )


def saved(document: WordDocument) -> bytes:
    """The file as bytes, the same on every day, and without what python-docx says of itself."""
    properties = document.core_properties
    properties.author, properties.comments, properties.title = "Riverside Community Health", "", "Letterhead"
    stream = io.BytesIO()
    document.save(stream)
    with zipfile.ZipFile(stream) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if "thumbnail" not in name}
    links = parts["_rels/.rels"].decode()
    at = links.index("/thumbnail")
    start, end = links.rindex("<Relationship ", 0, at), links.index("/>", at) + 2
    parts["_rels/.rels"] = (links[:start] + links[end:]).encode()
    return write_package(parts)


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.write_bytes(riverside())
    print(f"wrote {target}")
