"""A returned file against what was sent: every word of it is in the new version, at its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree
from redlined import words
from small import DEFAULT_CONFIG, small_bank

import agreementkit as ak
from agreementkit.comparing.sources import compare_named
from agreementkit.errors import AgreementKitError
from agreementkit.returned.against import compare_returned
from agreementkit.testing.redlines import faults_of
from agreementkit.testing.revisions import main_part, with_main
from agreementkit.tree.nodes import Reference
from agreementkit.tree.walk import division_inlines, plain_text
from agreementkit.writers.json import write_json
from agreementkit.writers.word import write_word
from agreementkit.writers.word.markup import w


@pytest.fixture(scope="module")
def sent() -> ak.Agreement:
    return ak.assemble(ak.Config.load(DEFAULT_CONFIG), small_bank())["recognition"]


def paragraph(root: etree._Element, said: str) -> etree._Element:
    """The paragraph of the body that says something, by its words in any runs."""
    return next(one for one in root.iter(w("p")) if said in "".join(t.text or "" for t in one.iter(w("t"))))


def returned(sent: ak.Agreement, folder: Path, *edits: object) -> Path:
    """A Word file of the agreement with edits that nobody tracked."""
    content = write_word(sent.document)
    root = main_part(content)
    for edit in edits:
        edit(root)  # type: ignore[operator]
    path = folder / "returned.docx"
    path.write_bytes(with_main(content, root))
    return path


def reworded(old: str, new: str) -> object:
    def edit(root: etree._Element) -> None:
        one = next(t for t in root.iter(w("t")) if old in (t.text or ""))
        one.text = (one.text or "").replace(old, new)

    return edit


def gone(said: str) -> object:
    def edit(root: etree._Element) -> None:
        one = paragraph(root, said)
        one.getparent().remove(one)  # type: ignore[union-attr]

    return edit


def added(behind: str, said: str) -> object:
    def edit(root: etree._Element) -> None:
        one = paragraph(root, behind)
        new = etree.fromstring(etree.tostring(one))
        for mark in [*new.iter(w("bookmarkStart")), *new.iter(w("bookmarkEnd"))]:
            mark.getparent().remove(mark)  # type: ignore[union-attr]
        runs = [child for child in new if child.tag != w("pPr")]
        for run in runs:
            new.remove(run)
        etree.SubElement(etree.SubElement(new, w("r")), w("t")).text = said
        one.addnext(new)

    return edit


def test_a_file_that_came_back_as_it_was_sent_is_the_same(sent: ak.Agreement, tmp_path: Path) -> None:
    comparison = compare_returned(sent, returned(sent, tmp_path))
    assert comparison.same, comparison.text()


def test_words_and_paragraphs_that_nobody_tracked_are_in_the_redline(sent: ak.Agreement, tmp_path: Path) -> None:
    file = returned(
        sent,
        tmp_path,
        reworded("do not affect", "never change"),
        gone("What is reasonable depends on the case."),
        added("Headings never change", "Everybody reads this agreement in good faith."),
    )
    comparison = compare_returned(sent, file)
    assert comparison.left == ()
    (written,) = comparison.write(tmp_path / "redline.docx")
    root = main_part(written.read_bytes())
    assert any("do not affect" in text for text in words(root, "del"))
    assert any("never change" in text for text in words(root, "ins"))
    assert "What is reasonable depends on the case." in words(root, "del")
    assert "Everybody reads this agreement in good faith." in words(root, "ins")
    assert not faults_of(comparison.agreements[0], written.read_bytes())


def test_words_that_touch_now_touch_in_the_redline(sent: ak.Agreement, tmp_path: Path) -> None:
    file = returned(sent, tmp_path, reworded("is reasonable depends", "is reasonable, and fair, depends"))
    comparison = compare_returned(sent, file)
    (change,) = (one for one in comparison.changes if one.id == "time-off/amount")
    assert change.new is not None
    assert plain_text(change.new.blocks[0].inlines) == "What is reasonable, and fair, depends on the case."  # type: ignore[union-attr]


def test_a_paragraph_that_gained_a_word_keeps_its_references(sent: ak.Agreement, tmp_path: Path) -> None:
    comparison = compare_returned(sent, returned(sent, tmp_path, reworded("Refusals go to", "All refusals go to")))
    (change,) = (one for one in comparison.changes if one.id == "time-off/refusal")
    assert change.new is not None
    assert [one.target for one in division_inlines(change.new) if isinstance(one, Reference)]
    assert "{+All refusals+}" in comparison.text()


def test_by_name_a_word_file_stands_behind_what_was_sent(sent: ak.Agreement, tmp_path: Path) -> None:
    file = returned(sent, tmp_path, reworded("do not affect", "never change"))
    source = tmp_path / "sent.json"
    source.write_text(write_json(sent.document), encoding="utf-8")
    comparison = compare_named((str(source), str(file)))
    assert comparison.names == ("sent", "returned")
    assert "never change" in comparison.text()
    for names in ((str(file), str(source)), (str(file), str(file)), (str(tmp_path), str(file))):
        with pytest.raises(AgreementKitError, match="AK772"):
            compare_named(names)
