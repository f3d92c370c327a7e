"""Answers in the next draft: real threads on their words, resolved where that is so, and known when they come back."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import agreementkit as ak
from agreementkit.errors import OutputError
from agreementkit.negotiating.kept import to_json
from agreementkit.negotiating.model import Negotiation
from agreementkit.negotiating.replies import left_out, threads_of
from agreementkit.negotiating.rounds import Filled, add, begin, close, update
from agreementkit.returned import read_comments
from agreementkit.writers import WRITERS, WriteOptions
from agreementkit.writers.threads import Remark, Thread
from agreementkit.writers.word.notes.spots import hang_on, words_of


@pytest.fixture
def kept(agreement: ak.Agreement, three: list[Path]) -> Negotiation:
    made = begin(Negotiation(), [agreement], date="2026-11-20")
    made, _ = add(made, three, [agreement], date="2026-11-28")
    return update(
        made,
        [
            Filled("1-03", "accepted", response="The line manager.\nSee 4.1."),
            Filled("1-04", "rejected", response="No."),
        ],
        date="2026-11-29",
    )[0]


def written(agreement: ak.Agreement, *threads: Thread, **options: str) -> bytes:
    chosen = WriteOptions(threads={agreement.precedent: threads}, **options)  # type: ignore[arg-type]
    return WRITERS["docx"].write(agreement.document, chosen)


def said(content: bytes) -> list[tuple[str, str, str, bool]]:
    found = read_comments(content).comments
    by_id = {one.id: one for one in found}
    return [
        (one.author, one.text, by_id[one.parent].author if one.parent else "", one.done)
        for one in found
        if one.author in ("H. Lead", "U. Officer", "M. Member", "Joint secretaries", "R")
    ]


def test_answers_are_threaded_replies_and_what_is_dealt_with_is_resolved(
    kept: Negotiation, agreement: ak.Agreement
) -> None:
    content = written(agreement, *threads_of(kept, [agreement])["recognition"])
    found = said(content)
    asked = found.index(("H. Lead", "Who decides this?", "", True))
    assert found[asked + 1] == ("Joint secretaries", "The line manager.\nSee 4.1.", "H. Lead", True)
    assert ("Joint secretaries", "No.", "U. Officer", False) in found
    assert ("U. Officer", "Fine with us", "", False) in found, "what nobody has answered yet is there, too"
    assert sum(author == "Joint secretaries" for author, *_ in found) == 4
    made = docx.Document(io.BytesIO(content))  # an independent reader
    comments = {one.text: one for one in made.comments}
    assert (comments["Who decides this?"].author, comments["Who decides this?"].initials) == ("H. Lead", "XX")


def test_comments_stand_on_their_words(agreement: ak.Agreement) -> None:
    thread = Thread("time-off/notice", Remark("R", "Long"), (Remark("R", "Short"),), "Working Days, or")
    value = Thread("time-off/notice", Remark("R", "Value"), (), "28")
    term = Thread("meaning/terms", Remark("R", "Term"), (), "Monday", "Working Day")
    gone = Thread("time-off/notice", Remark("R", "Gone"), (), "no such words")
    found = {one.text: one.quote for one in read_comments(written(agreement, thread, value, term, gone)).comments}
    assert found["Long"] == found["Short"] == "Working Days, or"
    assert found["Value"] == "28 days", "a content control is never parted"
    assert found["Term"] == "Monday"
    assert found["Gone"].startswith("Notice is 5")


def test_without_threads_the_bytes_are_the_same(agreement: ak.Agreement) -> None:
    plain = WRITERS["docx"].write(agreement.document, WriteOptions())
    assert written(agreement) == plain
    assert written(agreement, Thread("time-off", Remark("R", "x"))) != plain


@pytest.mark.parametrize("notes", ["comments", "footnotes", "inline", "none"])
def test_threads_are_comments_however_notes_are_shown(agreement: ak.Agreement, notes: str) -> None:
    content = written(agreement, Thread("time-off/amount", Remark("R", "{{ x }} [●] <b>", "2026")), notes=notes)
    assert [text for _, text, _, _ in said(content)] == ["{{ x }} [●] <b>"]


def test_a_comment_without_a_place_stands_at_the_beginning_and_says_where_it_was(
    kept: Negotiation, agreement: ak.Agreement
) -> None:
    document = agreement.document
    short = replace(agreement, document=replace(document, body=tuple(d for d in document.body if d.id != "time-off")))
    (lost,) = [t for t in threads_of(kept, [short])["recognition"] if "Who decides" in t.remark.text]
    assert (lost.division, lost.remark.text) == (
        "",
        "[On 3.2 3. Time off, which is not in this draft] Who decides this?",
    )


def test_the_clause_takes_in_what_stood_on_a_paragraph_that_is_gone(kept: Negotiation, agreement: ak.Agreement) -> None:
    def without(division: object) -> object:
        left = tuple(one for one in division.children if one.id != "time-off/amount")  # type: ignore[attr-defined]
        return replace(division, children=left) if division.id == "time-off" else division  # type: ignore[attr-defined,type-var]

    document = agreement.document
    short = replace(agreement, document=replace(document, body=tuple(map(without, document.body))))  # type: ignore[arg-type]
    (moved,) = [t for t in threads_of(kept, [short])["recognition"] if "Who decides" in t.remark.text]
    assert (moved.division, moved.remark.text) == ("time-off", "Who decides this?")


def test_what_comes_back_in_the_threads_is_known(
    kept: Negotiation, agreements: ak.AgreementSet, tmp_path: Path
) -> None:
    agreement = agreements["recognition"]
    (path, *_) = [
        one.path
        for one in agreements.write(tmp_path, ("docx",), replies=kept, pages="off")
        if one.precedent == "recognition"
    ]
    second, report = add(begin(kept, [agreement]), [path], [agreement], date="2026-12-02")
    assert not list(report)
    assert second.rounds[1].points == (), "neither our answers nor the points they answer are new"
    assert set(second.rounds[1].again) == set(kept.points)


@pytest.mark.libreoffice
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not on this machine")
def test_threads_that_libreoffice_has_saved_are_known(
    kept: Negotiation, agreement: ak.Agreement, tmp_path: Path
) -> None:
    sent = tmp_path / "sent.docx"
    sent.write_bytes(written(agreement, *threads_of(kept, [agreement])["recognition"]))
    subprocess.run(
        [
            "soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
            "--convert-to", "docx", "--outdir", str(tmp_path / "back"), str(sent),
        ],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    second, _ = add(begin(kept, [agreement]), [tmp_path / "back" / "sent.docx"], [agreement], date="2026-12-02")
    assert second.rounds[1].points == ()
    assert set(second.rounds[1].again) == set(kept.points)


def test_what_was_closed_in_an_earlier_round_is_left_to_the_report(kept: Negotiation, agreement: ak.Agreement) -> None:
    third = begin(close(kept, anyway=True, date="2026-11-30"), [agreement])
    texts = [one.remark.text for one in threads_of(third, [agreement])["recognition"]]
    assert "Who decides this?" not in texts
    assert "Fine with us" in texts


def test_a_final_copy_has_no_comments(kept: Negotiation, agreements: ak.AgreementSet, tmp_path: Path) -> None:
    file = tmp_path / "n.json"
    file.write_text(to_json(kept), encoding="utf-8")
    with pytest.raises(OutputError) as caught:
        agreements.write(tmp_path / "out", ("docx",), final=True, replies=file)
    assert "AK829" in [one.code for one in caught.value.diagnostics]
    assert not (tmp_path / "out").exists()


def test_points_on_agreements_that_are_not_written_are_named(kept: Negotiation, agreements: ak.AgreementSet) -> None:
    assert not list(left_out(kept, agreements))
    assert [one.code for one in left_out(kept, [agreements["partnership"]])] == ["AK825"] * 9


def test_the_parts_of_threads_agree(kept: Negotiation, agreement: ak.Agreement) -> None:
    content = written(agreement, *threads_of(kept, [agreement])["recognition"])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        extended = archive.read("word/commentsExtended.xml").decode()
        body = archive.read("word/document.xml").decode()
    assert extended.count("w15:paraIdParent=") == 4
    assert (
        body.count("<w:commentRangeStart ") == body.count("<w:commentReference ") == extended.count("<w15:commentEx ")
    )


RUNS = '<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">One two </w:t></w:r><w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>28 days</w:t></w:r></w:sdtContent></w:sdt><w:r><w:t xml:space="preserve"> and </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF a </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>4.1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t>&amp; more.</w:t></w:r>'  # noqa: E501
WORDS = "One two 28 days and 4.1& more."


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(WORDS)), st.integers(1, len(WORDS)))
def test_any_words_can_be_marked_without_changing_any(start: int, length: int) -> None:
    quote = WORDS[start : start + length]
    marked = hang_on(RUNS, quote, "<S/>", "<E/>")
    if not quote.strip():
        assert marked is None
        return
    assert marked is not None
    assert (marked.count("<S/>"), marked.count("<E/>")) == (1, 1)
    assert words_of(marked) == WORDS
    inside = words_of(marked.partition("<S/>")[2].partition("<E/>")[0])
    assert quote.strip() in inside
    for part in ("<w:sdt>", "begin"):
        close_ = {"<w:sdt>": "</w:sdt>", "begin": '"end"'}[part]
        held = marked.partition(part)[2].partition(close_)[0]
        assert "<S/>" not in held
        assert "<E/>" not in held
