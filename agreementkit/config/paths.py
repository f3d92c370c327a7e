"""Configuration paths without values: what `time_off.notice_days` is, before anybody's configuration exists.

Expressions in clauses are checked with this when a pack is read. A path goes through a list to its entries,
so `unions.name` is the name of a union.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, get_args, get_origin
from typing import Union as TypingUnion

from pydantic import BaseModel
from pydantic_core import PydanticUndefined


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a path leads to.

    Attributes:
        annotation: Python type of the value; for a list the type of its entries.
        is_list: Whether the value is a list.
        optional: Whether it may be `None`, which is a blank in a draft.
        model: The model of a section, or of the entries of a list of mappings.
        description: What the setting means.
        question: How a person is asked for it, where that is known: settings that matter most, and options of packs.
        unit: Unit of a number, or an empty string.
        choices: Names that may be given, or an empty tuple.
        computed: Whether it is worked out and cannot be set.
        through_list: Whether a list was passed on the way, so that the path needs a loop.
        default: Default value; `None` where there is none.
        required: Whether it has to be given.
    """

    annotation: Any
    is_list: bool = False
    optional: bool = False
    model: type[BaseModel] | None = None
    description: str = ""
    question: str = ""
    unit: str = ""
    choices: tuple[str, ...] = ()
    computed: bool = False
    through_list: bool = False
    default: Any = None
    required: bool = False


@dataclass(frozen=True, slots=True)
class FieldDoc:
    """Description, unit and type of a setting."""

    description: str
    unit: str
    annotation: Any


def _root(root: type[BaseModel] | None) -> type[BaseModel]:
    if root is not None:
        return root
    from agreementkit.config.model import Config  # the model may use this module for its messages

    return Config


def _unwrap(annotation: Any) -> tuple[Any, bool, bool]:
    """Return the inner type, whether `None` is allowed, and whether it is a list."""
    optional = is_list = False
    while True:
        origin = get_origin(annotation)
        if origin is Annotated:
            annotation = get_args(annotation)[0]
        elif origin in (UnionType, TypingUnion):
            inner = [part for part in get_args(annotation) if part is not NoneType]
            optional = optional or len(inner) < len(get_args(annotation))
            if len(inner) != 1:
                return annotation, optional, is_list
            annotation = inner[0]
        elif origin in (tuple, list) and not is_list:
            is_list = True
            annotation = get_args(annotation)[0]
        else:
            return annotation, optional, is_list


@cache
def members(model: type[BaseModel]) -> Mapping[str, Resolved]:
    """Return every name below `model`: its fields in order, then its computed fields."""
    found: dict[str, Resolved] = {}
    for name, field in model.model_fields.items():
        extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
        default = None if field.default is PydanticUndefined else field.default
        found[name] = _resolved(
            field.annotation,
            field.description,
            question=field.title or str(extra.get("question", "")),
            unit=str(extra.get("unit", "")),
            default=default,
            required=field.is_required(),
        )
    if model.model_computed_fields:
        model.model_rebuild()  # what is worked out has no type before the schema is made, and that is put off
    for name, computed in model.model_computed_fields.items():
        found[name] = _resolved(computed.return_type, computed.description, computed=True)
    return found


def _resolved(annotation: Any, description: str | None, **rest: Any) -> Resolved:
    inner, optional, is_list = _unwrap(annotation)
    return Resolved(
        annotation=inner,
        is_list=is_list,
        optional=optional,
        model=inner if isinstance(inner, type) and issubclass(inner, BaseModel) else None,
        description=description or "",
        choices=tuple(str(c) for c in get_args(inner)) if get_origin(inner) is Literal else (),
        **rest,
    )


def resolve_type(path: Sequence[str], root: type[BaseModel] | None = None) -> Resolved | None:
    """Return what `path` leads to, or None when there is no such setting.

    Args:
        path: Names from the root on: `("time_off", "notice_days")`. A number goes to the entry of a list.
        root: Model to start from; the whole configuration if not given.
    """
    model: type[BaseModel] | None = _root(root)
    found = Resolved(annotation=model, model=model)
    through = False
    for name in path:
        if found.is_list and name.isascii() and name.isdigit():
            found = replace(found, is_list=False)
            continue
        if found.model is None:
            return None
        through = through or found.is_list
        step = members(found.model).get(name)
        if step is None:
            return None
        found = replace(step, through_list=through)
    return found


def known_names(path: Sequence[str], root: type[BaseModel] | None = None) -> list[str]:
    """Return the names that may follow `path`; empty when nothing may."""
    found = resolve_type(path, root)
    return list(members(found.model)) if found and found.model else []


def in_file(path: str) -> str:
    """Return a path as a configuration file has it: expressions write the id of a pack with `_` below `options`."""
    head, *rest = path.split(".")
    return ".".join((head, rest[0].replace("_", "-"), *rest[1:])) if head == "options" and rest else path


def describe(path: str, root: type[BaseModel] | None = None) -> FieldDoc:
    """Return description, unit and type of the setting at a dotted path.

    Raises:
        KeyError: If there is no such setting.
    """
    found = resolve_type(path.split("."), root)
    if found is None:
        raise KeyError(path)
    return FieldDoc(found.description, found.unit, found.annotation)


def all_paths(root: type[BaseModel] | None = None, prefix: str = "") -> Iterator[tuple[str, Resolved]]:
    """Yield every path with what it leads to, sections before what is in them."""
    for name, found in members(_root(root)).items():
        path = f"{prefix}{name}"
        yield path, found
        # Computed lists repeat the fields of their entries; they are left closed.
        if found.model is not None and not found.computed:
            yield from all_paths(found.model, f"{path}.")
