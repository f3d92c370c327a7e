"""How things are timed: contenders in turn, round by round, and figures as ratios within a round.

Machines drift by a third within minutes; what is timed in the same round drifts together, so a ratio holds where a time
does not. asv, pyperf and pytest-benchmark time one contender to the end before the next, so they are not used.
CPU time is counted, also that of processes that were started, since a shared machine takes the wall clock away at will.
"""

from __future__ import annotations

import gc
import math
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[1]
SHORTEST = 0.05
"""CPU seconds that a contender works for in a round at the least: shorter ones run several times."""

Cost = Callable[[], float]
"""Runs a contender for one round and returns its CPU seconds for one time."""


@dataclass(frozen=True, slots=True)
class Times:
    """What the rounds took.

    Attributes:
        seconds: CPU seconds by contender, one for each round.
    """

    seconds: Mapping[str, Sequence[float]]

    @property
    def rounds(self) -> int:
        """How many rounds there were."""
        return min((len(all_) for all_ in self.seconds.values()), default=0)

    def median(self, name: str) -> float:
        """Return the median of a contender in CPU seconds."""
        return statistics.median(self.seconds[name])

    def ratio(self, name: str, base: str) -> float:
        """Return how many times as long as `base` a contender takes: the median of the rounds' ratios."""
        pairs = zip(self.seconds[name], self.seconds[base], strict=True)
        return statistics.median(one / other for one, other in pairs)

    def spread(self, name: str, base: str) -> float:
        """Return how far the middle half of the rounds' ratios lies apart, as a part of their median."""
        pairs = zip(self.seconds[name], self.seconds[base], strict=True)
        ratios = sorted(one / other for one, other in pairs)
        if len(ratios) < 4:
            return (ratios[-1] - ratios[0]) / statistics.median(ratios)
        low, middle, high = statistics.quantiles(ratios, n=4)
        return (high - low) / middle

    def behind(self, name: str, base: str) -> str:
        """Return the times behind a ratio in words: `667 ms / 13.6 ms, 7 rounds, ±2 %`."""
        spread = f", ±{50 * self.spread(name, base):.0f} %" if self.rounds > 1 else ""
        return f"{said(self.median(name))} / {said(self.median(base))}, {self._rounds}{spread}"

    @property
    def each(self) -> str:
        """The time of each contender in words: `700: 3.1 s, 7,000: 31 s; 7 rounds`."""
        sizes = {name: f"{int(name):,}" if name.isdecimal() else name for name in self.seconds}
        return ", ".join(f"{shown}: {said(self.median(name))}" for name, shown in sizes.items()) + f"; {self._rounds}"

    @property
    def _rounds(self) -> str:
        return f"{self.rounds} rounds" if self.rounds != 1 else "1 round"


COMPARED: list[Times] = []
"""What this process has compared so far, for the file of all times."""


def said(seconds: float) -> str:
    """Return a time in print."""
    if seconds >= 10:
        return f"{seconds:,.0f} s"
    return f"{seconds:.2f} s" if seconds >= 1 else f"{1000 * seconds:.3g} ms"


def in_turn(
    contenders: Mapping[str, Cost], rounds: int, budget: float = math.inf, *, ran_before: bool = False
) -> Times:
    """Run the contenders in turn.

    Args:
        contenders: What runs, by name.
        rounds: How many rounds. One more goes before several, and does not count.
        budget: Seconds on the clock after which no further round begins. One round is always counted.
        ran_before: Whether each has run before, so that every round counts.
    """
    start = time.perf_counter()
    for run in contenders.values() if rounds > 1 and not ran_before else ():
        run()
    taken: dict[str, list[float]] = {name: [] for name in contenders}
    for number in range(rounds):
        if number and time.perf_counter() - start > budget:
            break
        for name, run in contenders.items():
            taken[name].append(run())
    COMPARED.append(Times(taken))
    return COMPARED[-1]


def here(run: Callable[[], object]) -> Cost:
    """Return the cost of a call in this process; a short one is made several times in a row."""
    times = 0

    def cost() -> float:
        nonlocal times
        gc.collect()
        start = time.process_time()
        for _ in range(times or 1):
            run()
        taken = (time.process_time() - start) / (times or 1)
        times = times or max(1, math.ceil(SHORTEST / max(taken, 1e-6)))
        return taken

    return cost


@dataclass(frozen=True, slots=True)
class Ended:
    """A process that ended.

    Attributes:
        cpu: CPU seconds of it and of all that it started and waited for.
        clock: Seconds on the clock.
        out: What it printed.
    """

    cpu: float
    clock: float
    out: str = field(repr=False)


def process(command: Sequence[str | Path], *, timeout: float = 600, cache: Path | None = None) -> Ended:
    """Run a command in the checkout and return what it took.

    Args:
        command: Program and arguments.
        timeout: Seconds on the clock after which it is ended.
        cache: Where agreementkit keeps things between processes, if not where this process says.

    Raises:
        subprocess.CalledProcessError: It did not end well.
        subprocess.TimeoutExpired: It took too long.
    """
    variables = {**os.environ, "PYTHONPATH": str(ROOT), **({"AGREEMENTKIT_CACHE": str(cache)} if cache else {})}
    # An installed package has its bytecode beside it; so has the checkout after the round that is not counted.
    variables.pop("PYTHONDONTWRITEBYTECODE", None)
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=variables,
        timeout=timeout,
        check=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Ended(cpu, time.perf_counter() - start, done.stdout)


def started(*commands: Sequence[str | Path], times: int = 1) -> Cost:
    """Return the cost of commands that are run one after another, each `times` times."""

    def cost() -> float:
        return sum(process(one).cpu for one in commands for _ in range(times)) / times

    return cost


def python(source: str, *arguments: object) -> list[str]:
    """Return the command that runs a source in a fresh interpreter of the kind that runs this."""
    return [sys.executable, "-c", source, *map(str, arguments)]


def exponent(sizes: Sequence[float], times: Sequence[float]) -> float:
    """Return the slope of the line through the points on logarithmic scales: 1 is in proportion, 2 is the square."""
    return float(statistics.linear_regression([*map(math.log, sizes)], [*map(math.log, times)]).slope)


PEAK = """
def peak():
    import re
    with open("/proc/self/status") as status:
        return int(re.search(r"VmHWM:\\s+(\\d+)", status.read())[1]) * 1024
"""
"""Source of `peak()`, the most memory in bytes that a process has held. Other counters take in that of its parent."""


def can_tell_memory() -> bool:
    """Return whether this machine says how much memory a process has held at most."""
    return Path("/proc/self/status").exists()
