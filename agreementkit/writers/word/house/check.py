"""What a house file has, lacks and gets: a report for people who make one.

It only says what `house` found; it decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from agreementkit.diagnostics import Diagnostic
from agreementkit.writers.word.house.casting import Casting, How
from agreementkit.writers.word.house.examine import Examined
from agreementkit.writers.word.house.filling import BODY_TOKEN, CONTENTS_TOKEN, COVER_TOKEN
from agreementkit.writers.word.house.load import examine_house
from agreementkit.writers.word.house.mapping import HouseStyle, read_house_style
from agreementkit.writers.word.styles.numbering import NOWHERE, example
from agreementkit.writers.word.styles.purposes import PURPOSES
from agreementkit.writers.word.styles.roles import SHARES_LEVEL, Role
from agreementkit.writers.word.styles.stylesheet import BODY_LEVEL

_TWIPS_A_MILLIMETRE = 1440 / 25.4


@dataclass(frozen=True, slots=True)
class RoleReport:
    """One role.

    Attributes:
        key: Its name in a house style.
        use: What stands in it.
        how: `house style`, `mapped`, `made by us` or `missing`.
        style: Name of the style that plays it; of the one asked for when that is missing.
        numbering: `house list`, `our list` or nothing.
        label: What the list prints, such as `1.1`.
        remarks: What else is to be known, with what can be done about it.
    """

    key: str
    use: str
    how: str
    style: str
    numbering: str
    label: str
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HouseReport:
    """A house file, usable or not.

    Attributes:
        file: The Word file.
        roles: Every role.
        places: Where cover, contents and text go, in words.
        fields: Fields that the file asks for.
        paper: The paper, in words.
        text_width: Width between the margins, in millimetres.
        fonts: Fonts that its styles name.
        advice: What could be better and stops nothing.
        faults: Why it cannot be used.
    """

    file: str
    roles: tuple[RoleReport, ...]
    places: tuple[str, ...]
    fields: tuple[str, ...]
    paper: str
    text_width: int
    fonts: tuple[str, ...]
    advice: tuple[str, ...]
    faults: tuple[Diagnostic, ...]

    @property
    def usable(self) -> bool:
        """Whether agreements can be written with it."""
        return not self.faults

    def as_dict(self) -> dict[str, object]:
        """Return the report as plain data for JSON output."""
        return {
            "file": self.file,
            "usable": self.usable,
            "faults": [fault.as_dict() for fault in self.faults],
            "paper": self.paper,
            "text_width_mm": self.text_width,
            "fonts": list(self.fonts),
            "places": list(self.places),
            "fields": list(self.fields),
            "advice": list(self.advice),
            "roles": [
                {
                    "role": role.key,
                    "use": role.use,
                    "found": role.how,
                    "style": role.style,
                    "numbering": role.numbering or None,
                    "label": role.label or None,
                    "remarks": list(role.remarks),
                }
                for role in self.roles
            ],
        }


def check_house(house: Path | HouseStyle) -> HouseReport:
    """Return a report on a house: a Word file, a house style with its mapping, or one that a pack brings.

    Raises:
        TemplateError: The file cannot be read as a house at all.
    """
    style = house if isinstance(house, HouseStyle) else read_house_style(house)
    examined = examine_house(style)
    return HouseReport(
        examined.file,
        tuple(_role(role, style, examined) for role in Role),
        tuple(_places(examined)),
        examined.fields,
        examined.page.paper,
        round(examined.page.text_width / _TWIPS_A_MILLIMETRE),
        examined.fonts,
        tuple(
            f"A picture in {where} has no description for those who cannot see it; in Word: right-click, View Alt Text"
            for where in examined.undescribed
        ),
        examined.faults,
    )


def _role(role: Role, style: HouseStyle, examined: Examined) -> RoleReport:
    casting = examined.dressed.cast[role]
    missing = casting.how is How.MISSING
    level = examined.dressed.lists.level(casting.place) if casting.place and not missing else None
    return RoleReport(
        PURPOSES[role].key,
        PURPOSES[role].use,
        casting.how.value,
        style.styles[role].name if missing else casting.name,
        ("our list" if casting.ours else "house list") if level else "",
        example(level) if level else "",
        tuple(_remarks(role, casting, examined)),
    )


def _remarks(role: Role, casting: Casting, examined: Examined) -> Iterator[str]:
    if casting.how is How.MISSING:
        found = next((fault for fault in examined.faults if fault.path == PURPOSES[role].key), None)
        yield from found.hints if found else ()
        return
    reason = examined.dressed.reasons.get(role)
    if reason:
        yield f"the style's own list is not used, for {reason}; mend it in Word: Define New Multilevel List"
    elif casting.ours and casting.direct is not None and role not in SHARES_LEVEL:
        yield "the style has no list; each paragraph names ours"
    if casting.direct == NOWHERE:
        yield "the style is numbered and the role is not; each paragraph switches the number off"
    if casting.outline is not None:
        level = f"Level {casting.outline + 1}" if casting.outline < BODY_LEVEL else "Body text"
        yield f"each paragraph says its outline level; in Word: Modify Style, Paragraph, Outline level, {level}"
    if casting.page_break is not None:
        yield f"each paragraph says that it {'starts a page' if casting.page_break else 'starts no page'}"


def _places(examined: Examined) -> Iterator[str]:
    found = examined.places
    if examined.claimed:
        yield "The text of the file is empty: the agreement takes it."
    elif BODY_TOKEN in found:
        yield f"The text of the agreement goes where {BODY_TOKEN} stands."
    if COVER_TOKEN in found:
        yield f"The lines of the cover go where {COVER_TOKEN} stands."
    else:
        yield "The lines of the cover go before the contents."
    if CONTENTS_TOKEN in found:
        yield f"The contents go where {CONTENTS_TOKEN} stands."
    else:
        yield "The contents go before the text."
    yield "The file shows the title itself." if examined.has_title else "The title is written before the cover lines."
