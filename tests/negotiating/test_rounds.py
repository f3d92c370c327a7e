"""Rounds: the same point is recognised, what was decided is kept, and every point of every round is in the report."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from commented import returned
from hypothesis import given, settings
from hypothesis import strategies as st
from small import SMALL, configured, small_bank
from tracked import Change, tracked

import agreementkit as ak
from agreementkit.errors import SourceError
from agreementkit.negotiating.fates import fates
from agreementkit.negotiating.issues import join
from agreementkit.negotiating.kept import from_json, to_json
from agreementkit.negotiating.model import Negotiation, Point, Spot
from agreementkit.negotiating.papers import report_paper, responses_paper
from agreementkit.negotiating.places import Places
from agreementkit.negotiating.rounds import Filled, add, begin, close, recognise, update, without_response
from agreementkit.writers import WRITERS, WriteOptions


def answered(kept: Negotiation, status: str = "accepted", words: str = "We have thought about it.") -> Negotiation:
    filled = [Filled(one.id, status, response=words) for one in kept.issues]  # type: ignore[arg-type]
    return update(kept, filled, date="2026-11-29")[0]


def started(agreement: ak.Agreement, files: list[Path]) -> Negotiation:
    return add(
        begin(Negotiation(), [agreement], stage="forum", date="2026-11-20"), files, [agreement], date="2026-11-28"
    )[0]


def outcomes(kept: Negotiation, *agreements: ak.Agreement) -> dict[str, str]:
    return {f"{f.point.author} {f.point.place.number}": f.outcome for f in fates(kept, Places(agreements))}


@pytest.fixture
def kept(agreement: ak.Agreement, three: list[Path]) -> Negotiation:
    return started(agreement, three)


@pytest.fixture(scope="module")
def later() -> ak.Agreement:
    """The agreement of the next round: 42 days of notice for training, as two of the reviewers asked."""
    return ak.assemble(configured(time_off={"training_notice_days": 42}), small_bank())["recognition"]


def test_what_the_next_text_says_is_settled(kept: Negotiation, later: ak.Agreement) -> None:
    assert outcomes(kept, later) == {
        "U. Officer 1.2": "open",
        "H. Lead 3.1": "open",
        "U. Officer 3.1": "open",
        "H. Lead 3.2": "open",
        "H. Lead 3.3": "settled",
        "M. Member 3.3": "settled",
        "U. Officer 3.3": "open",
        "U. Officer Schedule 1, 1": "open",
        "M. Member Schedule 1, 1": "open",
    }
    by_hand = answered(kept, "accepted")
    (fate,) = [f for f in fates(by_hand, Places([later])) if f.point.author == "U. Officer" and f.point.path]
    assert (fate.outcome, fate.remark) == ("accepted", "The text does not say so yet.")


def test_three_rounds_keep_every_point(
    kept: Negotiation, agreement: ak.Agreement, later: ak.Agreement, three: list[Path], tmp_path: Path
) -> None:
    decided = answered(kept, "rejected", "Not now.")
    second = begin(decided, [later], stage="forum", date="2026-12-01")
    back = tmp_path / "officer.docx"
    draft = WRITERS["docx"].write(later.document, WriteOptions())
    back.write_bytes(tracked(draft, "U. Officer", Change("Notice is", "42 days", "21 days")))
    second, _ = add(second, [back, three[2]], [later], date="2026-12-05")
    fresh = second.rounds[1].points
    assert [(point.author, point.path) for point in fresh] == [("U. Officer", "time_off.training_notice_days")]
    assert len(second.rounds[1].again) == 2, "the member's file of round one is known, point by point"
    (issue,) = [one for one in second.issues if fresh[0].id in one.points]
    assert (issue.id, issue.status, issue.response) == ("1-04", "open", "")
    assert [event.kind for event in issue.history] == ["raised", "decided", "reopened", "repeated"]
    third = begin(answered(second, "deferred", "Next year."), [later], date="2027-01-10")
    found = {f.point.id: f for f in fates(third, Places([later]))}
    assert set(found) == set(third.points)
    (old,) = [f for f in found.values() if f.point.author == "U. Officer" and f.point.after.startswith("14")]
    assert (old.outcome, old.remark) == ("superseded", "U. Officer asked for something else in round 2.")
    assert found[fresh[0].id].outcome == "deferred"
    text = report_paper(third, Places([later])).text()
    for point in third.points.values():
        assert (point.text or (point.after or point.before).split()[0]) in text, point
    assert from_json(to_json(third).encode()) == third


def test_a_point_that_comes_back_unchanged_is_carried_over(
    kept: Negotiation, agreement: ak.Agreement, three: list[Path]
) -> None:
    again, _ = add(begin(kept, [agreement], stage="forum"), three, [agreement])
    assert again.rounds[1].points == ()
    assert set(again.rounds[1].again) == set(kept.points)
    assert set(outcomes(again, agreement).values()) == {"carried over"}
    assert [one.points for one in again.issues] == [one.points for one in kept.issues]
    refused, _ = add(begin(answered(kept, "rejected"), [agreement], stage="forum"), three, [agreement])
    assert {(f.outcome, f.remark) for f in fates(refused)} == {("rejected", "It came back in round 2.")}


def test_a_file_of_an_earlier_version_is_read_against_that_version(
    kept: Negotiation, agreement: ak.Agreement, later: ak.Agreement, tmp_path: Path
) -> None:
    back = tmp_path / "late.docx"
    draft = WRITERS["docx"].write(agreement.document, WriteOptions())
    back.write_bytes(tracked(draft, "L. Ate", Change("a room", "room", "hall")))
    for versions, codes in (([later], ["AK804", "AK828"]), ([later, agreement], [])):
        second, report = add(begin(kept, versions, stage="forum"), [back], versions)
        assert [point.author for point in second.rounds[1].points] == ["L. Ate"]
        assert [one.code for one in report] == codes


def test_a_renumbered_place_keeps_its_issue(kept: Negotiation, tmp_path: Path) -> None:
    bank = tmp_path / "bank"
    shutil.copytree(SMALL, bank)
    outline = bank / "precedents" / "recognition.yaml"
    text = outline.read_text(encoding="utf-8")
    moved = text.replace("time-off", "\0").replace("disputes", "time-off").replace("\0", "disputes")
    assert moved != text
    outline.write_text(moved, encoding="utf-8")
    now = ak.assemble(configured(), ak.Bank.load(core=bank))["recognition"]
    assert now["time-off/duties"].number == "4.1"
    back = tmp_path / "back.docx"
    back.write_bytes(returned(now.document, ("What is reasonable", "H. Lead", "Still: who?")))
    second, _ = add(begin(kept, [now], stage="forum"), [back], [now])
    (issue,) = [one for one in second.issues if len({second.points[id_].round for id_ in one.points}) == 2]
    assert (issue.id, issue.place.number) == ("1-03", "4.2")
    assert "4.2 (was 3.2)" in report_paper(second, Places([now])).text()


def test_a_comment_that_has_moved_is_the_same_comment(kept: Negotiation) -> None:
    (one,) = [point for point in kept.points.values() if point.text == "Who decides this?"]
    moved = replace(one, id="other", place=replace(one.place, paragraph="disputes/start", clause="disputes"))
    assert recognise(kept, [moved]) == ([], {"other": one.id})
    fresh, known = recognise(kept, [replace(moved, when="2027-01-01T00:00:00Z")])
    assert (len(fresh), known) == (1, {})
    twice, known = recognise(kept, [one, moved])
    assert (len(twice), known) == (1, {one.id: one.id}), "one comment is not two"


def test_a_gone_provision_supersedes_its_points(kept: Negotiation, agreement: ak.Agreement) -> None:
    document = agreement.document
    short = replace(agreement, document=replace(document, body=tuple(d for d in document.body if d.id != "time-off")))
    found = outcomes(kept, short)
    assert found["H. Lead 3.2"] == "superseded"
    assert found["U. Officer 1.2"] == "open"


def test_a_stage_closes_only_when_every_point_has_a_response(kept: Negotiation, agreement: ak.Agreement) -> None:
    assert len(without_response(kept, "forum")) == 9
    for refused in (lambda: close(kept), lambda: begin(kept, [agreement], stage="members")):
        with pytest.raises(SourceError) as caught:
            refused()
        (found,) = caught.value.diagnostics
        assert (found.code, "9 points have no response" in found.message) == ("AK826", True)
        assert any(hint.startswith("1-03: H. Lead") for hint in found.hints)
    assert close(kept, anyway=True, date="2026-11-30").rounds[0].closed == "2026-11-30"
    done = close(answered(kept), date="2026-11-30")
    members = begin(done, [agreement], stage="members")
    assert (members.rounds[1].number, members.rounds[1].stage) == (2, "members")
    text = responses_paper(done, Places([agreement]), "forum").text()
    assert "Every point has a response." in text
    assert text.count("We have thought about it.") == 9


def test_what_is_said_later_needs_a_response_of_its_own(
    kept: Negotiation, agreement: ak.Agreement, tmp_path: Path
) -> None:
    done = answered(kept, "deferred")
    back = tmp_path / "more.docx"
    back.write_bytes(returned(agreement.document, ("What is reasonable", "N. Ewcomer", "And when?")))
    second, _ = add(begin(done, [agreement], stage="forum"), [back], [agreement])
    assert [point.author for point in without_response(second)] == ["N. Ewcomer"]


def test_a_thread_that_its_author_resolves_is_resolved(kept: Negotiation) -> None:
    (one,) = [point for point in kept.points.values() if point.text == "Who decides this?"]
    issues = join(kept, [replace(one, id="new", resolved=True, answers=one.id, round=1)], Places(), 1, "")
    assert [i.status for i in issues if "new" in i.points] == ["open"], "one of two voices is not both"


def test_rounds_are_added_to_only_while_they_are_open(kept: Negotiation, three: list[Path]) -> None:
    for wrong in (Negotiation(), close(kept, anyway=True, date="2026-11-30")):
        with pytest.raises(SourceError, match="AK827"):
            add(wrong, three)
    with pytest.raises(SourceError, match="AK827"):
        close(close(kept, anyway=True, date="2026-11-30"))
    with pytest.raises(SourceError, match="AK822"):
        update(kept, [Filled("9-99", "open")])


HERE = [Spot("recognition", "c", f"c/{n}") for n in range(3)]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.lists(st.tuples(st.integers(0, 2), st.sampled_from("abc"), st.sampled_from("xyz")), max_size=6),
            st.lists(st.tuples(st.integers(0, 20), st.sampled_from(["open", "accepted", "rejected"])), max_size=4),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_nothing_is_ever_lost(rounds: list[tuple[list[tuple[int, str, str]], list[tuple[int, str]]]]) -> None:
    kept = Negotiation()
    said: set[tuple[int, str, str]] = set()
    for number, (points, decisions) in enumerate(rounds, start=1):
        kept = begin(kept, [])
        given = [Point(f"{number}{n}", number, "comment", who, HERE[at], when="2026", text=what) for n, (at, who, what) in enumerate(points)]  # noqa: E501  # fmt: skip
        fresh, known = recognise(kept, {(*one.place.key, one.author, one.text): one for one in given}.values())
        current = replace(kept.rounds[-1], points=tuple(fresh), again=tuple(known.values()))
        kept = replace(kept, rounds=(*kept.rounds[:-1], current))
        kept = replace(kept, issues=join(kept, fresh, Places(), number, ""))
        chosen = [kept.issues[at % len(kept.issues)].id for at, _ in decisions] if kept.issues else []
        filled = [Filled(id_, status, response="R") for id_, (_, status) in zip(chosen, decisions, strict=False)]  # type: ignore[arg-type]
        kept, _ = update(kept, filled)
        said |= set(points)
    assert {(HERE.index(f.point.place), f.point.author, f.point.text) for f in fates(kept)} == said
    assert from_json(to_json(kept).encode()) == kept
