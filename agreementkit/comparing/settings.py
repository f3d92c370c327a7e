"""The settings in which two configurations differ, in words, and where their values stand in the agreements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from agreementkit.assemble.filters import format_date
from agreementkit.config import Config
from agreementkit.config.paths import Resolved, resolve_type
from agreementkit.explaining.trail import in_words
from agreementkit.tree.nodes import Blank, Document, Value
from agreementkit.tree.walk import BLANK, division_inlines, divisions

_NAMES = ("short", "name", "id")


@dataclass(frozen=True, slots=True)
class Spot:
    """A numbered place in an agreement.

    Attributes:
        agreement: Precedent id of the agreement.
        title: Its title.
        id: Id of the division.
        number: Its number as a reference says it, or "".
    """

    agreement: str
    title: str
    id: str
    number: str

    def __str__(self) -> str:
        return f"{self.title}, {self.number or self.id}"


@dataclass(frozen=True, slots=True)
class SettingChange:
    """A setting with two values.

    Attributes:
        path: Its path: `time_off.notice_days`.
        question: What it means.
        old: The old value in words.
        new: The new value in words.
        where: Where a value of it stands in the new agreements, or where it stood in the old ones.
    """

    path: str
    question: str
    old: str
    new: str
    where: tuple[Spot, ...]


def differing(old: Config, new: Config) -> Iterator[tuple[str, Any, Any]]:
    """Yield every setting in which two configurations differ: its path and the two values. A list is one setting."""
    yield from _below(old, new, "")


def _below(old: BaseModel, new: BaseModel, prefix: str) -> Iterator[tuple[str, Any, Any]]:
    for name in type(old).model_fields:
        one, other = getattr(old, name), getattr(new, name)
        if one == other:
            continue
        if isinstance(one, BaseModel) and isinstance(other, BaseModel):
            yield from _below(one, other, f"{prefix}{name}.")
        elif isinstance(one, Mapping) and isinstance(other, Mapping):
            yield from _options(one, other, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", one, other


def _options(old: Mapping[str, Any], new: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, Any, Any]]:
    """Yield the options of packs that differ: they lie two levels deep, below the ids of the packs."""
    for key in dict.fromkeys((*old, *new)):
        one, other = old.get(key), new.get(key)
        if isinstance(one or other, Mapping):
            yield from _options(one or {}, other or {}, f"{prefix}{key}.")
        elif one != other:
            yield f"{prefix}{key}", one, other


def question(path: str) -> str:
    """Return what a setting means, or its path where only a pack knows."""
    found = resolve_type(path.split("."))
    return (found.question or found.description).rstrip(".") if found else path


def said(path: str, value: object) -> str:
    """Return the value of a setting in words, with its unit."""
    return _said(value, resolve_type(path.split(".")))


def _said(value: object, found: Resolved | None) -> str:
    if isinstance(value, dt.date):
        return format_date(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,} {_unit(found.unit, value)}".rstrip() if found else f"{value:,}"
    if isinstance(value, tuple | list):
        return "; ".join(_said(one, None) for one in value) if value else "none"
    if isinstance(value, BaseModel):
        return _model(value)
    return in_words(value)


def _model(value: BaseModel) -> str:
    """Return an entry of a list: its name, and whatever else was given."""
    name = next((key for key in _NAMES if isinstance(getattr(value, key, None), str) and getattr(value, key)), "")
    given = [
        f"{key.replace('_', ' ')}: {_said(getattr(value, key), resolve_type((key,), type(value)))}"
        for key in type(value).model_fields
        if key in value.model_fields_set and key not in _NAMES
    ]
    rest = ", ".join(given)
    return f"{getattr(value, name)} ({rest})" if name and rest else getattr(value, name) if name else rest or "given"


def _unit(unit: str, value: int) -> str:
    """Return the unit of a number, in the singular for one."""
    if value != 1:
        return unit
    words = unit.split(" ")
    for at, word in enumerate(words):
        if word.endswith("ies"):
            return " ".join((*words[:at], f"{word[:-3]}y", *words[at + 1 :]))
        if word.endswith("s"):
            return " ".join((*words[:at], word[:-1], *words[at + 1 :]))
    return unit


def spots(documents: Iterable[Document], path: str) -> tuple[Spot, ...]:
    """Return where a value of a setting, or of an entry of it, is printed, each division once."""
    found: dict[Spot, None] = {}
    for document in documents:
        for division in divisions(document):
            for inline in division_inlines(division):
                if isinstance(inline, Value | Blank) and _belongs(inline.path, path):
                    number = division.number.label if division.number else ""
                    found[Spot(document.precedent, document.title, division.id, number)] = None
    return tuple(found)


def _belongs(printed: str, path: str) -> bool:
    return printed == path or printed.startswith((f"{path}.", f"{path}["))


def of_configurations(
    old: Config, new: Config, before: Iterable[Document], now: Iterable[Document]
) -> list[SettingChange]:
    """Return the settings in which two configurations differ, each with where it stands."""
    before, now = tuple(before), tuple(now)
    return [
        SettingChange(path, question(path), said(path, one), said(path, other), spots(now, path) or spots(before, path))
        for path, one, other in differing(old, new)
    ]


def of_documents(before: Iterable[Document], now: Iterable[Document]) -> list[SettingChange]:
    """Return the printed values in which two sets of agreements differ, where their configurations are not known."""
    before, now = tuple(before), tuple(now)
    old, new = _printed(before), _printed(now)
    return [
        SettingChange(
            path,
            question(path),
            "; ".join(old[path]),
            "; ".join(new[path]),
            spots(now, path) or spots(before, path),
        )
        for path in old
        if path in new and sorted(old[path]) != sorted(new[path])
    ]


def _printed(documents: Iterable[Document]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for document in documents:
        for division in divisions(document):
            for inline in division_inlines(division):
                text = inline.text if isinstance(inline, Value) else BLANK if isinstance(inline, Blank) else ""
                if isinstance(inline, Value | Blank) and inline.path and text not in found.setdefault(inline.path, []):
                    found[inline.path].append(text)
    return found
