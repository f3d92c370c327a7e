"""A house file to start from: instructions and samples for its maker, none of them in an agreement."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
import reading

import agreementkit.publish as publishing
from agreementkit._resources import data_path
from agreementkit.errors import OutputError, TemplateError
from agreementkit.tree.nodes import Document
from agreementkit.writers.word import WordOptions, write_word
from agreementkit.writers.word.house.check import check_house
from agreementkit.writers.word.house.tags import FIELDS
from agreementkit.writers.word.package.archive import write_package
from agreementkit.writers.word.starter import FIELD_WORDS, starter
from agreementkit.writers.word.styles.roles import KINDS, Role

SOFFICE = shutil.which("soffice")
SHIPPED = sorted((data_path("templates") / "word").glob("*.docx"))


@pytest.fixture(params=SHIPPED, ids=lambda path: path.stem)
def pattern(request: pytest.FixtureRequest) -> Path:
    return request.param  # type: ignore[no-any-return]


def put(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "starter.docx"
    path.write_bytes(content)
    return path


def test_an_agreement_in_a_starter_is_one_in_its_pattern(tmp_path: Path, document: Document, pattern: Path) -> None:
    made = put(tmp_path, starter(pattern))
    assert write_word(document, WordOptions(template=made)) == write_word(document, WordOptions(template=pattern))


def test_a_starter_explains_every_field_and_shows_every_style(pattern: Path) -> None:
    lines = reading.lines(starter(pattern))
    words = "\n".join(line.text for line in lines)
    assert set(FIELD_WORDS) == set(FIELDS)
    assert all(f"{{{{ {name} }}}}" in words for name in FIELDS)
    for role in Role:
        if role not in KINDS and role is not Role.TABLE_SPACE:
            assert any(line.text.startswith(f"{role.value}: ") for line in lines), role
    assert [line.text for line in lines].count("AK_BODY") == 1


def test_a_starter_can_be_used_as_it_is(tmp_path: Path, pattern: Path) -> None:
    report = check_house(put(tmp_path, starter(pattern)))
    assert report.usable
    assert {role.how for role in report.roles} == {"house style"}


def test_instructions_without_an_end_are_refused(tmp_path: Path, document: Document, pattern: Path) -> None:
    parts = reading.parts(starter(pattern))
    main = parts["word/document.xml"].decode()
    content = write_package({**parts, "word/document.xml": main.replace(">AK_HELP_END<", "><").encode()})
    with pytest.raises(TemplateError) as caught:
        write_word(document, WordOptions(template=put(tmp_path, content)))
    assert [one.code for one in caught.value.diagnostics] == ["AK636"]


@pytest.mark.parametrize(
    ("name", "like", "code"), [("x.docx", "nsh", "AK725"), ("x.dotm", "nhs", "AK728"), ("there.docx", "nhs", "AK728")]
)
def test_a_starter_is_not_written_over_anything(tmp_path: Path, name: str, like: str, code: str) -> None:
    (tmp_path / "there.docx").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError) as caught:
        publishing.write_starter(tmp_path / name, like)
    assert [one.code for one in caught.value.diagnostics] == [code]
    assert caught.value.diagnostics[0].hints
    assert [path.name for path in tmp_path.iterdir()] == ["there.docx"]
    assert (tmp_path / "there.docx").read_text("utf-8") == "mine"


@pytest.mark.libreoffice
@pytest.mark.skipif(not SOFFICE, reason="LibreOffice is not on this machine")
def test_a_starter_saved_by_libreoffice_prints_no_instructions(
    tmp_path: Path, document: Document, pattern: Path
) -> None:
    made = put(tmp_path, starter(pattern))
    saved = tmp_path / "saved"
    subprocess.run(
        [SOFFICE, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "docx",
         "--outdir", str(saved), str(made)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    assert check_house(saved / "starter.docx").usable
    ours = [line.text for line in reading.lines(write_word(document, WordOptions(template=saved / "starter.docx")))]
    assert ours == [line.text for line in reading.lines(write_word(document, WordOptions(template=pattern)))]
