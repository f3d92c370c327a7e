"""A draft carries the agreement as it was sent: what comes back is read beside it, and never trusts it."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from functools import cache

import pytest
from commented import changed
from edited import edited, paragraph, put_in, remove
from lxml import etree
from small import configured, small_bank

import agreementkit as ak
from agreementkit.returned import Returned
from agreementkit.returned.parts import Parts
from agreementkit.tree.codec import to_data
from agreementkit.tree.nodes import Blank, Document, Inline, Text
from agreementkit.tree.walk import divisions, map_document, map_inlines, rewrite_inlines
from agreementkit.writers import WRITERS, WriteOptions
from agreementkit.writers.json import without_notes
from agreementkit.writers.word.values.carried import NAMESPACE, carried_by
from agreementkit.writers.word.values.item import left_over


@cache
def agreement() -> ak.Agreement:
    return ak.assemble(configured(), small_bank())["recognition"]


@cache
def sent(notes: str = "comments") -> bytes:
    return WRITERS["docx"].write(agreement().document, WriteOptions(notes=notes))  # type: ignore[arg-type]


def filled(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    return map_inlines(inlines, lambda one: Text("9") if isinstance(one, Blank) else one)


def carried(content: bytes) -> Document | None:
    return carried_by(Parts.open(content, "f").parts, "f")


def with_carried(change: Callable[[bytes], bytes]) -> bytes:
    """Return a draft in which what it carries was changed."""

    def one(name: str, data: bytes) -> bytes:
        return change(data) if name.startswith("customXml/item") and b"<agreement" in data else data

    return changed(sent(), one)


def test_what_is_too_long_for_one_text_is_carried_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = sent.__wrapped__()
    monkeypatch.setattr("agreementkit.writers.word.values.carried._LONGEST", 1_000)
    pieces = sent.__wrapped__()
    assert b"<piece>" not in b"".join(Parts.open(whole, "f").parts.values())
    (item,) = (data for name, data in Parts.open(pieces, "f").parts.items() if b"<piece>" in data)
    assert item.count(b"<piece>") > 10
    assert carried(pieces) == carried(whole) is not None


def test_what_is_carried_is_what_was_sent_without_notes_and_origins() -> None:
    found = carried(sent())
    assert found is not None
    assert found.notes == ()
    assert all(one.origin is None for one in divisions(found))
    plain = without_notes(agreement().document)
    kept = to_data(found)
    assert kept["meta"] == to_data(plain)["meta"]
    assert [one.id for one in divisions(found)] == [one.id for one in divisions(plain)]
    assert [dataclasses.replace(one, origin=None) for one in found.body] == list(found.body)
    assert ak.Agreement(found, ak.Report).outline() == agreement().outline()


def test_no_word_of_a_note_is_carried() -> None:
    draft = sent("none")
    (part,) = (data for data in Parts.open(draft, "f").parts.values() if b"<agreement" in data)
    assert b"&" not in part
    words = part.decode()
    for note in agreement().document.notes:
        assert note.id not in words
        for block in note.blocks:
            assert str(to_data(block))[:80] not in words


def test_a_returned_draft_is_read_beside_what_it_carries() -> None:
    def change(root: etree._Element) -> None:
        put_in(paragraph(root, "What is reasonable"), "the case", " and the day")
        gone = paragraph(root, "Notice is")
        for text in gone.iter("{*}t"):
            text.text = (text.text or "").replace("Notice is", "Notice in writing is")

    content = edited(sent(), change)
    alone, known = Returned.read(content), Returned.read(content, agreement())
    assert alone.edits == known.edits
    assert {one.tracked for one in alone.edits} == {True, False}
    assert [one.own for one in alone.comments] == [one.own for one in known.comments]
    assert all(one.own for one in alone.comments)
    assert [(one.code, one.severity.value) for one in alone.report] == [("AK819", "info")]


def test_a_copy_for_signing_carries_nothing() -> None:
    document = map_document(without_notes(agreement().document), lambda one: rewrite_inlines(one, filled))
    document = dataclasses.replace(document, opening=(), subtitle=())  # neither has all its values yet
    final = WRITERS["docx"].write(document, WriteOptions(notes="none", final=True))
    assert carried(final) is None
    assert NAMESPACE.encode() not in b"".join(Parts.open(final, "f").parts.values())


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.replace(b"agreementkit/1", b"agreementkit/9"),
        lambda data: re.sub(rb">\{.*\}<", b">" + b"[" * 20_000 + b"<", data, flags=re.DOTALL),
        lambda data: re.sub(rb'"body":\[', b'"body":[[],', data, count=1),
        lambda data: data.replace(b'"precedent":"recognition"', b'"precedent":7'),
    ],
    ids=["another form", "nested", "no divisions", "wrong type"],
)
def test_what_is_carried_is_not_trusted(change: Callable[[bytes], bytes]) -> None:
    content = with_carried(change)
    assert content != sent()
    found = Returned.read(content)
    assert found.agreement is None
    assert [(one.code, one.severity.value) for one in found.report] == [("AK809", "warning"), ("AK819", "warning")]


def test_what_is_no_xml_counts_as_not_there() -> None:
    found = Returned.read(with_carried(lambda data: data[:-3]))
    assert found.agreement is None
    assert [one.code for one in found.report] == ["AK809"]


def test_a_house_file_that_was_a_draft_gives_nothing_of_it_away() -> None:
    parts = Parts.open(sent(), "f").parts
    ours = {name for name, data in parts.items() if NAMESPACE.encode() in data}
    assert ours
    assert ours <= left_over(parts)


def test_a_paragraph_taken_out_without_tracking_is_seen() -> None:
    def change(root: etree._Element) -> None:
        remove(paragraph(root, "Notice is"))

    (edit,) = Returned.read(edited(sent(), change)).edits
    assert (edit.kind, edit.tracked, edit.place.id) == ("deleted", False, "time-off/notice")
