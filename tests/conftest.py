"""Options and helpers of all tests."""

import sys
from pathlib import Path

import pytest

# The helpers in tests/support are shared by every folder of tests and are no package of their own.
sys.path.insert(0, str(Path(__file__).parent / "support"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-cases", action="store_true", help="Rewrite the expected output in tests/cases; review the difference."
    )
