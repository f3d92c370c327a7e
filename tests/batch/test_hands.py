"""Who does the work of a batch: nothing is lost with a worker, and nothing waits in memory."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from working import tasks, work

from agreementkit.batch import hands
from agreementkit.batch.hands import TRIES, Hands
from agreementkit.batch.outcome import Outcome, State
from agreementkit.batch.tasks import Task


class Odd(Executor):
    """Runs every task at once, and does to some of them what `fault` does."""

    def __init__(self, fault: Callable[[Task], object]) -> None:
        self.fault = fault
        self.begun: list[str] = []

    def submit(self, fn: Callable[..., Any], task: Task) -> Future[Any]:  # type: ignore[override]
        self.begun.append(task.name)
        future: Future[Any] = Future()
        try:
            self.fault(task)
            future.set_result(fn(task))
        except LookupError as error:
            future.set_exception(error)
        return future


def run(executor: Executor | int | None, names: list[str], **options: Any) -> tuple[dict[str, Outcome], Hands]:
    """Return what became of each task, and who did it."""
    doing = Hands(executor, work=work, start="fork")
    done = list(doing.run(tasks(names, **options)))
    assert len(done) == len({one.name for one in done}), "a task was reported twice"
    return {one.name: one for one in done}, doing


def test_this_process_does_one_after_the_other() -> None:
    done, _ = run(None, ["b", "a", "c"])
    assert list(done) == ["b", "a", "c"]
    assert {int(one.seconds) for one in done.values()} == {os.getpid()}


def test_a_number_is_so_many_processes() -> None:
    done, doing = run(2, [f"slow-{number}" for number in range(6)])
    assert len(done) == 6
    assert len({one.seconds for one in done.values()}) == 2
    assert os.getpid() not in {int(one.seconds) for one in done.values()}
    assert not doing.remarks


@pytest.mark.parametrize("executor", [None, 1, "threads"])
def test_tasks_are_taken_a_few_at_a_time(executor: int | str | None) -> None:
    taken = done = most = 0

    def counted() -> Iterator[Task]:
        nonlocal taken
        for task in tasks(str(number) for number in range(60)):
            taken += 1
            yield task

    chosen = ThreadPoolExecutor(2) if executor == "threads" else executor
    for _ in Hands(chosen, work=work, start="fork").run(counted()):  # type: ignore[arg-type]
        most = max(most, taken - done)
        done += 1
    assert done == 60
    assert most <= 5, "more were taken than two besides one for each worker"


def test_an_executor_whose_workers_cannot_be_counted_is_given_what_was_asked_for() -> None:
    waiting: list[Future[Outcome]] = []

    class Lazy(Executor):
        def submit(self, fn: Callable[..., Any], _: Task) -> Future[Any]:  # type: ignore[override]
            future: Future[Any] = Future()
            waiting.append(future)
            if len(waiting) == 7:
                for one, task in zip(waiting, tasks("abcdefg"), strict=True):
                    one.set_result(fn(task))
                waiting.clear()
            return future

    assert len(list(Hands(Lazy(), 7, work).run(tasks("abcdefg")))) == 7


def test_only_the_task_that_kills_its_worker_is_lost() -> None:
    names = [f"good-{number}" for number in range(10)]
    done, doing = run(2, [*names[:3], "kill-it", *names[3:]])
    assert {name for name, one in done.items() if one.state is State.FAILED} == {"kill-it"}
    lost = done["kill-it"]
    assert (lost.attempts, lost.faults[0].code) == (TRIES, "AK782")
    assert str(lost.faults[0].place) == "kill-it.yaml"
    assert "the others are not concerned" in lost.faults[0].hints
    assert max(one.attempts for name, one in done.items() if name in names) <= TRIES
    assert sum(one.attempts > 1 for one in done.values()) <= 2 + 2, "more was under suspicion than was handed out"
    assert not doing.remarks


def test_a_program_without_its_guard_is_told_of_it() -> None:
    done, _ = run(1, ["kill-it"])  # its processes die as they start, and nothing is ever done
    assert "__main__" in done["kill-it"].faults[0].hints[1]


def test_two_killers_are_both_found_and_nobody_else() -> None:
    done, _ = run(2, ["kill-1", *"abcdefghijkl", "kill-2"])
    assert {name for name, one in done.items() if one.state is State.FAILED} == {"kill-1", "kill-2"}
    assert len(done) == 14


def test_a_task_whose_worker_was_killed_once_is_done_again(tmp_path: Path) -> None:
    done, _ = run(2, ["a", "once", "b"], marks=str(tmp_path))
    assert {one.state for one in done.values()} == {State.BUILT}
    assert done["once"].attempts == 2


def test_an_executor_that_breaks_is_left_and_the_rest_is_done() -> None:
    names = [f"good-{number}" for number in range(12)]
    with ProcessPoolExecutor(2, mp_context=get_context("fork")) as pool:
        done, doing = run(pool, ["kill-it", *names])
    assert {name for name, one in done.items() if one.state is State.FAILED} == {"kill-it"}
    assert [one.code for one in doing.remarks] == ["AK787"]


def test_an_executor_that_takes_nothing_is_left() -> None:
    pool = ThreadPoolExecutor(1)
    pool.shutdown()
    done, doing = run(pool, ["a", "b"])
    assert {one.state for one in done.values()} == {State.BUILT}
    assert [one.code for one in doing.remarks] == ["AK787"]


def test_a_task_that_an_executor_loses_is_tried_again_there_and_alone() -> None:
    def fault(task: Task) -> None:
        if task.name == "bad" or (task.name == "unlucky" and odd.begun.count("unlucky") < 3):
            raise LookupError("the machine is gone")

    odd = Odd(fault)
    done, doing = run(odd, ["a", "bad", "unlucky", "b"])
    assert {name: one.state.value for name, one in done.items()} == {
        "a": "built", "bad": "failed", "unlucky": "built", "b": "built"
    }  # fmt: skip
    assert odd.begun[:4] == ["a", "bad", "unlucky", "b"]
    assert sorted(odd.begun[4:6]) == sorted(odd.begun[6:]) == ["bad", "unlucky"]
    assert "LookupError: the machine is gone" in done["bad"].faults[0].message
    assert done["unlucky"].attempts == 3
    assert not doing.remarks


def test_when_no_worker_lives_all_is_reported_and_nothing_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hands, "IN_A_ROW", 2)
    done, _ = run(1, [f"kill-{number}" for number in range(20)])
    assert len(done) == 20
    assert {one.faults[0].code for one in done.values()} == {"AK785"}


def test_what_was_handed_out_is_taken_back_when_the_batch_is_left(tmp_path: Path) -> None:
    begun: list[str] = []

    def noted(task: Task) -> Outcome:
        begun.append(task.name)
        return work(task)

    with ThreadPoolExecutor(1) as pool:
        running = Hands(pool, 50, noted).run(tasks(f"slow-{number}" for number in range(50)))
        next(running)
        running.close()  # type: ignore[attr-defined]
    assert len(begun) < 5
