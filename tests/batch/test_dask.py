"""A batch on a real Dask cluster of two worker processes; no other test needs one."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from pathlib import Path

import pytest
from working import tasks, work

import agreementkit as ak
from agreementkit.batch.hands import Hands
from agreementkit.batch.outcome import State

distributed = pytest.importorskip("distributed")
pytestmark = pytest.mark.filterwarnings("default")  # what a cluster warns of is its own business
TEXT = "employers:\n  - {{name: Body {number}, kind: council}}\nunions: [unison]\nagreements: [framework]\n"


@pytest.fixture(scope="module")
def dask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Executor]:
    import dask

    quick = {"distributed.scheduler.allowed-failures": 0, "distributed.comm.timeouts.connect": "20s"}
    with (
        dask.config.set(quick),
        distributed.LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            dashboard_address=None,
            local_directory=str(tmp_path_factory.mktemp("dask")),
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        client.run(_see, str(Path(__file__).parents[1] / "support"))
        yield client.get_executor()


def _see(folder: str) -> None:
    import sys

    sys.path.insert(0, folder)


def test_a_cluster_gives_the_same_bytes(dask: Executor, tmp_path: Path) -> None:
    files = [tmp_path / f"body-{number}.yaml" for number in range(3)]
    for number, file in enumerate(files):
        file.write_text(TEXT.format(number=number), encoding="utf-8")
    there = ak.build_many(files, tmp_path / "there", ("md",), executor=dask)
    here = ak.build_many(files, tmp_path / "here", ("md",))
    assert there.ok
    assert there.hashes == here.hashes
    assert len(there.hashes) == 3
    assert not there.remarks
    again = ak.build_many(files, tmp_path / "there", ("md",), executor=dask)
    assert {one.state for one in again} == {State.KEPT}


def test_a_killed_worker_of_a_cluster_is_found_out(dask: Executor) -> None:
    done = {one.name: one for one in Hands(dask, work=work).run(tasks(["a", "kill-it", "b", "c"]))}
    assert {name for name, one in done.items() if one.state is State.FAILED} == {"kill-it"}
    assert "KilledWorker" in done["kill-it"].faults[0].message
