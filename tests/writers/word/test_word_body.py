from __future__ import annotations

import re
from dataclasses import replace

import pytest
import reading
from reading import W, body_lines, commented, fields, line, lines, words
from word_sample import EMOJI, HARD_NAME, OUTER_SPACES, RIGHT_TO_LEFT, p, t

from agreementkit.errors import OutputError
from agreementkit.tree.nodes import (
    Anchor,
    Clause,
    CrossReference,
    Document,
    ExecutionBlock,
    Note,
    Number,
    Para,
    Phrase,
    Reference,
    ReferencePart,
    SignatureLine,
    SignatureLines,
    Stage,
    Table,
    Text,
    Voice,
)
from agreementkit.tree.walk import map_document
from agreementkit.writers.markdown import MarkdownOptions, write_markdown
from agreementkit.writers.word import WordOptions, write_word


def test_every_kind_of_division_is_written_in_its_style(written: bytes) -> None:
    expected = [
        ("AKSectionHeading", "Parties"),
        ("AKParty", "NHS Anytown Integrated Care Board, whose"),
        ("AKBody", "acting with the other recognised unions."),
        ("AKSectionHeading", "Background"),
        ("AKRecital", "The parties wish"),
        ("AKSectionHeading", "Agreed terms"),
        ("AKPart", "Foundations"),
        ("AKText", "This part says"),
        ("AKClauseHeading", "Definitions and interpretation"),
        ("AKSubclause", "In this agreement:"),
        ("AKDefinition", "Forum means the Joint"),
        ("AKDefinition", "Working Day: a day"),
        ("AKParagraph", "pay, allowances"),
        ("AKSubparagraph", "annual leave"),
        ("ListBullet3", "mergers and shared services;"),
        ("AKBody2", "and any other change"),
        ("AKBody", "A notice under this agreement is given"),
        ("AKSchedule", "Staff covered"),
        ("AKTableHead", "Pay bands"),
        ("AKTableText", "5 to 8d"),
        ("AKSchedulePart", "Part A: Members"),
        ("AKScheduleHeading", "Membership"),
        ("AKScheduleParagraph", "The Forum has two sides:"),
        ("AKScheduleItem", "the employer side"),
        ("AKScheduleSubitem", "appointed by"),
        ("AKScheduleText", "The Employer gives"),
        ("AKSignatory", "The Employer"),
        ("AKSignatureLead", "Signed for and on behalf of NHS"),
        ("AKSignatureLabel", "Signature"),
    ]
    found = [(one.style, one.text) for one in body_lines(written)]
    at = 0
    for style, start in expected:
        hit = next((n for n in range(at, len(found)) if found[n][0] == style and found[n][1].startswith(start)), None)
        if hit is None:
            hit = next((n for n, one in enumerate(found) if one[0] == style and one[1].startswith(start)), None)
        assert hit is not None, (style, start)
        at = hit


def test_no_number_is_typed(written: bytes, document: Document) -> None:
    starts = ("1.", "1.1", "(a)", "(A)", "(1)", "Schedule 1")
    assert not [one.text for one in body_lines(written) if one.text.startswith(starts)]


def test_odd_text_survives_exactly(written: bytes) -> None:
    text = line(written, "The union ").text
    assert text == f"The union {HARD_NAME} keeps its name, and so do {RIGHT_TO_LEFT} and {EMOJI} and{OUTER_SPACES}here."


def test_line_breaks_and_emphasis(written: bytes) -> None:
    assert line(written, "The Director").text == "The Director of People,\nAnytown House,\nAnytown AN1 1AA."
    italic = [words(r) for r in line(written, "changes of").element.iter(f"{W}r") if r.find(f"{W}rPr/{W}i") is not None]
    assert italic == ["place of work"]


def test_a_blank_is_highlighted(written: bytes) -> None:
    runs = [r for r in line(written, "A meeting is").element.iter(f"{W}r") if words(r) == "[●]"]
    assert len(runs) == 1
    assert runs[0].find(f"{W}rPr/{W}highlight").get(f"{W}val") == "yellow"


