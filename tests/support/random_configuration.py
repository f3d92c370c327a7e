"""Random valid configurations of the core bank, the same for the same seed."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

from pydantic import BaseModel, ValidationError

from agreementkit import Config
from agreementkit.config.paths import Resolved, members

KINDS = ("ccg", "icb", "trust", "council", "university", "company", "fire-service", "charity", "national-body")
UNIONS = ("unison", "mip", "rcn", "bma", "gmb", "unite", "csp", "rcm", "hcsa", "pcs")
SETS = (
    *[("partnership", "recognition")] * 4,
    ("partnership",), ("recognition",), ("combined",), ("facilities",), ("forum-constitution",), ("framework",),
    ("recognition", "facilities"), ("partnership", "recognition", "facilities", "forum-constitution"),
)  # fmt: skip
# Given apart, for they hang together; or names of people and files.
APART = frozenset({
    "agreements", "employers", "unions", "signatories", "packs", "house_style", "predecessors", "hosting", "title",
    "supporting_parties", "notes", "lnc",
})  # fmt: skip


def _value(found: Resolved, name: str, model: type[BaseModel], rng: random.Random) -> Any:
    if found.choices:
        choices = list(found.choices)
        return rng.sample(choices, rng.randint(0, len(choices))) if found.is_list else rng.choice(choices)
    if found.annotation is bool:
        return rng.random() < 0.5
    if found.annotation is int:
        bounds = {k: v for m in model.model_fields[name].metadata for k in ("ge", "le") if (v := getattr(m, k, None))}
        low, high = bounds.get("ge", 0), bounds.get("le", 30)
        return min(high, max(low, rng.choice((low, 1, 2, 5, 30))))
    if found.annotation is date:
        return rng.choice(("2013-10-01", "2018-01-15", "2026-03-01", "2026-12-01"))
    if found.annotation is str and found.is_list:
        return [f"{name.replace('_', ' ')} {i}" for i in range(rng.randint(0, 2))]
    return None


def _section(model: type[BaseModel], rng: random.Random, share: float) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for name, found in members(model).items():
        if found.computed or name in APART or rng.random() > share:
            continue
        if found.model is not None:
            if not found.is_list and not (found.optional and rng.random() < 0.5):
                out[name] = _section(found.model, rng, share)
            continue
        value = _value(found, name, model, rng)
        if value is not None or found.optional:
            out[name] = value
    return out


def random_configuration(seed: int) -> Config:
    """Return a random valid configuration; settings that do not fit together go back to their defaults."""
    rng = random.Random(seed)  # noqa: S311 - nothing secret about it
    data = _section(Config, rng, rng.choice((0.1, 0.3, 0.6)))
    count = rng.choice((1, 1, 1, 2, 3))
    data["employers"] = [
        {"name": f"Body {i} of Anytown", "short": f"B{i}", "kind": rng.choice(KINDS)} for i in range(count)
    ]
    data["unions"] = [
        {"id": union, "partner": rng.random() < 0.3, "local_representatives": rng.random() < 0.8}
        for union in rng.sample(UNIONS, rng.choice((1, 1, 2, 3, 8)))
    ]
    if count > 1 and rng.random() < 0.4:
        data["hosting"] = {"host": "B0"}
    if rng.random() < 0.3:
        data["predecessors"] = [{"name": "Old Body", "recognised": ["unison"]}, {"name": "Older Body"}][
            : rng.randint(1, 2)
        ]
    data["agreements"] = list(rng.choice(SETS))
    data["nation"] = rng.choice(("england", "scotland", "wales"))
    for _ in range(10):
        try:
            return Config.model_validate(data)
        except ValidationError as error:
            for fault in error.errors():
                data.pop(str(fault["loc"][0]) if fault["loc"] else "forum", None)
    raise AssertionError(f"seed {seed} gives no valid configuration")
