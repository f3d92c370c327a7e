"""Reads the Markdown body of a clause file into templates: trees that are ready to be filled.

`read_body` is the way in, and `read_changes` that for files that change a clause. Nothing here knows the configuration
or the bank. The two are imported when they are called, for clauses that are kept need no reading.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from agreementkit.reader.template import (
    BodyTemplate,
    Condition,
    ItemTemplate,
    NoteTemplate,
    RowTemplate,
    SectionTemplate,
    SpanTemplate,
    TableTemplate,
)

if TYPE_CHECKING:
    from agreementkit.reader.body import read_body, read_changes

__all__ = [
    "BodyTemplate",
    "Condition",
    "ItemTemplate",
    "NoteTemplate",
    "RowTemplate",
    "SectionTemplate",
    "SpanTemplate",
    "TableTemplate",
    "read_body",
    "read_changes",
]


def __getattr__(name: str) -> Any:
    if name not in ("read_body", "read_changes"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from agreementkit.reader import body

    return getattr(body, name)
