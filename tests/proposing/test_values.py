"""Values come home: the words of a returned file as the value that prints them, checked at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from proposed import CASE, agreements, all_paragraphs, from_text, reworded, value

import agreementkit as ak
from agreementkit.asking.change import current
from agreementkit.config.paths import Resolved
from agreementkit.proposing import ValueProposal, WordingProposal, proposals_of
from agreementkit.proposing.settings import with_values
from agreementkit.proposing.trying import Paragraph
from agreementkit.proposing.values import candidates
from agreementkit.tree.nodes import Value
from agreementkit.tree.walk import flatten

_WHOLE, _DAY, _TEXT = Resolved(annotation=int), Resolved(annotation=date), Resolved(annotation=str)


@pytest.mark.parametrize(
    ("words", "found", "first"),
    [
        ("28 days", _WHOLE, 28),
        ("twenty-eight days", _WHOLE, 28),
        ("1,200", _WHOLE, 1200),
        ("twice", _WHOLE, 2),
        ("third", _WHOLE, 3),
        ("a fortnight", _WHOLE, 14),
        ("1 April 2013", _DAY, "2013-04-01"),
        ("the 1st of April 2013", _DAY, "2013-04-01"),
        ("01/04/2013", _DAY, "2013-04-01"),
        ("Head of People", _TEXT, "Head of People"),
        ("a, b and c", Resolved(annotation=str, is_list=True), ["a", "b", "c"]),
    ],
)
def test_words_are_read_by_the_type_of_the_setting(words: str, found: Resolved, first: object) -> None:
    assert candidates(words, found, None)[0] == first


def test_words_that_are_no_value_give_none() -> None:
    assert candidates("as soon as possible", _WHOLE, 5) == []
    assert candidates("31 February 2013", _DAY, None) == []
    assert candidates("9" * 50, _WHOLE, None) == []


def printing(path: str) -> Paragraph:
    return next(
        one for one in all_paragraphs() if any(isinstance(it, Value) and it.path == path for it in flatten(one.inlines))
    )


def printed(one: Paragraph, path: str) -> str:
    return next(it.text for it in flatten(one.inlines) if isinstance(it, Value) and it.path == path)


def test_a_changed_number_is_a_proposal_for_its_setting() -> None:
    one = printing("disputes.overall_days")
    before = printed(one, "disputes.overall_days")
    made = proposals_of(value(one, "disputes.overall_days", before, "55"), agreements())
    (proposal,) = made
    assert isinstance(proposal, ValueProposal)
    assert (proposal.path, proposal.before, proposal.after) == ("disputes.overall_days", int(before), 55)
    assert proposal.said == f"disputes.overall_days: {before} → 55"
    assert proposal.author == "Union officer"
    assert proposal.fits


def test_a_value_out_of_bounds_says_so_and_is_offered_as_words() -> None:
    one = printing("disputes.overall_days")
    before = printed(one, "disputes.overall_days")
    made = proposals_of(value(one, "disputes.overall_days", before, "5000"), agreements())
    first, second = made.values[0], made.wordings[0]
    assert "it must be at most" in first.why
    assert not first.fits
    assert "disputes.overall_days" in second.also[0]
    with pytest.raises(ak.ProposalError, match="AK811"):
        made.decide(first.id, "accepted")


def test_words_that_no_value_prints_stay_words() -> None:
    one = printing("disputes.overall_days")
    before = printed(one, "disputes.overall_days")
    (proposal,) = proposals_of(value(one, "disputes.overall_days", before, "a good many"), agreements())
    assert isinstance(proposal, WordingProposal)
    assert proposal.also == ("disputes.overall_days: no value can be read in these words",)


def test_what_the_checks_find_with_a_value_is_said_before_it_is_accepted() -> None:
    one = printing("disputes.overall_days")
    before = printed(one, "disputes.overall_days")
    (proposal,) = proposals_of(value(one, "disputes.overall_days", before, "20"), agreements())
    assert isinstance(proposal, ValueProposal)
    known = {(it.code, it.message) for it in agreements().report}
    assert [it.code for it in proposal.findings] == ["AK538"], "a procedure shorter than its stages"
    assert not known & {(it.code, it.message) for it in proposal.findings}


def test_a_value_that_stands_elsewhere_too_says_so() -> None:
    path = "consultation.response_days"
    (proposal,) = proposals_of(value(printing(path), path, printed(printing(path), path), "15"), agreements())
    assert isinstance(proposal, ValueProposal)
    assert proposal.places > 1
    assert f"stands in {proposal.places} places; changed in 1" in proposal.remarks


def test_value_and_words_of_one_paragraph_are_two_proposals(tmp_path: Path) -> None:
    now = from_text(tmp_path)
    path = "disputes.overall_days"
    one = printing(path)
    before = printed(one, path)
    edit = value(one, path, before, "55")
    new = edit.new.replace(" will ", " shall ", 1)
    assert new != edit.new
    made = proposals_of([replace(edit, new=new), reworded(one, new)], now)
    (first,), (second,) = made.values, made.wordings
    assert first.after == 55
    assert second.new == one.text.replace(" will ", " shall ", 1), "the value in it stays as it is"
    made.decide([first.id, second.id], "accepted").write_all(tmp_path / "agreed")
    after = ak.assemble(ak.Config.load(tmp_path / "agreement.yaml"))
    assert after["recognition"][one.division.id].text.endswith(new)


def test_comments_of_the_configuration_stay_where_they_are(tmp_path: Path) -> None:
    now = from_text(tmp_path)
    before = (tmp_path / "agreement.yaml").read_text(encoding="utf-8").split("\n")
    one = printing("consultation.response_days")
    made = proposals_of(value(one, "consultation.response_days", "10", "15"), now)
    made.decide([it.id for it in made], "accepted").write_config()
    after = (tmp_path / "agreement.yaml").read_text(encoding="utf-8").split("\n")
    assert [line for line in after if line not in before] == ["  response_days: 15"]
    assert [line for line in before if line not in after] == []


@pytest.mark.parametrize(
    ("path", "new"),
    [
        ("dates.commencement", "2013-05-01"),
        ("labels.hr_lead", "Head of people: acting"),
        ("disputes.excludes[1]", "something else"),
        ("notes.detail", "full"),
        ("employers[0].name", "A trust"),
        ("forum.secretary_hours", 3),
        ("packs", ["packs/agreed"]),
    ],
)
def test_a_setting_is_written_where_it_belongs(path: str, new: object) -> None:
    config = ak.Config.load(CASE)
    text = with_values(config, {path: new})
    assert text is not None
    if path == "forum.secretary_hours":  # there is no such setting: the configuration says so
        with pytest.raises(ak.ConfigError, match="no setting"):
            ak.Config.from_yaml(text)
        return
    got = current(ak.Config.from_yaml(text), path)
    assert (got.isoformat() if isinstance(got, date) else list(got) if isinstance(got, tuple) else got) == new
    kept = [line for line in CASE.read_text(encoding="utf-8").split("\n") if "#" in line]
    assert sum(line in text.split("\n") for line in kept) >= len(kept) - 1
