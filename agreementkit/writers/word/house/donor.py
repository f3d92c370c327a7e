"""The neutral template as a giver: its styles and lists say what a role must do, whatever file plays it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lxml import etree

from agreementkit._resources import data_path
from agreementkit.writers.word.package.intake import open_package, parse
from agreementkit.writers.word.styles.numbering import Lists, read_lists
from agreementkit.writers.word.styles.roles import KINDS, Role
from agreementkit.writers.word.styles.stylesheet import Style, StyleSheet

STEPS = (Role.SUB_CLAUSE, Role.PARAGRAPH, Role.SUB_PARAGRAPH)
"""Roles whose text stands one, two and three steps from the margin."""


@dataclass(frozen=True, slots=True)
class Donor:
    """The neutral template, read.

    Attributes:
        sheet: Its styles.
        numbering: Its numbering part.
        lists: Its lists.
        styles: Its style of each role.
    """

    sheet: StyleSheet
    numbering: etree._Element
    lists: Lists
    styles: Mapping[Role, Style]

    def indents(self) -> tuple[int, ...]:
        """Return where text stands at each step: at the margin, below a sub-clause, a paragraph, a sub-paragraph."""
        levels = (self.lists.level(self.lists.places[self.styles[role].id]) for role in STEPS)
        return (0, *(level.indent for level in levels if level))

    def headings(self) -> dict[Role, int]:
        """Return the outline level of each role; 9 for running text."""
        return {role: self.sheet.outline(style) for role, style in self.styles.items()}


def shipped_template() -> Path:
    """Return the path of the neutral house template that ships with the package."""
    return data_path("templates") / "word" / "neutral.docx"


@cache
def donor() -> Donor:
    """Return the neutral template; it is read once."""
    path = shipped_template()
    package = open_package(path.read_bytes(), str(path))
    links = {
        link.type.rsplit("/", 1)[-1]: package.target(package.main, link) for link in package.relationships(package.main)
    }
    sheet = StyleSheet(parse(package.parts[links["styles"]]))
    numbering = parse(package.parts[links["numbering"]])
    styles = {role: style for role in Role if (style := sheet.find(KINDS.get(role, "paragraph"), role.value))}
    return Donor(sheet, numbering, read_lists(numbering, sheet.root), styles)
