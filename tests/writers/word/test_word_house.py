"""Agreements in the house files of organisations: their look kept, our structure right."""

from __future__ import annotations

import io
import itertools
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
import reading
from houses import HOUSES, bare, letterhead, nearly_nothing, numbered_headings, own_styles, riverside, saved
from reading import W, commented, fields, words

from agreementkit.errors import TemplateError
from agreementkit.tree.nodes import Document
from agreementkit.tree.walk import divisions
from agreementkit.writers.word import WordOptions, write_word
from agreementkit.writers.word.house.donor import donor
from agreementkit.writers.word.house.house import House
from agreementkit.writers.word.house.load import load_house
from agreementkit.writers.word.package.archive import write_package
from agreementkit.writers.word.styles.numbering import Counter, Lists, Place, read_lists
from agreementkit.writers.word.styles.roles import Role
from agreementkit.writers.word.styles.stylesheet import StyleSheet

SOFFICE = shutil.which("soffice")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("houses")
    for name, make in HOUSES.items():
        (target / f"{name}.docx").write_bytes(make())
    return target


@pytest.fixture(scope="module")
def in_houses(folder: Path, document: Document) -> dict[str, bytes]:
    return {name: write_word(document, WordOptions(template=folder / f"{name}.docx")) for name in HOUSES}


def put(tmp_path: Path, content: bytes, name: str = "house.docx") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


def with_part(content: bytes, part: str, old: str, new: str) -> bytes:
    parts = reading.parts(content)
    text = parts[part].decode()
    assert old in text
    return write_package({**parts, part: text.replace(old, new).encode()})


def labels(content: bytes) -> dict[str, str]:
    """Return what Word prints in front of each bookmarked paragraph, worked out from the file alone."""
    styles, numbering = reading.tree(content, "word/styles.xml"), reading.tree(content, "word/numbering.xml")
    sheet, lists = StyleSheet(styles), read_lists(numbering, styles)
    counter, found = Counter(lists), {}
    for paragraph in reading.tree(content).iter(f"{W}p"):
        place = _place(paragraph, sheet, lists)
        label = counter.next(place) if place else ""
        for mark in paragraph.iter(f"{W}bookmarkStart"):
            if mark.get(f"{W}name").startswith("ak_"):
                found[mark.get(f"{W}name")] = label
    return found


def _place(paragraph, sheet: StyleSheet, lists: Lists) -> Place | None:
    own = paragraph.find(f"{W}pPr/{W}numPr")
    if own is not None:
        list_id = own.find(f"{W}numId").get(f"{W}val")
        return Place(list_id, int(own.find(f"{W}ilvl").get(f"{W}val"))) if list_id != "0" else None
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    for one in sheet.line(sheet.by_id(style.get(f"{W}val"))) if style is not None else ():
        number = one.element.find(f"{W}pPr/{W}numPr/{W}numId")
        if number is not None:
            return lists.places.get(one.id) if number.get(f"{W}val") != "0" else None
    return None


def bookmarks(document: Document) -> dict[str, str]:
    """Return the numbers the tree promises, by the bookmark of their division."""
    return {
        "ak_" + "".join(c if c.isalnum() else "_" for c in division.id): division.number.own
        for division in divisions(document)
        if division.number is not None and division.number.own
    }


# ------------------------------------------------------------------------------------------ in every house


@pytest.mark.parametrize("name", HOUSES)
def test_word_prints_the_numbers_of_the_agreement(in_houses: dict[str, bytes], document: Document, name: str) -> None:
    shown, promised = labels(in_houses[name]), bookmarks(document)
    assert len(promised) > 60
    assert {key: shown[key].rstrip(".") for key in promised} == {k: v.rstrip(".") for k, v in promised.items()}


@pytest.mark.parametrize("name", HOUSES)
def test_references_and_comments_are_those_of_the_neutral_house(
    in_houses: dict[str, bytes], written: bytes, name: str
) -> None:
    content = in_houses[name]
    assert [f for f in fields(reading.tree(content)) if f[0].startswith("REF")] == [
        f for f in fields(reading.tree(written)) if f[0].startswith("REF")
    ]
    assert commented(content) == commented(written)


