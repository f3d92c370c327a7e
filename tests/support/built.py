"""The examples and sets with hard names, for tests that look at whole builds."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from agreementkit import Agreement, AgreementSet, Config

ROOT = Path(__file__).parent.parent.parent
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
HOSTILE = 'A*B & C <Ltd> "x"'
HARD_NAMES = (HOSTILE, "Under_scored_ `Union` | $1 ~ ^ @x #1", "اتحاد العمال 🙂 – \\ end")


@dataclass(frozen=True)
class Built:
    """A set that was built, and the folder its files are in."""

    agreements: AgreementSet
    folder: Path

    def file(self, agreement: Agreement, suffix: str) -> Path:
        return self.folder / f"{agreement.document.stem}.{suffix}"


def hard() -> Config:
    """A configuration whose names are markup for somebody."""
    return Config.model_validate(
        {
            "employers": [{"name": "1. Anytown & <District> *Council*", "kind": "council"}],
            "unions": [{"name": name, "short": name} for name in HARD_NAMES],
        }
    )


def program(*names: str) -> str:
    """Return the first of these programs that is on the machine; skip the test when none is."""
    found = next((shutil.which(name) for name in names if shutil.which(name)), None)
    if not found:
        pytest.skip(f"{names[0]} is not on this machine")
    return found
