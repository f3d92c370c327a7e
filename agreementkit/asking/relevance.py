"""Whether a setting makes a difference to the agreements, given everything else that has been answered.

Asked of the bank and of nothing else: a setting matters when some expression of the agreements comes to something
else with another value of it. So a question about hours of a pool is asked where there is a pool, in the core as in
a pack that nobody here knows.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Any

from pydantic import ValidationError

from agreementkit.asking.change import alternatives, changed, current, steps
from agreementkit.asking.uses import Use, uses_in
from agreementkit.assemble.select import select
from agreementkit.assemble.values import Names
from agreementkit.bank import Bank
from agreementkit.config import Config
from agreementkit.config.options import attribute, option_values, with_options
from agreementkit.config.paths import Resolved, resolve_type


@dataclass(eq=False)
class Relevance:
    """What matters for one configuration.

    Attributes:
        config: The configuration.
        bank: The bank.
    """

    config: Config
    bank: Bank
    _names: dict[str, Names] = field(default_factory=dict)

    @property
    def agreements(self) -> tuple[str, ...]:
        """Ids of the agreements of the set that the bank has."""
        return tuple(one for one in self.config.agreements if one in self.bank.precedents)

    @cached_property
    def chosen(self) -> frozenset[str]:
        """Ids of the clauses of the set, for `is present`."""
        ids: frozenset[str] = frozenset()
        for one in self.agreements:
            names = Names.of(self.config, one, self.bank.options)
            ids |= select(self.bank, self.bank.precedents[one].outline, names, []).ids
        return ids

    def names(self, config: Config, agreement: str) -> Names:
        """Return the names that expressions see in an agreement made from `config`, which need not fit together."""
        if agreement not in self._names:
            self._names[agreement] = Names.of(self.config, agreement, self.bank.options).choosing(self.chosen)
        names = self._names[agreement]
        if config is self.config:
            return names
        values = {**names.values, **{name: getattr(config, name) for name in Config.model_fields if name != "options"}}
        with suppress(ValidationError):
            values["options"] = option_values(config, self.bank.options)
        for name in Config.model_computed_fields:
            # What cannot be worked out, because something else would have to change too, stays as it is.
            with suppress(LookupError, TypeError, ValueError, AttributeError):
                values[name] = getattr(config, name)
        return replace(names, values=values)

    def what(self, path: str) -> Resolved | None:
        """Return what a setting is; numbers of entries in the path do not count."""
        return resolve_type([str(step) for step in steps(self.as_read(path))], with_options(self.bank.options))

    def value(self, path: str) -> Any:
        """Return the value that holds for a setting; of an option of a pack that is not given, its default."""
        found = self.what(path)
        value = current(self.config, path)
        return found.default if value is None and found and path.startswith("options.") else value

    def as_read(self, path: str) -> str:
        """Return a path as expressions write it: the id of a pack with `_`."""
        head, *rest = path.split(".")
        return ".".join((head, attribute(rest[0]), *rest[1:])) if head == "options" and rest else path

    def matters(self, path: str) -> bool:
        """Return whether another value of a setting would make the agreements say something else."""
        found = self.what(path)
        if found is None or found.computed:
            return False
        plain = ".".join(str(step) for step in steps(self.as_read(path)) if not isinstance(step, int))
        return any(self._differs(path, found, plain, one) for one in self.agreements)

    def _differs(self, path: str, found: Resolved, plain: str, agreement: str) -> bool:
        index = _index(self.bank, agreement)
        compared = [value for use in index.get(plain, ()) for value in use.constants.get(plain, ())]
        values = alternatives(found, self.value(path), compared)
        worlds = [self.names(changed(self.config, path, value), agreement) for value in values]
        uses = [*index.get(plain, ()), *(use for name in _derived(worlds) for use in index.get(name, ()))]
        return any(_differ(use.comes_to(worlds[0]), use.comes_to(world)) for use in uses for world in worlds[1:])


@lru_cache(maxsize=64)
def _index(bank: Bank, agreement: str) -> dict[str, list[Use]]:
    """Return the uses of an agreement by the setting that they look at."""
    index: dict[str, list[Use]] = {}
    for use in uses_in(bank, agreement):
        for path in use.settings:
            # What asks for an entry of a list, or for a whole section, looks at everything above it too.
            for above in _above(path):
                index.setdefault(above, []).append(use)
    return index


def _above(path: str) -> Iterator[str]:
    names = path.split(".")
    return (".".join(names[:end]) for end in range(1, len(names) + 1))


def _derived(worlds: list[Names]) -> Iterator[str]:
    """Yield the names that are worked out and differ between worlds."""
    computed = Config.model_computed_fields
    for name in computed:
        if any(world.values[name] != worlds[0].values[name] for world in worlds[1:]):
            yield name


def _differ(one: Any, other: Any) -> bool:
    return type(one) is not type(other) or bool(one != other)
