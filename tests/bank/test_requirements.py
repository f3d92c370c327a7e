"""Requirements and floors of the core rest on the register and on what is in the bank; packs lay theirs over them."""

from __future__ import annotations

from pathlib import Path

import pytest
from small import SMALL, clause_text, write_bank

import agreementkit as ak
from agreementkit.assemble.compile import compile_clause
from agreementkit.assemble.expressions import present_ids
from agreementkit.assemble.scope import Scope
from agreementkit.bank.law import Floor
from agreementkit.bank.requirement import Requirement
from agreementkit.diagnostics import Diagnostic
from agreementkit.reader.visit import items_in

BANK = ak.Bank.load()
ALL = [placed.requirement for placed in BANK.requirements.values()]
FLOORS = [floor for floor in BANK.law.floors.values() if floor.agreed or floor.when or floor.says]


def divisions_of(clause: str) -> set[str]:
    body = compile_clause(BANK[clause]).body
    return {f"{clause}/{item.id}" for section in body.sections for item in items_in(section.items) if item.id}


def faults(text: str) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    Scope().check(text, None, found)
    for id_ in present_ids(text):
        assert id_ in BANK or id_ in divisions_of(id_.split("/")[0]), id_
    assert "precedent" not in text, "a rule is about the whole set"
    return found


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.id)
def test_a_requirement_of_the_core(one: Requirement) -> None:
    for way in one.met_by:
        assert way in BANK or way in divisions_of(way.split("/")[0]), way
    for text in (one.when, one.met_when):
        assert text is None or not faults(text)
    main, *others = (BANK.law[id_] for id_ in one.cites)
    assert one.requires.endswith(".")
    if one.kind == "good-practice":
        assert main.status != "pending" or "not confirmed in force" in one.requires
    else:
        assert main.status in ("confirmed", "general-knowledge")
        kinds = {"law": ("law", "case"), "code": ("code",), "policy": ("policy",)}[one.kind]
        assert main.kind in kinds
    assert all(entry.status != "pending" for entry in others)


def test_the_core_has_requirements_of_every_kind() -> None:
    assert {one.kind for one in ALL} == {"law", "code", "policy", "good-practice"}
    assert len(ALL) >= 50


@pytest.mark.parametrize("floor", FLOORS, ids=lambda floor: floor.id)
def test_a_floor_that_is_compared(floor: Floor) -> None:
    assert floor.agreed, "`when` and `says` go with `agreed`"
    assert floor.kind != "info", "such a floor is only for notes"
    assert not faults(floor.agreed)
    assert floor.when is None or not faults(floor.when)
    bare = floor.agreed.replace(".", "").replace("_", "").isalnum()
    assert bare or floor.says, "a hint cannot be worked out from more than one setting"


def test_a_pack_adds_requirements_and_replaces_them_by_id(tmp_path: Path) -> None:
    text = """requirements:
  - id: {id}
    requires: {words}
    kind: good-practice
    cites: [good-practice-code]
    agreements: [only]
    met_by: [x]
"""
    core = write_bank(tmp_path / "core", {"x": clause_text("x", "Text.")})
    (core / "requirements.yaml").write_text(text.format(id="records", words="Time is recorded."), encoding="utf-8")
    pack = tmp_path / "own"
    pack.mkdir()
    (pack / "pack.yaml").write_text('id: own\ntitle: Own\nversion: "1.0"\n', encoding="utf-8")
    words = {}
    for id_ in ("records", "totals"):
        (pack / "requirements.yaml").write_text(text.format(id=id_, words="Totals are shown."), encoding="utf-8")
        bank = ak.Bank.load([pack], core=core)
        words[id_] = {key: (p.requirement.requires, p.pack) for key, p in bank.requirements.items()}
    assert words == {
        "records": {"records": ("Totals are shown.", "own")},
        "totals": {"records": ("Time is recorded.", "test"), "totals": ("Totals are shown.", "own")},
    }


def test_a_bank_without_requirements_has_none() -> None:
    assert ak.Bank.load(core=SMALL).requirements == {}
