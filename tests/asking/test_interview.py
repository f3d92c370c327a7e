"""The interview: answers in any usual form, going back, leaving, topics; nothing that does not fit gets in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from agreementkit import Config, assemble
from agreementkit.asking import Answers, Interview, Kind, Plan, Question
from agreementkit.asking.cases import read_case
from agreementkit.asking.reading import MisreadError, read_answer, show_answer
from agreementkit.bank import Bank

MakePlan = Callable[..., Plan]


class Scripted:
    """Says what it is told to say, and keeps what it hears."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = list(lines)
        self.heard: list[str] = []

    def say(self, text: str = "") -> None:
        self.heard.append(text)

    def ask(self, prompt: str) -> str:
        self.heard.append(prompt)
        if not self.lines:
            raise EOFError
        return self.lines.pop(0)

    @property
    def text(self) -> str:
        return "\n".join(self.heard)


def hold(
    bank: Bank, *lines: str, answers: Answers | None = None, everything: bool = False
) -> tuple[Answers, bool, str]:
    talk = Scripted(list(lines))
    answers = answers or Answers()
    finished = Interview(bank, answers, talk, everything=everything).run()
    return answers, finished, talk.text


TEN = ("Anytown Integrated Care Board", "", "unison, mip", "", "", "", "", "", "", "")


def test_ten_answers_make_a_draft(bank: Bank) -> None:
    answers, finished, text = hold(bank, *TEN)
    assert finished
    assert answers.data["employers"] == [{"name": "Anytown Integrated Care Board", "kind": "icb", "short": "the ICB"}]
    assert "10 of 10." in text
    assert "Left open" in text  # the date
    assert assemble(Config.model_validate(answers.data), bank).report.ok


def test_back_takes_an_answer_back_and_proposes_it_again(bank: Bank) -> None:
    answers, _, text = hold(bank, *TEN[:6], "The Table", "back", "The Other Table", "back", "", "pool")
    assert answers.get("forum.name") == "The Other Table"
    assert "[The Table]" in text
    assert answers.get("time_off.basis") == "pool"


def test_back_at_the_first_question_says_so(bank: Bank) -> None:
    assert "This is the first question." in hold(bank, "back")[2]


def test_back_over_an_answer_takes_away_the_questions_it_brought(bank: Bank) -> None:
    answers, _, text = hold(bank, *TEN[:7], "pool", "back", "reasonable", "full")
    assert "in the pool" in text
    assert answers.get("time_off") == {"basis": "reasonable"}
    assert answers.get("disputes.status_quo") == "full"


@pytest.mark.parametrize("end", [(), ("quit",)], ids=["end of input", "quit"])
def test_leaving_keeps_what_was_answered_and_going_on_asks_only_the_rest(bank: Bank, end: tuple[str, ...]) -> None:
    answers, finished, _ = hold(bank, *TEN[:4], *end)
    assert not finished
    assert set(answers.data) == {"employers", "unions", "agreements"}
    answers, finished, text = hold(bank, "", "", "", "", "", "2026-12-01", answers=answers)
    assert finished
    assert "Which trade unions" not in text
    assert answers.get("dates.commencement") == "2026-12-01"


def test_control_c_is_leaving(bank: Bank) -> None:
    class Impatient(Scripted):
        def ask(self, prompt: str) -> str:
            if not self.lines:
                raise KeyboardInterrupt
            return super().ask(prompt)

    answers = Answers()
    assert not Interview(bank, answers, Impatient(["Anytown ICB"])).run()
    assert answers.has("employers")


def test_parties_are_needed(bank: Bank) -> None:
    _, finished, text = hold(bank, "", "skip")
    assert not finished
    assert text.count("This one is needed") == 2


def test_what_does_not_fit_is_said_at_once_and_asked_again(bank: Bank) -> None:
    answers, _, text = hold(bank, *TEN[:7], "pool", "0", "plenty", "600000", "1,200 hours")
    assert "That does not fit. The answer is 0; it must be at least 1 hours a year: give a number" in text
    assert "“plenty” is not a whole number" in text
    assert "it must be at most 500000" in text
    assert answers.get("time_off.pool_hours") == 1200


def test_faults_beside_other_answers_are_seen(bank: Bank) -> None:
    answers = Answers({"employers": [{"name": "A"}], "unions": ["unison"], "forum": {"employer_seats": 3}})
    found = answers.faults("forum.quorum_employer", 5)
    assert [one.code for one in found] == ["AK134"]
    assert not answers.faults("forum.quorum_employer", 3)


def test_skip_leaves_the_default_and_enter_writes_it(bank: Bank) -> None:
    answers, _, _ = hold(bank, *TEN[:4], "skip", "")
    assert not answers.has("nation")
    assert answers.get("recognition.degree") == "full-bargaining"


def test_topics_and_small_points(bank: Bank) -> None:
    answers, finished, text = hold(bank, *TEN, "99", "10", *[""] * 5, "yes", "no", "", "quit")
    assert finished
    assert "Write numbers from 1 to" in text
    assert answers.get("disputes.informal_first") is False
    assert "That is enough for a draft." in text


