from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
import reading
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from reading import W
from test_word_package import _without_blanks
from word_sample import OUTER_SPACES, RIGHT_TO_LEFT, p, t

from agreementkit.errors import OutputError, TemplateError
from agreementkit.tree.nodes import Blank, Block, Clause, Document, Strong, Table, Value
from agreementkit.tree.walk import BLANK, block_inlines, division_inlines, divisions, flatten
from agreementkit.writers.word import WordOptions, write_word
from agreementkit.writers.word.house.donor import shipped_template
from agreementkit.writers.word.package.archive import write_package
from agreementkit.writers.word.values.controls import LONGEST, read_values, tag, title
from agreementkit.writers.word.values.store import BLOCK, NAMESPACE
from agreementkit.writers.word.verify.verify import verify

STORE = "customXml/item1.xml"
GLOSSARY = "word/glossary/document.xml"
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."


def controls(content: bytes) -> list[etree._Element]:
    """Return the run-level content controls of a file."""
    return [e for e in reading.tree(content).iter(f"{W}sdt") if e.getparent().tag == f"{W}p"]


def prop(control: etree._Element, name: str) -> etree._Element | None:
    return control.find(f"{W}sdtPr/{W}{name}")


def val(control: etree._Element, name: str) -> str:
    found = prop(control, name)
    return "" if found is None else found.get(f"{W}val", "")


def tagged(content: bytes, name: str) -> list[etree._Element]:
    return [c for c in controls(content) if val(c, "tag") == name]


def stored(content: bytes, part: str = STORE) -> dict[str, str]:
    return {row.get("key"): row.text or "" for row in reading.tree(content, part)}


def key(control: etree._Element) -> str:
    bound = prop(control, "dataBinding")
    assert bound is not None
    return re.search(r"@key='(\w+)'", bound.get(f"{W}xpath"))[1]


def printed(document: Document) -> list[Value | Blank]:
    """Return every value and blank that the agreement itself prints."""
    cover = [i for line in document.subtitle for i in flatten(line)]
    cover += [
        i
        for block in (*document.opening, *document.summary)
        for inlines in block_inlines(block)
        for i in flatten(inlines)
    ]
    body = [i for division in divisions(document) for i in division_inlines(division)]
    return [i for i in (*cover, *body) if isinstance(i, Value | Blank)]


def with_clause(document: Document, *blocks: Block) -> Document:
    """Return the document with a first clause of these blocks, without notes, references or schedules."""
    clause = Clause(id="extra", blocks=blocks)
    return replace(document, parties=(), background=(), body=(clause,), schedules=(), execution=(), notes=())


# ---------------------------------------------------------------------------------------------- writing


def test_every_value_and_every_blank_is_a_control(document: Document, written: bytes) -> None:
    expected = Counter((f"ak:{one.path}", getattr(one, "text", BLANK)) for one in printed(document))
    assert len(expected) > 8
    assert Counter((val(c, "tag"), reading.words(c)) for c in controls(written)) == expected


def test_a_control_has_a_title_a_person_understands_and_an_id_of_its_own(written: bytes) -> None:
    assert {val(c, "alias") for c in tagged(written, "ak:odd.spaces")} == {"Odd: spaces"}
    ids = [e.get(f"{W}val") for e in reading.tree(written).iterfind(f".//{W}sdtPr/{W}id")]
    assert len(ids) == len(set(ids)) == len(controls(written)) + 1
    assert all(0 < int(one) < 2**31 for one in ids)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("time_off.notice_days", "Time off: notice days"),
        ("unions[3].name", "Unions 4: name"),
        ("signing_employers[0].employer.name", "Signing employers 1: employer, name"),
        ("change.harmonisation.policies[19].hr_lead", "Change: harmonisation, policies 20, HR lead"),
        ("lnc.name", "LNC: name"),
        ("employers", "Employers"),
    ],
)
def test_a_path_in_words(path: str, words: str) -> None:
    assert title(path) == words


def test_a_tag_is_the_path_and_a_long_one_ends_in_a_hash() -> None:
    assert tag("unions[3].name") == "ak:unions[3].name"
    first, second = tag("a." * 40 + "x"), tag("a." * 40 + "y")
    assert first != second
    assert first == tag("a." * 40 + "x")
    assert re.fullmatch(r"ak:[a.]+~[0-9a-f]{8}", first)
    assert len(first) == LONGEST


