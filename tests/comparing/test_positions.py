"""The positions of two sides: what differs, what it implies in the text, and what is agreed."""

from __future__ import annotations

import json

import pytest
from lxml import html
from small import configured, small_bank

import agreementkit as ak

BASE = configured(time_off={"basis": "reasonable"})


@pytest.fixture(scope="module")
def bank() -> ak.Bank:
    return small_bank()


def test_a_setting_is_told_with_both_values_and_the_text_each_implies(bank: ak.Bank) -> None:
    found = ak.positions(BASE, {"termination.notice_months": 3}, {"termination": {"notice_months": 12}}, bank=bank)
    (one,) = found
    assert (one.path, one.employer, one.staff_side, one.state) == (
        "termination.notice_months", "3 months", "12 months", "open",
    )  # fmt: skip
    assert one.question == "How much notice ends the agreements?"
    assert one.implied
    for implied in one.implied:
        assert [p.text.strip() for p in implied.words if p.kind == "removed"] == ["3"]
        assert [p.text.strip() for p in implied.words if p.kind == "added"] == ["12"]
        assert implied.employer == implied.staff_side != ""


def test_a_variant_shows_the_words_of_both(bank: ak.Bank) -> None:
    found = ak.positions(BASE, {}, {"time_off.basis": "pool", "time_off.pool_hours": 400}, bank=bank)
    basis, hours = found
    assert (basis.employer, basis.staff_side) == ("reasonable", "pool")
    assert {p.kind for it in basis.implied for p in it.words} >= {"removed", "added"}
    assert (hours.employer, hours.staff_side) == ("not given", "400 hours a year")
    assert "staff side's text" in hours.remark, "hours of a pool say nothing while nobody has agreed to a pool"
    assert any("400" in piece.new for it in hours.implied for piece in it.words)


@pytest.mark.parametrize(
    ("agreed", "state", "said"),
    [
        ({}, "open", ""),
        ({"termination.notice_months": 3}, "employer", "3 months"),
        ({"termination.notice_months": 12}, "staff-side", "12 months"),
        ({"termination.notice_months": 1}, "another", "1 month"),
    ],
)
def test_what_is_agreed_is_told_and_what_is_not_given_is_open(
    agreed: dict[str, int], state: str, said: str, bank: ak.Bank
) -> None:
    three, twelve = {"termination.notice_months": 3}, {"termination.notice_months": 12}
    found = ak.positions(BASE, three, twelve, agreed, bank=bank)
    (one,) = found
    assert (one.state, one.agreed) == (state, said)
    assert len(found.open) == (state == "open")


def test_something_that_neither_proposed_is_told_too(bank: ak.Bank) -> None:
    (one,) = ak.positions(BASE, {}, {}, {"termination.notice_months": 9}, bank=bank)
    assert (one.employer, one.staff_side, one.agreed, one.state) == ("6 months", "6 months", "9 months", "another")


def test_whole_configurations_are_positions(bank: ak.Bank) -> None:
    employer, staff = configured(forum={"meetings_a_year": 4}), configured(forum={"meetings_a_year": 12})
    agreed = configured()
    (one,) = ak.positions(agreed, employer, staff, agreed, bank=bank)
    assert (one.employer, one.staff_side, one.state) == ("4 meetings a year", "12 meetings a year", "open")


def test_sides_that_propose_the_same_leave_nothing_to_show(bank: ak.Bank) -> None:
    found = ak.positions(BASE, {"termination.notice_months": 3}, {"termination.notice_months": 3}, bank=bank)
    assert not len(found)
    assert found.text() == "Positions\nThe two sides propose the same.\n"


def test_a_setting_without_words_says_so(bank: ak.Bank) -> None:
    (one,) = ak.positions(BASE, {"house_style.template": "nhs"}, {}, bank=bank)
    assert one.remark == "No words of the agreements hang on it."


def test_every_setting_that_there_is_not_is_told_at_once(bank: ak.Bank) -> None:
    with pytest.raises(ak.ConfigError) as error:
        ak.positions(BASE, {"time_off.bassis": "pool", "forum": {"meatings": 2}}, {}, bank=bank)
    assert [(one.code, one.path) for one in error.value.diagnostics] == [
        ("AK773", "time_off.bassis"),
        ("AK773", "forum.meatings"),
    ]
    assert "did you mean 'basis'?" in error.value.diagnostics[0].hints


def test_a_value_that_cannot_be_is_a_fault_of_the_configuration(bank: ak.Bank) -> None:
    with pytest.raises(ak.ConfigError, match="notice_months"):
        ak.positions(BASE, {"termination.notice_months": 1000}, {}, bank=bank)


def test_the_ways_to_look_agree(bank: ak.Bank) -> None:
    found = ak.positions(BASE, {"termination.notice_months": 3}, {"termination.notice_months": 12}, bank=bank)
    data = json.loads(json.dumps(found.as_dict()))
    assert data["differences"][0]["implied"][0]["employer_text"] in found.text().replace("[-3-] {+12+}", "3")
    assert found.table()[0]["state"] == "open"
    assert "| How much notice ends the agreements?<br>termination.notice&#95;months" in found.markdown().replace(
        "\\_", "&#95;"
    )
    root = html.document_fromstring(found.html())
    assert [cell.text_content() for cell in root.iterfind(".//tbody//td")] == ["3 months", "12 months", "open"]
    assert repr(found) == "<Positions: 1 setting in which the two sides differ; 1 open.>"
