"""Values that stand for all values of a setting: for each kind of answer that a condition can give, one that gives it.

A yes-or-no setting has two, a choice has its options, a number those around everything it is compared with and its
bounds, a date the days before and after. A list of choices has none, each alone, all, and every choice among those that
conditions ask for. Another list has none, one and two entries, and for each thing that a condition asks of an entry one
with each answer. Two values that no condition tells apart are one value here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import combinations
from typing import Any

from pydantic import BaseModel

from agreementkit.config import Config
from agreementkit.config.paths import Resolved, members, resolve_type
from agreementkit.proof.expressions import LENGTH, Used

BEHIND: Mapping[str, tuple[str, ...]] = {
    "is_nhs": ("employers",),
    "several_employers": ("employers",),
    "several_unions": ("unions",),
    "partner_unions": ("unions",),
    "joint_unions": ("unions",),
    "lnc_unions": ("unions", "lnc"),
    "unions_without_representatives": ("unions",),
    "signing_employers": ("employers", "signatories"),
    "signing_unions": ("unions", "signatories"),
    "total_headcount": ("headcount", "employers"),
    "host_employer": ("hosting",),
    "board": ("forum.reports_to", "employers"),
    "meeting_calendar": ("forum.first_meeting", "forum.meetings_a_year"),
    "predecessor_records": ("predecessors",),
}
"""The settings behind what a configuration works out; conditions ask for these."""

ENTRY: Mapping[str, tuple[dict[str, Any], ...]] = {
    "unions": ({"id": "unison"}, {"id": "mip"}, {"id": "rcn"}),
    "employers": (
        {"name": "Anytown Integrated Care Board", "short": "the ICB", "kind": "icb"},
        {"name": "Otherham Council", "short": "the Council", "kind": "council"},
    ),
}
"""Entries of lists that names are looked up in."""
_DAY = dt.date(2026, 5, 1)
_MOST_OPTIONS = 16
MOST_TOLD_APART = 6
"""Options of a list that conditions ask for, up to which every choice among them is a value of its own."""


def settings_behind(used: Used, root: type[Config] = Config) -> dict[str, set[str]]:
    """Return the settings to vary, each with what conditions ask of its entries.

    Args:
        used: What expressions look at.
        root: The configuration, with the options of the packs.

    Returns:
        By the path of a setting, the names of members that are asked for; empty unless it is a list of sections.
    """
    found: dict[str, set[str]] = {}
    for path in sorted(used.settings):
        head, *rest = path.split(".")
        if head == "precedent" or head == "agreements":
            continue
        for base in BEHIND.get(head, (head,)):
            steps = [*base.split("."), *([] if head in BEHIND and "." in base else rest)]
            setting, members_ = _split(steps, root)
            if setting:
                found.setdefault(setting, set()).update(members_)
    return found


def _split(steps: list[str], root: type[Config]) -> tuple[str, list[str]]:
    """Return the setting that a path leads to or through: the list, for a member of its entries."""
    for end in range(1, len(steps) + 1):
        found = resolve_type(steps[:end], root)
        if found is None:
            return (".".join(steps[: end - 1]), []) if end > 1 else ("", [])
        if found.is_list or (found.optional and found.model is not None):
            return ".".join(steps[:end]), [name for name in steps[end : end + 1] if not _computed(found, name)]
    return ".".join(steps), []


def _computed(found: Resolved, name: str) -> bool:
    step = members(found.model).get(name) if found.model else None
    return step is None or step.computed


def domain(path: str, asked: Iterable[str], used: Used, root: type[Config] = Config) -> tuple[Any, ...]:
    """Return the values that stand for all values of a setting, the default first.

    Args:
        path: The setting.
        asked: Members of its entries that conditions ask for.
        used: What it is compared with.
        root: The configuration, with the options of the packs.
    """
    found = resolve_type(path.split("."), root)
    if found is None or found.computed:
        return ()
    model, name = _owner(path, root)
    default = members(model)[name].default
    values: list[Any] = [] if found.required else [default]
    if found.optional:
        values.append(None)
    values += _values(path, found, model, name, tuple(asked), used)
    return _distinct(values)


def _values(
    path: str, found: Resolved, model: type[BaseModel], name: str, asked: tuple[str, ...], used: Used
) -> Iterator[Any]:
    constants = used.constants.get(path, set())
    low, high = _bounds(model, name)
    if found.is_list:
        yield from _lists(path, found, asked, used, low, high)
    elif found.model is not None:
        yield example(found.model)
    elif found.choices:
        yield from found.choices[:_MOST_OPTIONS]
    elif found.annotation is bool:
        yield from (False, True)
    elif found.annotation is int:
        least, most = low or 0, 10**6 if high is None else high
        near = {one + step for one in constants if isinstance(one, int) for step in (-1, 0, 1)}
        yield from sorted(one for one in near | {least, 1, 2} if least <= one <= most)
    elif found.annotation is dt.date:
        days = [day for one in constants if (day := _as_day(one))]
        yield from (day + dt.timedelta(days=step) for day in sorted(days) for step in (-1, 0))
        yield _DAY
    else:
        yield from (one for one in sorted(map(str, constants)) if one)
        yield f"{name.replace('_', ' ')} given"


def _lists(
    path: str, found: Resolved, asked: tuple[str, ...], used: Used, low: int | None, high: int | None
) -> Iterator[Any]:
    least, most = low or 0, 60 if high is None else high
    lengths = {one for one in used.constants.get(f"{path}{LENGTH}", set()) if isinstance(one, int)}
    if found.choices:
        options, constants = found.choices, used.constants.get(path, set())
        yield from ((one,) for one in options if least <= 1 <= most)
        yield tuple(options[:most])
        told_apart = [one for one in options if one in constants]
        if len(told_apart) <= MOST_TOLD_APART:  # every answer that conditions on several of them can give together
            others = [one for one in options if one not in constants][:1]
            for count in range(2, len(told_apart) + 1):
                for some in combinations(told_apart, count):
                    yield from (one for one in (some, (*some, *others)) if least <= len(one) <= most)
        if least == 0:
            yield ()
        return
    entries = _entries(path, found)
    for count in sorted({0, 1, 2} | {one + step for one in lengths for step in (0, 1)}):
        if least <= count <= most:
            yield tuple(entries(number) for number in range(count))
    model = found.model
    if model is None:
        return
    for name in asked:
        member = members(model)[name]
        inner = Used(used.settings, {name: used.constants.get(f"{path}.{name}", set())})
        for value in _member_values(model, member, name, inner):
            first = {**_dict(entries(0)), name: value}
            yield (first,)
            if most > 1:
                yield (first, entries(1))
                yield (first, {**_dict(entries(1)), name: value})


def _member_values(model: type[BaseModel], member: Resolved, name: str, used: Used) -> tuple[Any, ...]:
    values: list[Any] = [None] if member.optional else []
    if member.model is None and not (member.annotation is str and not member.choices and not member.optional):
        values += list(_values(name, member, model, name, (), used))
    return _distinct(values)


def _entries(path: str, found: Resolved) -> Any:
    given = ENTRY.get(path)

    def entry(number: int) -> Any:
        if given and number < len(given):
            return given[number]
        if found.model is not None:
            return example(found.model, number)
        return f"{path.rpartition('.')[2].replace('_', ' ')} {number + 1}"

    return entry


def example(model: type[BaseModel], number: int = 0) -> dict[str, Any]:
    """Return the input of a section with just what it needs, different for each number."""
    return {name: _example(member, name, model, number) for name, member in members(model).items() if member.required}


def _example(member: Resolved, name: str, model: type[BaseModel], number: int) -> Any:
    if member.is_list:
        return [_example(_one(member), name, model, 0)]
    if member.model is not None:
        return example(member.model, number)
    if member.choices:
        return member.choices[number % len(member.choices)]
    if member.annotation is int:
        return max(_bounds(model, name)[0] or 0, 1)
    if member.annotation is dt.date:
        return _DAY + dt.timedelta(days=28 * number)
    if member.annotation is bool:
        return True
    known = {"host": "the ICB", "employer": "the ICB", "union": "unison", "id": f"example-{number + 1}"}
    return known.get(name, f"{name.replace('_', ' ').capitalize()} {'ABCDEFGH'[number % 8]}")


def _one(member: Resolved) -> Resolved:
    return replace(member, is_list=False)


def _owner(path: str, root: type[Config]) -> tuple[type[BaseModel], str]:
    *above, name = path.split(".")
    model = resolve_type(above, root)
    return (model.model if model and model.model else root), name


def _bounds(model: type[BaseModel], name: str) -> tuple[int | None, int | None]:
    metadata = model.model_fields[name].metadata if name in model.model_fields else ()
    low = next((v for m in metadata for key in ("ge", "min_length") if (v := getattr(m, key, None)) is not None), None)
    high = next((v for m in metadata for key in ("le", "max_length") if (v := getattr(m, key, None)) is not None), None)
    return low, high


def _as_day(value: object) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(value))
    except ValueError:
        return None


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _distinct(values: Iterable[Any]) -> tuple[Any, ...]:
    out: list[Any] = []
    for value in values:
        if not any(type(value) is type(one) and value == one for one in out):
            out.append(value)
    return tuple(out)
