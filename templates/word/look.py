# ruff: noqa: E501  WordprocessingML reads better unbroken
"""The look of the neutral house template: its paragraph styles, its table styles and its lists.

Colours, sizes and distances are said here and nowhere else. `make_templates.py` puts them into a Word file.
"""

from __future__ import annotations

from dataclasses import dataclass

from agreementkit.writers.word.markup import DECLARATION, MC, W14, W15, R, W
from agreementkit.writers.word.styles import NUMBERED, SHARES_LEVEL, Role

ROOT = f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="{MC}" xmlns:w14="{W14}" xmlns:w15="{W15}" mc:Ignorable="w14 w15"'
FONT = "Arial"  # Liberation Sans has the same widths, so pages break alike where Arial is missing
INK = "1F3A52"  # headings: deep blue, 11.6:1 on white
ACCENT = "1F6F78"  # rules and small labels: teal, 5.8:1 on white
GREY = "4A5560"  # running header and footer, 7.6:1 on white
TINT = "E9F0F2"  # head of a table
NOTE_TINT = "F3F6F7"

TEXT_WIDTH = 9026  # A4 less 2.54 cm on either side, in twips
STEP = 720  # indent of one level


# ------------------------------------------------------------------------------------------------- styles


@dataclass(frozen=True)
class Look:
    """One paragraph style: its name, what it is based on, and its properties as WordprocessingML."""

    role: str
    base: str = "Normal"
    following: str = ""
    paragraph: str = ""
    run: str = ""
    priority: int = 9
    gallery: bool = True
    builtin: bool = False


def style_id(name: str) -> str:
    """Return the id of a style: its name without spaces, hyphens and slashes, as Word makes them."""
    if name.lower() == name:  # Word's own names in lower case
        return {"annotation text": "CommentText", "annotation reference": "CommentReference"}.get(
            name,
            "".join(word.capitalize() if not word.isdigit() else word for word in name.split()).replace("Toc", "TOC"),
        )
    return "".join(c for c in name if c.isalnum())


def spacing(before: int, after: int, line: int = 276) -> str:
    """Return paragraph spacing in twips; `line` in 240ths of a line."""
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="auto"/>'


def font(half_points: int, *, bold: bool = False, colour: str = "") -> str:
    """Return run properties: size in half points, weight, colour."""
    weight = "<w:b/><w:bCs/>" if bold else ""
    paint = f'<w:color w:val="{colour}"/>' if colour else ""
    return f'{weight}{paint}<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


PLAIN = '<w:b w:val="0"/><w:bCs w:val="0"/>'
TEXT = spacing(0, 140)
KEEP = "<w:keepNext/><w:keepLines/>"


def indent(left: int, hanging: int = 0) -> str:
    """Return an indent in twips."""
    return f'<w:ind w:left="{left}"' + (f' w:hanging="{hanging}"' if hanging else "") + "/>"


def rule(side: str, colour: str = ACCENT, size: int = 6, space: int = 6) -> str:
    """Return a border on one side of a paragraph."""
    return f'<w:pBdr><w:{side} w:val="single" w:sz="{size}" w:space="{space}" w:color="{colour}"/></w:pBdr>'


RIGHT_TAB = f'<w:tabs><w:tab w:val="right" w:pos="{TEXT_WIDTH}"/></w:tabs>'
TOC_TAB = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{TEXT_WIDTH}"/></w:tabs>'

