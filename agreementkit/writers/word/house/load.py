"""Loading a house: a shipped one, a Word file of an organisation, or a house style with its mapping."""

from __future__ import annotations

import hashlib
from pathlib import Path

from agreementkit.errors import TemplateError
from agreementkit.writers.word.house.donor import shipped_template
from agreementkit.writers.word.house.examine import Examined, examine
from agreementkit.writers.word.house.house import House
from agreementkit.writers.word.house.mapping import HouseStyle, read_house_style
from agreementkit.writers.word.package.intake import refuse

_PREPARED: dict[tuple[str, bytes, str], House] = {}
_MOST_PREPARED = 16


def load_house(house: Path | HouseStyle | None = None) -> House:
    """Return a house ready to be filled: that of a Word file or of a house style, or the shipped neutral one.

    Raises:
        TemplateError: The file cannot be read or cannot be used; every fault found is named.
    """
    style = house if isinstance(house, HouseStyle) else read_house_style(house or shipped_template())
    content = _read(style)
    names = "\0".join(f"{role.name}={asked.name}" for role, asked in style.styles.items())
    key = (str(style.template), hashlib.sha256(content).digest(), names)
    prepared = _PREPARED.get(key)
    if prepared is None:
        examined = examine(content, str(style.template), style.styles)
        if examined.house is None:
            raise TemplateError(*examined.faults)
        if len(_PREPARED) >= _MOST_PREPARED:
            _PREPARED.clear()
        prepared = _PREPARED[key] = examined.house
    return prepared


def examine_house(style: HouseStyle) -> Examined:
    """Return what is known of a house, usable or not.

    Raises:
        TemplateError: The file is no house file at all, or cannot be read.
    """
    return examine(_read(style), str(style.template), style.styles)


def _read(style: HouseStyle) -> bytes:
    if style.content is not None:
        return style.content
    try:
        return style.template.read_bytes()
    except OSError as fault:
        message = f"The template cannot be read: {fault.strerror}."
        raise refuse(str(style.template), "AK605", message, "check the path of the template") from fault
