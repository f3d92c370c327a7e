"""Which list numbers which role: the house's own where it prints what the agreement says, else one of ours.

The levels of one scheme count together, so they all come from one list. The house's lists stay as they are; at
most a level of one that no style is bound to becomes the level of a style that we made.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree

from agreementkit.writers.word.house.casting import Choice, How
from agreementkit.writers.word.house.donor import STEPS, Donor
from agreementkit.writers.word.house.lend import bind, moved
from agreementkit.writers.word.house.mend import name_style
from agreementkit.writers.word.markup import w
from agreementkit.writers.word.styles.numbering import Level, Lists, Place, abstract_lists, example, read_lists
from agreementkit.writers.word.styles.purposes import PURPOSES
from agreementkit.writers.word.styles.roles import NUMBERED, SHARES_LEVEL, Role
from agreementkit.writers.word.styles.stylesheet import Style, StyleSheet, number_of, value_of

BULLETS = "bullets"
_LETTERS = re.compile("[A-Za-z]")
_OUR_MARK = 0x4A4B0000


def schemes() -> dict[str, tuple[Role, ...]]:
    """Return the roles that count together, by the name of their scheme; bullets do not count, and stand alone."""
    found: dict[str, list[Role]] = {}
    for role, (scheme, level, _, _) in NUMBERED.items():
        found.setdefault(f"{scheme} {level}" if scheme == BULLETS else scheme, []).append(role)
    return {scheme: tuple(roles) for scheme, roles in found.items()}


@dataclass(slots=True)
class ListMaker:
    """Decides on the list of every role and writes what is missing into the numbering part.

    Attributes:
        sheet: Styles of the house file.
        donor: The neutral template.
        choices: What was chosen for each role.
        numbering: The house's numbering part; None as long as there is none.
        places: Where each role counts, as far as that is decided.
        ours: Roles that count in a list of ours.
        changed: Whether the numbering part was changed.
        reasons: Why a scheme does not use the house's list, where the house has one.
    """

    sheet: StyleSheet
    donor: Donor
    choices: Mapping[Role, Choice]
    numbering: etree._Element | None
    places: dict[Role, Place] = field(default_factory=dict)
    ours: set[Role] = field(default_factory=set)
    changed: bool = False
    reasons: dict[Role, str] = field(default_factory=dict)
    _lists: Lists = field(init=False)

    def __post_init__(self) -> None:
        self._lists = read_lists(self.numbering, self.sheet.root)

    # -------------------------------------------------------------------------------------- the house's own

    def use_own(self, used: frozenset[str]) -> None:
        """Give every scheme the house's own list where that prints what the agreement says.

        Args:
            used: Families of lists that the text of the house file itself counts in.
        """
        taken = set(used)
        for roles in schemes().values():
            found = self._own_places(roles)
            reason = self._reason(roles, found, taken)
            if reason:
                self.ours.update(roles)
                self.reasons.update({role: reason for role in found if self.choices[role].style is not None})
                continue
            self.places.update(found)
            if NUMBERED[roles[0]][0] != BULLETS:
                taken |= {self._lists.family[place.list_id] for place in found.values()}

    def indents(self) -> tuple[int, ...]:
        """Return where text stands at each step, by the list that numbers the clauses."""
        if self.ours.intersection(STEPS):
            return self.donor.indents()
        found = []
        for role in STEPS:
            style, level = self.choices[role].style, self._lists.level(self.places[role])
            own = style.element.find(f"{w('pPr')}/{w('ind')}") if style else None
            left = (own.get(w("left")) or own.get(w("start"))) if own is not None else None
            found.append(number_of(left, level.indent if level else 0))
        return (0, *found)

    def _own_places(self, roles: tuple[Role, ...]) -> dict[Role, Place]:
        """Return the level each style is bound to, and for a style still to be made the level it would have."""
        found: dict[Role, Place] = {}
        for role in roles:
            style = self.choices[role].style
            place = self._lists.places.get(style.id) if style else None
            if place is not None:
                found[role] = place
        bound = {(self._lists.family[p.list_id], p.level) for p in self._lists.places.values()}
        for role in roles if found else ():
            place = Place(next(iter(found.values())).list_id, NUMBERED[role][1])
            if self.choices[role].how is How.MADE and (self._lists.family[place.list_id], place.level) not in bound:
                found[role] = place
        return found

    def _reason(self, roles: tuple[Role, ...], found: Mapping[Role, Place], taken: set[str]) -> str:
        """Return why the lists found cannot number these roles; nothing when they can."""
        for role in roles:
            place = found.get(role)
            level = self._lists.level(place) if place else None
            if place is None or level is None:
                return f"it has no level for {PURPOSES[role].key!r}"
            scheme, at, kind, text = NUMBERED[role]
            if scheme == BULLETS:
                return "" if level.format == kind else f"it prints {example(level)!r} and no bullet"
            if place.level != at:
                return f"{PURPOSES[role].key!r} is its level {place.level + 1} and not {at + 1}"
            if not _prints(level, kind, text):
                return f"its level {at + 1} prints {example(level)!r} and not {example(Level(kind, text))!r}"
            if not level.ordinary or level.start != 1:
                return f"its level {at + 1} starts or restarts in a way of its own"
        families = {self._lists.family[place.list_id] for place in found.values()}
        if len(families) > 1:
            return "its levels belong to several lists, which do not count together"
        return "something else counts in it already" if families & taken else ""

    def _name(self, place: Place, style: Style) -> None:
        """Write the name of its style into a level of the house's list."""
        if self.numbering is None:
            return
        family = self._lists.family[place.list_id]
        definition = next(
            one for one in abstract_lists(self.numbering).values() if one.get(w("abstractNumId")) == family
        )
        level = next(e for e in definition.findall(w("lvl")) if number_of(e.get(w("ilvl"))) == place.level)
        name_style(level, style.id)
        self.changed = True

    # --------------------------------------------------------------------------------------------- of ours

    def add_ours(self, styles: Mapping[Role, Style], indents: Sequence[int]) -> None:
        """Add our lists for the roles that need them, and bind the styles that we made to their levels."""
        for scheme in dict.fromkeys(NUMBERED[role][0] for role in NUMBERED if role in self.ours):
            self._add(scheme, styles, indents)
        for role in NUMBERED:
            if role not in self.ours and self.choices[role].how is How.MADE:
                place = self.places[role]
                self._name(place, styles[role])
                bind(styles[role], place.list_id, place.level)
        for role, source in SHARES_LEVEL.items():
            self.places[role] = self.places[source]
            if source in self.ours:
                self.ours.add(role)

    def _add(self, scheme: str, styles: Mapping[Role, Style], indents: Sequence[int]) -> None:
        roles = {entry[1]: role for role, entry in NUMBERED.items() if entry[0] == scheme and role in self.ours}
        donor_place = self.donor.lists.places[self.donor.styles[next(iter(roles.values()))].id]
        pattern = abstract_lists(self.donor.numbering)[self.donor.lists.family[donor_place.list_id]]
        element = copy.deepcopy(pattern)
        root = self._root()
        definition = str(_free(root, "abstractNum", "abstractNumId"))
        list_id = str(_free(root, "num", "numId"))
        element.set(w("abstractNumId"), definition)
        marks = {value.get(w("val")) for value in root.iter(w("nsid"))}
        mark = next(f"{n:08X}" for n in range(_OUR_MARK + 1, _OUR_MARK + 0x10000) if f"{n:08X}" not in marks)
        for tag in ("nsid", "tmpl"):
            for child in element.findall(w(tag)):
                child.set(w("val"), mark)
        for level in element.findall(w("lvl")):
            self._fit_level(level, roles, styles, list_id, indents)
        first = root.find(w("num"))
        root.insert(list(root).index(first), element) if first is not None else _append(root, element)
        num = etree.Element(w("num"))
        num.set(w("numId"), list_id)
        etree.SubElement(num, w("abstractNumId")).set(w("val"), definition)
        _append(root, num)
        self.changed = True

    def _fit_level(
        self,
        level: etree._Element,
        roles: Mapping[int, Role],
        styles: Mapping[Role, Style],
        list_id: str,
        indents: Sequence[int],
    ) -> None:
        at = number_of(level.get(w("ilvl")))
        role = roles.get(at)
        for name in level.findall(w("pStyle")):
            level.remove(name)
        _plain(level, self.donor.indents(), indents)
        if role is None:
            return
        self.places[role] = Place(list_id, at)
        if self.choices[role].how is How.MADE:
            name_style(level, styles[role].id)
            bind(styles[role], list_id, at)

    def _root(self) -> etree._Element:
        if self.numbering is None:
            self.numbering = etree.Element(w("numbering"), nsmap={"w": w("")[1:-1]})
        return self.numbering


