"""Checks of law: how values are compared, days are reckoned, and the matrix of compliance is made."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from built import EXAMPLES
from small import configured

import agreementkit as ak
from agreementkit.bank.law import Floor
from agreementkit.checks.law import CHECKS, matrix
from agreementkit.checks.law.floors import keeps
from agreementkit.checks.law.rules import RuleFault, Rules
from agreementkit.checks.law.times import first_year_ends, may_come, months_from
from agreementkit.diagnostics import Severity

BANK = ak.Bank.load()


def made(**changes: Any) -> ak.AgreementSet:
    return ak.assemble(configured(**changes), BANK)


def floor(comparator: str, value: object) -> Floor:
    return Floor.model_validate(
        {
            "id": "fl_x", "entry": "x", "quantity": "x", "comparator": comparator, "value": value, "unit": "days",
            "applies_when": "always", "kind": "law", "status": "in_force", "from": None, "to": None,
            "agreed": "headcount",
        }
    )  # fmt: skip


@pytest.mark.parametrize(
    ("comparator", "value", "good", "bad"),
    [
        (">=", 30, 30, 29),
        ("<=", 3, 3, 4),
        ("==", 6, 6, 5),
        ("==", True, "a name", ""),
        ("==", False, (), ["one"]),
        ("includes_all", ("a", "b"), ["b", "a", "c"], ["a", None]),
        ("implies", "a rule", True, False),
    ],
)
def test_a_value_keeps_to_a_floor_or_not(comparator: str, value: object, good: object, bad: object) -> None:
    assert keeps(floor(comparator, value), good)
    assert not keeps(floor(comparator, value), bad)


@pytest.mark.parametrize(("comparator", "value", "agreed"), [(">=", 30, "many"), ("includes_all", ("a",), 3)])
def test_a_value_that_cannot_be_compared_is_a_fault_of_the_rule(comparator: str, value: object, agreed: object) -> None:
    with pytest.raises(RuleFault, match="cannot be compared"):
        keeps(floor(comparator, value), agreed)


@pytest.mark.parametrize(
    ("day", "months", "result"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-02-29", -12, "2023-02-28"),
        ("2026-11-21", 12, "2027-11-21"),
        ("2026-01-15", -1, "2025-12-15"),
        ("9999-06-01", 12, "9999-12-31"),
        ("0001-06-01", -12, "0001-01-01"),
    ],
)
def test_months_from_a_day(day: str, months: int, result: str) -> None:
    assert months_from(dt.date.fromisoformat(day), months) == dt.date.fromisoformat(result)


def test_pending_law_counts_only_where_the_first_year_is_not_over_when_it_was_last_checked() -> None:
    pending = BANK.law["tulrca-1992-s168b"]
    assert pending.checked == dt.date(2026, 11, 21)
    for start, counts in (("2025-11-21", False), ("2025-11-22", True), ("2026-12-01", True)):
        scene = made(dates={"agreement": start, "commencement": start}).scene
        assert may_come(scene, pending) is counts, start
    vesting = made(
        dates={"agreement": "2025-01-01", "commencement_mode": "vesting"},
        shadow={"starts": "2025-01-01", "ends": "2026-04-01"},
    )
    assert first_year_ends(vesting.scene) == dt.date(2027, 4, 1)


def test_rules_know_clauses_and_paragraphs_of_the_set_and_nothing_else() -> None:
    rules = Rules(made(agreements=["recognition"]).scene)
    assert rules.ask("'disclosure' is present and 'disclosure/duty' is present and not 'purpose' is present")
    assert rules.holds(None)
    for text in ("hedcount", "headcount + 1", "employers.name", "().__class__", "headcount > 3"):
        with pytest.raises(RuleFault) as caught:
            rules.ask(text)
        assert caught.value.hints, text


def test_a_limit_of_general_knowledge_warns_and_one_of_law_is_an_error() -> None:
    scene = made(change={"trial_weeks": 2}, consultation={"redundancy_days_small": 20}).scene
    found = [d for check in CHECKS if check.code == "AK560" for d in check.findings(scene)]
    assert [(d.path, d.severity) for d in found] == [
        ("consultation.redundancy_days_small", Severity.ERROR),
        ("change.trial_weeks", Severity.WARNING),
    ]
    assert (found[0].agreement, found[0].division) == ("recognition", "redundancy-consultation/periods")
    assert found[0].hints == ("set `consultation.redundancy_days_small` to 30 or more",)
    assert found[0].cites[0].endswith("[tulrca-1992-s188]")


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_examples_deal_with_all_that_is_asked_of_them(path: Any) -> None:
    scene = ak.assemble(ak.Config.load(path), BANK).scene
    rows = matrix(scene)
    assert [row.id for row in rows] == list(BANK.requirements)
    assert not [row.id for row in rows if row.missing]
    assert sum(row.applies for row in rows) > 15
    for row in rows:
        for provided in row.by:
            assert provided.division in scene.ids[provided.agreement]
            assert provided.label[0].isalpha(), "it is called by its number"


def test_the_matrix_says_where_a_thing_is_dealt_with() -> None:
    rows = {row.id: row for row in matrix(made(agreements=["recognition", "facilities"]).scene)}
    (pay,) = rows["pay-for-time-off"].by
    assert (pay.agreement, pay.title, pay.division) == (
        "facilities", "Facilities Agreement", "facilities-and-time-off/pay-amount",
    )  # fmt: skip
    assert pay.label.startswith("paragraph ")
    assert rows["pay-for-time-off"].citation == "TULRCA 1992 s.169"
    assert not rows["committee-size"].applies, "no agreement of the set is about the forum"
    assert rows["learning-representatives"].citation.endswith("(general knowledge, not confirmed in a source)")
    assert rows["kind-of-access"].citation.endswith("(planned or enacted, but not confirmed in force)")


def test_a_requirement_stands_only_where_and_when_its_source_does() -> None:
    before = {row.id: row.applies for row in matrix(made(dates={"agreement": "2013-10-01"}).scene)}
    scottish = {row.id: row.applies for row in matrix(made(nation="scotland").scene)}
    now = {row.id: row.applies for row in matrix(made().scene)}
    for id_ in ("membership-data", "discipline-of-representatives", "system-wide-change"):
        assert (before[id_], now[id_]) == (False, True), id_
    assert (scottish["staff-governance"], now["staff-governance"]) == (True, False)
    assert not scottish["requests-from-the-public"]
