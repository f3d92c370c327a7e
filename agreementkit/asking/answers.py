"""What has been answered so far: plain data as in a configuration file, by path, and its faults.

An answer is held against the model at once. Before the parties are known, stand-ins take their place, so that the model
can be asked at every step; they are never written.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from agreementkit.asking.change import steps
from agreementkit.config import Config, Union
from agreementkit.config.faults import diagnose
from agreementkit.config.load import load_partly
from agreementkit.config.options import Declarations, option_faults
from agreementkit.diagnostics import Diagnostic
from agreementkit.source import Loc

STAND_INS: Mapping[str, Any] = {"employers": [{"name": "the employer"}], "unions": ["unison"]}
"""Who stands in for parties that are not known yet."""

OF_ITS_OWN = (
    "title", "employers", "headcount", "hosting", "predecessors", "establishment", "shadow", "supporting_parties",
    "dates", "signatories", "packs", "options", "forum.first_meeting", "forum.shadow", "notes.date", "document.owner",
    "document.reference", "document.version", "document.issued", "document.approved_by", "document.consulted",
    "recognition.groups", "recognition.limited_groups", "checks",
)  # fmt: skip
"""What belongs to the organisations of a case and not to those that learn from it."""


@dataclass(slots=True)
class Answers:
    """Answers so far.

    Attributes:
        data: What has been answered, as in a configuration file.
        suggested: What a case suggests where nothing has been answered yet.
        left_out: What it suggested and does not fit the answers.
    """

    data: dict[str, Any] = field(default_factory=dict)
    suggested: dict[str, Any] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)

    def get(self, path: str) -> Any:
        """Return the answer at a path, or None."""
        return _at(self.data, path)

    def has(self, path: str) -> bool:
        """Return whether there is an answer at a path."""
        return self.get(path) is not None

    def proposal(self, path: str) -> Any:
        """Return what a case suggests for a path, or None."""
        return _at(self.suggested, path)

    def put(self, path: str, value: Any) -> None:
        """Set the answer at a path; what a case suggests and no longer fits is left out."""
        put(self.data, path, value)
        if self.suggested:
            for one in without_faults(self.whole())[1]:
                if not self.has(one) and _at(self.suggested, one) is not None:
                    drop(self.suggested, one)
                    self.left_out.append(one)

    def drop(self, path: str) -> None:
        """Take the answer at a path back."""
        drop(self.data, path)

    def whole(self) -> dict[str, Any]:
        """Return everything that is to be written: the answers, and what a case suggests beside them."""
        return merged(self.suggested, self.data)

    def config(self) -> Config:
        """Return a configuration of the answers, with stand-ins for missing parties, and without what is at fault."""
        return without_faults(self.whole())[0]

    def faults(self, path: str, value: Any, declared: Declarations | None = None) -> tuple[Diagnostic, ...]:
        """Return what the model says about one answer, beside the other answers.

        Args:
            path: The setting.
            value: The answer, as plain data.
            declared: Options that packs declare, where the answer may be one of them.
        """
        own = copy.deepcopy(self.data)
        put(own, path, value)
        before = {(one.path, one.message) for one in _faults(self.whole(), declared)}
        head = path.split(".")[0].split("[")[0]
        # What a case only suggests has to give way to an answer, and is no fault of it.
        found = [
            one
            for one in _faults(merged(self.suggested, own), declared)
            if (one.path, one.message) not in before and _at(own, _droppable(steps(one.path))) is not None
        ]
        return tuple(one for one in found if one.path.startswith(head)) or tuple(found)


def _at(data: Any, path: str) -> Any:
    for step in steps(path):
        if isinstance(step, int):
            data = data[step] if isinstance(data, list) and step < len(data) else None
        else:
            data = data.get(step) if isinstance(data, Mapping) else None
    return data


def put(data: dict[str, Any], path: str, value: Any) -> None:
    """Set a value at a path, making the sections above it; an entry of a list has to be there."""
    at: Any = data
    *above, last = steps(path)
    for step in above:
        if isinstance(step, int):
            at = at[step]
        else:
            if not isinstance(at.get(step), dict | list):
                at[step] = {}
            at = at[step]
    at[last] = value


def drop(data: dict[str, Any], path: str) -> None:
    """Take a value out, and the sections that are empty without it."""
    way = steps(path)
    trail: list[Any] = [data]
    for step in way[:-1]:
        below = trail[-1][step] if isinstance(step, int) else trail[-1].get(step)
        if not isinstance(below, dict | list):
            return
        trail.append(below)
    if isinstance(trail[-1], dict):
        trail[-1].pop(way[-1], None)
    for at, step in zip(reversed(trail[:-1]), reversed(way[:-1]), strict=True):
        if isinstance(at, dict) and at.get(step) == {}:
            at.pop(step)


def merged(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Return two sets of settings as one; where both have a value, that of `above`."""
    out = copy.deepcopy(dict(below))
    for key, value in above.items():
        both = isinstance(value, Mapping) and isinstance(out.get(key), Mapping)
        out[key] = merged(out[key], value) if both else copy.deepcopy(value)
    return out


def as_start(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a case suggests to others: its settings without what belongs to its own organisations."""
    out = copy.deepcopy(dict(data))
    for path in OF_ITS_OWN:
        drop(out, path)
    return out


def without_faults(data: Mapping[str, Any]) -> tuple[Config, tuple[str, ...]]:
    """Return a configuration of the data, and the paths that had to be left out to make one."""
    filled = {**STAND_INS, **copy.deepcopy(dict(data))}
    left: list[str] = []
    while True:
        try:
            return Config.model_validate(filled), tuple(left)
        except ValidationError as error:
            before = copy.deepcopy(filled)
            for loc in _locs(error):
                path = _droppable(loc)
                left.append(path)
                drop(filled, path)
                for key, value in STAND_INS.items():
                    filled.setdefault(key, copy.deepcopy(value))
            if filled == before:
                raise  # nothing that was given is at fault: a fault of the model


def _locs(error: ValidationError) -> Iterator[Loc]:
    for one in error.errors(include_url=False):
        context: Mapping[str, Any] = one.get("ctx") or {}
        parts = context.get("faults")
        for part in parts or ():
            yield (*one["loc"], *(part.context or {}).get("at", ()))
        if not parts:
            yield (*one["loc"], *context.get("at", ()))


def _droppable(loc: Sequence[str | int]) -> str:
    """Return the path to leave out for a fault: its setting, the whole list where it is in an entry."""
    names: list[str] = []
    for step in loc:
        if isinstance(step, int):
            break
        names.append(str(step))
    return ".".join(names)


def _faults(data: Mapping[str, Any], declared: Declarations | None) -> list[Diagnostic]:
    try:
        config = Config.model_validate({**STAND_INS, **data})
    except ValidationError as error:
        return diagnose(error, Config, None)
    return option_faults(config, declared) if declared else []


def read_answers(path: Any) -> dict[str, Any]:
    """Return the settings of a configuration file that need not be finished: the parties may be missing.

    Raises:
        ConfigError: With every fault of what is there, each at its place.
    """
    return load_partly(Config, path, STAND_INS)


def names_of(unions: Any) -> tuple[str, ...]:
    """Return the short names of unions as they are written in answers."""
    out = []
    for one in unions or ():
        try:
            out.append(Union.model_validate(one).short)
        except ValidationError:
            out.append(str(one))
    return tuple(out)
