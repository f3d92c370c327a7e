"""What is measured, one file for each part of the table; each yields its rows.

`MEASURED` has them in the order of the table, by the name that `--only` takes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from benchmarks.measured import banks, batch, cold, growth, memory, proof, reading, warm
from benchmarks.rows import Row
from benchmarks.scale import Scale

MEASURED: Mapping[str, Callable[[Scale, Path], Iterator[Row]]] = {
    "cold": cold.rows,
    "warm": warm.rows,
    "growth": growth.rows,
    "banks": banks.rows,
    "reading": reading.rows,
    "memory": memory.rows,
    "batch": batch.rows,
    "proof": proof.rows,
}
