"""What a house is made of: a hash of its Word file, and of the house style that names it."""

from __future__ import annotations

import hashlib
from pathlib import Path

from agreementkit.errors import TemplateError
from agreementkit.writers.word.house.mapping import ENDINGS, HouseStyle, read_house_style
from agreementkit.writers.word.package.intake import refuse


def house_files(house: Path | HouseStyle) -> dict[str, str]:
    """Return the SHA-256 of each file of a house by its name; of a house style with line ends as on Linux.

    Args:
        house: A Word file, or a house style, which names one; or one that a pack brings, whose mapping is among the
            texts of the pack.

    Raises:
        TemplateError: The house style is not sound, or a file cannot be read.
    """
    if isinstance(house, HouseStyle):
        return {house.template.name: hashlib.sha256(house.content or b"").hexdigest()}
    found: dict[str, str] = {}
    for file in dict.fromkeys((house, read_house_style(house).template)):
        try:
            data = file.read_bytes()
        except OSError as fault:
            hint = "check the path of the template"
            raise refuse(str(file), "AK605", f"The template cannot be read: {fault.strerror}.", hint) from fault
        if file.suffix.lower() in ENDINGS:
            data = data.replace(b"\r\n", b"\n")
        found[file.name] = hashlib.sha256(data).hexdigest()
    return found


def house_files_or_none(house: Path | HouseStyle) -> dict[str, str]:
    """Return the same, or nothing for a house that cannot be used; whoever writes Word with it hears why."""
    try:
        return house_files(house)
    except TemplateError:
        return {}