@pytest.mark.parametrize("name", HOUSES)
def test_the_words_are_those_of_the_neutral_house(in_houses: dict[str, bytes], written: bytes, name: str) -> None:
    ours = [line.text for line in reading.body_lines(written)]
    theirs = [line.text for line in reading.body_lines(in_houses[name])]
    assert theirs == ours


@pytest.mark.parametrize("name", HOUSES)
def test_every_house_shows_the_title_once_and_first_of_all_we_write(in_houses: dict[str, bytes], name: str) -> None:
    found = [line.text for line in reading.lines(in_houses[name])]
    assert found.count("Trade Union Recognition Agreement") == 1
    assert found.index("Trade Union Recognition Agreement") < found.index("between") < found.index("Contents")


@pytest.mark.parametrize("name", HOUSES)
def test_headings_do_not_skip_a_level(in_houses: dict[str, bytes], name: str) -> None:
    content = in_houses[name]
    sheet = StyleSheet(reading.tree(content, "word/styles.xml"))
    levels = []
    for line in reading.body_lines(content):
        said = line.element.find(f"{W}pPr/{W}outlineLvl")
        level = int(said.get(f"{W}val")) if said is not None else sheet.outline(sheet.by_id(line.style))
        if level < 9:
            levels.append(level)
    assert len(levels) > 20
    assert levels[0] == 0
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


@pytest.mark.parametrize("name", HOUSES)
def test_schedules_and_only_they_start_pages(in_houses: dict[str, bytes], name: str) -> None:
    content = in_houses[name]
    sheet = StyleSheet(reading.tree(content, "word/styles.xml"))

    def starts_page(line: reading.Line) -> bool:
        said = line.element.find(f"{W}pPr/{W}pageBreakBefore")
        if said is not None:
            return said.get(f"{W}val") != "0"
        return sheet.switch(sheet.by_id(line.style), "pPr/pageBreakBefore")

    schedules = load_house_styles(content)
    found = [line for line in reading.body_lines(content) if line.text and starts_page(line)]
    assert [line.text for line in found if line.style in schedules] == [
        line.text for line in reading.body_lines(content) if line.style in schedules
    ]
    assert {line.text for line in found if line.style not in schedules} <= {"Parties", "Signatures"}


def load_house_styles(content: bytes) -> set[str]:
    """Return the ids of the styles in which schedules are titled."""
    root = reading.tree(content)
    marked = {
        p.find(f"{W}pPr/{W}pStyle").get(f"{W}val")
        for p in root.iter(f"{W}p")
        for mark in p.iter(f"{W}bookmarkStart")
        if mark.get(f"{W}name") == "ak_sched_unit"
    }
    assert marked
    return marked


@pytest.mark.parametrize("name", HOUSES)
def test_made_styles_bring_no_font_and_no_colour(folder: Path, in_houses: dict[str, bytes], name: str) -> None:
    parts = reading.parts((folder / f"{name}.docx").read_bytes())
    styles = next(data for part, data in parts.items() if part.startswith("word/styles"))
    before = {s.get(f"{W}styleId") for s in reading.etree.fromstring(styles)}
    made = [s for s in reading.tree(in_houses[name], "word/styles.xml") if s.get(f"{W}styleId") not in before]
    assert made
    for style in made:
        assert not list(style.iter(f"{W}rFonts", f"{W}color", f"{W}shd", f"{W}highlight"))
        assert {e.get(f"{W}color") for e in style.iter() if e.get(f"{W}color")} <= {"auto"}


@pytest.mark.parametrize("name", HOUSES)
def test_tables_reach_from_margin_to_margin_of_the_house(folder: Path, in_houses: dict[str, bytes], name: str) -> None:
    width = load_house(folder / f"{name}.docx").text_width
    for table in reading.tree(in_houses[name]).iter(f"{W}tbl"):
        columns = sum(int(c.get(f"{W}w")) for c in table.iter(f"{W}gridCol"))
        assert columns + int(table.find(f"{W}tblPr/{W}tblInd").get(f"{W}w")) == width


def test_the_same_house_gives_the_same_bytes(folder: Path, in_houses: dict[str, bytes], document: Document) -> None:
    path = folder / "riverside.docx"
    again = path.with_name("copy.docx")
    again.write_bytes(path.read_bytes())
    assert write_word(document, WordOptions(template=again)) == in_houses["riverside"]


