"""The proof that the core is sound for every configuration: `agreementkit pack check`, the whole process, once."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import process
from benchmarks.rows import Row
from benchmarks.scale import Scale

GROUP = "Proof"
LONGEST = 300
"""Seconds after which it is ended."""


def rows(scale: Scale, work: Path) -> Iterator[Row]:  # noqa: ARG001 - all rows are made alike
    """Measure the proof, where it is asked for.

    Args:
        scale: How much.
        work: A folder for files.
    """
    name = "`pack check` of the core, wall clock"
    if not scale.proof:
        yield Row(GROUP, name, None, "s", f"not in a {scale.name} run", "9")
        return
    try:
        ended = process([sys.executable, "-m", "agreementkit", "pack", "check"], timeout=LONGEST)
    except subprocess.TimeoutExpired:
        yield Row(GROUP, name, None, "s", f"ended after {LONGEST} s", "9")
        return
    yield Row(GROUP, name, ended.clock, "s", f"{ended.cpu:.0f} s of CPU, once", "9")
