"""A configuration with one setting changed, and the values that a setting might have.

Nothing here is checked: a changed configuration only serves to see what conditions and texts make of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from pydantic import BaseModel

from agreementkit.config import Config
from agreementkit.config.paths import Resolved, members

_SOME_DAY = date(2031, 5, 20)
_SOME_TEXT = "something else"


def steps(path: str) -> list[str | int]:
    """Return a path in steps: `employers[0].short` is `employers`, 0, `short`."""
    out: list[str | int] = []
    for part in path.split("."):
        name, *numbers = part.replace("]", "").split("[")
        out += [name, *(int(number) for number in numbers)]
    return out


def current(config: Config, path: str) -> Any:
    """Return the value of a setting; None where what it belongs to is not given."""
    value: Any = config
    for step in steps(path):
        if value is None:
            return None
        if isinstance(step, int):
            value = value[step] if step < len(value) else None
        else:
            value = value.get(step) if isinstance(value, Mapping) else getattr(value, step, None)
    return value


def changed(config: Config, path: str, value: Any) -> Config:
    """Return the configuration with another value at a path; what the setting belongs to is made where missing."""
    return _changed(config, steps(path), value)  # type: ignore[no-any-return]


def _changed(model: BaseModel, way: Sequence[str | int], value: Any) -> Any:
    name, *rest = way
    if not rest:
        return model.model_copy(update={str(name): value})
    below = getattr(model, str(name))
    if isinstance(rest[0], int):
        entries = list(below)
        entries[rest[0]] = _changed(entries[rest[0]], rest[1:], value) if rest[1:] else value
        return model.model_copy(update={str(name): tuple(entries)})
    if isinstance(below, Mapping):  # options of packs
        first, *further = rest
        inner = {**below, str(first): {**below.get(first, {}), **{str(key): value for key in further}}}
        return model.model_copy(update={str(name): inner})
    found = members(type(model))[str(name)].model
    if below is None and found is not None:
        below = something(found)
    return model.model_copy(update={str(name): _changed(below, rest, value)})


def something(model: type[BaseModel]) -> BaseModel:
    """Return an entry of a list or an optional section with its defaults, and something for what has none."""
    needed = {name: _something(found) for name, found in members(model).items() if found.required}
    return model.model_construct(**needed)


def _something(found: Resolved) -> Any:
    if found.is_list:
        return ()
    if found.choices:
        return found.choices[0]
    return {int: 1, bool: True, date: _SOME_DAY}.get(found.annotation, _SOME_TEXT)


def alternatives(found: Resolved, now: Any, compared: Iterable[Any] = ()) -> list[Any]:
    """Return values that a setting might have, the present one first, enough to tell whether it makes a difference.

    Args:
        found: What the setting is.
        now: Its present value.
        compared: What clauses compare it with.
    """
    out: list[Any] = [now]
    if found.is_list:
        if found.choices:
            out += [(), *((one,) for one in found.choices), found.choices]
        else:
            out += [(), (something(found.model) if found.model else _SOME_TEXT,)]
    elif found.choices:
        out += found.choices
    elif found.annotation is bool:
        out += [True, False]
    elif found.annotation is int:
        whole = [one for one in compared if isinstance(one, int) and not isinstance(one, bool)]
        out += [*(one + more for one in whole for more in (0, 1)), (now or 1) + 1, max(0, (now or 1) - 1)]
    else:
        out += [_SOME_DAY if found.annotation is date else _SOME_TEXT]
    if found.optional:
        out.append(None)
    return [value for number, value in enumerate(out) if value not in out[:number]]
