# ruff: noqa: E501  WordprocessingML reads better unbroken
"""The look of the house templates: paragraph styles, table styles and lists, made from a design.

What a style does stands here, how large and in what colour stands in `design`. `make_templates` puts both into a
Word file.
"""

from __future__ import annotations

from dataclasses import dataclass

from design import Design

from agreementkit.writers.word.markup import DECLARATION, MC, W14, W15, R, W
from agreementkit.writers.word.styles.roles import NUMBERED, SHARES_LEVEL, Role

ROOT = f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="{MC}" xmlns:w14="{W14}" xmlns:w15="{W15}" mc:Ignorable="w14 w15"'
_PLAIN_NAMES = {"annotation text": "CommentText", "annotation reference": "CommentReference"}

# ------------------------------------------------------------------------------------------------- styles


@dataclass(frozen=True, slots=True)
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
        words = "".join(word if word.isdigit() else word.capitalize() for word in name.split())
        return _PLAIN_NAMES.get(name, words.replace("Toc", "TOC"))
    return "".join(c for c in name if c.isalnum())


def spacing(before: int, after: int, line: int = 240, rule: str = "auto") -> str:
    """Return paragraph spacing in twips; `line` in 240ths of a line, or in twips where `rule` says so."""
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="{rule}"/>'


def font(half_points: int, *, bold: bool = False, colour: str = "") -> str:
    """Return run properties: size in half points, weight, colour."""
    weight = "<w:b/><w:bCs/>" if bold else ""
    paint = f'<w:color w:val="{colour}"/>' if colour else ""
    return f'{weight}{paint}<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


PLAIN = '<w:b w:val="0"/><w:bCs w:val="0"/>'
KEEP = "<w:keepNext/><w:keepLines/>"
RIGHT = '<w:jc w:val="right"/>'


def indent(left: int, hanging: int = 0, right: int = 0) -> str:
    """Return an indent in twips."""
    return (
        f'<w:ind w:left="{left}"'
        + (f' w:right="{right}"' if right else "")
        + (f' w:hanging="{hanging}"' if hanging else "")
        + "/>"
    )


def rule(side: str, colour: str, size: int = 6, space: int = 6) -> str:
    """Return a border on one side of a paragraph."""
    return f'<w:pBdr><w:{side} w:val="single" w:sz="{size}" w:space="{space}" w:color="{colour}"/></w:pBdr>'


def fill(colour: str) -> str:
    """Return the ground of a paragraph or of a cell."""
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{colour}"/>'


def outline(level: int) -> str:
    """Return an outline level, from 0; 9 for running text."""
    return f'<w:outlineLvl w:val="{level}"/>'


def _right_tab(d: Design, leader: str = "") -> str:
    dots = f' w:leader="{leader}"' if leader else ""
    return f'<w:tabs><w:tab w:val="right"{dots} w:pos="{d.width}"/></w:tabs>'


def _text(d: Design) -> str:
    return spacing(0, d.room(140), d.line_height)


def looks(d: Design) -> tuple[Look, ...]:
    """Return the paragraph styles of a design."""
    return (*_headings(d), *_cover(d), *_contents(d), *_numbered_text(d), *_tables(d), *_margin(d))


