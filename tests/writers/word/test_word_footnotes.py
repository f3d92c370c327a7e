"""Notes as Word's own footnotes: on the words they explain, in the voice that speaks, beside a house's own."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
import reading
from houses import bare
from reading import W, words

from agreementkit.tree.nodes import Anchor, Clause, Document, List, Note, Number, Para, Text, Voice
from agreementkit.tree.walk import block_inlines, plain_text
from agreementkit.writers.markdown import write_markdown
from agreementkit.writers.word import WordOptions, write_word
from agreementkit.writers.word.package.archive import write_package

FOOTNOTES = "word/footnotes.xml"


@pytest.fixture(scope="module")
def noted(document: Document) -> bytes:
    return write_word(document, WordOptions(notes="footnotes"))


def footnotes(content: bytes) -> dict[str, list[str]]:
    """Return the paragraphs of each footnote by id, separators left out."""
    return {
        note.get(f"{W}id", ""): [words(p).strip() for p in note.iter(f"{W}p")]
        for note in reading.tree(content, FOOTNOTES).iter(f"{W}footnote")
        if note.get(f"{W}type") is None
    }


def marks(content: bytes) -> list[str]:
    return [mark.get(f"{W}id", "") for mark in reading.tree(content).iter(f"{W}footnoteReference")]


def test_every_note_is_in_a_footnote_and_every_footnote_has_its_mark(document: Document, noted: bytes) -> None:
    said = footnotes(noted)
    assert marks(noted) == list(dict.fromkeys(marks(noted)))
    assert set(marks(noted)) == set(said)
    every = "\n".join(line for lines in said.values() for line in lines)
    for note in document.notes:
        for block in note.blocks:
            for inlines in block_inlines(block):
                assert plain_text(inlines).strip() in every
    assert len(document.notes) > 5


def test_footnotes_begin_with_the_voice_and_no_comment_is_left(document: Document, noted: bytes) -> None:
    voices = "|".join(re.escape(note.author) for note in document.notes)
    for lines in footnotes(noted).values():
        assert re.match(rf"({voices}):( \S|$)", lines[0]), lines[0]
    assert not [name for name in reading.parts(noted) if "comments" in name or "people" in name]
    assert "commentRangeStart" not in reading.parts(noted)["word/document.xml"].decode()


def test_footnotes_move_no_word_and_no_number(document: Document, noted: bytes) -> None:
    without = write_word(document, WordOptions(notes="none"))
    assert [line.text for line in reading.lines(noted)] == [line.text for line in reading.lines(without)]


def test_the_separators_are_named_in_the_settings(noted: bytes) -> None:
    named = reading.tree(noted, "word/settings.xml").find(f"{W}footnotePr")
    assert named is not None
    assert [one.get(f"{W}id") for one in named] == ["-1", "0"]
    kinds = [one.get(f"{W}type") for one in reading.tree(noted, FOOTNOTES).iter(f"{W}footnote")]
    assert kinds[:2] == ["separator", "continuationSeparator"]


def test_no_two_marks_touch_for_they_would_read_as_one_number(document: Document) -> None:
    def note(name: str, words_: str) -> Note:
        return Note(name, Anchor("x"), Voice.LAW, (Para((Text(words_),)),), "Law", "L")

    clause = Clause(id="x", heading=(Text("Heading"),), number=Number((1,), "1", "1."))
    one = Document("recognition", "T", "T", "t", body=(clause,), notes=(note("a", "First."), note("b", "Second.")))
    content = write_word(resolved(one), WordOptions(notes="footnotes"))
    assert footnotes(content) == {"1": ["Law: First.", "Law: Second."]}
    assert "[^1]: **Law:** First.\n\n    **Law:** Second.\n" in write_markdown(resolved(one))


def test_items_of_a_list_are_items_of_a_list(document: Document) -> None:
    block = List(((Text("one"),), (Text("two"),)))
    note = Note("a", Anchor("x"), Voice.LAW, (Para((Text("Either:"),)), block), "Law", "L")
    clause = Clause(id="x", heading=(Text("Heading"),), number=Number((1,), "1", "1."))
    content = write_word(
        resolved(Document("recognition", "T", "T", "t", body=(clause,), notes=(note,))), WordOptions(notes="footnotes")
    )
    assert footnotes(content) == {"1": ["Law: Either:", "one", "two"]}
    listed = [p for p in reading.tree(content, FOOTNOTES).iter(f"{W}p") if p.find(f"{W}pPr/{W}numPr") is not None]
    assert [words(p) for p in listed] == ["one", "two"]


def test_a_house_keeps_its_own_footnotes(document: Document, tmp_path: Path) -> None:
    house = tmp_path / "house.docx"
    house.write_bytes(_with_own_footnote())
    content = write_word(document, WordOptions(notes="footnotes", template=house))
    said = footnotes(content)
    assert said["7"] == ["As the council resolved."]
    assert len(said) > 5
    assert set(marks(content)) == set(said)
    assert min(int(number) for number in said if number != "7") == 8


def test_a_house_keeps_its_own_footnotes_without_any_of_ours(document: Document, tmp_path: Path) -> None:
    house = tmp_path / "house.docx"
    house.write_bytes(_with_own_footnote())
    assert footnotes(write_word(document, WordOptions(notes="none", template=house))) == {
        "7": ["As the council resolved."]
    }


def resolved(document: Document) -> Document:
    from dataclasses import replace

    from agreementkit.tree.nodes import Stage

    return replace(document, stage=Stage.RESOLVED)


def _with_own_footnote() -> bytes:
    """A plain Word file whose text has a footnote before the place of the agreement."""
    with zipfile.ZipFile(io.BytesIO(bare())) as archive:
        parts = {name: archive.read(name).decode() if name.endswith((".xml", ".rels")) else archive.read(name)
                 for name in archive.namelist()}  # fmt: skip
    text = str(parts["word/document.xml"])
    at = text.index("<w:body>") + len("<w:body>")
    own = '<w:p><w:r><w:t>Our agreements</w:t></w:r><w:r><w:footnoteReference w:id="7"/></w:r></w:p>'
    parts["word/document.xml"] = f"{text[:at]}{own}<w:p><w:r><w:t>AK_BODY</w:t></w:r></w:p>{text[at:]}"
    namespace = W.strip("{}")
    parts[FOOTNOTES] = (
        f'<w:footnotes xmlns:w="{namespace}"><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r>'
        '</w:p></w:footnote><w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/>'
        '</w:r></w:p></w:footnote><w:footnote w:id="7"><w:p><w:r><w:t>As the council resolved.</w:t></w:r></w:p>'
        "</w:footnote></w:footnotes>"
    )
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    parts["[Content_Types].xml"] = str(parts["[Content_Types].xml"]).replace(
        "</Types>", f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>'
    )
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    parts["word/_rels/document.xml.rels"] = str(parts["word/_rels/document.xml.rels"]).replace(
        "</Relationships>", f'<Relationship Id="rIdF" Type="{relation}" Target="footnotes.xml"/></Relationships>'
    )
    return write_package({name: part.encode() if isinstance(part, str) else part for name, part in parts.items()})
