"""Kinds of value that people type into YAML files, for configurations and packs alike.

A wrong value is an error of pydantic whose type says what is wrong; the words for it are found elsewhere.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, GetCoreSchemaHandler, Strict, StringConstraints
from pydantic_core import CoreSchema, PydanticCustomError

# Characters that XML 1.0, and so Word, cannot hold, and line ends other than the newline.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


def _printable(text: str) -> str:
    found = _UNPRINTABLE.search(text)
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


class _OneSchema:
    """Gives every setting of a kind the same schema, where pydantic would make it anew for each of five hundred."""

    def __init__(self, kind: Any) -> None:
        self._kind = kind
        self._schema: CoreSchema | None = None

    def __get_pydantic_core_schema__(self, _: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        if self._schema is None:
            self._schema = handler.generate_schema(self._kind)
        return self._schema


Whole = Annotated[int, Strict()]
"""A whole number; neither `true` nor `"5"` is taken for one."""

Flag = Annotated[bool, Strict()]
"""`true` or `false`; no other word and no number is taken for one."""

Line = Annotated[str, _OneSchema(Annotated[str, _text(300), AfterValidator(_printable), AfterValidator(_one_line)])]
"""A name or phrase on one line."""

Prose = Annotated[str, _OneSchema(Annotated[str, _text(4000), AfterValidator(_printable)])]
"""A longer text, which may have several lines."""

Day = Annotated[date, _OneSchema(Annotated[date, BeforeValidator(_calendar_date)])]
"""A calendar date, written year-month-day."""
