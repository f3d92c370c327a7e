"""The variables that decide something, each with the values that stand for all of its values."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from agreementkit.bank import Bank, ClauseSource
from agreementkit.bank.clause import Kind
from agreementkit.config import Config
from agreementkit.proof.domains import domain, settings_behind
from agreementkit.proof.expressions import Asked, used
from agreementkit.proof.worlds import PRECEDENT, PRESENT, SET

Variables = Mapping[str, Sequence[Any]]
"""Values of each variable, the usual one first."""


def variables(
    asked: Iterable[Asked], precedents: Sequence[str], sets: Sequence[Sequence[str]], root: type[Config] = Config
) -> dict[str, Sequence[Any]]:
    """Return the variables that expressions look at.

    Args:
        asked: The expressions.
        precedents: Agreements in which they may stand.
        sets: Sets that may be made.
        root: The configuration, with the options of the packs.
    """
    asked = tuple(asked)
    looked_at = used(asked)
    found: dict[str, Sequence[Any]] = {
        path: values
        for path, members in settings_behind(looked_at, root).items()
        if len(values := domain(path, members, looked_at, root)) > 1
    }
    heads = {path.split(".")[0] for path in looked_at.settings}
    if PRECEDENT in heads and len(precedents) > 1:
        found[PRECEDENT] = tuple(precedents)
    if SET in heads:
        found[SET] = tuple(tuple(one) for one in sets if set(one) & set(precedents)) or tuple(map(tuple, sets))
    return found


def with_presence(found: Variables, mentions: Iterable[str]) -> dict[str, Sequence[Any]]:
    """Return variables with the presence of clauses added."""
    return {**found, **{f"{PRESENT}{id_}": (True, False) for id_ in mentions}}


def count(found: Variables) -> int:
    """Return how many worlds the variables make."""
    return math.prod(len(values) for values in found.values())


def every(found: Variables) -> Iterator[dict[str, Any]]:
    """Yield every combination."""
    for values in itertools.product(*found.values()):
        yield dict(zip(found, values, strict=True))


def homes(bank: Bank) -> dict[str, tuple[str, ...]]:
    """Return the precedents that hold each clause; a definition may stand in all of them. See `key_of`."""
    found: dict[str, list[str]] = {id_: [] for id_ in bank.clauses}
    for id_, placed in bank.precedents.items():
        outline = placed.outline
        for clause in (*outline.parties, *outline.background, *outline.clauses, *outline.schedules, *outline.execution):
            found.setdefault(clause, []).append(id_)
    defined = {key_of(source): tuple(bank.precedents) for source in bank.terms.values()}
    return {id_: tuple(in_) for id_, in_ in found.items()} | defined


def key_of(source: ClauseSource) -> str:
    """Return a name for a clause file; a definition may have the id of a clause, and begins with `{` here."""
    return f"{{{source.id}" if source.front.kind is Kind.DEFINITION else source.id


def usual_sets(bank: Bank) -> tuple[tuple[str, ...], ...]:
    """Return sets of agreements: each alone, each two, and the set that is made when nothing is said."""
    ids = tuple(bank.precedents)
    from agreementkit.proof.worlds import least

    default = tuple(one for one in least().agreements if one in ids)
    return tuple(dict.fromkeys(one for one in (default, *((i,) for i in ids), *itertools.combinations(ids, 2)) if one))
