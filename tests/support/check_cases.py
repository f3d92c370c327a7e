"""The cases of the checks in `docs/checks/`: small sets in which a check finds something, and their mended twins."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from small import LEAST, PACK, SMALL, clause_text, outline_text, write_bank

import agreementkit as ak

CASES = Path(__file__).parents[2] / "docs" / "checks"


@cache
def _core() -> ak.Bank:
    return ak.Bank.load()


def cases() -> list[tuple[str, int, dict[str, Any]]]:
    """Return every case with its code and its number in the file."""
    return [
        (path.stem, number, case)
        for path in sorted(CASES.glob("AK*.yaml"))
        for number, case in enumerate(yaml.safe_load(path.read_text("utf-8")))
    ]


def made(side: dict[str, Any], folder: Path) -> ak.AgreementSet:
    """Return the set that one side of a case describes.

    `config` holds changes at the top level of the least configuration. `clauses` are bodies by id, or mappings with
    `kind`, `front`, `body`; without any there is one plain clause. `bank: core` takes the core bank instead.
    `precedents` are further agreements, as ids of clauses by the part of the agreement (`body`, `schedules`).
    `files` are further files of the bank, as texts by name, such as `requirements.yaml`. `packs` are packs over it:
    files as texts by name, by id of the pack.
    """
    changes = dict(side.get("config", {}))
    if side.get("bank") == "core":
        return ak.assemble(ak.Config.model_validate({**LEAST, **changes}), _core())
    texts: dict[str, str] = {}
    kinds: dict[str, str] = {}
    for id_, given in side.get("clauses", {"plain": "1.  The parties agree.\n2.  They mean it."}).items():
        clause = given if isinstance(given, dict) else {"body": given}
        kind = clause.get("kind", "clause")
        front = clause.get("front", "")
        texts[id_] = clause_text(id_, clause["body"], kind=kind, front=f"{front}\n" if front else "")
        kinds[id_.replace("-", "_")] = kind
    bank = write_bank(folder, texts, **kinds)
    for id_, groups in side.get("precedents", {}).items():
        (bank / "precedents" / f"{id_}.yaml").write_text(outline_text(groups, id_), encoding="utf-8")
    for name, text in side.get("files", {}).items():
        (bank / name).write_text(text, encoding="utf-8")
    if side.get("law") == "core":
        core = Path(ak.__file__).parents[1] / "clauses" / "core" / "law.yaml"
        (bank / "law.yaml").write_text(core.read_text("utf-8"), encoding="utf-8")
    packs = [_pack(folder / "packs" / id_, files) for id_, files in side.get("packs", {}).items()]
    config = ak.Config.model_validate({**LEAST, "agreements": ["only"], **changes})
    return ak.assemble(config, ak.Bank.load(packs, core=bank))


def _pack(folder: Path, files: dict[str, str]) -> Path:
    folder.mkdir(parents=True)
    for name, text in {"pack.yaml": PACK.replace("id: test", f"id: {folder.name}"), **files}.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


__all__ = ["CASES", "SMALL", "cases", "made"]
