"""What Word will print in front of a paragraph: the lists of a house file, their levels, and a counter.

Numbers are never typed. Each numbered style is bound to a level of a list and the level is bound back to the
style; this module reads both halves and counts as Word does, so that a label the tree promises can be
compared with the label the reader will see.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from agreementkit.writers.word.markup import MC, w
from agreementkit.writers.word.styles.stylesheet import number_of, value_of

_PLACEHOLDER = re.compile(r"%([1-9])")
_LEVELS = 9
"""How many levels a list of Word has."""
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list.

    Attributes:
        format: Number format, such as `decimal`.
        text: Label text, such as `%1.%2`.
        start: First number.
        indent: Left indent of the text, in twips.
        hanging: How far left of it the number stands.
        ordinary: Whether the counter here counts it as Word does: no restart or override of its own.
    """

    format: str
    text: str
    start: int = 1
    indent: int = 0
    hanging: int = 0
    ordinary: bool = True


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the lists a style stands."""

    list_id: str
    level: int


NOWHERE = Place("0", 0)
"""What a paragraph says that must not be numbered though its style is."""


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


@lru_cache(maxsize=1024)
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
    """Read the lists of a house file and the styles that are bound to them."""
    if numbering is None:
        return Lists({}, {}, {})
    definitions = abstract_lists(numbering)
    bound = {
        key: {value_of(level, "pStyle"): number_of(level.get(w("ilvl"))) for level in one.findall(w("lvl"))}
        for key, one in definitions.items()
    }
    levels: dict[str, dict[int, Level]] = {}
    family: dict[str, str] = {}
    for num in numbering.findall(w("num")):
        number, key = num.get(w("numId")) or "", value_of(num, "abstractNumId")
        if number and key in definitions:
            ordinary = num.find(w("lvlOverride")) is None
            family[number] = definitions[key].get(w("abstractNumId")) or ""
            levels[number] = {
                number_of(level.get(w("ilvl"))): _read_level(level, ordinary=ordinary)
                for level in definitions[key].findall(w("lvl"))
            }
    places: dict[str, Place] = {}
    for style in styles.findall(w("style")):
        number, style_id = value_of(style.find(f"{w('pPr')}/{w('numPr')}"), "numId"), style.get(w("styleId")) or ""
        names = bound[family[number]] if number in family else {}
        if style_id and style_id in names:
            places[style_id] = Place(number, names[style_id])
    return Lists(levels, family, places)


def abstract_lists(numbering: etree._Element) -> dict[str, etree._Element]:
    """Return the definitions of lists by id; one that only points at a list style is the one pointed at."""
    own = {one.get(w("abstractNumId")) or "": one for one in numbering.findall(w("abstractNum"))}
    styled = {value_of(one, "styleLink"): one for one in own.values()}
    return {key: styled.get(value_of(one, "numStyleLink") or "-", one) for key, one in own.items()}


def _read_level(level: etree._Element, *, ordinary: bool) -> Level:
    indent = level.find(f"{w('pPr')}/{w('ind')}")
    left = (indent.get(w("left")) or indent.get(w("start"))) if indent is not None else None
    odd = any(level.find(one) is not None for one in (w("lvlRestart"), w("isLgl"), f"{{{MC}}}AlternateContent"))
    return Level(
        value_of(level, "numFmt") or "decimal",
        value_of(level, "lvlText"),
        number_of(value_of(level, "start"), 1),
        number_of(left),
        number_of(indent.get(w("hanging"))) if indent is not None else 0,
        ordinary and not odd,
    )


def example(level: Level) -> str:
    """Return what a level prints in front of a first paragraph: `1.1`, `(a)`, `Schedule 1`; a dot for a bullet."""
    if level.format == "bullet":
        return "•"
    last = int((_PLACEHOLDER.findall(level.text) or ["1"])[-1])

    def shown(found: re.Match[str]) -> str:
        return format_number(level.start if int(found.group(1)) == last else 1, level.format)

    return _PLACEHOLDER.sub(shown, level.text)


class _Part(NamedTuple):
    """A part of a label: words, and behind them the number of a level."""

    before: str
    level: int
    start: int
    format: str


@dataclass(frozen=True, slots=True)
class _Label:
    """What stands in front of the paragraphs of a place, where it starts, the counts of its list."""

    parts: tuple[_Part, ...]
    end: str
    start: int
    counts: list[int]


@dataclass(slots=True)
class Counter:
    """Counts paragraphs as Word does and says what stands in front of each."""

    lists: Lists
    _counts: dict[str, list[int]] = field(default_factory=dict)
    _labels: dict[tuple[str, int], _Label] = field(default_factory=dict)

    def next(self, place: Place) -> str:
        """Count one paragraph at `place` and return its label: `7.2`, `(a)`, `Schedule 1`."""
        at = place.level
        label = self._labels.get((place.list_id, at)) or self._label(place)
        counts = label.counts
        counts[at] = counts[at] + 1 if counts[at] else label.start
        counts[at + 1 :] = [0] * (_LEVELS - at - 1)
        shown = [f"{before}{format_number(counts[of] or start, kind)}" for before, of, start, kind in label.parts]
        return f"{''.join(shown)}{label.end}"

    def _label(self, place: Place) -> _Label:
        """Read a label's text once, and not for each paragraph."""
        levels = self.lists.levels.get(place.list_id, {})
        key = self.lists.family.get(place.list_id, place.list_id)
        level = levels.get(place.level, Level("decimal", ""))
        *found, end = _PLACEHOLDER.split(level.text)  # texts, and between them what the pattern found
        parts = []
        for before, number in zip(found[::2], found[1::2], strict=True):
            shown = levels.get(int(number) - 1, level)
            parts.append(_Part(before, int(number) - 1, shown.start, shown.format))
        counts = self._counts.setdefault(key, [0] * _LEVELS)
        label = self._labels[place.list_id, place.level] = _Label(tuple(parts), end, level.start, counts)
        return label