@given(st.text(min_size=1, max_size=200))
@settings(max_examples=60)
def test_tags_and_titles_are_never_longer_than_word_keeps(path: str) -> None:
    assert len(tag(path)) <= LONGEST
    assert len(title(path)) <= LONGEST


def test_places_that_print_a_value_alike_are_bound_together(document: Document) -> None:
    ten, words, other = Value("forum.days", "10"), Value("forum.days", "ten"), Value("talks.days", "10")
    content = write_word(with_clause(document, *(p(ten, " days, or ", words, ", or ", other, ".") for _ in "ab")))
    ten_1, words_1, ten_2, words_2 = tagged(content, "ak:forum.days")
    assert key(ten_1) == key(ten_2)
    assert key(words_1) == key(words_2)
    assert len({key(c) for c in (ten_1, words_1, *tagged(content, "ak:talks.days"))}) == 3
    assert (stored(content)[key(ten_1)], stored(content)[key(words_1)]) == ("10", "ten")


def test_a_value_printed_in_one_place_is_not_bound(document: Document) -> None:
    content = write_word(with_clause(document, p("Within ", Value("forum.days", "10"), " days.")))
    (control,) = tagged(content, "ak:forum.days")
    assert prop(control, "dataBinding") is None
    assert not any(NAMESPACE.encode() in part for part in reading.parts(content).values())


def test_a_place_on_the_cover_or_in_a_table_counts(document: Document) -> None:
    name = Value("employer.name", "Anytown Trust")
    table = Table((t("Who"),), ((t(name),),))
    source = replace(with_clause(document, table), subtitle=(t(name),))
    first, second = tagged(write_word(source), "ak:employer.name")
    assert key(first) == key(second)


def test_the_store_says_what_the_text_says(document: Document) -> None:
    texts = ("10\u00a0days", OUTER_SPACES, RIGHT_TO_LEFT, 'it\'s "so"', ">")
    said = [Value(f"x{number}", text) for number, text in enumerate(texts)]
    content = write_word(with_clause(document, p("A", *said), p("B", *said)))
    bound = [c for c in controls(content) if prop(c, "dataBinding") is not None]
    assert [reading.words(c) for c in bound] == [*texts, *texts]
    assert [stored(content)[key(c)] for c in bound] == [*texts, *texts]
    item = reading.tree(content, "customXml/itemProps1.xml").attrib.values()
    assert {prop(c, "dataBinding").get(f"{W}storeItemID") for c in bound} == set(item)


@pytest.mark.parametrize("text", ["Anytown House\nHigh Street", "1\t2", "Smith & Jones", "a<b"])
def test_what_a_store_cannot_hold_safely_is_not_bound(document: Document, text: str) -> None:
    value = Value("address", text)
    content = write_word(with_clause(document, p("At ", value, "."), p("Of ", value, ".")))
    assert [reading.words(c) for c in tagged(content, "ak:address")] == [text, text]
    for control in tagged(content, "ak:address"):
        assert prop(control, "dataBinding") is None
        assert prop(control, "text").get(f"{W}multiLine") == ("1" if "\n" in text else None)


def test_a_value_keeps_its_look_when_it_is_changed(document: Document) -> None:
    content = write_word(with_clause(document, p("Called ", Strong((Value("forum.name", "Forum"),)), ".")))
    (control,) = tagged(content, "ak:forum.name")
    assert prop(control, "rPr").find(f"{W}b") is not None
    assert control.find(f"{W}sdtContent/{W}r/{W}rPr/{W}b") is not None


def test_a_blank_is_bright_and_waits_for_a_value(written: bytes) -> None:
    (control,) = tagged(written, "ak:dates.agreement")
    assert val(control, "alias") == "date of the agreement"
    assert reading.words(control) == BLANK
    assert prop(control, "showingPlcHdr") is not None
    assert control.find(f"{W}sdtPr/{W}placeholder/{W}docPart").get(f"{W}val") == BLOCK
    shown = control.find(f"{W}sdtContent/{W}r/{W}rPr")
    assert shown.find(f"{W}highlight").get(f"{W}val") == "yellow"
    assert shown.find(f"{W}rStyle").get(f"{W}val") == "PlaceholderText"
    assert prop(control, "rPr") is None, "what is typed must not be bright"


