"""`build_many`: from many configurations to many folders and one report."""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from agreementkit.batch.hands import Hands
from agreementkit.batch.outcome import Outcome
from agreementkit.batch.report import BatchReport
from agreementkit.batch.tasks import Given, Task, named, task_of
from agreementkit.batch.worker import forget
from agreementkit.config import Config
from agreementkit.publish import refuse_unknown

if TYPE_CHECKING:
    from agreementkit.agreement import NotesAs

_FILES = (".docx", ".dotx", ".yaml", ".yml")


def build_many(
    configurations: Iterable[Given] | Mapping[str, Given],
    out: str | Path,
    formats: Sequence[str] = ("docx", "md"),
    *,
    executor: Executor | int | None = None,
    resume: bool = True,
    progress: Callable[[str, int, int], None] | None = None,
    ahead: int | None = None,
    locked: bool = False,
    notes: NotesAs | None = None,
    voices: Collection[str] | None = None,
    audiences: Collection[str] | None = None,
    with_findings: bool = False,
    final: bool = False,
    agreed_only: bool = False,
    template: str | Path | None = None,
    pages: Literal["auto", "off"] = "auto",
    key_terms: bool = False,
) -> BatchReport:
    """Build the agreements of many configurations, each into a folder of its own below `out`.

    One that fails does not concern the others. Nothing is built twice: a second call builds what is missing, what has
    changed (configuration, bank, packs, house template, options, version) and what is not as it was written. The bytes
    do not depend on who does the work, nor in which order.

    Args:
        configurations: Configurations or paths of their files; with names, those of the folders. Without, a folder has
            the name of the file, or of the title or first employer of a configuration that came from no file.
        out: The output folder; made if it is not there. For workers on other machines, one that all of them see.
        formats: As for `AgreementSet.write`, like all options that are not listed here.
        executor: None for this process, a number of processes, or any `concurrent.futures.Executor`, such as
            `Client.get_executor()` of Dask.
        resume: False to build everything again.
        progress: Told what is done, how many were done before, and how many there are.
        ahead: How many configurations an executor is given at a time; None for two more than it has workers, or
            256 where they cannot be counted.
        locked: Refuse a configuration when anything is not as its lock file pins it.
        notes: How notes are printed.
        voices: Only notes in these voices.
        audiences: Only notes for these.
        with_findings: Print what the checks found as further notes.
        final: Clean copies.
        agreed_only: Refuse texts that no body has agreed.
        template: House template for Word; a path is relative to the folder the program runs in.
        pages: Whether LibreOffice is asked for page numbers; the same bytes everywhere need it everywhere, or `off`.
        key_terms: Put a page of key terms before the contents.

    Returns:
        What became of each configuration, in the order given. A configuration that fails is in it, with its faults.

    Raises:
        OutputError: AK780 when two would write the same files, AK781 when there is none or one has no usable name,
            AK721 for a format, voice or audience that there is not; before anything is written.
        TypeError: `executor` is none of these.
    """
    start = time.perf_counter()
    given = named(configurations)
    refuse_unknown(formats, voices, audiences)
    folder, run = Path(out), uuid.uuid4().hex
    options: dict[str, Any] = {
        "formats": tuple(formats),
        "locked": locked,
        "notes": notes,
        "voices": None if voices is None else sorted(voices),
        "audiences": None if audiences is None else sorted(audiences),
        "with_findings": with_findings,
        "final": final,
        "agreed_only": agreed_only,
        "template": _template(template),
        "pages": pages,
        "key_terms": key_terms,
    }
    absolute = folder.absolute()
    hands = Hands(executor, ahead)
    tasks = _tasks(given, absolute, options, run, again=not resume)
    order = {name: number for number, name in enumerate(given)}
    outcomes: list[Outcome] = []
    try:
        for number, outcome in enumerate(hands.run(tasks)):
            outcomes.append(_placed(outcome, given[outcome.name]))
            if progress is not None:
                progress("configurations", number, len(given))
    finally:
        forget()
    outcomes.sort(key=lambda one: order[one.name])
    return BatchReport(absolute, tuple(outcomes), time.perf_counter() - start, tuple(hands.remarks))


def _tasks(
    given: Mapping[str, Given], out: Path, options: Mapping[str, Any], run: str, *, again: bool
) -> Iterator[Task]:
    """Yield the tasks as they are asked for; the settings of thousands are not copied at once."""
    for name, one in given.items():
        yield task_of(name, one, out, options, run=run, again=again)


def _placed(outcome: Outcome, one: Given) -> Outcome:
    """Return the outcome with the places of settings, which do not travel with a configuration."""
    if not isinstance(one, Config) or not outcome.faults:
        return outcome
    places = [(fault.path, place) for fault in outcome.faults if fault.path and (place := one.place(fault.path))]
    return outcome.at(places)


def _template(template: str | Path | None) -> str | None:
    """Return a template so that a worker in another folder finds it."""
    if template is None:
        return None
    is_file = isinstance(template, Path) or str(template).lower().endswith(_FILES)
    return os.path.abspath(template) if is_file else str(template)  # noqa: PTH100 - links stay
