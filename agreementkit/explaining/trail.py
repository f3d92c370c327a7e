"""Where a provision came from and why it stands: the files that made it, and the conditions it passed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from agreementkit.assemble.compile import compile_clause
from agreementkit.assemble.expressions import paths_in
from agreementkit.assemble.values import Names
from agreementkit.bank import ClauseSource
from agreementkit.bank.amend import Verb
from agreementkit.bank.lifecycle import UNSAID, Life
from agreementkit.diagnostics import Place
from agreementkit.reader import ItemTemplate
from agreementkit.tree.nodes import Origin


@dataclass(frozen=True, slots=True)
class Step:
    """One file that had a hand in a clause.

    Attributes:
        pack: Id of its pack.
        version: Version of the clause, or of the change.
        did: What it did, in words.
        place: Where; for the words asked about, their own line.
        because: The reason it gives.
        here: Whether the words asked about are its own.
        life: How far its words have come, and who agreed them.
    """

    pack: str
    version: str
    did: str
    place: Place | None
    because: str = ""
    here: bool = False
    life: Life = UNSAID


@dataclass(frozen=True, slots=True)
class Reason:
    """One condition that had to be true.

    Attributes:
        of: What stands or falls with it: `clause`, `variant pool`, `paragraph`.
        condition: As it is written.
        values: Each setting in it with the value it has, in words.
        place: Where it is written.
    """

    of: str
    condition: str
    values: tuple[tuple[str, str], ...]
    place: Place | None


def trail(source: ClauseSource, origin: Origin) -> tuple[Step, ...]:
    """Return every file that had a hand in a clause, the oldest first.

    Args:
        source: The clause as it lies on top.
        origin: Where the words asked about came from.
    """
    chain = [source]
    while chain[0].below is not None:
        chain.insert(0, chain[0].below)
    steps: list[Step] = []
    for number, one in enumerate(chain):
        top = one is source
        front = one.written or one.front
        own = top and (origin.pack, origin.version) == (one.pack, front.version)
        steps.append(
            Step(
                one.pack,
                front.version,
                "replaced the clause" if number else "wrote the clause",
                origin.place if own else one.place("id"),
                front.because,
                here=own,
                life=one.life,
            )
        )
        for change in one.amendments:
            own = top and origin.pack == change.pack
            notes_only = all(operation.verb is Verb.NOTES for operation in change.operations)
            steps.append(
                Step(
                    change.pack,
                    change.front.version,
                    "added notes" if notes_only else "changed the clause",
                    origin.place if own else change.place("amends"),
                    change.front.because,
                    here=own,
                    life=change.life,
                )
            )
    return tuple(steps)


def reasons(names: Names, source: ClauseSource, origin: Origin) -> tuple[Reason, ...]:
    """Return the conditions that put a provision where it stands, from the clause inwards."""
    front = source.front
    conditions: list[tuple[str, str, Place | None]] = []
    if front.when:
        conditions.append(("clause", front.when, source.place("when")))
    if origin.variant:
        place = source.place_of("variants", origin.variant)
        conditions.append((f"variant {origin.variant}", front.variants[origin.variant], place))
    if origin.place:
        for section in compile_clause(source).body.sections:
            if section.variant in ("", origin.variant):
                way = [item.when for item in _way_to(section.items, origin.place) if item.when]
                conditions += [("paragraph", when.expression, when.place) for when in way]
    return tuple(Reason(of, condition, tuple(values(names, condition)), place) for of, condition, place in conditions)


def values(names: Names, condition: str) -> Iterator[tuple[str, str]]:
    """Yield every setting that a condition reads, with its value in words; bound names have none of their own."""
    for path in paths_in(condition):
        value: Any = names.values.get(path[0], _NOTHING)
        for step in path[1:]:
            value = getattr(value, step, _NOTHING)
        if value is not _NOTHING:
            yield ".".join(path), in_words(value)


_NOTHING = object()


def in_words(value: object) -> str:
    """Return a setting's value as a person says it."""
    if value is None:
        return "not given"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value or "empty"
    if isinstance(value, Sequence):
        return f"{len(value)}: {', '.join(_name(one) for one in value)}" if value else "none"
    return str(value)


def _name(value: object) -> str:
    for key in ("short", "name", "id"):
        found = getattr(value, key, None)
        if isinstance(found, str) and found:
            return found
    return str(value)


def _way_to(items: Sequence[ItemTemplate], place: Place) -> tuple[ItemTemplate, ...]:
    """Return the items from the outermost down to the one at a place; nothing when it is not there."""
    for item in items:
        if (item.place.file, item.place.line) == (place.file, place.line):
            return (item,)
        inner = _way_to(item.children, place)
        if inner:
            return (item, *inner)
    return ()
