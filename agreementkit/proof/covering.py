"""Rows in which every two values of every two variables meet: far fewer than all combinations.

Most faults that hang on several settings hang on two of them. The rows are made greedily, one after the other, each
taking in as many new pairs as it can; the same variables give the same rows.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
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
    # For each variable and value: the values of other variables that they have not met yet, each a bit of one number.
    # To count how many of a row a value has still to meet is then one step, and not one for each variable.
    bits = _bits(sizes)
    open_ = [[_all_but(bits, one) for _ in values] for one, values in enumerate(bits)]
    left = sum(values.bit_count() for one in open_ for values in one)
    rng = random.Random(seed)  # noqa: S311 - for the same rows each time, not for secrets
    while left:
        row = max((_row(open_, bits, rng) for _ in range(_TRIES)), key=lambda one: _gain(open_, bits, one))
        whole = _mask(bits, row)
        for one, value in enumerate(row):
            met = open_[one][value] & whole
            open_[one][value] ^= met
            left -= met.bit_count()
        yield {name: found[name][value] for name, value in zip(names, row, strict=True)}


def _bits(sizes: list[int]) -> list[list[int]]:
    """Return a bit for each value of each variable."""
    starts = [sum(sizes[:one]) for one in range(len(sizes))]
    return [[1 << (start + value) for value in range(size)] for start, size in zip(starts, sizes, strict=True)]


def _all_but(bits: list[list[int]], one: int) -> int:
    return sum(sum(values) for other, values in enumerate(bits) if other != one)


def _mask(bits: list[list[int]], row: list[int]) -> int:
    return sum(bits[one][value] for one, value in enumerate(row))


def _row(open_: list[list[int]], bits: list[list[int]], rng: random.Random) -> list[int]:
    """Return one row: begun with a value that has most still to meet, continued with what gains most."""
    order = list(range(len(bits)))
    rng.shuffle(order)
    most = [[values.bit_count() for values in one] for one in open_]
    first = max(order, key=lambda one: max(most[one]))
    order.remove(first)
    row = [-1] * len(bits)
    row[first] = max(range(len(bits[first])), key=lambda value: most[first][value])
    done = bits[first][row[first]]
    for one in order:
        gains = [(values & done).bit_count() for values in open_[one]]
        best = max(gains)
        row[one] = rng.choice([value for value, gain in enumerate(gains) if gain == best])
        done |= bits[one][row[one]]
    return row


def _gain(open_: list[list[int]], bits: list[list[int]], row: list[int]) -> int:
    whole = _mask(bits, row)
    return sum((open_[one][value] & whole).bit_count() for one, value in enumerate(row))


def covered(found: Variables, made: Sequence[Mapping[str, Any]]) -> tuple[int, int]:
    """Return how many pairs of values stand together in some set, and how many there are."""
    names = list(found)
    met: set[tuple[int, int, int, int]] = set()
    for row in made:
        at = [
            next((n for n, value in enumerate(found[name]) if name in row and value == row[name]), -1) for name in names
        ]
        met.update(
            (one, at[one], other, at[other])
            for one in range(len(names))
            if at[one] >= 0
            for other in range(one)
            if at[other] >= 0
        )
    sizes = [len(found[name]) for name in names]
    return len(met), (sum(sizes) ** 2 - sum(size * size for size in sizes)) // 2