LOOKS = (
    Look(
        "heading 1",
        following="AK Body",
        paragraph=KEEP + spacing(320, 140, 264) + '<w:outlineLvl w:val="0"/>',
        run=font(24, bold=True, colour=INK),
        builtin=True,
    ),
    Look(
        "heading 2",
        following="AK Text",
        paragraph=KEEP + spacing(240, 120, 264) + '<w:outlineLvl w:val="1"/>',
        run=font(23, bold=True, colour=INK),
        builtin=True,
    ),
    Look(
        "heading 3",
        following="AK Text",
        paragraph=KEEP + spacing(200, 100, 264) + '<w:outlineLvl w:val="2"/>',
        run=font(22, bold=True, colour=INK),
        builtin=True,
    ),
    Look(
        "Title",
        following="AK Cover Party",
        paragraph="<w:keepLines/>" + rule("bottom", size=18, space=14) + spacing(3000, 480, 252),
        run=font(64, bold=True, colour=INK),
        priority=10,
        builtin=True,
    ),
    # Not Word's Subtitle: readers such as pandoc take that out of the text and keep one line of it.
    Look("AK Cover Party", following="AK Cover Line", paragraph=spacing(0, 100, 276), run=font(28, colour=INK)),
    Look("AK Cover Line", paragraph=spacing(360, 0, 276), run=font(22, colour=INK)),
    Look(
        "TOC Heading",
        "heading 1",
        "Normal",
        "<w:pageBreakBefore/>" + spacing(0, 280, 264) + '<w:outlineLvl w:val="9"/>',
        font(32, bold=True, colour=INK),
        39,
        builtin=True,
    ),
    Look(
        "toc 1",
        following="Normal",
        paragraph=TOC_TAB + spacing(0, 20, 240) + '<w:ind w:right="567"/>',
        run=font(20),
        priority=39,
        gallery=False,
        builtin=True,
    ),
    Look(
        "toc 2",
        following="Normal",
        paragraph=TOC_TAB + spacing(20, 20, 264) + '<w:ind w:left="567" w:right="567"/>',
        priority=39,
        gallery=False,
        builtin=True,
    ),
    Look("AK Section Heading", "heading 1", "AK Text", spacing(480, 200, 264), font(32, bold=True, colour=INK)),
    Look("AK Party", paragraph=TEXT),
    Look("AK Recital", paragraph=TEXT),
    Look(
        "AK Part",
        "heading 1",
        "AK Clause Heading",
        rule("bottom", size=6, space=4) + spacing(440, 200, 264),
        font(26, bold=True, colour=ACCENT),
    ),
    Look("AK Clause Heading", "heading 1", "AK Sub-clause"),
    Look("AK Clause Text", "AK Body"),
    Look("AK Sub-clause", paragraph=TEXT),
    Look("AK Paragraph", paragraph=TEXT),
    Look("AK Sub-paragraph", paragraph=TEXT),
    Look("AK Text", paragraph=TEXT),
    Look("AK Body", paragraph=TEXT + indent(STEP)),
    Look("AK Body 2", paragraph=TEXT + indent(2 * STEP)),
    Look("AK Body 3", paragraph=TEXT + indent(3 * STEP)),
    Look("AK Definition", paragraph=TEXT + indent(STEP)),
    Look("List Bullet", paragraph=spacing(0, 90), priority=36, builtin=True),
    Look("List Bullet 2", paragraph=spacing(0, 90), priority=36, builtin=True),
    Look("List Bullet 3", paragraph=spacing(0, 90), priority=36, builtin=True),
    Look("List Bullet 4", paragraph=spacing(0, 90), priority=36, builtin=True),
    Look(
        "AK Schedule",
        "heading 1",
        "AK Schedule Heading",
        "<w:pageBreakBefore/>" + rule("bottom", size=12, space=8) + spacing(0, 320, 264),
        font(32, bold=True, colour=INK),
    ),
    Look(
        "AK Schedule Part",
        "heading 2",
        "AK Schedule Heading",
        spacing(360, 160, 264),
        font(24, bold=True, colour=ACCENT),
    ),
    Look(
        "AK Schedule Heading",
        "heading 2",
        "AK Schedule Paragraph",
        spacing(280, 120, 264),
        font(23, bold=True, colour=INK),
    ),
    Look("AK Schedule Text", "AK Body"),
    Look("AK Schedule Paragraph", paragraph=TEXT),
    Look("AK Schedule Item", paragraph=TEXT),
    Look("AK Schedule Sub-item", paragraph=TEXT),
    Look("AK Signatory", "heading 2", "AK Text", spacing(320, 120, 264)),
    Look("AK Signature Lead", following="AK Table Text", paragraph=KEEP + spacing(120, 120, 264)),
    Look(
        "AK Signature Label",
        following="AK Table Text",
        paragraph=KEEP + spacing(60, 60, 240),
        run=font(20, colour=GREY),
    ),
    Look("AK Table Text", paragraph=spacing(60, 60, 252), run=font(20)),
    Look(
        "AK Table Head",
        "AK Table Text",
        "AK Table Text",
        "<w:keepNext/>" + spacing(80, 80, 252),
        font(20, bold=True, colour=INK),
    ),
    Look(
        "AK Table Space",
        following="AK Body",
        paragraph='<w:spacing w:before="0" w:after="0" w:line="200" w:lineRule="exact"/>',
        run=font(12),
        gallery=False,
    ),
    Look(
        "AK Note",
        paragraph=f'<w:keepLines/><w:pBdr><w:left w:val="single" w:sz="24" w:space="8" w:color="{ACCENT}"/></w:pBdr>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{NOTE_TINT}"/>' + spacing(0, 140, 264) + '<w:ind w:left="907"/>',
        run=font(19, colour=GREY),
    ),
    Look(
        "annotation text",
        paragraph=spacing(0, 60, 240),
        run=font(20),
        priority=99,
        gallery=False,
        builtin=True,
    ),
    Look(
        "footnote text",
        paragraph=spacing(0, 40, 240),
        run=font(18, colour=GREY),
        priority=99,
        gallery=False,
        builtin=True,
    ),
    Look(
        "header",
        paragraph=RIGHT_TAB + spacing(0, 0, 240),
        run=font(17, colour=GREY),
        priority=99,
        gallery=False,
        builtin=True,
    ),
    Look(
        "footer",
        paragraph=RIGHT_TAB + spacing(0, 0, 240),
        run=font(17, colour=GREY),
        priority=99,
        gallery=False,
        builtin=True,
    ),
    Look("AK Cover Organisation", "header", "header", spacing(0, 0, 264), font(26, bold=True, colour=ACCENT)),
    Look(
        "AK Cover Fact",
        "footer",
        "footer",
        '<w:tabs><w:tab w:val="left" w:pos="1701"/></w:tabs>' + spacing(40, 40, 240),
        font(20, colour=GREY),
    ),
)


