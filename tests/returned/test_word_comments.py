"""Comments of returned Word files: whose, on which words, in which provision; and files that are refused."""

from __future__ import annotations

import io
import zipfile

import pytest
from commented import by_hand, changed, mark, on, returned, said, words
from small import configured, small_bank

import agreementkit as ak
from agreementkit.errors import SourceError
from agreementkit.returned import WordComment, read_comments
from agreementkit.returned.comments import MOST_COMMENTS, MOST_QUOTED


def only(content: bytes) -> WordComment:
    (comment,) = read_comments(content).comments
    return comment


@pytest.fixture(scope="module")
def recognition() -> ak.Agreement:
    return ak.assemble(configured(), small_bank())["recognition"]


def test_a_comment_of_a_reviewer_stands_in_its_provision(recognition: ak.Agreement) -> None:
    start = "What is reasonable"
    found = read_comments(returned(recognition.document, (start, "B. Officer", "Why?\nHow long?")), "back.docx")
    assert found.identity is not None
    assert (found.file, found.identity.precedent) == ("back.docx", "recognition")
    assert found.identity.digest == recognition.document.meta.digest[:16]
    own = [one for one in found.comments if one.author != "B. Officer"]
    assert len(own) == len(recognition.notes)
    (comment,) = [one for one in found.comments if one.author == "B. Officer"]
    assert (comment.bookmark, comment.text) == ("ak_time_off_amount", "Why?\nHow long?")
    assert comment.quote.startswith(start)
    assert comment.paragraph.startswith(start)


def test_a_comment_on_a_signature_does_not_slip_into_the_schedule_before_it(recognition: ak.Agreement) -> None:
    found = read_comments(returned(recognition.document, ("Signed for", "C", "Who signs?")))
    (comment,) = [one for one in found.comments if one.author == "C"]
    assert comment.bookmark == "ak_sign_employer_1"


def test_a_bookmark_names_a_place_and_not_a_text() -> None:
    body = (
        f"<w:p>{mark('ak_a')}{words('First. ')}</w:p>"
        f"<w:p>{on('0', words('Still the first.'))}</w:p>"
        f"<w:p>{on('1', words('Second'))}{mark('ak_b')}</w:p>"  # wherever in its paragraph the bookmark begins
        f"<w:p>{mark('ak_a')}{on('2', words('A copy of a bookmark moves nothing.'))}</w:p>"
    )
    found = read_comments(by_hand(body, "".join(said(str(id_), f"c{id_}") for id_ in range(3))))
    assert [(one.text, one.bookmark, one.quote) for one in found.comments] == [
        ("c0", "ak_a", "Still the first."),
        ("c1", "ak_b", "Second"),
        ("c2", "ak_b", "A copy of a bookmark moves nothing."),
    ]
    assert found.identity is None


def test_a_comment_may_run_over_paragraphs_and_counts_no_struck_words() -> None:
    body = (
        f'<w:p>{mark("ak_a")}<w:commentRangeStart w:id="0"/>{words("one ")}'
        f"<w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:moveFrom>{words('moved')}</w:moveFrom>"
        f'<w:ins>{words("put in")}</w:ins></w:p><w:p>{words("two")}<w:commentRangeEnd w:id="0"/>{words("not")}</w:p>'
    )
    assert only(by_hand(body, said("0", "text"))).quote == "one put in\ntwo"


def test_what_stands_nowhere_comes_last_and_is_not_lost() -> None:
    point = '<w:r><w:commentReference w:id="1"/></w:r>'
    body = f"<w:p>{mark('ak_a')}{words('Words.')}{point}</w:p>"
    found = read_comments(by_hand(body, said("0", "nowhere") + said("1", "a point")))
    assert [(one.text, one.bookmark) for one in found.comments] == [("a point", "ak_a"), ("nowhere", "")]


def test_threads_and_resolved_comments() -> None:
    extended = '<w15:commentEx w15:paraId="0A" w15:done="1"/><w15:commentEx w15:paraId="0B" w15:paraIdParent="0A"/>'
    comments = said("0", "asks", paragraph="0A") + said("1", "answers", "B", paragraph="0B")
    body = f"<w:p>{on('0', words('w'))}{on('1', words('x'))}</w:p>"
    first, second = read_comments(by_hand(body, comments, extended)).comments
    assert (first.done, first.parent) == (True, "")
    assert (second.done, second.parent) == (False, "0")


def test_text_of_strangers_is_cleaned_and_short() -> None:
    long = "x" * (2 * MOST_QUOTED)
    comment = only(by_hand(f"<w:p>{on('0', words(long))}</w:p>", said("0", "a\u202eb\ufeff  ", author="N\u2028O")))
    assert (comment.text, comment.author) == ("ab", "N\nO")
    assert len(comment.quote) == MOST_QUOTED


def test_a_file_without_comments_has_none(recognition: ak.Agreement) -> None:
    content = returned(recognition.document)
    assert read_comments(changed(content, lambda name, part: None if "comments" in name else part)).comments == ()


# ---------------------------------------------------------------------------------------- what is refused


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"\0" * 30_000_000)
    return out.getvalue()


ENTITY = b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document xmlns:w="w">&x;</w:document>'
WORDS = f"<w:p>{words('w')}</w:p>"
HOSTILE = {
    "no zip": (b"PK\x03\x04 and nothing else", "not a sound Word file"),
    "old or locked": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 100, "locked with a password"),
    "a bomb": (bomb(), "far too large"),
    "a document type": (changed(by_hand(WORDS, ""), lambda n, p: ENTITY if n.endswith("document.xml") else p), "type"),
    "comments that are no XML": (changed(by_hand(WORDS, ""), lambda n, p: b"<" if "comments.xml" in n else p), "part"),
    "links that are no XML": (changed(by_hand(WORDS, ""), lambda n, p: b"<" if ".rels" in n else p), "_rels"),
    "too many comments": (by_hand(WORDS, said("0", "x") * (MOST_COMMENTS + 1)), "the most"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_with_a_next_step(name: str) -> None:
    content, why = HOSTILE[name]
    with pytest.raises(SourceError) as caught:
        read_comments(content, "back.docx")
    (found,) = caught.value.diagnostics
    assert found.code == "AK744"
    assert why in found.message
    assert found.hints
    assert found.place
    assert found.place.file == "back.docx"


def test_a_file_with_nothing_in_it_is_refused() -> None:
    content = changed(by_hand(WORDS, ""), lambda name, part: None if name.endswith("document.xml") else part)
    with pytest.raises(SourceError, match="no main document"):
        read_comments(content)
