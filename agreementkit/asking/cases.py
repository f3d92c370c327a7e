"""The cases that travel with the package, to start from: the founding cases and further examples."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from agreementkit._resources import data_path
from agreementkit.asking.answers import as_start, read_answers
from agreementkit.diagnostics import Diagnostic, suggest
from agreementkit.errors import ConfigError


def cases() -> Mapping[str, str]:
    """Return the shipped cases by name, each with what it is: the first line of its file."""
    found = {}
    for path in sorted(data_path("examples").glob("*.yaml")):
        with path.open(encoding="utf-8") as file:
            found[path.stem] = file.readline().strip().removeprefix("#").strip().rstrip(".")
    return found


def read_case(name: str) -> dict[str, Any]:
    """Return what a case suggests to others.

    Args:
        name: Name of a shipped case, or the path of a configuration file.

    Raises:
        ConfigError: AK760 when there is no such case; faults of the file otherwise.
    """
    known = cases()
    if name in known:
        return as_start(read_answers(data_path("examples") / f"{name}.yaml"))
    if Path(name).suffix.lower() in (".yaml", ".yml"):
        return as_start(read_answers(Path(name)))
    hints = (*suggest(name, known, "case"), "or give the path of a configuration file (.yaml)")
    raise ConfigError(Diagnostic("AK760", f"there is no case {name!r} to start from", hints=hints))