def list_ids() -> dict[str, int]:
    """Return the list id of each scheme."""
    return {scheme: n for n, scheme in enumerate(dict.fromkeys(entry[0] for entry in NUMBERED.values()), start=1)}


def style_xml(look: Look) -> str:
    """Return one paragraph style."""
    properties = look.paragraph
    scheme = next((entry for role, entry in NUMBERED.items() if role.value == look.role), None)
    if scheme:
        level = f'<w:ilvl w:val="{scheme[1]}"/>' if scheme[1] else ""
        number = f'<w:numPr>{level}<w:numId w:val="{list_ids()[scheme[0]]}"/></w:numPr>'
        properties = _insert_number(properties, number)
    return (
        f'<w:style w:type="paragraph"{"" if look.builtin else " w:customStyle=" + chr(34) + "1" + chr(34)}'
        f' w:styleId="{style_id(look.role)}"><w:name w:val="{look.role}"/>'
        + (f'<w:basedOn w:val="{style_id(look.base)}"/>' if look.base else "")
        + (f'<w:next w:val="{style_id(look.following)}"/>' if look.following else "")
        + f'<w:uiPriority w:val="{look.priority}"/>'
        + ("<w:qFormat/>" if look.gallery else "<w:semiHidden/><w:unhideWhenUsed/>")
        + (f"<w:pPr>{properties}</w:pPr>" if properties else "")
        + (f"<w:rPr>{look.run}</w:rPr>" if look.run else "")
        + "</w:style>"
    )


def _insert_number(properties: str, number: str) -> str:
    """Put the list where the schema wants it: after keep and break settings, before borders and spacing."""
    for tag in ("<w:pBdr", "<w:shd", "<w:tabs", "<w:spacing", "<w:ind", "<w:outlineLvl"):
        at = properties.find(tag)
        if at >= 0:
            return properties[:at] + number + properties[at:]
    return properties + number


