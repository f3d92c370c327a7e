"""The shape of a Markdown file: numbers, headings, anchors, links, notes."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from markdown_readers import PANDOC, READERS, pandoc, words

from agreementkit.errors import OutputError
from agreementkit.testing.trees import documents
from agreementkit.tree import nodes as n
from agreementkit.tree.walk import divisions, plain_text
from agreementkit.writers.markdown import MarkdownOptions, write_markdown
from agreementkit.writers.outline import SIGNATURE_LINES_ACROSS, text_lines

T = n.Text


def number(label: str, own: str | None = None) -> n.Number:
    return n.Number((1,), label, label if own is None else own)


def para(*inlines: Any) -> n.Para:
    return n.Para(tuple(T(one) if isinstance(one, str) else one for one in inlines))


def ref(target: str, text: str, agreement: str = "") -> n.Reference:
    return n.Reference(target, (n.ReferencePart("clause "), n.ReferencePart(text, target)), agreement)


def note(id_: str, anchor: n.Anchor, *blocks: n.Block, author: str = "Staff Side", **more: Any) -> n.Note:
    return n.Note(id_, anchor, n.Voice.STAFF_SIDE, blocks, author=author, **more)


SAMPLE = n.Document(
    precedent="recognition",
    title="Trade Union Recognition Agreement",
    short="Recognition Agreement",
    stem="recognition-agreement",
    subtitle=((T("Northmoor Trust"),), (T("Unified Staff Union"),)),
    opening=(para("Dated ", n.Blank("dates.signed")),),
    parties=(n.PartyEntry(id="p1", number=number("(1)"), blocks=(para("Northmoor Trust; and"),)),),
    background=(n.Recital(id="why", number=number("(A)"), blocks=(para("The parties agree."),)),),
    body=(
        n.Part(
            id="part-1",
            heading=(T("General"),),
            children=(
                n.Clause(
                    id="meaning",
                    heading=(T("Definitions and "), n.Phrase("h", (T("interpretation"),))),
                    number=number("1", "1."),
                    children=(
                        n.SubClause(
                            id="meaning/words",
                            number=number("1.1"),
                            blocks=(
                                para("In this agreement:"),
                                n.DefinitionEntry("staff", "Staff", (T("means all employees; "), T("see below."))),
                            ),
                        ),
                        n.SubClause(
                            id="meaning/~2",
                            number=number("1.2"),
                            blocks=(para("They meet in "), n.List(((T("spring"),), (T("autumn"),)))),
                            children=(
                                n.Paragraph(
                                    id="meaning/~2/~1",
                                    number=number("1.2(a)", "(a)"),
                                    blocks=(para("under ", ref("meaning/words", "1.1"), "; and"), para("More text.")),
                                    children=(
                                        n.SubParagraph(
                                            id="meaning/~2/~1/~1",
                                            number=number("1.2(a)(i)", "(i)"),
                                            blocks=(para(ref("peace", "7", "partnership"), " [sic]"),),
                                        ),
                                    ),
                                ),
                            ),
                        ),
                    ),
                ),
            ),
        ),
        n.Clause(
            id="lone",
            heading=(T("Alone"),),
            number=number("2", "2."),
            children=(
                n.SubClause(
                    id="lone/~1", number=number("2", ""), blocks=(para("Only ", n.Phrase("p", (T("this"),)), "."),)
                ),
            ),
        ),
    ),
    schedules=(
        n.Schedule(
            id="s",
            heading=(T("Time off"),),
            number=number("Schedule 1"),
            children=(
                n.Clause(id="s/h", heading=(T("Headed"),), number=number("1", "1.")),
                n.SchedulePart(
                    id="s/part",
                    heading=(T("Part"),),
                    children=(
                        n.Clause(id="s/h2", heading=(T("Deeper"),), number=number("2", "2.")),
                        n.Clause(
                            id="s/~3",
                            number=number("3", "3."),
                            blocks=(para("Plain."), n.Table(((T("A|B"),), (T("C"),)), (((T("1"),), ()),))),
                        ),
                    ),
                ),
            ),
        ),
    ),
    execution=(
        n.ExecutionBlock(
            id="sign",
            blocks=(
                n.SignatureLines(
                    (T("Signed for the Trust"),),
                    (n.SignatureLine("Signature"), n.SignatureLine("Name", (T("J. Smith"),))),
                ),
            ),
        ),
    ),
    notes=(
        note("n1", n.Anchor("meaning", "h"), para("On the words.")),
        note(
            "n2",
            n.Anchor("meaning"),
            para("On the heading, see ", ref("lone", "2"), "."),
            n.List(((T("one"),), (T("two"),))),
            para("Last."),
            author="Law",
            cites=(n.Citation("x", "TULRCA 1992, s 168"), n.Citation("y", "Acas Code 3")),
        ),
        note("n3", n.Anchor("meaning/~2"), para("On the sub-clause.")),
        note("n4", n.Anchor("lone/~1", "p"), para("First.")),
        note("n5", n.Anchor("lone/~1", "p"), para("Second."), author="Employer"),
        note("n6", n.Anchor("sign", whole=True), para("On signing.")),
    ),
    stage=n.Stage.RESOLVED,
)

EXPECTED = """\
# Trade Union Recognition Agreement