# ------------------------------------------------------------------------------------------- one by one


def test_parts_get_their_usual_names(in_houses: dict[str, bytes]) -> None:
    parts = reading.parts(in_houses["other part names"])
    assert {"word/document.xml", "word/styles.xml", "word/numbering.xml"} <= set(parts)
    assert not {"word/document2.xml", "word/styles2.xml"} & set(parts)
    assert reading.tree(in_houses["other part names"]).tag == reading.tree(in_houses["riverside"]).tag


def test_a_part_that_has_the_usual_name_of_another_makes_room(tmp_path: Path, document: Document) -> None:
    parts = reading.parts(HOUSES["other part names"]())
    kinds = parts["[Content_Types].xml"].decode()
    odd = '<Override PartName="/word/styles.xml" ContentType="application/xml"/></Types>'
    parts |= {"word/styles.xml": b"<odd/>", "[Content_Types].xml": kinds.replace("</Types>", odd).encode()}
    content = write_word(document, WordOptions(template=put(tmp_path, write_package(parts))))
    assert reading.parts(content)["word/styles3.xml"] == b"<odd/>"


def test_the_house_keeps_its_letterhead(in_houses: dict[str, bytes]) -> None:
    parts = reading.parts(in_houses["own styles"])
    assert "word/media/image1.png" in parts
    heads = b"".join(data for name, data in parts.items() if name.startswith("word/header"))
    assert b"Logo of Riverside Community Health" in heads
    section = reading.tree(in_houses["own styles"]).find(f"{W}body/{W}sectPr")
    assert section.find(f"{W}pgSz").get(f"{W}w") == "12240"
    assert section.find(f"{W}titlePg") is not None


def test_clauses_stand_in_the_styles_and_the_list_of_the_house(in_houses: dict[str, bytes]) -> None:
    content = in_houses["own styles"]
    sheet = StyleSheet(reading.tree(content, "word/styles.xml"))
    names = {
        "In this agreement:": "Level 2 Number",
        "pay, allowances": "Level 3 Number",
        "annual leave": "Level 4 Number",
    }
    for start, name in names.items():
        line = reading.line(content, start)
        assert sheet.by_id(line.style).name == name
        assert line.element.find(f"{W}pPr/{W}numPr") is None


def test_text_stands_where_the_list_of_the_house_has_it(folder: Path) -> None:
    house = load_house(folder / "own styles.docx")
    assert house.indents == (0, 851, 1702, 2553)
    assert house.text_width == 12240 - 2 * 1531 - 340


def test_a_list_that_prints_otherwise_is_not_used(folder: Path, in_houses: dict[str, bytes]) -> None:
    casting = load_house(folder / "other numbers.docx").cast
    clauses = (Role.CLAUSE, Role.SUB_CLAUSE, Role.PARAGRAPH, Role.SUB_PARAGRAPH)
    assert all(casting[role].ours and casting[role].direct == casting[role].place for role in clauses)
    line = reading.line(in_houses["other numbers"], "In this agreement:")
    assert line.element.find(f"{W}pPr/{W}numPr/{W}numId").get(f"{W}val") == casting[Role.SUB_CLAUSE].place.list_id


def test_a_level_without_a_style_is_given_the_one_we_make(folder: Path, in_houses: dict[str, bytes]) -> None:
    casting = load_house(folder / "three levels.docx").cast
    assert casting[Role.SUB_PARAGRAPH].name == "AK Sub-paragraph"
    assert casting[Role.SUB_PARAGRAPH].place.list_id == casting[Role.CLAUSE].place.list_id
    assert not casting[Role.SUB_PARAGRAPH].ours
    styles, numbering = (reading.tree(in_houses["three levels"], f"word/{p}.xml") for p in ("styles", "numbering"))
    assert casting[Role.SUB_PARAGRAPH].style in read_lists(numbering, styles).places


def test_a_list_that_the_text_of_the_house_counts_in_is_not_used(tmp_path: Path) -> None:
    document = letterhead()
    document.add_paragraph("How to use this form", style="Level 1 Heading")
    document.add_paragraph("AK_BODY")
    assert load_house(put(tmp_path, saved(document))).cast[Role.CLAUSE].ours


