"""What LibreOffice loses or spells in its own way when it saves a Word file, put right again.

It drops the half of a numbered style by which the level names the style, so that Word would number all levels as
the first; and it writes a few things that Word's schema does not know. A file that Word saved has none of this.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from lxml import etree

from agreementkit.writers.word.markup import WP, w
from agreementkit.writers.word.package.intake import Package, parse
from agreementkit.writers.word.styles.numbering import abstract_lists
from agreementkit.writers.word.styles.stylesheet import number_of, put, value_of

AFTER_LEVEL_NAME = ("isLgl", "suff", "lvlText", "lvlPicBulletId", "legacy", "lvlJc", "pPr", "rPr")
"""What stands after the name of a style in a level, as the schema orders it."""
_DRAWN = b"docPr"
_SIDES = {"start": "left", "end": "right"}
_RUN_ORDER = (
    "rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow", "emboss",
    "imprint", "noProof", "snapToGrid", "vanish", "webHidden", "color", "spacing", "w", "kern", "position", "sz",
    "szCs", "highlight", "u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang",
    "eastAsianLayout", "specVanish", "oMath",
)  # fmt: skip


def name_style(level: etree._Element, style_id: str) -> None:
    """Write the name of its style into a level."""
    name = etree.Element(w("pStyle"))
    name.set(w("val"), style_id)
    put(level, name, AFTER_LEVEL_NAME)


def mend_numbering(numbering: etree._Element, styles: etree._Element) -> bool:
    """Mend the lists of a file; return whether that changed anything."""
    changed = False
    for side in numbering.iter(w("lvlJc")):
        said = side.get(w("val")) or ""
        if said in _SIDES:
            side.set(w("val"), _SIDES[said])
            changed = True
    for look in numbering.iter(w("rPr")):
        changed |= _order(look)
    known = {style.get(w("styleId")) for style in styles.iter(w("style"))}
    for level in numbering.iter(w("lvl")):
        for name in level.findall(w("pStyle")):
            if name.get(w("val")) not in known:
                level.remove(name)
                changed = True
    for level, style_id in _lost_names(numbering, styles):
        name_style(level, style_id)
        changed = True
    return changed


def number_drawings(package: Package) -> Package:
    """Give every drawing an id of its own: python-docx counts anew in each header, and Word wants each id once."""
    taken: set[str] = set()
    changed: dict[str, bytes] = {}
    for name in sorted(name for name in package.parts if name.endswith(".xml") and name.startswith("word/")):
        if _DRAWN not in package.parts[name]:
            continue
        root = parse(package.parts[name])
        for one in root.iter(f"{{{WP}}}docPr"):
            said = one.get("id") or ""
            if said in taken or not said.isdecimal():
                said = str(max((int(other) for other in taken), default=0) + 1)
                one.set("id", said)
                changed[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            taken.add(said)
    return replace(package, parts={**package.parts, **changed}) if changed else package


def mend_styles(styles: etree._Element) -> bool:
    """Mend the styles of a file; return whether that changed anything."""
    changed = False
    known = {style.get(w("styleId")) for style in styles.iter(w("style"))}
    for style in styles.iter(w("style")):
        for tag in ("basedOn", "next", "link"):
            for lead in style.findall(w(tag)):
                if lead.get(w("val")) not in known:
                    style.remove(lead)
                    changed = True
    for colour in styles.iter(w("color")):
        if colour.get(w("val")) is None:
            colour.set(w("val"), "auto")
            changed = True
    return changed


def mend_fonts(fonts: etree._Element) -> bool:
    """Mend the table of fonts of a file; return whether that changed anything."""
    changed = False
    for charset in fonts.iter(w("charset")):
        if charset.get(w("characterSet")) is not None:
            del charset.attrib[w("characterSet")]
            changed = True
    return changed


def _order(look: etree._Element) -> bool:
    """Put the properties of a run in the order of the schema."""
    places = {w(tag): at for at, tag in enumerate(_RUN_ORDER)}
    found = list(look)
    wanted = sorted(found, key=lambda child: places.get(str(child.tag), len(places)))
    if found == wanted:
        return False
    look[:] = wanted
    return True


def _lost_names(numbering: etree._Element, styles: etree._Element) -> list[tuple[etree._Element, str]]:
    """Return the levels that one style says it is bound to and that name no style, each with that style."""
    definitions = abstract_lists(numbering)
    lists = {num.get(w("numId")) or "": value_of(num, "abstractNumId") for num in numbering.findall(w("num"))}
    named = {value_of(level, "pStyle") for one in definitions.values() for level in one.findall(w("lvl"))}
    claims: defaultdict[etree._Element, list[str]] = defaultdict(list)
    for style in styles.findall(w("style")):
        asked = style.find(f"{w('pPr')}/{w('numPr')}")
        style_id = style.get(w("styleId")) or ""
        definition = definitions.get(lists.get(value_of(asked, "numId"), ""))
        if definition is None or not style_id or style_id in named:
            continue
        at = number_of(value_of(asked, "ilvl"))
        level = next((one for one in definition.findall(w("lvl")) if number_of(one.get(w("ilvl"))) == at), None)
        if level is not None and level.find(w("pStyle")) is None:
            claims[level].append(style_id)
    return [(level, names[0]) for level, names in claims.items() if len(names) == 1]