def test_the_cover_says_who_agrees(written: bytes) -> None:
    found = [(one.style, one.text) for one in lines(written)[:6]]
    assert found == [
        ("Title", "Trade Union Recognition Agreement"),
        ("AKCoverParty", "between"),
        ("AKCoverParty", "NHS Anytown Integrated Care Board"),
        ("AKCoverParty", "and"),
        ("AKCoverParty", HARD_NAME),
        ("AKCoverLine", "Dated [●]"),
    ]


# ------------------------------------------------------------------------------------------- references


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("Nothing in", [("REF ak_recognition_scope_leave_family \\w \\h", "2.2(b)(ii)"), ("REF ak_recognition_scope_pay \\n \\h", "(a)")]),  # noqa: E501
        ("The last of these", [("REF ak_time_off_long_29 \\w \\h", "4.3(cc)")]),
        (
            "Representatives may",
            [
                ("REF ak_sched_time \\n \\h", "Schedule 3"),
                ("REF ak_sched_time_hours_more \\n \\h", "1.2"),
                ("REF ak_sched_time_hours_more_training \\n \\h", "(a)"),
                ("REF ak_sched_time \\n \\h", "Schedule 3"),
                ("REF ak_sched_flat_two \\n \\h", "2"),
                ("REF ak_sched_flat_two_b \\n \\h", "(b)"),
                ("REF ak_sched_flat \\n \\h", "Schedule 4"),
            ],
        ),
        ("Ending this agreement", [("REF ak_recognition \\w \\h", "2"), ("REF ak_recognition_scope_leave_annual \\w \\h", "2.2(b)(i)"), ("REF ak_party_union \\w \\h", "(2)"), ("REF ak_recital_b \\w \\h", "(B)")]),  # noqa: E501
        ("The Partnership Agreement applies", []),
    ],
)  # fmt: skip
def test_references_are_fields_with_the_right_text(written: bytes, start: str, expected: list) -> None:
    assert fields(line(written, start).element) == expected


def _with_reference(document: Document, *parts: ReferencePart) -> Document:
    extra = Clause(
        id="extra", heading=t("Extra"), number=Number((8,), "8", "8."), blocks=(Para((Reference("x", parts),)),)
    )
    return replace(document, body=(*document.body, extra))


def test_a_reference_to_nothing_is_refused(document: Document) -> None:
    with pytest.raises(OutputError) as caught:
        write_word(_with_reference(document, ReferencePart("9", "gone")))
    assert caught.value.diagnostics[0].code == "AK701"


def test_a_reference_that_names_another_number_is_refused(document: Document) -> None:
    with pytest.raises(OutputError) as caught:
        write_word(_with_reference(document, ReferencePart("9", "recognition")))
    assert caught.value.diagnostics[0].code == "AK702"


def test_a_reference_to_an_unnumbered_heading_repeats_it(document: Document) -> None:
    content = write_word(_with_reference(document, ReferencePart("Foundations", "part-foundations")))
    assert ("REF ak_part_foundations \\h", "Foundations") in fields(reading.tree(content))


# --------------------------------------------------------------------------------------------- contents


def test_the_contents_list_every_heading_with_its_page(document: Document) -> None:
    content = write_word(document, WordOptions(pages={"#parties": 3, "recognition": 4, "sched-forum": 12}))
    rows = [one.text for one in lines(content) if one.style in ("TOC1", "TOC2")]
    assert rows[0] == "Parties\t3"
    assert "2.\tRecognition\t4" in rows
    assert "3.\tThe Joint Partnership Forum" in rows
    assert "Schedule 2\tConstitution of the Joint Partnership Forum, its membership and its way of working\t12" in rows
    assert rows[-1] == "Signatures"


def test_contents_point_at_bookmarks_that_are_there(written: bytes) -> None:
    root = reading.tree(written)
    names = [e.get(f"{W}name") for e in root.iter(f"{W}bookmarkStart")]
    anchors = [e.get(f"{W}anchor") for e in root.iter(f"{W}hyperlink")]
    assert len(anchors) == 17
    assert set(anchors) <= set(names)
    assert len(names) == len(set(names))


def test_nobody_is_asked_to_update_fields(written: bytes) -> None:
    assert b"updateFields" not in reading.parts(written)["word/settings.xml"]


# ---------------------------------------------------------------------------------------------- tables


