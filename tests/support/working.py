"""Work for the hands of a batch that needs no bank: it says that it was done, or kills its worker, as the task says."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from agreementkit.batch.outcome import Outcome, State
from agreementkit.batch.tasks import Task


def tasks(names: Iterable[str], **options: Any) -> list[Task]:
    """Return tasks of these names."""
    return [Task(name, f"{name}.yaml", "/nowhere", "run", options) for name in names]


def work(task: Task) -> Outcome:
    """Do what the name says: `kill` ends the process, `once` does so the first time, `slow` takes a moment."""
    if task.name.startswith("kill"):
        os.kill(os.getpid(), signal.SIGKILL)
    if task.name.startswith("once"):
        mark = Path(task.options["marks"]) / task.name
        if not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    if task.name.startswith("slow"):
        time.sleep(0.2)
    return Outcome(task.name, task.shown, State.BUILT, seconds=os.getpid())


def die_at(name: str) -> None:
    """Make this worker die when it comes to the task of that name: the initializer of a pool."""
    from agreementkit.batch import worker

    usual = worker._run

    def run(task: Task) -> Outcome:
        if task.name == name:
            os.kill(os.getpid(), signal.SIGKILL)
        return usual(task)

    worker._run = run
