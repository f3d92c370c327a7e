"""Runs the benchmarks, prints the table, and writes the results page.

python -m benchmarks            # everything, about twelve minutes; writes docs/reference/performance.md
python -m benchmarks --quick    # small sizes, about a minute; prints only
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.measure import COMPARED
from benchmarks.measured import MEASURED
from benchmarks.page import PAGE, page, save, table
from benchmarks.profiles import profiles
from benchmarks.raw import Raw
from benchmarks.rows import Row
from benchmarks.scale import FULL, QUICK, SCALES


def parser() -> argparse.ArgumentParser:
    """Return the command line."""
    made = argparse.ArgumentParser(prog="python -m benchmarks", description="Speed as ratios within one run.")
    made.add_argument(
        "--quick", action="store_const", const=QUICK.name, dest="scale", help="small sizes, about a minute"
    )
    made.add_argument("--scale", choices=SCALES, default=FULL.name, help="the same by name")
    made.add_argument("--only", action="append", choices=MEASURED, help="only this part; several allowed")
    made.add_argument(
        "--page", type=Path, help=f"where to write the page [default: docs/reference/{PAGE.name}, full runs only]"
    )
    made.add_argument("--raw", type=Path, help="write every single time to this pyperf file")
    made.set_defaults(scale=FULL.name)
    return made


def main(arguments: list[str] | None = None) -> int:
    """Run what the arguments ask for.

    Args:
        arguments: The command line without the program; None for that of this process.
    """
    asked = parser().parse_args(arguments)
    scale, chosen = SCALES[asked.scale], asked.only or list(MEASURED)
    target = asked.page or (PAGE if scale is FULL and not asked.only else None)
    rows: list[Row] = []
    raw = Raw()
    start = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="benchmarks-") as folder:
        work = Path(folder)
        # what is kept between processes is kept here, so that a run neither uses nor leaves anything of the user's
        os.environ["AGREEMENTKIT_CACHE"] = str(work / "cache")
        for name in chosen:
            print(f"{time.perf_counter() - start:5.0f} s  {name} …", file=sys.stderr)
            part = work / name
            part.mkdir()
            before = len(COMPARED)
            rows += MEASURED[name](scale, part)
            if asked.raw:
                for number, times in enumerate(COMPARED[before:], 1):
                    raw.add(f"{name} {number}", times)
        print(table(rows))
        if asked.raw:
            raw.save(asked.raw)
        if target:
            print(f"{time.perf_counter() - start:5.0f} s  profiles …", file=sys.stderr)
            save(page(rows, scale.name, profiles(scale, work)), target)
    print(f"{time.perf_counter() - start:5.0f} s", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
