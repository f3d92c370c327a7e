"""Memory: the peak of a long agreement above that of a short one, and growth from document to document."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import PEAK, can_tell_memory, process, python
from benchmarks.rows import Row
from benchmarks.scale import Scale
from benchmarks.synthetic import PRECEDENT, MadeUp, Plan, write_bank

GROUP = "Memory: peak of a process"
SMALL = 7
ONE = """
import sys
from pathlib import Path
import agreementkit as ak
from benchmarks.synthetic import configuration
core, out, *packs = map(Path, sys.argv[1:])
ak.assemble(configuration(), ak.Bank.load(packs, core=core)).write(out, pages="off")
print(peak())
"""
MANY = """
import sys
from pathlib import Path
from benchmarks.pair import build
from benchmarks.synthetic import configuration
import agreementkit as ak
bank = ak.Bank.load(core=Path(sys.argv[1]))
for number in range(int(sys.argv[2])):
    build(configuration(title=f"Organisation {number}"), bank)
print(peak())
"""


def rows(scale: Scale, work: Path) -> Iterator[Row]:
    """Measure memory, where the machine tells it.

    Args:
        scale: How much.
        work: A folder for files.
    """
    if not can_tell_memory():
        yield Row(GROUP, "memory", None, "MB", "this machine does not tell", "5")
        return
    yield _long(scale, work)
    yield _many(scale, work)


def _long(scale: Scale, work: Path) -> Row:
    size = scale.clauses[-1]
    banks = [write_bank(work / f"memory-{n}", Plan(size, n)) for n in (min(SMALL, size), size)]
    small, large = (_peak(one, work / f"memory-out-{n}") for n, one in enumerate(banks))
    with zipfile.ZipFile(work / "memory-out-1" / f"{PRECEDENT}-agreement.docx") as archive:
        letters = archive.getinfo("word/document.xml").file_size
    name = f"build of {size:,} clauses above one of {min(SMALL, size)} from the same bank, per byte of document.xml"
    shown = f"{large / 1e6:,.0f} MB and {small / 1e6:,.0f} MB, document.xml {letters / 1e6:.3g} MB"
    return Row(GROUP, name, (large - small) / letters, "bytes a byte", shown, "5")


def _many(scale: Scale, work: Path) -> Row:
    bank = write_bank(work / "many", Plan(20, 20))
    few, many = scale.documents
    first, last = (int(process(python(PEAK + MANY, bank.core, count)).out) for count in (few, many))
    name = f"{many} agreements one after another above {few}, for each thousand more"
    shown = f"{first / 1e6:,.1f} MB and {last / 1e6:,.1f} MB"
    return Row(GROUP, name, (last - first) / 1e6 * 1_000 / (many - few), "MB", shown)


def _peak(bank: MadeUp, out: Path) -> int:
    return int(process(python(PEAK + ONE, bank.core, out, *bank.packs)).out)
