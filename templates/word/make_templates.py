# ruff: noqa: E501  WordprocessingML reads better unbroken
"""Makes the house templates that ship with agreementkit: `neutral.docx`, beside this file.

Run it after a change of design: `python templates/word/make_templates.py`. The same script gives the same
bytes. A template is an ordinary Word file with docxtpl fields in cover, header and footer, and can be opened
and changed in Word; an organisation that wants its own look starts from a copy.
"""

from __future__ import annotations

import sys
from pathlib import Path

from look import ACCENT, FONT, ROOT, numbering_xml, rule, style_id, styles_xml
from lxml import etree

from agreementkit.writers.word.markup import DECLARATION, escape
from agreementkit.writers.word.package import (
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


def fact(label: str, name: str) -> str:
    """Return one line of facts at the foot of the cover."""
    return optional(
        name,
        paragraph("AK Cover Fact", words(f"{label}\t", f'<w:color w:val="{ACCENT}"/>'), words(f"{{{{ {name} }}}}")),
    )


def document_xml() -> str:
    """Return the main part: the title, and the places where the parties and the text of the agreement go."""
    return (
        f"{DECLARATION}<w:document {ROOT}><w:body>"
        + paragraph("Title", words("{{ title }}"))
        + paragraph("AK Cover Party", words("AK_COVER"))
        + paragraph("Normal", words("AK_BODY"))
        + '<w:sectPr><w:headerReference w:type="default" r:id="rId5"/><w:headerReference w:type="first" r:id="rId6"/>'
        '<w:footerReference w:type="default" r:id="rId7"/><w:footerReference w:type="first" r:id="rId8"/>'
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1588" w:right="1440" w:bottom="1440" w:left="1440" w:header="737"'
        ' w:footer="624" w:gutter="0"/><w:cols w:space="708"/><w:titlePg/></w:sectPr></w:body></w:document>'
    )


def header_xml() -> str:
    """Return the running header: the organisation on the left, the short title on the right."""
    line = paragraph("header", words("{{ organisation }}\t{{ short }}"), properties=rule("bottom", "A9B8BF", 4, 6))
    return f"{DECLARATION}<w:hdr {ROOT}>{line}</w:hdr>"


def first_header_xml() -> str:
    """Return the head of the cover: the organisation."""
    return f"{DECLARATION}<w:hdr {ROOT}>{paragraph('AK Cover Organisation', words('{{ organisation }}'))}</w:hdr>"


def footer_xml() -> str:
    """Return the running footer: reference, version and status on the left, the page on the right."""
    facts = "{{ facts | join(' · ') }}"
    line = paragraph(
        "footer",
        words(facts + "\t"),
        words("Page "),
        page_field("PAGE"),
        words(" of "),
        page_field("NUMPAGES"),
        properties=rule("top", "A9B8BF", 4, 6),
    )
    return f"{DECLARATION}<w:ftr {ROOT}>{line}</w:ftr>"


def first_footer_xml() -> str:
    """Return the foot of the cover: status, version, date and reference, as far as they are known."""
    lines = (
        fact("Status", "status") + fact("Version", "version") + fact("Date", "date") + fact("Reference", "reference")
    )
    return f"{DECLARATION}<w:ftr {ROOT}>{lines}{paragraph('footer', properties=rule('bottom', ACCENT, 18, 6))}</w:ftr>"


SETTINGS = (
    f"{DECLARATION}<w:settings {ROOT}>"
    '<w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    '<w:compatSetting w:name="overrideTableStyleFontSizeAndJustification" w:uri="http://schemas.microsoft.com/office/word" w:val="1"/>'
    '<w:compatSetting w:name="enableOpenTypeFeatures" w:uri="http://schemas.microsoft.com/office/word" w:val="1"/>'
    '<w:compatSetting w:name="doNotFlipMirrorIndents" w:uri="http://schemas.microsoft.com/office/word" w:val="1"/>'
    '</w:compat><w:themeFontLang w:val="en-GB"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
)
FONTS = (
    f'{DECLARATION}<w:fonts {ROOT}><w:font w:name="{FONT}"><w:altName w:val="Liberation Sans"/><w:panose1 w:val="020B0604020202020204"/>'
    '<w:charset w:val="00"/><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font></w:fonts>'
)
APP = (
    f'{DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>agreementkit</Application></Properties>"
)
CORE = (
    f'{DECLARATION}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{{ title }}</dc:title><dc:creator>{{ organisation }}</dc:creator>'
    "<dc:language>en-GB</dc:language></cp:coreProperties>"
)


def neutral() -> bytes:
    """Return the neutral house template as a .docx."""
    parts = {
        "word/document.xml": document_xml(),
        "word/styles.xml": styles_xml(),
        "word/numbering.xml": numbering_xml(),
        "word/settings.xml": SETTINGS,
        "word/fontTable.xml": FONTS,
        "word/header1.xml": header_xml(),
        "word/header2.xml": first_header_xml(),
        "word/footer1.xml": footer_xml(),
        "word/footer2.xml": first_footer_xml(),
        "docProps/app.xml": APP,
        "docProps/core.xml": CORE,
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
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "neutral.docx"
    target.write_bytes(neutral())
    print(f"wrote {target}")
