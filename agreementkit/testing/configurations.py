"""Configurations at random: valid ones from the typed model, and Hypothesis strategies for inputs with odd texts."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from agreementkit.bank import Bank
from agreementkit.bank.option import OptionType
from agreementkit.config import Config
from agreementkit.config.options import attribute, with_options
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
    "supporting_parties", "notes", "lnc", "options",
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


def _section(model: type[BaseModel], rng: random.Random, share: float, apart: frozenset[str] = APART) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for name, found in members(model).items():
        if found.computed or name in apart or rng.random() > share:
            continue
        if found.model is not None:
            if not found.is_list and not (found.optional and rng.random() < 0.5):
                out[name] = _section(found.model, rng, share)
            continue
        value = _value(found, name, model, rng)
        if value is not None or found.optional:
            out[name] = value
    return out


def random_configuration(seed: int, bank: Bank | None = None) -> Config:
    """Return a random valid configuration, the same for the same seed.

    Settings that do not fit together go back to their defaults.

    Args:
        seed: What it is drawn from.
        bank: A bank whose packs declare options, which are then drawn too.
    """
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
    if bank is not None and bank.options:
        data["options"] = _options(bank, rng)
    while True:
        try:
            return Config.model_validate(data)
        except ValidationError as error:
            before = len(data)
            for fault in error.errors():
                where = (*fault["loc"], *fault.get("ctx", {}).get("at", ()))
                data.pop(str(where[0]), None)
            if len(data) == before:
                raise  # nothing of what is at fault was drawn: a fault of the model


def _options(bank: Bank, rng: random.Random) -> dict[str, Any]:
    """Return options at random; of a text without a default, there is one or none."""
    out: dict[str, Any] = {}
    packs = members(with_options(bank.options))["options"].model
    for pack, options in bank.options.items():
        found = members(packs)[attribute(pack)] if packs else None
        if found and found.model:
            out[pack] = _section(found.model, rng, rng.choice((0.3, 0.7, 1)), frozenset())
            texts = [name for name, option in options.items() if option.type is OptionType.TEXT]
            out[pack] |= {name: f"the {name.replace('_', ' ')}" for name in texts if rng.random() < 0.5}
    return out


configurations = st.integers(0, 2**32 - 1).map(random_configuration)
"""Valid configurations that set anything the typed model has."""


def configurations_for(bank: Bank) -> st.SearchStrategy[Config]:
    """Return a strategy for valid configurations that also set the options of a bank's packs."""
    return st.integers(0, 2**32 - 1).map(lambda seed: random_configuration(seed, bank))


ODD = "&<>*_|\\{}[]@#`~^$%\"'“”\u00a0\u200f\u202bשלוםمرحبا🤝👩🏽‍🚒éß字 ab19.-+=:;,()/\ue000\uf8ff"
lines_of_text = st.text(st.sampled_from(ODD) | st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=60)
"""Odd but legal text of a value."""


@st.composite
def odd_inputs(draw: st.DrawFn) -> dict[str, Any]:
    """Draw the input of a configuration; nearly always a valid one."""
    employers = [
        {
            "name": f"{draw(lines_of_text)} {n}",
            "kind": draw(st.sampled_from(["icb", "ccg", "nhs-trust", "university", "council", "company", "other"])),
        }
        for n in range(draw(st.integers(1, 4)))
    ]
    unions: list[Any] = draw(st.lists(st.sampled_from(["unison", "mip", "rcn", "bma", "gmb", "unite"]), unique=True))
    unions += [{"name": f"Union {n} {draw(lines_of_text)}"} for n in range(draw(st.integers(0 if unions else 1, 2)))]
    data: dict[str, Any] = {"employers": employers, "unions": unions}
    optional: dict[str, st.SearchStrategy[Any]] = {
        "title": lines_of_text,
        "agreements": st.sampled_from([["partnership"], ["recognition"], ["recognition", "partnership"]]),
        "nation": st.sampled_from(["england", "scotland", "wales"]),
        "values": st.lists(
            st.fixed_dictionaries({"name": lines_of_text}, optional={"meaning": lines_of_text}), max_size=4
        ),
        "time_off": st.fixed_dictionaries(
            {"basis": st.sampled_from(["reasonable", "pool", "release"])},
            optional={"pool_hours": st.integers(1, 5000), "notice_days": st.integers(0, 30)},
        ),
        "recognition": st.fixed_dictionaries(
            {"degree": st.sampled_from(["representation", "consultation", "full-bargaining"])},
            optional={"members_needed": st.booleans()},
        ),
        "forum": st.fixed_dictionaries(
            {"negotiates": st.booleans()},
            optional={
                "name": lines_of_text,
                "meetings_a_year": st.integers(1, 12),
                "employer_seats": st.integers(1, 30),
            },
        ),
        "equality": st.fixed_dictionaries({"statement": st.booleans()}),
        "dates": st.fixed_dictionaries(
            {}, optional={"agreement": st.dates().map(lambda day: f"{day:%Y-%m-%d}".zfill(10))}
        ),
        "notes": st.fixed_dictionaries(
            {"voices": st.lists(st.sampled_from(["drafter", "employer", "staff-side", "joint", "law"]), unique=True)}
        ),
        "labels": st.fixed_dictionaries({}, optional={"employer": lines_of_text, "staff_side": lines_of_text}),
    }
    for key in draw(st.sets(st.sampled_from(sorted(optional)))):
        data[key] = draw(optional[key])
    return data
