"""All settings of a configuration with their values, as a table: what was given, what is a default, what is blank."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from agreementkit.table import Row, Table

HIDDEN = frozenset({"packs", "options", "checks"})
"""Settings about the making of the documents, which the table leaves to the file."""


def overview(config: BaseModel, *, given_only: bool = False) -> Table:
    """Return the settings of a configuration.

    Args:
        config: The configuration.
        given_only: Only those that it gives itself.

    Returns:
        Rows with `setting` (its path), `value`, `given` (whether the configuration says it) and `meaning`.
    """
    rows = _rows(config, "", True)
    return Table((row for row in rows if row["given"] or not given_only), "Settings")


def _rows(model: BaseModel, under: str, given: bool) -> Iterator[Row]:
    for name, field in type(model).model_fields.items():
        if not under and name in HIDDEN:
            continue
        value = getattr(model, name)
        path = f"{under}{name}"
        said = given and name in model.model_fields_set
        if isinstance(value, BaseModel):
            yield from _rows(value, f"{path}.", said)
        elif isinstance(value, tuple) and value and all(isinstance(one, BaseModel) for one in value):
            for number, one in enumerate(value):
                yield from _rows(one, f"{path}[{number}].", said)
        else:
            yield {"setting": path, "value": _plain(value), "given": said, "meaning": field.description or ""}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)
