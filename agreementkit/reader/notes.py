"""Reads note definitions: `[^key]: {voice=… on=… cites=…} text`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agreementkit.diagnostics import Diagnostic, suggest
from agreementkit.reader.attributes import Attributes, parse_attributes
from agreementkit.reader.blocks import read_blocks
from agreementkit.reader.cursor import Line, Passage
from agreementkit.reader.template import NoteTemplate
from agreementkit.tree.nodes import AUDIENCES, Voice

PURPOSES = ("explains", "warns", "alternative", "cites")
DETAILS = ("main", "more")
_START = re.compile(r"\[\^([^\]\s]+)\]:\s*")
_KEYS = frozenset({"voice", "on", "cites", "purpose", "audience", "detail", "when"})
_KEY = re.compile(r"[a-z0-9][a-z0-9-]*\Z")


def read_note(file: str, lines: Sequence[Line], variant: str, found: list[Diagnostic]) -> NoteTemplate | None:
    """Read one note from its lines; None when it has no usable voice."""
    match = _START.match(lines[0].text)
    assert match  # noqa: S101 - the caller splits notes by this very pattern
    first = lines[0].cut(match.end())
    place = Passage(file, [lines[0]]).place(0, match.end(1) + 1)
    key = match[1]
    if not _KEY.match(key):
        found.append(
            Diagnostic(
                "AK216",
                f"{key!r} is not a note key",
                place=place,
                hints=("use lower-case letters, digits and hyphens",),
            )
        )
    attributes = Attributes()
    if first.text.startswith("{") and not first.text.startswith("{{"):
        parsed = parse_attributes(first.text, 0, Passage(file, [first]).place, _KEYS, found)
        if parsed:
            attributes = parsed[0]
            first = first.cut(parsed[1])
    first = first.cut(first.indent)
    rest = [line.cut(min(4, line.indent)) for line in lines[1:]]
    blocks = tuple(read_blocks(file, [first, *rest], found))
    voice = _choice("voice", attributes, tuple(Voice), "", found)
    if not voice:
        if "voice" not in attributes.values:
            found.append(
                Diagnostic(
                    "AK216",
                    f"note [^{key}] does not say in whose voice it speaks",
                    place=place,
                    hints=(f"add {{voice=…}}, one of {', '.join(Voice)}",),
                )
            )
        return None
    if not blocks:
        found.append(Diagnostic("AK216", f"note [^{key}] is empty", place=place, hints=("write it, or remove it",)))
    on = attributes.values.get("on", "")
    return NoteTemplate(
        key=key,
        voice=Voice(voice),
        on=on.removeprefix("#"),
        cites=tuple(cite.strip() for cite in attributes.values.get("cites", "").split(",") if cite.strip()),
        purpose=_choice("purpose", attributes, PURPOSES, "explains", found),
        detail=_choice("detail", attributes, DETAILS, "main", found),
        audience=_choice("audience", attributes, AUDIENCES, "everyone", found),
        when=attributes.condition(),
        blocks=blocks,
        variant=variant,
        place=place,
    )


def _choice(key: str, attributes: Attributes, choices: Sequence[str], default: str, found: list[Diagnostic]) -> str:
    value = attributes.values.get(key)
    if value is None:
        return default
    if value not in choices:
        found.append(
            Diagnostic(
                "AK216",
                f"{value!r} is no {key}",
                place=attributes.places[key],
                hints=suggest(value, choices, key),
            )
        )
        return default
    return value
