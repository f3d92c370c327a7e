"""Loading: every fault at once, each with its place and a next step."""

from pathlib import Path

import pytest

from agreementkit.config import Config
from agreementkit.diagnostics import Diagnostic
from agreementkit.errors import ConfigError

EXAMPLES = Path(__file__).parents[2] / "examples"
GOOD = "employers: [{name: Anytown, kind: icb}]\nunions: [unison, mip]\n"


def faults(text: str) -> tuple[Diagnostic, ...]:
    with pytest.raises(ConfigError) as caught:
        Config.from_yaml(text, "a.yaml")
    return caught.value.diagnostics


def one(text: str) -> Diagnostic:
    (found,) = faults(text)
    return found


def test_faults_of_every_kind_are_reported_at_once() -> None:
    found = faults(
        """\
employers:
  - name: Norwich
    kind: ikb
    etablished: 2013-04-01
  - name: 2013
    established: 2013
unions:
  - unsion
  - {id: mip, local_representatives: no}
forum:
  papers_days: 99
  papers_days: 98
recognition: full
consultaton: {days: 3}
labels: {staff: true}
"""
    )
    assert [(d.code, d.place.line, d.place.column) for d in found if d.place] == [
        ("AK122", 3, 11),
        ("AK120", 4, 5),
        ("AK124", 5, 11),
        ("AK126", 6, 18),
        ("AK127", 8, 5),
        ("AK125", 9, 38),
        ("AK123", 11, 16),
        ("AK108", 12, 3),
        ("AK125", 13, 14),
        ("AK120", 14, 1),
        ("AK124", 15, 17),
    ]
    assert all(d.hints for d in found)
    assert all(d.place and d.place.source for d in found)


@pytest.mark.parametrize(
    ("line", "code", "words", "hint"),
    [
        ("consultaton: {}", "AK120", "no setting 'consultaton'", "did you mean 'consultation'?"),
        ("time_off: {pool: 3}", "AK120", "no setting 'pool' in time_off", "did you mean pool_hours"),
        ("notice_days: 3", "AK120", "no setting 'notice_days'", "there is a setting time_off.notice_days"),
        ("is_nhs: true", "AK120", "worked out and cannot be set", "leave it out"),
        ("hosting: {team: x}", "AK121", "hosting.host has to be given", "add host: Short name"),
        ("nation: Scotland", "AK122", "nation cannot be 'Scotland'", "did you mean 'scotland'?"),
        ("forum: {papers_days: 99}", "AK123", "is 99; it must be at most 40 working days", "at most 40"),
        ("review: {interval_months: 0}", "AK123", "at least 1 months", "least 1"),
        ("title: 1.50", "AK124", "YAML reads 1.50 as a number", "put it in quotes: '1.50'"),
        ("title: true", "AK124", "YAML reads true as true or false", "put it in quotes: 'true'"),
        ("title: [a]", "AK125", "title must be text", "write it as one value"),
        ("labels: {staff: }", "AK124", "labels.staff has no value", "leave the line out"),
        ("access: {induction: yes}", "AK125", "must be true or false, not yes", "write true"),
        ("access: {induction: 1}", "AK125", "must be true or false, not 1", "write true or false"),
        ("headcount: '300'", "AK125", "must be a whole number", "leave out the quotes"),
        (
            "time_off: {notice_days: 5.5}",
            "AK125",
            "must be a whole number, not 5.5",
            "whole number of working days",
        ),
        ("agreements: partnership", "AK125", "must be a list", "after '- '"),
        ("forum: x", "AK125", "forum must have settings", "settings: name, short"),
        ("dates: {agreement: 2013-02-30}", "AK126", "not a date: 2013-02-30", "year-month-day"),
        ("dates: {agreement: 1 April 2013}", "AK126", "not a date", "year-month-day"),
        ("hosting: {host: Anytwon}", "AK129", "short name 'Anytwon'", "did you mean 'Anytown'?"),
        ("title: ''", "AK130", "title is empty", "leave the line out"),
        (f"title: {'x' * 301}", "AK130", "more than 300 characters", "shorten"),
        ('title: "a\\nb"', "AK130", "one line", "line breaks"),
        (f"nation: {'x' * 500}", "AK122", f"'{'x' * 60}…'", "choices: england"),
        ("dates: {agreement: [x]}", "AK126", "not a date: this", "year-month-day"),
        ("shadow: [x]", "AK125", "must have settings below it", "settings: starts"),
        ("agreements: []", "AK131", "at least 1 entry", ""),
        (
            "shadow: {starts: 2018-04-01, ends: 2017-04-01}",
            "AK133",
            "ends before it starts",
            "leave one of the two out",
        ),
        (
            "forum: {quorum_employer: 9}",
            "AK134",
            "quorum of 9 is more than the 4 seats",
            "forum.employer_seats",
        ),
        ("agreements: [The One]", "AK135", "not a good id: 'The One'", "small letters"),
        ('title: "a\\e[31mb"', "AK136", "U+001B", "delete"),
    ],
)
def test_each_fault_says_what_to_do(line: str, code: str, words: str, hint: str) -> None:
    found = one(GOOD + line)
    assert found.code == code
    assert words in found.message
    assert any(hint in given for given in found.hints) or not hint
    assert found.place is not None
    assert found.place.line == 3
    assert found.place.source == line


