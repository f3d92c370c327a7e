"""Works out expressions that were read before, from plans: nested tuples of plain data.

A plan says what an expression does, and nothing in it can be run: a word for the operation, then what it works on.
It gives the answer that Jinja's sandbox gives, only sooner, and it need not load Jinja. Where it has no answer, because
a name is not there, a value is of an unusual kind or a filter fails, it says so, and Jinja is asked.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from pydantic import BaseModel

from agreementkit.assemble.filters import FILTERS, IsoDate

Plan = tuple[Any, ...]
"""An operation and what it works on: `("attr", ("name", "dates"), "agreement")`."""

COMPARISONS: Mapping[str, Callable[[Any, Any], Any]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "gt": operator.gt,
    "gteq": operator.ge,
    "lt": operator.lt,
    "lteq": operator.le,
    "in": lambda left, right: left in right,
    "notin": lambda left, right: left not in right,
}
"""Comparisons by the words that Jinja has for them."""
MAX_KEPT = 20_000
"""How many expressions are kept in memory, of each kind of result; more than any bank has."""
OF_ENTRIES = ("map", "selectattr", "rejectattr")
"""Filters that look at one attribute of each entry of a list."""


class NoAnswer(Exception):  # noqa: N818 - no fault of anybody's: Jinja is asked instead
    """A plan does not say what comes out with these values."""


def work_out(plan: Plan, names: Mapping[str, Any]) -> Any:
    """Return what an expression comes to.

    Args:
        plan: The plan of the expression.
        names: What it may name.

    Raises:
        NoAnswer: The plan does not say; also where the expression is at fault.
    """
    try:
        return _run(plan, names)
    except NoAnswer:
        raise
    except Exception as error:
        raise NoAnswer from error  # whatever it is, Jinja has the words for it


def _run(plan: Plan, names: Mapping[str, Any]) -> Any:
    return _OPERATIONS[plan[0]](plan, names)


def _attribute(owner: Any, name: str) -> Any:
    """Return a setting of a part of the configuration; what else a value may have is not for plans."""
    if _is_setting(type(owner), name):  # type: ignore[arg-type]  # mypy: a class is hashable
        return getattr(owner, name)
    raise NoAnswer


@lru_cache(maxsize=2_000)
def _is_setting(kind: type, name: str) -> bool:
    return issubclass(kind, BaseModel) and (
        name in kind.__pydantic_fields__ or name in kind.__pydantic_computed_fields__
    )


def _seen(value: Any) -> Any:
    return IsoDate(value.isoformat()) if isinstance(value, date) else value


def _name(plan: Plan, names: Mapping[str, Any]) -> Any:
    return names[plan[1]]


def _attr(plan: Plan, names: Mapping[str, Any]) -> Any:
    return _seen(_attribute(_run(plan[1], names), plan[2]))


def _const(plan: Plan, _: Mapping[str, Any]) -> Any:
    return plan[1]


def _list(plan: Plan, names: Mapping[str, Any]) -> Any:
    return [_run(one, names) for one in plan[1]]


def _tuple(plan: Plan, names: Mapping[str, Any]) -> Any:
    return tuple(_run(one, names) for one in plan[1])


def _compare(plan: Plan, names: Mapping[str, Any]) -> Any:
    left, found = _run(plan[1], names), True
    for word, operand in plan[2]:
        right = _run(operand, names)
        found = COMPARISONS[word](left, right)
        if not found:
            break
        left = right
    return found


def _and(plan: Plan, names: Mapping[str, Any]) -> Any:
    return _run(plan[1], names) and _run(plan[2], names)


def _or(plan: Plan, names: Mapping[str, Any]) -> Any:
    return _run(plan[1], names) or _run(plan[2], names)


def _not(plan: Plan, names: Mapping[str, Any]) -> Any:
    return not _run(plan[1], names)


def _negative(plan: Plan, names: Mapping[str, Any]) -> Any:
    return -_run(plan[1], names)


def _if(plan: Plan, names: Mapping[str, Any]) -> Any:
    return _run(plan[2] if _run(plan[1], names) else plan[3], names)


def _filter(plan: Plan, names: Mapping[str, Any]) -> Any:
    value = _run(plan[2], names)
    arguments = [_run(one, names) for one in plan[3]]
    named = {name: _run(one, names) for name, one in plan[4]}
    return None if value is None else FILTERS[plan[1]](value, *arguments, **named)


def _entries(plan: Plan, names: Mapping[str, Any]) -> Any:
    values, name = _run(plan[2], names), plan[3]
    if not isinstance(values, list | tuple):
        raise NoAnswer
    if plan[1] == "map":
        return [_seen(_attribute(one, name)) for one in values]
    wanted = plan[1] == "selectattr"
    return [one for one in values if bool(_attribute(one, name)) is wanted]


def _present(plan: Plan, names: Mapping[str, Any]) -> Any:
    return _run(plan[1], names) in names["_chosen"]


_OPERATIONS: Mapping[str, Callable[[Plan, Mapping[str, Any]], Any]] = {
    "name": _name,
    "attr": _attr,
    "const": _const,
    "list": _list,
    "tuple": _tuple,
    "compare": _compare,
    "and": _and,
    "or": _or,
    "not": _not,
    "neg": _negative,
    "if": _if,
    "filter": _filter,
    "entries": _entries,
    "present": _present,
}


def plan_from_data(data: Sequence[Any]) -> Plan:
    """Return the plan that was kept as lists.

    Raises:
        ValueError: It is none.
    """
    try:
        return _SHAPES[data[0]](data)
    except (LookupError, TypeError, RecursionError) as error:
        raise ValueError("this is no plan of an expression") from error


def _word(value: Any, among: Any = None) -> str:
    if not isinstance(value, str) or value.startswith("_") or (among is not None and value not in among):
        raise ValueError("this is no plan of an expression")
    return value


def _constant(value: Any) -> Any:
    if not isinstance(value, str | int | float | None):
        raise ValueError("this is no plan of an expression")
    return value


def _all(data: Any) -> tuple[Plan, ...]:
    return tuple(plan_from_data(one) for one in data)


_SHAPES: Mapping[str, Callable[[Sequence[Any]], Plan]] = {
    "name": lambda d: ("name", _word(d[1])),
    "attr": lambda d: ("attr", plan_from_data(d[1]), _word(d[2])),
    "const": lambda d: ("const", _constant(d[1])),
    "list": lambda d: ("list", _all(d[1])),
    "tuple": lambda d: ("tuple", _all(d[1])),
    "compare": lambda d: (
        "compare",
        plan_from_data(d[1]),
        tuple((_word(word, COMPARISONS), plan_from_data(one)) for word, one in d[2]),
    ),
    "and": lambda d: ("and", plan_from_data(d[1]), plan_from_data(d[2])),
    "or": lambda d: ("or", plan_from_data(d[1]), plan_from_data(d[2])),
    "not": lambda d: ("not", plan_from_data(d[1])),
    "neg": lambda d: ("neg", plan_from_data(d[1])),
    "if": lambda d: ("if", plan_from_data(d[1]), plan_from_data(d[2]), plan_from_data(d[3])),
    "filter": lambda d: (
        "filter",
        _word(d[1], FILTERS),
        plan_from_data(d[2]),
        _all(d[3]),
        tuple((_word(name), plan_from_data(one)) for name, one in d[4]),
    ),
    "entries": lambda d: ("entries", _word(d[1], OF_ENTRIES), plan_from_data(d[2]), _word(d[3])),
    "present": lambda d: ("present", plan_from_data(d[1])),
}
