"""The public surface: what `import agreementkit` promises is there, whole and explained."""

from __future__ import annotations

import ast
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import agreementkit as ak

SOURCE = ast.parse(Path(ak.__file__).read_text(encoding="utf-8"))


def test_all_is_sorted_and_matches_the_names_that_are_loaded() -> None:
    assert list(ak.__all__) == sorted(set(ak.__all__))
    assert set(ak.__all__) == set(ak._HOMES)
    for_types = {
        alias.name
        for node in ast.walk(SOURCE)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("agreementkit.")
        for alias in node.names
    }
    assert for_types == set(ak.__all__)
    assert set(ak.__all__) <= set(dir(ak))


@pytest.mark.parametrize("name", ak.__all__)
def test_every_name_is_there_and_documented(name: str) -> None:
    thing = getattr(ak, name)
    assert inspect.getdoc(thing)
    assert (thing.__doc__ or "").strip(), f"{name} has no docstring of its own"
    if not inspect.isclass(thing):
        return
    for member, value in vars(thing).items():
        if member.startswith("_") or not (callable(value) or isinstance(value, property | classmethod)):
            continue
        if thing.__module__.startswith("agreementkit."):
            assert inspect.getdoc(getattr(thing, member) if isinstance(value, classmethod) else value), (
                f"{name}.{member}"
            )


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Confg'"):
        ak.Confg  # noqa: B018


@pytest.mark.parametrize("first", ["ak.Bank", "ak.AgreementSet", "ak.Config", "__import__('agreementkit.assemble')"])
def test_assemble_stays_the_function_whatever_was_imported_first(first: str) -> None:
    code = f"import agreementkit as ak; {first}; print(callable(ak.assemble))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == ("True", "")


@pytest.mark.parametrize("path", sorted(Path(ak.__file__).parent.rglob("*.py")), ids=lambda path: path.stem)
def test_every_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
