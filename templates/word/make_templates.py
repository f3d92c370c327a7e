# ruff: noqa: E501  WordprocessingML reads better unbroken
"""Makes the house templates that ship with agreementkit, `neutral.docx` and `nhs.docx`, beside this file.

Run it after a change of design: `python templates/word/make_templates.py`. The same script gives the same
bytes. A template is an ordinary Word file with docxtpl fields in cover, header and footer, and can be opened
and changed in Word; an organisation that wants its own look starts from a copy.
"""

from __future__ import annotations

import sys
from pathlib import Path

from design import A4, DESIGNS, Design
from look import ROOT, numbering_xml, rule, style_id, styles_xml
from lxml import etree

from agreementkit.writers.word.markup import DECLARATION, escape
from agreementkit.writers.word.package.archive import (
    Relationship,
    content_types_xml,
    relationships_xml,
    write_package,
)

HERE = Path(__file__).parent
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml."

# ------------------------------------------------------------------------------- cover, header and footer


def paragraph(style: str, *runs: str, properties: str = "") -> str:
    """Return a paragraph of ready runs."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style_id(style)}"/>{properties}</w:pPr>{"".join(runs)}</w:p>'


def words(text: str, look: str = "") -> str:
    """Return a run of words; a tab character becomes Word's tab."""
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return "".join(
        f"<w:r>{properties}<w:tab/></w:r>"
        if piece == "\t"
        else f'<w:r>{properties}<w:t xml:space="preserve">{escape(piece)}</w:t></w:r>'
        for piece in text.replace("\t", "\0\t\0").split("\0")
        if piece
    )


def page_field(name: str) -> str:
    """Return a PAGE or NUMPAGES field."""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {name} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def optional(name: str, *content: str) -> str:
    """Return paragraphs that stand only when a field has a value."""
    return (
        paragraph("footer", words(f"{{%p if {name} %}}"))
        + "".join(content)
        + paragraph("footer", words("{%p endif %}"))
    )


def fact(d: Design, label: str, name: str) -> str:
    """Return one line of facts at the foot of the cover."""
    return optional(
        name,
        paragraph("AK Cover Fact", words(f"{label}\t", f'<w:color w:val="{d.accent}"/>'), words(f"{{{{ {name} }}}}")),
    )


def draft_mark() -> str:
    """Return the mark of a draft. A final copy has no such line, and no gap: it stands where white space is."""
    return optional("draft", paragraph("AK Status Mark", words("DRAFT \N{EN DASH} not for signature")))


def document_xml(d: Design) -> str:
    """Return the main part: the title, and the places where the parties and the text of the agreement go."""
    top, right, bottom, left = d.margins
    header, footer = d.edges
    return (
        f"{DECLARATION}<w:document {ROOT}><w:body>"
        + paragraph("Title", words("{{ title }}"))
        + paragraph("AK Cover Party", words("AK_COVER"))
        + paragraph("Normal", words("AK_BODY"))
        + '<w:sectPr><w:headerReference w:type="default" r:id="rId5"/><w:headerReference w:type="first" r:id="rId6"/>'
        '<w:footerReference w:type="default" r:id="rId7"/><w:footerReference w:type="first" r:id="rId8"/>'
        f'<w:pgSz w:w="{A4[0]}" w:h="{A4[1]}"/><w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}"'
        f' w:header="{header}" w:footer="{footer}" w:gutter="0"/><w:cols w:space="708"/><w:titlePg/></w:sectPr></w:body></w:document>'
    )


def header_xml(d: Design) -> str:
    """Return the running header: the organisation on the left, the short title on the right."""
    line = paragraph("header", words("{{ organisation }}\t{{ short }}"), properties=rule("bottom", d.line, 4, 6))
    return f"{DECLARATION}<w:hdr {ROOT}>{line}{draft_mark()}</w:hdr>"


def first_header_xml(d: Design) -> str:
    """Return the head of the cover: room for a logo where the design has it, and the organisation."""
    logo = paragraph("AK Cover Logo") if d.logo else ""
    name = paragraph("AK Cover Organisation", words("{{ organisation }}"))
    return f"{DECLARATION}<w:hdr {ROOT}>{logo}{name}{draft_mark()}</w:hdr>"


def footer_xml(d: Design) -> str:
    """Return the running footer: reference, version, date and status on the left, the page on the right."""
    facts = "{{ facts | join(' · ') }}"
    line = paragraph(
        "footer",
        words(facts + "\t"),
        words("Page "),
        page_field("PAGE"),
        words(" of "),
        page_field("NUMPAGES"),
        properties=rule("top", d.line, 4, 6),
    )
    return f"{DECLARATION}<w:ftr {ROOT}>{line}</w:ftr>"


