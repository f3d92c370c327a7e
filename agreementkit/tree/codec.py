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

_Read = Callable[[object], object]

_PLAIN = (str, int, bool)


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
    kind: type = type(value)
    return {TAG: kind.__name__, **{name: _data(getattr(value, name)) for name in fields_of(kind)}}


@cache
def fields_of(kind: type) -> tuple[str, ...]:
    """Return the names of the fields of a kind of node, in the order of their declaration.

    Raises:
        TypeError: It is no kind of node.
    """
    if KINDS.get(kind.__name__) is not kind:
        raise TypeError(f"{kind.__name__} is no node of the tree")
    return tuple(one.name for one in fields(kind))


def from_data(data: Mapping[str, Any]) -> Document:
    """Return the document that `to_data` made into `data`.

    A field that is not there takes its default, so that data from before a field was added can be read.

    Raises:
        ValueError: `data` is no document: an unknown tag or field, a missing field, a value of the wrong kind.
    """
    try:
        document = _DOCUMENT(data)
    except _FaultError as fault:
        raise fault.below("document") from None
    assert isinstance(document, Document)  # noqa: S101 - told to the type checker; the reader has seen to it
    return document


class _FaultError(ValueError):
    """What is wrong with a value, and where: the steps that lead to it are put in front on the way out.

    So a place is only spelt where something is wrong, and not for every value that is read.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
        self.place = ""

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"

    def below(self, step: str) -> _FaultError:
        """Return the fault as seen from one step above."""
        self.place = step + self.place
        return self


@cache
def _readers(kind: type) -> tuple[tuple[tuple[str, _Read, type | None, bool], ...], frozenset[str]]:
    """Return the fields of a kind and every key that data of it has.

    Of each field: its name, how it is read, the type of values that are taken as they are, whether it must be there.
    """
    hints = typing.get_type_hints(kind)
    readers = tuple(
        (
            one.name,
            _reader(hints[one.name]),
            hints[one.name] if hints[one.name] in _PLAIN else None,
            one.default is MISSING and one.default_factory is MISSING,
        )
        for one in fields(kind)
    )
    return readers, frozenset((TAG, *(name for name, *_ in readers)))


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
    def read(value: object) -> object:
        if type(value) is not kind:
            raise _FaultError(f"expected {kind.__name__}, found {_name(value)}")
        return value

    return read


def _choice_reader(choices: Mapping[str, object]) -> _Read:
    def read(value: object) -> object:
        if not isinstance(value, str) or value not in choices:
            raise _FaultError(f"expected one of {', '.join(choices)}, found {value!r}")
        return choices[value]

    return read


def _tuple_reader(read_one: _Read) -> _Read:
    def read(value: object) -> object:
        if not isinstance(value, list | tuple):
            raise _FaultError(f"expected list, found {_name(value)}")
        if not value:
            return ()
        found: list[object] = []
        try:
            for one in value:
                found.append(read_one(one))  # noqa: PERF401 - how many were read tells where the fault is
        except _FaultError as fault:
            raise fault.below(f"[{len(found)}]") from None
        return tuple(found)

    return read


def _node_reader(kinds: tuple[type[Any], ...], *, optional: bool = False) -> _Read:
    allowed = {tag: kind for tag, kind in KINDS.items() if issubclass(kind, kinds)}

    def read(value: object) -> object:
        if value is None and optional:
            return None
        if type(value) is not dict and not isinstance(value, Mapping):  # the first costs next to nothing
            raise _FaultError(f"expected a node, found {_name(value)}")
        tag = value.get(TAG)
        kind = allowed.get(tag) if isinstance(tag, str) else None
        if kind is None:
            known = isinstance(tag, str) and tag in KINDS
            raise _FaultError(f"{tag} cannot stand here" if known else f"unknown type {tag!r}")
        return _read_fields(kind, value)

    return read


def _read_fields(kind: type, value: Mapping[str, Any]) -> object:
    readers, known = _readers(kind)
    given = {}
    name = ""
    try:
        for name, read, plain, needed in readers:
            if name in value:
                one = value[name]
                given[name] = one if type(one) is plain else read(one)
            elif needed:
                break
        else:
            if len(given) == len(value) - 1:  # with the tag that is all; no need to compare names
                return kind(**given)
    except _FaultError as fault:
        _refuse_unknown(kind, value, known)
        raise fault.below(f".{name}") from None
    _refuse_unknown(kind, value, known)
    raise _FaultError(f"{kind.__name__} lacks the field {name!r}")


def _refuse_unknown(kind: type, value: Mapping[str, Any], known: frozenset[str]) -> None:
    """Refuse a field that a kind does not have, before whatever else is wrong."""
    unknown = next((name for name in value if name not in known), None)
    if unknown is not None:
        raise _FaultError(f"{kind.__name__} has no field {unknown!r}") from None


def _name(value: object) -> str:
    return "nothing" if value is None else type(value).__name__


_DOCUMENT = _node_reader((Document,))