Northmoor Trust

Unified Staff Union

Dated \\[●\\]

## Parties

<a id="ak-p1"></a>\\(1) Northmoor Trust; and

## Background

<a id="ak-why"></a>\\(A) The parties agree.

## Agreed terms

## General

## <a id="ak-meaning"></a>1. Definitions and interpretation[^1]

<a id="ak-meaning.words"></a>1.1 In this agreement:

**Staff** means all employees; see below.

<a id="ak-meaning.__2"></a>1.2 They meet in&#32;[^2]

- spring
- autumn

<a id="ak-meaning.__2.__1"></a>\\(a) under [clause 1.1](#ak-meaning.words); and

More text.

<a id="ak-meaning.__2.__1.__1"></a>\\(i) [clause 7](partnership%20agreement.md#ak-peace) \\[sic\\]

## <a id="ak-lone"></a>2. Alone

<a id="ak-lone.__1"></a>Only this[^3].

## <a id="ak-s"></a>Schedule 1 Time off

### <a id="ak-s.h"></a>1. Headed

### Part

#### <a id="ak-s.h2"></a>2. Deeper

<a id="ak-s.__3"></a>3\\. Plain.

| A&#124;B | C |
| --- | --- |
| 1 |  |

## Signatures

Signed for the Trust[^4]

| Signature | Name |
| --- | --- |
|  | J. Smith |

[^1]: **Staff Side:** On the words.

    **Law:** On the heading, see [clause 2](#ak-lone).

    - one
    - two

    Last.

    Sources: TULRCA 1992, s 168; Acas Code 3

[^2]: **Staff Side:** On the sub-clause.

[^3]: **Staff Side:** First.

    **Employer:** Second.

[^4]: **Staff Side:** On signing.
"""
FILES = {"partnership": "partnership agreement.md"}
MARK = re.compile(r"\[\^\d+\](?!:)")


def body(markdown: str) -> str:
    return markdown.split("\n\n[^1]: ")[0].rstrip("\n")


def test_the_whole_file() -> None:
    assert write_markdown(SAMPLE, MarkdownOptions(files=FILES)) == EXPECTED


def test_without_notes_nothing_else_changes() -> None:
    bare = write_markdown(SAMPLE, MarkdownOptions("none", FILES))
    assert bare == MARK.sub("", body(EXPECTED)) + "\n"
    assert bare == write_markdown(replace(SAMPLE, notes=()), MarkdownOptions(files=FILES))


def test_inline_notes_are_block_quotes_after_their_paragraph() -> None:
    made = write_markdown(SAMPLE, MarkdownOptions("inline", FILES))
    assert (
        "interpretation\n\n> **Staff Side:** On the words.\n\n> **Law:** On the heading, see [clause 2](#ak-lone).\n"
        ">\n> - one\n> - two\n>\n> Last.\n>\n> Sources: TULRCA 1992, s 168; Acas Code 3\n\n<a id"
    ) in made
    assert "Signed for the Trust\n\n> **Staff Side:** On signing.\n\n| Signature" in made
    kept = [chunk for chunk in made.rstrip("\n").split("\n\n") if not chunk.startswith(">")]
    assert "\n\n".join(kept) + "\n" == write_markdown(SAMPLE, MarkdownOptions("none", FILES))


def test_an_agreement_without_a_file_is_no_link() -> None:
    assert "\\(i) clause 7 \\[sic\\]" in write_markdown(SAMPLE)


def test_links_lead_to_anchors() -> None:
    made = write_markdown(SAMPLE, MarkdownOptions(files=FILES))
    anchors = re.findall(r'<a id="([^"]+)">', made)
    assert len(anchors) == len(set(anchors))
    assert set(re.findall(r"\]\(#([^)]+)\)", made)) <= set(anchors)


@pytest.mark.pandoc
@pytest.mark.skipif(not PANDOC, reason="pandoc is not on this machine")
@pytest.mark.parametrize("dialect", ["gfm", "markdown"])
def test_pandoc_sees_headings_notes_and_no_list_but_ours(dialect: str) -> None:
    blocks = pandoc(EXPECTED, dialect)
    headings = [(block["c"][0], words(block["c"][2])) for block in blocks if block["t"] == "Header"]
    assert (2, "1. Definitions and interpretation") in headings
    assert headings[-4:-1] == [(3, "1. Headed"), (3, "Part"), (4, "2. Deeper")]
    assert sum(block["t"] == "OrderedList" for block in blocks) == 0
    assert sum(block["t"] == "BulletList" for block in blocks) == 1
    assert str(blocks).count("'Note'") == 4
    assert "'RawBlock'" not in str(blocks)


@pytest.mark.parametrize(
    "dialect", [pytest.param(d, marks=[pytest.mark.pandoc]) for d in READERS if d != "python-markdown"]
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(document=documents())
def test_any_agreement_reads_back_word_for_word(dialect: str, document: n.Document) -> None:
    """White space squeezed, since a line break may be a space; everything else exact and in order."""
    found = [squeezed(line) for line in READERS[dialect](write_markdown(document))]
    expected = [squeezed(line) for line in _expected(document)]
    assert list(filter(None, found)) == list(filter(None, expected))


def squeezed(text: str) -> str:
    return " ".join(text.split())


def _expected(document: n.Document) -> list[str]:
    heads = document.headings
    out = [document.title, *map(plain_text, document.subtitle)]
    lines: list[str] = []
    for block in document.opening:
        lines += _rows(n.Clause(id="", blocks=(block,)))
    lines += [heads.summary] if document.summary else []
    for block in document.summary:
        lines += _rows(n.Clause(id="", blocks=(block,)))
    for heading, tops in (
        (heads.parties, document.parties),
        (heads.background, document.background),
        (heads.agreed, document.body),
        ("", document.schedules),
        (heads.execution, document.execution),
    ):
        lines += [heading] if tops else []
        for top in tops:
            lines += _rows(top)
    return out + lines


def _rows(division: n.Division) -> list[str]:
    """The lines of a division with each cell and item on its own, as readers give them."""
    shallow = replace(division, blocks=(), children=())
    first, *rest = (*division.blocks, None)
    leads = not division.heading and not isinstance(division, n.Schedule) and isinstance(first, n.Para)
    if leads:
        shallow = replace(shallow, blocks=(first,))
    else:
        rest = [first, *rest]
    out = list(text_lines(shallow))
    for block in rest:
        match block:
            case n.List(items):
                out += map(plain_text, items)
            case n.Table(header, rows):
                out += [plain_text(cell) for row in (header, *rows) for cell in row]
            case n.SignatureLines(lead, lines):
                out.append(plain_text(lead))
                for at in range(0, len(lines), SIGNATURE_LINES_ACROSS):
                    row = lines[at : at + SIGNATURE_LINES_ACROSS]
                    out += [*(line.label for line in row), *(plain_text(line.inlines) for line in row)]
            case None:
                pass
            case _:
                out += text_lines(n.Part(id="", blocks=(block,)))
    return out + [line for child in division.children for line in _rows(child)]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(document=documents())
def test_notes_never_move_the_text_of_any_agreement(document: n.Document) -> None:
    bare = write_markdown(document, MarkdownOptions("none")).rstrip("\n")
    noted = write_markdown(document)
    assert bare == write_markdown(replace(document, notes=())).rstrip("\n")
    kept = [chunk for chunk in (MARK.sub("", one) for one in body(noted).split("\n\n")) if chunk]
    assert "\n\n".join(kept) == bare
    inline = write_markdown(document, MarkdownOptions("inline")).rstrip("\n").split("\n\n")
    assert [chunk for chunk in inline if not chunk.startswith(">")] == bare.split("\n\n")
    assert not re.search(r"\[\^\d+\]\[\^\d+\]", body(noted)), "marks side by side read as one number"
    last = len(MARK.findall(body(noted)))
    assert bool(last) == bool(document.notes)
    assert last <= len(document.notes)
    for count in range(1, last + 1):
        assert noted.count(f"\n\n[^{count}]: ") == 1
        assert len(re.findall(rf"\[\^{count}\](?!:)", noted)) == 1
    anchors = re.findall(r'<a id="([^"]+)">', noted)
    numbered = [one.id for one in divisions(document) if one.number]
    assert len(set(anchors)) == len(anchors) >= len(numbered)
    assert set(re.findall(r"\]\(#([^)]+)\)", noted)) <= set(anchors)


def test_the_same_document_gives_the_same_text() -> None:
    assert write_markdown(SAMPLE) == write_markdown(SAMPLE)


def test_two_lists_in_a_row_stay_two() -> None:
    lists = (n.List(((T("a"),), ())), n.List(((T("b"),),)), n.List(((),)))
    made = write_markdown(replace(SAMPLE, opening=lists, notes=()))
    assert "- a\n\n<!-- -->\n\n- b\n\n## Parties" in made


def test_a_table_without_columns_is_nothing() -> None:
    assert "|" not in write_markdown(replace(SAMPLE, opening=(n.Table((), ()),), schedules=(), execution=(), notes=()))


def test_a_signature_block_may_have_no_lines() -> None:
    block = n.ExecutionBlock(id="sign", blocks=(n.SignatureLines((T("Signed"),), ()),))
    assert write_markdown(replace(SAMPLE, execution=(block,), notes=())).endswith("## Signatures\n\nSigned\n")


def test_a_note_without_words_to_stand_on_is_still_printed() -> None:
    empty = n.ExecutionBlock(id="sign")
    document = replace(SAMPLE, execution=(empty,), notes=(note("x", n.Anchor("sign"), n.List(((T("a"),),))),))
    assert write_markdown(document).endswith("## Signatures\n\n[^1]\n\n[^1]: **Staff Side:**\n\n    - a\n")
    assert write_markdown(document, MarkdownOptions("inline")).endswith("Signatures\n\n> **Staff Side:**\n>\n> - a\n")


def test_a_note_on_a_phrase_that_is_gone_stands_on_the_division() -> None:
    document = replace(SAMPLE, notes=(note("x", n.Anchor("lone", "gone"), para("Here.")),))
    assert "2. Alone[^1]\n" in write_markdown(document)


def test_a_note_on_a_phrase_without_words_stands_on_the_division() -> None:
    empty = n.Phrase("p", (n.LineBreak(),))
    clause = n.Clause(id="c", heading=(T("Heading"),), blocks=(n.List(((empty,), (T("a"),))),))
    document = replace(SAMPLE, body=(clause,), notes=(note("x", n.Anchor("c", "p"), para("Here.")),))
    assert "## Heading[^1]\n\n- a\n" in write_markdown(document)


def test_a_note_on_nothing_is_refused() -> None:
    lost = replace(SAMPLE, notes=(note("x", n.Anchor("gone"), para("Here.")),))
    with pytest.raises(OutputError, match="AK704"):
        write_markdown(lost)
    assert write_markdown(lost, MarkdownOptions("none"))


STAND_INS = [
    (n.Field("a.b"), "Field 'a.b'"),
    (n.TermUse("staff"), "TermUse 'staff'"),
    (n.CrossReference("x/y"), "CrossReference 'x/y'"),
]


@pytest.mark.parametrize(("stand_in", "said"), STAND_INS)
def test_stand_ins_are_refused_wherever_they_are(stand_in: Any, said: str) -> None:
    inside = (n.Strong((n.Phrase("p", (stand_in,)),)),)
    places = [
        (replace(SAMPLE, subtitle=(inside,)), "the subtitle"),
        (replace(SAMPLE, opening=(n.Para(inside),)), "the opening"),
        (replace(SAMPLE, body=(n.Clause(id="c", heading=inside),)), "the heading of 'c'"),
        (replace(SAMPLE, body=(n.Clause(id="c", blocks=(n.List((inside,)),)),)), "'c'"),
        (replace(SAMPLE, notes=(note("n", n.Anchor("sign"), n.Para(inside)),)), "the note 'n'"),
    ]
    for document, where in places:
        with pytest.raises(TypeError, match=re.escape(f"{said} in {where} is a stand-in")):
            write_markdown(document)


def test_definitions_to_come_are_refused() -> None:
    document = replace(SAMPLE, body=(n.Clause(id="c", blocks=(n.DefinitionsHere(),)),))
    with pytest.raises(TypeError, match="DefinitionsHere in 'c'"):
        write_markdown(document)


@pytest.mark.parametrize("stage", [one for one in n.Stage if one is not n.Stage.RESOLVED])
def test_an_unresolved_document_is_refused(stage: n.Stage) -> None:
    with pytest.raises(TypeError, match=f"is {stage.value}, not resolved"):
        write_markdown(replace(SAMPLE, stage=stage))
