"""A warm build of a pair, Word and Markdown with notes, against the limit and against other ways to the same text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

from agreementkit import Bank, Config, assemble
from agreementkit.checks import check_set
from benchmarks.contenders.converted import conversions, pandoc
from benchmarks.contenders.finished import require_same
from benchmarks.contenders.limit import limit
from benchmarks.contenders.paragraphs import paragraph_by_paragraph
from benchmarks.contenders.templated import templated
from benchmarks.measure import Cost, here, in_turn, started
from benchmarks.pair import Finished, build, renamed, write
from benchmarks.rows import Row
from benchmarks.scale import Scale

GROUP = "Warm: a pair in Word and Markdown, with notes, numbers and references"
LIMIT = "limit"
OTHERS = 64
"""Organisations that take their turns, so that nothing made for one of them is of use for the next."""


def others(finished: Finished, work: Path) -> dict[str, Cost]:
    """Return the other contenders, each found to say the same; pandoc only where it is on the machine.

    Raises:
        ValueError: A contender does not write the same.
    """
    render, put_together = templated(finished.word), paragraph_by_paragraph(finished.clean, finished.word)
    require_same("docxtpl", finished.word, render())
    require_same("python-docx", finished.word, put_together())
    found = {"docxtpl": here(render), "python-docx": here(put_together)}
    if pandoc():
        convert = started(*conversions(work, finished.clean, finished.markdown))
        convert()
        require_same("pandoc", finished.word, [(work / f"{n}.docx").read_bytes() for n in range(len(finished.word))])
        found["pandoc"] = convert
    return found


def contenders(config: Config, bank: Bank, work: Path) -> dict[str, Cost]:
    """Return what is timed, the limit first."""
    finished = Finished.of(config, bank)
    documents, scene = finished.documents, assemble(config, bank).scene
    organisations, turn = [renamed(config, number) for number in range(OTHERS)], count()
    return {
        LIMIT: here(limit(finished.word)),
        "build": here(lambda: build(config, bank)),
        "another": here(lambda: build(organisations[next(turn) % OTHERS], bank)),
        "checked": here(lambda: build(config, bank, checks=True)),
        **others(finished, work),
        "assemble": here(lambda: assemble(config, bank)),
        "word": here(lambda: write(documents, "docx")),
        "markdown": here(lambda: write(documents, "md")),
        "checks": here(lambda: list(check_set(scene))),
    }


def rows(scale: Scale, work: Path) -> Iterator[Row]:
    """Measure warm builds.

    Args:
        scale: How much.
        work: A folder for files.
    """
    times = in_turn(contenders(Config.load(scale.example), Bank.load(), work), scale.rounds, scale.budget)

    def row(what: str, name: str, base: str, goal: str = "") -> Row:
        if name not in times.seconds:
            return Row(GROUP, what, None, "×", f"{name} is not on this machine", goal)
        return Row(GROUP, what, times.ratio(name, base), "×", times.behind(name, base), goal)

    yield row("build, checks off / limit", "build", LIMIT, "1")
    yield row("build, checks on / limit", "checked", LIMIT, "1b")
    yield row("build for another organisation each time, checks off / limit", "another", LIMIT)
    yield row("docxtpl, Word only / build of Word and Markdown", "docxtpl", "build", "2")
    yield row("python-docx, Word only / build of Word and Markdown", "python-docx", "build", "2b")
    yield row("pandoc, Word from Markdown, a process a document / build", "pandoc", "build")
    yield row("docxtpl / writing our Word", "docxtpl", "word")
    yield row("docxtpl / limit", "docxtpl", LIMIT)
    yield row("python-docx / limit", "python-docx", LIMIT)
    yield row("of the build: assembling / limit", "assemble", LIMIT)
    yield row("of the build: writing Word / limit", "word", LIMIT)
    yield row("of the build: writing Markdown / limit", "markdown", LIMIT)
    yield row("all checks alone / limit", "checks", LIMIT)
