"""Many random configurations, built to Word and Markdown: every Word file verified, and both saying the same.

The Word writer verifies each package before it gives it out; what is added here is that the two formats agree, and
that nothing fails. `python -m agreementkit.testing` runs it.
"""

from __future__ import annotations

import time
import traceback
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cache, partial

from agreementkit.agreement import AgreementSet, assemble
from agreementkit.bank import Bank
from agreementkit.checks.kinds import Family
from agreementkit.checks.registry import CHECKS
from agreementkit.diagnostics import Diagnostic
from agreementkit.errors import AgreementKitError
from agreementkit.testing.configurations import random_configuration
from agreementkit.testing.same_text import html_lines, markdown_lines, same_text
from agreementkit.writers import WRITERS, WriteOptions

JUDGES_THE_CHOICES = frozenset(check.code for check in CHECKS if check.family in (Family.ARRANGEMENT, Family.LAW))
CHUNK = 25
"""Configurations that a process takes at a time."""


@dataclass(slots=True)
class Fuzzed:
    """What a run looked at and found.

    Attributes:
        configurations: How many configurations.
        files: How many files were written.
        seconds: How long it took.
        faults: What went wrong, by the seed of the configuration.
    """

    configurations: int = 0
    files: int = 0
    seconds: float = 0.0
    faults: dict[int, list[str]] = field(default_factory=dict)


def faults_of_the_bank(agreements: AgreementSet) -> list[Diagnostic]:
    """Return the errors that no valid configuration may bring about.

    A configuration may well make an unwise or unlawful choice, and the checks of the arrangement and of the law find
    it; those findings are left out. All the others are faults of the clauses.
    """
    return [one for one in agreements.report.errors if one.code not in JUDGES_THE_CHOICES]


def fuzz(count: int, *, seed: int = 0, workers: int = 1) -> Iterator[Fuzzed]:
    """Build random configurations of the core bank, and yield what was found so far after every few of them.

    Args:
        count: How many configurations.
        seed: The first seed; the others follow it.
        workers: Processes to use.
    """
    total, start = Fuzzed(), time.perf_counter()
    chunks = [range(seed + at, seed + min(at + CHUNK, count)) for at in range(0, count, CHUNK)]
    with ProcessPoolExecutor(workers) as pool:
        for seeds, found in zip(chunks, pool.map(_chunk, chunks), strict=True):
            total.configurations += len(seeds)
            total.files += sum(files for files, _ in found)
            total.faults.update({s: faults for s, (_, faults) in zip(seeds, found, strict=True) if faults})
            total.seconds = time.perf_counter() - start
            yield total


def _chunk(seeds: range) -> list[tuple[int, list[str]]]:
    return [one(seed) for seed in seeds]


@cache
def _bank() -> Bank:
    return Bank.load()


def one(seed: int) -> tuple[int, list[str]]:
    """Build one random configuration; return how many files were written and what went wrong."""
    files, faults = 0, []
    try:
        config = random_configuration(seed)
        agreements = assemble(config, _bank())
        faults += [diagnostic.render() for diagnostic in faults_of_the_bank(agreements)]
        for agreement in agreements:
            write = partial(_write, agreement.document)
            word, markdown, page = write("docx"), write("md"), write("html")
            files += 3
            faults += [f"{agreement.precedent}: {line}" for line in same_text(word, markdown.decode())[:5]]
            if html_lines(page.decode()) != markdown_lines(markdown.decode()):
                faults.append(f"{agreement.precedent}: the review copy says something else than the Markdown")
    except AgreementKitError as error:
        faults += [diagnostic.render() for diagnostic in error.diagnostics]
    except Exception:  # noqa: BLE001 - a crash is a finding of a long run, not its end
        faults.append(traceback.format_exc())
    return files, faults


def _write(document: object, name: str) -> bytes:
    return WRITERS[name].write(document, WriteOptions())  # type: ignore[arg-type]
