"""Kinds of worlds: worlds that nothing in a piece can tell apart are of one kind, and need one look.

What a piece comes to hangs on its world only through the answers of its expressions. So each expression is asked in
every world of its own few settings, and two values of a setting with which all expressions answer the same are one
value. That takes hundreds of questions where to look at every world would take thousands of fillings.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from agreementkit.assemble.expressions import is_undefined, present_ids
from agreementkit.assemble.filters import IsoDate, Quantity
from agreementkit.assemble.values import Evaluator, Names
from agreementkit.config.paths import resolve_type
from agreementkit.proof.domains import BEHIND, settings_behind
from agreementkit.proof.expressions import Asked, Used, used
from agreementkit.proof.variables import Variables
from agreementkit.proof.worlds import PRESENT, Worlds

Kind = tuple[int, ...]
"""One number for each variable: values with the same number are told apart by no expression."""

Answer = Callable[[Asked, Names], Hashable]
"""What an expression answers in a world, as far as anything hangs on it."""

_MOST_ASKED = 20_000
"""Worlds of its own settings in which an expression is asked; with more, each of their values is one of its own."""
_IMPOSSIBLE = "impossible"
_ALSO_READ: Mapping[str, tuple[str, ...]] = {"host_employer": ("employers",), "predecessor_records": ("unions",)}
"""Sections that a configuration reads, besides those behind it that are varied, to work something out."""


@dataclass(slots=True)
class Kinds:
    """The kinds of the worlds that some variables make, and which of them are sound.

    Attributes:
        found: The variables.
        numbers: The number of each of their values, in order.
        tables: For each expression the answers, and the places in a kind that it hangs on; no answers where it is
            taken to tell every value apart.
    """

    found: Variables
    numbers: tuple[tuple[int, ...], ...]
    tables: tuple[tuple[Callable[[Kind], Hashable], Mapping[Hashable, Hashable] | None], ...]
    _sound: set[Kind] = field(default_factory=set)
    _answered: set[tuple[Hashable, ...]] = field(default_factory=set)

    def every(self) -> Iterator[tuple[Kind, tuple[Any, ...]]]:
        """Yield every combination of values, with its kind."""
        return zip(itertools.product(*self.numbers), itertools.product(*self.found.values()), strict=True)

    def of(self, rows: Iterable[Mapping[str, Any]]) -> Iterator[tuple[Kind, tuple[Any, ...]]]:
        """Yield rows with their kinds. Their values are the very objects of the variables."""
        known = [
            {id(value): number for value, number in zip(values, numbers, strict=True)}
            for values, numbers in zip(self.found.values(), self.numbers, strict=True)
        ]
        for row in rows:
            values = tuple(row[name] for name in self.found)
            yield tuple(numbers[id(value)] for numbers, value in zip(known, values, strict=True)), values

    def is_sound(self, kind: Kind) -> bool:
        """Whether a world of a kind was found sound, or one in which every expression answers the same."""
        if kind in self._sound:
            return True
        if self._answers(kind) not in self._answered:
            return False
        self._sound.add(kind)
        return True

    def found_sound(self, kind: Kind) -> None:
        """Note that a world of a kind is sound."""
        self._sound.add(kind)
        self._answered.add(self._answers(kind))

    def _answers(self, kind: Kind) -> tuple[Hashable, ...]:
        return tuple([own(kind) if table is None else table[own(kind)] for own, table in self.tables])


class Asking:
    """Asks expressions in worlds; what was asked once is kept, for all pieces of a clause ask for much the same.

    Args:
        worlds: Makes the worlds.
    """

    def __init__(self, worlds: Worlds) -> None:
        self.worlds = worlds
        self._answers: dict[tuple[Hashable, ...], Hashable] = {}
        self._tables: dict[tuple[Hashable, ...], dict[Kind, Hashable]] = {}
        self._reach: dict[tuple[Hashable, ...], _Reach] = {}

    def kinds(self, asked: Iterable[Asked], found: Variables, among: Variables, answer: Answer) -> Kinds:
        """Return the kinds of worlds that expressions tell apart.

        Args:
            asked: The expressions.
            found: The variables whose values are told apart.
            among: These and all others on which answers hang.
            answer: What counts as an answer.
        """
        order = {name: place for place, name in enumerate(found)}
        told: list[tuple[list[int], dict[Kind, Hashable] | None]] = []
        for key, one in {
            (one.text, one.decides, one.repeats, *sorted(one.bound.items())): one for one in asked
        }.items():
            if key not in self._reach:
                self._reach[key] = _Reach.of(one, self.worlds)
            reach = self._reach[key]
            own = {name: values for name, values in among.items() if reach.takes_in(name)}
            places = [order[name] for name in own if name in order]
            if places:
                told.append(
                    (places, None if _too_many(reach, own) else self._table(one, reach.heads, own, order, answer))
                )
        return _kinds(found, told)

    def _table(
        self, one: Asked, heads: frozenset[str], own: Variables, order: Collection[str], answer: Answer
    ) -> dict[Kind, Hashable]:
        """Return what an expression answers, by the values of those of its variables that are told apart."""
        marked = [[(name, repr(value), value) for value in values] for name, values in own.items()]
        kept = [place for place, name in enumerate(own) if name in order]
        whole = (
            answer,
            one.text,
            one.decides,
            one.repeats,
            *kept,
            *[(at[0][0], *[text for _, text, _ in at]) for at in marked],
        )
        if whole in self._tables:
            return self._tables[whole]
        table: dict[Kind, list[Hashable]] = {}
        for at in itertools.product(*(range(len(values)) for values in own.values())):
            world = [values[number] for values, number in zip(marked, at, strict=True)]
            key = (answer, one.text, one.decides, one.repeats, *[(name, text) for name, text, _ in world])
            if key not in self._answers:
                names = self.worlds.names({name: value for name, _, value in world}, heads)
                self._answers[key] = _IMPOSSIBLE if names is None else answer(one, names)
            table.setdefault(tuple([at[place] for place in kept]), []).append(self._answers[key])
        numbers: dict[tuple[Hashable, ...], int] = {}
        return self._tables.setdefault(
            whole, {at: numbers.setdefault(tuple(answers), len(numbers)) for at, answers in table.items()}
        )


def _too_many(reach: _Reach, own: Variables) -> bool:
    """Whether an expression is asked in no world, and taken to tell every value apart."""
    return reach.bound or math.prod(map(len, own.values())) > _MOST_ASKED


def _kinds(found: Variables, told: Sequence[tuple[list[int], dict[Kind, Hashable] | None]]) -> Kinds:
    """Return the kinds of worlds by what expressions answer."""
    seen: list[list[list[Hashable]]] = [[[] for _ in values] for values in found.values()]
    for places, table in told:
        if table is None:
            for place in places:
                for value, row in enumerate(seen[place]):
                    row.append(value)
            continue
        for at, answered in table.items():
            for place, value in zip(places, at, strict=True):
                seen[place][value].append(answered)
    numbers = tuple(_numbered(rows) for rows in seen)
    tables: dict[tuple[Hashable, ...], tuple[Callable[[Kind], Hashable], Mapping[Hashable, Hashable] | None]] = {}
    for places, table in told:
        own: Callable[[Kind], Hashable] = itemgetter(*places)
        if table is None:
            tables[tuple(places)] = (own, None)
        else:
            single = len(places) == 1  # then `itemgetter` gives the number itself
            small = {tuple(numbers[p][v] for p, v in zip(places, at, strict=True)): one for at, one in table.items()}
            by: dict[Hashable, Hashable] = {at[0] if single else at: one for at, one in small.items()}
            tables[(*places, *sorted(small.items()))] = (own, by)
    return Kinds(found, numbers, tuple(tables.values()))


@dataclass(frozen=True, slots=True)
class _Reach:
    """What the answer of an expression hangs on.

    Attributes:
        heads: First names that it uses.
        settings: Settings that it looks at.
        whole: Sections of which anything may be behind what it looks at: that is worked out.
        present: Variables for the presence of clauses that it asks for.
        bound: Whether it uses a name that a repetition binds.
    """

    heads: frozenset[str]
    settings: frozenset[str]
    whole: frozenset[str]
    present: frozenset[str]
    bound: bool

    @classmethod
    def of(cls, one: Asked, worlds: Worlds) -> _Reach:
        """Return the reach of an expression."""
        settings: set[str] = set()
        whole: set[str] = set()
        paths = used((one,)).settings
        for path in paths:
            head = path.split(".")[0]
            bases = settings_behind(Used({path}), worlds.root) or {head: set()}
            resolved = [resolve_type(base.split("."), worlds.root) for base in bases]
            settings.update(bases)
            if head in BEHIND or any(found is None or found.computed for found in resolved):
                whole.update((head, *_ALSO_READ.get(head, ()), *(base.split(".")[0] for base in bases)))
        names = {path.split(".")[0] for path in used((Asked(one.text, {}),)).settings}
        return cls(
            frozenset(path.split(".")[0] for path in paths),
            frozenset(settings),
            frozenset(whole),
            frozenset(f"{PRESENT}{id_}" for id_ in present_ids(one.text)),
            not names.isdisjoint(one.bound),
        )

    def takes_in(self, name: str) -> bool:
        """Whether the answer may hang on a variable."""
        return (
            name in self.present
            or name.split(".")[0] in self.whole
            or any(_within(path, name) or _within(name, path) for path in self.settings)
        )


def _within(path: str, above: str) -> bool:
    return path == above or path.startswith(f"{above}.")


def _numbered(rows: list[list[Hashable]]) -> tuple[int, ...]:
    """Return a number for each row; the same one for the same rows."""
    numbers: dict[tuple[Hashable, ...], int] = {}
    return tuple(numbers.setdefault(tuple(row), len(numbers)) for row in rows)


# ------------------------------------------------------------------------------------------------------- answers


def filled(one: Asked, names: Names) -> Hashable:
    """Return what an expression answers, as far as the filling of a text can come to another end by it.

    A value that is printed is like any other that is; words of the clause, whose signs decide what is dropped, are not.
    """
    faults: list[Any] = []
    value, expression = Evaluator(faults).evaluate(one.text, names, None)
    if faults:
        return "fails", faults[0].message
    if is_undefined(value):
        return "undefined"
    if one.repeats:
        return "turns", repr(value)
    if one.decides:
        return bool(value)
    if value is None or isinstance(value, Quantity | bool):
        return type(value).__name__
    if isinstance(value, str) and not isinstance(value, IsoDate):
        printed = expression is not None and not expression.is_wording and names.origin(expression.primary)
        return "printed" if value and printed else ("words", value)
    return ("printed",) if isinstance(value, IsoDate | int) else (type(value).__name__, repr(value))


def truth(one: Asked, names: Names) -> Hashable:
    """Return whether a condition holds; one that fails does not."""
    value = Evaluator([]).evaluate(one.text, names, None)[0]
    return "undefined" if is_undefined(value) else bool(value)
