"""Options that a pack declares in `options.yaml`: settings of its own, typed, that its clauses may ask for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
    ValidationInfo,
    field_validator,
)

from agreementkit.bank.entries import read_entries
from agreementkit.bank.faults import model_faults
from agreementkit.diagnostics import Diagnostic
from agreementkit.source import Positions, SourceText
from agreementkit.source.typed import Day, Flag, Line, Whole

_KEY = "options"
_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_MOST = 1_000_000
MAX_OPTIONS = 200
"""How many options one pack may declare."""


class OptionType(StrEnum):
    """What a value of an option is."""

    INTEGER = "integer"
    TEXT = "text"
    YES_NO = "yes-no"
    CHOICE = "choice"
    LIST = "list"
    DATE = "date"


class Option(BaseModel):
    """One option of a pack.

    Attributes:
        name: Name within the pack, in small letters with `_` between words.
        type: What a value is.
        minimum: Least value of an integer; 0 when left out.
        maximum: Greatest value of an integer; a million when left out.
        unit: What an integer counts, such as `days`.
        choices: What may be chosen; of a list, what its entries may be.
        question: How a person is asked for the value.
        help: Why it matters.
        default: The value where a configuration gives none; without it the option is a blank until it is given.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    # `default` is last: it is held against what stands before it.
    name: str = Field(max_length=60, description="Small letters, digits and _, unique in the pack")
    type: OptionType = Field(description="integer, text, yes-no, choice, list or date")
    minimum: Whole | None = Field(default=None, ge=0, le=_MOST, description="Integers: the least value")
    maximum: Whole | None = Field(default=None, ge=0, le=_MOST, description="Integers: the greatest value")
    unit: Line | None = Field(default=None, max_length=40, description="Integers: what is counted")
    choices: tuple[Line, ...] = Field(
        default=(), max_length=60, validate_default=True, description="What may be chosen"
    )
    question: Line | None = Field(default=None, description="How a person is asked, in quotes if it has a colon")
    help: Line | None = Field(default=None, description="Why it matters, in quotes if it has a colon")
    default: Any = Field(default=None, description="Value where none is given")

    @property
    def bounds(self) -> tuple[int, int] | None:
        """The least and the greatest value of an integer; None for what is none."""
        return _bounds(self.minimum, self.maximum) if self.type is OptionType.INTEGER else None

    @property
    def annotation(self) -> Any:
        """Pydantic's type of a value, without bounds."""
        return _annotation(self.type, self.choices)

    @field_validator("name")
    @classmethod
    def _good_name(cls, name: str) -> str:
        if not _NAME.fullmatch(name):
            raise ValueError(f"{name!r} is no name of an option: write small letters, digits and _ as in ballot_days")
        if hasattr(BaseModel, name):
            raise ValueError(f"the name {name!r} is taken by the program; choose another")
        return name

    @field_validator("minimum", "maximum", "unit")
    @classmethod
    def _of_integers(cls, value: Any, info: ValidationInfo) -> Any:
        if value is not None and info.data.get("type", OptionType.INTEGER) is not OptionType.INTEGER:
            raise ValueError(f"`{info.field_name}` belongs to options of the type integer only")
        if info.field_name == "maximum" and value is not None and value < (info.data.get("minimum") or 0):
            raise ValueError(f"the maximum {value} is below the minimum {info.data['minimum']}")
        return value

    @field_validator("choices")
    @classmethod
    def _of_choices(cls, value: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        type_ = info.data.get("type")
        if type_ is OptionType.CHOICE and len(value) < 2:
            raise ValueError("an option of the type choice needs `choices`, two or more")
        if value and type_ not in (OptionType.CHOICE, OptionType.LIST, None):
            raise ValueError("`choices` belongs to options of the types choice and list only")
        if len(set(value)) < len(value):
            raise ValueError("`choices` names a choice twice")
        return value

    @field_validator("default")
    @classmethod
    def _fits(cls, value: Any, info: ValidationInfo) -> Any:
        known = info.data
        if value is None or not {"type", "minimum", "maximum", "choices"} <= set(known):
            return value  # what it is held against is at fault itself
        low, high = _bounds(known["minimum"], known["maximum"])
        kind = _annotation(known["type"], known["choices"])
        if known["type"] is OptionType.INTEGER:
            kind = Annotated[kind, Field(ge=low, le=high)]
        try:
            return TypeAdapter(kind).validate_python(value)
        except ValidationError as error:
            choices = ", ".join(known["choices"])
            wanted = {
                OptionType.INTEGER: f"a whole number from {low:,} to {high:,}",
                OptionType.TEXT: "a text on one line",
                OptionType.YES_NO: "true or false",
                OptionType.CHOICE: f"one of {choices}",
                OptionType.LIST: f"a list of {choices or 'texts'}",
                OptionType.DATE: "a date, written year-month-day",
            }
            raise ValueError(f"the default is not {wanted[known['type']]}") from error


def _bounds(minimum: int | None, maximum: int | None) -> tuple[int, int]:
    return 0 if minimum is None else minimum, _MOST if maximum is None else maximum


def _annotation(type_: OptionType, choices: Sequence[str]) -> Any:
    one: Any = Literal[tuple(choices)] if choices else Line
    plain = {OptionType.INTEGER: Whole, OptionType.TEXT: Line, OptionType.YES_NO: Flag, OptionType.DATE: Day}
    return tuple[one, ...] if type_ is OptionType.LIST else plain.get(type_, one)


Options = Mapping[str, Option]
"""Options of one pack by name."""


def read_options(source: SourceText, pack: str, found: list[Diagnostic]) -> dict[str, Option]:
    """Read an `options.yaml`.

    Args:
        source: The file.
        pack: Id of the pack.
        found: Takes faults (AK240).

    Returns:
        The sound options by name, in the order of the file.
    """
    items, positions = read_entries(source, _KEY, "AK240", "an option, `- name: …`", found)
    if positions is None:
        return {}
    if hasattr(BaseModel, pack):
        hint = "give the pack another id in pack.yaml"
        found.append(_fault(f"a pack with the id {pack!r} cannot have options", positions, (_KEY,), hint))
    if len(items) > MAX_OPTIONS:
        hint = "ask only what the clauses need"
        found.append(_fault(f"the file declares more than {MAX_OPTIONS} options", positions, (_KEY,), hint))
        return {}
    options: dict[str, Option] = {}
    for number, item in enumerate(items):
        if not isinstance(item, Mapping):
            hint = "write one entry an option, `- name: …`, with its keys below it"
            found.append(_fault("an option is made of keys and values", positions, (_KEY, number), hint))
            continue
        try:
            option = Option.model_validate(item)
        except ValidationError as error:
            found.extend(model_faults(error, positions, "AK240", Option, under=(_KEY, number), page="packs.md"))
            continue
        if option.name in options:
            hint = "give each option a name of its own"
            found.append(
                _fault(f"the name {option.name!r} is used twice in this file", positions, (_KEY, number, "name"), hint)
            )
        options.setdefault(option.name, option)
    return options


def in_sight(options: Mapping[str, Options], packs: Sequence[str], of: Sequence[str]) -> Mapping[str, Options]:
    """Return the options that a clause may ask for: those of the packs that made it, and of all packs below them.

    Args:
        options: Options by pack.
        packs: Ids of the packs, the lowest first.
        of: Ids of the pack that the clause came from and of those that change it.
    """
    highest = max(packs.index(pack) for pack in of)
    return {pack: options[pack] for pack in packs[: highest + 1] if pack in options}


def _fault(message: str, positions: Positions, at: tuple[str | int, ...], hint: str) -> Diagnostic:
    return Diagnostic("AK240", message, place=positions.place(at), hints=(hint,))