def _headings(d: Design) -> tuple[Look, ...]:
    section, part, clause, inner = d.headings
    tight = d.line_height - 12
    return (
        Look(
            "heading 1",
            following="AK Body",
            paragraph=KEEP + spacing(d.room(320), d.room(140), tight) + outline(0),
            run=font(clause, bold=True, colour=d.ink),
            builtin=True,
        ),
        Look(
            "heading 2",
            following="AK Text",
            paragraph=KEEP + spacing(d.room(240), d.room(120), tight) + outline(1),
            run=font(inner, bold=True, colour=d.ink),
            builtin=True,
        ),
        Look(
            "heading 3",
            following="AK Text",
            paragraph=KEEP + spacing(d.room(200), d.room(100), tight) + outline(2),
            run=font(d.text, bold=True, colour=d.ink),
            builtin=True,
        ),
        Look(
            "AK Section Heading",
            "heading 1",
            "AK Text",
            spacing(d.room(480), d.room(200), tight),
            font(section, bold=True, colour=d.ink),
        ),
        Look(
            "AK Part",
            "heading 1",
            "AK Clause Heading",
            rule("bottom", d.accent, 6, 4) + spacing(d.room(440), d.room(200), tight),
            font(part, bold=True, colour=d.accent),
        ),
        Look("AK Clause Heading", "heading 1", "AK Sub-clause"),
        Look(
            "AK Schedule",
            "heading 1",
            "AK Schedule Heading",
            "<w:pageBreakBefore/>" + rule("bottom", d.accent, 12, 8) + spacing(0, d.room(320), tight),
            font(section, bold=True, colour=d.ink),
        ),
        Look(
            "AK Schedule Part",
            "heading 2",
            "AK Schedule Heading",
            spacing(d.room(360), d.room(160), tight),
            font(clause, bold=True, colour=d.accent),
        ),
        Look(
            "AK Schedule Heading",
            "heading 2",
            "AK Schedule Paragraph",
            spacing(d.room(280), d.room(120), tight),
            font(inner, bold=True, colour=d.ink),
        ),
        Look("AK Signatory", "heading 2", "AK Text", spacing(d.room(320), d.room(120), tight)),
    )


def _cover(d: Design) -> tuple[Look, ...]:
    title, parties, lines, organisation, facts = d.cover
    return (
        Look(
            "Title",
            following="AK Cover Party",
            paragraph="<w:keepLines/>"
            + (rule("bottom", d.accent, d.title_rule, 14) if d.title_rule else "")
            + spacing(d.drop, d.room(480), 252),
            run=font(title, bold=True, colour=d.ink),
            priority=10,
            builtin=True,
        ),
        # Not Word's Subtitle: readers such as pandoc take that out of the text and keep one line of it.
        Look(
            "AK Cover Party",
            following="AK Cover Line",
            paragraph=spacing(0, d.room(100), 276),
            run=font(parties, colour=d.accent if d.logo else d.ink),
        ),
        Look(
            "AK Cover Line",
            paragraph=spacing(d.room(360), 0, 276),
            run=font(lines, colour=d.accent if d.logo else d.ink),
        ),
        *(
            # The line is at least as high as the place; a picture that is put there is never cut off.
            (Look("AK Cover Logo", "header", "AK Cover Organisation", spacing(0, 0, d.logo, "atLeast") + RIGHT),)
            if d.logo
            else ()
        ),
        Look(
            "AK Cover Organisation",
            "header",
            "header",
            spacing(d.room(120) if d.logo else 0, 0, 264) + (RIGHT if d.logo else ""),
            font(organisation, bold=True, colour=d.accent),
        ),
        Look(
            "AK Cover Fact",
            "footer",
            "footer",
            f'<w:tabs><w:tab w:val="left" w:pos="{d.room(1701)}"/></w:tabs>' + spacing(40, 40, 240),
            font(facts, colour=d.quiet),
        ),
    )


def _contents(d: Design) -> tuple[Look, ...]:
    return (
        Look(
            "TOC Heading",
            "heading 1",
            "Normal",
            "<w:pageBreakBefore/>" + spacing(0, d.room(200), 264) + outline(9),
            font(d.headings[0], bold=True, colour=d.ink),
            39,
            builtin=True,
        ),
        Look(
            "toc 1",
            following="Normal",
            paragraph="<w:keepNext/>"
            + _right_tab(d, "dot")
            + spacing(80, 0)
            + indent(0, right=d.step)
            + "<w:contextualSpacing/>",
            run=font(d.contents, bold=True, colour=d.ink),
            priority=39,
            gallery=False,
            builtin=True,
        ),
        Look(
            "toc 2",
            following="Normal",
            paragraph=_right_tab(d, "dot") + spacing(0, 0) + indent(0, right=d.step),
            run=font(d.contents),
            priority=39,
            gallery=False,
            builtin=True,
        ),
    )


