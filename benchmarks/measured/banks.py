"""Growth of the bank: cold builds with the same selection, compiling again after one change, packs over a core.

What agreementkit keeps between processes is filled by the round that does not count.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

from benchmarks.measure import exponent, here, in_turn, process, python, started
from benchmarks.rows import Row
from benchmarks.scale import Scale
from benchmarks.synthetic import MadeUp, Plan, write_bank, write_packs

GROUP = "Growth of the bank"
CHOSEN = 76
BUILD = """
import sys
from pathlib import Path
import agreementkit as ak
from benchmarks.synthetic import configuration
core, out, *packs = map(Path, sys.argv[1:])
ak.assemble(configuration(), ak.Bank.load(packs, core=core)).write(out, pages="off")
"""
"""A whole build in a fresh process."""
COMPILE = """
import sys
from pathlib import Path
import agreementkit as ak
from agreementkit.assemble.compile import compile_clause
core, *packs = map(Path, sys.argv[1:])
for clause in ak.Bank.load(packs, core=core):
    compile_clause(clause)
"""
"""Every clause of a bank compiled in a fresh process."""


def rows(scale: Scale, work: Path) -> Iterator[Row]:
    """Measure growth of the bank.

    Args:
        scale: How much.
        work: A folder for banks.
    """
    yield from _sizes(scale, work)
    yield _again(scale, work)
    yield _packs(scale, work)


def _sizes(scale: Scale, work: Path) -> Iterator[Row]:
    sizes = scale.banks
    banks = {n: write_bank(work / f"bank-{n}", Plan(n, min(n, CHOSEN))) for n in sizes}
    contenders = {str(n): started(python(BUILD, one.core, work / "out", *one.packs)) for n, one in banks.items()}
    times = in_turn(contenders, scale.rounds, scale.budget)
    for size in sizes[1:]:
        name = f"cold build, bank of {size:,} files / of {sizes[0]:,}, same {min(sizes[0], CHOSEN)} clauses"
        goal = "6" if size == sizes[-1] else ""
        yield Row(GROUP, name, times.ratio(str(size), str(sizes[0])), "×", times.each, goal)


def _again(scale: Scale, work: Path) -> Row:
    bank = write_bank(work / "compiled", Plan(scale.compiled, 1))
    command = python(COMPILE, bank.core, *bank.packs)
    turn = count()

    def in_full() -> float:
        return process(command, cache=work / f"cache-{next(turn)}").cpu

    def one_changed() -> float:
        _change(bank, next(turn))
        return process(command).cpu

    process(command)  # fills what is kept
    rounds = min(scale.rounds, 5)
    times = in_turn({"full": in_full, "changed": one_changed}, rounds, scale.budget / 2)
    name = f"compiling again, 1 of {scale.compiled:,} files changed / in full"
    return Row(GROUP, name, times.ratio("changed", "full"), "of full", times.behind("changed", "full"), "6b")


def _change(bank: MadeUp, turn: int) -> None:
    file = bank.clauses[len(bank.clauses) // 2]
    text = file.read_text(encoding="utf-8").replace("1.  ", f"1.  Turn {turn}. ", 1)
    file.write_text(text, encoding="utf-8")


def _packs(scale: Scale, work: Path) -> Row:
    banks = {n: write_packs(work / f"packs-{n}", n) for n in scale.packs}
    times = in_turn({str(n): here(one.load) for n, one in banks.items()}, scale.rounds, scale.budget / 4)
    slope = exponent(list(banks), [times.median(str(n)) for n in banks])
    return Row(
        GROUP, f"reading {scale.packs[0]} → {scale.packs[-1]} packs of 10 clauses each", slope, "exponent", times.each
    )
