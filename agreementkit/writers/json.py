"""The resolved tree as JSON, for programs, and back. What each field means is said in `tree/nodes.py`.

A file that comes back is anybody's: it is bounded in size and depth, and whatever is not exactly an agreement as it is
written here is refused.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

from agreementkit.diagnostics import Diagnostic, Place
from agreementkit.errors import OutputError, SourceError
from agreementkit.tree.codec import from_data
from agreementkit.tree.nodes import Division, Document, Emphasis, Inline, Origin, Phrase, Strong, Text
from agreementkit.tree.walk import divisions, map_document, rewrite_inlines
from agreementkit.writers.jsontext import json_text
from agreementkit.writers.markdown.escape import require_fit
from agreementkit.writers.survey import require_resolved

MAX_BYTES = 16_000_000
"""Size of the largest file that is read; an agreement of a hundred pages has about one million."""
_SUSPECT = re.compile(rb"\x7f|\xc2[\x80-\x9f]|\xef\xbf[\xbe\xbf]|\\[bf]|\\u(?!00[2-6a-fA-F])")
"""What a refused character looks like in a file of JSON: its bytes, or an escape, of which most are harmless."""
_DEEPEST = 100
"""Levels that a file may be nested; an agreement has about thirty."""

FORMAT = "agreementkit/1"
"""Name and version of the format, under the key `format`. A change that a reader must know of raises it."""


def write_json(document: Document) -> str:
    """Return a resolved document as JSON: fields in a fixed order, two spaces of indent, a line feed at the end.

    Raises:
        TypeError: The document is not resolved.
    """
    require_resolved(document)
    return json_text(document, indent=True, format=FORMAT) + "\n"


def bare_json(document: Document) -> str:
    """Return what a resolved document says as JSON on one line, which `read_json` reads.

    It says the same as `write_json` of the document without its notes (`without_notes`) and with no division telling
    where it came from. Whoever writes it has seen to it that the document is resolved.
    """
    return json_text(document, bare=True, format=FORMAT)


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


def load_json(path: str | Path) -> Document:
    """Read an agreement that was written as JSON.

    Raises:
        SourceError: AK770 for a file that cannot be read or is no sound JSON, AK771 for JSON that is no agreement.
    """
    file = Path(path)
    try:
        size = file.stat().st_size
        data = file.read_bytes() if size <= MAX_BYTES else b""
    except OSError as error:
        _refuse("AK770", (error.strerror or str(error)).lower(), str(path), "check the path")
    if size > MAX_BYTES:
        _refuse("AK770", f"the file is larger than {MAX_BYTES // 1_000_000} MB", str(path), "it is no agreement")
    return read_json(data, str(path))


def read_json(data: bytes, file: str = "<json>") -> Document:
    """Return the resolved document that `write_json` wrote.

    Args:
        data: The contents of the file.
        file: Its name, for messages.

    Raises:
        SourceError: AK770 for what is no sound JSON, AK771 for JSON that is no agreement.
    """
    try:
        found = json.loads(data.decode("utf-8-sig"), parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        place = Place(file, error.lineno, error.colno)
        hint = "give an agreement that was built with `--format json`"
        raise SourceError(
            Diagnostic("AK770", f"this is no JSON: {error.msg.lower()}", place=place, hints=(hint,))
        ) from None
    except (ValueError, RecursionError) as error:
        _refuse("AK770", f"this is no JSON that can be read: {error}", file, "build the agreement again as JSON")
    if not isinstance(found, dict) or found.pop("format", None) != FORMAT:
        _refuse(
            "AK771",
            f"this is no agreement in the format {FORMAT}",
            file,
            "give an agreement that was built with `--format json`",
        )
    if _is_deeper(found, _DEEPEST):
        _refuse("AK771", f"it is nested more than {_DEEPEST} levels deep", file, "build the agreement again as JSON")
    try:
        document = from_data(found)
        require_resolved(document)
        if _SUSPECT.search(data):  # few files have any, and to look at each text takes three times as long
            for one in _texts(found):
                require_fit(one, "an agreement")
    except (ValueError, TypeError) as error:
        _refuse("AK771", f"this is no agreement: {error}", file, "build the agreement again as JSON")
    except OutputError as error:
        _refuse("AK771", error.diagnostics[0].message, file, "build the agreement again as JSON")
    twice = [id_ for id_, count in Counter(division.id for division in divisions(document)).items() if count > 1]
    if twice:
        _refuse("AK771", f"two divisions have the id {twice[0]!r}", file, "build the agreement again as JSON")
    return document


def _refuse(code: str, message: str, file: str, hint: str) -> NoReturn:
    raise SourceError(Diagnostic(code, message, place=Place(file), hints=(hint,)))


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _is_deeper(data: Any, most: int) -> bool:
    """Return whether data are nested more than `most` levels deep, level by level and without recursion."""
    level = [data]
    for _ in range(most):
        inner: list[Any] = []
        for value in level:
            kind = type(value)  # what JSON gives is of these types exactly
            if kind is dict:
                inner.extend(value.values())
            elif kind is list:
                inner.extend(value)
        level = inner
    return bool(level)


def _texts(data: Any) -> Iterator[str]:
    """Yield every text in the data."""
    waiting = [data]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        else:
            waiting.extend(value.values() if isinstance(value, dict) else value if isinstance(value, list) else ())
