"""Times the steps of a warm build of the Suffolk pair against the limit, contenders in turn.

usage: python benchmarks/build.py [ROUNDS]
"""

from __future__ import annotations

import io
import statistics
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

from agreementkit import AgreementSet, Bank, Config, assemble
from agreementkit.writers import WRITERS, WriteOptions

ROOT = Path(__file__).parent.parent


def contenders(config: Config, bank: Bank, agreements: AgreementSet) -> dict[str, Callable[[], object]]:
    """Return what is timed, by name; the limit comes first."""
    options = WriteOptions()
    documents = [agreement.document for agreement in agreements]
    finished = [WRITERS["docx"].write(document, options) for document in documents]
    parts = [{n: z.read(n) for n in z.namelist()} for z in (zipfile.ZipFile(io.BytesIO(f)) for f in finished)]

    def limit() -> None:
        for part in parts:
            with zipfile.ZipFile(io.BytesIO(), "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
                for name, content in part.items():
                    archive.writestr(name, content)

    def write(name: str) -> Callable[[], object]:
        return lambda: [WRITERS[name].write(document, options) for document in documents]

    def build() -> None:
        made = [agreement.document for agreement in assemble(config, bank)]
        for name in ("docx", "md"):
            for document in made:
                WRITERS[name].write(document, options)

    return {
        "limit: deflate the finished parts": limit,
        "assemble and resolve the pair": lambda: assemble(config, bank),
        "write Word": write("docx"),
        "write Markdown": write("md"),
        "whole warm build, Word and Markdown": build,
        "read the bank from its files": Bank.load,
    }


def main() -> None:
    """Run the rounds and print the table."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    config = Config.load(ROOT / "examples" / "suffolk-ccgs.yaml")
    bank = Bank.load()
    runs = contenders(config, bank, assemble(config, bank))
    times: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds + 1):
        for name, run in runs.items():
            start = time.process_time()
            run()
            times[name].append(time.process_time() - start)
    medians = {name: statistics.median(all_[1:]) for name, all_ in times.items()}
    base = next(iter(medians.values()))
    width = max(map(len, medians))
    for name, median in medians.items():
        print(f"{name:{width}}  {1000 * median:8.1f} ms  {median / base:6.1f} × limit")


if __name__ == "__main__":
    main()
