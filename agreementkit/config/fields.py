"""What the configuration models are built from: base class, value types, short ways to declare a field.

Every field has a description, and every number a unit and bounds, because the same metadata makes the JSON
schema, the reference pages, the hints of fault messages and the check of expressions in clauses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, Strict, StringConstraints
from pydantic_core import PydanticCustomError

# Characters that XML 1.0, and so Word, cannot hold, and line ends other than the newline.
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


READ_FROM = "_read_from"
"""Under this name a configuration keeps where in its file each setting stands. It is no part of what it says."""

FOLDER = "_folder"
"""Under this name it keeps the folder of its file, to which paths in it are relative."""


class Section(BaseModel):
    """Base of every configuration model: closed to unknown keys and unchangeable once made."""

    model_config = ConfigDict(extra="forbid", frozen=True, validate_default=False, use_attribute_docstrings=False)


def _printable(text: str) -> str:
    found = UNPRINTABLE.search(text)
    if found:
        code = f"U+{ord(found.group()):04X}"
        raise PydanticCustomError(
            "unprintable", "text contains the character {code}, which cannot be printed", {"code": code}
        )
    return text


def _one_line(text: str) -> str:
    if "\n" in text or "\t" in text:
        raise PydanticCustomError("line_break", "this text must stay on one line")
    return text


def _calendar_date(value: object) -> object:
    # Pydantic would read the number 2013 as seconds since 1970; a year alone is never meant as a date here.
    if isinstance(value, datetime) or not isinstance(value, (str, date)):
        raise PydanticCustomError("date_expected", "a date is written year-month-day, such as 2013-04-01")
    if isinstance(value, str) and not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise PydanticCustomError("date_expected", "a date is written year-month-day, such as 2013-04-01")
    return value


def _text(limit: int) -> StringConstraints:
    return StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=limit)


Whole = Annotated[int, Strict()]
"""A whole number; neither `true` nor `"5"` is taken for one."""

Flag = Annotated[bool, Strict()]
"""`true` or `false`; no other word and no number is taken for one."""

Line = Annotated[str, _text(300), AfterValidator(_printable), AfterValidator(_one_line)]
"""A name or phrase on one line."""

Prose = Annotated[str, _text(4000), AfterValidator(_printable)]
"""A longer text, which may have several lines."""

Identifier = Annotated[str, StringConstraints(strict=True, pattern=r"^[a-z][a-z0-9-]*$", max_length=64)]
"""A stable id: small letters, digits and hyphens."""

Day = Annotated[date, BeforeValidator(_calendar_date)]
"""A calendar date, written year-month-day."""


def number(default: int | None, description: str, unit: str, *, least: int = 0, most: int) -> Any:
    """Declare a whole number with its unit and bounds (both ends included)."""
    return Field(default=default, description=description, ge=least, le=most, json_schema_extra={"unit": unit})


def flag(default: bool, description: str) -> Any:
    """Declare a yes-or-no setting."""
    return Field(default=default, description=description)


def choice(default: str | None, description: str) -> Any:
    """Declare a choice between named options; the options are in the annotation."""
    return Field(default=default, description=description)


def text(default: str | None, description: str) -> Any:
    """Declare a name, phrase or longer text."""
    return Field(default=default, description=description)


def day(description: str) -> Any:
    """Declare a date. It has no default: nobody can guess it, so an unset date is a visible blank."""
    return Field(default=None, description=description)


def entries(default: Iterable[Any], description: str, *, least: int = 0, most: int = 60) -> Any:
    """Declare a list with the number of entries it may have."""
    return Field(default=tuple(default), description=description, min_length=least, max_length=most)


def section(model: type[BaseModel], description: str) -> Any:
    """Declare a group of settings that is complete by its own defaults."""
    return Field(default_factory=model, description=description)


def mapping_from_text(key: str) -> BeforeValidator:
    """Let a list entry be written as plain text when only its `key` is wanted."""
    return BeforeValidator(lambda value: {key: value} if isinstance(value, str) else value)


def fault(
    code: str, message: str, at: tuple[str | int, ...] = (), hint: str = "", **values: object
) -> PydanticCustomError:
    """Return the error a validator raises for settings that are impossible together.

    Args:
        code: Error type; the loader turns it into a diagnostic code.
        message: What is wrong, with `{name}` for each of `values`.
        at: Path of the faulty setting below the model that complains.
        hint: What to do next.
        **values: Values shown in the message.
    """
    context = {"message": message.format(**values), "at": at, "hint": hint}
    return PydanticCustomError(code, "{message}", context)