def test_an_emptied_blank_shows_its_sign_again(written: bytes) -> None:
    (block,) = reading.tree(written, GLOSSARY).iter(f"{W}docPart")
    assert block.find(f"{W}docPartPr/{W}name").get(f"{W}val") == BLOCK
    assert block.find(f"{W}docPartPr/{W}types/{W}type").get(f"{W}val") == "bbPlcHdr"
    assert reading.words(block) == BLANK
    assert block.find(f".//{W}highlight") is not None


def test_blanks_of_one_path_are_filled_together_and_blanks_of_none_alone(document: Document) -> None:
    blanks = (Blank("dates.start"), Blank("", "number"), Blank("dates.start"), Blank(""))
    content = write_word(with_clause(document, p("On ", *blanks)))
    one, number, two, bare = (c for c in controls(content) if val(c, "tag") in ("ak:dates.start", ""))
    assert key(one) == key(two)
    assert stored(content)[key(one)] == ""
    assert [val(c, "alias") for c in (one, number, bare)] == ["Dates: start", "number", "Not yet given"]
    assert prop(number, "tag") is prop(number, "dataBinding") is prop(bare, "dataBinding") is None


def test_without_blanks_there_is_no_glossary(document: Document) -> None:
    ten = Value("forum.days", "10")
    names = reading.parts(write_word(replace(with_clause(document, p(ten, " and ", ten, ".")), opening=())))
    assert STORE in names
    assert GLOSSARY not in names


def test_neither_contents_nor_notes_have_controls_in_them(document: Document, written: bytes) -> None:
    root = reading.tree(written)
    assert not list(root.iterfind(f".//{W}hyperlink//{W}sdt"))
    assert not list(reading.tree(written, "word/comments.xml").iter(f"{W}sdt"))
    with_inline = reading.lines(write_word(document, WordOptions(notes="inline")))
    notes = [line for line in with_inline if line.style == "AKNote"]
    assert notes
    assert not [line for line in notes if line.element.find(f"{W}sdt") is not None]


def test_comments_stand_around_controls_and_never_in_them(written: bytes) -> None:
    marks = {f"{W}{name}" for name in ("commentRangeStart", "commentRangeEnd", "commentReference", "bookmarkStart")}
    assert not [e for c in controls(written) for e in c.iter() if e.tag in marks]


def test_a_final_copy_is_plain_text(document: Document) -> None:
    content = write_word(_without_blanks(document), WordOptions(notes="none", draft=False))
    assert controls(content) == []
    assert not [n for n in reading.parts(content) if n.startswith(("customXml/", "word/glossary/"))]
    assert NAMESPACE.encode() not in b"".join(reading.parts(content).values())
    draft = write_word(_without_blanks(document), WordOptions(notes="none"))
    assert [x.text for x in reading.lines(content)] == [x.text for x in reading.lines(draft)]


def test_markup_in_a_path_a_label_and_a_value_is_text(document: Document) -> None:
    odd = "a'b\"c<d>&e"
    bound = Value(odd, "10")
    content = write_word(with_clause(document, p("Say ", Value(odd, odd), bound, bound, Blank("x", odd), ".")))
    assert {key(c) for c in tagged(content, f"ak:{odd}")[1:]} == set(stored(content))
    assert [row.get("path") for row in reading.tree(content, STORE)] == [odd]
    assert {val(c, "alias") for c in tagged(content, "ak:x")} == {odd}
    assert read_values(content)[odd] == (odd, "10")


def test_the_identity_of_a_store_follows_from_the_document(document: Document) -> None:
    def identity(source: Document) -> str:
        (found,) = reading.tree(write_word(source), "customXml/itemProps1.xml").attrib.values()
        return found

    ten = Value("forum.days", "10")
    source = with_clause(document, p(ten, " and ", ten, "."))
    assert re.fullmatch(r"\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}", identity(source))
    assert identity(source) == identity(source)
    assert identity(replace(source, precedent="partnership")) != identity(source)


# ------------------------------------------------------------------------------------------- house files


def house(folder: Path, changes: dict[str, bytes], links: str = "", kinds: str = "", body: str = "") -> Path:
    """Return a house file like the neutral one with further parts, relationships, types and text."""
    parts = reading.parts(shipped_template().read_bytes()) | changes

    def put(part: str, before: str, text: str) -> None:
        parts[part] = parts[part].decode().replace(before, text + before, 1).encode()

    put("word/_rels/document.xml.rels", "</Relationships>", links)
    put("[Content_Types].xml", "</Types>", kinds)
    main = parts["word/document.xml"].decode()
    parts["word/document.xml"] = re.sub(r"(<w:body\b[^>]*>)", lambda found: found[1] + body, main, count=1).encode()
    path = folder / "house.docx"
    path.write_bytes(write_package(parts))
    return path


