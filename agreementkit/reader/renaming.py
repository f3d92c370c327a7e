"""Puts present ids in the place of former ones in a body that was read: in references, and in `is present`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from agreementkit.diagnostics import Place
from agreementkit.reader.template import Condition
from agreementkit.tree.nodes import CrossReference

T = TypeVar("T")
_PRESENT = re.compile(r"""(?P<quote>['"])(?P<id>[a-z0-9-]+)(?P=quote)(?=\s+is\s+(?:not\s+)?present\b)""")


def renamed(template: T, former: Mapping[str, str]) -> T:
    """Return a template, or anything in one, with present ids; what does not change stays the very same object.

    Args:
        template: A body, an item, running text.
        former: Present ids of clauses by their former ones.
    """
    result: T = _renamed(template, former)
    return result


def _renamed(value: Any, former: Mapping[str, str]) -> Any:
    if isinstance(value, CrossReference):
        target = _target(value.target, former)
        return value if target == value.target else replace(value, target=target)
    if isinstance(value, Condition):
        expression = _PRESENT.sub(lambda m: f"{m['quote']}{former.get(m['id'], m['id'])}{m['quote']}", value.expression)
        return value if expression == value.expression else replace(value, expression=expression)
    if isinstance(value, tuple):
        inner = tuple(_renamed(one, former) for one in value)
        return value if all(a is b for a, b in zip(value, inner, strict=True)) else inner
    if is_dataclass(value) and not isinstance(value, type | Place):
        changed = {
            one.name: new
            for one in fields(value)
            if (new := _renamed(old := getattr(value, one.name), former)) is not old
        }
        return replace(value, **changed) if changed else value
    return value


def _target(target: str, former: Mapping[str, str]) -> str:
    agreement, colon, path = target.rpartition(":")
    head, slash, rest = path.partition("/")
    return f"{agreement}{colon}{former.get(head, head)}{slash}{rest}"
