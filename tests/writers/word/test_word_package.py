from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
import reading
from reading import W
from word_sample import p

from agreementkit.errors import OutputError
from agreementkit.tree.nodes import Blank, Document, Meta, Text
from agreementkit.tree.walk import map_document, map_inlines, rewrite_inlines
from agreementkit.writers.word import WordOptions, write_word
from agreementkit.writers.word.allocate import Allocator
from agreementkit.writers.word.styles.numbering import letters, roman


def test_the_same_document_gives_the_same_bytes(document: Document, written: bytes) -> None:
    assert write_word(document) == written


def test_the_package_is_in_order_and_dated_once(written: bytes) -> None:
    with zipfile.ZipFile(BytesIO(written)) as archive:
        infos = archive.infolist()
        assert archive.testzip() is None
    assert [i.filename for i in infos[:3]] == ["[Content_Types].xml", "_rels/.rels", "word/document.xml"]
    assert {i.date_time for i in infos} == {(1980, 1, 1, 0, 0, 0)}
    assert len({i.filename for i in infos}) == len(infos)


def test_a_package_can_be_read_by_python_docx(written: bytes) -> None:
    import docx

    opened = docx.Document(BytesIO(written))
    assert opened.core_properties.title == "Trade Union Recognition Agreement"
    assert opened.core_properties.author == "NHS Anytown ICB"
    assert opened.core_properties.language == "en-GB"
    assert opened.core_properties.created.isoformat() == "2027-03-01T09:00:00+00:00"


def test_the_file_says_what_made_it(written: bytes) -> None:
    custom = reading.tree(written, "docProps/custom.xml")
    assert {e.get("name"): "".join(e.itertext()) for e in custom} == {
        "agreementkit.precedent": "recognition",
        "agreementkit.bank": "core 1.0.0",
        "agreementkit.digest": "0123456789abcdef",
    }


def test_no_trace_of_a_tool_or_a_default(written: bytes) -> None:
    everything = b"".join(reading.parts(written).values())
    assert b"python-docx" not in everything
    assert b"2013" not in re.sub(rb"http[^\"']*", b"", everything)
    assert not [n for n in reading.parts(written) if "thumbnail" in n]


def test_notes_none_leaves_no_trace(document: Document) -> None:
    content = write_word(document, WordOptions(notes="none"))
    names = reading.parts(content)
    assert not [n for n in names if "comment" in n or "people" in n]
    everything = b"".join(names.values()).decode()
    for trace in (
        "commentRangeStart",
        "commentReference w:id",
        "one voice",
        "Joint note",
        "Employer Side",
        "Six months gives",
    ):
        assert trace not in everything


def test_notes_move_neither_words_nor_numbers(document: Document, written: bytes) -> None:
    without = write_word(replace(document, notes=()))
    with_none = write_word(document, WordOptions(notes="none"))
    assert without == with_none
    assert [x.text for x in reading.lines(without)] == [x.text for x in reading.lines(written)]


def test_a_draft_says_so_on_every_page(written: bytes) -> None:
    footers = [reading.tree(written, f"word/footer{n}.xml") for n in (1, 2)]
    assert "HR/REC/014 · Version 0.3 · 1 March 2027 · Draft" in reading.words(footers[0])
    assert "Status\tDraft" in reading.words(footers[1])
    for number in (1, 2):
        assert reading.words(reading.tree(written, f"word/header{number}.xml")).endswith("DRAFT – not for signature")


def _without_blanks(document: Document) -> Document:
    def fill(inlines):
        return map_inlines(inlines, lambda i: Text("ten") if isinstance(i, Blank) else i)

    return replace(map_document(document, lambda d: rewrite_inlines(d, fill)), opening=())


def test_a_final_copy_has_no_draft_word(document: Document) -> None:
    content = write_word(_without_blanks(document), WordOptions(notes="none", draft=False))
    assert b"raft" not in b"".join(v for n, v in reading.parts(content).items() if not n.startswith("docProps/app"))


def test_a_final_copy_with_a_blank_is_refused(document: Document) -> None:
    with pytest.raises(OutputError, match="blank"):
        write_word(document, WordOptions(draft=False))


def test_optional_facts_leave_the_cover(document: Document) -> None:
    content = write_word(replace(document, meta=Meta(organisation="Anytown")))
    assert reading.words(reading.tree(content, "word/footer2.xml")) == "Status\tDraft"
    assert reading.words(reading.tree(content, "word/footer1.xml")) == "Draft\tPage 1 of 1"


def test_braces_in_a_name_are_text(document: Document) -> None:
    content = write_word(
        replace(
            document,
            title="{{ 7*7 }} {% raw %} {_{ x",
            parties=(replace(document.parties[0], blocks=(p("{{ y }}"),)), *document.parties[1:]),
        )
    )
    assert reading.lines(content)[0].text == "{{ 7*7 }} {% raw %} {_{ x"


def test_markup_in_a_field_is_text(document: Document) -> None:
    name = 'A*B & C <Ltd> "x" <w:p/>'
    content = write_word(replace(document, meta=replace(document.meta, organisation=name)))
    assert reading.lines(content, "word/header2.xml")[0].text == name


def test_a_bad_date_is_refused(document: Document) -> None:
    with pytest.raises(OutputError) as caught:
        write_word(replace(document, meta=replace(document.meta, date="1 March")))
    assert caught.value.diagnostics[0].code == "AK707"


# ---------------------------------------------------------------------------------------- small parts


def test_letters_go_on_as_word_does() -> None:
    assert [letters(n) for n in (1, 26, 27, 28, 52, 53)] == ["a", "z", "aa", "bb", "zz", "aaa"]
    assert [roman(n) for n in (1, 4, 9, 14, 40, 99)] == ["i", "iv", "ix", "xiv", "xl", "xcix"]


def test_bookmark_names_are_short_and_unique() -> None:
    allocator = Allocator()
    first, second = allocator.bookmark("a/b-c"), allocator.bookmark("a/b/c")
    long = allocator.bookmark("x" * 60)
    assert first == "ak_a_b_c"
    assert second != first
    assert second.startswith("ak_a_b_c_")
    assert len(long) == 40
    assert allocator.bookmark("a/b-c") == first


def test_levels_and_styles_are_bound_both_ways(written: bytes) -> None:
    numbering, styles = reading.tree(written, "word/numbering.xml"), reading.tree(written, "word/styles.xml")
    bound = {e.get(f"{W}val") for e in numbering.iter(f"{W}pStyle")}
    numbered = {s.get(f"{W}styleId") for s in styles.iter(f"{W}style") if s.find(f"{W}pPr/{W}numPr") is not None}
    assert bound == numbered
    assert len(bound) == 15
