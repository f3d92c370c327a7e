"""Verification of a written file: each thing that may be wrong is put into a sound file, and must be found."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import replace

import pytest
import reading

from agreementkit.errors import OutputError
from agreementkit.tree.nodes import Anchor, Document, Note, Para, Text, Voice
from agreementkit.writers.word import WordOptions, write_word
from agreementkit.writers.word.package.archive import write_package
from agreementkit.writers.word.verify.verify import verify

WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"


@pytest.fixture(scope="module")
def noted(document: Document) -> bytes:
    return write_word(document, WordOptions(notes="footnotes"))


def _spoil(content: bytes, part: str, old: str, new: str) -> bytes:
    found = reading.parts(content)
    text = found[part].decode()
    assert old in text
    return write_package({**found, part: text.replace(old, new, 1).encode()})


@pytest.mark.parametrize(
    ("part", "old", "new", "message"),
    [
        ("word/document.xml", '<w:commentRangeStart w:id="3"/>', "", "do not match"),
        ("word/document.xml", '<w:pStyle w:val="AKParty"/>', '<w:pStyle w:val="Gone"/>', "style Gone"),
        ("word/document.xml", 'w:name="ak_recognition"', 'w:name="ak_forum"', "bookmark ak_forum is there twice"),
        ("word/document.xml", "REF ak_sched_unit", "REF ak_gone", "bookmark ak_gone"),
        ("word/document.xml", "</w:tbl><w:p>", "</w:tbl>AK_BODY<w:p>", "AK_BODY"),
        ("word/document.xml", '<w:numId w:val="4"/>', '<w:numId w:val="99"/>', "list 99"),
        ("word/commentsIds.xml", '<w16cid:commentId w16cid:paraId="10000001"', '<w16cid:commentId w16cid:paraId="1000FFFF"', "do not agree"),  # noqa: E501
        ("word/people.xml", 'w15:author="Law"', 'w15:author="Nobody"', "people"),
        ("word/_rels/document.xml.rels", 'Target="header1.xml"', 'Target="header9.xml"', "header9.xml, which is missing"),  # noqa: E501
        ("[Content_Types].xml", "/word/comments.xml", "/word/gone.xml", "gone.xml has a content type"),
        ("word/header1.xml", "Recognition Agreement", "{{ short }}", "still holds '{{'"),
        ("word/document.xml", "</w:body>", "</w:bod>", "not sound XML"),
        ("word/document.xml", '<w:r><w:fldChar w:fldCharType="end"/></w:r>', "", "a field that is not closed"),
        ("word/document.xml", '<w:r><w:fldChar w:fldCharType="begin"/></w:r>', "", "ends without a beginning"),
        ("word/styles.xml", 'w:styleId="AKText"', 'w:styleId="AKBody"', "style id AKBody is there twice"),
        ("word/styles.xml", '<w:name w:val="AK Text"/>', '<w:name w:val="ak body"/>', "style name 'ak body' is there twice"),  # noqa: E501
        ("word/styles.xml", '<w:basedOn w:val="Heading1"/>', '<w:basedOn w:val="Gone"/>', r"leads to Gone \(basedOn\)"),
        ("word/numbering.xml", '<w:pStyle w:val="AKSubclause"/>', "", "AKSubclause"),
        ("word/numbering.xml", '<w:pStyle w:val="AKParty"/>', '<w:pStyle w:val="AKText"/>', "AKText and level 1 of the list definition"),  # noqa: E501
        ("word/document.xml", '<w:tblCaption w:val="', '<w:tblCaption w:val=" "/><w:x w:val="', "a table has no description"),  # noqa: E501
        ("word/document.xml", "<w:tblHeader/>", "", "is not marked as its head"),
        ("word/document.xml", "<w:cantSplit/>", "", "may break over two pages"),
        ("word/styles.xml", 'w:lang w:val="en-GB"', 'w:lang w:val="en-US"', "language of the text"),
        ("docProps/core.xml", "<dc:language>en-GB</dc:language>", "", "the language of the file"),
        ("docProps/core.xml", "<dc:title>", "<dc:title>Not the ", "the title of the file"),
        ("docProps/core.xml", "<dc:creator>", "<dc:creator>python-docx, ", "names 'python-docx, "),
        ("docProps/app.xml", "</Properties>", "<Company>Elsewhere</Company></Properties>", "under Company"),
    ],
)  # fmt: skip
def test_a_spoilt_package_does_not_pass(
    document: Document, written: bytes, part: str, old: str, new: str, message: str
) -> None:
    with pytest.raises(OutputError, match=message):
        verify(_spoil(written, part, old, new), document, notes="comments", draft=True)


def test_a_note_left_in_the_package_is_found(document: Document, written: bytes) -> None:
    with pytest.raises(OutputError, match="n-grant-employer"):
        verify(written, document, notes="none", draft=True)


def test_a_note_hidden_in_a_header_is_found(document: Document) -> None:
    clean = write_word(document, WordOptions(notes="none"))
    leaked = _spoil(
        clean, "word/header1.xml", "Recognition Agreement", "Six months gives time to negotiate a successor."
    )
    with pytest.raises(OutputError, match="n-notice"):
        verify(leaked, document, notes="none", draft=True)


def test_a_field_without_a_result_is_found(document: Document, written: bytes) -> None:
    main = reading.parts(written)["word/document.xml"].decode()
    field = re.search(r" REF ak_\w+ [^<]*</w:instrText></w:r><w:r>.*?</w:r>(<w:r>.*?</w:r>)", main)
    assert field
    with pytest.raises(OutputError, match="a field that shows nothing: REF ak_"):
        verify(_spoil(written, "word/document.xml", field[0], field[0].replace(field[1], "")), document, notes="comments", draft=True)  # noqa: E501  # fmt: skip


def test_a_definition_after_a_list_is_found(document: Document, written: bytes) -> None:
    numbering = reading.parts(written)["word/numbering.xml"].decode()
    definition = re.search(r"<w:abstractNum .*?</w:abstractNum>", numbering)
    assert definition
    moved = numbering.replace(definition[0], "").replace("</w:numbering>", f"{definition[0]}</w:numbering>")
    with pytest.raises(OutputError, match="stands after a list"):
        verify(_spoil(written, "word/numbering.xml", numbering, moved), document, notes="comments", draft=True)


def test_a_heading_that_skips_a_level_is_found(document: Document, written: bytes) -> None:
    main = reading.parts(written)["word/document.xml"].decode()
    heading = re.search(r'<w:pStyle w:val="AKClauseHeading"/>', main)
    assert heading
    deeper = f'{heading[0]}<w:outlineLvl w:val="4"/>'
    with pytest.raises(OutputError, match="is of level 5, and the one above it of level 1"):
        verify(_spoil(written, "word/document.xml", heading[0], deeper), document, notes="comments", draft=True)


def test_two_drawings_of_one_id_are_found(document: Document, written: bytes) -> None:
    inline = f'<wp:inline xmlns:wp="{WP}"><wp:docPr id="1" name="x"/></wp:inline>'
    drawing = f"<w:p><w:r><w:drawing>{inline}</w:drawing></w:r></w:p>"
    spoilt = _spoil(written, "word/document.xml", "<w:body>", f"<w:body>{drawing}{drawing}")
    with pytest.raises(OutputError, match="the drawing id 1 is used twice"):
        verify(spoilt, document, notes="comments", draft=True)


@pytest.mark.parametrize(
    ("part", "old", "new", "message"),
    [
        ("word/document.xml", '<w:footnoteReference w:id="2"/>', "", "footnotes and their marks do not match"),
        ("word/footnotes.xml", 'w:type="separator"', 'w:type="normal"', "have no separators"),
    ],
)
def test_spoilt_footnotes_are_found(
    document: Document, noted: bytes, part: str, old: str, new: str, message: str
) -> None:
    with pytest.raises(OutputError, match=message):
        verify(_spoil(noted, part, old, new), document, notes="footnotes", draft=True)


def test_an_empty_footnote_is_found(document: Document, noted: bytes) -> None:
    footnotes = reading.parts(noted)["word/footnotes.xml"].decode()
    last = re.findall(r'<w:footnote w:id="\d+">.*?</w:footnote>', footnotes)[-1]
    empty = re.sub(r"<w:t[ >].*?</w:t>", "", last)
    with pytest.raises(OutputError, match=r"footnote \d+ is empty"):
        verify(_spoil(noted, "word/footnotes.xml", last, empty), document, notes="footnotes", draft=True)


@pytest.mark.parametrize("words", ["Seek advice first", "One two three four five"])
def test_a_short_note_in_any_part_is_found(document: Document, words: str) -> None:
    note = Note("short", Anchor("recognition"), Voice.LAW, (Para((Text(words),)),), "Law", "L")
    other = replace(document, notes=(note,))
    clean = write_word(other, WordOptions(notes="none"))
    for part, old, new in (
        ("word/footer1.xml", "<w:t>Page", f"<w:t>{words} Page"),
        ("docProps/core.xml", "<cp:revision>", f"<dc:description>{words}</dc:description><cp:revision>"),
        ("word/document.xml", '<w:alias w:val="', f'<w:alias w:val="About: {words} '),
    ):
        text = reading.parts(clean)[part].decode()
        at = old if old in text else old.replace("<w:t>", '<w:t xml:space="preserve">')
        with pytest.raises(OutputError, match="still holds the note 'short'"):
            verify(_spoil(clean, part, at, new), other, notes="none", draft=True)


def test_a_blank_anywhere_in_a_final_copy_is_found(document: Document) -> None:
    from test_word_package import _without_blanks

    finished = _without_blanks(document)
    clean = write_word(finished, WordOptions(notes="none", draft=False))
    verify(clean, finished, notes="none", draft=False)
    with pytest.raises(OutputError, match=r"word/header1.xml of a final copy still has a blank"):
        verify(_spoil(clean, "word/header1.xml", "Recognition Agreement", "[●]"), finished, notes="none", draft=False)


MAIN, CARRIED = "word/document.xml", "customXml/item2.xml"


@pytest.mark.parametrize(
    ("part", "old", "new", "message"),
    [
        (MAIN, "</w:body>", "<w:p><w:r><w:t>{</w:t></w:r><w:r><w:t>{ x</w:t></w:r></w:p></w:body>", "still holds '{{'"),
        (MAIN, "</w:body>", "<w:p><w:r><w:t>AK_</w:t></w:r><w:r><w:t>HELP</w:t></w:r></w:p></w:body>", "'AK_HELP'"),
        (MAIN, "</w:body>", "<w:p><w:r><w:t>&#123;&#37; if</w:t></w:r></w:p></w:body>", "still holds '{%'"),
        (MAIN, '<w:alias w:val="', '<w:alias w:val="{{ x', "still holds '{{'"),
        (MAIN, "</w:body>", "<w:p><w:r><w:t>{</w:t></w:r></w:p><w:p><w:r><w:t>{</w:t></w:r></w:p></w:body>", ""),
        (CARRIED, '"title":"', '"title":"{{ x', "item2.xml still holds '{{'"),
        (CARRIED, "</agreement>", "", "item2.xml is not sound XML"),
        (CARRIED, '"title":"', '"title":"\x02', "item2.xml is not sound XML"),
        (CARRIED, '"title":"', '"title":"&gone;', "item2.xml is not sound XML"),
        (CARRIED, "<agreement", "<!DOCTYPE agreement><agreement", "a document type is not allowed"),
        (MAIN, "</w:body>", '<w:p><w:pPr><w:outlineLvl w:val="5"/></w:pPr><w:bookmarkStart w:id="987" w:name="ak_9"/><w:bookmarkEnd w:id="987"/></w:p></w:body>', "is of level 6"),  # noqa: E501
    ],
)  # fmt: skip
def test_the_quick_forms_find_what_the_plain_ones_do(
    document: Document, written: bytes, part: str, old: str, new: str, message: str
) -> None:
    spoilt = _spoil(written, part, old, new)
    if not message:  # what stands in two paragraphs is not in one piece
        verify(spoilt, document, notes="comments", draft=True)
        return
    with pytest.raises(OutputError, match=message):
        verify(spoilt, document, notes="comments", draft=True)


def _field(*shown: str) -> str:
    """Return paragraphs with one field that begins in the first and ends in the last."""
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    code = "<w:r><w:instrText> TOC </w:instrText></w:r>"
    between = "".join(f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>" for words in shown)
    return f"<w:p>{begin}{code}{separate}</w:p>{between}<w:p>{end}</w:p>"


def test_what_a_field_shows_may_stand_in_paragraphs_of_its_own(document: Document, written: bytes) -> None:
    sound = _spoil(written, MAIN, "<w:body>", f"<w:body>{_field('Words')}")
    verify(sound, document, notes="comments", draft=True)
    with pytest.raises(OutputError, match="a field that shows nothing: TOC"):
        verify(_spoil(written, MAIN, "<w:body>", f"<w:body>{_field('')}"), document, notes="comments", draft=True)


@pytest.mark.parametrize(("old", "new"), [("Recognition Agreement", "{{ short }}"), ("<w:hdr ", '<w:hdr w:x="{{ x" ')])
def test_a_header_in_another_encoding_is_read_like_any(document: Document, written: bytes, old: str, new: str) -> None:
    found = reading.parts(written)
    text = found["word/header1.xml"].decode().replace(old, new, 1)
    other = re.sub(r"^<\?xml[^>]*>", '<?xml version="1.0" encoding="UTF-16"?>', text).encode("utf-16")
    with pytest.raises(OutputError, match=r"word/header1\.xml still holds '{{'"):
        verify(write_package({**found, "word/header1.xml": other}), document, notes="comments", draft=True)


@pytest.mark.parametrize("part", [MAIN, "word/styles.xml"])
def test_a_part_that_does_not_come_out_as_it_went_in_is_found(document: Document, written: bytes, part: str) -> None:
    verify(written, document, notes="comments", draft=True)  # what is known of the parts of the house is kept
    at = written.index(part.encode()) + len(part) + 40
    crc = zlib.crc32(reading.parts(written)[part])
    for damaged in (
        written[:at] + bytes([written[at] ^ 1]) + written[at + 1 :],
        written.replace(crc.to_bytes(4, "little"), (crc ^ 1).to_bytes(4, "little")),
    ):
        assert damaged != written
        with pytest.raises((zipfile.BadZipFile, zlib.error, OutputError)):
            verify(damaged, document, notes="comments", draft=True)


def test_a_part_that_is_there_twice_is_found(document: Document, written: bytes) -> None:
    file = io.BytesIO(written)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("word/styles.xml", reading.parts(written)["word/styles.xml"])
    with pytest.raises(OutputError, match=r"word/styles.xml is in the package twice"):
        verify(file.getvalue(), document, notes="comments", draft=True)