def styles_xml() -> str:
    """Return the styles part."""
    fonts = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
    border = 'w:val="single" w:sz="4" w:space="0" w:color="A9B8BF"'
    cell = '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="{0}" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="{0}" w:type="dxa"/></w:tblCellMar>'
    return (
        f"{DECLARATION}<w:styles {ROOT}><w:docDefaults><w:rPrDefault><w:rPr>{fonts}{font(22)}"
        '<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        f"<w:pPrDefault><w:pPr>{TEXT}</w:pPr></w:pPrDefault></w:docDefaults>"
        '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1" w:defUnhideWhenUsed="1"'
        ' w:defQFormat="0" w:count="376"/>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        '<w:uiPriority w:val="0"/><w:qFormat/></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        + cell.format(108)
        + "</w:tblPr></w:style>"
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/></w:style>'
        + "".join(style_xml(look) for look in LOOKS)
        + '<w:style w:type="character" w:styleId="CommentReference"><w:name w:val="annotation reference"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:rPr><w:sz w:val="16"/><w:szCs w:val="16"/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="PlaceholderText"><w:name w:val="Placeholder Text"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:rPr><w:shd w:val="clear" w:color="auto" w:fill="FFF2A8"/></w:rPr></w:style>'
        '<w:style w:type="table" w:customStyle="1" w:styleId="AKTable"><w:name w:val="AK Table"/>'
        '<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/><w:qFormat/><w:tblPr><w:tblBorders>'
        f'<w:top w:val="single" w:sz="8" w:space="0" w:color="{ACCENT}"/><w:bottom w:val="single" w:sz="8" w:space="0" w:color="{ACCENT}"/>'
        f"<w:insideH {border}/></w:tblBorders>{cell.format(113)}</w:tblPr>"
        f'<w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{TINT}"/></w:tcPr></w:tblStylePr></w:style>'
        '<w:style w:type="table" w:customStyle="1" w:styleId="AKSignatureTable"><w:name w:val="AK Signature Table"/>'
        f'<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/><w:tblPr>{cell.format(0)}</w:tblPr></w:style>'
        "</w:styles>"
    )


# ---------------------------------------------------------------------------------------------- numbering

INDENTS = {"clauses": (1, 1, 2, 3), "schedules": (0, 1, 1, 2, 3), "parties": (1,), "recitals": (1,)}
# The number of these levels looks as the text behind it: bold before a heading, plain before running text.
SHARED = frozenset(SHARES_LEVEL.values())


def numbering_xml() -> str:
    """Return the lists: one multilevel list a scheme, each level bound to its style."""
    abstract, instances = [], []
    for scheme, list_id in list_ids().items():
        levels = []
        for role, (name, level, kind, text) in NUMBERED.items():
            if name == scheme:
                levels.append(_level(role, scheme, level, kind, text))
        abstract.append(
            f'<w:abstractNum w:abstractNumId="{list_id}"><w:nsid w:val="4A4B{list_id:04d}"/>'
            f'<w:multiLevelType w:val="multilevel"/><w:tmpl w:val="4A4C{list_id:04d}"/>{"".join(levels)}</w:abstractNum>'
        )
        instances.append(f'<w:num w:numId="{list_id}"><w:abstractNumId w:val="{list_id}"/></w:num>')
    return f"{DECLARATION}<w:numbering {ROOT}>{''.join(abstract)}{''.join(instances)}</w:numbering>"


def _level(role: Role, scheme: str, level: int, kind: str, text: str) -> str:
    if scheme == "bullets":
        left, hanging = 360 + STEP * level, 360
        look = (
            f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:cs="{FONT}" w:hint="default"/><w:color w:val="{ACCENT}"/>'
        )
    else:
        left, hanging = STEP * INDENTS[scheme][level], STEP
        look = "" if role in SHARED else PLAIN + '<w:i w:val="0"/>'
        if role is Role.SCHEDULE:
            left = hanging = 2098
            look = font(32, bold=True, colour=INK)
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:pStyle w:val="{style_id(role.value)}"/><w:suff w:val="tab"/><w:lvlText w:val="{text}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:tabs><w:tab w:val="num" w:pos="{left}"/></w:tabs>'
        f"{indent(left, hanging)}</w:pPr>{f'<w:rPr>{look}</w:rPr>' if look else ''}</w:lvl>"
    )
