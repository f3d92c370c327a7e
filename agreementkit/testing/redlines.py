"""`python -m agreementkit.testing.redlines`: many redlines, each accepted and rejected by a reader of its own.

Pairs of versions are of three kinds: one agreement edited at random, the agreements of one configuration with some of
its settings changed, and those of two configurations that have nothing to do with each other. Of each redline the
changes are accepted, and what is left has to be what the Word writer makes of the new version; and rejected, likewise
the old.
"""

from __future__ import annotations

import difflib
import os
import random
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from typing import Any

import click

from agreementkit.agreement import Agreement, AgreementSet, assemble
from agreementkit.bank import Bank
from agreementkit.comparing.comparison import AgreementChanges
from agreementkit.comparing.redlining.redline import redline
from agreementkit.comparing.versions import compare
from agreementkit.config import Config
from agreementkit.diagnostics import Report
from agreementkit.testing.configurations import APART, random_configuration
from agreementkit.testing.revisions import content_of, main_part, resolved
from agreementkit.testing.versions import edited
from agreementkit.tree.nodes import Document
from agreementkit.writers.word import WordOptions, write_word

COUNTED = ("ins", "del", "moveFrom", "pPrChange", "tblPrChange", "tcPrChange")
Counts = Counter[str]


def pair(seed: int) -> tuple[AgreementSet | Agreement, AgreementSet | Agreement]:
    """Return two versions of agreements at random, the same for the same seed."""
    rng = random.Random(seed)  # noqa: S311 - nothing secret about it
    old = assemble(random_configuration(seed), _bank())
    if seed % 3 == 0:
        document = rng.choice(old.documents)
        return Agreement(document, Report), Agreement(edited(document, seed), Report)
    other = random_configuration(seed + 1_000_000)
    if seed % 3 == 1:
        return old, assemble(_mixed(old.config, other, rng), _bank())
    return old, assemble(other.model_copy(update={"agreements": old.config.agreements}), _bank())


def _mixed(one: Config, other: Config, rng: random.Random) -> Config:
    """Return a configuration with a few sections of another."""
    names = [name for name in sorted(type(one).model_fields) if name not in APART]
    taken = rng.sample(names, rng.randint(1, len(names) // 3))
    return one.model_copy(update={name: getattr(other, name) for name in taken})


@cache
def _bank() -> Bank:
    return Bank.load()


def faults_of(changes: AgreementChanges, content: bytes) -> list[str]:
    """Return how a redline is not what it says; nothing where accepting gives the new version and rejecting the old."""
    out: list[str] = []
    for way, document in (("accept", changes.new), ("reject", changes.old)):
        if document is not None:
            made = resolved(content, way)  # type: ignore[arg-type]
            out += _different(way, content_of(made), _plainly(document))
    return out


def _plainly(document: Document) -> list[Any]:
    return content_of(main_part(write_word(document, WordOptions(notes="none"))))


def _different(way: str, found: list[Any], asked: list[Any]) -> list[str]:
    if found == asked or (found[-2][2] == [] and [*found[:-2], found[-1]] == asked):
        return []  # an empty paragraph may stand at the very end, where the last one of either version goes or comes
    lines = difflib.unified_diff([repr(one) for one in asked], [repr(one) for one in found], "asked", way, n=0)
    return [f"{way}: {line[:400]}" for line in list(lines)[2:10]]


def one(seed: int) -> tuple[int, Counts, list[str]]:
    """Make the redlines of one pair; return how many, the changes in them, and what is wrong."""
    files, counts, faults = 0, Counter[str](), list[str]()
    try:
        for changes in compare(*pair(seed)).agreements:
            content = redline(changes, author="The other side")
            faults += [f"{changes.document.precedent}: {line}" for line in faults_of(changes, content)]
            files += 1
            root = main_part(content)
            for name in COUNTED:
                counts[name] += sum(1 for _ in root.iter(f"{{*}}{name}"))
    except Exception:  # noqa: BLE001 - a crash is a finding of a long run, not its end
        faults.append(traceback.format_exc())
    return files, counts, faults


def run(count: int, *, seed: int = 0, workers: int = 1) -> Iterator[tuple[int, int, Counts, list[str]]]:
    """Yield, for each pair: its seed, how many redlines, the changes in them, and what is wrong."""
    seeds = range(seed, seed + count)
    if workers == 1:
        yield from ((at, *one(at)) for at in seeds)
        return
    with ProcessPoolExecutor(workers) as pool:
        yield from ((at, *found) for at, found in zip(seeds, pool.map(one, seeds, chunksize=10), strict=True))


@click.command()
@click.option("--count", type=click.IntRange(1), default=300, show_default=True, help="Pairs of versions.")
@click.option("--seed", type=int, default=0, show_default=True, help="First seed; the others follow it.")
@click.option("--workers", type=click.IntRange(1), default=os.cpu_count() or 1, show_default=True, help="Processes.")
def main(count: int, seed: int, workers: int) -> None:
    """Make redlines of random pairs of versions, accept and reject each, and compare."""
    start, files, faulty, total = time.perf_counter(), 0, 0, Counter[str]()
    for done, (at, made, counts, faults) in enumerate(run(count, seed=seed, workers=workers), 1):
        files, total = files + made, total + counts
        if faults:
            faulty += 1
            click.echo("\n".join((f"seed {at}:", *(f"  {fault}" for fault in faults))))
        if done % 50 == 0 or done == count:
            changes = ", ".join(f"{total[name]:,} {name}" for name in COUNTED)
            click.echo(
                f"{done:,} of {count:,} pairs: {files:,} redlines, {faulty} faulty ({changes}),"
                f" {time.perf_counter() - start:,.0f} s"
            )
    sys.exit(1 if faulty else 0)


if __name__ == "__main__":
    main()
