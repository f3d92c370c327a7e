"""The two example packs lie over the core together, in either order."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

import agreementkit as ak
from agreementkit.assemble.removed import overlay_faults

PACKS = Path(__file__).parents[2] / "examples" / "packs"


@pytest.mark.parametrize("order", list(permutations(["anyshire-icb", "staff-side"])))
def test_either_order(order: tuple[str, str]) -> None:
    bank = ak.Bank.load([PACKS / name for name in order])
    assert not overlay_faults(bank)
    config = ak.Config.load(PACKS / "anyshire-icb.yaml")
    packs = {p.division.origin.pack for one in ak.assemble(config, bank) for p in one if p.division.origin}
    assert packs == {"core", *order}
