"""A question: what an answer is, how it is asked in words, and what it proposes. The words are those of the model."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from pydantic import BaseModel

from agreementkit.config.paths import Resolved, members

_SIMPLE = (str, int, date)
_MOST_COLUMNS = 5
_NULL = re.compile(r"; null .*$")


class Kind(StrEnum):
    """What an answer is."""

    CHOICE = "choice"
    SEVERAL = "several"
    YES_NO = "yes-no"
    NUMBER = "number"
    DATE = "date"
    TEXT = "text"
    TEXTS = "texts"
    ROWS = "rows"
    UNIONS = "unions"
    EMPLOYERS = "employers"


PARTIES = frozenset({Kind.EMPLOYERS, Kind.UNIONS})
"""Without an answer of these kinds there is no agreement."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    Attributes:
        path: The setting, such as `time_off.basis` or `employers[0].short`.
        kind: What an answer is.
        text: The question.
        help: What the setting means.
        choices: What may be chosen, each with its words.
        unit: What a number counts.
        default: What holds where there is no answer, as plain data; None for a blank.
        proposal: What is proposed: by a case, or worked out; the default where neither says anything.
        columns: Settings of an entry, where the answer is a list of entries.
        entry: Model of an entry, where the answer is a list of entries.
        optional: Whether there may be no value, which is not the same as a value that is still open.
        main: Whether it has a question of its own in the model; the others are small points.
    """

    path: str
    kind: Kind
    text: str
    help: str
    choices: Mapping[str, str]
    unit: str = ""
    default: Any = None
    proposal: Any = None
    columns: tuple[str, ...] = ()
    entry: type[BaseModel] | None = None
    optional: bool = False
    main: bool = True


@dataclass(frozen=True, slots=True)
class Topic:
    """A group of questions that may be asked after the essential ones.

    Attributes:
        title: What it is about.
        paths: Settings and sections that belong to it, in order.
    """

    title: str
    paths: tuple[str, ...]


def kind_for(path: str, found: Resolved) -> Kind | None:
    """Return what an answer for a setting is; None for what no question can be asked for."""
    if path == "unions":
        return Kind.UNIONS
    if path in ("agreements", "lnc.unions"):
        return Kind.SEVERAL
    if path == "hosting.host":
        return Kind.CHOICE
    if found.model is not None:
        return Kind.ROWS if found.is_list else None
    if found.is_list:
        return Kind.SEVERAL if found.choices else Kind.TEXTS
    if found.choices:
        return Kind.CHOICE
    return {bool: Kind.YES_NO, int: Kind.NUMBER, date: Kind.DATE, str: Kind.TEXT}.get(found.annotation)


def columns(found: Resolved) -> tuple[str, ...]:
    """Return the settings of an entry that one line can hold: texts, numbers and choices."""
    if found.model is None:
        return ()
    simple = {
        name: one
        for name, one in members(found.model).items()
        if not one.computed and not one.is_list and one.model is None and (one.choices or one.annotation in _SIMPLE)
    }
    return tuple(simple)[:_MOST_COLUMNS]


def worded(found: Resolved, kind: Kind) -> str:
    """Return a question made of what a setting means, for the small points that have none of their own."""
    said = _NULL.sub("", found.description.rstrip("."))
    if kind is Kind.YES_NO and said.startswith("Whether "):
        said = said.removeprefix("Whether ")
        return f"{said[:1].upper()}{said[1:]}: yes or no?"
    if kind is Kind.NUMBER and found.unit:
        return f"{said}: how many {found.unit}?"
    return f"{said}?" if said.startswith(("What", "Which", "Who", "How")) else f"{said}:"


def plain(value: Any) -> Any:
    """Return a value as it stands in a configuration file."""
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    dump = getattr(value, "model_dump", None)
    return dump(mode="json", round_trip=True, exclude_unset=True) if dump else value
