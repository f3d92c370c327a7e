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
from types import MappingProxyType, NoneType
from typing import Any

from agreementkit.tree.codec import TAG, fields_of
from agreementkit.tree.nodes import Division, Document, Phrase, Text

_Writer = Callable[[Any], str]

_LEFT_OUT = MappingProxyType({(Division, "origin"): "null", (Document, "notes"): "[]"})
"""What a bare text says instead of a field."""

_OUTSIDE = ("subtitle", "opening", "summary")
"""Fields of a document that are no divisions: notes point at nothing there."""


def json_text(document: Document, *, bare: bool = False, indent: bool = False, **more: str) -> str:
    """Return a document as the text of JSON.

    Args:
        document: A document of any stage.
        bare: Whether notes, what they point at, and where a division came from are left out.
        indent: Whether each value stands on a line of its own, two spaces deeper than what holds it.
        more: Texts that stand before the fields of the document.

    Raises:
        TypeError: It holds something that is no node of the tree.
    """
    writers = _writers("\n" if indent else "", bare)
    first = "".join(f"{writers.deeper}{quoted(name)}{writers.colon}{quoted(value)}," for name, value in more.items())
    return f"{{{first}{writers[Document](document)[1:]}"


class _Writers(dict[type, _Writer]):
    """What writes a value, by its type, at one depth; made when a type is first met there.

    Args:
        margin: The line break and the spaces in front of what closes a value, or nothing for one line.
        bare: Whether to leave out what a bare text does.
    """

    def __init__(self, margin: str, bare: bool) -> None:
        super().__init__({str: quoted, int: int.__repr__, NoneType: lambda _: "null", bool: lambda v: str(v).lower()})
        self.margin, self.bare = margin, bare
        self.deeper = margin and margin + "  "
        self.colon = ": " if margin else ":"

    def __missing__(self, kind: type) -> _Writer:
        made: _Writer
        if issubclass(kind, tuple):
            made = self._row()
        elif issubclass(kind, StrEnum):
            made = {one: quoted(one.value) for one in kind}.__getitem__
        elif issubclass(kind, str | int):
            made = quoted if issubclass(kind, str) else int.__repr__
        elif kind is Phrase and self.bare:
            inner = self._inner(_writers(self.margin, self.bare))
            made = lambda phrase: inner(phrase.inlines)  # noqa: E731
        else:
            made = self._node(kind)
        self[kind] = made
        return made

    def _row(self) -> _Writer:
        start, end = "[" + self.deeper, self.margin + "]"
        inner = self._inner(_writers(self.deeper, self.bare))
        return lambda values: f"{start}{inner(values)}{end}" if values else "[]"

    def _inner(self, writers: _Writers) -> _Writer:
        """Return what writes the values of a row, without its brackets."""
        between = "," + writers.margin

        def write(values: tuple[object, ...]) -> str:
            said = [writers[type(one)](one) for one in values]
            if "" in said:  # a phrase without words, in a bare text; a heading of nothing is still a heading
                said = [one for one in said if one] or [writers[Text](Text(""))]
            return between.join(said)

        return write

    def _node(self, kind: type) -> _Writer:
        left = {name: text for (of, name), text in _LEFT_OUT.items() if self.bare and issubclass(kind, of)}
        names = fields_of(kind)
        fields = [f"{quoted(TAG)}{self.colon}{quoted(kind.__name__)}"]
        fields += [f"{quoted(name)}{self.colon}{left.get(name, '%s')}" for name in names]
        template = "{" + ",".join(self.deeper + one for one in fields) + self.margin + "}"
        writers = _writers(self.deeper, self.bare)
        told = [name for name in names if name not in left]
        if not told:
            return lambda _: template
        values = attrgetter(*told)
        if kind is Document:
            tables = [_writers(self.deeper, self.bare and name not in _OUTSIDE) for name in told]
            return lambda node: (
                template % tuple([table[type(one)](one) for table, one in zip(tables, values(node), strict=True)])
            )
        if len(told) == 1:  # one value, and no tuple of them
            start, _, end = template.partition("%s")
            return lambda node: start + writers[type(one := values(node))](one) + end
        # Texts are most of what there is: asking for them first spares a look-up and a call for each.
        return lambda node: (
            template % tuple([quoted(one) if type(one) is str else writers[type(one)](one) for one in values(node)])
        )


@lru_cache(maxsize=512)
def _writers(margin: str, bare: bool) -> _Writers:
    return _Writers(margin, bare)