def first_footer_xml(d: Design) -> str:
    """Return the foot of the cover: status, version, date and reference, as far as they are known."""
    lines = "".join(fact(d, name.capitalize(), name) for name in ("status", "version", "date", "reference"))
    last = paragraph("footer", properties=rule("bottom", d.accent, 18, 6))
    return f"{DECLARATION}<w:ftr {ROOT}>{lines}{last}</w:ftr>"


SETTINGS = (
    f"{DECLARATION}<w:settings {ROOT}>"
    '<w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    '<w:compatSetting w:name="overrideTableStyleFontSizeAndJustification" w:uri="http://schemas.microsoft.com/office/word" w:val="1"/>'
    '<w:compatSetting w:name="enableOpenTypeFeatures" w:uri="http://schemas.microsoft.com/office/word" w:val="1"/>'
    '<w:compatSetting w:name="doNotFlipMirrorIndents" w:uri="http://schemas.microsoft.com/office/word" w:val="1"/>'
    '</w:compat><w:themeFontLang w:val="en-GB"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
)
APP = (
    f'{DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>agreementkit</Application></Properties>"
)


def fonts_xml(d: Design) -> str:
    """Return the font table; it names a font of the same widths, so that pages break alike without the first."""
    return (
        f'{DECLARATION}<w:fonts {ROOT}><w:font w:name="{d.font}"><w:altName w:val="{d.substitute}"/>'
        '<w:panose1 w:val="020B0604020202020204"/><w:charset w:val="00"/><w:family w:val="swiss"/>'
        '<w:pitch w:val="variable"/></w:font></w:fonts>'
    )


def core_xml(d: Design) -> str:
    """Return the properties of the template itself. An agreement gets its own; nobody is named as author."""
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escape(d.title)}</dc:title>'
        "<dc:language>en-GB</dc:language></cp:coreProperties>"
    )


def template(d: Design) -> bytes:
    """Return the house template of a design as a .docx."""
    parts = {
        "word/document.xml": document_xml(d),
        "word/styles.xml": styles_xml(d),
        "word/numbering.xml": numbering_xml(d),
        "word/settings.xml": SETTINGS,
        "word/fontTable.xml": fonts_xml(d),
        "word/header1.xml": header_xml(d),
        "word/header2.xml": first_header_xml(d),
        "word/footer1.xml": footer_xml(d),
        "word/footer2.xml": first_footer_xml(d),
        "docProps/app.xml": APP,
        "docProps/core.xml": core_xml(d),
    }
    for text in parts.values():
        etree.fromstring(text.encode())  # a slip in the strings above shows here
    kinds = {
        "word/document.xml": MAIN + "document.main+xml",
        "word/styles.xml": MAIN + "styles+xml",
        "word/numbering.xml": MAIN + "numbering+xml",
        "word/settings.xml": MAIN + "settings+xml",
        "word/fontTable.xml": MAIN + "fontTable+xml",
        "word/header1.xml": MAIN + "header+xml",
        "word/header2.xml": MAIN + "header+xml",
        "word/footer1.xml": MAIN + "footer+xml",
        "word/footer2.xml": MAIN + "footer+xml",
        "docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    links = ("styles", "numbering", "settings", "fontTable", "header", "header", "footer", "footer")
    files = ("styles", "numbering", "settings", "fontTable", "header1", "header2", "footer1", "footer2")
    document_links = [
        Relationship(f"rId{n}", OFFICE + kind, f"{file}.xml")
        for n, (kind, file) in enumerate(zip(links, files, strict=True), start=1)
    ]
    package_links = [
        Relationship("rId1", OFFICE + "officeDocument", "word/document.xml"),
        Relationship(
            "rId2",
            "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
            "docProps/core.xml",
        ),
        Relationship("rId3", OFFICE + "extended-properties", "docProps/app.xml"),
    ]
    return write_package(
        {name: text.encode() for name, text in parts.items()}
        | {
            "[Content_Types].xml": content_types_xml(
                {
                    "rels": "application/vnd.openxmlformats-package.relationships+xml",
                    "xml": "application/xml",
                },
                kinds,
            ),
            "_rels/.rels": relationships_xml(package_links),
            "word/_rels/document.xml.rels": relationships_xml(document_links),
        }
    )


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    for design in DESIGNS:
        (folder / design.file).write_bytes(template(design))
        print(f"wrote {folder / design.file}")
