"""Worlds: a configuration with some settings changed, in an agreement of a set, with some clauses present.

A world is what the conditions of a clause can tell apart. It is made quickly and without asking whether its settings
fit together; whether it can be reached is asked only of a world in which something is wrong.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel, TypeAdapter, ValidationError

from agreementkit.assemble.values import Names
from agreementkit.config import Config
from agreementkit.config.paths import in_file

PRECEDENT, SET, PRESENT = "precedent", "agreements", "present:"
"""Variables that are no settings: the agreement, the set it is in, and whether a clause is present."""

LEAST: dict[str, Any] = {
    "employers": [{"name": "Anytown Integrated Care Board", "short": "the ICB", "kind": "icb"}],
    "unions": ["unison", "rcn"],
}
"""The configuration that everything else is a change of."""

Assignment = Mapping[str, Any]


@cache
def least(root: type[Config] = Config) -> Config:
    """Return the least configuration."""
    return root.model_validate(LEAST)


@dataclass(slots=True)
class Worlds:
    """Makes worlds; what was made once is kept.

    Attributes:
        precedent: The agreement, where no variable says another.
        root: The configuration, with the options of the packs.
    """

    precedent: str
    root: type[Config] = Config
    _values: dict[tuple[str, str], Any] = field(default_factory=dict)

    def names(self, assignment: Assignment, heads: Collection[str]) -> Names | None:
        """Return what expressions see in a world; None where a value cannot even be made.

        Args:
            assignment: Value of each variable.
            heads: First names that the expressions use; working out all of them would take most of the time.
        """
        config = self.configuration(assignment)
        return None if config is None else self.seen(config, assignment, heads)

    def configuration(self, assignment: Assignment) -> Config | None:
        """Return the configuration of a world, whatever set it makes; None where a value cannot even be made."""
        config = least(self.root)
        sections: dict[str, Any] = {}
        for path, value in assignment.items():
            if path in (PRECEDENT, SET) or path.startswith(PRESENT):
                continue
            made = self._made(path, value)
            if made is _IMPOSSIBLE:
                return None
            head, *rest = path.split(".")
            section = sections[head] if head in sections else getattr(config, head)
            sections[head] = _changed(section, rest, made)
        return config.model_copy(update=sections) if sections else config  # once: a copy of it all takes longest

    def seen(self, config: Config, assignment: Assignment, heads: Collection[str]) -> Names:
        """Return what expressions see in a world.

        Args:
            config: Its configuration. What that works out asks for no set, so none is put into it.
            assignment: Value of each variable.
            heads: First names that the expressions use.
        """
        chosen = frozenset(
            name.removeprefix(PRESENT) for name, value in assignment.items() if name.startswith(PRESENT) and value
        )
        values = {name: getattr(config, name) for name in heads if name != PRECEDENT}
        if SET in assignment and SET in values:
            values[SET] = tuple(assignment[SET])
        values[PRECEDENT] = assignment.get(PRECEDENT, self.precedent)
        return Names(values, {}, chosen)

    def _made(self, path: str, value: Any) -> Any:
        key = (path, repr(value))
        if key not in self._values:
            self._values[key] = _make(path, value, self.root)
        return self._values[key]


_IMPOSSIBLE = object()


def _make(path: str, value: Any, root: type[Config]) -> Any:
    """Return a value as the model has it: entries of lists become sections."""
    *above, name = path.split(".")
    model: type[BaseModel] = root
    for step in above:
        annotation = model.model_fields[step].annotation
        model = next(iter(_models(annotation)), model)
    try:
        return _adapter(model, name).validate_python(value)
    except ValidationError:
        return _IMPOSSIBLE


@cache
def _adapter(model: type[BaseModel], name: str) -> TypeAdapter[Any]:
    annotation: Any = model.model_fields[name].annotation
    return TypeAdapter(annotation)


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models(part)


def _changed(section: Any, path: Sequence[str], value: Any) -> Any:
    if not path or section is None:
        return None if path else value  # a section that is not there has no setting to change
    name, *rest = path
    return section.model_copy(update={name: _changed(getattr(section, name), rest, value)})


# ------------------------------------------------------------------------------------------- as a configuration


def as_input(assignment: Assignment) -> dict[str, Any]:
    """Return the input of the configuration that a world is about."""
    data: dict[str, Any] = {key: list(value) for key, value in LEAST.items()}
    for path, value in assignment.items():
        if path == PRECEDENT or path.startswith(PRESENT):
            continue
        *above, name = in_file(path).split(".")
        place = data
        for step in above:
            below = place.get(step)
            if not isinstance(below, dict):
                below = place[step] = {}
            place = below
        place[name] = list(value) if isinstance(value, tuple) else value
    return data


def reachable(assignment: Assignment, root: type[Config] = Config) -> Config | None:
    """Return the configuration of a world, or None when its settings do not fit together."""
    data = as_input(assignment)
    try:
        made = root.model_validate(data)
        return made if root is Config else Config.model_validate(data)
    except ValidationError:
        return None


def settled(assignment: Assignment, root: type[Config] = Config) -> dict[str, Any]:
    """Return a world without the settings that do not fit together: those complained of go back to their defaults."""
    kept = dict(assignment)
    while kept:
        try:
            root.model_validate(as_input(kept))
        except ValidationError as error:
            for key in _complained_of(error, kept):
                kept.pop(key, None)
        else:
            break
    return kept


def _complained_of(error: ValidationError, assignment: Assignment) -> list[str]:
    """Return the settings that an error is about; those of the same section where it names none of them."""
    steps = [
        [str(step).replace("-", "_") for step in fault["loc"] if not isinstance(step, int)] for fault in error.errors()
    ]
    wrong = [".".join(path) for path in steps]
    named = [key for key in assignment for path in wrong if path and (_within(key, path) or _within(path, key))]
    sections = {path[0] for path in steps if path}
    return named or [key for key in assignment if key.split(".")[0] in sections] or list(assignment)[-1:]


def _within(path: str, above: str) -> bool:
    return path == above or path.startswith(f"{above}.")
