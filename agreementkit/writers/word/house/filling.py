"""Parts of a house file with fields, filled: what stands in them as plain data, so that Jinja need not be loaded.

Nearly every house prints fields, and words only where there is a field. Such a part is a row of pieces: text, a field,
the entries of a list with words between them, or pieces that stand only with a field. A part that says more, and a
value of an unusual kind, is for Jinja, which stays the measure of what comes out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import escape

BODY_TOKEN = "AK_BODY"  # noqa: S105  a place in a template, not a secret
COVER_TOKEN = "AK_COVER"  # noqa: S105
CONTENTS_TOKEN = "AK_CONTENTS"  # noqa: S105
FIELDS = (
    "title",
    "short",
    "organisation",
    "status",
    "version",
    "reference",
    "date",
    "draft",
    "parties",
    "facts",
)
"""Names a house file may use in its fields."""

Piece = str | tuple[Any, ...]
"""Text, or `("field", name)`, `("join", name, between)`, `("if", name, pieces, other pieces)`."""


def place_marker(token: str) -> str:
    """Return what stands in the filled main part where `token` was."""
    return f"<!--{token}-->"


class _NoAnswer(Exception):  # noqa: N818 - no fault: Jinja is asked instead
    """Pieces do not say what comes out with these values."""


@dataclass(frozen=True, slots=True)
class Filling:
    """A part with fields.

    Attributes:
        source: The part as it was written, with its fields.
        pieces: The same as pieces; None where it says more than they can.
    """

    source: str
    pieces: tuple[Piece, ...] | None = None

    def render(self, values: Mapping[str, object]) -> str:
        """Return the part filled with `values`.

        Raises:
            Exception: It cannot be filled; one of those that `fault_of_filling` knows.
        """
        if self.pieces is not None:
            try:
                return "".join(_filled(self.pieces, values))
            except _NoAnswer:
                pass
        from agreementkit.writers.word.house.tags import compiled

        return compiled(self.source).render(values)


def _filled(pieces: Sequence[Piece], values: Mapping[str, object]) -> list[str]:
    out: list[str] = []
    for piece in pieces:
        if isinstance(piece, str):
            out.append(piece)
            continue
        kind, name, *rest = piece
        if name not in values:
            raise _NoAnswer
        value = values[name]
        if kind == "if":
            out += _filled(rest[0] if value else rest[1], values)
        elif kind == "join":
            if type(value) not in (list, tuple) or not all(type(one) is str for one in value):  # type: ignore[attr-defined]
                raise _NoAnswer
            out.append(str(escape(rest[0].join(value))))
        else:
            if type(value) is not str:
                raise _NoAnswer
            out.append(str(escape(value)))
    return out


def pieces_from_data(data: Any) -> tuple[Piece, ...]:
    """Return pieces that were kept as lists.

    Raises:
        ValueError: They are none.
    """
    if type(data) is not list:
        raise ValueError("a list was expected")
    return tuple(one if type(one) is str else _piece_from_data(*one) for one in data)


def _piece_from_data(kind: str, name: str, *rest: Any) -> Piece:
    if name in FIELDS and kind == "field" and not rest:
        return (kind, name)
    if name in FIELDS and kind == "join" and len(rest) == 1 and type(rest[0]) is str:
        return (kind, name, rest[0])
    if name in FIELDS and kind == "if" and len(rest) == 2:
        return (kind, name, *map(pieces_from_data, rest))
    raise ValueError("this is no piece of a house file")


def fault_of_filling(fault: Exception) -> bool:
    """Whether a part cannot be filled because of what it says, and not because of a fault of ours."""
    from jinja2 import TemplateError

    return isinstance(fault, TemplateError | ArithmeticError | TypeError | ValueError | LookupError)
