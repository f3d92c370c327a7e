"""Options and helpers of all tests."""

import os
import sys
from pathlib import Path

import pytest

# The helpers in tests/support are shared by every folder of tests and are no package of their own.
# Findings about how long ago the law was checked must not change with the calendar.
os.environ["SOURCE_DATE_EPOCH"] = "1795651200"  # 26 November 2026

sys.path.insert(0, str(Path(__file__).parent / "support"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-cases", action="store_true", help="Rewrite the expected output in tests/cases; review the difference."
    )
