"""The resolved tree as JSON, for programs. What each field means is said in `tree/nodes.py`."""

from __future__ import annotations

import json
from dataclasses import replace

from agreementkit.tree.codec import to_data
from agreementkit.tree.nodes import Division, Document, Emphasis, Inline, Origin, Phrase, Strong, Text
from agreementkit.tree.walk import map_document, rewrite_inlines
from agreementkit.writers.outline import require_resolved

FORMAT = "agreementkit/1"
"""Name and version of the format, under the key `format`. A change that a reader must know of raises it."""


def write_json(document: Document) -> str:
    """Return a resolved document as JSON: fields in a fixed order, two spaces of indent, a line feed at the end.

    Raises:
        TypeError: The document is not resolved.
    """
    require_resolved(document)
    return json.dumps({"format": FORMAT, **to_data(document)}, ensure_ascii=False, indent=2) + "\n"


def without_notes(document: Document) -> Document:
    """Return the document without its notes and without any trace of them.

    A `Phrase` is there for a note, and a line of a source file may name notes; both would tell the other side
    that something had been said about these words.
    """
    stripped = map_document(document, _clean)
    return replace(stripped, notes=())


def _clean(division: Division) -> Division:
    division = rewrite_inlines(division, _unwrap)
    return replace(division, origin=_without_source(division.origin)) if division.origin else division


def _without_source(origin: Origin) -> Origin:
    return replace(origin, place=replace(origin.place, source="")) if origin.place else origin


def _unwrap(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    out: list[Inline] = []
    for inline in inlines:
        if isinstance(inline, Phrase):
            out.extend(_unwrap(inline.inlines))
        elif isinstance(inline, Emphasis | Strong):
            out.append(replace(inline, inlines=_unwrap(inline.inlines)))
        else:
            out.append(inline)
    return tuple(out) if out or not inlines else (Text(""),)  # a heading of nothing is still a heading
