"""Every single time of a run as a pyperf file, so that runs can be compared with pyperf's own statistics.

    python -m benchmarks --raw before.json
    python -m pyperf compare_to before.json after.json --table

pyperf's runner times one contender to the end before the next, which is why the rounds are ours (`measure.py`); its
file format and its statistics are not concerned by that.
"""

from __future__ import annotations

import platform
from importlib import metadata
from pathlib import Path
from typing import Any

from benchmarks.measure import Times

_PACKAGES = ("agreementkit", "docxtpl", "jinja2", "lxml", "pydantic", "python-docx")


class Raw:
    """The times of all comparisons of a run.

    Attributes:
        benchmarks: A `pyperf.Benchmark` for each contender of each comparison.
    """

    def __init__(self) -> None:
        self.benchmarks: list[Any] = []

    def add(self, comparison: str, times: Times) -> None:
        """Add what the contenders of a comparison took, in CPU seconds.

        Args:
            comparison: What was compared; names of contenders hold within it only.
            times: What the rounds took.
        """
        import pyperf

        said: dict[str, Any] = {"unit": "second", "python_version": platform.python_version()}
        said |= {f"{name}_version": metadata.version(name) for name in _PACKAGES}
        for name, seconds in times.seconds.items():
            values = [one for one in seconds if one > 0]  # pyperf takes no time that the clock could not tell from 0
            if values:
                about = {**said, "name": f"{comparison}: {name}"}
                run = pyperf.Run(values, metadata=about, collect_metadata=False)
                self.benchmarks.append(pyperf.Benchmark([run]))

    def save(self, path: Path) -> None:
        """Write the file; an older one is replaced."""
        import pyperf

        pyperf.BenchmarkSuite(self.benchmarks).dump(str(path), replace=True)
