"""Growth in one agreement: over clauses and over comments, as exponents; and docxtpl on a long agreement."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.contenders.finished import require_same
from benchmarks.contenders.templated import templated
from benchmarks.measure import Times, exponent, here, in_turn
from benchmarks.pair import Finished, build
from benchmarks.rows import Row
from benchmarks.scale import Scale
from benchmarks.synthetic import Plan, configuration, write_bank

GROUP = "Growth: one agreement, warm, Word and Markdown"


def rows(scale: Scale, work: Path) -> Iterator[Row]:
    """Measure growth in one agreement.

    Args:
        scale: How much.
        work: A folder for banks.
    """
    yield from _clauses(scale, work)
    yield _long(scale, work)
    yield from _comments(scale, work)


def _clauses(scale: Scale, work: Path) -> Iterator[Row]:
    config = configuration()
    banks = {size: write_bank(work / f"clauses-{size}", Plan(size, size)).load() for size in scale.clauses}
    times = in_turn(
        {str(size): here(lambda bank=bank: build(config, bank)) for size, bank in banks.items()},  # type: ignore[misc]
        scale.rounds,
        2 * scale.budget,
    )
    sizes = list(scale.clauses)
    shown = times.each
    step = f"{sizes[-2]:,} → {sizes[-1]:,} clauses"
    yield Row(GROUP, f"clauses, {step}", _slope(times, sizes[-2:]), "exponent", shown, "4")
    yield Row(GROUP, f"clauses, {sizes[0]:,} → {sizes[-1]:,}", _slope(times, sizes), "exponent", shown)


def _long(scale: Scale, work: Path) -> Row:
    config = configuration()
    bank = write_bank(work / "long", Plan(scale.long, scale.long)).load()
    finished = Finished.of(config, bank)
    render = templated(finished.word)
    require_same("docxtpl", finished.word, render())
    contenders = {"build": here(lambda: build(config, bank)), "docxtpl": here(render)}
    times = in_turn(contenders, scale.rounds, scale.budget, ran_before=True)
    name = f"docxtpl, Word only / build, {scale.long:,} clauses"
    return Row(GROUP, name, times.ratio("docxtpl", "build"), "×", times.behind("docxtpl", "build"), "4b")


def _comments(scale: Scale, work: Path) -> Iterator[Row]:
    config = configuration()
    counts, clauses = scale.comments, scale.comments_on
    banks = {n: write_bank(work / f"comments-{n}", Plan(clauses, clauses, notes=n / clauses)).load() for n in counts}
    times = in_turn(
        {str(count): here(lambda bank=bank: build(config, bank)) for count, bank in banks.items()},  # type: ignore[misc]
        scale.rounds,
        scale.budget,
    )
    none, *some = counts
    shown = times.each
    above = [max(times.median(str(count)) - times.median(str(none)), 1e-6) for count in some]
    name = f"comments on {clauses:,} clauses, {some[-2]:,} → {some[-1]:,}, time above that of none"
    yield Row(GROUP, name, exponent(some[-2:], above[-2:]), "exponent", shown)


def _slope(times: Times, sizes: list[int]) -> float:
    return exponent(sizes, [times.median(str(size)) for size in sizes])
