"""Every option and parameter of the topic catalogue has a home in the bank, and every home exists."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from agreementkit import Bank
from agreementkit.config.paths import resolve_type

sys.path.insert(0, str(Path(__file__).parent.parent / "docs"))
import coverage_map

# Topics of the catalogue, by chapter: 1.1 to 1.9, 2.1 to 2.4 and so on.
CHAPTERS = {1: 9, 2: 4, 3: 9, 4: 12, 5: 6, 6: 9, 7: 3, 8: 3, 9: 6, 10: 7}
TOPICS = [f"{chapter}.{n}" for chapter, last in CHAPTERS.items() for n in range(1, last + 1)]
ENTRIES = {str(entry["topic"]): entry for entry in coverage_map.topics()}


@pytest.fixture(scope="module")
def bank() -> Bank:
    return Bank.load()


def test_every_topic_is_there_once() -> None:
    assert sorted(ENTRIES) == sorted(TOPICS)
    assert len(coverage_map.topics()) == len(TOPICS)


@pytest.mark.parametrize("topic", TOPICS)
def test_every_option_has_a_home_that_exists(topic: str, bank: Bank) -> None:
    entry: dict[str, Any] = ENTRIES[topic]
    assert entry["options"]
    assert not [option["option"] for option in entry["options"] if not option.get("homes")]
    found = [
        f"{what}: {fault}" for what, home in coverage_map.homes_of(entry) for fault in coverage_map.faults(bank, home)
    ]
    assert not found


@pytest.mark.parametrize("topic", TOPICS)
def test_every_parameter_is_a_setting(topic: str) -> None:
    paths = [str(p["path"]) for p in ENTRIES[topic].get("parameters", ())]
    assert not [path for path in paths if resolve_type(path.split(".")) is None]


def test_both_depths_have_a_home_where_both_occur() -> None:
    for entry in ENTRIES.values():
        assert set(entry.get("depth", ())) == set(entry.get("depths", {})), entry["topic"]
