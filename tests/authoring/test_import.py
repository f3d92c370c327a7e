"""`pack import`: clauses of Word files made by python-docx and by our own writer become clause files."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

import agreementkit as ak
from agreementkit.authoring import preview
from agreementkit.authoring.importing import Imported, candidates, import_clause, open_word
from agreementkit.cli.app import run
from agreementkit.tree.walk import plain_text
from agreementkit.writers.outline import text_lines

CORE = ak.Bank.load()
PACK = 'id: own\ntitle: A pack of our own\nversion: "0.1"\n'
W = nsdecls("w")


def saved(document: Any, tmp_path: Path) -> Path:
    path = tmp_path / "house.docx"
    document.save(path)
    return path


def imported(document: Any, tmp_path: Path, start: str, **more: Any) -> Imported:
    return import_clause(saved(document, tmp_path), "house", start, CORE, **more)


def body_of(made: Imported) -> str:
    return made.text.split("\n---\n", 1)[1].strip("\n")


def numbered(document: Any, levels: list[tuple[str, str]]) -> int:
    """Add a multilevel list, a format and a label text for each level; return its `w:numId`."""
    numbering = document.part.numbering_part.element
    inner = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/>'
        f'<w:pPr><w:ind w:left="{720 * (n + 1)}" w:hanging="720"/></w:pPr></w:lvl>'
        for n, (kind, text) in enumerate(levels)
    )
    abstract = parse_xml(f'<w:abstractNum {W} w:abstractNumId="90">{inner}</w:abstractNum>')
    numbering.insert(0, abstract)
    numbering.append(parse_xml(f'<w:num {W} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    return 90


def at_level(paragraph: Any, number: int, level: int) -> Any:
    properties = paragraph._p.get_or_add_pPr()
    properties.append(parse_xml(f'<w:numPr {W}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'))
    return paragraph


HOUSE = [("decimal", "%1."), ("decimal", "%1.%2"), ("lowerLetter", "(%3)"), ("lowerRoman", "(%4)")]


def house() -> Any:
    """A house agreement numbered by Word: two clauses, four levels."""
    document = docx.Document()
    number = numbered(document, HOUSE)
    for level, text in (
        (0, "Purpose"), (1, "This says what it is for."),
        (0, "TIME OFF"), (1, "A representative may take 42 days a year:"), (2, "for duties;"),
        (2, "for training, which means:"), (3, "courses; and"), (3, "conferences."),
        (1, "Requests are made under clause 1.1."), (0, "Review"), (1, "Yearly."),
    ):  # fmt: skip
        at_level(document.add_paragraph(text), number, level)
    return document


def test_numbers_of_word_become_levels(tmp_path: Path) -> None:
    made = imported(house(), tmp_path, "2")
    assert body_of(made).split("\n") == [
        "1.  A representative may take 42 days a year:",
        "    1.  for duties;",
        "    2.  for training, which means:",
        "        1.  courses; and",
        "        2.  conferences.",
        "2.  Requests are made under clause 1.1.",
    ]
    assert 'title: "Time off"' in made.text, "a heading in capitals is written as a sentence"
    assert 'sources: ["house.docx, 2. TIME OFF"]' in made.text
    assert any("{{ … | days }}" in remark for remark in made.remarks)
    assert any("“clause 1.1” is a number that moves" in remark for remark in made.remarks)


@pytest.mark.parametrize("start", ["2", "2.", "clause 2", "time off", "TIME OFF", "2 Time off", "TIME"])
def test_ways_to_name_a_clause(tmp_path: Path, start: str) -> None:
    assert "for duties" in imported(house(), tmp_path, start).text


def test_a_sub_clause_alone(tmp_path: Path) -> None:
    made = imported(house(), tmp_path, "2.1")
    assert body_of(made).startswith("1.  A representative")
    assert "Requests" not in made.text
    assert 'title: "House"' in made.text


def test_a_number_means_the_clause_and_not_a_paragraph_of_a_schedule(tmp_path: Path) -> None:
    document = docx.Document()
    for level, text in ((1, "7. Time off"), (0, "Of the clause."), (2, "7. Forms"), (0, "Of the schedule.")):
        if level:
            document.add_heading(text, level)
        else:
            document.add_paragraph(text)
    assert "Of the clause." in imported(document, tmp_path, "7").text
    assert "Of the schedule." in imported(document, tmp_path, "7. Forms").text


def test_headings_are_listed(tmp_path: Path) -> None:
    found = candidates(open_word(saved(house(), tmp_path)))
    assert [str(one) for one in found] == ["1. Purpose", "2. TIME OFF", "3. Review"]


def test_numbers_typed_by_hand(tmp_path: Path) -> None:
    document = docx.Document()
    for text in (
        "7. Time off", "7.1 First:", "(a) one;", "(b) two:", "(i) small;", "(ii) smaller;", "(c) three; and",
        "(h) eight;", "(i) the ninth.", "7.2 Second.", "12 months after that it ends.", "8. Next", "8.1 No.",
    ):  # fmt: skip
        document.add_paragraph(text)
    assert body_of(imported(document, tmp_path, "7")).split("\n") == [
        "1.  First:",
        "    1.  one;",
        "    2.  two:",
        "        1.  small;",
        "        2.  smaller;",
        "    3.  three; and",
        "    4.  eight;",
        "    5.  the ninth.",
        "2.  Second.",
        "",
        "    12 months after that it ends.",
    ]


def test_headings_by_style_and_paragraphs_without_numbers(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Time off", 1)
    document.add_paragraph("A first paragraph.")
    document.add_paragraph("A second paragraph.")
    document.add_paragraph("an entry", style="List Bullet")
    document.add_paragraph("another", style="List Bullet")
    document.add_heading("Next", 1)
    document.add_paragraph("Not this.")
    made = imported(document, tmp_path, "Time off")
    assert body_of(made) == "1.  A first paragraph.\n2.  A second paragraph.\n\n    - an entry\n    - another"
    assert any("had no numbers" in remark for remark in made.remarks)


def test_words_after_a_list_are_not_lost_in_its_last_entry(tmp_path: Path) -> None:
    document = docx.Document()
    for text in ("7. Time off", "7.1 These count:", "(a) one; and", "(b) two,", "but only in working hours."):
        document.add_paragraph(text)
    made = imported(document, tmp_path, "7")
    assert body_of(made).split("\n")[-1] == "2.  but only in working hours."
    assert any("has become an item of its own" in remark for remark in made.remarks)


def test_bold_italic_and_what_means_something_is_escaped(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Odd", 1)
    paragraph = document.add_paragraph("Plain ")
    paragraph.add_run("bold ").bold = True
    both = paragraph.add_run("both")
    both.bold = both.italic = True
    paragraph.add_run(" and ")
    paragraph.add_run("italic").italic = True
    paragraph.add_run(" A*B_C {x} [y] @z {{ q }} <b> # | \\ \ue000\tend")
    document.add_paragraph("- not a bullet")
    document.add_paragraph("1.")
    made = imported(document, tmp_path, "Odd")
    assert "**bold** ***both*** and *italic*" in made.text
    bank = bank_with(made, tmp_path)
    text = preview_text(bank)
    assert "Plain bold both and italic A*B_C {x} [y] @z {{ q }} <b> # | \\ end" in text
    assert "[●]" not in text


def bank_with(made: Imported, tmp_path: Path) -> ak.Bank:
    pack = tmp_path / "own"
    pack.mkdir(exist_ok=True)
    (pack / "pack.yaml").write_text(PACK)
    made.write(pack, ak.Bank.load([pack]))
    return ak.Bank.load([pack])


def preview_text(bank: ak.Bank) -> str:
    (clause,) = preview("house", bank).excerpts[0].document.body
    return "\n".join(text_lines(clause))


def test_tables(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Rates", 1)
    document.add_paragraph("The rates are these.")
    table = document.add_table(rows=3, cols=2)
    for row, cells in zip(table.rows, (("Role", "Hours | week"), ("Chair", "4"), ("Steward", "")), strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    made = imported(document, tmp_path, "Rates")
    assert "| Role | Hours \\| week |\n| --- | --- |\n| Chair | 4 |\n| Steward |  |\n{caption=" in made.text
    (clause,) = preview("house", bank_with(made, tmp_path)).excerpts[0].document.body
    (grid,) = [block for block in clause.blocks if type(block).__name__ == "Table"]
    assert plain_text(grid.header[1]) == "Hours | week"


def test_comments_become_notes_without_their_authors(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Time off", 1)
    paragraph = document.add_paragraph("A representative may take ")
    words = paragraph.add_run("reasonable")
    paragraph.add_run(" time off.")
    other = document.add_paragraph("It is paid.")
    document.add_comment(words, "Who says *what*?", author="Pat Example", initials="PE")
    document.add_comment([words, other.runs[0]], "On both.", author="Pat Example", initials="PE")
    made = imported(document, tmp_path, "Time off")
    assert "take [reasonable][^comment-1] time off. {#representative-may-take}" in made.text
    assert "[^comment-1]: {voice=drafter} Who says \\*what\\*?" in made.text
    assert "[^comment-2]: {voice=drafter on=#representative-may-take} On both." in made.text
    assert "Pat" not in made.text
    assert any("2 comments became notes" in remark for remark in made.remarks)
    assert len(bank_with(made, tmp_path)) > 0


def test_tracked_changes_are_taken_as_accepted(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Notice", 1)
    paragraph = document.add_paragraph("Notice is ")
    for tag, text, of in (("ins", "six", "w:t"), ("del", "four", "w:delText")):
        change = OxmlElement(f"w:{tag}")
        change.set(qn("w:author"), "Pat Example")
        change.append(parse_xml(f"<w:r {W}><{of}>{text}</{of}></w:r>"))
        paragraph._p.append(change)
    paragraph.add_run(" weeks")
    mark = parse_xml(f'<w:pPr {W}><w:rPr><w:del w:id="9" w:author="x"/></w:rPr></w:pPr>')
    paragraph._p.insert(0, mark)
    document.add_paragraph(", in writing.")
    made = imported(document, tmp_path, "Notice")
    assert body_of(made) == "Notice is six weeks, in writing."
    assert any("taken as accepted" in remark for remark in made.remarks)


def test_what_is_left_out_is_said(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Time off", 1)
    paragraph = document.add_paragraph("Shown.")
    hidden = paragraph.add_run(" Not shown.")
    hidden.font.hidden = True
    paragraph._p.append(parse_xml(f'<w:r {W}><w:footnoteReference w:id="2"/></w:r>'))
    made = imported(document, tmp_path, "Time off")
    assert "Not shown" not in made.text
    assert {"Hidden text was left out.", "1 footnote was left out."} <= set(made.remarks)


def test_fields_give_their_result_and_not_their_instruction(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Time off", 1)
    paragraph = document.add_paragraph("See clause ")
    for inner in (
        '<w:fldChar w:fldCharType="begin"/>', "<w:instrText> REF x </w:instrText>",
        '<w:fldChar w:fldCharType="separate"/>', "<w:t>7</w:t>", '<w:fldChar w:fldCharType="end"/>', "<w:t>.</w:t>",
    ):  # fmt: skip
        paragraph._p.append(parse_xml(f"<w:r {W}>{inner}</w:r>"))
    assert body_of(imported(document, tmp_path, "Time off")) == "See clause 7."


def test_deeper_than_three_levels(tmp_path: Path) -> None:
    document = docx.Document()
    number = numbered(document, [("decimal", "%1."), *((kind, "%2") for kind, _ in HOUSE), ("decimal", "%6")])
    for level in range(6):
        at_level(document.add_paragraph("Time off" if not level else f"Level {level} is here."), number, level)
    made = imported(document, tmp_path, "1")
    assert max(len(line) - len(line.lstrip()) for line in body_of(made).split("\n")) == 8
    assert any("more than 3 deep" in remark for remark in made.remarks)
    assert all(f"Level {n} is here." in made.text for n in range(1, 6))


# -------------------------------------------------------------------------------------------- our own files


@pytest.mark.parametrize("clause", ["time-off", "disputes", "disclosure", "legal-status"])
def test_a_clause_of_a_file_of_ours_comes_back_word_for_word(clause: str, tmp_path: Path) -> None:
    agreements = ak.assemble(ak.Config.load("examples/suffolk-ccgs.yaml"))
    agreements.write(tmp_path, formats=["docx"], pages="off")
    provision = agreements["recognition"][clause]
    made = import_clause(tmp_path / "recognition-agreement.docx", "house", provision.number, CORE)
    before = plainly(provision.text)
    assert plainly(preview_text(bank_with(made, tmp_path))) == before
    assert f"title: {provision.heading!r}".replace("'", '"') in made.text


def plainly(text: str) -> list[str]:
    """Return the lines without the number of the clause, which is another one here, and with plain spaces."""
    return [re.sub(r"^\d+(?=[.])", "N", line).replace("\u00a0", " ") for line in text.split("\n")]


# ---------------------------------------------------------------------------------------------------- faults


def refused(call: Callable[[], Any]) -> ak.Diagnostic:
    with pytest.raises(ak.AgreementKitError) as error:
        call()
    (found,) = error.value.diagnostics
    assert found.hints
    return found


def test_what_cannot_be_read(tmp_path: Path) -> None:
    assert refused(lambda: open_word(tmp_path / "no.docx")).code == "AK100"
    path = tmp_path / "x.docx"
    path.write_bytes(b"no zip file")
    assert refused(lambda: open_word(path)).code == "AK289"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    assert "password" in refused(lambda: open_word(path)).message
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("hello.txt", "x")
    assert "not a sound .docx" in refused(lambda: open_word(path)).message
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"\0" * 30_000_000)
    assert "too large" in refused(lambda: open_word(path)).message


def changed(path: Path, part: str, change: Callable[[bytes], bytes], **more: bytes) -> Path:
    data = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(data, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name == part else content)
        for name, content in more.items():
            new.writestr(name, content)
    path.write_bytes(data.getvalue())
    return path


def test_hostile_files(tmp_path: Path) -> None:
    entity = b'<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document'

    def with_entity(xml: bytes) -> bytes:
        return xml.replace(b"<w:document", entity, 1).replace(b"Purpose", b"&x;")

    path = changed(saved(house(), tmp_path), "word/document.xml", with_entity)
    assert refused(lambda: open_word(path)).code == "AK289"
    path = changed(saved(house(), tmp_path), "", bytes, **{"word/vbaProject.bin": b"x"})
    assert "macros" in refused(lambda: open_word(path)).message

    def far(xml: bytes) -> bytes:
        return xml.replace(b'<w:start w:val="1"/>', b'<w:start w:val="999999999"/>')

    path = changed(saved(house(), tmp_path), "word/numbering.xml", far)
    assert all(len(str(one)) < 300 for one in candidates(open_word(path)))
    document = docx.Document()
    for _ in range(20_001):
        document._body._element.insert(0, OxmlElement("w:p"))
    path = saved(document, tmp_path)
    assert "20,000 paragraphs" in refused(lambda: open_word(path)).message


def test_a_template_from_elsewhere_is_not_fetched_and_does_not_matter(tmp_path: Path) -> None:
    document = house()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    document.part.relate_to("https://example.org/x.png", kind, is_external=True)
    assert "for duties" in imported(document, tmp_path, "2").text


def test_nothing_or_too_much_found(tmp_path: Path) -> None:
    found = refused(lambda: imported(house(), tmp_path, "Tine off"))
    assert found.code == "AK290"
    assert "“2. TIME OFF”" in found.hints[0]
    found = refused(lambda: imported(house(), tmp_path, "for"))
    assert found.code == "AK290"
    assert "“(a) for duties;”" in found.hints[0]
    document = docx.Document()
    document.add_heading("Alone", 1)
    assert refused(lambda: imported(document, tmp_path, "Alone")).code == "AK292"


def test_where_it_cannot_be_written(tmp_path: Path) -> None:
    file = saved(house(), tmp_path)
    assert refused(lambda: import_clause(file, "Not An Id", "2", CORE)).code == "AK291"
    made = import_clause(file, "house", "2", CORE)
    assert "no pack.yaml" in refused(lambda: made.write(tmp_path, CORE)).message
    bank = bank_with(made, tmp_path)
    assert "already" in refused(lambda: made.write(tmp_path / "own", bank)).message
    written = tmp_path / "own" / "body" / "house.md"
    kept = written.read_text()
    assert "is there already" in refused(lambda: made.write(tmp_path / "own", CORE)).message
    assert written.read_text() == kept
    taken = import_clause(file, "time-off", "2", CORE)
    assert "'time-off' already" in refused(lambda: taken.write(tmp_path / "own", CORE)).message


def test_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = str(saved(house(), tmp_path))
    assert run(["pack", "import", file, "--list"]) == 0
    assert capsys.readouterr().out == "1. Purpose\n2. TIME OFF\n3. Review\n"
    assert run(["pack", "import", file, "--from", "2", "--clause", "house"]) == 0
    printed = capsys.readouterr().out
    pack = tmp_path / "own"
    pack.mkdir()
    (pack / "pack.yaml").write_text(PACK)
    assert run(["pack", "import", file, "--from", "2", "--clause", "house", "--to", str(pack)]) == 0
    assert (pack / "body" / "house.md").read_text() == printed
    assert "may be a value" in capsys.readouterr().err
    assert run(["pack", "preview", "house", "--pack", str(pack)]) == 0
    assert run(["pack", "import", file, "--from", "2"]) == 2
