"""What the checks of the arrangement share: where something stands in the set, what was given, and counting."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Any
from weakref import WeakKeyDictionary

from agreementkit.checks.kinds import Found, at
from agreementkit.checks.scene import Passage, Scene
from agreementkit.config import Config
from agreementkit.tree.nodes import Value

_INDEX = re.compile(r"\[\d+\]")
_PRINTED: WeakKeyDictionary[Scene, Mapping[str, tuple[Passage, Value]]] = WeakKeyDictionary()


def standing(scene: Scene, *ids: str) -> Passage | None:
    """Return the first passage of the first of these divisions that stands in an agreement of the set."""
    for id_ in ids:
        for document in scene.documents:
            if id_ in scene.ids[document.precedent]:
                for one in scene.passages_of(document.precedent):
                    if one.division == id_:
                        return one
    return None


def stands(scene: Scene, *ids: str) -> bool:
    """Whether one of these divisions stands in an agreement of the set."""
    return any(id_ in there for there in scene.ids.values() for id_ in ids)


def printed(scene: Scene) -> Mapping[str, tuple[Passage, Value]]:
    """Return the configured values that stand in the set by their full path, each where it stands first."""
    known = _PRINTED.get(scene)
    if known is None:
        found: dict[str, tuple[Passage, Value]] = {}
        for passage in scene.passages:
            for _, inline in passage.pieces:
                if type(inline) is Value:
                    found.setdefault(inline.path, (passage, inline))
        known = _PRINTED[scene] = found
    return known


def is_printed(scene: Scene, path: str) -> bool:
    """Whether a value of this setting, or of an entry of this list, stands in the set."""
    wanted = _INDEX.sub("", path)
    return any(
        plain == wanted or plain.startswith(f"{wanted}.") for plain in (_INDEX.sub("", one) for one in printed(scene))
    )


def says(passage: Passage | None, message: str, *hints: str, path: str) -> Found:
    """Return a finding that begins with the place where the words stand, or with the message where they do not."""
    return at(passage, message, *hints, path=path) if passage else Found(message, hints, path=path)


def given(config: Config, path: str) -> bool:
    """Whether somebody gave this setting a value of their own: written, and not what it would be without."""
    *sections, name = path.split(".")
    model: Any = config
    for section in sections:
        model = getattr(model, section)
        if model is None:
            return False
    field = type(model).model_fields[name]
    default = field.get_default(call_default_factory=True)
    return name in model.model_fields_set and getattr(model, name) != default


def plain(text: str) -> str:
    """Return a name or phrase without what does not tell it from another: case, "the", punctuation."""
    words = re.findall(r"[a-z0-9]+", text.casefold().replace("&", " and ").replace("'", "").replace("’", ""))
    return " ".join(words[1:] if words[:1] == ["the"] else words)


def count(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun: "1 seat", "3 seats"."""
    return f"{number} {noun if number == 1 else plural or f'{noun}s'}"


def listed(words: Iterable[str], last: str = "and") -> str:
    """Return words as a list: "a, b and c"."""
    *first, end = words
    return f"{', '.join(first)} {last} {end}" if first else end


def day(date: dt.date) -> str:
    """Return a date as the text prints it: "1 April 2026"."""
    return f"{date.day} {calendar.month_name[date.month]} {date.year}"


def months_after(date: dt.date, months: int) -> dt.date:
    """Return the same day so many months later, or the last of that month if it has no such day."""
    whole = date.month - 1 + months
    year, month = date.year + whole // 12, whole % 12 + 1
    if year > dt.MAXYEAR:
        return dt.date.max
    return dt.date(year, month, min(date.day, calendar.monthrange(year, month)[1]))


def fewest_working_days(days: int) -> int:
    """Return the fewest days from Monday to Friday that so many calendar days can have."""
    return days // 7 * 5 + max(0, days % 7 - 2)


def most_working_days(days: int) -> int:
    """Return the most days from Monday to Friday that so many calendar days can have."""
    return days // 7 * 5 + min(5, days % 7)


def negotiates(config: Config) -> bool:
    """Whether recognition is for bargaining, at least for one group."""
    recognition = config.recognition
    groups = (*recognition.limited_groups, *(recognition.groups if recognition.bargaining_unit == "by-group" else ()))
    return recognition.degree == "full-bargaining" or any(group.degree == "full-bargaining" for group in groups)


def vesting(config: Config) -> dt.date | None:
    """Return vesting day, as its definition takes it."""
    return config.shadow.ends if config.shadow and config.shadow.ends else config.establishment.date


def start(config: Config) -> dt.date | None:
    """Return the day on which the agreements take effect, where it is known."""
    mode = config.dates.commencement_mode
    if mode == "vesting":
        return vesting(config)
    return config.dates.commencement if mode == "fixed" else None