def test_every_question_can_be_gone_through(bank: Bank) -> None:
    """With Enter alone, from the first question to the last: every proposal is an answer that fits."""
    answers, finished, text = hold(bank, *TEN, *[""] * 600, everything=True)
    assert finished
    assert "That does not fit" not in text
    assert text.count("Answer") > 300
    config = Config.model_validate(answers.data)
    plain = Config.model_validate({key: answers.data[key] for key in ("employers", "unions")})
    assert config.time_off == plain.time_off
    assert assemble(config, bank).report.ok


def test_a_case_proposes_its_answers(bank: Bank) -> None:
    answers, finished, text = hold(bank, *TEN[:2], *[""] * 20, answers=Answers({}, read_case("suffolk-ccgs")))
    assert finished
    assert "[MiP, UNISON, BMA]" in text
    assert answers.get("forum.name") == "Suffolk Joint Partnership Forum"
    whole = answers.whole()
    assert whole["access"]["open_days_a_year"] == 4  # what is not asked comes along
    assert "dates" not in whole
    assert assemble(Config.model_validate(whole), bank).report.ok


# ------------------------------------------------------------------------------------------------ reading


def question(kind: Kind, **rest: Any) -> Question:
    return Question("x", kind, "?", "", rest.pop("choices", {}), **rest)


CHOICES = {"agreement-of-both-sides": "agreement of both sides", "consensus": "consensus", "consent": "by consent"}


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (Kind.DATE, "2026-12-01", "2026-12-01"),
        (Kind.DATE, "1 December 2026", "2026-12-01"),
        (Kind.DATE, "1st Dec 2026", "2026-12-01"),
        (Kind.DATE, "01/12/2026", "2026-12-01"),
        (Kind.YES_NO, "Yes", True),
        (Kind.YES_NO, "n", False),
        (Kind.NUMBER, "1,200", 1200),
        (Kind.NUMBER, "28 calendar days", 28),
        (Kind.TEXT, '"skip"', "skip"),
        (Kind.TEXTS, "one; two ;; three", ["one", "two", "three"]),
        (Kind.TEXTS, "none", []),
        (Kind.CHOICE, "1", "agreement-of-both-sides"),
        (Kind.CHOICE, "Agreement of both sides", "agreement-of-both-sides"),
        (Kind.CHOICE, "agree", "agreement-of-both-sides"),
        (Kind.CHOICE, "consent", "consent"),
        (Kind.SEVERAL, "2, consent, 2", ["consensus", "consent"]),
        (Kind.SEVERAL, "none", []),
        (Kind.UNIONS, "UNISON, the rcn; Managers in Partnership", ["unison", "rcn", "mip"]),
        (Kind.UNIONS, "+Anytown Staff Union", [{"id": "anytown-staff-union", "name": "Anytown Staff Union"}]),
        (
            Kind.EMPLOYERS,
            "Anytown ICB; Widget Works",
            [{"name": "Anytown ICB", "kind": "icb"}, {"name": "Widget Works"}],
        ),
    ],
)
def test_answers_are_read_as_people_write_them(kind: Kind, text: str, value: object) -> None:
    assert read_answer(question(kind, choices=CHOICES), text) == value


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        (Kind.DATE, "31 February 2026", "is not a date"),
        (Kind.DATE, "soon", "is not a date"),
        (Kind.NUMBER, "12.5", "is not a whole number"),
        (Kind.NUMBER, "none", "is not a whole number"),
        (Kind.NUMBER, "-3", "is not a whole number"),
        (Kind.YES_NO, "perhaps", "neither yes nor no"),
        (Kind.CHOICE, "cons", "may mean consensus or consent"),
        (Kind.CHOICE, "9", "none of the choices"),
        (Kind.CHOICE, "consensuss", "did you mean consensus"),
        (Kind.UNIONS, "BDA", "bda-dietetic (British Dietetic Association) or bda-dental"),
        (Kind.UNIONS, "unisonn", "did you mean unison"),
        (Kind.UNIONS, "+", "names no union"),
    ],
)
def test_what_cannot_be_read_is_said_with_a_next_step(kind: Kind, text: str, said: str) -> None:
    with pytest.raises(MisreadError, match=r".") as caught:
        read_answer(question(kind, choices=CHOICES), text)
    assert said in str(caught.value)
    assert caught.value.hint


def test_entries_are_written_on_one_line(plan: MakePlan) -> None:
    posts = plan(time_off={"basis": "release"}).question("time_off.release_posts")
    assert posts is not None
    value = read_answer(posts, "Chair | 22; Secretary | 15 hours | unison")
    assert value == [
        {"role": "Chair", "hours_a_week": 22},
        {"role": "Secretary", "hours_a_week": 15, "union": "unison"},
    ]
    assert read_answer(posts, show_answer(posts, value)) == value
    for text, said in (("Chair", "has no hours a week"), ("a | 1 | b | c", "more than 3"), ("a | x", "not a whole")):
        with pytest.raises(MisreadError, match=said):
            read_answer(posts, text)


def test_what_is_shown_can_be_typed(bank: Bank, plan: MakePlan) -> None:
    """Every proposal in brackets is read back as itself."""
    made = plan()
    for topic in made.topics():
        for one in made.about(topic):
            shown = show_answer(one, one.proposal)
            if shown and one.path != "unions":
                assert read_answer(one, shown) == one.proposal, one.path
