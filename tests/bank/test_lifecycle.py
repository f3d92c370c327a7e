"""The lifecycle of texts: what a file and its pack say, what a pack over them adopts, and what a set may demand."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pydantic import ValidationError
from small import PACK, configured, write_bank

import agreementkit as ak
from agreementkit.bank.adopt import Adoption
from agreementkit.bank.lifecycle import LifecycleKeys, Status
from agreementkit.bank.manifest import Manifest
from agreementkit.bank.schemas import json_schema
from agreementkit.testing.packs import clause_text

FORUM = "approved: [{body: Joint Forum, date: 2026-05-01, reference: JF/26/14}]\n"
BOARD = "approved: [{body: Board, date: 2026-06-01}]\n"


def bank(folder: Path, pack: str = "", front: str = "", over: dict[str, str] | None = None) -> ak.Bank:
    """Return a bank with the clauses `x` and `y` and the definition `thing`, and a pack over it."""
    texts = {
        "x": clause_text("x", "1.  The {thing} is here. {#first}\n2.  It stays. {#second}", front=front),
        "y": clause_text("y", "1.  More.\n2.  Most."),
        "terms": clause_text("terms", "1.  These:\n\n    [[definitions]]\n\n2.  So."),
        "thing": clause_text("thing", "means it.", kind="definition", front="term: Thing\n"),
    }
    core = write_bank(folder / "core", texts, thing="definition")
    (core / "pack.yaml").write_text(PACK + pack, encoding="utf-8")
    packs = []
    for name, text in {"over/pack.yaml": PACK.replace("id: test", "id: over"), **(over or {})}.items() if over else ():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
        packs = sorted({*packs, folder / name.split("/")[0]})
    return ak.Bank.load(packs, core=core)


def assembled(made: ak.Bank) -> ak.AgreementSet:
    return ak.assemble(configured(agreements=["only"]), made)


def adopted(made: ak.Bank, *ids: str, by: str = FORUM) -> str:
    """Return an adopted.yaml for the clauses and definitions as they lie in a bank."""
    lines = ["adopted:", f"  - {by.rstrip()}"]
    for key, shelf in (("clauses", made.clauses), ("definitions", made.terms)):
        chosen = [shelf[id_] for id_ in ids if id_ in shelf]
        lines += [f"    {key}:"] if chosen else []
        lines += [f'      {one.id}: {{base: "1.0", base_hash: "{one.wording[:12]}"}}' for one in chosen]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    ("pack", "front", "status", "bodies", "review"),
    [
        ("", "", "draft", [], None),
        (f"status: agreed\n{FORUM}review_by: 2028-04-01\n", "", "agreed", ["Joint Forum"], "2028-04-01"),
        (f"status: agreed\n{FORUM}review_by: 2028-04-01\n", BOARD, "agreed", ["Board"], "2028-04-01"),
        (f"status: agreed\n{FORUM}review_by: 2028-04-01\n", "status: draft\n", "draft", [], "2028-04-01"),
        (f"status: agreed\n{FORUM}", "review_by: 2027-01-01\n", "agreed", ["Joint Forum"], "2027-01-01"),
        ("status: superseded\n", f"status: agreed\n{BOARD}", "agreed", ["Board"], None),
        ("", BOARD, "draft", ["Board"], None),
    ],
)
def test_what_a_file_leaves_out_it_takes_from_its_pack(
    tmp_path: Path, pack: str, front: str, status: str, bodies: list[str], review: str | None
) -> None:
    life = bank(tmp_path, pack, front)["x"].life
    assert life.as_dict()["status"] == status
    assert [one.body for one in life.approved] == bodies
    assert life.as_dict()["review_by"] == review


@pytest.mark.parametrize(("pack", "front"), [("status: agreed\n", ""), ("", "status: agreed\n")])
def test_agreed_needs_somebody_who_agreed(tmp_path: Path, pack: str, front: str) -> None:
    with pytest.raises(ak.BankError, match="needs `approved:`") as caught:
        bank(tmp_path, pack, front)
    assert caught.value.diagnostics[0].code == ("AK204" if pack else "AK202")


def test_a_demand_lists_every_text_that_is_not_agreed_and_writes_nothing(tmp_path: Path) -> None:
    agreements = assembled(bank(tmp_path))
    assert [one.message.split(",")[0] for one in agreements.not_agreed] == [
        "clause 'x' of test",
        "clause 'y' of test",
        "clause 'terms' of test",
        "definition 'thing' of test",
    ]
    for one in agreements.not_agreed:
        assert one.code == "AK272"
        assert one.place
        assert one.place.line == 2
        assert "pack adopt" in one.hints[0]
    with pytest.raises(ak.OutputError) as caught:
        agreements.write(tmp_path / "out", ["md"], agreed_only=True)
    assert caught.value.diagnostics == agreements.not_agreed
    assert not (tmp_path / "out").exists()
    assert agreements.write(tmp_path / "out", ["md"])


def test_who_has_to_agree_is_named_when_the_configuration_says_it(tmp_path: Path) -> None:
    config = configured(agreements=["only"], document={"approved_by": ["Partnership Forum", "Governing Body"]})
    agreements = ak.assemble(config, bank(tmp_path))
    assert "once Partnership Forum and Governing Body agreed it" in agreements.not_agreed[0].hints[0]


def test_an_agreed_set_is_built(tmp_path: Path) -> None:
    agreements = assembled(bank(tmp_path, f"status: agreed\n{FORUM}"))
    assert agreements.not_agreed == ()
    assert agreements.write(tmp_path / "out", ["md"], agreed_only=True)


def test_a_pack_adopts_what_lies_below_it(tmp_path: Path) -> None:
    plain = bank(tmp_path)
    made = bank(tmp_path, over={"over/adopted.yaml": adopted(plain, "x", "y", "terms", "thing")})
    assert assembled(made).not_agreed == ()
    assert str(made["x"].life) == "agreed, approved by Joint Forum on 2026-05-01 (JF/26/14), adopted in over"
    assert made["x"].life.place is not None
    assert made["x"].life.place.file == "over/adopted.yaml"
    assert made.terms["thing"].life.adopted_by == "over"


def test_an_adoption_lapses_with_the_words_and_stops_nothing_else(tmp_path: Path) -> None:
    plain = bank(tmp_path)
    over = {"over/adopted.yaml": adopted(plain, "x", "y", "terms", "thing")}
    made = bank(tmp_path, front="topic: changed\n", over=over)
    agreements = assembled(made)
    assert [one.code for one in agreements.report if one.code.startswith("AK27")] == ["AK271"]
    (fault,) = agreements.not_agreed
    assert "other words were" in fault.message
    assert fault.place
    assert fault.place.file == "over/adopted.yaml"
    again = over["over/adopted.yaml"] + adopted(made, "x", by=BOARD).removeprefix("adopted:\n")
    mended = bank(tmp_path, front="topic: changed\n", over={"over/adopted.yaml": again})
    assert mended["x"].life.lapsed is None
    assert [one.body for one in mended["x"].life.approved] == ["Board"]
    assert assembled(mended).not_agreed == ()


def test_the_order_of_decisions_on_one_text_does_not_matter(tmp_path: Path) -> None:
    plain = bank(tmp_path)
    old = "  - approved: [{body: Old Forum, date: 2020-01-01}]\n"
    old += '    clauses: {x: {base: "0.9", base_hash: "000000000000"}}\n'
    good = adopted(plain, "x")
    for text in (good + old, good.replace("adopted:\n", f"adopted:\n{old}")):
        made = bank(tmp_path, over={"over/adopted.yaml": text})
        assert made["x"].life.is_agreed
        assert made["x"].life.lapsed is None


AMENDMENT = '---\namends: x\nversion: "1.0"\nbase: "1.0"\n{keys}---\n{body}'


def test_a_change_over_an_agreed_text_has_to_be_agreed_itself(tmp_path: Path) -> None:
    agreed = f"status: agreed\n{FORUM}"
    words = "## after #first\n\n1.  And there. {#there}\n"
    agreements = assembled(bank(tmp_path, agreed, over={"over/x.md": AMENDMENT.format(keys="", body=words)}))
    (fault,) = agreements.not_agreed
    assert fault.message.startswith("the change that 'over' makes to clause 'x', version 1.0, is a draft")
    assert fault.place
    assert fault.place.file == "over/x.md"
    made = bank(tmp_path, agreed, over={"over/x.md": AMENDMENT.format(keys=agreed, body=words)})
    assert assembled(made).not_agreed == ()


@pytest.mark.parametrize("body", ["## notes\n\n[^n]: {voice=joint} A note.\n"])
def test_notes_alone_need_no_agreement(tmp_path: Path, body: str) -> None:
    made = bank(tmp_path, f"status: agreed\n{FORUM}", over={"over/x.md": AMENDMENT.format(keys="", body=body)})
    assert made["x"].amendments
    assert assembled(made).not_agreed == ()


def test_an_adoption_covers_the_changes_below_it_and_knows_when_they_change(tmp_path: Path) -> None:
    region = {
        "a-region/pack.yaml": PACK.replace("id: test", "id: a-region"),
        "a-region/x.md": AMENDMENT.format(keys="", body="## after #first\n\n1.  Region. {#region}\n"),
    }
    plain = bank(tmp_path, over=region)
    assert plain["x"].wording != plain["x"].digest
    over = {**region, "over/adopted.yaml": adopted(plain, "x")}
    made = bank(tmp_path, over=over)
    assert [life.is_agreed for life in (made["x"].life, made["x"].amendments[0].life)] == [True, True]
    (tmp_path / "a-region" / "x.md").write_text(region["a-region/x.md"].replace("Region.", "Other."), encoding="utf-8")
    made = ak.Bank.load([tmp_path / "a-region", tmp_path / "over"], core=tmp_path / "core")
    assert made["x"].life.lapsed is not None


def test_superseded_stays_superseded(tmp_path: Path) -> None:
    plain = bank(tmp_path, front="status: superseded\n")
    made = bank(tmp_path, front="status: superseded\n", over={"over/adopted.yaml": adopted(plain, "x")})
    assert made["x"].life.status is Status.SUPERSEDED
    agreements = assembled(made)
    assert "clause 'x' of test, version 1.0, is superseded" in [one.message for one in agreements.not_agreed]
    assert [one.code for one in agreements.report if one.code.startswith("AK27")] == ["AK274"]


def test_the_day_of_review_itself_is_not_overdue(tmp_path: Path) -> None:
    for day, codes in (("2026-11-26", []), ("2026-11-25", ["AK273"])):  # today is 26 November 2026 in the tests
        agreements = assembled(bank(tmp_path, front=f"review_by: {day}\n"))
        assert [one.code for one in agreements.report if one.code.startswith("AK27")] == codes


def test_the_texts_of_one_pack_that_are_overdue_are_one_finding(tmp_path: Path) -> None:
    agreements = assembled(bank(tmp_path, "review_by: 2020-01-01\n"))
    (found,) = [one for one in agreements.report if one.code == "AK273"]
    assert "clause 'x' of test, clause 'y' of test" in found.message


def test_the_schemas_take_what_the_models_take() -> None:
    approval: list[Any] = [..., None, [], [{"body": "Forum", "date": "2026-05-01"}], [{"body": "Forum"}]]
    check = Draft202012Validator(json_schema("pack"))
    least = {"id": "x", "title": "X", "version": "1.0"}
    answers = set()
    for status, approved, day in itertools.product(
        (..., None, "draft", "agreed", "new"), approval, (..., "2028-04-01")
    ):
        given = {"status": status, "approved": approved, "review_by": day}
        keys = {key: value for key, value in given.items() if value is not ...}
        try:
            Manifest.model_validate(least | keys)
            takes = True
        except ValidationError:
            takes = False
        answers.add(takes)
        assert check.is_valid(least | keys) is takes, keys
    assert answers == {True, False}
    text = {"x": {"base": "1.0", "base_hash": "0123456789ab"}}
    check = Draft202012Validator(json_schema("adopted"))
    for approved, clauses, terms in itertools.product(approval[2:], (..., {}, text), (..., {}, text)):
        given = {"approved": approved, "clauses": clauses, "definitions": terms}
        data = {key: value for key, value in given.items() if value is not ...}
        try:
            Adoption.model_validate(data)
            takes = True
        except ValidationError:
            takes = False
        assert check.is_valid({"adopted": [data]}) is takes, data


def test_every_kind_of_file_has_the_same_keys() -> None:
    assert set(LifecycleKeys.model_fields) == {"status", "approved", "review_by"}
