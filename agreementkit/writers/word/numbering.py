"""What Word will print in front of a paragraph: the lists of a house file, their levels, and a counter.

Numbers are never typed. Each numbered style is bound to a level of a list and the level is bound back to the
style; this module reads both halves and counts as Word does, so that a label the tree promises can be
compared with the label the reader will see.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from agreementkit.writers.word.markup import w

_PLACEHOLDER = re.compile(r"%([1-9])")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: number format, label text such as `%1.%2`, first number, left indent in twips."""

    format: str
    text: str
    start: int = 1
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the lists a style stands."""

    list_id: str
    level: int


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists of a house file.

    Attributes:
        levels: Levels of each list, by its `w:numId`.
        family: The abstract list behind each `w:numId`; lists of one family count together.
        places: The list and level each style id is bound to, in both directions.
    """

    levels: Mapping[str, Mapping[int, Level]]
    family: Mapping[str, str]
    places: Mapping[str, Place]

    def level(self, place: Place) -> Level | None:
        """Return the definition behind a place."""
        return self.levels.get(place.list_id, {}).get(place.level)


def letters(number: int) -> str:
    """Return `number` as Word's lower letters: a to z, then aa, bb, cc (not aa, ab, ac)."""
    repeat, index = divmod(number - 1, 26)
    return chr(ord("a") + index) * (repeat + 1)


def roman(number: int) -> str:
    """Return `number` as lower-case Roman numerals."""
    out = ""
    for value, sign in _ROMAN:
        while number >= value:
            out += sign
            number -= value
    return out


def format_number(number: int, kind: str) -> str:
    """Return `number` in one of Word's number formats (`decimal`, `lowerLetter`, ...)."""
    match kind:
        case "lowerLetter":
            return letters(number)
        case "upperLetter":
            return letters(number).upper()
        case "lowerRoman":
            return roman(number)
        case "upperRoman":
            return roman(number).upper()
        case "none":
            return ""
        case _:
            return str(number)


def read_lists(numbering: etree._Element | None, styles: etree._Element) -> Lists:
    """Read the lists of a house file and the styles that are bound to them both ways."""
    if numbering is None:
        return Lists({}, {}, {})
    abstract: dict[str, dict[int, Level]] = {}
    bound: dict[tuple[str, str], int] = {}
    for one in numbering.findall(w("abstractNum")):
        key = _val(one, "abstractNumId", own=True)
        abstract[key] = {}
        for level in one.findall(w("lvl")):
            index = int(_val(level, "ilvl", own=True) or 0)
            indent = level.find(f"{w('pPr')}/{w('ind')}")
            left = indent.get(w("left")) or indent.get(w("start")) if indent is not None else None
            abstract[key][index] = Level(
                _child(level, "numFmt") or "decimal",
                _child(level, "lvlText"),
                int(_child(level, "start") or 1),
                int(left or 0),
            )
            style = _child(level, "pStyle")
            if style:
                bound[key, style] = index
    family = {_val(num, "numId", own=True): _child(num, "abstractNumId") for num in numbering.findall(w("num"))}
    places = {}
    for style_element in styles.findall(w("style")):
        number = style_element.find(f"{w('pPr')}/{w('numPr')}/{w('numId')}")
        style_id = style_element.get(w("styleId")) or ""
        list_id = (number.get(w("val")) or "") if number is not None else ""
        at = bound.get((family.get(list_id, ""), style_id))
        if at is not None:
            places[style_id] = Place(list_id, at)
    return Lists({num: abstract.get(key, {}) for num, key in family.items()}, family, places)


def _val(element: etree._Element, name: str, *, own: bool = False) -> str:
    return (element.get(w(name if own else "val")) or "") if element is not None else ""


def _child(element: etree._Element, name: str) -> str:
    child = element.find(w(name))
    return (child.get(w("val")) or "") if child is not None else ""


@dataclass(slots=True)
class Counter:
    """Counts paragraphs as Word does and says what stands in front of each."""

    lists: Lists
    _counts: dict[str, list[int]] = field(default_factory=dict)

    def next(self, place: Place) -> str:
        """Count one paragraph at `place` and return its label: `7.2`, `(a)`, `Schedule 1`."""
        levels = self.lists.levels.get(place.list_id, {})
        key = self.lists.family.get(place.list_id, place.list_id)
        counts = self._counts.setdefault(key, [0] * 9)
        level = levels.get(place.level, Level("decimal", ""))
        counts[place.level] = counts[place.level] + 1 if counts[place.level] else level.start
        for deeper in range(place.level + 1, 9):
            counts[deeper] = 0

        def shown(found: re.Match[str]) -> str:
            index = int(found.group(1)) - 1
            part = levels.get(index, level)
            return format_number(counts[index] or part.start, part.format)

        return _PLACEHOLDER.sub(shown, level.text)