def test_tables_have_a_marked_head_and_whole_rows(written: bytes) -> None:
    for table in reading.tree(written).iter(f"{W}tbl"):
        rows = table.findall(f"{W}tr")
        assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
        assert all(cell[-1].tag == f"{W}p" for cell in table.iter(f"{W}tc"))
        assert table.find(f"{W}tblPr/{W}tblCaption").get(f"{W}val")


def test_tables_end_at_the_right_margin(written: bytes) -> None:
    for table in reading.tree(written).iter(f"{W}tbl"):
        columns = sum(int(c.get(f"{W}w")) for c in table.iter(f"{W}gridCol"))
        assert columns + int(table.find(f"{W}tblPr/{W}tblInd").get(f"{W}w")) == 9026


def test_a_signature_block_keeps_together(written: bytes) -> None:
    table = list(reading.tree(written).iter(f"{W}tbl"))[-1]
    rows = table.findall(f"{W}tr")
    for row in rows[:-1]:
        assert all(
            p.find(f"{W}pPr/{W}keepNext") is not None or p.find(f"{W}pPr/{W}pStyle").get(f"{W}val") == "AKSignatureLead"
            for p in row.iter(f"{W}p")
        )


def test_the_body_ends_with_a_paragraph(written: bytes) -> None:
    body = reading.tree(written).find(f"{W}body")
    assert [e.tag for e in body][-2:] == [f"{W}p", f"{W}sectPr"]


# ------------------------------------------------------------------------------------ refusals and notes


def test_an_unresolved_document_is_refused(document: Document) -> None:
    with pytest.raises(OutputError) as caught:
        write_word(replace(document, stage=Stage.NUMBERED))
    assert caught.value.diagnostics[0].code == "AK706"


def test_a_stand_in_is_refused(document: Document) -> None:
    extra = Clause(
        id="extra", heading=t("Extra"), number=Number((8,), "8", "8."), blocks=(Para((CrossReference("x"),)),)
    )
    with pytest.raises(TypeError, match="stand-in"):
        write_word(replace(document, body=(*document.body, extra)))


@pytest.mark.parametrize("bad", ["\x00", "\x0b", "\ud800", "\uffff"])
def test_a_character_word_cannot_store_is_refused(document: Document, bad: str) -> None:
    with pytest.raises(OutputError) as caught:
        write_word(replace(document, parties=(replace(document.parties[0], blocks=(p(f"a{bad}b"),)),)))
    assert caught.value.diagnostics[0].code == "AK700"


def test_numbers_that_word_would_not_print_are_refused(document: Document) -> None:
    def change(division):
        return replace(division, number=Number((2,), "II", "II.")) if division.id == "recognition" else division

    with pytest.raises(OutputError) as caught:
        write_word(map_document(document, change))
    assert caught.value.diagnostics[0].code == "AK705"
    assert "'2.'" in caught.value.diagnostics[0].message


def test_a_comment_stands_on_its_words(written: bytes) -> None:
    anchors = commented(written)
    assert anchors["0"] == "The parties do not intend this agreement to be legally enforceable except where it says so."
    assert anchors["1"] == anchors["2"] == "The Employer recognises the Staff Side"
    assert anchors["3"].startswith("Recognition under this clause covers:|pay, allowances")
    assert anchors["3"].endswith("such other matters as the parties agree in writing.")
    assert anchors["4"] == "Recognition"
    assert anchors["6"] == "six months’ notice"


def test_comments_say_who_when_and_what(written: bytes) -> None:
    found = list(reading.tree(written, "word/comments.xml"))
    assert [c.get(f"{W}author") for c in found][:3] == ["Joint note", "Employer Side", "Law"]
    assert {c.get(f"{W}date") for c in found} == {"2027-03-01T09:00:00Z"}
    assert [words(q) for q in found[2].iter(f"{W}p")] == [
        "Recognition means recognition for the purposes of collective bargaining.",
        "It brings with it:",
        "• a right to information;",
        "• a right to paid time off for duties.",
        "Sources: Trade Union and Labour Relations (Consolidation) Act 1992, section 178; Acas Code of Practice 3",
    ]