def test_missing_sections_are_named() -> None:
    found = faults("title: x")
    assert [d.path for d in found] == ["employers", "unions"]
    assert {d.code for d in found} == {"AK121"}


@pytest.mark.parametrize(
    ("entry", "words", "hint"),
    [
        ("UNISON", "no union with the id 'UNISON'", "did you mean unison?"),
        ("BDA", "'BDA'", "did you mean bda-dietetic or bda-dental?"),
        ("zzzz", "'zzzz'", "write a mapping with name: and short:"),
        ("{short: X}", "needs an id or a name", "add id:"),
    ],
)
def test_unknown_unions_get_a_suggestion(entry: str, words: str, hint: str) -> None:
    found = one(f"employers: [{{name: A}}]\nunions:\n  - {entry}\n")
    assert words in found.message
    assert hint in found.hints[0]
    assert str(found.place) == "a.yaml:3:5"


def test_cross_faults_come_with_field_faults_and_all_together() -> None:
    found = faults("employers: [{name: A}, {name: A}]\nunions: [mip, mip]\nforum: {bad: 1}\nhosting: {host: B}\n")
    assert [d.code for d in found] == ["AK128", "AK128", "AK120", "AK129"]
    assert [str(d.place) for d in found] == ["a.yaml:1:24", "a.yaml:2:15", "a.yaml:3:9", "a.yaml:4:17"]


def test_a_faulty_party_does_not_bring_false_alarms() -> None:
    found = one("employers: [{name: A, kind: x}]\nunions: [mip]\nhosting: {host: A}\n")
    assert found.code == "AK122"


@pytest.mark.parametrize("text", ["", "# nothing\n", "- a\n", "just words\n"])
def test_a_file_without_settings(text: str) -> None:
    assert one(text).code == "AK132"


def test_broken_yaml_is_not_followed_by_false_alarms() -> None:
    found = one("employers: [\nunions: [unison]\n")
    assert found.code == "AK104"


def test_unreadable_file_is_a_configuration_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        Config.load(tmp_path / "none.yaml")
    assert caught.value.diagnostics[0].code == "AK100"
    with pytest.raises(ConfigError):
        Config.from_yaml("a: \0")


@pytest.mark.parametrize("name", ["no", "NO", "on", "Yes", "null-hypothesis", "1e", "2013-04-01"])
def test_words_that_yaml_once_misread_stay_names(name: str) -> None:
    config = Config.from_yaml(f"employers: [{{name: {name}}}]\nunions: [{{name: {name}}}]\n")
    assert (config.employers[0].name, config.unions[0].name) == (name, name)


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.yaml")), ids=lambda path: path.stem)
def test_examples_load(path: Path) -> None:
    assert Config.load(path).unions


def test_suffolk_has_the_facts_of_the_case() -> None:
    config = Config.load(EXAMPLES / "suffolk-ccgs.yaml")
    assert len(config.employers) == 2
    assert {str(e.established) for e in config.employers} == {"2013-04-01"}
    assert [u.id for u in config.partner_unions] == ["mip", "unison", "bma"]
    assert config.recognition.basis == "national-reference"
    assert config.host_employer is not None
    assert config.dates.agreement is not None
    assert config.dates.agreement.year == 2013
    assert config.total_headcount == 300
    people = [*config.signatories.employer, *config.signatories.staff_side]
    assert all(person.name is None for person in people)


def test_every_setting_of_an_example_is_a_fact_or_marked_illustrative() -> None:
    lines = (EXAMPLES / "suffolk-ccgs.yaml").read_text(encoding="utf-8").splitlines()
    marked = [line for line in lines if "# fact" in line or "# illustrative" in line]
    assert len(marked) > 40


def test_the_smallest_example_is_ten_lines() -> None:
    text = (EXAMPLES / "minimal.yaml").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 10
