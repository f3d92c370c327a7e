"""Who plays which role: the styles of a house file, chosen by mapping, by our name, or by a name well known.

A style that plays a role may do things that the role must not do: be numbered, start a page, stand in the outline.
What its paragraphs need said besides the style is worked out here once, so that the writer only looks it up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from agreementkit.diagnostics import Diagnostic, Place, suggest
from agreementkit.writers.word.styles.numbering import NOWHERE
from agreementkit.writers.word.styles.numbering import Place as ListPlace
from agreementkit.writers.word.styles.purposes import PURPOSES
from agreementkit.writers.word.styles.roles import KINDS, NUMBERED, SHARES_LEVEL, Role
from agreementkit.writers.word.styles.stylesheet import BODY_LEVEL, Style, StyleSheet


class How(StrEnum):
    """How a role found its style."""

    HOUSE = "house style"
    MAPPED = "mapped"
    MADE = "made by us"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Asked:
    """A style that a mapping names, and where it does so."""

    name: str
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """The style chosen for a role; no style where we have to make one."""

    how: How
    style: Style | None = None


@dataclass(frozen=True, slots=True)
class Casting:
    """A role with its style, and what a paragraph in that role says besides its style.

    Attributes:
        how: How the style was found.
        style: Its id.
        name: Its name.
        place: Where the role's paragraphs count; None where they have no number.
        ours: Whether that is a list of ours.
        direct: List and level that a paragraph names itself.
        indent: Indents that a paragraph says itself, as XML attributes.
        outline: Outline level that a paragraph says itself.
        page_break: Whether a paragraph starts a page, where the style says otherwise.
        keep_next: Whether a paragraph says itself that it stays with the next.
    """

    how: How
    style: str
    name: str
    place: ListPlace | None = None
    ours: bool = False
    direct: ListPlace | None = None
    indent: str = ""
    outline: int | None = None
    page_break: bool | None = None
    keep_next: bool = False


PRINTED_APART = frozenset(
    {
        Role.TOC_1,
        Role.TOC_2,
        Role.SIGNATURE_LEAD,
        Role.SIGNATURE_LABEL,
        Role.SIGNATURE_LINE,
        Role.TABLE_TEXT,
        Role.TABLE_HEAD,
        Role.TABLE_SPACE,
        Role.NOTE,
        Role.COMMENT_TEXT,
        Role.FOOTNOTE_TEXT,
    }
)
"""Roles whose paragraphs say nothing besides their style: it must fit as it is."""


def choose(
    sheet: StyleSheet, mapping: Mapping[Role, Asked], headings: Mapping[Role, int], file: str
) -> tuple[dict[Role, Choice], list[Diagnostic]]:
    """Return a choice for every role, and the faults of the mapping.

    Args:
        sheet: Styles of the house file.
        mapping: Styles asked for by name.
        headings: Outline level of each role; 9 for running text.
        file: Name of the house file, for messages.
    """
    found: list[Diagnostic] = []
    choices: dict[Role, Choice] = {}
    for role in Role:
        asked = mapping.get(role)
        if asked is not None:
            style = sheet.find(_kind(role), asked.name)
            faults = list(_faults(sheet, role, asked, style, file))
            found += faults
            choices[role] = Choice(How.MISSING) if faults else Choice(How.MAPPED, style)
            continue
        own = sheet.find(_kind(role), role.value)
        style = own or next(_known(sheet, role, headings[role]), None)
        choices[role] = Choice(How.HOUSE, style) if style else Choice(How.MADE)
    return choices, found


def _kind(role: Role) -> str:
    return KINDS.get(role, "paragraph")


def _known(sheet: StyleSheet, role: Role, heading: int) -> Iterator[Style]:
    """Yield the styles of well-known names that fit: running text must not stand in the outline."""
    for name in PURPOSES[role].names:
        style = sheet.find(_kind(role), name)
        if style is None or sheet.switch(style, "rPr/vanish"):
            continue
        if heading == BODY_LEVEL and sheet.outline(style) != BODY_LEVEL:
            continue
        if role not in NUMBERED and role not in SHARES_LEVEL and sheet.list_of(style):
            continue
        yield style


def _faults(sheet: StyleSheet, role: Role, asked: Asked, style: Style | None, file: str) -> Iterator[Diagnostic]:
    kind, key = _kind(role), PURPOSES[role].key
    place = asked.place or Place(file)
    if style is None:
        other = next((k for k in ("paragraph", "character", "table", "numbering") if sheet.find(k, asked.name)), "")
        if other:
            yield Diagnostic(
                "AK633",
                f"The style {asked.name!r} of {file} is a {other} style; {key!r} needs a {kind} style.",
                place=place,
                hints=(f"name a {kind} style, or leave {key!r} out: it is then found or made",),
                path=key,
            )
            return
        names = sheet.names(kind)
        yield Diagnostic(
            "AK609",
            f"{file} has no {kind} style named {asked.name!r}.",
            place=place,
            hints=(*suggest(asked.name, names, "style"), f"leave {key!r} out: it is then found or made"),
            path=key,
        )
        return
    if sheet.switch(style, "rPr/vanish"):
        yield Diagnostic(
            "AK634",
            f"Text in the style {style.name!r} of {file} is hidden; nobody would read it.",
            place=place,
            hints=(f"name another style for {key!r}", "in Word: Modify Style, Format, Font, and untick Hidden"),
            path=key,
        )
    if role in PRINTED_APART and (sheet.list_of(style) or sheet.outline(style) != BODY_LEVEL):
        yield Diagnostic(
            "AK634",
            f"The style {style.name!r} of {file} is numbered or a heading, which {key!r} cannot be.",
            place=place,
            hints=(f"name a style of plain text for {key!r}", f"leave {key!r} out: it is then found or made"),
            path=key,
        )


def cast(
    role: Role,
    choice: Choice,
    style: Style,
    sheet: StyleSheet,
    pattern: tuple[StyleSheet, Style],
    place: ListPlace | None,
    *,
    ours: bool,
) -> Casting:
    """Return a role with its style and what its paragraphs must say besides it.

    Args:
        role: The role.
        choice: How its style was chosen.
        style: The style, which is in `sheet`.
        sheet: Styles of the house file, with those that we made.
        pattern: The style of the same role in the neutral template, which says what the role must do.
        place: Where its paragraphs count.
        ours: Whether they count in a list of ours.
    """
    if style.kind != "paragraph":
        return Casting(choice.how, style.id, style.name)
    donor, wanted = pattern
    made = choice.how is How.MADE
    direct: ListPlace | None = None
    if place is None and sheet.list_of(style):
        direct = NOWHERE
    elif place is not None and (role in SHARES_LEVEL or (ours and not made)):
        direct = place
    breaks = donor.switch(wanted, "pPr/pageBreakBefore")
    level = donor.outline(wanted)
    return Casting(
        choice.how,
        style.id,
        style.name,
        place,
        ours,
        direct,
        outline=level if sheet.outline(style) != level else None,
        page_break=breaks if sheet.switch(style, "pPr/pageBreakBefore") != breaks else None,
        keep_next=donor.switch(wanted, "pPr/keepNext") and not sheet.switch(style, "pPr/keepNext"),
    )