def _numbered_text(d: Design) -> tuple[Look, ...]:
    text, item = _text(d), spacing(0, d.room(90), d.line_height)
    plain = (
        "AK Party", "AK Recital", "AK Sub-clause", "AK Paragraph", "AK Sub-paragraph", "AK Text",
        "AK Schedule Paragraph", "AK Schedule Item", "AK Schedule Sub-item",
    )  # fmt: skip
    return (
        *(Look(name, paragraph=text) for name in plain),
        *(Look(name, paragraph=text + indent(d.step)) for name in ("AK Body", "AK Definition")),
        Look("AK Body 2", paragraph=text + indent(2 * d.step)),
        Look("AK Body 3", paragraph=text + indent(3 * d.step)),
        Look("AK Clause Text", "AK Body"),
        Look("AK Schedule Text", "AK Body"),
        *(Look(f"List Bullet{number}", paragraph=item, priority=36, builtin=True) for number in ("", " 2", " 3", " 4")),
    )


def _tables(d: Design) -> tuple[Look, ...]:
    return (
        Look("AK Signature Lead", following="AK Signature Label", paragraph=KEEP + spacing(280, 60, 264)),
        Look(
            "AK Signature Label",
            following="AK Signature Line",
            paragraph=KEEP + spacing(60, 0, 240),
            run=font(d.label, colour=d.quiet),
        ),
        Look(
            "AK Signature Line",
            following="AK Signature Label",
            paragraph="<w:keepLines/>" + rule("bottom", d.quiet, 6, 2) + spacing(480, 60),
            run=font(d.table),
        ),
        Look("AK Table Text", paragraph=spacing(60, 60, 252), run=font(d.table)),
        Look(
            "AK Table Head",
            "AK Table Text",
            "AK Table Text",
            "<w:keepNext/>" + spacing(80, 80, 252),
            font(d.table, bold=True),
        ),
        Look("AK Table Space", following="AK Body", paragraph=spacing(0, 0, 200, "exact"), run=font(16), gallery=False),
    )


def _margin(d: Design) -> tuple[Look, ...]:
    """Return what stands around the text: header, footer, notes."""
    return (
        Look(
            "AK Note",
            paragraph=f"<w:keepLines/>{rule('left', d.accent, 24, 8)}{fill(d.note)}"
            + spacing(0, d.room(140), 264)
            + indent(d.step + 187),
            run=font(d.table - 1, colour=d.quiet),
        ),
        *(
            Look(name, paragraph=spacing(0, after, 240), run=look, priority=99, gallery=False, builtin=True)
            for name, after, look in (
                ("annotation text", 60, font(20)),
                ("footnote text", 40, font(d.small + 1, colour=d.quiet)),
            )
        ),
        *(
            Look(
                name,
                paragraph=_right_tab(d) + spacing(0, 0, 240),
                run=font(d.small, colour=d.quiet),
                priority=99,
                gallery=False,
                builtin=True,
            )
            for name in ("header", "footer")
        ),
        Look(
            "AK Status Mark",
            "header",
            "header",
            fill(d.draft[1]) + spacing(d.room(100), 0, 264) + '<w:jc w:val="center"/>',
            font(d.small + 1, bold=True, colour=d.draft[0]),
        ),
    )


def list_ids() -> dict[str, int]:
    """Return the list id of each scheme."""
    return {scheme: n for n, scheme in enumerate(dict.fromkeys(entry[0] for entry in NUMBERED.values()), start=1)}


def _style_xml(look: Look) -> str:
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


def styles_xml(d: Design) -> str:
    """Return the styles part of a design."""
    fonts = f'<w:rFonts w:ascii="{d.font}" w:hAnsi="{d.font}" w:eastAsia="{d.font}" w:cs="{d.font}"/>'
    return (
        f"{DECLARATION}<w:styles {ROOT}><w:docDefaults><w:rPrDefault><w:rPr>{fonts}{font(d.text)}"
        '<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        f"<w:pPrDefault><w:pPr>{_text(d)}</w:pPr></w:pPrDefault></w:docDefaults>"
        '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1" w:defUnhideWhenUsed="1"'
        ' w:defQFormat="0" w:count="376"/>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        '<w:uiPriority w:val="0"/><w:qFormat/></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        + _cell_margins(108, 108)
        + "</w:tblPr></w:style>"
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/></w:style>'
        + "".join(_style_xml(look) for look in looks(d))
        + _character("CommentReference", "annotation reference", '<w:sz w:val="16"/><w:szCs w:val="16"/>')
        + _character("FootnoteReference", "footnote reference", '<w:vertAlign w:val="superscript"/>')
        + _character("PlaceholderText", "Placeholder Text", fill(d.blank))
        + _table_styles(d)
        + "</w:styles>"
    )


