"""Rows in which every two values of every two variables meet: far fewer than all combinations.

Most faults that hang on several settings hang on two of them. The rows are made greedily, one after the other, each
taking in as many new pairs as it can; the same variables give the same rows.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from agreementkit.proof.variables import Variables

_TRIES = 6


def pairwise(found: Variables, seed: int = 0) -> Iterator[dict[str, Any]]:
    """Yield rows that cover every pair of values of every two variables."""
    names = list(found)
    sizes = [len(found[name]) for name in names]
    if not names:
        yield {}
        return
    if len(names) == 1:
        yield from ({names[0]: value} for value in found[names[0]])
        return
    # For each variable, value, and other variable: the values of the other that they have not met yet.
    width = range(len(names))
    open_ = [
        [[set(range(sizes[other])) if other != one else set() for other in width] for _ in range(sizes[one])]
        for one in width
    ]
    left = sum(len(values) for one in open_ for row in one for values in row)
    rng = random.Random(seed)  # noqa: S311 - for the same rows each time, not for secrets
    while left:
        row = max((_row(open_, sizes, rng) for _ in range(_TRIES)), key=lambda one: _gain(open_, one))
        for one, value in enumerate(row):
            for other, met in enumerate(row):
                if one != other and met in open_[one][value][other]:
                    open_[one][value][other].discard(met)
                    left -= 1
        yield {name: found[name][value] for name, value in zip(names, row, strict=True)}


def _row(open_: list[list[list[set[int]]]], sizes: list[int], rng: random.Random) -> list[int]:
    """Return one row: begun with a value that has most still to meet, continued with what gains most."""
    order = list(range(len(sizes)))
    rng.shuffle(order)
    first = max(order, key=lambda one: max(sum(map(len, row)) for row in open_[one]))
    order.remove(first)
    row = [-1] * len(sizes)
    row[first] = max(range(sizes[first]), key=lambda value: sum(map(len, open_[first][value])))
    done = [first]
    for one in order:
        gains = [sum(row[other] in open_[one][value][other] for other in done) for value in range(sizes[one])]
        best = max(gains)
        row[one] = rng.choice([value for value, gain in enumerate(gains) if gain == best])
        done.append(one)
    return row


def _gain(open_: list[list[list[set[int]]]], row: list[int]) -> int:
    return sum(row[other] in open_[one][value][other] for one, value in enumerate(row) for other in range(one))
