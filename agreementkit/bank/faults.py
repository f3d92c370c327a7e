"""Turns validation faults of bank files into diagnostics with a place and a next step."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from pydantic import BaseModel, ValidationError

from agreementkit.diagnostics import Diagnostic, suggest
from agreementkit.source import Loc, Positions

MOST = 100
"""How many faults of one file are reported."""


def model_faults(
    error: ValidationError,
    positions: Positions,
    code: str,
    model: type[BaseModel],
    under: Loc = (),
    page: str = "clause-format.md",
) -> Iterator[Diagnostic]:
    """Yield one diagnostic for each fault; keyed on pydantic's error type, never on its English.

    Args:
        error: What pydantic found.
        positions: Places of the file.
        code: Code of the diagnostics.
        model: The model that was asked for.
        under: Path in the file of what was validated, where that is not the whole file.
        page: Page of the reference that describes the file.
    """
    for fault in islice(error.errors(include_url=False), MOST):  # a list without bound would help nobody
        location = tuple(fault["loc"])
        key = ".".join(str(part) for part in location)
        hints: tuple[str, ...] = ()
        match fault["type"]:
            case "extra_forbidden":
                message = f"unknown key {key!r}"
                hints = suggest(str(location[-1]), model.model_fields, "key")
                yield Diagnostic(code, message, place=positions.place((*under, *location), of="key"), hints=hints)
                continue
            case "missing":
                message = f"the key {key!r} is missing"
                field = model.model_fields.get(str(location[0]))
                hints = (f"add `{key}:`" + (f" ({field.description})" if field and field.description else ""),)
            case "string_type":
                message = f"{key!r} must be text"
                hints = ("put it in quotes",)
            case "string_pattern_mismatch":
                message = f"{key!r} is not written as it must be"
                match location[-1]:
                    case "version" | "base" | "replaces":
                        hints = ('quote the version as in "1.0"',)
                    case "base_hash":
                        hints = ("write 12 or more characters of the hash, as `pack new` and `pack adopt` do",)
                    case _:
                        hints = ("use lower-case letters, digits and hyphens, beginning with a letter",)
            case "enum":
                message = f"{key!r} has no such choice"
                hints = (f"choose {fault['ctx']['expected']}",)
            case "value_error":  # a model's own sentence says what is needed
                message = str(fault["ctx"]["error"])
                hints = (f"see the table of keys in docs/reference/{page}",)
            case _:
                message = f"{key}: {fault['msg']}" if key else fault["msg"]
                field = model.model_fields.get(str(location[0])) if location else None
                hints = (f"`{location[0]}` is: {field.description}",) if field and field.description else ()
        yield Diagnostic(code, message, place=positions.place((*under, *location)), hints=hints)
