"""Styles that a house file lacks, made from those of the neutral template in the house's own look.

A made style says distances, indents, borders without colour and what keeps together. Font, size and colour are
the house's: a style of ours that brought them would make a page of two looks. Only where the house has no heading
to start from is the size of a heading worked out, from the size of the house's text.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree

from agreementkit.writers.word.house.casting import Choice
from agreementkit.writers.word.house.donor import Donor
from agreementkit.writers.word.markup import w
from agreementkit.writers.word.styles.roles import Role
from agreementkit.writers.word.styles.stylesheet import Style, StyleSheet, number_of, put, value_of

_RUN_LOOK = ("rFonts", "color", "highlight", "shd", "lang")
_SIZES = ("sz", "szCs")
_ROLES = {role.value.lower(): role for role in Role}
_SMALL = frozenset({"footnote text"})
"""Styles that are smaller than plain text in every house."""

# Children of w:pPr that come after w:numPr and w:pageBreakBefore, as the schema orders them.
_AFTER_NUMBER = (
    "suppressLineNumbers", "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct",
    "topLinePunct", "autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid", "spacing", "ind",
    "contextualSpacing", "mirrorIndents", "suppressOverlap", "jc", "textDirection", "textAlignment",
    "textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr", "pPrChange",
)  # fmt: skip
_AFTER_BREAK = ("framePr", "widowControl", "numPr", *_AFTER_NUMBER)
_AFTER_NEXT = (
    "link", "autoRedefine", "hidden", "uiPriority", "semiHidden", "unhideWhenUsed", "qFormat", "locked", "personal",
    "personalCompose", "personalReply", "rsid", "pPr", "rPr", "tblPr", "trPr", "tcPr", "tblStylePr",
)  # fmt: skip
_AFTER_OUTLINE = ("divId", "cnfStyle", "rPr", "sectPr", "pPrChange")


@dataclass(slots=True)
class Lender:
    """Makes the styles that are missing.

    Attributes:
        sheet: Styles of the house file; made styles are added to it.
        donor: The neutral template.
        choices: What was chosen for each role.
        indents: Indent of text at each step, in twips.
        made: Styles made so far by name in lower case.
    """

    sheet: StyleSheet
    donor: Donor
    choices: Mapping[Role, Choice]
    indents: Sequence[int]
    made: dict[str, Style] = field(default_factory=dict)

    def style(self, role: Role) -> Style:
        """Return the style of a role, made if there is none."""
        chosen = self.choices[role].style
        return chosen or self._named(self.donor.styles[role])

    def _named(self, pattern: Style) -> Style:
        """Return the house's style for a style of the neutral template: its own, or one made after it."""
        role = _ROLES.get(pattern.name.lower())
        chosen = self.choices[role].style if role else self.sheet.find(pattern.kind, pattern.name)
        return chosen or self.made.get(pattern.name.lower()) or self._make(pattern)

    def _make(self, pattern: Style) -> Style:
        element = copy.deepcopy(pattern.element)
        if element.get(w("default")):
            del element.attrib[w("default")]
        element.set(w("styleId"), self.sheet.free_id(pattern.id))
        base = self._base(pattern)
        for tag in ("basedOn", "next", "link"):
            for child in element.findall(w(tag)):
                if tag == "basedOn" and base is not None:
                    child.set(w("val"), base.id)
                else:
                    element.remove(child)
        self._plain(element, sized=self._sized(pattern, base))
        made = self.sheet.add(element)
        self.made[pattern.name.lower()] = made
        self._settle(made, pattern)
        self._lead_on(made, pattern)
        return made

    def _lead_on(self, made: Style, pattern: Style) -> None:
        """Say which style follows at the end of a paragraph, where the house has it or will have it."""
        following = self.donor.sheet.by_id(value_of(pattern.element, "next"))
        role = _ROLES.get(following.name.lower()) if following else None
        if role:
            put(made.element, _said("next", self.style(role).id), _AFTER_NEXT)

    def _base(self, pattern: Style) -> Style | None:
        above = self.donor.sheet.by_id(value_of(pattern.element, "basedOn"))
        if above is None:
            return None
        default = self.donor.sheet.default(above.kind)
        if default is not None and above.id == default.id:
            return self.sheet.default(above.kind)
        return self._named(above)

    def _sized(self, pattern: Style, base: Style | None) -> bool:
        """Whether a made style may say its size: a heading, where nothing in the house says how a heading looks."""
        plain = self.sheet.default("paragraph")
        own = {style.id for style in self.made.values()} | ({plain.id} if plain else set())
        larger = number_of(value_of(pattern.element.find(w("rPr")), "sz")) > self.donor.sheet.size()
        return pattern.name.lower() in _SMALL or (larger and all(one.id in own for one in self.sheet.line(base)))

    def _plain(self, element: etree._Element, *, sized: bool) -> None:
        """Take out of a style what is the house's to say."""
        for look in element.iter(w("rPr")):
            for child in [c for c in look if c.tag in map(w, _RUN_LOOK)]:
                look.remove(child)
            for child in [c for c in look if c.tag in map(w, _SIZES)]:
                if sized:
                    share = number_of(child.get(w("val"))) / self.donor.sheet.size()
                    child.set(w("val"), str(round(share * self.sheet.size())))
                else:
                    look.remove(child)
        for unwanted in list(element.iter(w("shd"), w("tabs"))):  # stops are made for the width of another page
            parent = unwanted.getparent()
            if parent is not None:
                parent.remove(unwanted)
        for border in element.iter():
            if border.get(w("color")):
                border.set(w("color"), "auto")
        for indent in element.iter(w("ind")):
            left = indent.get(w("left"))
            if left:
                indent.set(w("left"), str(moved(number_of(left), self.donor.indents(), self.indents)))
        for tag in ("rPr", "tcPr", "tblStylePr"):
            for empty in [e for e in element.iter(w(tag)) if len(e) == 0]:
                parent = empty.getparent()
                if parent is not None:
                    parent.remove(empty)

    def _settle(self, made: Style, pattern: Style) -> None:
        """Undo what a made style inherits from the house and must not do: number, page break, outline level."""
        if made.kind != "paragraph":
            return
        properties = properties_of(made.element)
        for old in properties.findall(w("numPr")):
            properties.remove(old)  # the list of the neutral template; ours is bound later
        if self.sheet.list_of(made):
            number = etree.Element(w("numPr"))
            etree.SubElement(number, w("numId")).set(w("val"), "0")
            put(properties, number, _AFTER_NUMBER)
        breaks = self.donor.sheet.switch(pattern, "pPr/pageBreakBefore")
        if self.sheet.switch(made, "pPr/pageBreakBefore") != breaks:
            put(properties, _said("pageBreakBefore", "1" if breaks else "0"), _AFTER_BREAK)
        level = self.donor.sheet.outline(pattern)
        if self.sheet.outline(made) != level:
            put(properties, _said("outlineLvl", str(level)), _AFTER_OUTLINE)
        if len(properties) == 0:
            made.element.remove(properties)


def moved(indent: int, steps: Sequence[int], indents: Sequence[int]) -> int:
    """Return an indent of the neutral template, which has these `steps`, moved to where the house's own are."""
    step = max(number for number, one in enumerate(steps) if one <= max(indent, 0))
    return indents[step] + indent - steps[step]


def bind(style: Style, list_id: str, level: int) -> None:
    """Bind a style that we made to a level of a list."""
    properties = properties_of(style.element)
    for old in properties.findall(w("numPr")):
        properties.remove(old)
    number = etree.Element(w("numPr"))
    if level:
        etree.SubElement(number, w("ilvl")).set(w("val"), str(level))
    etree.SubElement(number, w("numId")).set(w("val"), list_id)
    put(properties, number, _AFTER_NUMBER)


def properties_of(style: etree._Element) -> etree._Element:
    """Return the paragraph properties of a style, put in their place if there are none."""
    found = style.find(w("pPr"))
    if found is None:
        found = etree.Element(w("pPr"))
        put(style, found, ("rPr", "tblPr", "trPr", "tcPr", "tblStylePr"))
    return found


def _said(tag: str, value: str) -> etree._Element:
    element = etree.Element(w(tag))
    element.set(w("val"), value)
    return element
