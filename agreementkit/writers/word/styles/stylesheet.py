"""The styles of a Word file: found by name, and asked what they pass on to their paragraphs.

Names are compared without regard to case, for LibreOffice changes it; the ids of styles are never compared
with anything, for Word translates and renumbers them. It must not know the roles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from agreementkit.writers.word.markup import w

_HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)
_OFF = ("0", "false", "off", "none")
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
BODY_LEVEL = 9
"""The outline level of running text."""


@dataclass(frozen=True, slots=True)
class Style:
    """One style: its id, its name, its kind (`paragraph`, `character`, `table`, `numbering`) and its element."""

    id: str
    name: str
    kind: str
    element: etree._Element


class StyleSheet:
    """The styles part of a Word file."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        self._named: dict[tuple[str, str], Style] = {}
        self._ids: dict[str, Style] = {}
        aliases: list[tuple[tuple[str, str], Style]] = []
        for element in root.findall(w("style")):
            style = self._note(element)
            others = value_of(element, "aliases").split(",")
            aliases += [((style.kind, other.strip().lower()), style) for other in others if other.strip()]
        for key, style in aliases:
            self._named.setdefault(key, style)

    def _note(self, element: etree._Element) -> Style:
        style = Style(
            element.get(w("styleId")) or "",
            value_of(element, "name"),
            element.get(w("type")) or "paragraph",
            element,
        )
        if style.id and style.name:
            self._named.setdefault((style.kind, style.name.lower()), style)
            self._ids.setdefault(style.id, style)
        return style

    def find(self, kind: str, name: str) -> Style | None:
        """Return the style of a kind with a name or an alias."""
        return self._named.get((kind, name.strip().lower()))

    def by_id(self, style_id: str) -> Style | None:
        """Return the style with an id."""
        return self._ids.get(style_id)

    def default(self, kind: str) -> Style | None:
        """Return the style that paragraphs, runs or tables have which name none."""
        marked = (s for s in self._ids.values() if s.kind == kind and is_on(s.element.get(w("default")) or "0"))
        usual = {"paragraph": "Normal", "table": "Normal Table", "character": "Default Paragraph Font"}
        return next(marked, None) or self.find(kind, usual.get(kind, ""))

    def names(self, kind: str) -> list[str]:
        """Return the names of all styles of a kind."""
        return [style.name for style in self._ids.values() if style.kind == kind]

    def add(self, element: etree._Element) -> Style:
        """Add a style at the end."""
        self.root.append(element)
        return self._note(element)

    def free_id(self, wanted: str) -> str:
        """Return `wanted`, or something like it, as an id no style has; case does not tell ids apart."""
        taken = {style_id.lower() for style_id in self._ids}
        name, number = wanted, 1
        while name.lower() in taken:
            number += 1
            name = f"{wanted}{number}"
        return name

    def line(self, style: Style | None) -> Iterator[Style]:
        """Yield a style and what it is based on, as far as that goes."""
        seen: set[str] = set()
        while style is not None and style.id not in seen:
            seen.add(style.id)
            yield style
            style = self._ids.get(value_of(style.element, "basedOn"))

    def property(self, style: Style, path: str) -> etree._Element | None:
        """Return the nearest element at `path`, such as `pPr/keepNext`, that a style has or inherits."""
        steps = "/".join(w(step) for step in path.split("/"))
        return next((found for one in self.line(style) if (found := one.element.find(steps)) is not None), None)

    def switch(self, style: Style, path: str) -> bool:
        """Return whether a switch such as `pPr/keepNext` is on."""
        found = self.property(style, path)
        return found is not None and is_on(found.get(w("val")) or "1")

    def outline(self, style: Style) -> int:
        """Return the outline level of a style's paragraphs, from 0; 9 for running text.

        Word's own headings have their level whether the file says so or not.
        """
        for one in self.line(style):
            said = one.element.find(f"{w('pPr')}/{w('outlineLvl')}")
            if said is not None:
                return number_of(said.get(w("val")), BODY_LEVEL)
            heading = _HEADING.fullmatch(one.name)
            if heading:
                return int(heading.group(1)) - 1
        return BODY_LEVEL

    def list_of(self, style: Style) -> str:
        """Return the list (`w:numId`) that a style's paragraphs are numbered by, or nothing."""
        found = self.property(style, "pPr/numPr/numId")
        said = (found.get(w("val")) or "") if found is not None else ""
        return "" if said == "0" else said

    def size(self, style: Style | None = None) -> int:
        """Return the size of a style's text, or of plain text, in half points; Word's own is 20."""
        style = style or self.default("paragraph")
        said = self.property(style, "rPr/sz") if style else None
        if said is None:
            said = self.root.find("/".join(map(w, ("docDefaults", "rPrDefault", "rPr", "sz"))))
        return number_of(said.get(w("val")), 20) if said is not None else 20


def fonts_of(styles: etree._Element, theme: etree._Element | None) -> tuple[str, ...]:
    """Return the fonts that the styles of a file name, in the order in which they do: that of plain text first."""
    found: dict[str, None] = {}
    for fonts in styles.iter(w("rFonts")):
        role = fonts.get(w("asciiTheme")) or ""
        kind = "majorFont" if role.startswith("major") else "minorFont"
        said = theme.find(f".//{{{DRAWING}}}{kind}/{{{DRAWING}}}latin") if role and theme is not None else None
        name = said.get("typeface") if said is not None else fonts.get(w("ascii"))
        if name:
            found.setdefault(name)
    return tuple(found)


def value_of(element: etree._Element | None, child: str) -> str:
    """Return the `w:val` of a child element; nothing when it is not there."""
    found = element.find(w(child)) if element is not None else None
    return (found.get(w("val")) or "") if found is not None else ""


def is_on(value: str) -> bool:
    """Return what a switch says."""
    return value.lower() not in _OFF


def number_of(value: str | None, otherwise: int = 0) -> int:
    """Return a whole number from an attribute that somebody else wrote."""
    try:
        return int(float(value)) if value else otherwise
    except (ValueError, OverflowError):
        return otherwise


def put(parent: etree._Element, child: etree._Element, later: Sequence[str]) -> None:
    """Put a child where the schema wants it: in the place of its like, else before whatever comes `later`.

    `later` are names of WordprocessingML, or names in braces of others.
    """
    old = parent.find(child.tag)
    if old is not None:
        parent.replace(old, child)
        return
    tags = {tag if tag.startswith("{") else w(tag) for tag in later}
    at = next((number for number, one in enumerate(parent) if one.tag in tags), len(parent))
    parent.insert(at, child)
