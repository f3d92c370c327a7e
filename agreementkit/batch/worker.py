"""What a worker does with one task: read the configuration, see whether there is anything to do, build, record.

It runs wherever the executor runs it. Nothing that goes wrong in one configuration leaves it as an exception, so an
exception that reaches the batch is one of the worker or of its machine, and the task is then tried again.
"""

from __future__ import annotations

import gc
import hashlib
import json
import threading
import time
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from agreementkit import __version__
from agreementkit._garbage import no_collections
from agreementkit.agreement import _today, assemble, bank_of
from agreementkit.bank import Bank
from agreementkit.bank.places import Named
from agreementkit.batch.outcome import Outcome, State, no_record
from agreementkit.batch.records import BatchFile, Record, read_record, record_of, write_record
from agreementkit.batch.tasks import Task
from agreementkit.config import Config
from agreementkit.config.fields import FOLDER
from agreementkit.config.load import load_file
from agreementkit.diagnostics import Diagnostic, Place, Severity
from agreementkit.errors import AgreementKitError, BankError
from agreementkit.lock import Lock
from agreementkit.publish import find_house, house_digest, house_of
from agreementkit.writers.word.layout.libreoffice import find_libreoffice

_ONE_AT_A_TIME = threading.RLock()
"""Reading clauses shares one Markdown reader in a process, and Python runs one thread at a time anyway."""


def run_task(task: Task) -> Outcome:
    """Build one configuration, or see that it is built already.

    Args:
        task: What to do.

    Returns:
        What became of it; a fault of the configuration, the bank, the template or the folder is in it.
    """
    start = time.perf_counter()
    try:
        # Beside a bank that stays, looking for circles takes a fifth of the time; so they are looked for at the end.
        with _ONE_AT_A_TIME, no_collections():
            outcome = _run(task)
    except AgreementKitError as error:
        outcome = Outcome.failed(task.name, task.shown, error.diagnostics)
    except Exception as error:  # noqa: BLE001 - a crash is a finding of a batch, not its end
        outcome = Outcome.failed(task.name, task.shown, [_crash(task, error)])
    gc.collect(0)  # only what this task left behind
    return replace(outcome, seconds=time.perf_counter() - start)


def forget() -> None:
    """Let go of the banks that were read."""
    _bank.cache_clear()


def _run(task: Task) -> Outcome:
    if task.version != __version__:
        what = f"this worker has agreementkit {__version__}; the batch is run by {task.version}"
        hint = f"install the same on both: pip install agreementkit=={task.version}"
        return Outcome.failed(task.name, task.shown, [Diagnostic("AK788", what, hints=(hint,))])
    config = _config(task)
    options = dict(task.options)
    lock = _lock(task, config) if options.pop("locked", False) else None
    bank = _bank_of(config, task.run)
    key = _key(task, config, bank, lock)
    path = record_of(Path(task.out), task.name)
    before = read_record(path)
    own = before is not None and before.run == task.run  # done by a worker that was lost before it could say so
    if before is not None and before.key == key and (own or not task.again) and before.is_true:
        return _outcome(task, State.BUILT if own else State.KEPT, before)
    agreements = assemble(config, bank, locked=lock or False)
    written = agreements.write(Path(task.out) / task.name, **options)
    files = tuple(BatchFile.of(one.path, one.precedent, one.format) for one in written)
    findings = [*agreements.report, *_left_over(before, files)]
    if before is None and path.exists():
        findings.append(no_record(str(path)))
    record = Record(key, task.run, files, tuple(findings))
    write_record(Path(task.out), task.name, record)
    return _outcome(task, State.BUILT, record)


def _outcome(task: Task, state: State, record: Record) -> Outcome:
    return Outcome(
        task.name,
        task.shown,
        state,
        record.files,
        record.count(Severity.ERROR),
        record.count(Severity.WARNING),
        record.count(Severity.INFO),
        record=str(record_of(Path(task.out), task.name)),
        key=record.key,
    )


def _config(task: Task) -> Config:
    if task.file:
        return load_file(Config, Path(task.file), task.shown)
    config = Config.model_validate(task.data)
    if task.folder:
        config.__dict__[FOLDER] = Path(task.folder)
    return config


def _lock(task: Task, config: Config) -> Lock:
    return Lock.read(task.lock or Lock.path_of(config))


@lru_cache(maxsize=4)
def _bank(run: str, packs: tuple[str, ...], folder: Path | None) -> Bank:  # noqa: ARG001 - the run is part of the key
    return Bank.load([Named(name, folder) for name in packs])


def _bank_of(config: Config, run: str) -> Bank:
    """Return the bank of a configuration; one that was read in the same run is not read again."""
    try:
        return _bank(run, config.packs, config.folder if config.packs else None)
    except BankError:
        return bank_of(config)  # fails in the same way, and says where in this configuration the pack is named


def _key(task: Task, config: Config, bank: Bank, lock: Lock | None) -> str:
    """Return one hash of all that the files and the findings come from."""
    options: Mapping[str, Any] = task.options
    template = options.get("template")
    house = find_house(str(template), bank.houses) if template is not None else house_of(config, bank.houses)
    positions = config.positions
    facts = {
        "agreementkit": __version__,
        "configuration": config.digest,
        # Places in the findings are those of the file, which may have changed without saying anything else.
        "text": hashlib.sha256(positions.source.text.encode()).hexdigest() if positions else "",
        "packs": [[c.stamp.id, c.stamp.version, c.stamp.digest, c.shown] for c in bank.contents],
        "house": house_digest(house),
        "options": {name: value for name, value in options.items() if name != "template"},
        "pages": options.get("pages") == "auto" and find_libreoffice() is not None,
        "day": str(_today()) if options.get("with_findings") else "",
        "lock": lock.model_dump(mode="json") if lock else None,
    }
    return hashlib.sha256(json.dumps(facts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _left_over(before: Record | None, files: tuple[BatchFile, ...]) -> list[Diagnostic]:
    """Return a word on each file of an earlier run that stands beside those of this one and is not one of them."""
    written = {one.path for one in files}
    hint = "delete it if nobody needs it any more"
    return [
        Diagnostic(
            "AK786",
            "this file is of an earlier run, and is not made from this configuration any more",
            Severity.INFO,
            Place(one.path),
            (hint,),
        )
        for one in (before.files if before else ())
        if one.path not in written and Path(one.path).is_file()
    ]


def _crash(task: Task, error: Exception) -> Diagnostic:
    place = Place(task.shown) if task.shown else None
    what = f"a fault of agreementkit, not of this configuration ({type(error).__name__}: {str(error)[:500]})"
    hint = "build it alone with `agreementkit build`, and please report it with the lines that are printed then"
    return Diagnostic("AK783", what, place=place, hints=(hint,))
