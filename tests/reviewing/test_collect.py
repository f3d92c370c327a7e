"""Comments of many files in one log: each once, in the order of the agreement, none dropped, every fault placed."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import markdown
import pytest
from commented import by_hand, changed, mark, on, returned, said, words
from lxml import html
from small import configured, small_bank

import agreementkit as ak
from agreementkit.errors import SourceError
from agreementkit.reviewing import ReviewLog, collect
from agreementkit.tree.nodes import Para, Text
from agreementkit.writers.identity import identity_of

HOSTILE = '=1+1 <script>alert(1)</script> & *b* [x](javascript:1) `c` | "q"'


@pytest.fixture(scope="module")
def agreements() -> ak.AgreementSet:
    return ak.assemble(configured(), small_bank())


def comment(id_: str, paragraph: str, text: str = "Text", **fields: Any) -> dict[str, Any]:
    return {
        "id": id_,
        "clause": paragraph.split("/")[0],
        "paragraph": paragraph,
        "number": "1",
        "text": text,
        "name": "A. Reviewer",
        "side": "employer",
        "when": "2026-11-27T10:00:00Z",
        **fields,
    }


@pytest.fixture
def save(tmp_path: Path, agreements: ak.AgreementSet) -> Any:
    def write(name: str, *comments: Any, precedent: str = "recognition", **document: Any) -> Path:
        known = [one for one in agreements if one.precedent == precedent]
        identity = identity_of(known[0].document).as_dict() if known else {"precedent": precedent, "title": "T"}
        data = {"format": "agreementkit-review/1", "document": {**identity, **document}, "comments": list(comments)}
        path = tmp_path / name
        path.write_text(json.dumps(data), encoding="utf-8")
        return path

    return write


def places(log: ReviewLog) -> list[tuple[str, str, list[str]]]:
    return [(entry.precedent, entry.number, [one.text for one in entry.comments]) for entry in log.entries]


# ----------------------------------------------------------------------------------------------- the log


def test_the_order_is_that_of_the_agreements(save: Any, agreements: ak.AgreementSet) -> None:
    late = save("late.json", comment("1", "disputes/stage-1", "stage"), comment("2", "time-off", "heading"))
    early = save("early.json", comment("3", "facilities/board", "board"), comment("4", "time-off/notice", "notice"))
    other = save("other.json", comment("5", "purpose", "purpose"), precedent="partnership")
    log = collect([late, early, other], agreements)
    assert places(log) == [
        ("partnership", "2", ["purpose"]),
        ("recognition", "3", ["heading"]),
        ("recognition", "3.3", ["notice"]),
        ("recognition", "4.2(a)", ["stage"]),
        ("recognition", "Schedule 1, 2", ["board"]),
    ]
    assert [entry.heading for entry in log.entries][1:3] == ["3. Time off"] * 2
    assert not list(log.report)


def test_a_definition_has_a_place_of_its_own(save: Any, agreements: ak.AgreementSet) -> None:
    saved = save("a.json", comment("1", "meaning/terms", term="working-day"), comment("2", "meaning/terms"))
    assert [entry.number for entry in collect([saved], agreements).entries] == ["1.1", "1.1 “Working Day”"]


def test_two_saves_give_one_comment_in_its_latest_state(save: Any, agreements: ak.AgreementSet) -> None:
    first = save("first.json", comment("1", "time-off", "before"), comment("2", "time-off", "other"))
    second = save("second.json", comment("1", "time-off", "after", when="2026-11-28T10:00:00Z"))
    for order in ([first, second], [second, first]):
        (entry,) = collect(order, agreements).entries
        assert [one.text for one in entry.comments] == ["other", "after"]
        assert sorted(Path(name).name for name in entry.comments[1].files) == ["first.json", "second.json"]


def test_word_and_saved_comments_stand_together(save: Any, agreements: ak.AgreementSet, tmp_path: Path) -> None:
    document = agreements["recognition"].document
    start = "What is reasonable"
    word = tmp_path / "back.docx"
    word.write_bytes(returned(document, (start, "B. Officer", "From Word"), ("Working Day", "B. Officer", "A term")))
    saved = save("a.json", comment("1", "time-off/amount", "From the copy", when="2000-01-01T10:00:00Z"))
    log = collect([word, saved], agreements)
    assert places(log) == [
        ("recognition", "1.1 “Working Day”", ["A term"]),
        ("recognition", "3.2", ["From the copy", "From Word"]),
    ]
    assert log.own_notes == len(document.notes)
    assert {one.side for one in log.comments if one.name == "B. Officer"} == {""}


def test_the_same_word_comment_in_two_files_is_one(agreements: ak.AgreementSet, tmp_path: Path) -> None:
    start = "What is reasonable"
    content = returned(agreements["recognition"].document, (start, "B", "Once"))
    for name in ("one.docx", "two.docx"):
        (tmp_path / name).write_bytes(content)
    log = collect([tmp_path / "one.docx", tmp_path / "two.docx"], agreements)
    assert [len(one.files) for one in log.comments] == [2]


def test_our_own_notes_are_told_apart_and_a_changed_note_is_a_comment(
    agreements: ak.AgreementSet, tmp_path: Path
) -> None:
    document = agreements["recognition"].document
    note = document.notes[0]
    altered = replace(note, blocks=(Para((Text("Somebody has changed this."),)),))
    back = tmp_path / "back.docx"
    back.write_bytes(returned(replace(document, notes=(altered, *document.notes[1:]))))
    log = collect([back], agreements)
    assert [one.text for one in log.comments] == ["Somebody has changed this."]
    assert log.own_notes == len(document.notes) - 1
    alone = collect([back])  # without the agreement, initials and time of day have to do
    assert (alone.comments, alone.own_notes) == ((), len(document.notes))


def test_an_answer_to_a_note_is_a_comment_and_says_what_it_answers(tmp_path: Path) -> None:
    ours = said("0", "The law asks for it.", "Law", paragraph="0A").replace('w:initials="A"', 'w:initials="LAW"')
    ours = ours.replace("T10:00:00Z", "T09:00:00Z")
    answer = said("1", "Does it?", "B", paragraph="0B").replace('w:initials="A"', 'w:initials="LAW"')
    answer = answer.replace("T10:00:00Z", "T09:00:00Z")
    thread = '<w15:commentEx w15:paraId="0A"/><w15:commentEx w15:paraId="0B" w15:paraIdParent="0A" w15:done="1"/>'
    body = f"<w:p>{mark('ak_a_b')}{on('0', words('w'))}{on('1', words('w'))}</w:p>"
    back = tmp_path / "back.docx"
    back.write_bytes(by_hand(body, ours + answer, thread))
    (one,) = collect([back]).comments
    assert (one.text, one.reply_to, one.resolved) == ("Does it?", "Law: The law asks for it.", True)


def test_without_a_configuration_the_numbers_of_the_files_give_the_order(save: Any) -> None:
    listed = [comment(str(at), f"c/{at}", number=number) for at, number in enumerate(["10.1", "9.2(b)", "", "9.10"])]
    log = collect([save("a.json", *listed)])
    assert [entry.number for entry in log.entries] == ["9.2(b)", "9.10", "10.1", ""]
    assert all(entry.placed for entry in log.entries)


# ------------------------------------------------------------------------------- nothing is dropped


def test_another_version_is_kept_with_a_warning(save: Any, agreements: ak.AgreementSet) -> None:
    log = collect([save("old.json", comment("1", "time-off"), words="0000000000000000")], agreements)
    assert [(one.code, one.severity.value) for one in log.report] == [("AK745", "warning")]
    assert places(log) == [("recognition", "3", ["Text"])]


def test_what_has_no_place_is_listed_as_not_placed(save: Any, agreements: ak.AgreementSet, tmp_path: Path) -> None:
    gone = save("gone.json", comment("1", "gone/x", "lost"), comment("2", "time-off/gone", "its clause is there"))
    other = save("other.json", comment("3", "time-off", "other"), precedent="facilities-of-another")
    bare = tmp_path / "bare.docx"
    bare.write_bytes(by_hand(f"<w:p>{on('0', words('w'))}</w:p>", said("0", "says nothing")))
    log = collect([gone, other, bare], agreements)
    assert sorted(one.code for one in log.report) == ["AK746", "AK746", "AK747"]
    assert all(one.hints and one.place for one in log.report)
    assert {one.text: entry.placed for entry in log.entries for one in entry.comments} == {
        "its clause is there": True,
        "lost": False,
        "other": False,
        "says nothing": False,
    }
    for form in ("md", "html", "csv", "json"):
        text = log.write(form)
        for words_ in ("lost", "other", "says nothing"):
            assert words_ in text
    assert log.write("md").count("### Not placed") == 3


def test_a_word_file_without_its_properties_is_read_and_warned_of(agreements: ak.AgreementSet, tmp_path: Path) -> None:
    start = "What is reasonable"
    content = returned(agreements["recognition"].document, (start, "B", "Kept"))
    back = tmp_path / "back.docx"
    back.write_bytes(changed(content, lambda name, part: None if "custom.xml" in name else part))
    log = collect([back], agreements)
    assert [one.code for one in log.report] == ["AK746"]
    assert [one.text for one in log.comments] == ["Kept"]


# ----------------------------------------------------------------------------------------------- forms


def test_hostile_words_are_words_in_every_form(save: Any, agreements: ak.AgreementSet) -> None:
    fields = {"name": HOSTILE, "quote": HOSTILE, "proposed": HOSTILE}
    log = collect([save("a.json", comment("1", "time-off", HOSTILE, **fields))], agreements)
    for made in (log.write("html"), markdown.markdown(log.write("md"))):
        tree = html.fromstring(f"<div>{made}</div>")
        assert not tree.xpath("//script | //a | //code | //em")
        text = " ".join(tree.text_content().split())
        assert text.count(HOSTILE) == 4
    rows = list(csv.DictReader(io.StringIO(log.write("csv"))))
    assert rows[0]["comment"] == f"'{HOSTILE}"
    assert rows[0]["number"] == "3"
    data = json.loads(log.write("json"))
    assert data["format"] == "agreementkit-review-log/1"
    assert data["entries"][0]["comments"][0]["text"] == HOSTILE
    assert "default-src 'none'" in log.write("html")


def test_lines_stay_lines(save: Any, agreements: ak.AgreementSet) -> None:
    log = collect([save("a.json", comment("1", "time-off", "1. one\n- two\n\nthree"))], agreements)
    tree = html.fromstring(markdown.markdown(log.write("md")))
    assert not tree.xpath("//ol")
    assert [" ".join(line.split()) for line in log.comments[0].text.split("\n")] == ["1. one", "- two", "", "three"]


def test_an_unknown_form_is_an_error(agreements: ak.AgreementSet) -> None:
    with pytest.raises(ValueError, match="no form 'pdf'"):
        collect([], agreements).write("pdf")


# --------------------------------------------------------------------------------- files that are refused


def faults(*paths: Path) -> list[tuple[str, str, int]]:
    with pytest.raises(SourceError) as caught:
        collect(list(paths))
    found = caught.value.diagnostics
    assert all(one.hints and one.place for one in found)
    return [(one.code, one.message, one.place.line if one.place else 0) for one in found]


@pytest.mark.parametrize(
    ("content", "code", "why"),
    [
        (b"\xff\xfe", "AK740", "UTF-8"),
        (b" " * 2_000_001, "AK740", "larger than 2 MB"),
        (b"", "AK741", "Expecting value"),
        (b'{"format": }', "AK741", "Expecting value"),
        (b"[" * 100_000, "AK741", "nested 100000 deep"),
        (b'{"format": NaN}', "AK741", "NaN"),
        (b"[]", "AK742", "says no form"),
        (b'{"format": "agreementkit-review/9"}', "AK742", "agreementkit-review/9"),
        (b"PK\x03\x04", "AK744", "not a sound Word file"),
    ],
)
def test_what_is_no_file_of_comments(content: bytes, code: str, why: str, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(content)
    ((found, message, _),) = faults(path)
    assert found == code
    assert why in message


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    assert [code for code, _, _ in faults(tmp_path / "gone.json", tmp_path)] == ["AK740", "AK740"]


def test_every_wrong_value_is_reported_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(
        """{
"format": "agreementkit-review/1",
"document": {"precedent": 7},
"unknown": [1, 2],
"comments": [
{"id": "1", "paragraph": "a", "text": "fine", "also unknown": {}},
{"id": "2", "paragraph": "a"},
{"id": "3", "paragraph": "a", "text": "x", "side": "employers"},
{"id": "4", "paragraph": "a", "text": ["x"], "proposed": "y"},
{"paragraph": "a", "text": "x"},
7
]}""",
        encoding="utf-8",
    )
    found = faults(path)
    assert {code for code, _, _ in found} == {"AK743"}
    assert sorted((line, message) for _, message, line in found) == [
        (3, "'precedent' must be a text"),
        (7, "a comment must have a text or a proposed wording"),
        (8, "'side' is 'employers'"),
        (9, "'text' must be a text"),
        (10, "'id' is missing"),
        (11, "a comment must be an object with its fields"),
    ]


def test_lengths_and_numbers_have_bounds(save: Any, tmp_path: Path) -> None:
    long = save("long.json", comment("1", "a", "x" * 10_001))
    many = save("many.json", *[comment(str(at), "a") for at in range(5_001)])
    assert [message for _, message, _ in faults(long, many)] == [
        "'text' has 10,001 characters, 10,000 are the most",
        "there are 5,001 comments, 5,000 are the most",
    ]


def test_characters_that_cannot_be_printed_are_left_out(save: Any) -> None:
    (one,) = collect([save("a.json", comment("1", "a", "a\u202eb\u0007c\ud83d\ude00 d\u2028e"))]).comments
    assert one.text == "abc\U0001f600 d\ne"
