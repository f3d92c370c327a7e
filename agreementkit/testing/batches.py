"""`python -m agreementkit.testing.batches`: one batch done by different workers, timed, and every byte compared.

The configurations of a folder are built by one process, by several that are forked or start from nothing, and by a
Dask cluster of this machine. All have to give the same files; which is quicker is only printed.
"""

from __future__ import annotations

import multiprocessing
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import click

from agreementkit.batch import BatchReport, build_many

WAYS = ("one", "fork", "spawn", "dask")


def compare_ways(
    configurations: list[Path], out: Path, ways: tuple[str, ...] = WAYS, workers: int = 2
) -> Iterator[tuple[str, BatchReport]]:
    """Build configurations in several ways, each into a folder of its own, which is emptied first.

    Args:
        configurations: Files of configurations.
        out: Where the folders go.
        ways: Which of `one` process, processes by `fork`, by `spawn`, and `dask`.
        workers: How many workers all but the first have.

    Yields:
        Each way with its report; `seconds` in it has the start of the workers too.
    """
    for way in ways:
        shutil.rmtree(out / way, ignore_errors=True)
        start = time.perf_counter()
        with _MAKERS[way](workers) as executor:
            made = build_many(configurations, out / way, executor=executor, pages="off")
        yield way, BatchReport(made.folder, made.outcomes, time.perf_counter() - start, made.remarks)


@contextmanager
def _one(_: int) -> Iterator[None]:
    yield None


def _fork(workers: int) -> Executor:
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("fork"))


def _spawn(workers: int) -> Executor:
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))


@contextmanager
def _dask(workers: int) -> Iterator[Executor]:
    from distributed import Client, LocalCluster

    with (
        LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        yield client.get_executor()


_MAKERS: dict[str, Callable[[int], AbstractContextManager[Executor | None]]] = {
    "one": _one,
    "fork": _fork,
    "spawn": _spawn,
    "dask": _dask,
}


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), default=Path("out"))
@click.option("--way", "ways", type=click.Choice(WAYS), multiple=True, help="Only this; several allowed.")
@click.option("--workers", type=click.IntRange(1), default=2, show_default=True, help="Workers of all but the first.")
@click.option("--count", type=click.IntRange(1), help="Only so many of the configurations.")
def main(folder: Path, output: Path, ways: tuple[str, ...], workers: int, count: int | None) -> None:
    """Build the configurations of FOLDER in several ways, print the times, and fail when any byte differs."""
    files = sorted(folder.glob("*.yaml"))[:count]
    hashes: dict[str, str] = {}
    same = True
    for way, report in compare_ways(files, output, ways or WAYS, workers):
        hashes = hashes or report.hashes
        same &= report.hashes == hashes
        failed, pace = len(report.failed), len(report) / report.seconds
        click.echo(
            f"{way:<6}{report.seconds:9.1f} s {pace:7.2f} a second, {len(report.hashes):,} files, {failed} failed, "
            f"{'the same bytes' if report.hashes == hashes else 'OTHER BYTES'}"
        )
    sys.exit(0 if same else 1)


if __name__ == "__main__":
    main()