def test_numbers_and_page_breaks_of_a_heading_do_not_reach_what_is_made_from_it(folder: Path) -> None:
    house = load_house(folder / "numbered headings.docx")
    assert house.cast[Role.CLAUSE].name == "heading 1"
    assert house.cast[Role.CLAUSE].page_break is False
    assert house.cast[Role.SECTION].page_break is None
    assert house.cast[Role.TOC_HEADING].direct == Place("0", 0)
    assert house.cast[Role.SECTION].place is None


def test_no_page_stays_empty_where_the_house_breaks_the_page_itself(in_houses: dict[str, bytes]) -> None:
    lines = reading.lines(in_houses["numbered headings"])
    heading = next(line for line in lines if line.text == "Contents")
    assert heading.element.find(f"{W}pPr/{W}pageBreakBefore").get(f"{W}val") == "0"


def test_a_house_without_lists_gets_a_numbering_part(in_houses: dict[str, bytes], folder: Path) -> None:
    assert not any(
        b"numbering" in data
        for name, data in reading.parts((folder / "nearly nothing.docx").read_bytes()).items()
        if name == "word/_rels/document.xml.rels"
    )
    parts = reading.parts(in_houses["nearly nothing"])
    assert b"/word/numbering.xml" in parts["[Content_Types].xml"]
    assert b'Target="numbering.xml"' in parts["word/_rels/document.xml.rels"]


def test_built_in_styles_are_added_under_words_own_names(in_houses: dict[str, bytes]) -> None:
    styles = reading.tree(in_houses["nearly nothing"], "word/styles.xml")
    custom = {s.find(f"{W}name").get(f"{W}val"): s.get(f"{W}customStyle") for s in styles.iter(f"{W}style")}
    for name in ("Title", "heading 1", "toc 1", "annotation text", "footnote reference", "List Bullet"):
        assert custom[name] is None
    assert custom["AK Sub-clause"] == "1"


def test_the_language_of_a_house_becomes_british_english(in_houses: dict[str, bytes]) -> None:
    styles = reading.tree(in_houses["bare"], "word/styles.xml")
    assert {e.get(f"{W}val") for e in styles.iter(f"{W}lang")} == {"en-GB"}


def test_the_contents_name_the_styles_of_the_house(in_houses: dict[str, bytes]) -> None:
    code = next(code for code, _ in all_codes(in_houses["own styles"]) if code.startswith("TOC"))
    assert "Level 1 Heading," in code
    assert "AK Schedule," in code
    assert "AK Clause Heading" not in code


def all_codes(content: bytes) -> list[tuple[str, str]]:
    codes = ("".join(e.text or "" for e in p.iter(f"{W}instrText")) for p in reading.tree(content).iter(f"{W}p"))
    return [(code.strip(), "") for code in codes if code]


def test_our_own_style_names_are_found_in_any_case(tmp_path: Path) -> None:
    document = letterhead()
    document.styles["Body Text"].name = "ak TEXT"
    casting = load_house(put(tmp_path, saved(document))).cast[Role.TEXT]
    assert (casting.how.value, casting.name) == ("house style", "ak TEXT")


def test_running_text_is_never_found_in_a_style_of_the_outline(tmp_path: Path) -> None:
    content = with_part(
        own_styles(), "word/styles.xml", '<w:name w:val="Level 2 Number"/>', '<w:name w:val="Level 2 Number x"/>'
    )
    document = reading.parts(content)
    text = document["word/styles.xml"].decode().replace('w:val="Body Text"', 'w:val="Level 2"')
    text = text.replace('<w:name w:val="Level 2"/>', '<w:name w:val="Level 2"/><w:basedOn w:val="Heading2"/>', 1)
    house = load_house(put(tmp_path, write_package({**document, "word/styles.xml": text.encode()})))
    assert house.cast[Role.SUB_CLAUSE].how.value == "made by us"


# ------------------------------------------------------------------------------------------------ places


def test_a_house_with_words_must_say_where_the_agreement_goes(tmp_path: Path) -> None:
    document = letterhead()
    document.add_paragraph("Terms of our agreement")
    with pytest.raises(TemplateError) as caught:
        load_house(put(tmp_path, saved(document)))
    assert [d.code for d in caught.value.diagnostics] == ["AK608"]


