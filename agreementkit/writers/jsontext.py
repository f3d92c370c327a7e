"""The tree straight as the text of JSON: what `json.dumps` makes of `tree.codec.to_data`, without the data in between.

A kind of node is spelt once, as a text with a place for each field; what the fields hold is then put into it. That is
a fraction of the price of a dictionary for each node, which is only read again to be written.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import lru_cache
from json.encoder import encode_basestring as quoted
from operator import attrgetter
from types import MappingProxyType
from typing import Any

from agreementkit.tree.codec import TAG, fields_of
from agreementkit.tree.nodes import Division, Document, Phrase, Text

_LEFT_OUT = MappingProxyType({(Division, "origin"): "null", (Document, "notes"): "[]"})
"""What a bare text says instead of a field."""

_PLAIN = {True: "true", False: "false", None: "null"}


def json_text(document: Document, *, bare: bool = False, indent: bool = False, **more: str) -> str:
    """Return a document as the text of JSON.

    Args:
        document: A document of any stage.
        bare: Whether notes, what they point at, and where a division came from are left out.
        indent: Whether each value stands on a line of its own, two spaces deeper than what holds it.
        more: Texts that stand before the fields of the document.
    """
    margin = "\n" if indent else ""
    said = _said(document, margin, bare)
    deeper, colon = (margin + "  ", ": ") if indent else ("", ":")
    first = "".join(f"{deeper}{quoted(name)}{colon}{quoted(value)}," for name, value in more.items())
    return f"{{{first}{said[1:]}"


def _said(value: object, margin: str, bare: bool) -> str:
    """Return one value; `margin` is the line break and the spaces in front of what closes it, or nothing."""
    kind = type(value)
    if kind is tuple:
        return _row(value, margin, bare) if value else "[]"  # type: ignore[arg-type]
    if kind is str:
        return quoted(value)  # type: ignore[arg-type]
    if value is None or kind is bool:
        return _PLAIN[value]  # type: ignore[index]
    if isinstance(value, int):
        return int.__repr__(value)
    if isinstance(value, str):
        return quoted(value.value if isinstance(value, StrEnum) else value)
    template, fields = _layout(kind, margin, bare)
    deeper = margin and margin + "  "
    return template % tuple([quoted(one) if type(one) is str else _said(one, deeper, bare) for one in fields(value)])


def _row(values: tuple[object, ...], margin: str, bare: bool) -> str:
    deeper = margin and margin + "  "
    return f"[{deeper}{_in_row(values, deeper, bare)}{margin}]"


def _in_row(values: tuple[object, ...], margin: str, bare: bool) -> str:
    """Return the values of a row, between its brackets; in a bare one the words of a phrase stand in its place."""
    if not bare:
        return f",{margin}".join([_said(one, margin, bare) for one in values])
    said = [_in_row(one.inlines, margin, bare) if type(one) is Phrase else _said(one, margin, bare) for one in values]
    if values and not any(said):
        return _said(Text(""), margin, bare)  # a heading of nothing is still a heading
    return f",{margin}".join(filter(None, said))


@lru_cache(maxsize=4096)
def _layout(kind: type[Any], margin: str, bare: bool) -> tuple[str, Callable[[object], tuple[object, ...]]]:
    """Return how a kind of node is spelt, `%s` for each field, and what takes the fields out of a node."""
    left = {name: text for (of, name), text in _LEFT_OUT.items() if bare and issubclass(kind, of)}
    names = fields_of(kind)
    deeper, colon = (margin + "  ", ": ") if margin else ("", ":")
    said = [f"{quoted(TAG)}{colon}{quoted(kind.__name__)}"]
    said += [f"{quoted(name)}{colon}{left.get(name, '%s')}" for name in names]
    template = "{" + ",".join(deeper + one for one in said) + margin + "}"
    return template, _taker([name for name in names if name not in left])


def _taker(names: list[str]) -> Callable[[object], tuple[object, ...]]:
    if not names:
        return lambda _: ()
    if len(names) == 1:
        get = attrgetter(*names)
        return lambda node: (get(node),)
    return attrgetter(*names)