def _character(style: str, name: str, look: str) -> str:
    return (
        f'<w:style w:type="character" w:styleId="{style}"><w:name w:val="{name}"/><w:uiPriority w:val="99"/>'
        f"<w:semiHidden/><w:unhideWhenUsed/><w:rPr>{look}</w:rPr></w:style>"
    )


def _table_styles(d: Design) -> str:
    words, ground = d.head
    edge = f'w:val="single" w:sz="8" w:space="0" w:color="{d.accent}"'
    return (
        '<w:style w:type="table" w:customStyle="1" w:styleId="AKTable"><w:name w:val="AK Table"/>'
        '<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/><w:qFormat/><w:tblPr><w:tblBorders>'
        f'<w:top {edge}/><w:bottom {edge}/><w:insideH w:val="single" w:sz="4" w:space="0" w:color="{d.line}"/></w:tblBorders>'
        # Words and ground of the head come from one place: what shows the one shows the other.
        f'{_cell_margins(113, 113)}</w:tblPr><w:tblStylePr w:type="firstRow"><w:rPr><w:color w:val="{words}"/></w:rPr>'
        f"<w:tcPr>{fill(ground)}</w:tcPr></w:tblStylePr></w:style>"
        '<w:style w:type="table" w:customStyle="1" w:styleId="AKSignatureTable"><w:name w:val="AK Signature Table"/>'
        f'<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/><w:tblPr>{_cell_margins(0, 227)}</w:tblPr></w:style>'
    )


def _cell_margins(left: int, right: int) -> str:
    sides = (("top", 0), ("left", left), ("bottom", 0), ("right", right))
    return f"<w:tblCellMar>{''.join(f'<w:{side} w:w={chr(34)}{one}{chr(34)} w:type={chr(34)}dxa{chr(34)}/>' for side, one in sides)}</w:tblCellMar>"


# ---------------------------------------------------------------------------------------------- numbering

INDENTS = {"clauses": (1, 1, 2, 3), "schedules": (0, 1, 1, 2, 3), "parties": (1,), "recitals": (1,)}
# The number of these levels looks as the text behind it: bold before a heading, plain before running text.
SHARED = frozenset(SHARES_LEVEL.values())


def numbering_xml(d: Design) -> str:
    """Return the lists of a design: one multilevel list a scheme, each level bound to its style."""
    abstract, instances = [], []
    for scheme, list_id in list_ids().items():
        levels = []
        for role, (name, level, kind, text) in NUMBERED.items():
            if name == scheme:
                levels.append(_level(d, role, level, kind, text))
        abstract.append(
            f'<w:abstractNum w:abstractNumId="{list_id}"><w:nsid w:val="4A4B{list_id:04d}"/>'
            f'<w:multiLevelType w:val="multilevel"/><w:tmpl w:val="4A4C{list_id:04d}"/>{"".join(levels)}</w:abstractNum>'
        )
        instances.append(f'<w:num w:numId="{list_id}"><w:abstractNumId w:val="{list_id}"/></w:num>')
    return f"{DECLARATION}<w:numbering {ROOT}>{''.join(abstract)}{''.join(instances)}</w:numbering>"


def _level(d: Design, role: Role, level: int, kind: str, text: str) -> str:
    scheme = NUMBERED[role][0]
    if scheme == "bullets":
        left, hanging = 360 + d.step * level, 360
        look = f'<w:rFonts w:ascii="{d.font}" w:hAnsi="{d.font}" w:cs="{d.font}" w:hint="default"/><w:color w:val="{d.accent}"/>'
    elif role is Role.SCHEDULE:
        left = hanging = d.schedule_step
        look = font(d.headings[0], bold=True, colour=d.ink)
    else:
        left, hanging = d.step * INDENTS[scheme][level], d.step
        look = "" if role in SHARED else PLAIN + '<w:i w:val="0"/>'
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:pStyle w:val="{style_id(role.value)}"/><w:suff w:val="tab"/><w:lvlText w:val="{text}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:tabs><w:tab w:val="num" w:pos="{left}"/></w:tabs>'
        f"{indent(left, hanging)}</w:pPr>{f'<w:rPr>{look}</w:rPr>' if look else ''}</w:lvl>"
    )
