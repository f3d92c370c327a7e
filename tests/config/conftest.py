"""The smallest sound configuration, for tests that change one thing."""

from typing import Any

import pytest


@pytest.fixture
def least() -> dict[str, Any]:
    return {"employers": [{"name": "Anytown ICB", "kind": "icb"}], "unions": ["unison", "mip"]}
