"""Reads the Markdown body of a clause file into templates: trees that are ready to be filled.

`read_body` is the one way in. Nothing here knows the configuration or the bank.
"""

from agreementkit.reader.body import read_body
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
]
