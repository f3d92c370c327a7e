"""Where the time goes in a build: the functions with the most time of their own."""

from __future__ import annotations

import cProfile
import pstats
from collections.abc import Callable
from pathlib import Path

from agreementkit import Bank, Config
from benchmarks.measure import ROOT
from benchmarks.pair import build
from benchmarks.scale import Scale
from benchmarks.synthetic import Plan, configuration, write_bank

LINES = 12


def profile(run: Callable[[], object], most: int = LINES) -> str:
    """Run something twice, the second time under cProfile, and return the functions with the most time of their own."""
    run()
    profiler = cProfile.Profile()
    profiler.runcall(run)
    found = pstats.Stats(profiler).stats  # type: ignore[attr-defined]
    rows = sorted(((own, calls, where) for where, (_, calls, own, _, _) in found.items()), reverse=True)
    whole = sum(own for own, _, _ in rows) or 1.0
    return "\n".join(f"{own / whole:6.1%} {calls:>9,} calls  {_place(*where)}" for own, calls, where in rows[:most])


def profiles(scale: Scale, work: Path) -> list[tuple[str, str]]:
    """Return the profiles of a warm build of the pair and of a long agreement, with titles."""
    config, bank = Config.load(scale.example), Bank.load()
    size = scale.clauses[-2]  # the largest takes minutes under a profiler
    large = write_bank(work / "profile", Plan(size, size)).load()
    return [
        ("Warm build of the pair, checks off", profile(lambda: build(config, bank))),
        (f"Warm build of {size:,} clauses, checks off", profile(lambda: build(configuration(), large))),
    ]


def _place(file: str, line: int, name: str) -> str:
    """Return where a function stands, without the folders of the machine."""
    if not line:
        return name.strip("<>")
    path = Path(file)
    if path.is_relative_to(ROOT):
        return f"{path.relative_to(ROOT).as_posix()}:{name}"
    return f"{'/'.join(path.parts[-2:])}:{name}"
