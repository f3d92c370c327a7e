"""The core bank once, and plans for answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from agreementkit.asking import Answers, Plan
from agreementkit.bank import Bank


@pytest.fixture(scope="session")
def bank() -> Bank:
    return Bank.load()


@pytest.fixture
def plan(bank: Bank) -> Callable[..., Plan]:
    """Return what makes a plan: of an ICB with two unions, unless the answers say otherwise."""

    def make(**answers: Any) -> Plan:
        usual = {"employers": [{"name": "Anytown ICB", "short": "the ICB", "kind": "icb"}], "unions": ["unison", "rcn"]}
        return Plan.of(Answers({**usual, **answers}), bank)

    return make
