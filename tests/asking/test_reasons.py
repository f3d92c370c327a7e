"""What each side says: notes of the bank that hang on a choice, quoted from the clause that they belong to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from small import write_bank

from agreementkit.asking import Answers, Plan, Relevance, reasons_about, reasons_for
from agreementkit.asking.explained import explained, in_quotes
from agreementkit.asking.reasons import LONGEST, shortened
from agreementkit.bank import Bank
from agreementkit.config import Config
from agreementkit.testing.packs import clause_text
from agreementkit.tree.nodes import Voice

MakePlan = Callable[..., Plan]
BASES = ("reasonable", "pool", "release", "allowance")


@pytest.mark.parametrize("basis", BASES)
def test_both_sides_speak_about_each_way_to_set_time_off(plan: MakePlan, basis: str) -> None:
    relevance = plan().relevance
    found = reasons_for(relevance, "time_off.basis", basis, [one for one in BASES if one != basis])
    assert [one.voice for one in found] == [Voice.EMPLOYER, Voice.STAFF_SIDE]
    for one in found:
        assert one.id == "time-off"
        assert one.clause == "Time off for union duties"
        assert (
            one.text in " ".join("\n".join(relevance.bank["time-off"].body).split())
            or "‘" in one.text
            or "“" in one.text
        )


def test_reasons_differ_from_choice_to_choice(plan: MakePlan) -> None:
    relevance = plan().relevance
    texts = [reasons_for(relevance, "time_off.basis", one, [o for o in BASES if o != one])[0].text for one in BASES]
    assert len(set(texts)) == len(BASES)


def test_the_choice_that_holds_now_makes_no_difference_to_the_quotes(plan: MakePlan) -> None:
    quotes = [
        reasons_for(plan(disputes={"status_quo": now}).relevance, "disputes.status_quo", "none", ["full"])
        for now in ("full", "none")
    ]
    assert quotes[0] == quotes[1]
    assert quotes[0]


def test_a_number_has_the_reasons_of_the_words_it_is_printed_in(plan: MakePlan) -> None:
    found = reasons_about(plan().relevance, "time_off.notice_days")
    assert {one.voice for one in found} == {Voice.EMPLOYER, Voice.STAFF_SIDE}
    assert {one.id for one in found} == {"facilities-and-time-off"}
    assert any("working days" in one.text for one in found)  # the note prints the value itself


def test_no_reason_is_made_up(plan: MakePlan) -> None:
    assert not reasons_about(plan().relevance, "forum.name")
    assert not reasons_for(plan().relevance, "nation", "england", ["scotland", "wales"])


BODY = """1.  The {employer} tells the union[^e][^s] about @b. {#tell when="recognition.degree == 'consultation'"}
2.  Words[^other] stand.

[^e]: {voice=employer} See @b, {{ forum.name }}. [And more.]{when="recognition.degree == 'consultation'"}
[^s]: {voice=staff-side when="several_unions"} Several {employers} only.
[^other]: {voice=employer} Always.
"""


def test_a_pack_brings_its_own_reasons(tmp_path: Path) -> None:
    body = BODY.replace("{employer}", "employer").replace("{employers}", "employers")
    clauses = {"a": clause_text("a", body), "b": clause_text("b", "1.  Words.\n2.  More.")}
    bank = Bank.load(core=write_bank(tmp_path / "core", clauses))
    precedent = next(iter(bank.precedents))

    def quotes(unions: list[str]) -> list[str]:
        config = Config.model_validate(
            {"employers": [{"name": "A"}], "unions": unions, "agreements": [precedent], "forum": {"name": "The Table"}}
        )
        found = reasons_for(
            Relevance(config, bank), "recognition.degree", "consultation", ["representation", "full-bargaining"]
        )
        return [one.text for one in found]

    title = bank["b"].front.title
    assert quotes(["unison"]) == [f"See “{title}”, The Table. And more."]
    assert quotes(["unison", "rcn"])[1] == "Several employers only."


def test_quotes_end_with_a_sentence() -> None:
    text = " ".join(f"This is sentence number {number}." for number in range(40))
    assert len(shortened(text)) <= LONGEST
    assert shortened(text).endswith(".")
    assert shortened("One long sentence without an end " * 20) == "One long sentence without an end " * 20
    assert in_quotes("See “Review”.") == "“See ‘Review’.”"


def test_an_explanation_names_every_clause_that_it_quotes(plan: MakePlan) -> None:
    made = plan()
    question = made.question("disputes.status_quo")
    assert question is not None
    lines = "\n".join(explained(question, made.relevance))
    assert "Without an answer: full-with-urgent-exception." in lines
    assert lines.count("Employer: “") == lines.count("From: Status quo (status-quo)") == len(question.choices)


def test_a_configuration_without_agreements_of_the_bank_has_no_reasons(bank: Bank) -> None:
    answers = Answers({"employers": [{"name": "A"}], "unions": ["unison"], "agreements": ["elsewhere"]})
    made = Plan.of(answers, bank)
    assert not made.asked("time_off.basis")
    assert not reasons_about(made.relevance, "time_off.notice_days")
