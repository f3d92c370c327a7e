"""The file that keeps a negotiation: JSON that is written whole, and read as a file of strangers.

People fill it in and send it on; so its size, depth and texts are bounded, every value is checked, and what hangs
together is followed: each point has one issue, each issue its points.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from agreementkit.diagnostics import Diagnostic, Place
from agreementkit.errors import SourceError
from agreementkit.negotiating.model import NEGOTIATION_FORMAT, Negotiation
from agreementkit.reviewing.saved import deepest
from agreementkit.source.text import UNPRINTABLE

MAX_BYTES = 60_000_000
"""Size of the largest file that is read; ten rounds of a thousand points have about ten million bytes."""

MAX_POINTS = 50_000
"""Points that a negotiation may have."""

_DEEPEST = 12
_LONGEST = 50_000
_MOST_FAULTS = 50
_EMPTY: tuple[object, ...] = ("", (), [], {}, None)
_HINT = "use the file as it was written, or a copy from before the change"


def to_json(kept: Negotiation) -> str:
    """Return a negotiation as JSON: fields in a fixed order, what is empty left out, a line feed at the end."""
    data = _lean(kept)
    return json.dumps({"format": kept.format, **data}, ensure_ascii=False, indent=2) + "\n"


def read_kept(path: str | Path) -> Negotiation:
    """Read the file of a negotiation.

    Raises:
        SourceError: AK820 for a file that cannot be read or is no sound JSON, AK821 for one that is no negotiation,
            with every fault found.
    """
    file = Path(path)
    try:
        with file.open("rb") as handle:
            content = handle.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        hint = "begin one: `agreementkit review round start`" if not file.exists() else "check its permissions"
        raise _refuse("AK820", f"the file cannot be read: {reason}", str(path), hint) from error
    return from_json(content, str(path))


def from_json(content: bytes, file: str = "<json>") -> Negotiation:
    """Return the negotiation that `to_json` wrote.

    Args:
        content: The file.
        file: Its name in messages.

    Raises:
        SourceError: AK820 for what is no sound JSON, AK821 for what is no negotiation.
    """
    if len(content) > MAX_BYTES:
        raise _refuse("AK820", f"the file is larger than {MAX_BYTES // 1_000_000} MB", file, "check the file")
    try:
        text = content.decode("utf-8-sig")
        if deepest(text) > _DEEPEST:
            raise _refuse("AK820", f"the file is nested more than {_DEEPEST} deep", file, "check where it comes from")
        data = json.loads(text)
    except ValueError as error:
        line, column = getattr(error, "lineno", 0), getattr(error, "colno", 0)
        reason = getattr(error, "msg", str(error))
        raise SourceError(
            Diagnostic("AK820", f"the file is no sound JSON: {reason}", place=Place(file, line, column), hints=(_HINT,))
        ) from error
    given = data.get("format") if isinstance(data, dict) else None
    if given != NEGOTIATION_FORMAT:
        hint = "give the JSON that `agreementkit review issues` or `review round` wrote"
        raise _refuse("AK821", f"the file is not of the form {NEGOTIATION_FORMAT}", file, hint)
    try:
        kept = _adapter().validate_json(text, strict=True)
    except ValidationError as error:
        faults = [f"{'.'.join(map(str, one['loc']))}: {one['msg'].lower()}" for one in error.errors()[:_MOST_FAULTS]]
        raise SourceError(*(_fault(one, file) for one in faults)) from error
    faults = [*_texts(data), *_loose(kept)]
    if faults:
        raise SourceError(*(_fault(one, file) for one in dict.fromkeys(faults[:_MOST_FAULTS])))
    return kept


def _fault(message: str, file: str) -> Diagnostic:
    return Diagnostic("AK821", f"this is no sound negotiation: {message}", place=Place(file), hints=(_HINT,))


def _refuse(code: str, message: str, file: str, hint: str) -> SourceError:
    return SourceError(Diagnostic(code, message, place=Place(file), hints=(hint,)))


@cache
def _adapter() -> TypeAdapter[Negotiation]:
    return TypeAdapter(Negotiation)


def _lean(value: Any) -> Any:
    """Return plain data without what is empty, if its field may be left out."""
    if is_dataclass(value):
        given = {one: getattr(value, one.name) for one in fields(value)}
        return {one.name: _lean(inner) for one, inner in given.items() if inner not in _EMPTY or _needed(one)}
    if isinstance(value, dict):
        return {key: _lean(one) for key, one in value.items()}
    return [_lean(one) for one in value] if isinstance(value, list | tuple) else value


def _needed(one: Field[Any]) -> bool:
    return one.default is MISSING and one.default_factory is MISSING


def _texts(data: Any) -> Iterator[str]:
    """Yield what is wrong with the texts in the data."""
    waiting = [data]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            if len(value) > _LONGEST:
                yield f"a text has {len(value):,} characters, {_LONGEST:,} are the most"
            odd = UNPRINTABLE.search(value)
            if odd:
                yield f"the text {value[: max(0, odd.start())][-40:]!r} goes on with a character that cannot be printed"
        elif isinstance(value, dict | list):
            waiting.extend(value.values() if isinstance(value, dict) else value)


def _loose(kept: Negotiation) -> Iterator[str]:
    """Yield what does not hang together."""
    points = Counter(point.id for one in kept.rounds for point in one.points)
    listed = Counter(point for issue in kept.issues for point in issue.points)
    if len(points) > MAX_POINTS:
        yield f"it has {len(points):,} points, {MAX_POINTS:,} are the most"
    yield from (f"the point {one!r} is there twice" for one, count in points.items() if count > 1)
    yield from (f"the point {one!r} belongs to no issue" for one in points if one not in listed)
    yield from (f"the point {one!r} belongs to two issues" for one, count in listed.items() if count > 1)
    yield from (f"an issue names the point {one!r}, which is not there" for one in listed if one not in points)
    ids = Counter(issue.id for issue in kept.issues)
    yield from (f"the issue {one!r} is there twice" for one, count in ids.items() if count > 1)
    for number, one in enumerate(kept.rounds, start=1):
        if one.number != number:
            yield f"round {one.number} stands where round {number} belongs"
        yield from (
            f"round {number} names the point {id_!r}, which is not there" for id_ in one.again if id_ not in points
        )
