"""Who does the work of a batch: this process, processes of our own, or an executor that was handed over.

Tasks are handed out in a sliding window, so that ten thousand of them are never waiting in memory. When a worker dies,
everything that was handed out and not done is under suspicion. It is tried again when the others are done, with half
as many side by side, and what is lost once more a last time, each alone. So only the one that brings its worker down is
given up, and the others do not wait for long.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from dataclasses import replace
from typing import Literal

from agreementkit.batch.outcome import Outcome
from agreementkit.batch.tasks import Task
from agreementkit.batch.worker import run_task
from agreementkit.diagnostics import Diagnostic, Place, Severity

TRIES = 3
"""How often a task is begun before it is given up: among others, among half as many, alone."""
IN_A_ROW = 30
"""So many workers may die one after the other, with nothing done in between, before the rest is given up."""
AHEAD = 256
"""Tasks that an executor whose workers nobody can count is given at a time."""
_MORE = 2
"""Tasks that are handed out besides one for each worker, so that none has to wait for us."""
_REASON = 300
_GUARD = "in a program of your own, call build_many below `if __name__ == '__main__':`"

Work = Callable[[Task], Outcome]


class Hands:
    """Runs tasks.

    Args:
        executor: None for this process, a number of processes, or any executor.
        ahead: How many tasks an executor is given at a time; None for two more than it has workers, or 256.
        work: What is done with a task; another function for tests.
        start: How processes of our own start. From nothing is the same on every system, and safe where there are
            threads; `fork` is quicker where it is safe.

    Raises:
        TypeError: The executor is none.

    Attributes:
        remarks: What has to be said about the run as a whole.
    """

    def __init__(
        self,
        executor: Executor | int | None,
        ahead: int | None = None,
        work: Work = run_task,
        start: Literal["spawn", "fork", "forkserver"] = "spawn",
    ) -> None:
        given: object = executor  # whatever a caller without types hands over
        if not (given is None or isinstance(given, int | Executor)):
            known = "None, a number, or an executor; of a Dask client it is client.get_executor()"
            raise TypeError(f"{type(given).__name__} is no executor: give {known}")
        self._work, self._start = work, start
        self._count = executor if isinstance(executor, int) else int(getattr(executor, "_max_workers", 0))
        self._foreign = executor if isinstance(executor, Executor) else None
        self._own: ProcessPoolExecutor | None = None
        self._inline = executor is None
        self._ahead = ahead or (self._count + _MORE if self._count else AHEAD)
        self._deaths = 0
        self._done = False
        self.remarks: list[Diagnostic] = []

    def run(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        """Yield what became of each task, in the order in which they are done."""
        if self._inline:
            yield from map(self._work, tasks)
            return
        try:
            once: list[tuple[Task, str]] = []
            twice: list[tuple[Task, str]] = []
            yield from self._together(iter(tasks), once, 1)
            yield from self._together((replace(task, attempt=2) for task, _ in once), twice, 2)
            for task, reason in twice:
                yield self._alone(task, reason)
        finally:
            self._close()

    def _together(self, tasks: Iterator[Task], suspects: list[tuple[Task, str]], share: int) -> Iterator[Outcome]:
        """Yield what became of tasks that run side by side; those whose worker was lost become suspects.

        Args:
            tasks: The tasks.
            suspects: Takes those that were lost, each with the reason.
            share: 1 to hand out as many as usual at a time, 2 for half of it.
        """
        flying: dict[Future[Outcome], tuple[Task, Executor]] = {}
        try:
            more = True
            while more or flying:
                while more and len(flying) < max(1, self._ahead // share):
                    task = next(tasks, None)
                    if task is None:
                        more = False
                        break
                    given = self._submit(task)
                    if isinstance(given, str):
                        suspects.append((task, given))
                    else:
                        flying[given[0]] = (task, given[1])
                for future in wait(flying, return_when=FIRST_COMPLETED).done:
                    task, pool = flying.pop(future)
                    made = self._result(future, pool)
                    if isinstance(made, Outcome):
                        yield replace(made, attempts=task.attempt)
                    else:
                        suspects.append((task, made))
        finally:
            for future in flying:
                future.cancel()

    def _alone(self, task: Task, reason: str) -> Outcome:
        """Return what became of a task that is begun for the last time, while nothing else runs."""
        if self._deaths >= IN_A_ROW:
            return self._given_up(task, reason, task.attempt)
        executor = self._foreign
        made = self._once(replace(task, attempt=TRIES))
        if isinstance(made, str) and executor is not self._foreign:  # it was the executor; ours have not tried yet
            made = self._once(replace(task, attempt=TRIES))
        if isinstance(made, Outcome):
            return replace(made, attempts=TRIES)
        what = f"the worker was lost each of the {TRIES} times that this configuration was begun: {made}"
        hints = (
            "it may need more memory than a worker has: build it alone with `agreementkit build`",
            "the others are not concerned" if self._done else _GUARD,
        )
        place = Place(task.shown) if task.shown else None
        return Outcome.failed(task.name, task.shown, [Diagnostic("AK782", what, place=place, hints=hints)], TRIES)

    def _once(self, task: Task) -> Outcome | str:
        given = self._submit(task)
        return given if isinstance(given, str) else self._result(*given)

    def _given_up(self, task: Task, reason: str, attempts: int) -> Outcome:
        what = f"not built, since {IN_A_ROW} workers were lost one after the other with nothing done: {reason}"
        hints = (
            _GUARD,
            "see that the workers have memory and can write to the folder, or use fewer (`-j 1`, executor=None)",
            "the same call goes on where this one ended",
        )
        place = Place(task.shown) if task.shown else None
        return Outcome.failed(task.name, task.shown, [Diagnostic("AK785", what, place=place, hints=hints)], attempts)

    def _submit(self, task: Task) -> tuple[Future[Outcome], Executor] | str:
        """Hand out a task; return its future and who has it, or why nobody can have it."""
        if self._deaths >= IN_A_ROW:
            return "no worker lives"
        if self._foreign is not None:
            try:
                return self._foreign.submit(self._work, task), self._foreign
            except Exception as error:  # noqa: BLE001 - every executor has its own; none may end the batch
                self._lost(self._foreign, error)
        pool = self._pool()
        try:
            return pool.submit(self._work, task), pool
        except (BrokenExecutor, OSError) as error:
            self._lost(pool, error)
            return _said(error)

    def _result(self, future: Future[Outcome], pool: Executor) -> Outcome | str:
        """Return what became of a task, or why its worker was lost."""
        try:
            made = future.result()
        except BrokenExecutor as error:
            self._lost(pool, error)
            return _said(error)
        except Exception as error:  # noqa: BLE001 - of any executor; what goes wrong in a task is in its outcome
            return _said(error)
        self._deaths = 0
        self._done = True
        return made

    def _pool(self) -> ProcessPoolExecutor:
        if self._own is None:
            context = multiprocessing.get_context(self._start)
            self._own = ProcessPoolExecutor(max(1, self._count), mp_context=context, initializer=_begin)
        return self._own

    def _lost(self, pool: Executor, error: BaseException) -> None:
        """Let go of an executor that is broken. All its tasks say that it is, and only the first one counts."""
        if pool is self._own:
            self._deaths += 1
            self._own.shutdown(wait=False, cancel_futures=True)
            self._own = None
        elif pool is self._foreign:
            self._foreign = None
            self._ahead = max(1, self._count) + _MORE
            what = f"the executor that was handed over broke ({_said(error)}); processes of our own did the rest"
            hint = "see what became of its workers; nothing that was done is lost"
            self.remarks.append(Diagnostic("AK787", what, Severity.WARNING, hints=(hint,)))

    def _close(self) -> None:
        if self._own is not None:
            self._own.shutdown(wait=True, cancel_futures=True)
            self._own = None


def _begin() -> None:
    """Begin a process of a pool: an interrupt is for the batch, which lets each finish what it has in hand."""
    with contextlib.suppress(ValueError, OSError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def _said(error: BaseException) -> str:
    """Return an exception in one line."""
    said = " ".join(str(error).split())
    kind = type(error).__name__
    return f"{kind}: {said[:_REASON]}" if said else kind
