"""PDF copies: made by LibreOffice where it is, refused with a next step where it is not."""

from __future__ import annotations

import io
import shutil
import stat
from pathlib import Path

import pytest
from pypdf import PdfReader
from small import configured, small_bank

import agreementkit as ak
from agreementkit.errors import OutputError
from agreementkit.tree.nodes import Document
from agreementkit.writers.word import WordOptions, write_word
from agreementkit.writers.word.layout.pdf import pdf_files

needs_libreoffice = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not on this machine")


def test_without_libreoffice_the_message_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    agreements = ak.assemble(configured(), small_bank())
    with pytest.raises(OutputError) as caught:
        agreements.write(tmp_path / "out", ["md", "pdf"])
    assert [one.code for one in caught.value.diagnostics] == ["AK726"]
    assert any("install LibreOffice" in hint for hint in caught.value.diagnostics[0].hints)
    assert not (tmp_path / "out").exists()


def test_a_libreoffice_that_makes_nothing_is_no_pdf(tmp_path: Path, document: Document) -> None:
    broken = tmp_path / "soffice"
    broken.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    broken.chmod(broken.stat().st_mode | stat.S_IEXEC)
    with pytest.raises(OutputError) as caught:
        pdf_files({"a": write_word(document)}, program=str(broken))
    assert [one.code for one in caught.value.diagnostics] == ["AK727"]


@pytest.mark.libreoffice
@needs_libreoffice
def test_a_pdf_is_tagged_titled_and_has_an_outline(document: Document) -> None:
    made = pdf_files({"a": write_word(document, WordOptions(notes="none"))})["a"]
    reader = PdfReader(io.BytesIO(made))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == document.title
    assert [one for one in reader.outline if not isinstance(one, list) and "Recognition" in one.title]
    assert not _remarks(reader)


@pytest.mark.libreoffice
@needs_libreoffice
def test_comments_become_remarks_of_the_pdf_when_asked_for(document: Document) -> None:
    word = write_word(document)
    made = PdfReader(io.BytesIO(pdf_files({"a": word}, notes=True)["a"]))
    assert len(_remarks(made)) == len(document.notes)
    assert not _remarks(PdfReader(io.BytesIO(pdf_files({"a": word})["a"])))


@pytest.mark.libreoffice
@needs_libreoffice
def test_a_set_is_written_as_pdf_with_footnotes(tmp_path: Path) -> None:
    agreements = ak.assemble(configured(), small_bank())
    written = agreements.write(tmp_path, ["pdf"])
    assert {one.path.suffix for one in written} == {".pdf"}
    text = "".join(page.extract_text() for page in PdfReader(tmp_path / "recognition-agreement.pdf").pages)
    note = agreements["recognition"].notes[0]
    assert f"{note.author}:" in text


def _remarks(reader: PdfReader) -> list[object]:
    return [
        one for page in reader.pages for one in page.get("/Annots", []) if one.get_object().get("/Subtype") == "/Text"
    ]
