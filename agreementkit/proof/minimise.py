"""Making a counterexample small: as few settings as give the same fault."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import yaml

from agreementkit.proof.worlds import PRECEDENT, PRESENT, as_input

Still = Callable[[Mapping[str, Any]], bool]


def minimised(assignment: Mapping[str, Any], still: Still) -> dict[str, Any]:
    """Return the settings without which the fault would be gone.

    Args:
        assignment: Settings with which the fault is there.
        still: Whether the fault is there with other settings.
    """
    kept = {key: value for key, value in assignment.items() if key != PRECEDENT and not key.startswith(PRESENT)}
    size = len(kept)
    while size >= 1:  # first large groups, then smaller ones (delta debugging)
        names = list(kept)
        for start in range(0, len(names), size):
            without = {key: value for key, value in kept.items() if key not in names[start : start + size]}
            if len(without) < len(kept) and still(without):
                kept = without
        size = min(size, len(kept)) // 2 if size > 1 else 0
    return kept


def as_yaml(assignment: Mapping[str, Any]) -> str:
    """Return the configuration file of a counterexample."""
    return yaml.safe_dump(_plain(as_input(assignment)), sort_keys=False, allow_unicode=True)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value
