"""House style files, the table of roles, and what `template check` says."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import reading
from houses import letterhead, numbered_headings, riverside, saved
from reading import W

from agreementkit import publish
from agreementkit.cli.app import run
from agreementkit.errors import OutputError, TemplateError
from agreementkit.tree.nodes import Document
from agreementkit.writers.word import WordOptions, write_word
from agreementkit.writers.word.house.casting import PRINTED_APART
from agreementkit.writers.word.house.check import check_house
from agreementkit.writers.word.house.load import load_house
from agreementkit.writers.word.house.mapping import read_house_style
from agreementkit.writers.word.styles.purposes import PURPOSES, ROLES
from agreementkit.writers.word.styles.roles import KINDS, NUMBERED, Role

ROOT = Path(__file__).parents[3]
GUIDE = ROOT / "docs" / "how-to" / "house-style.md"


@pytest.fixture
def style(tmp_path: Path):
    """Return a function that writes a house style beside the letterhead of Riverside."""
    (tmp_path / "letter.docx").write_bytes(riverside())

    def write(text: str) -> Path:
        path = tmp_path / "house.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def faults(path: Path) -> list[tuple[str, int, int]]:
    with pytest.raises(TemplateError) as caught:
        load_house(path)
    return [(d.code, d.place.line, d.place.column) for d in caught.value.diagnostics]


# -------------------------------------------------------------------------------------------- the tables


def test_every_role_has_a_purpose_and_a_key_of_its_own() -> None:
    assert set(PURPOSES) == set(Role)
    assert len(ROLES) == len(Role)
    assert all(re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", key) for key in ROLES)


def test_no_well_known_name_is_used_for_two_roles() -> None:
    names = [name.lower() for role, purpose in PURPOSES.items() for name in (role.value, *purpose.names)]
    assert len(names) == len(set(names))


def test_roles_that_are_printed_apart_are_plain_paragraphs() -> None:
    assert not PRINTED_APART & (set(KINDS) | set(NUMBERED))


def test_the_guide_lists_every_role() -> None:
    rows = re.findall(r"^\| `([a-z0-9-]+)` \| ([^|]+) \| ([^|]*) \|$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)
    assert [(key, use.strip(), names.strip()) for key, use, names in rows] == [
        (purpose.key, purpose.use, ", ".join((f"{role.value}", *purpose.names))) for role, purpose in PURPOSES.items()
    ]


# ----------------------------------------------------------------------------------------------- mapping


def test_a_mapping_says_which_style_plays_a_role(style, document: Document) -> None:
    path = style("template: letter.docx\nstyles:\n  section-heading: riverside BANNER\n  sub-clause: Heading 2\n")
    content = write_word(document, WordOptions(template=path))
    casting = load_house(path).cast
    assert casting[Role.SECTION].how.value == "mapped"
    assert casting[Role.SECTION].name == "Riverside Banner"
    line = reading.line(content, "In this agreement:")
    assert line.style == casting[Role.SUB_CLAUSE].style
    # Running text in a heading style is numbered by us and taken out of the outline.
    assert line.element.find(f"{W}pPr/{W}outlineLvl").get(f"{W}val") == "9"
    assert line.element.find(f"{W}pPr/{W}numPr") is not None


def test_the_mapping_is_part_of_what_is_remembered(style) -> None:
    assert load_house(style("template: letter.docx\n")).cast[Role.TEXT].name == "Body Text"
    assert load_house(style("template: letter.docx\nstyles:\n  text: Normal\n")).cast[Role.TEXT].name == "Normal"


def test_all_faults_of_a_mapping_come_at_once_with_their_places(style) -> None:
    text = (
        "template: letter.docx\n"
        "styles:\n"
        "  clause-heading: Level 1 Headings\n"
        "  sub-clause: Table Grid\n"
        "  table-text: Level 2 Number\n"
        "  table: Normal\n"
    )
    assert faults(style(text)) == [("AK609", 3, 19), ("AK633", 4, 15), ("AK634", 5, 15), ("AK633", 6, 10)]


def test_a_style_that_is_not_there_is_answered_with_the_nearest(style) -> None:
    with pytest.raises(TemplateError, match="did you mean 'Level 1 Heading'"):
        load_house(style("template: letter.docx\nstyles:\n  clause-heading: Level 1 Headings\n"))


def test_a_hidden_style_is_refused(tmp_path: Path) -> None:
    document = letterhead()
    document.styles["Body Text"].font.hidden = True
    (tmp_path / "letter.docx").write_bytes(saved(document))
    path = tmp_path / "house.yaml"
    path.write_text("template: letter.docx\nstyles:\n  text: Body Text\n", encoding="utf-8")
    assert faults(path) == [("AK634", 3, 9)]
    assert load_house(tmp_path / "letter.docx").cast[Role.TEXT].how.value == "made by us"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [("AK630", 0, 0)]),
        ("- letter.docx\n", [("AK630", 1, 1)]),
        ("styles: {}\n", [("AK630", 1, 1)]),
        ("template: letter.docx\nstile: {}\n", [("AK630", 2, 1)]),
        ("template: 4\nstyles: [a]\n", [("AK630", 1, 11), ("AK630", 2, 1)]),
        ("template: letter.docx\nstyles:\n  clause: Normal\n", [("AK631", 3, 3)]),
        ("template: letter.docx\nstyles:\n  text: 12\n  party:\n", [("AK630", 3, 9), ("AK630", 4, 9)]),
        ("template: letter.docx\nstyles:\n  text: A\n  text: B\n", [("AK108", 4, 3)]),
        ("template: letter.docx\ntemplate: *x\n", [("AK108", 2, 1), ("AK106", 2, 11)]),
        ("template: ../letter.docx\n", [("AK632", 1, 11)]),
        ("template: /etc/letter.docx\n", [("AK632", 1, 11)]),
        ("template: 'C:\\letter.docx'\n", [("AK632", 1, 11)]),
        ('template: "a\\0.docx"\n', [("AK632", 1, 11)]),
        ("template: letter.odt\n", [("AK632", 1, 11)]),
    ],
)
def test_a_house_style_of_another_form_is_refused(style, text: str, expected: list) -> None:
    assert [(code, line, column) for code, line, column in faults(style(text))] == expected


def test_a_link_out_of_the_folder_is_refused(style, tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "out.docx").symlink_to(tmp_path / "letter.docx")
    path = inner / "house.yaml"
    path.write_text("template: out.docx\n", encoding="utf-8")
    (tmp_path / "letter.docx").write_bytes(riverside())
    assert faults(path) == [("AK632", 1, 11)]


def test_a_template_that_is_not_there_is_refused(style) -> None:
    with pytest.raises(TemplateError) as caught:
        load_house(style("template: lettre.docx\n"))
    assert [d.code for d in caught.value.diagnostics] == ["AK605"]


def test_a_word_file_is_a_house_style_without_a_mapping(tmp_path: Path) -> None:
    found = read_house_style(tmp_path / "x.dotx")
    assert found.template == tmp_path / "x.dotx"
    assert not found.styles


# ----------------------------------------------------------------------------------- names and shipped ones


@pytest.mark.parametrize("name", ["neutral", "nhs"])
def test_shipped_house_styles_can_be_used(name: str) -> None:
    report = check_house(publish.find_house(name))
    assert report.usable
    assert report.paper == "A4"
    assert {role.how for role in report.roles} == {"house style"}


def test_a_house_that_nobody_ships_is_refused() -> None:
    with pytest.raises(OutputError, match="did you mean 'neutral'"):
        publish.find_house("neutrall")


@pytest.mark.parametrize("name", ["a.docx", "a.DOTX", "b/c.yaml", "d.yml"])
def test_a_path_is_taken_as_it_is(name: str) -> None:
    assert publish.find_house(name) == Path(name)


def test_the_example_is_what_the_script_makes() -> None:
    assert (ROOT / "examples" / "house-styles" / "riverside.docx").read_bytes() == riverside()
    assert check_house(ROOT / "examples" / "house-styles" / "riverside.yaml").usable


# ---------------------------------------------------------------------------------------------- the report


def test_the_report_says_how_each_role_was_found(style) -> None:
    report = check_house(style("template: letter.docx\nstyles:\n  section-heading: Riverside Banner\n"))
    roles = {role.key: role for role in report.roles}
    assert list(roles) == list(ROLES)
    assert (roles["section-heading"].how, roles["section-heading"].style) == ("mapped", "Riverside Banner")
    assert (roles["sub-clause"].how, roles["sub-clause"].numbering, roles["sub-clause"].label) == (
        "house style",
        "house list",
        "1.1",
    )
    assert (roles["schedule"].how, roles["schedule"].numbering, roles["schedule"].label) == (
        "made by us",
        "our list",
        "Schedule 1",
    )
    assert report.paper == "A4"
    assert report.text_width == 156
    assert report.fonts == ("Georgia",)
    assert report.fields == ("short", "facts")
    assert "The text of the file is empty: the agreement takes it." in report.places


def test_the_report_says_why_a_list_is_not_used(tmp_path: Path) -> None:
    path = tmp_path / "house.docx"
    path.write_bytes(
        saved(letterhead((("Level 1 Heading", "decimal", "Clause %1"), ("Level 2 Number", "decimal", "%1.%2"))))
    )
    roles = {role.key: role for role in check_house(path).roles}
    assert any("prints 'Clause 1' and not '1.'" in remark for remark in roles["clause-heading"].remarks)
    assert roles["sub-paragraph"].numbering == "our list"


def test_a_house_that_cannot_be_used_is_reported_all_the_same(style) -> None:
    report = check_house(style("template: letter.docx\nstyles:\n  party: Partys\n"))
    assert not report.usable
    party = next(role for role in report.roles if role.key == "party")
    assert (party.how, party.style) == ("missing", "Partys")
    assert party.remarks


def test_the_command_prints_the_report(style, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["template", "check", str(style("template: letter.docx\n"))]) == 0
    out = capsys.readouterr().out
    assert re.search(r"^sub-clause .*Level 2 Number +house style +1\.1 +house list", out, re.MULTILINE)
    assert "letter.docx can be used." in out


def test_the_command_prints_json(style, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["template", "check", "--json", str(style("template: letter.docx\nstyles:\n  party: Partys\n"))]) == 1
    data = json.loads(capsys.readouterr().out)
    assert data["usable"] is False
    assert [(fault["code"], fault["line"]) for fault in data["faults"]] == [("AK609", 3)]
    assert len(data["roles"]) == len(Role)


def test_the_command_reports_a_broken_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "broken.docx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 locked")
    assert run(["template", "check", str(path)]) == 1
    assert "AK601" in capsys.readouterr().err
    assert run(["template", "check", "--json", str(path)]) == 1
    assert json.loads(capsys.readouterr().out)["faults"][0]["code"] == "AK601"


def test_a_house_of_numbered_headings_is_explained(tmp_path: Path) -> None:
    path = tmp_path / "house.docx"
    path.write_bytes(numbered_headings())
    roles = {role.key: role for role in check_house(path).roles}
    assert any("switches the number off" in remark for remark in roles["contents-heading"].remarks)
    assert any("starts no page" in remark for remark in roles["clause-heading"].remarks)
    assert check_house(path).paper == "Letter"


def test_a_configuration_names_a_template_beside_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "set"
    folder.mkdir()
    (folder / "letter.docx").write_bytes(riverside())
    text = (ROOT / "examples" / "minimal.yaml").read_text(encoding="utf-8")
    config = folder / "agreement.yaml"
    config.write_text(f"{text}\nhouse_style:\n  template: letter.docx\n", encoding="utf-8")
    assert run(["build", str(config), "-o", str(tmp_path / "out"), "--format", "docx", "--pages", "off", "-q"]) == 0
    found = next((tmp_path / "out").glob("*.docx")).read_bytes()
    assert "word/media/image1.png" in reading.parts(found)
