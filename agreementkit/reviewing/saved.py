"""Files in which a review copy saved comments, read as what they are: JSON from a stranger.

Size, depth and lengths are bounded. A value of the wrong kind is a fault with its place; a key that is not known is
left alone, for a later version may have it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from agreementkit.diagnostics import Diagnostic, Place, suggest
from agreementkit.errors import SourceError
from agreementkit.returned.comments import clean
from agreementkit.reviewing.comment import KINDS, SIDES, ReviewComment, ReviewFile
from agreementkit.source import MAX_BYTES, Loc, Positions, SourceText, parse_yaml
from agreementkit.writers.html.page import REVIEW_FORMAT
from agreementkit.writers.identity import Identity

MAX_DEPTH = 20
"""How deep a file may be nested; what a review copy saves is three deep."""

MAX_COMMENTS = 5_000
"""Comments that a file may hold."""

_LONGEST = {"text": 10_000, "proposed": 20_000, "quote": 1_000}
_SHORT = 300
_MOST_FAULTS = 50


def read_saved(content: bytes, file: str) -> ReviewFile:
    """Read the comments that a review copy saved.

    Args:
        content: The file.
        file: Its name in messages.

    Raises:
        SourceError: AK740 to AK743, with every fault found.
    """
    source, data = _json(content, file)
    if not isinstance(data, dict) or data.get("format") != REVIEW_FORMAT:
        given = data.get("format") if isinstance(data, dict) else None
        later = isinstance(given, str) and given.startswith("agreementkit-review/")
        message = f"the file is of the form {clean(given, 60)!r}" if isinstance(given, str) else "the file says no form"
        hint = (
            "collect it with the version of agreementkit that made the review copy"
            if later
            else "give files that were saved with “Save comments” in a review copy, or returned Word files"
        )
        raise SourceError(
            Diagnostic("AK742", f"{message}; {REVIEW_FORMAT!r} is read here", place=Place(file), hints=(hint,))
        )
    reader = _Reader(source)
    found = reader.file(data, file)
    if reader.faults:
        raise SourceError(*reader.faults[:_MOST_FAULTS])
    return found


def _json(content: bytes, file: str) -> tuple[SourceText, Any]:
    if len(content) > MAX_BYTES:
        message = f"the file is larger than {MAX_BYTES // 1_000_000} MB, which no file of comments is"
        raise SourceError(Diagnostic("AK740", message, place=Place(file), hints=("check that it is the right file",)))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        hint = "give the file as the review copy saved it"
        raise SourceError(
            Diagnostic("AK740", "the file is not text in UTF-8", place=Place(file), hints=(hint,))
        ) from error
    source = SourceText(file, text, tuple(text.split("\n")))
    depth = deepest(text)
    if depth > MAX_DEPTH:
        message = f"the file is nested {depth} deep, {MAX_DEPTH} is the most"
        raise SourceError(Diagnostic("AK741", message, place=Place(file), hints=("check where it comes from",)))
    try:
        return source, json.loads(text, parse_constant=_no_constant)
    except ValueError as error:
        line, column = getattr(error, "lineno", 0), getattr(error, "colno", 0)
        reason = getattr(error, "msg", str(error))
        place = source.place(line, column) if line else Place(file)
        raise SourceError(
            Diagnostic(
                "AK741",
                f"the file is not sound JSON: {reason}",
                place=place,
                hints=("ask for the file as the review copy saved it; it must not be edited by hand",),
            )
        ) from error


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is no JSON")


def deepest(text: str) -> int:
    """Return how deep brackets are nested outside strings, before any parser goes down with them."""
    depth = most = 0
    quoted = escaped = False
    for char in text:
        if quoted:
            quoted = escaped or char != '"'
            escaped = not escaped and char == "\\"
        elif char == '"':
            quoted = True
        elif char in "[{":
            depth += 1
            most = max(most, depth)
        elif char in "]}":
            depth -= 1
    return most


class _Reader:
    """Reads the values of one file, and notes what is wrong with them."""

    def __init__(self, source: SourceText) -> None:
        self.source = source
        self.faults: list[Diagnostic] = []
        self._positions: Positions | None = None

    def file(self, data: dict[str, Any], file: str) -> ReviewFile:
        """Return the file as far as it is sound."""
        document = self._mapping(data, ("document",))
        identity = Identity(
            *(
                self._text(document, name, ("document", name), needed=name == "precedent")
                for name in ("precedent", "title", "bank", "digest", "words")
            )
        )
        listed = data.get("comments")
        if not isinstance(listed, list):
            self._fault(("comments",), "the comments must be a list")
            listed = []
        if len(listed) > MAX_COMMENTS:
            self._fault(("comments",), f"there are {len(listed):,} comments, {MAX_COMMENTS:,} are the most")
            listed = []
        return ReviewFile(file, identity, tuple(self._comments(listed, file)))

    def _comments(self, listed: list[Any], file: str) -> Iterator[ReviewComment]:
        for number, one in enumerate(listed):
            at: Loc = ("comments", number)
            if not isinstance(one, dict):
                self._fault(at, "a comment must be an object with its fields")
                continue

            def text(name: str, *, needed: bool = False, one: dict[str, Any] = one, at: Loc = at) -> str:
                return self._text(one, name, (*at, name), needed=needed)

            comment = ReviewComment(
                text("id", needed=True),
                text("name"),
                self._choice(one, "side", at, SIDES),
                self._choice(one, "kind", at, KINDS) or "comment",
                text("when"),
                text("text"),
                text("proposed"),
                text("quote"),
                text("clause"),
                text("paragraph", needed=True),
                text("term"),
                text("number"),
                files=(file,),
            )
            if not (comment.text or comment.proposed):
                self._fault(at, "a comment must have a text or a proposed wording")
            yield comment

    def _mapping(self, data: dict[str, Any], at: Loc) -> dict[str, Any]:
        value = data.get(str(at[-1]))
        if isinstance(value, dict):
            return value
        self._fault(at, "the file must say which agreement it is of, under `document`")
        return {}

    def _choice(self, one: dict[str, Any], name: str, at: Loc, known: dict[str, str]) -> str:
        value = self._text(one, name, (*at, name))
        if value and value not in known:
            self._fault((*at, name), f"{name!r} is {clean(value, 40)!r}", *suggest(value, known, name))
            return ""
        return value

    def _text(self, one: dict[str, Any], name: str, at: Loc, *, needed: bool = False) -> str:
        value = one.get(name, "")
        if not isinstance(value, str):
            self._fault(at, f"{name!r} must be a text")
            return ""
        most = _LONGEST.get(name, _SHORT)
        if len(value) > most:
            self._fault(at, f"{name!r} has {len(value):,} characters, {most:,} are the most")
        text = clean(value, most)
        if needed and not text:
            self._fault(at, f"{name!r} must not be empty" if name in one else f"{name!r} is missing")
        return text

    def _fault(self, at: Loc, message: str, *hints: str) -> None:
        if len(self.faults) < _MOST_FAULTS:
            hints = hints or ("ask for the file as the review copy saved it; it must not be edited by hand",)
            self.faults.append(Diagnostic("AK743", message, place=self._place(at), hints=hints))

    def _place(self, at: Loc) -> Place:
        if self._positions is None:
            # JSON is YAML but for corner cases; where such a case hides a place, the file alone is named
            self._positions = parse_yaml(self.source).positions
        return self._positions.place(at)
