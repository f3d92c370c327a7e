"""Invented organisations, and one batch done by different workers."""

from __future__ import annotations

from pathlib import Path

import pytest

import agreementkit as ak
from agreementkit.testing.batches import compare_ways
from agreementkit.testing.organisations import organisations, write_organisations


def test_they_are_valid_varied_and_the_same_for_the_same_seed(tmp_path: Path) -> None:
    write_organisations(103, tmp_path, seed=7)
    files = sorted(tmp_path.glob("*.yaml"))
    assert len(files) == 103
    configs = [ak.Config.load(file) for file in files]
    assert len({config.digest for config in configs}) == 103
    assert len({employer.kind for config in configs for employer in config.employers}) > 4
    assert {config.agreements for config in configs} == {("partnership", "recognition")}
    assert dict(organisations(5, 7)) == dict(organisations(5, 7)) != dict(organisations(5, 8))


def test_ways_are_compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from small import SMALL

    monkeypatch.setattr("agreementkit.bank.bank.core_folder", lambda: SMALL)
    write_organisations(2, tmp_path)
    found = dict(compare_ways(sorted(tmp_path.glob("*.yaml")), tmp_path / "ways", ("one", "fork")))
    assert found["one"].hashes == found["fork"].hashes
    assert len(found["one"].hashes) == 8
    assert found["one"].ok
