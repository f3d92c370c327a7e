"""Reads the Markdown body of a clause file into templates: trees that are ready to be filled.

`read_body` is the way in, and `read_changes` that for files that change a clause. Nothing here knows the configuration
or the bank.
"""

from agreementkit.reader.body import read_body, read_changes
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
