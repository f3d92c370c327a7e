"""What the configuration models are built from: base class, value types, short ways to declare a field.

Every field has a description, and every number a unit and bounds, because the same metadata makes the JSON
schema, the reference pages, the hints of fault messages and the check of expressions in clauses.

Modules of sections do without `from __future__ import annotations`: each of 500 annotations would be a text that has to
be compiled before anything can be read.
"""

from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from agreementkit.source.typed import Day, Flag, Line, Prose, Whole

__all__ = [
    "FOLDER",
    "READ_FROM",
    "Day",
    "Flag",
    "Identifier",
    "Line",
    "Prose",
    "Section",
    "Whole",
    "choice",
    "day",
    "entries",
    "fault",
    "flag",
    "mapping_from_text",
    "number",
    "section",
    "text",
]

READ_FROM = "_read_from"
"""Under this name a configuration keeps where in its file each setting stands. It is no part of what it says."""

FOLDER = "_folder"
"""Under this name it keeps the folder of its file, to which paths in it are relative."""


class Section(BaseModel):
    """Base of every configuration model: closed to unknown keys and unchangeable once made."""

    # Deferred, so that the schema of the whole configuration is made once, and not one more for each of its sections.
    model_config = ConfigDict(
        extra="forbid", frozen=True, validate_default=False, use_attribute_docstrings=False, defer_build=True
    )


Identifier = Annotated[str, StringConstraints(strict=True, pattern=r"^[a-z][a-z0-9-]*$", max_length=64)]
"""A stable id: small letters, digits and hyphens."""


def number(default: int | None, description: str, unit: str, *, least: int = 0, most: int, question: str = "") -> Any:
    """Declare a whole number with its unit and bounds (both ends included)."""
    extra = {"unit": unit, **_asked(question)}
    return Field(default=default, description=description, ge=least, le=most, json_schema_extra=extra)


def flag(default: bool, description: str, question: str = "") -> Any:
    """Declare a yes-or-no setting."""
    return Field(default=default, description=description, json_schema_extra=_asked(question))


def choice(default: str | None, description: str, question: str = "") -> Any:
    """Declare a choice between named options; the options are in the annotation."""
    return Field(default=default, description=description, json_schema_extra=_asked(question))


def text(default: str | None, description: str, question: str = "") -> Any:
    """Declare a name, phrase or longer text."""
    return Field(default=default, description=description, json_schema_extra=_asked(question))


def day(description: str, question: str = "") -> Any:
    """Declare a date. It has no default: nobody can guess it, so an unset date is a visible blank."""
    return Field(default=None, description=description, json_schema_extra=_asked(question))


def entries(default: Iterable[Any], description: str, *, least: int = 0, most: int = 60, question: str = "") -> Any:
    """Declare a list with the number of entries it may have."""
    extra = _asked(question)
    return Field(
        default=tuple(default), description=description, min_length=least, max_length=most, json_schema_extra=extra
    )


def _asked(question: str) -> dict[str, Any]:
    """Return how a person is asked for a setting, as part of its metadata: only what matters has a question."""
    return {"question": question} if question else {}


def section(description: str) -> Any:
    """Declare a group of settings that is complete by its own defaults.

    An empty mapping is validated where none is given: a factory would need a schema of its own for each model.
    """
    return Field(default_factory=dict, validate_default=True, description=description)


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
