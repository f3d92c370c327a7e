"""Options and helpers of all tests."""

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path

import pytest

# The helpers in tests/support are shared by every folder of tests and are no package of their own.
# Findings about how long ago the law was checked must not change with the calendar.
os.environ["SOURCE_DATE_EPOCH"] = "1795651200"  # 26 November 2026

# What is kept between runs is kept for this run of the tests, and not where the user's own is.
if "AGREEMENTKIT_CACHE" not in os.environ:
    os.environ["AGREEMENTKIT_CACHE"] = tempfile.mkdtemp(prefix="agreementkit-tests-")
    atexit.register(shutil.rmtree, os.environ["AGREEMENTKIT_CACHE"], ignore_errors=True)

sys.path.insert(0, str(Path(__file__).parent / "support"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-cases", action="store_true", help="Rewrite the expected output in tests/cases; review the difference."
    )