def test_paragraph_ids_stay_in_the_range_word_keeps(written: bytes) -> None:
    w14 = "{http://schemas.microsoft.com/office/word/2010/wordml}paraId"
    ids = [int(e.get(w14), 16) for e in reading.tree(written, "word/comments.xml").iter(f"{W}p")]
    assert len(set(ids)) == len(ids)
    assert all(0 < one < 0x80000000 for one in ids)


def test_inline_notes_follow_the_paragraph_they_belong_to(document: Document) -> None:
    content = write_word(document, WordOptions(notes="inline"))
    assert "word/comments.xml" not in reading.parts(content)
    found = [(one.style, one.text) for one in body_lines(content)]
    at = next(n for n, one in enumerate(found) if one[1].startswith("The Employer recognises"))
    assert found[at + 1] == (
        "AKNote",
        "Employer Side: We recognise the unions together, so that there is one voice & one table <not several>.",
    )
    assert found[at + 2][1].startswith("Law: Recognition means")
    assert found[at + 6][1].startswith("Sources: ")
    assert found[at + 7][1].startswith("Recognition under this clause covers:")


def test_an_inline_note_on_a_table_cell_stands_after_the_table(document: Document) -> None:
    note = Note("n", Anchor("list"), Voice.LAW, (p("Both must sign."),), "Law", "L")
    table = Table((t("Post"), t("Days")), ((t("Chair"), t("2")),))
    only_a_table = ExecutionBlock(id="list", blocks=(table,))
    content = write_word(replace(document, execution=(only_a_table,), notes=(note,)), WordOptions(notes="inline"))
    assert [one.style for one in body_lines(content)[-3:]] == ["AKTableText", "AKNote", "AKTableSpace"]


def test_a_note_without_a_place_is_refused(document: Document) -> None:
    note = Note("lost", Anchor("nowhere"), Voice.LAW, (p("Lost."),), "Law", "L")
    with pytest.raises(OutputError) as caught:
        write_word(replace(document, notes=(note,)))
    assert caught.value.diagnostics[0].code == "AK704"


def test_a_note_on_nothing_is_refused(document: Document) -> None:
    empty = Clause(id="empty", number=Number((8,), "8", "8."))
    note = Note("n", Anchor("empty"), Voice.LAW, (Para((Text("On nothing."),)),), "Law", "L")
    with pytest.raises(OutputError) as caught:
        write_word(replace(document, body=(*document.body, empty), notes=(note,)))
    assert caught.value.diagnostics[0].code == "AK703"


def test_inline_notes_stand_in_the_order_of_markdown(document: Document) -> None:
    authors = "|".join(re.escape(note.author) for note in document.notes)
    printed = [
        line.text for line in body_lines(write_word(document, WordOptions(notes="inline"))) if line.style == "AKNote"
    ]
    word = [found[0] for line in printed if (found := re.match(rf"({authors}): .{{0,20}}|({authors}):$", line))]
    text = re.sub(r"\\(.)", r"\1", write_markdown(document, MarkdownOptions("inline")))
    quoted = re.findall(rf"^> \*\*({authors}):\*\*(.{{0,21}})", text, re.MULTILINE)
    assert [line.split(":")[0] for line in word] == [author for author, _ in quoted]
    assert len(word) == len(document.notes)


def test_notes_on_the_words_over_a_signature_block_stay_with_its_lines(document: Document) -> None:
    lead = (Phrase("who", (Text("Signed for the Trust"),)),)
    block = ExecutionBlock(id="sign", blocks=(SignatureLines(lead, (SignatureLine("Signature"),)),))
    notes = (
        Note("a", Anchor("sign"), Voice.LAW, (p("First."),), "Law", "L"),
        Note("b", Anchor("sign", "who"), Voice.EMPLOYER, (p("Second."),), "Employer", "E"),
    )
    content = write_word(replace(document, execution=(block,), notes=notes), WordOptions(notes="inline"))
    *_, lead_, second, first, label, _, _ = body_lines(content)
    assert [one.text for one in (lead_, second, first, label)] == [
        "Signed for the Trust", "Employer: Second.", "Law: First.", "Signature",
    ]  # fmt: skip
    assert all(one.element.find(f"{W}pPr/{W}keepNext") is not None for one in (second, first))
