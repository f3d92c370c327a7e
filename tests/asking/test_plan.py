"""Which questions are asked: all of them are settings, only those that matter, and none that can be worked out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from optioned import optioned_bank

from agreementkit import Config, assemble
from agreementkit.asking import Answers, Plan, cases
from agreementkit.asking.answers import OF_ITS_OWN
from agreementkit.asking.order import BY_CODE, CONDITIONS, ESSENTIALS, NOT_ASKED, ONLY_IF, TOPICS
from agreementkit.asking.question import Kind
from agreementkit.asking.working_out import kind_of, nation_of, short_of
from agreementkit.assemble.expressions import parse, paths_in
from agreementkit.assemble.grammar import forbidden
from agreementkit.bank import Bank
from agreementkit.config import all_paths, resolve_type

MakePlan = Callable[..., Plan]


def essentials(plan: Plan) -> list[str]:
    return [question.path for question in plan.essentials()]


@pytest.mark.parametrize(
    "path",
    sorted(
        {*ESSENTIALS, *CONDITIONS, *ONLY_IF, *BY_CODE, *NOT_ASKED, *OF_ITS_OWN, *(p for t in TOPICS for p in t.paths)}
    ),
)
def test_every_path_of_the_plan_is_a_setting(path: str) -> None:
    found = resolve_type(path.split("."))
    assert found is not None
    assert not found.computed


@pytest.mark.parametrize("condition", sorted({*CONDITIONS.values(), *ONLY_IF.values()}))
def test_conditions_are_sound_and_ask_for_settings(condition: str) -> None:
    expression = parse(condition)
    assert not isinstance(expression, str)
    assert not list(forbidden(expression.node))
    assert paths_in(condition)
    for path in paths_in(condition):
        assert resolve_type(path) is not None, path


def test_every_section_of_the_configuration_belongs_to_a_topic() -> None:
    apart = {
        "agreements", "nation", "hosting", "unions", "supporting_parties", "checks", "packs", "options", "employers",
    }  # fmt: skip
    covered = {path.split(".")[0] for topic in TOPICS for path in topic.paths}
    sections = {path for path, found in all_paths() if "." not in path and not found.computed}
    assert sections - apart <= covered


def test_every_essential_question_is_in_plain_words_of_the_model(plan: MakePlan) -> None:
    for path in ESSENTIALS:
        found = resolve_type(path.split("."))
        assert found is not None
        assert found.question.endswith("?"), path
    for question in plan().essentials():
        assert question.text.endswith("?")
        assert question.help


def test_ten_questions_make_a_draft(plan: MakePlan, bank: Bank) -> None:
    made = plan()
    assert len(essentials(made)) == 10
    assert assemble(Config.model_validate(made.answers.data), bank).report.ok


def test_follow_ups_are_asked_where_they_matter(plan: MakePlan) -> None:
    assert "time_off.pool_hours" not in essentials(plan())
    assert "time_off.pool_hours" in essentials(plan(time_off={"basis": "pool"}))
    assert "time_off.release_posts" in essentials(plan(time_off={"basis": "release"}))
    assert "disputes.status_quo_days" in essentials(plan(disputes={"status_quo": "time-limited"}))


def test_a_shared_team_is_asked_about_where_there_are_several_employers(plan: MakePlan) -> None:
    assert "hosting.host" not in essentials(plan())
    two = [{"name": "NHS One CCG", "short": "One"}, {"name": "NHS Two CCG", "short": "Two"}]
    made = plan(employers=two)
    assert "hosting.host" in essentials(made)
    question = made.question("hosting.host")
    assert question is not None
    assert list(question.choices) == ["One", "Two"]
    assert "hosting.team" in essentials(plan(employers=two, hosting={"host": "One"}))


def test_the_doctors_committee_is_asked_about_in_a_trust_or_with_a_doctors_union(plan: MakePlan) -> None:
    trust = [{"name": "Anytown Hospitals", "short": "the Trust", "kind": "trust"}]
    assert "forum.medical_committee" not in essentials(plan())
    assert "forum.medical_committee" in essentials(plan(employers=trust))
    assert "forum.medical_committee" in essentials(plan(unions=["unison", "bma"]))
    assert "lnc.unions" not in essentials(plan(employers=trust))
    separate = plan(employers=trust, unions=["unison", "bma"], forum={"medical_committee": "separate"})
    assert "lnc.unions" in essentials(separate)
    question = separate.question("lnc.unions")
    assert question is not None
    assert question.proposal == ["bma"]
    titles = [topic.title for topic in separate.topics()]
    assert "The committee of doctors and dentists" in titles
    assert "The committee of doctors and dentists" not in [topic.title for topic in plan().topics()]


def test_only_what_differs_in_the_agreements_asked_for_matters(plan: MakePlan) -> None:
    assert plan().asked("principles.set")
    assert not plan(agreements=["facilities"]).asked("principles.set")


def test_the_kind_is_asked_only_where_the_name_does_not_tell(plan: MakePlan) -> None:
    assert "employers[0].kind" not in essentials(plan())
    assert "employers[0].kind" in essentials(plan(employers=[{"name": "Wessex Partners"}]))


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("NHS Anytown Integrated Care Board", "icb"),
        ("NHS West Suffolk Clinical Commissioning Group", "ccg"),
        ("Anytown NHS Foundation Trust", "foundation-trust"),
        ("Eastmere University Hospitals NHS Trust", "trust"),
        ("Cardiff and Vale University Health Board", "health-board"),
        ("University of Anytown", "university"),
        ("Anytown City Council", "council"),
        ("Anyshire Fire and Rescue Service", "fire-service"),
        ("Widget Works Ltd", "company"),
        ("Wessex Partners", None),
    ],
)
def test_kinds_are_told_by_names(name: str, kind: str | None) -> None:
    assert kind_of(name) == kind


def test_nation_and_short_name_are_worked_out() -> None:
    assert nation_of("NHS Education for Scotland") == "scotland"
    assert nation_of("Public Health Wales") == "wales"
    assert nation_of("Anytown ICB") is None
    assert short_of("NHS Anytown Integrated Care Board", "other") == "the ICB"
    assert short_of("Wessex Partners", "other") == "Wessex Partners"


def test_every_question_has_words_and_says_what_an_answer_is(plan: MakePlan) -> None:
    made = plan()
    paths: list[str] = []
    for topic in made.topics():
        for question in made.about(topic):
            paths.append(question.path)
            assert question.text[-1] in "?:", question.text
            assert question.help
            assert bool(question.choices) == (question.kind in (Kind.CHOICE, Kind.SEVERAL, Kind.UNIONS)), question.path
            assert not question.columns or question.kind is Kind.ROWS
    assert len(paths) == len(set(paths))
    assert len(paths) > 250
    assert not set(paths) & set(ESSENTIALS)


@pytest.mark.parametrize("name", sorted(cases()))
def test_every_case_can_be_started_from(name: str, bank: Bank) -> None:
    from agreementkit.asking.cases import read_case

    case = read_case(name)
    answers = Answers({"employers": [{"name": "Anytown ICB", "kind": "icb"}], "unions": ["gmb"]}, case)
    own: dict[str, Any] = answers.config().model_dump(exclude_unset=True)
    assert [employer["name"] for employer in own["employers"]] == ["Anytown ICB"]
    assert not set(case) & {"employers", "dates", "signatories", "title"}
    assert assemble(answers.config(), bank).report is not None


def test_options_of_packs_are_asked_about_and_held_against_what_the_pack_declares(tmp_path: Path) -> None:
    bank = optioned_bank(tmp_path)
    answers = Answers({"employers": [{"name": "Anytown ICB"}], "unions": ["unison"], "agreements": ["own"]})
    made = Plan.of(answers, bank)
    topic = next(topic for topic in made.topics() if topic.title == "Options of A pack")
    questions = {question.path: question for question in made.about(topic)}
    assert set(questions) == {"options.anytown-icb.ballot_days", "options.anytown-icb.room"}  # the others are not used
    days = questions["options.anytown-icb.ballot_days"]
    assert (days.text, days.unit, days.default) == ("How many days' notice of a local ballot?", "days", 10)
    assert [one.code for one in answers.faults(days.path, 40, bank.options)] == ["AK242"]
    assert not answers.faults(days.path, 14, bank.options)
    answers.put(days.path, 14)
    assert answers.whole()["options"] == {"anytown-icb": {"ballot_days": 14}}
    assert days.path in made.askable()


def test_a_paper_cannot_ask_for_packs_or_accepted_findings(plan: MakePlan) -> None:
    known = plan().askable()
    assert not known & {"packs", "checks", "checks.accept", "signatories.employer", "employers.name", "options"}
    assert known > {"employers", "employers.short", "employers.headcount", "time_off.basis", "unions"}
