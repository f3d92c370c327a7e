"""Notes as Word's own footnotes: the part they stand in, and what the settings must say of it.

A house file may have footnotes of its own; ours are added to them under free ids. Word numbers footnotes by
where their marks stand in the text, whatever their ids are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from lxml import etree

from agreementkit.writers.word.markup import DECLARATION, R, W, w
from agreementkit.writers.word.notes.spoken import BULLET_ROOM, NoteParagraph, Placed
from agreementkit.writers.word.package.intake import parse
from agreementkit.writers.word.styles.numbering import Place
from agreementkit.writers.word.styles.roles import Role, Styles
from agreementkit.writers.word.styles.stylesheet import put
from agreementkit.writers.word.text.sheet import Paragraph

PART = "word/footnotes.xml"
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
RELATION = f"{R}/footnotes"
SETTINGS = "word/settings.xml"

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}mathPr"
_SEPARATORS = (("-1", "separator", "separator"), ("0", "continuationSeparator", "continuationSeparator"))
_MARK = re.compile(r'<w:r><w:rPr><w:rStyle w:val="[^"]*"/></w:rPr><w:footnoteReference w:id="\d+"/></w:r>')
_ENDS = re.compile(r"<w:bookmarkEnd [^>]*/>")
_ID = re.compile(r'<w:footnoteReference w:id="(\d+)"')
_TOUCHING = re.compile(f"{_MARK.pattern}(?:{_ENDS.pattern})*(?:{_MARK.pattern}(?:{_ENDS.pattern})*)+")
_AFTER = (
    "endnotePr", "compat", "docVars", "rsids", _MATH, "attachedSchema", "themeFontLang", "clrSchemeMapping",
    "doNotIncludeSubdocsInStats", "doNotAutoCompressPictures", "forceUpgrade", "captions", "readModeInkLockDown",
    "smartTagType", "schemaLibrary", "shapeDefaults", "doNotEmbedSmartTags", "decimalSymbol", "listSeparator",
)  # fmt: skip
"""What stands after `w:footnotePr` in the settings, as the schema orders it."""


def reference(placed: Placed, styles: Styles) -> str:
    """Return the mark in the text."""
    return (
        f'<w:r><w:rPr><w:rStyle w:val="{styles[Role.FOOTNOTE_REFERENCE]}"/></w:rPr>'
        f'<w:footnoteReference w:id="{placed.id}"/></w:r>'
    )


def join_marks(body: str) -> tuple[str, dict[int, int]]:
    """Return a body with one mark where several would touch, for "31" and "32" side by side read 3132.

    Also returns where the notes of the marks left out go: the id of the footnote that takes them in, by their own.
    """
    joined: dict[int, int] = {}

    def keep_first(found: re.Match[str]) -> str:
        first, *others = map(int, _ID.findall(found[0]))
        joined.update(dict.fromkeys(others, first))
        return "".join([*_MARK.findall(found[0])[:1], *_ENDS.findall(found[0])])

    return _TOUCHING.sub(keep_first, body), joined


def footnotes_part(
    placed: Iterable[Placed],
    joined: Mapping[int, int],
    styles: Styles,
    bullets: Place | None,
    existing: bytes = b"",
) -> bytes:
    """Return the footnotes part.

    Args:
        placed: The notes with the ids of their marks.
        joined: Footnotes that take in notes of other ids; see `join_marks`.
        styles: Styles of the house file.
        bullets: List and level that an item of a list says; None for none.
        existing: The house file's own footnotes, which stay.
    """
    together: dict[int, list[Placed]] = {}
    for one in placed:
        together.setdefault(joined.get(one.id, one.id), []).append(one)
    notes = "".join(_footnote(key, found, styles, bullets) for key, found in together.items())
    if not existing:
        separators = "".join(
            f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:pPr><w:spacing w:before="0" w:after="0"'
            f' w:line="240" w:lineRule="auto"/></w:pPr><w:r><w:{mark}/></w:r></w:p></w:footnote>'
            for number, kind, mark in _SEPARATORS
        )
        return f'{DECLARATION}<w:footnotes xmlns:w="{W}" xmlns:r="{R}">{separators}{notes}</w:footnotes>'.encode()
    root = parse(existing)
    root.extend(list(parse(f'<w:footnotes xmlns:w="{W}" xmlns:r="{R}">{notes}</w:footnotes>'.encode())))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def with_separators(settings: bytes) -> bytes:
    """Return the settings with the separators named that stand above footnotes."""
    root = parse(settings)
    if root.find(w("footnotePr")) is None:
        named = etree.Element(w("footnotePr"))
        for number, _, _ in _SEPARATORS:
            etree.SubElement(named, w("footnote")).set(w("id"), number)
        put(root, named, _AFTER)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _footnote(key: int, found: Iterable[Placed], styles: Styles, bullets: Place | None) -> str:
    mark = f'<w:r><w:rPr><w:rStyle w:val="{styles[Role.FOOTNOTE_REFERENCE]}"/></w:rPr><w:footnoteRef/></w:r>'
    mark += '<w:r><w:t xml:space="preserve"> </w:t></w:r>'
    paragraphs = [one for placed in found for one in placed.voiced()]
    words = "".join(_paragraph(one, mark if n == 0 else "", styles, bullets) for n, one in enumerate(paragraphs))
    return f'<w:footnote w:id="{key}">{words}</w:footnote>'


def _paragraph(one: NoteParagraph, mark: str, styles: Styles, bullets: Place | None) -> str:
    return Paragraph(
        styles[Role.FOOTNOTE_TEXT],
        mark + one.runs,
        place=bullets if one.bullet else None,
        indent=f'w:left="{BULLET_ROOM}" w:hanging="{BULLET_ROOM}"' if one.bullet else "",
    ).xml()