def test_an_agreement_cannot_stand_in_a_table(tmp_path: Path) -> None:
    document = letterhead()
    document.add_table(1, 1).cell(0, 0).text = "AK_BODY"
    with pytest.raises(TemplateError) as caught:
        load_house(put(tmp_path, saved(document)))
    assert [d.code for d in caught.value.diagnostics] == ["AK635"]


def test_a_section_that_ends_in_a_place_stays(tmp_path: Path, document: Document) -> None:
    house = letterhead()
    house.add_paragraph("AK_COVER")
    house.add_section()
    house.add_paragraph("AK_BODY")
    content = write_word(document, WordOptions(template=put(tmp_path, saved(house))))
    assert len(list(reading.tree(content).iter(f"{W}sectPr"))) == 2


@pytest.mark.parametrize(
    ("old", "new", "width"),
    [
        ('w:w="12240"', 'w:w="12240"', 8838),
        ('w:left="1531"', 'w:left="2.7cm"', 8838),
        ('w:left="1531"', 'w:left="nonsense"', 8929),
        ('<w:cols w:space="720"/>', '<w:cols w:num="2" w:space="838"/>', 4000),
    ],
)
def test_the_width_of_text_is_that_of_the_section(tmp_path: Path, old: str, new: str, width: int) -> None:
    content = with_part(own_styles(), "word/document.xml", old, new)
    assert load_house(put(tmp_path, content)).text_width == width


def test_a_house_without_page_settings_gets_a4(tmp_path: Path, document: Document) -> None:
    parts = reading.parts(bare())
    text = parts["word/document.xml"].decode()
    start, end = text.index("<w:sectPr"), text.index("</w:sectPr>") + len("</w:sectPr>")
    house = put(tmp_path, write_package({**parts, "word/document.xml": (text[:start] + text[end:]).encode()}))
    content = write_word(document, WordOptions(template=house))
    assert reading.tree(content).find(f"{W}body/{W}sectPr/{W}pgSz").get(f"{W}w") == "11906"


# ------------------------------------------------------------------------------------- saved by LibreOffice


@pytest.mark.libreoffice
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_houses_saved_by_libreoffice_give_the_same_numbers(tmp_path: Path, document: Document) -> None:
    from agreementkit.writers.word.house.donor import shipped_template

    sources = {"neutral": shipped_template().read_bytes(), "own": riverside(), "headings": numbered_headings()}
    for name, content in sources.items():
        put(tmp_path, content, f"{name}.docx")
    subprocess.run(
        [
            SOFFICE,
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "docx",
            "--outdir",
            tmp_path / "saved",
            *(tmp_path / f"{name}.docx" for name in sources),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    promised = {k: v.rstrip(".") for k, v in bookmarks(document).items()}
    houses: dict[str, House] = {}
    for name in sources:
        path = tmp_path / "saved" / f"{name}.docx"
        shown = labels(write_word(document, WordOptions(template=path)))
        assert {key: shown[key].rstrip(".") for key in promised} == promised
        houses[name] = load_house(path)
    assert not any(casting.ours for casting in houses["neutral"].cast.values())
    assert not houses["own"].cast[Role.CLAUSE].ours
    assert houses["own"].cast[Role.SUB_PARAGRAPH].name == "Level 4 Number"


# ------------------------------------------------------------------------------------------------- donor


def test_the_neutral_house_needs_nothing_made(document: Document) -> None:
    house = load_house()
    assert {casting.how.value for casting in house.cast.values()} == {"house style"}
    assert not any(casting.ours for casting in house.cast.values())
    with zipfile.ZipFile(io.BytesIO(write_word(document))) as archive:
        styles = archive.read("word/styles.xml")
    assert len(StyleSheet(reading.etree.fromstring(styles)).names("paragraph")) == len(donor().sheet.names("paragraph"))


def test_the_smallest_house_is_small(tmp_path: Path) -> None:
    house = load_house(put(tmp_path, nearly_nothing()))
    assert {c.how.value for role, c in house.cast.items()} == {"made by us"}
    assert words(reading.tree(nearly_nothing())) == ""
