"""The small bank, configurations for it, and banks made of a few clause texts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import agreementkit as ak
from agreementkit.testing.packs import clause_text

TESTS = Path(__file__).parents[1]
SMALL = TESTS / "banks" / "small"
DEFAULT_CONFIG = TESTS / "banks" / "agreement.yaml"
LEAST: dict[str, Any] = {
    "employers": [{"name": "Anytown Integrated Care Board", "short": "the ICB", "kind": "icb"}],
    "unions": ["unison", "rcn"],
}
PACK = 'id: test\ntitle: A bank for one test\nversion: "0.1.0"\n'


def small_bank() -> ak.Bank:
    """Return the small bank, read afresh."""
    return ak.Bank.load(core=SMALL)


def configured(**changes: Any) -> ak.Config:
    """Return the least configuration with changes at its top level."""
    return ak.Config.model_validate({**LEAST, **changes})


def outline_text(groups: dict[str, list[str]], id_: str = "only") -> str:
    """Return the text of a precedent with the clauses of each group."""
    head = f'id: {id_}\nversion: "1.0"\ntitle: {id_.capitalize()} Agreement\nshort: {id_.capitalize()} Agreement\n'
    return (
        head + f"stem: {id_}-agreement\n" + "".join(f"{group}: [{', '.join(ids)}]\n" for group, ids in groups.items())
    )


GROUPS = {
    "party": "parties",
    "recital": "background",
    "clause": "body",
    "schedule": "schedules",
    "execution": "execution",
}


def write_bank(folder: Path, clauses: dict[str, str], **kinds: str) -> Path:
    """Write a bank whose one precedent, `only`, holds every clause in the order given.

    Args:
        folder: Where to write it.
        clauses: Text of each clause file by id; see `clause_text`.
        **kinds: Kind of the clauses that are none, with `_` for each hyphen of the id.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pack.yaml").write_text(PACK, encoding="utf-8")
    (folder / "law.yaml").write_text((SMALL / "law.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    groups: dict[str, list[str]] = {}
    for id_, text in clauses.items():
        (folder / f"{id_}.md").write_text(text, encoding="utf-8")
        kind = kinds.get(id_.replace("-", "_"), "clause")
        if kind != "definition":
            groups.setdefault(GROUPS[kind], []).append(id_)
    (folder / "precedents").mkdir(exist_ok=True)
    (folder / "precedents" / "only.yaml").write_text(outline_text(groups), encoding="utf-8")
    return folder


def one_clause(folder: Path, body: str, config: ak.Config | None = None, *, front: str = "") -> ak.Agreement:
    """Return the agreement that consists of one clause with the id `x`."""
    bank = ak.Bank.load(core=write_bank(folder, {"x": clause_text("x", body, front=front)}))
    return ak.assemble(config or configured(agreements=["only"]), bank)["only"]
