"""The tree as plain data, for JSON, and back: a type tag and the fields of each node, after Pandoc's JSON.

`from_data(to_data(document)) == document` for every document of every stage. Reading is strict: an unknown tag,
an unknown field or a value of the wrong kind is refused with its place. What a field holds is taken from the
annotations of the nodes, so that a new node or field needs no line here. It must not know any format.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import StrEnum
from functools import cache
from typing import Any, Literal

from agreementkit.diagnostics import Place
from agreementkit.tree import nodes
from agreementkit.tree.nodes import Document

TAG = "type"
"""Key of the type tag in the data of a node."""

_Read = Callable[[object, str], object]


def _kinds() -> dict[str, type[Any]]:
    found = {name: kind for name, kind in vars(nodes).items() if isinstance(kind, type) and is_dataclass(kind)}
    del found["Division"]  # what all divisions have in common is no node itself
    return {**found, "Place": Place}


KINDS: Mapping[str, type[Any]] = types.MappingProxyType(_kinds())
"""Every kind of node and small value by its tag."""


def to_data(document: Document) -> dict[str, Any]:
    """Return a document as dictionaries, lists, strings, numbers and None, ready for JSON.

    Every node is a dictionary with its kind under `type` and then every field in the order of its declaration.
    """
    data: dict[str, Any] = _data(document)
    return data


def _data(value: object) -> Any:
    match value:
        case tuple():
            return [_data(one) for one in value]
        case StrEnum():
            return value.value
        case None | bool() | int() | str():
            return value
    kind = type(value)
    if KINDS.get(kind.__name__) is not kind:
        raise TypeError(f"{kind.__name__} is no node of the tree")
    return {TAG: kind.__name__, **{name: _data(getattr(value, name)) for name in _names(kind.__name__)}}


def from_data(data: Mapping[str, Any]) -> Document:
    """Return the document that `to_data` made into `data`.

    A field that is not there takes its default, so that data from before a field was added can be read.

    Raises:
        ValueError: `data` is no document: an unknown tag or field, a missing field, a value of the wrong kind.
    """
    document = _node_reader((Document,))(data, "document")
    assert isinstance(document, Document)  # noqa: S101 - told to the type checker; the reader has seen to it
    return document


@cache
def _names(tag: str) -> tuple[str, ...]:
    return tuple(one.name for one in fields(KINDS[tag]))


@cache
def _readers(tag: str) -> Mapping[str, tuple[_Read, bool]]:
    """Return for each field of a kind how it is read and whether it must be there."""
    kind = KINDS[tag]
    hints = typing.get_type_hints(kind)
    return {
        one.name: (_reader(hints[one.name]), one.default is MISSING and one.default_factory is MISSING)
        for one in fields(kind)
    }


def _reader(hint: Any) -> _Read:
    """Return the function that reads a value of an annotated type."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is tuple:
        return _tuple_reader(_reader(arguments[0]))
    if origin is Literal:
        return _choice_reader({choice: choice for choice in arguments})
    if origin in (types.UnionType, typing.Union):
        kinds = tuple(one for one in arguments if one is not types.NoneType)
        return _node_reader(kinds, optional=len(kinds) < len(arguments))
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return _choice_reader({member.value: member for member in hint})
    if isinstance(hint, type) and is_dataclass(hint):
        return _node_reader((hint,))
    return _plain_reader(hint)


def _plain_reader(kind: type[object]) -> _Read:
    def read(value: object, at: str) -> object:
        if type(value) is not kind:
            raise ValueError(f"{at}: expected {kind.__name__}, found {_name(value)}")
        return value

    return read


def _choice_reader(choices: Mapping[str, object]) -> _Read:
    def read(value: object, at: str) -> object:
        if not isinstance(value, str) or value not in choices:
            raise ValueError(f"{at}: expected one of {', '.join(choices)}, found {value!r}")
        return choices[value]

    return read


def _tuple_reader(read_one: _Read) -> _Read:
    def read(value: object, at: str) -> object:
        if not isinstance(value, list | tuple):
            raise ValueError(f"{at}: expected list, found {_name(value)}")
        return tuple(read_one(one, f"{at}[{index}]") for index, one in enumerate(value))

    return read


def _node_reader(kinds: tuple[type[Any], ...], *, optional: bool = False) -> _Read:
    def read(value: object, at: str) -> object:
        if value is None and optional:
            return None
        if not isinstance(value, Mapping):
            raise ValueError(f"{at}: expected a node, found {_name(value)}")
        tag = value.get(TAG)
        kind = KINDS.get(tag) if isinstance(tag, str) else None
        if kind is None:
            raise ValueError(f"{at}: unknown type {tag!r}")
        if not issubclass(kind, kinds):
            raise ValueError(f"{at}: {tag} cannot stand here")
        return _read_fields(kind, value, at)

    return read


def _read_fields(kind: type[Any], value: Mapping[str, Any], at: str) -> object:
    readers = _readers(kind.__name__)
    unknown = [name for name in value if name != TAG and name not in readers]
    if unknown:
        raise ValueError(f"{at}: {kind.__name__} has no field {unknown[0]!r}")
    given = {}
    for name, (read, needed) in readers.items():
        if name in value:
            given[name] = read(value[name], f"{at}.{name}")
        elif needed:
            raise ValueError(f"{at}: {kind.__name__} lacks the field {name!r}")
    return kind(**given)


def _name(value: object) -> str:
    return "nothing" if value is None else type(value).__name__