def used_families(document: etree._Element, sheet: StyleSheet, lists: Lists) -> frozenset[str]:
    """Return the families of lists that paragraphs of the house file itself count in."""
    return frozenset(_families(document, sheet, lists))


def _families(document: etree._Element, sheet: StyleSheet, lists: Lists) -> Iterator[str]:
    plain = sheet.default("paragraph")
    for paragraph in document.iter(w("p")):
        properties = paragraph.find(w("pPr"))
        number = value_of(properties.find(w("numPr")), "numId") if properties is not None else ""
        if not number:
            style = sheet.by_id(value_of(properties, "pStyle")) or plain
            number = sheet.list_of(style) if style else ""
        if number in lists.family:
            yield lists.family[number]


def _prints(level: Level, kind: str, text: str) -> bool:
    return level.format == kind and level.text.removesuffix(".") == text.removesuffix(".")


def _plain(level: etree._Element, steps: Sequence[int], indents: Sequence[int]) -> None:
    """Take font, size and colour out of a level and move it to the house's steps."""
    for look in level.findall(w("rPr")):
        for child in [c for c in look if c.tag in map(w, ("rFonts", "color", "sz", "szCs"))]:
            look.remove(child)
        if len(look) == 0:
            level.remove(look)
    if _LETTERS.search(value_of(level, "lvlText")):
        return  # words stand in front: the room for them has nothing to do with steps
    for indent in level.iter(w("ind")):
        left, hanging = number_of(indent.get(w("left"))), number_of(indent.get(w("hanging")))
        where = moved(left, steps, indents)
        indent.set(w("left"), str(where))
        indent.set(w("hanging"), str(where - moved(left - hanging, steps, indents)))
    for stop in level.iter(w("tab")):
        stop.set(w("pos"), str(moved(number_of(stop.get(w("pos"))), steps, indents)))


def _free(root: etree._Element, tag: str, attribute: str) -> int:
    return max((number_of(one.get(w(attribute))) for one in root.findall(w(tag))), default=0) + 1


def _append(root: etree._Element, element: etree._Element) -> None:
    """Put an element last, but for what must stand after all lists."""
    end = root.find(w("numIdMacAtCleanup"))
    if end is not None:
        end.addprevious(element)
    else:
        root.append(element)
