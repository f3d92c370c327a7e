"""Every example, built once for all tests of this folder."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from agreementkit import Agreement, AgreementSet, Config, assemble

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


def _hard() -> Config:
    return Config.model_validate(
        {
            "employers": [{"name": "1. Anytown & <District> *Council*", "kind": "council"}],
            "unions": [{"name": name, "short": name} for name in HARD_NAMES],
        }
    )


SETS = {path.stem: path for path in EXAMPLES} | {"hard-names": None}


@pytest.fixture(scope="session", params=list(SETS))
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    path = SETS[request.param]
    agreements = assemble(Config.load(path) if path else _hard())
    folder = tmp_path_factory.mktemp(request.param)
    agreements.write(folder, ["docx", "md", "json", "html"], pages="off")
    agreements.write(folder / "clean", ["docx", "md"], notes="none", pages="off")
    return Built(agreements, folder)


def program(*names: str) -> str:
    """Return the first of these programs that is on the machine; skip the test when none is."""
    found = next((shutil.which(name) for name in names if shutil.which(name)), None)
    if not found:
        pytest.skip(f"{names[0]} is not on this machine")
    return found
