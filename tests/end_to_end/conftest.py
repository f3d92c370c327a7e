"""Every example, built once for all tests of this folder."""

from __future__ import annotations

import pytest
from built import EXAMPLES, Built, hard

from agreementkit import Config, assemble

SETS = {path.stem: path for path in EXAMPLES} | {"hard-names": None}


@pytest.fixture(scope="session", params=list(SETS))
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    path = SETS[request.param]
    agreements = assemble(Config.load(path) if path else hard())
    folder = tmp_path_factory.mktemp(request.param)
    agreements.write(folder, ["docx", "md", "json", "html"], pages="off")
    agreements.write(folder / "clean", ["docx", "md"], notes="none", pages="off")
    return Built(agreements, folder)
