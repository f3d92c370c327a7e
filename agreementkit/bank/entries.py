"""Reads a file of a pack that is one list under one key, such as `requirements.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from agreementkit.diagnostics import Diagnostic
from agreementkit.errors import AgreementKitError
from agreementkit.source import Positions, SourceText, load_yaml


def read_entries(
    source: SourceText, key: str, code: str, entry: str, found: list[Diagnostic]
) -> tuple[list[Any], Positions | None]:
    """Read the entries of such a file.

    Args:
        source: The file.
        key: Its one key.
        code: Code of the fault when the file is of another form.
        entry: What an entry is and how it begins, for the hint.
        found: Takes the faults.

    Returns:
        The entries as data, and the places of the file; no entries and None when it cannot be used.
    """
    try:
        data, positions = load_yaml(source)
    except AgreementKitError as error:
        found.extend(error.diagnostics)
        return [], None
    items = data.get(key) if isinstance(data, Mapping) and set(data) == {key} else None
    if isinstance(items, list):
        return items, positions
    found.append(
        Diagnostic(
            code,
            f"the file is not a mapping with the one key `{key}`, a list",
            place=positions.place(()),
            hints=(f"begin the file with `{key}:` and write one entry {entry}",),
        )
    )
    return [], None
