"""Points of several reviewers become issues: the same wish together, other wishes for the same words in conflict."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import agreementkit as ak
from agreementkit.errors import SourceError
from agreementkit.negotiating.issues import join
from agreementkit.negotiating.model import Negotiation, Point, PointKind, Round, Spot
from agreementkit.negotiating.papers import issues_paper
from agreementkit.negotiating.places import Places
from agreementkit.negotiating.rounds import issues_of
from agreementkit.negotiating.wants import Wishes, stand, views, want
from agreementkit.writers.identity import identity_of

HERE = Spot("recognition", "time-off", "time-off/notice")
OLD = "Notice is 5 Working Days, or 28 days for training."


def change(before: str, after: str, author: str = "A", **more: Any) -> Point:
    new = OLD.replace(before, after, 1)
    return Point(f"{author}{before}{after}", 1, "replaced", author, HERE, before=before, after=after, old=OLD, new=new, **more)  # noqa: E501  # fmt: skip


def wording(new: str, author: str = "B") -> Point:
    return Point(f"{author}{new}", 1, "wording", author, HERE, old=OLD, new=new)


def remark(text: str, quote: str = "", kind: PointKind = "comment", author: str = "C") -> Point:
    return Point(f"{author}{text}", 1, kind, author, HERE, text=text, quote=quote, old=OLD)


def stands(points: list[Point]) -> list[tuple[list[str], str]]:
    kept = Negotiation((Round(1, points=tuple(points)),))
    issues = join(kept, points, Places(), 1, "2026-11-28")
    grown = Negotiation(kept.rounds, issues)
    return [([point.id for point in grown.points_of(one)], stand(grown.points_of(one))) for one in issues]


def test_three_word_files_become_one_table(agreement: ak.Agreement, three: list[Path]) -> None:
    kept, report = issues_of(three, [agreement], "2026-11-28")
    assert not list(report)
    found = {one.place.number: one for one in kept.issues}
    assert {number: stand(kept.points_of(one)) for number, one in found.items()} == {
        "1.2": "one view",
        "3.1": "agree",
        "3.2": "one view",
        "3.3": "conflict",
        "Schedule 1, 1": "conflict",
    }
    assert [one.id for one in kept.issues] == ["1-01", "1-02", "1-03", "1-04", "1-05"]
    (notice,) = [one for one in kept.issues if one.place.paragraph == "time-off/notice"]
    assert [view.authors for view in views(kept.points_of(notice))] == [("H. Lead", "M. Member"), ("U. Officer",)]
    assert {point.path for point in kept.points_of(notice)} == {"time_off.training_notice_days"}
    assert len(kept.points) == 9


def test_the_page_prints_what_three_reviewers_give(agreement: ak.Agreement, three: list[Path]) -> None:
    kept, _ = issues_of(three, [agreement], "2026-11-28")
    page = (Path(__file__).parents[2] / "docs" / "how-to" / "consult-in-rounds.md").read_text(encoding="utf-8")
    table = issues_paper(kept, Places([agreement])).markdown()
    lines = [line for line in table.splitlines() if line.startswith("|")]
    assert len(lines) == 2 + len(kept.issues)
    assert not [line for line in lines if line not in page]


def test_review_files_and_word_files_stand_together(agreement: ak.Agreement, three: list[Path], tmp_path: Path) -> None:
    saved = tmp_path / "copy.json"
    comment = {
        "id": "x", "clause": "time-off", "paragraph": "time-off/duties", "name": "C. Opy", "side": "staff-side",
        "when": "2026-11-27T10:00:00Z", "text": "",
        "proposed": "An Accredited Representative may take time off with pay.",
    }  # fmt: skip
    document = identity_of(agreement.document).as_dict()
    saved.write_text(json.dumps({"format": "agreementkit-review/1", "document": document, "comments": [comment]}))
    kept, _ = issues_of([*three, saved], [agreement], "2026-11-28")
    (issue,) = [one for one in kept.issues if one.place.paragraph == "time-off/duties"]
    (view,) = views(kept.points_of(issue))
    assert view.authors == ("H. Lead", "U. Officer", "C. Opy"), (
        "a proposed wording is the same wish as a tracked change"
    )


def test_a_file_given_twice_counts_once(agreement: ak.Agreement, three: list[Path]) -> None:
    once, _ = issues_of(three, [agreement])
    twice, _ = issues_of([*three, three[0]], [agreement])
    assert set(twice.points) == set(once.points)


def test_every_fault_of_every_file_is_told(agreement: ak.Agreement, three: list[Path], tmp_path: Path) -> None:
    broken = tmp_path / "broken.docx"
    broken.write_bytes(b"PK\x03\x04 no zip")
    with pytest.raises(SourceError) as caught:
        issues_of([broken, tmp_path / "none.json", *three], [agreement])
    assert [one.code for one in caught.value.diagnostics] == ["AK744", "AK740"]


def test_without_the_agreement_places_are_bookmarks_and_nothing_is_lost(three: list[Path]) -> None:
    kept, _ = issues_of(three)
    assert len(kept.points) >= 9
    assert {point.author for point in kept.points.values()} == {"H. Lead", "U. Officer", "M. Member"}


def test_the_same_wish_in_other_words_of_the_file_is_one() -> None:
    assert want(change("28", "42")) == want(change("28 days", "42 days", "B")) == want(wording(OLD.replace("28", "42")))
    assert want(change("28", "42")) != want(change("28", "14"))


def test_other_words_of_a_paragraph_are_another_issue() -> None:
    assert stands([change("28", "42"), change("5", "10", "B")]) == [(["A2842"], "one view"), (["B510"], "one view")]
    assert stands([change("28", "42"), change("28 days", "a month", "B")]) == [
        (["A2842", "B28 daysa month"], "conflict")
    ]


def test_remarks_go_to_the_words_they_are_about() -> None:
    points = [change("28", "42"), change("5", "10", "B"), remark("Too long", "28 days"), remark("In general")]
    assert [ids for ids, _ in stands(points)] == [["A2842", "CToo long"], ["B510"], ["CIn general"]]
    assert [ids for ids, _ in stands([change("28", "42"), remark("In general")])] == [["A2842", "CIn general"]]


def test_who_agrees_with_the_text_is_in_conflict_with_who_would_change_it() -> None:
    assert stands([change("28", "42"), remark("", kind="agreement")])[0][1] == "conflict"
    assert stands([remark("No", kind="objection"), remark("", kind="agreement", author="D")])[0][1] == "conflict"
    assert stands([remark("What?", kind="question"), remark("Hm", author="D")])[0][1] == "one view"


def test_a_value_is_one_issue_in_all_agreements_of_a_set() -> None:
    there = replace(HERE, agreement="partnership")
    points = [
        Point("a", 1, "value", "A", HERE, before="28", after="42", path="time_off.notice_days"),
        Point("b", 1, "value", "B", there, before="28", after="14", path="time_off.notice_days"),
    ]
    assert stands(points) == [(["a", "b"], "conflict")]


def test_what_has_no_place_is_kept_apart() -> None:
    lost = [Point(str(n), 1, "comment", "A", Spot("recognition"), text=f"Lost {n}") for n in range(3)]
    assert [len(ids) for ids, _ in stands(lost)] == [1, 1, 1]


BEFORE = st.sampled_from(["5", "28", "28 days", "training", "Notice"])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(BEFORE, st.sampled_from(["", "x", "9"]), st.sampled_from("ABC")), max_size=8))
def test_every_point_is_in_exactly_one_issue(drawn: list[tuple[str, str, str]]) -> None:
    points = list({one.id: one for one in (change(*given) for given in drawn)}.values())
    ids = [id_ for listed, _ in stands(points) for id_ in listed]
    assert sorted(ids) == sorted(one.id for one in points)
    for one in points:
        for other in points:
            assert Wishes().meet(one, other) == Wishes().meet(other, one)


def test_a_crowd_on_one_paragraph_is_one_issue() -> None:
    crowd = [replace(remark(f"Remark {n}", OLD[n % 30 : n % 30 + 5]), id=str(n)) for n in range(2_000)]
    assert [len(ids) for ids, _ in stands(crowd)] == [2_000]
