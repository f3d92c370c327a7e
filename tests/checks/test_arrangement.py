"""The checks of the arrangement look for words of the core bank and for settings: these have to exist."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import agreementkit as ak
from agreementkit.checks import arrangement
from agreementkit.checks.arrangement import settings
from agreementkit.config import resolve_type

FOLDER = Path(arrangement.__file__).parent
DIVISION = re.compile(r"[a-z][a-z0-9-]*/[a-z][a-z0-9-]*")


def _divisions() -> Iterator[tuple[str, str]]:
    for path in sorted(FOLDER.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and DIVISION.fullmatch(node.value):
                yield path.name, node.value


@pytest.fixture(scope="module")
def core() -> ak.Bank:
    return ak.Bank.load()


def test_the_divisions_that_checks_look_at_are_in_the_core_bank(core: ak.Bank) -> None:
    # A check that looks at an id which nobody uses any more would find nothing for ever.
    found = list(_divisions())
    assert len(found) > 40
    for file, division in found:
        clause, _, part = division.partition("/")
        assert clause in core, f"{file}: {division}"
        assert re.search(rf"#{part}[ }}]", "\n".join(core[clause].body)), f"{file}: {division}"


def test_the_settings_that_need_another_exist(core: ak.Bank) -> None:
    for row in settings._ROWS:
        assert row.clause in core, row
        for path in row.paths:
            assert resolve_type(path.split(".")), path
