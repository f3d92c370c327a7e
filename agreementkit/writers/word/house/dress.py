"""The styles and lists of a house file made complete: every role chosen, made or refused, and numbered.

The order matters: choose styles, give each scheme a list, make the styles that are missing (their indents follow
the list), add our lists (their levels name the made styles), then work out what paragraphs say besides their style.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from lxml import etree

from agreementkit.diagnostics import Diagnostic
from agreementkit.writers.word.house.casting import Asked, Casting, cast, choose
from agreementkit.writers.word.house.donor import donor
from agreementkit.writers.word.house.lend import Lender
from agreementkit.writers.word.house.lists import BULLETS, ListMaker, used_families
from agreementkit.writers.word.house.mend import mend_numbering, mend_styles
from agreementkit.writers.word.markup import w
from agreementkit.writers.word.styles.numbering import Lists, read_lists
from agreementkit.writers.word.styles.roles import NUMBERED, SHARES_LEVEL, Role, Styles
from agreementkit.writers.word.styles.stylesheet import StyleSheet, number_of, put

LANGUAGE = "en-GB"
_BULLET_ROOM = 360


@dataclass(frozen=True, slots=True)
class Dressed:
    """A house file's styles and lists, complete.

    Attributes:
        cast: Every role with its style.
        styles: Style ids and names by role.
        lists: The lists, the house's and ours.
        indents: Where text stands at each step, in twips.
        stops: Tab stops that the style of a row of the contents brings along, by style id.
        table_size: Size of text in tables, in half points.
        reasons: Why roles do not use the house's list they have.
        styles_part: The styles part, when it was changed.
        numbering_part: The numbering part, when it was changed or made.
        faults: What is wrong with the mapping.
    """

    cast: Mapping[Role, Casting]
    styles: Styles
    lists: Lists
    indents: tuple[int, ...]
    stops: Mapping[str, tuple[int, ...]]
    table_size: int
    reasons: Mapping[Role, str]
    styles_part: etree._Element | None
    numbering_part: etree._Element | None
    faults: tuple[Diagnostic, ...]


def dress(
    styles: etree._Element,
    numbering: etree._Element | None,
    document: etree._Element,
    mapping: Mapping[Role, Asked],
    file: str,
) -> Dressed:
    """Return the styles and lists of a house file, made complete; the elements given are changed.

    Args:
        styles: The styles part.
        numbering: The numbering part, if there is one.
        document: The main part, places marked.
        mapping: Styles asked for by name.
        file: Name of the house file, for messages.
    """
    giver = donor()
    sheet = StyleSheet(styles)
    before = len(styles)
    changed = mend_styles(styles) | _speak_english(styles)
    choices, faults = choose(sheet, mapping, giver.headings(), file)
    mended = numbering is not None and mend_numbering(numbering, styles)
    maker = ListMaker(sheet, giver, choices, numbering, changed=mended)
    maker.use_own(used_families(document, sheet, read_lists(numbering, styles)))
    indents = maker.indents()
    lender = Lender(sheet, giver, choices, indents)
    played = {role: lender.style(role) for role in Role}
    maker.add_ours(played, indents)
    roles = {
        role: cast(
            role,
            choices[role],
            played[role],
            sheet,
            (giver.sheet, giver.styles[role]),
            maker.places.get(role),
            ours=role in maker.ours,
        )
        for role in Role
    }
    lists = read_lists(maker.numbering, styles)
    return Dressed(
        roles | _indented(roles, sheet, lists, indents),
        Styles({role: style.id for role, style in played.items()}, {role: s.name for role, s in played.items()}),
        lists,
        indents,
        {style.id: stops for role, style in played.items() if (stops := _stops(sheet, role, style.id))},
        sheet.size(played[Role.TABLE_TEXT]),
        maker.reasons,
        styles if changed or len(styles) != before else None,
        maker.numbering if maker.changed else None,
        tuple(faults),
    )


def _indented(
    roles: Mapping[Role, Casting], sheet: StyleSheet, lists: Lists, indents: tuple[int, ...]
) -> dict[Role, Casting]:
    """Return the roles whose paragraphs say their own indent.

    Text that counts at the level of a heading stands as that level does. Bullets stand below the text they belong
    to; the lists of a house, which know nothing of clauses, often put them to the left of it.
    """
    found = {}
    for role in SHARES_LEVEL:
        place = roles[role].place
        level = lists.level(place) if place else None
        if level:
            found[role] = replace(roles[role], indent=_indent(level.indent, level.hanging))
    bullets = (role for role, entry in NUMBERED.items() if entry[0] == BULLETS)
    for role, text in zip(bullets, indents, strict=True):
        left, place, style = text + _BULLET_ROOM, roles[role].place, sheet.by_id(roles[role].style)
        level = lists.level(place) if place else None
        own = style.element.find(f"{w('pPr')}/{w('ind')}") if style else None
        shown = (
            number_of(own.get(w("left")) or own.get(w("start"))) if own is not None else level.indent if level else 0
        )
        if not roles[role].ours and shown != left:
            found[role] = replace(roles[role], indent=_indent(left, _BULLET_ROOM))
    return found


def _indent(left: int, hanging: int) -> str:
    return f'w:left="{left}"' + (f' w:hanging="{hanging}"' if hanging else "")


def _stops(sheet: StyleSheet, role: Role, style_id: str) -> tuple[int, ...]:
    """Return the tab stops a row of the contents inherits; the row says its own, for this page."""
    style = sheet.by_id(style_id)
    found = sheet.property(style, "pPr/tabs") if style and role.name.startswith("TOC_") else None
    return tuple(number_of(stop.get(w("pos"))) for stop in found) if found is not None else ()


def _speak_english(styles: etree._Element) -> bool:
    """Make British English the language of a house file's styles; return whether that changed anything."""
    changed = False
    for look in styles.iter(w("lang")):
        if (look.get(w("val")) or "").startswith("en") and look.get(w("val")) != LANGUAGE:
            look.set(w("val"), LANGUAGE)
            changed = True
    defaults = styles.find(w("docDefaults"))
    if defaults is None:
        defaults = etree.Element(w("docDefaults"))
        styles.insert(0, defaults)
    parent = defaults
    for tag, later in (("rPrDefault", ("pPrDefault",)), ("rPr", ())):
        child = parent.find(w(tag))
        if child is None:
            child = etree.Element(w(tag))
            put(parent, child, later)
        parent = child
    said = parent.find(w("lang"))
    if said is None:
        said = etree.Element(w("lang"))
        put(parent, said, ("eastAsianLayout", "specVanish", "oMath"))
    if said.get(w("val")) != LANGUAGE:
        said.set(w("val"), LANGUAGE)
        changed = True
    return changed
