"""The garbage collector waits while agreements are assembled: their trees have no cycles, and grow fast."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from small import configured, one_clause, small_bank

import agreementkit as ak
from agreementkit._garbage import no_collections


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    yield
    gc.enable()


def test_a_tree_has_no_cycles() -> None:
    config, bank = configured(agreements=["partnership", "recognition"]), small_bank()
    ak.assemble(config, bank)  # clauses are compiled once
    gc.collect()
    gc.disable()
    before = len(gc.get_objects())
    made = ak.assemble(config, bank)
    grown = len(gc.get_objects()) - before
    assert gc.collect() < grown / 20  # a filter of Jinja leaves a few
    del made
    assert gc.collect() < grown / 20
    assert len(gc.get_objects()) - before < grown / 20


def test_nothing_is_collected_meanwhile_and_afterwards_all_is_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []
    resolve = ak.agreement.resolve  # type: ignore[attr-defined]
    monkeypatch.setattr("agreementkit.agreement.resolve", lambda *a: (seen.append(gc.isenabled()), resolve(*a))[1])
    config, bank = configured(agreements=["recognition"]), small_bank()
    ak.assemble(config, bank)
    assert gc.isenabled()
    gc.disable()
    ak.assemble(config, bank)
    assert not gc.isenabled()
    assert seen == [False, False]


def test_a_fault_leaves_the_collector_at_work(tmp_path: Path) -> None:
    with pytest.raises(ak.AssemblyError):
        one_clause(tmp_path, "1.  See @nowhere.")
    assert gc.isenabled()


def test_two_at_a_time_leave_the_collector_at_work() -> None:
    first, second = no_collections(), no_collections()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    second.__exit__(None, None, None)
    assert gc.isenabled()