def link(number: int, kind: str, target: str) -> str:
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    return f'<Relationship Id="rIdMore{number}" Type="{base}{kind}" Target="{target}"/>'


def test_ids_of_controls_in_the_house_file_are_left_alone(document: Document, tmp_path: Path) -> None:
    body = (
        '<w:p><w:sdt><w:sdtPr><w:id w:val="1000002"/><w:text/></w:sdtPr><w:sdtContent><w:r><w:t>Letterhead</w:t></w:r>'
        "</w:sdtContent></w:sdt></w:p>"
    )
    content = write_word(document, WordOptions(template=house(tmp_path, {}, body=body)))
    ids = [e.get(f"{W}val") for e in reading.tree(content).iterfind(f".//{W}sdtPr/{W}id")]
    assert ids.count("1000002") == 1
    assert len(ids) == len(set(ids))


def test_the_store_stands_beside_what_the_house_file_has(document: Document, tmp_path: Path) -> None:
    glossary = (
        f'<w:glossaryDocument xmlns:w="{W[1:-1]}"><w:docParts><w:docPart><w:docPartPr><w:name w:val="Address"/>'
        "</w:docPartPr><w:docPartBody><w:p/></w:docPartBody></w:docPart></w:docParts></w:glossaryDocument>"
    )
    template = house(
        tmp_path,
        {"customXml/item1.xml": b"<theirs/>", "word/glossary/document.xml": glossary.encode()},
        link(1, "customXml", "../customXml/item1.xml") + link(2, "glossaryDocument", "glossary/document.xml"),
        '<Override PartName="/customXml/item1.xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/glossary/document.xml" ContentType="{CONTENT_TYPE}document.glossary+xml"/>',
    )
    ten = Value("forum.days", "10")
    source = with_clause(document, p(ten, " and ", ten, " of ", Blank("dates.start"), "."))
    content = write_word(source, WordOptions(template=template))
    names = reading.parts(content)
    assert names["customXml/item1.xml"] == b"<theirs/>"
    assert list(stored(content, "customXml/item2.xml").values()) == ["10"]
    assert [e.get(f"{W}val") for e in reading.tree(content, GLOSSARY).iterfind(f".//{W}docPartPr/{W}name")] == [
        "Address",
        BLOCK,
    ]
    assert names["word/_rels/document.xml.rels"].count(b"/glossaryDocument") == 1


def test_the_values_of_an_agreement_that_became_a_house_file_stay_behind(document: Document, tmp_path: Path) -> None:
    old = {
        "customXml/item1.xml": f'<values xmlns="{NAMESPACE}"><value key="v1">Elsewhere Trust</value></values>'.encode(),
        "customXml/_rels/item1.xml.rels": b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        b'relationships"/>',
    }
    kind = '<Override PartName="/customXml/item1.xml" ContentType="application/xml"/>'
    template = house(tmp_path, old, link(1, "customXml", "../customXml/item1.xml"), kind)
    for draft in (True, False):
        content = write_word(_without_blanks(document), WordOptions(notes="none", template=template, draft=draft))
        assert b"Elsewhere" not in b"".join(reading.parts(content).values())


# ------------------------------------------------------------------------------------------ reading back


def test_values_are_read_back(document: Document, written: bytes) -> None:
    expected: dict[str, list[str]] = {}
    for one in printed(document):
        texts = expected.setdefault(one.path, [])
        if (text := getattr(one, "text", BLANK)) not in texts:
            texts.append(text)
    assert read_values(written) == {path: tuple(texts) for path, texts in expected.items()}


def test_a_value_changed_in_one_place_is_read_as_two(document: Document) -> None:
    ten = Value("forum.days", "10")
    content = write_word(with_clause(document, p("Within ", ten, " days and ", ten, " hours.")))
    parts = reading.parts(content)
    changed = parts["word/document.xml"].replace(b"<w:t>10</w:t>", b"<w:t>14</w:t>", 1)
    assert read_values(write_package(parts | {"word/document.xml": changed}))["forum.days"] == ("14", "10")


