"""Many organisations at once: two workers against one, on the clock, with the same bytes."""

from __future__ import annotations

import importlib.util
import shutil
import time
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any

from agreementkit.config import Config
from agreementkit.testing import random_configuration
from benchmarks.measure import Cost, in_turn
from benchmarks.rows import Row
from benchmarks.scale import Scale

GROUP = "Batch: many organisations, wall clock"


def rows(scale: Scale, work: Path) -> Iterator[Row]:
    """Measure a batch, where agreementkit can build one.

    Args:
        scale: How much.
        work: A folder for files.
    """
    if importlib.util.find_spec("agreementkit.batch") is None:
        return
    chosen = {f"organisation-{seed:04}": random_configuration(seed) for seed in range(scale.organisations)}
    contenders = {str(n): _built(chosen, work / f"batch-{n}", n) for n in (1, 2)}
    times = in_turn(contenders, min(scale.rounds, 5), scale.budget)
    digests = {digest(work / f"batch-{n}") for n in (1, 2)}
    alike = "same bytes" if len(digests) == 1 else "**not the same bytes**"
    name = f"{scale.organisations} organisations, speed-up of 2 workers / 2"
    shown = f"{times.behind('1', '2')}; {alike}"
    yield Row(GROUP, name, times.ratio("1", "2") / 2, "×", shown, "7")


def digest(folder: Path) -> str:
    """Return one hash of the names and bytes of all files below a folder; what a batch notes for itself is hidden."""
    found = blake2b()
    for file in sorted(folder.rglob("*")):
        name = file.relative_to(folder)
        if file.is_file() and not any(part.startswith(".") for part in name.parts):
            found.update(f"{name}\n".encode() + file.read_bytes())
    return found.hexdigest()


def _built(chosen: dict[str, Config], out: Path, workers: int) -> Cost:
    from agreementkit.batch import build_many  # type: ignore[import-not-found, unused-ignore]

    build: Any = build_many

    def cost() -> float:
        shutil.rmtree(out, ignore_errors=True)
        start = time.perf_counter()
        report = build(chosen, out, executor=workers, resume=False, pages="off")
        taken = time.perf_counter() - start
        if report.failed:
            raise ValueError(f"{len(report.failed)} of {len(chosen)} organisations failed")
        return taken

    return cost
