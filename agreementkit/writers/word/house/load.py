"""Loading a house: a shipped one, a Word file of an organisation, or a house style with its mapping."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from agreementkit.cache import code_stamp, kept, key_of
from agreementkit.errors import TemplateError
from agreementkit.writers.word.house.donor import shipped_template
from agreementkit.writers.word.house.house import House
from agreementkit.writers.word.house.mapping import HouseStyle, read_house_style
from agreementkit.writers.word.house.patching import patch_stamp
from agreementkit.writers.word.house.record import from_data, to_data
from agreementkit.writers.word.package.intake import refuse

if TYPE_CHECKING:
    from agreementkit.writers.word.house.examine import Examined

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
        found = _from_earlier(key, content, style)
        if len(_PREPARED) >= _MOST_PREPARED:
            _PREPARED.clear()
        prepared = _PREPARED[key] = found
    return prepared


def _from_earlier(key: tuple[str, bytes, str], content: bytes, style: HouseStyle) -> House:
    """Return a house as an earlier run has kept it; where none has, examine its file, and keep it if it has no fault.

    What is kept depends on the file, the styles asked for, the neutral template that lends what is missing, and the
    code, docxtpl's too.
    """
    file, digest, names = key
    cache = kept()
    neutral = hashlib.sha256(shipped_template().read_bytes()).hexdigest() if cache else ""
    stamp = (code_stamp("writers/word"), patch_stamp()) if cache else ()
    record = key_of("house", digest.hex(), names, neutral, *stamp)
    if cache:
        with suppress(ValueError):
            return from_data(cache.read(record), file)
    from agreementkit.writers.word.house.examine import examine  # with Jinja, which what is kept does not need

    examined = examine(content, file, style.styles)
    if examined.house is None:
        raise TemplateError(*examined.faults)
    if cache:
        cache.write(record, to_data(examined.house))
    return examined.house


def examine_house(style: HouseStyle) -> Examined:
    """Return what is known of a house, usable or not.

    Raises:
        TemplateError: The file is no house file at all, or cannot be read.
    """
    from agreementkit.writers.word.house.examine import examine

    return examine(_read(style), str(style.template), style.styles)


def _read(style: HouseStyle) -> bytes:
    if style.content is not None:
        return style.content
    try:
        return style.template.read_bytes()
    except OSError as fault:
        message = f"The template cannot be read: {fault.strerror}."
        raise refuse(str(style.template), "AK605", message, "check the path of the template") from fault