def test_tracked_changes_are_read_as_accepted(document: Document) -> None:
    content = write_word(with_clause(document, p("Within ", Value("forum.days", "10"), " days.")))
    parts = reading.parts(content)
    tracked = (
        b'<w:del w:id="9001" w:author="A"><w:r><w:delText>10</w:delText></w:r></w:del>'
        b'<w:ins w:id="9002" w:author="A"><w:r><w:t>15</w:t></w:r></w:ins>'
    )
    changed = parts["word/document.xml"].replace(b"<w:r><w:t>10</w:t></w:r>", tracked, 1)
    assert changed != parts["word/document.xml"]
    assert read_values(write_package(parts | {"word/document.xml": changed}))["forum.days"] == ("15",)


def test_a_fault_in_another_part_is_no_fault_of_the_values(document: Document) -> None:
    ten = Value("forum.days", "10")
    parts = reading.parts(write_word(with_clause(document, p("Within ", ten, " days or ", ten, " weeks."))))
    assert read_values(write_package(parts | {STORE: b""}))["forum.days"] == ("10",)


def test_a_file_that_is_no_word_file_is_refused() -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("word/document.xml", "<x/>")
    for content in (b"nothing", archive.getvalue()):
        with pytest.raises(TemplateError):
            read_values(content)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not on this machine")
def test_values_come_back_from_libreoffice(document: Document, tmp_path: Path) -> None:
    bold, spaces = Strong((Value("forum.name", "Forum & Co <x>"),)), Value("odd.spaces", OUTER_SPACES)
    source = with_clause(document, p("The ", bold, " in ", spaces, "rooms or ", spaces, "halls of ", bold, "."))
    sent = tmp_path / "sent.docx"
    sent.write_bytes(write_word(source))
    subprocess.run(
        [
            "soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
            "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(tmp_path / "back"), str(sent),
        ],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    back = (tmp_path / "back" / "sent.docx").read_bytes()
    assert read_values(back) == read_values(sent.read_bytes())
    for control in tagged(back, "ak:forum.name"):
        assert control.find(f"{W}sdtContent/{W}r/{W}rPr/{W}b") is not None
    assert [row.text for row in reading.tree(back, STORE)] == [OUTER_SPACES]


# -------------------------------------------------------------------------------------------- verification


def spoil(content: bytes, part: str, old: str, new: str) -> bytes:
    parts = reading.parts(content)
    changed = re.sub(old, new, parts[part].decode(), count=1)
    assert changed != parts[part].decode()
    return write_package(parts | {part: changed.encode()})


@pytest.mark.parametrize(
    ("part", "old", "new", "message"),
    [
        (STORE, r">10</value>", ">11</value>", "the value it is bound to differ"),
        (STORE, r'key="v\w+"', 'key="v0"', "the value it is bound to differ"),
        (STORE, r"</values>", '<value key="v0">secret</value></values>', "'secret', which nothing shows"),
        ("customXml/itemProps1.xml", r"itemID=\"\{\w", 'itemID="{X', "the value it is bound to differ"),
        ("word/document.xml", r'w:tag w:val="ak:', 'w:tag w:val="ak:' + "x" * 64, "longer than Word keeps"),
        (GLOSSARY, BLOCK, "another", "building block 'agreementkit blank', which is missing"),
    ],
)
def test_a_control_that_has_lost_its_store_does_not_pass(
    document: Document, part: str, old: str, new: str, message: str
) -> None:
    ten = Value("forum.days", "10")
    short = with_clause(document, p("Within ", ten, " or ", ten, " days of ", Blank("dates.start"), "."))
    with pytest.raises(OutputError, match=re.escape(message)):
        verify(spoil(write_word(short), part, old, new), short, notes="none", draft=True)


def test_a_final_copy_with_a_control_or_a_store_does_not_pass(document: Document) -> None:
    ten = Value("forum.days", "10")
    short = replace(with_clause(document, p("Within ", ten, " days, not ", ten, " weeks.")), opening=())
    draft = write_word(short)
    body = reading.parts(draft)["word/document.xml"].replace(b'<w:tag w:val="ak:forum.days"/>', b"")
    without_controls = write_package(reading.parts(draft) | {"word/document.xml": body})
    for content in (draft, without_controls):
        with pytest.raises(OutputError, match="a final copy still has content controls"):
            verify(content, short, notes="none", draft=False)
